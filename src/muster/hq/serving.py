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

from muster.hq.database import cluster_of, is_elsewhere, make_roles
from muster.hq.folder import PUBLIC_KEY_NAME, SITE_KEY_NAME, VARIABLE, is_founded, no_headquarters
from muster.hq.records.keys import load_site_key, make_site_key, public_key_pem
from muster.hq.running import use

WORKERS: Final = 2
THREADS: Final = 8
"""Threads of a worker; each has a connection to the database of its own."""
SEALS_EVERY_S: Final = 0.5
STARTS_WITHIN_S: Final = 30.0
STOPS_WITHIN_S: Final = 15.0
_NOTE: Final = "server.pid"
_LOG: Final = "server.log"


class ServerNotStarted(Exception):
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
        yield


@contextmanager
def database_of(folder: Path) -> Iterator[None]:
    """Have the database of a headquarters run for a while; whoever needs it last stops it."""
    if is_elsewhere():
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
    ServerNotStarted
        When the boundary is open, or the server ends by itself.
    """
    signal.signal(signal.SIGTERM, _end)
    with founded(folder):
        _check()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(WORKERS),
            "--blocking-threads", str(THREADS), "--log-level", "error", "--no-ws", "muster.hq.wsgi:application",
        ]  # fmt: skip
        server = subprocess.Popen(command, env={**os.environ, VARIABLE: str(folder.resolve())})  # noqa: S603 - ours
        from muster.hq.records.sealing import seal_new  # noqa: PLC0415 - after `use`

        key = load_site_key(folder / SITE_KEY_NAME)
        note = folder / _NOTE
        note.write_text(str(os.getpid()), encoding="ascii")
        try:
            while server.poll() is None:
                seal_new(key, at=datetime.now(UTC))
                time.sleep(SEALS_EVERY_S)
            raise ServerNotStarted(f"The server ended with code {server.returncode}; is port {port} taken?")
        except KeyboardInterrupt:
            pass
        finally:
            server.terminate()
            server.wait(STOPS_WITHIN_S)
            note.unlink(missing_ok=True)


def serve_in_background(folder: Path, host: str, port: int) -> None:
    """Serve in a process of its own, and come back once the pages answer.

    Raises
    ------
    ServerNotStarted
        When they do not; what the server said is in its log.
    """
    if not is_founded(folder):
        raise no_headquarters(folder)
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
    note, ran = folder / _NOTE, False
    if note.exists():
        number = int(note.read_text(encoding="ascii"))
        ran = _told_to_end(number)
        until = time.monotonic() + STOPS_WITHIN_S
        while ran and note.exists() and time.monotonic() < until:
            time.sleep(0.05)
        note.unlink(missing_ok=True)
    if not is_elsewhere() and (cluster := cluster_of(folder)).is_created() and cluster.is_running():
        cluster.stop()
        ran = True
    return ran


def _check() -> None:
    """Bring the schema up to date, and refuse while the boundary is open."""
    from muster.hq.boundary.selfcheck import BoundaryIsOpen, refuse_weaknesses  # noqa: PLC0415 - after `use`
    from muster.hq.founding import migrate  # noqa: PLC0415

    migrate()
    try:
        refuse_weaknesses()
    except BoundaryIsOpen as refused:
        raise ServerNotStarted(str(refused)) from refused


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
