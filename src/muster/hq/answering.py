"""Answering pages and doing long work: the server and its workers, in processes that end with the one that serves."""

import os
import subprocess
import sys
from typing import Final

from muster.hq.orphans import end_with_parent

WORKERS: Final = 2
THREADS: Final = 8
"""Threads of a worker; each has a connection to the database of its own."""

ENDS_WITHIN_S: Final = 10.0
"""What was acknowledged is in the database: whoever still waits for an answer then is told nothing."""


def begin_answering(host: str, port: int) -> subprocess.Popen[bytes]:
    """Start the server for the headquarters that this process works for."""
    return subprocess.Popen(server_command("muster.hq.wsgi:application", host, port))  # noqa: S603 - ours


def server_command(application: str, host: str, port: int) -> list[str]:
    """The server of an application; it ends with this process, and a worker of it that is killed is replaced."""
    return [
        sys.executable, "-m", "muster.hq.answering", str(os.getpid()), "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", str(WORKERS), "--respawn-failed-workers",
        "--blocking-threads", str(THREADS), "--log-level", "error", "--no-ws", application,
    ]  # fmt: skip


def begin_working() -> subprocess.Popen[bytes]:
    """Start the worker that does long work, one job after the other."""
    return subprocess.Popen([sys.executable, "-m", "muster.hq.jobs.worker", str(os.getpid())])  # noqa: S603 - ours


def end(process: "subprocess.Popen[bytes]") -> None:
    """End the server or the worker; one that does not end in time is killed, and what it began with it."""
    process.terminate()
    try:
        process.wait(ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Be the server; the first argument is the process that it ends with, the rest is for the server."""
    end_with_parent(int(sys.argv.pop(1)))
    from granian.cli import cli  # noqa: PLC0415 - not before the parent is known to be there

    cli(auto_envvar_prefix="GRANIAN")


if __name__ == "__main__":
    main()
