"""Serving a headquarters: its database, the self-check, and the server, here or in the background."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from muster.hq.answering import begin_answering, begin_working, end
from muster.hq.database import cluster_of, is_elsewhere, make_roles, refuse_unreachable
from muster.hq.folder import NEXT_KEY_NAME, PUBLIC_KEY_NAME, SITE_KEY_NAME, is_founded, no_headquarters
from muster.hq.records.keys import load_site_key, make_site_key, public_key_pem
from muster.hq.refused import Refused
from muster.hq.running import use
from muster.hq.served import as_only_server, find_server, refuse_while_served

SEALS_EVERY_S: Final = 0.5
SWEEPS_EVERY_S: Final = 24 * 3600.0
STARTS_WITHIN_S: Final = 90.0
STOPS_WITHIN_S: Final = 30.0
_LOG: Final = "server.log"


class ServerNotStarted(Refused):
    """A server that does not answer."""


@contextmanager
def founded(folder: Path) -> Iterator[None]:
    """Work for a headquarters that was founded, with its database running.

    Raises
    ------
    NoHeadquarters
        When the folder has none.
    """
    if not is_founded(folder):
        raise no_headquarters(folder)
    with database_of(folder):
        use(folder)
        if (folder / NEXT_KEY_NAME).exists():
            from muster.hq.keeping.rotating import finish_hand_over  # noqa: PLC0415 - after `use`

            finish_hand_over(folder, at=datetime.now(UTC))
        yield


@contextmanager
def database_of(folder: Path) -> Iterator[None]:
    """Have the database of a headquarters run for a while; whoever needs it last stops it."""
    if is_elsewhere():
        refuse_unreachable()
        yield
        return
    cluster = cluster_of(folder)
    if not cluster.is_created():
        cluster.create()
    with cluster.in_use():
        make_roles(cluster)
        yield


def make_keys(folder: Path) -> None:
    """Make the key by which a site signs its records, and its public half, where there is none yet."""
    path = folder / SITE_KEY_NAME
    if not path.exists():
        key = make_site_key(path, secrets.token_bytes(32))
        (folder / PUBLIC_KEY_NAME).write_bytes(public_key_pem(key.public_key()))


def serve_here(folder: Path, host: str, port: int) -> None:
    """Serve until the process is told to end.

    Raises
    ------
    NoHeadquarters
        When the folder has none.
    ServedAlready
        When another process serves it.
    ServerNotStarted
        When the boundary is open, or the server ends by itself.
    """
    signal.signal(signal.SIGTERM, _end)
    if not is_founded(folder):
        raise no_headquarters(folder)
    with as_only_server(folder), founded(folder):
        _check(folder)
        _collect()
        server, worker = begin_answering(host, port), begin_working()
        try:
            while True:
                _seal_while_both_run(folder, server, worker)
                if worker.returncode is not None:
                    worker = begin_working()
                if server.returncode is not None:
                    if server.returncode >= 0:
                        break
                    server = begin_answering(host, port)  # it was killed
            raise ServerNotStarted(f"The server ended with code {server.returncode}; is port {port} taken?")
        except KeyboardInterrupt:
            pass
        finally:
            end(server)
            end(worker)


def _seal_while_both_run(folder: Path, server: "subprocess.Popen[bytes]", worker: "subprocess.Popen[bytes]") -> None:
    """Seal what is written until server or worker ends, and sweep; a database that was killed is started again."""
    from django.db import OperationalError, connections  # noqa: PLC0415 - after `use`

    from muster.hq.records.sealing import KeyHandedOver, seal_new  # noqa: PLC0415

    sweeps_at = 0.0
    while server.poll() is None and worker.poll() is None:
        try:
            seal_new(load_site_key(folder / SITE_KEY_NAME), at=datetime.now(UTC))
            if time.monotonic() >= sweeps_at:
                _sweep(folder)
                sweeps_at = time.monotonic() + SWEEPS_EVERY_S
        except KeyHandedOver:
            pass  # the new one is in its place in a moment
        except OperationalError:
            connections.close_all()
            if not is_elsewhere():
                cluster_of(folder).start_if_stopped()
        time.sleep(SEALS_EVERY_S)


def _sweep(folder: Path) -> None:
    """Remove personal data that are older than they may be."""
    from django.conf import settings  # noqa: PLC0415 - after `use`
    from django.db import connections  # noqa: PLC0415

    from muster.hq.keeping.kept import note_sweep  # noqa: PLC0415
    from muster.hq.keeping.retaining import sweep  # noqa: PLC0415

    at = datetime.now(UTC)
    sweep(months=settings.RETAIN_MONTHS, at=at)
    note_sweep(folder, at=at)
    for name in ("owner", "default"):
        connections[name].close()


def serve_in_background(folder: Path, host: str, port: int) -> None:
    """Serve in a process of its own, and come back once the pages answer.

    Raises
    ------
    ServedAlready
        When another process serves it.
    ServerNotStarted
        When they do not; what the server said is in its log.
    """
    if not is_founded(folder):
        raise no_headquarters(folder)
    refuse_while_served(folder)
    command = [sys.executable, "-c", "from muster.cli import main; main()", "hq", "serve", str(folder)]
    with (folder / _LOG).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - ours
            [*command, "--host", host, "--port", str(port)], stdout=log, stderr=log, start_new_session=True
        )
    until = time.monotonic() + STARTS_WITHIN_S
    while not _answers(host, port):
        if process.poll() is not None or time.monotonic() > until:
            process.terminate()
            raise ServerNotStarted(f'The headquarters did not start; see "{folder / _LOG}" for why.')
        time.sleep(0.1)


def stop_all(folder: Path) -> bool:
    """Stop server and database of a headquarters; gives whether any ran."""
    number = find_server(folder)
    ran = number is not None and _told_to_end(number)
    until = time.monotonic() + STOPS_WITHIN_S
    while find_server(folder) is not None and time.monotonic() < until:
        time.sleep(0.05)
    if not is_elsewhere() and (cluster := cluster_of(folder)).is_created():
        ran |= cluster.stop_if_running()
    return ran


def _check(folder: Path) -> None:
    """Refuse while the schema is of an older Muster, or the boundary is open."""
    from muster.hq.boundary.selfcheck import BoundaryIsOpen, refuse_weaknesses  # noqa: PLC0415 - after `use`
    from muster.hq.founding import list_pending  # noqa: PLC0415

    if pending := list_pending():
        raise ServerNotStarted(
            f"The database is of an older Muster: it lacks {', '.join(pending)}; run: muster hq upgrade {folder}"
        )
    try:
        refuse_weaknesses()
    except BoundaryIsOpen as refused:
        raise ServerNotStarted(str(refused)) from refused


def _collect() -> None:
    from muster.hq.static_files import collect  # noqa: PLC0415 - after `use`

    collect()


def _answers(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/sign-in", timeout=2) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False


def _told_to_end(number: int) -> bool:
    try:
        os.kill(number, signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True


def _end(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
