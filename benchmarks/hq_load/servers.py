"""The servers that are measured: the headquarters as its command serves it, and the baseline in the same server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from muster.hq.answering import server_command
from muster.hq.database import cluster_of
from muster.hq.database.processes import list_working_in

MUSTER: Final = (sys.executable, "-c", "from muster.cli import main; main()")
_STARTS_WITHIN_S: Final = 60.0
_STOPS_WITHIN_S: Final = 20.0
_IDLE_S: Final = 0.2
"""Processor time in a second that sealing, and looking for work, may take."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Attributes
    ----------
    started_s
        From its command to its first answer.
    """

    process: "subprocess.Popen[bytes]"
    port: int
    started_s: float

    def list_processes(self) -> list[int]:
        """Numbers of it and the processes that it started."""
        own = psutil.Process(self.process.pid)
        return [own.pid, *(child.pid for child in own.children(recursive=True))]


@contextmanager
def headquarters(folder: Path) -> Iterator[Server]:
    """Serve the headquarters of a folder, its database with it."""
    port = _free_port()
    command = [*MUSTER, "hq", "serve", str(folder), "--port", str(port)]
    with _answering(command, port, "/sign-in", dict(os.environ)) as server:
        yield server


@contextmanager
def plain(path: str) -> Iterator[Server]:
    """Serve the baseline, on the database that runs already; ``path`` is one of its pages."""
    port = _free_port()
    command = server_command("benchmarks.hq_load.plain:application", "127.0.0.1", port)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.hq_load.plain_settings"}
    with _answering(command, port, path, environment) as server:
        yield server


def wait_until_idle(folder: Path, *servers: Server) -> None:
    """Wait until neither servers nor database work; those that were asked for too much still do for a while."""
    before = -1.0
    while (used := _used_s(folder, servers)) - before > _IDLE_S:
        before = used
        time.sleep(1)


def _used_s(folder: Path, servers: Iterable[Server]) -> float:
    served = sum(processor_s(server.list_processes()) for server in servers)
    return served + processor_s(list_database_processes(folder))


def list_database_processes(folder: Path) -> list[int]:
    """Numbers of the processes of the database of a headquarters."""
    return list_working_in(cluster_of(folder).folder / "data")


def memory_mb(numbers: Iterable[int]) -> float:
    """Memory of processes, what they share counted once."""
    return sum(float(psutil.Process(number).memory_full_info().pss) for number in numbers) / 1e6


def processor_s(numbers: Iterable[int]) -> float:
    """Processor time that processes have used so far, those that ended left out."""
    used = 0.0
    for number in numbers:
        with suppress(psutil.NoSuchProcess):
            times = psutil.Process(number).cpu_times()
            used += times.user + times.system
    return used


@contextmanager
def _answering(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[Server]:
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment)
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() > begun + _STARTS_WITHIN_S:
                raise RuntimeError(f"{' '.join(command)} does not answer; what it says is above.")
            time.sleep(0.02)
        yield Server(process, port, time.monotonic() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_STOPS_WITHIN_S)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
