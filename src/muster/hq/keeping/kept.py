"""What a headquarters remembers of its keeping: when and where the last backup was made, keys kept, and data swept."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from muster.hq.private_files import write_private

_NOTE: Final = "backups.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept.

    Attributes
    ----------
    backup_at, keys_at, swept_at
        When a backup was made, keys were kept, personal data swept; ISO 8601 in UTC, None where it never was.
    backup
        Where the last backup was written.
    """

    backup_at: str | None = None
    backup: str | None = None
    keys_at: str | None = None
    swept_at: str | None = None


def read_kept(headquarters: Path) -> Kept:
    """What was kept so far."""
    path = headquarters / _NOTE
    return Kept(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Kept()


def note_backup(headquarters: Path, backup: Path, *, at: datetime) -> None:
    """Note that a backup was made."""
    _write(headquarters, replace(read_kept(headquarters), backup=str(backup.resolve()), backup_at=at.isoformat()))


def note_keys(headquarters: Path, *, at: datetime) -> None:
    """Note that the keys were kept."""
    _write(headquarters, replace(read_kept(headquarters), keys_at=at.isoformat()))


def note_new_keys(headquarters: Path) -> None:
    """Note that the keys are others now, and nowhere kept."""
    _write(headquarters, replace(read_kept(headquarters), keys_at=None))


def note_sweep(headquarters: Path, *, at: datetime) -> None:
    """Note that personal data were swept."""
    _write(headquarters, replace(read_kept(headquarters), swept_at=at.isoformat()))


def _write(headquarters: Path, kept: Kept) -> None:
    write_private(headquarters / _NOTE, json.dumps(asdict(kept), indent=1) + "\n")
