"""Looking whether all is well with a headquarters; what is not comes with its remedy."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import psycopg
from django.conf import settings

from muster.hq.boundary.selfcheck import look
from muster.hq.database import addresses, is_elsewhere, list_binaries
from muster.hq.folder import SECRETS_NAME, SITE_KEY_NAME
from muster.hq.founding import list_pending
from muster.hq.keeping.backup import programs_for
from muster.hq.keeping.kept import read_kept
from muster.hq.records.keys import load_public_half
from muster.hq.records.tail import LOOKED_AT, look_at_tail
from muster.hq.served import find_server

LEAST_FREE_BYTES: Final = 1 << 30
BACKUP_EVERY: Final = timedelta(days=1)
SWEPT_WITHIN: Final = timedelta(days=2)
"""Longest between two sweeps while somebody serves; there is one each day."""
SEALED_WITHIN: Final = timedelta(minutes=1)
"""Longest that an event may wait for its seal while somebody serves; sealing runs twice a second."""


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at.

    Attributes
    ----------
    remedy
        What to do; None where all is well.
    """

    what: str
    said: str
    remedy: str | None = None

    def __str__(self) -> str:
        """Give one line."""
        return f"{self.what}: {self.said}" + (f" WRONG; {self.remedy}." if self.remedy else "")


def examine(headquarters: Path, *, at: datetime) -> list[Look]:
    """Look at the headquarters that this process works for, its database running."""
    pending = list_pending()
    return [
        *_programs(headquarters),
        _disk(headquarters),
        _files(headquarters),
        _served(headquarters),
        Look("schema", f"lacks {', '.join(pending)}.", f"run: muster hq upgrade {headquarters}")
        if pending
        else Look("schema", "of this version."),
        *_boundary(),
        *_journal(headquarters, at),
        _sweeps(headquarters, at),
        *_backups(headquarters, at),
    ]


def _programs(headquarters: Path) -> Iterator[Look]:
    used = programs_for(headquarters)
    with psycopg.connect(**addresses(headquarters).application) as connection:
        version = connection.info.server_version
    where = "elsewhere" if is_elsewhere() else "of its own"
    yield Look("database", f"PostgreSQL {version // 10_000}.{version % 10_000}, {where}; programs: {used}.")
    if others := [str(found) for found in list_binaries() if found != used]:
        yield Look("also here", f"{'; '.join(others)}.")


def _disk(headquarters: Path) -> Look:
    free = shutil.disk_usage(headquarters).free
    said = f"{free / (1 << 30):.1f} GiB free."
    return Look("disk", said, None if free >= LEAST_FREE_BYTES else "make room: a full disk ends every write")


def _files(headquarters: Path) -> Look:
    opened = [
        path
        for path in (headquarters, *(headquarters / name for name in (SECRETS_NAME, SITE_KEY_NAME)))
        if path.stat().st_mode & 0o077
    ]
    if not opened:
        return Look("folder and keys", "readable by their owner only.")
    names = " ".join(map(str, opened))
    return Look("folder and keys", f"others may read {names}.", f"run: chmod go-rwx {names}")


def _served(headquarters: Path) -> Look:
    number = find_server(headquarters)
    return Look("served", "by nobody." if number is None else f"by process {number}.")


def _boundary() -> Iterator[Look]:
    found = look()
    for weakness in found:
        yield Look("boundary", f"{weakness}.", "close it; nothing is served until then")
    if not found:
        yield Look("boundary", "holds.")


def _journal(headquarters: Path, at: datetime) -> Iterator[Look]:
    tail = look_at_tail(load_public_half(headquarters / SITE_KEY_NAME))
    said = f"{tail.last} events, sealed up to {tail.sealed_to}."
    waits = tail.unsealed_since is not None and at - tail.unsealed_since > SEALED_WITHIN
    if waits and find_server(headquarters) is not None:
        yield Look("sealing", said, f"see server.log of {headquarters} for why nothing is sealed")
    else:
        yield Look("sealing", said)
    if tail.broken_at is None:
        yield Look("journal", f"the last events, {LOOKED_AT} at most, are as they were sealed and signed.")
    else:
        yield Look(
            "journal",
            f"event {tail.broken_at} is not as it was sealed.",
            "keep the database as it is, export the records and verify them: muster hq export-records",
        )


def _sweeps(headquarters: Path, at: datetime) -> Look:
    """Whether personal data are swept; whoever serves does that, so one that is not served is not asked."""
    swept, what = read_kept(headquarters).swept_at, "personal data"
    said = f"kept for {settings.RETAIN_MONTHS} months; " + ("never swept." if swept is None else f"swept {swept[:10]}.")
    is_late = swept is None or at - datetime.fromisoformat(swept) > SWEPT_WITHIN
    if is_late and find_server(headquarters) is not None:
        return Look(what, said, f"see server.log of {headquarters} for why nothing is swept")
    return Look(what, said)


def _backups(headquarters: Path, at: datetime) -> Iterator[Look]:
    kept = read_kept(headquarters)
    remedy = f"run: muster hq backup {headquarters} --to FOLDER"
    if kept.backup_at is None:
        yield Look("backup", "none was ever made.", remedy)
    else:
        age = at - datetime.fromisoformat(kept.backup_at)
        hours = int(age.total_seconds() // 3600)
        said = f'the last is {hours} h old, in "{kept.backup}".'
        yield Look("backup", said, remedy if age > BACKUP_EVERY else None)
    if kept.keys_at is None:
        yield Look("keys", "never kept elsewhere; no backup is restored without them.", f"{remedy} --keys-to FILE")
    else:
        yield Look("keys", f"kept on {kept.keys_at[:10]}.")
