"""A PostgreSQL of our own: made, started and stopped by us, reached through a socket in a private folder."""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from muster.hq.database.binaries import Binaries
from muster.hq.database.processes import list_working_in, read_number, works_in
from muster.hq.database.settings import settings_text
from muster.hq.database.unprivileged import as_no_root
from muster.hq.private_files import open_private, sync_folder, write_private
from muster.hq.refused import Refused

SUPERUSER: Final = "muster_super"
BUILTIN_LOCALE_FROM: Final = 17
"""Version from which PostgreSQL has a locale of its own, which does not change with the system."""
SOCKET_PATH_BYTES: Final = 107
"""Longest path of a Unix socket."""
AWKWARD: Final = frozenset(",'\"\\\n")
"""Characters that part or quote values where PostgreSQL lists folders and hosts."""
SHORT_SOCKETS: Final = Path("/tmp")  # noqa: S108 - the folder made in it is refused unless it is ours alone
STARTS_WITHIN_S: Final = 300
"""What a server that was killed had written since its last checkpoint is gone through first."""
STOPS_WITHIN_S: Final = 20
IS_CUT_SHORT_WITHIN_S: Final = 60
LAST_BREATH_S: Final = 20.0
"""How long workers of a server that was killed may take to notice; a new server waits for them."""
_PORT: Final = 5432
"""Only part of the name of the socket: each cluster has a folder for its own."""
_SUPERUSER_KEPT: Final = "superuser.password"
_CREATING: Final = ".creating-"
_INCLUDE: Final = "include 'muster.conf'\n"


class ClusterFailed(Refused):
    """A step of the cluster that did not succeed.

    Attributes
    ----------
    said
        What PostgreSQL said.
    """

    def __init__(self, what: str, said: str) -> None:
        super().__init__(f"{what}: {said.strip()[-600:]}")
        self.said = said


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster in a folder.

    Attributes
    ----------
    folder
        Holds the data, the log and the passwords; only its owner reads it.
    """

    folder: Path
    binaries: Binaries

    def is_created(self) -> bool:
        """Whether it was made to the end."""
        return (self._data / "PG_VERSION").exists()

    def create(self) -> None:
        """Make it, whole or not at all; what an interrupted attempt left is cleared away first.

        Raises
        ------
        ClusterFailed
            When there is one already, or PostgreSQL cannot make it.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._alone() as lock:
            if self.is_created():
                raise ClusterFailed(self._named, "is there already; start it, or take another folder.")
            for leftover in self.folder.glob(f"{_CREATING}*"):
                shutil.rmtree(leftover)
            write_private(self.folder / _SUPERUSER_KEPT, secrets.token_urlsafe(32))
            waiting = self.folder / f"{_CREATING}{secrets.token_hex(4)}"
            try:
                self._initialise(waiting, lock)
                waiting.rename(self._data)
            finally:
                shutil.rmtree(waiting, ignore_errors=True)
            sync_folder(self.folder)

    def start(self) -> None:
        """Start it, in processes that outlive this one; it answers when this returns.

        Raises
        ------
        ClusterFailed
            When it runs already, is of another version, its socket has no safe place, or it does not start.
        """
        with self._alone():
            if self.is_running():
                raise ClusterFailed(self._named, "runs already.")
            self._start()

    def start_if_stopped(self) -> None:
        """Start it unless it runs; one that is recovering from a kill, or is just ending, is waited for.

        Raises
        ------
        ClusterFailed
            As for :meth:`start`; when a server that runs does not answer in time.
        """
        until = time.monotonic() + STARTS_WITHIN_S
        with self._alone():
            while self.is_running():
                if self._answers():
                    return
                if time.monotonic() > until:
                    raise ClusterFailed(self._named, f"runs and does not answer; see {self.log}, or stop it.")
                time.sleep(0.05)
            self._start()

    def stop(self) -> None:
        """Stop it cleanly; whoever is connected is sent away, and what they had not committed is undone.

        Raises
        ------
        ClusterFailed
            When it does not run, or does not stop.
        """
        if not self.stop_if_running():
            raise ClusterFailed(self._named, "does not run.")

    def stop_if_running(self) -> bool:
        """Stop it if it runs; gives whether it did.

        Raises
        ------
        ClusterFailed
            When it does not stop.
        """
        with self._alone():
            runs = self.is_running()
            if runs:
                self._stop()
            return runs

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have it run while the block lasts. Whoever leaves it last stops it; who was killed has left it too.

        Raises
        ------
        ClusterFailed
            As for :meth:`start`.
        """
        with open(self.folder / "users", "ab", opener=open_private) as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start_if_stopped()
            try:
                yield
            finally:
                with self._alone():
                    if _is_last(users.fileno()) and self.is_running():
                        self._stop()

    def is_running(self) -> bool:
        """Whether a server works on the data, whoever started it; one that is starting counts."""
        number = read_number(self._note)
        return number is not None and works_in(number, self._data)

    @property
    def socket_folder(self) -> Path:
        """Where its socket is: outside the data, and near the root where the path of a socket would be too long."""
        beside = self.folder.resolve() / "run"
        socket = os.fsencode(beside / f".s.PGSQL.{_PORT}")
        if len(socket) <= SOCKET_PATH_BYTES and not AWKWARD & set(str(beside)):
            return beside
        name = hashlib.sha256(os.fsencode(beside)).hexdigest()[:16]
        return SHORT_SOCKETS / f"muster-{os.geteuid()}-{name}"

    @property
    def log(self) -> Path:
        """What the server says; no statement and no value is in it."""
        return self.folder / "log"

    def password(self) -> str:
        """Password of the superuser, who makes roles and nothing else."""
        return (self.folder / _SUPERUSER_KEPT).read_text(encoding="utf-8")

    def address(self, role: str, password: str, database: str) -> dict[str, Any]:
        """How a role reaches a database of the cluster."""
        return {"host": str(self.socket_folder), "user": role, "password": password, "dbname": database}

    @property
    def _named(self) -> str:
        return f'Cluster in "{self.folder}"'

    @property
    def _data(self) -> Path:
        """What PostgreSQL writes; there only once it is whole."""
        return self.folder / "data"

    @property
    def _note(self) -> Path:
        return self._data / "postmaster.pid"

    def _answers(self) -> bool:
        try:
            with psycopg.connect(**self.address(SUPERUSER, self.password(), "postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def _initialise(self, data: Path, lock: int) -> None:
        """Make the data; the program holds the lock too, so that who comes after a killed maker waits for its end."""
        has_builtin = self.binaries.version >= BUILTIN_LOCALE_FROM
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if has_builtin else ()
        self._run(
            "initdb", "-U", SUPERUSER, "-A", "scram-sha-256",
            f"--pwfile={self.folder / _SUPERUSER_KEPT}", "-E", "UTF8",
            f"--locale={'C' if has_builtin else 'C.UTF-8'}", *locale, "--data-checksums", "--no-instructions",
            data=data, keep=(lock,),
        )  # fmt: skip

    def _start(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.binaries.version):
            raise ClusterFailed(
                self._named,
                f"is of PostgreSQL {made_by}, and the programs here are of {self.binaries.version}; install PostgreSQL"
                f" {made_by}, or restore a backup, which any later version reads.",
            )
        self._make_socket_folder()
        self._write_settings()
        self._forget_killed()
        self._run("pg_ctl", "start", "-w", "-s", "-t", STARTS_WITHIN_S, output=self.log)

    def _stop(self) -> None:
        """Stop the server; one that was asked while it recovered from a kill may wait for ever, and is cut short then.

        What was committed is in its log, which it goes through when it starts.
        """
        try:
            self._run("pg_ctl", "stop", "-m", "fast", "-w", "-s", "-t", STOPS_WITHIN_S)
        except ClusterFailed:
            self._run("pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-t", IS_CUT_SHORT_WITHIN_S)

    def _make_socket_folder(self) -> None:
        """Make the folder of the socket; one that somebody else made is refused."""
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        found = self.socket_folder.lstat()
        if self.socket_folder.is_symlink() or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise ClusterFailed(f'Folder "{self.socket_folder}"', "is not ours alone; remove it.")

    def _write_settings(self) -> None:
        write_private(self._data / "muster.conf", settings_text(self.socket_folder))
        of_postgresql = self._data / "postgresql.conf"
        if _INCLUDE not in of_postgresql.read_text(encoding="utf-8"):
            with of_postgresql.open("a", encoding="utf-8") as file:
                file.write(f"\n{_INCLUDE}")

    def _forget_killed(self) -> None:
        """Wait for the last processes of a server that was killed, and remove its notes of itself.

        A server takes such a note for another server's where its number has gone to another process since.
        """
        until = time.monotonic() + LAST_BREATH_S
        while left := list_working_in(self._data):
            if time.monotonic() > until:
                raise ClusterFailed(
                    self._named,
                    f"has processes of a server that was killed: {', '.join(map(str, left))}; start again when they"
                    " have ended, or end them.",
                )
            time.sleep(0.02)
        for note in (self._note, *self.socket_folder.glob(".s.PGSQL.*")):
            note.unlink(missing_ok=True)

    def _run(
        self,
        program: str,
        *arguments: str | int,
        data: Path | None = None,
        output: Path | None = None,
        keep: tuple[int, ...] = (),
    ) -> None:
        """Run a program of the server, in English; its data go by the environment, out of reach of any shell.

        What it says, and the server that it starts, is added to ``output``. ``keep`` are open files that it has too.
        """
        command = [*as_no_root(), self.binaries.program(program), *map(str, arguments)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        # What pg_ctl starts keeps its output open: a pipe would be waited for as long as the server lives.
        with open(output or self.folder / "programs.log", "a+b", opener=open_private) as log:
            before = log.seek(0, os.SEEK_END)
            done = subprocess.run(  # noqa: S603 - programs of PostgreSQL, and arguments of ours
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, pass_fds=keep,
                env=environment | {"LC_ALL": "C", "PGDATA": str(data or self._data)},
            )  # fmt: skip
            if done.returncode:
                log.seek(before)
                said = log.read().decode("utf-8", "replace").strip().splitlines()
                raise ClusterFailed(f'{program} in "{self.folder}"', " | ".join(said[-6:]))

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """Let one process at a time make, start or stop it; the lock ends with the last process that holds it."""
        with open(self.folder / "lock", "ab", opener=open_private) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock.fileno()


def _is_last(users: int) -> bool:
    """Whether nobody else holds the file of users; from then on nobody does until it is closed."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
