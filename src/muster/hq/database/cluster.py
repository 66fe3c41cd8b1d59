"""A PostgreSQL of our own: made, started and stopped by us, reached through a socket in a private folder.

PostgreSQL refuses to run as root. Where we are root it runs in a user namespace in which it has another number, and its
files stay root's outside. Where namespaces are not permitted, as in many containers, it runs as nobody with the one
right of root that it needs, to reach its folder; its files are nobody's then.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import psycopg

from muster.hq.database.binaries import Binaries
from muster.hq.private_files import write_private

SUPERUSER: Final = "muster_super"
NOBODY: Final = 65534
BUILTIN_LOCALE_FROM: Final = 17
"""Version from which PostgreSQL has a locale of its own, which does not change with the system."""
SOCKET_PATH_BYTES: Final = 107
"""Longest path of a Unix socket."""
SETTINGS: Final = {
    "listen_addresses": "''",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "password_encryption": "scram-sha-256",
}
"""Nothing listens on a network, and no statement and no error, which quote values, is written into a log."""
_SUPERUSER_KEPT: Final = "superuser.password"
_CREATED: Final = "created"
_UNSHARED: Final = ("unshare", "--user", f"--map-user={NOBODY}")


class ClusterFailed(Exception):
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
        Holds the data, the log and the password of the superuser; only its owner reads it.
    """

    folder: Path
    binaries: Binaries

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def is_created(self) -> bool:
        """Whether it was made to the end."""
        return (self.folder / _CREATED).exists()

    def create(self) -> None:
        """Make it; what an interrupted attempt left is cleared away first.

        Raises
        ------
        ClusterFailed
            When PostgreSQL cannot make it.
        """
        if self.is_created():
            raise ClusterFailed(f'Cluster in "{self.folder}"', "is there already; start it, or take another folder.")
        shutil.rmtree(self._data, ignore_errors=True)
        password = self.folder / _SUPERUSER_KEPT
        write_private(password, secrets.token_urlsafe(32))
        has_builtin = self.binaries.version >= BUILTIN_LOCALE_FROM
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if has_builtin else ("--locale=C.UTF-8",)
        self._run(
            "initdb", "-D", self._data, "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password}",
            "-E", "UTF8", *locale, "--no-instructions",
        )  # fmt: skip
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        (self.folder / _CREATED).touch()

    def start(self) -> None:
        """Start it, in a process that outlives this one.

        Raises
        ------
        ClusterFailed
            When it is of another version, its socket has no safe place, or it does not start.
        """
        made_by = (self._data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.binaries.version):
            raise ClusterFailed(
                f'Cluster in "{self.folder}"',
                f"is of PostgreSQL {made_by}, and the programs here are of {self.binaries.version};"
                f" install PostgreSQL {made_by}.",
            )
        self._make_socket_folder()
        options = f"-c unix_socket_directories='{self.socket_folder}' -c unix_socket_permissions=0700"
        self._run("pg_ctl", "-D", self._data, "-l", self.folder / "log", "-w", "-s", "-o", options, "start")

    def stop(self) -> None:
        """Stop it cleanly; whoever is connected is sent away.

        Raises
        ------
        ClusterFailed
            When it does not stop.
        """
        self._run("pg_ctl", "-D", self._data, "-m", "fast", "-w", "-s", "stop")

    def is_running(self) -> bool:
        """Whether it answers."""
        try:
            with psycopg.connect(**self.address(SUPERUSER, self.password(), "postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    @property
    def socket_folder(self) -> Path:
        """Where its socket is: outside the data, and near the root where the path of a socket would be too long."""
        beside = self.folder.resolve() / "run"
        if len(str(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES:
            return beside
        name = hashlib.sha256(str(beside).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"muster-{name}"

    def password(self) -> str:
        """Password of the superuser."""
        return (self.folder / _SUPERUSER_KEPT).read_text(encoding="utf-8")

    def address(self, role: str, password: str, database: str) -> dict[str, Any]:
        """How a role reaches a database of the cluster."""
        return {"host": str(self.socket_folder), "user": role, "password": password, "dbname": database}

    def _make_socket_folder(self) -> None:
        """Make the folder of the socket; one that somebody else made is refused."""
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        found = self.socket_folder.stat()
        if found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise ClusterFailed(f'Folder "{self.socket_folder}"', "is not ours alone; remove it.")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*_as_no_root(), self.binaries.program(program), *map(str, arguments)]
        log = self.folder / "programs.log"
        # What pg_ctl starts keeps its output open: a pipe would be waited for as long as the server lives.
        with log.open("w+b") as said:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)  # noqa: S603 - ours
        if done.returncode:
            raise ClusterFailed(f'{program} in "{self.folder}"', log.read_text(encoding="utf-8", errors="replace"))


def _as_no_root() -> Sequence[str]:
    """What a program is begun with, so that it is not root."""
    if os.geteuid() != 0:
        return ()
    if may_unshare():
        return (*_UNSHARED, "--")
    return (
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override", "--",
    )  # fmt: skip


@cache
def may_unshare() -> bool:
    """Whether user namespaces are permitted here."""
    return subprocess.run([*_UNSHARED, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603 - ours
