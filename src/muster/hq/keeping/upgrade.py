"""Upgrading the database of a headquarters to this version of Muster, after a backup."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from muster.hq.boundary.selfcheck import refuse_weaknesses
from muster.hq.founding import list_pending, migrate
from muster.hq.keeping.backup import back_up

BACKUPS: Final = "backups"
"""Folder in that of the headquarters where backups before upgrades go."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did.

    Attributes
    ----------
    changes
        Changes of the schema that were made, in their order.
    backup
        Where the database of before is; None where nothing changed.
    """

    changes: tuple[str, ...]
    backup: Path | None


def upgrade(headquarters: Path, *, at: datetime) -> Upgraded:
    """Back up the headquarters that this process works for, bring its schema to this version, check the boundary.

    Each change is one transaction. Nobody may serve meanwhile.

    Raises
    ------
    BackupRefused, DumpFailed
        When no backup can be made; nothing has changed then.
    BoundaryIsOpen
        When anything could let rows past the boundary now.
    """
    pending = tuple(list_pending())
    backup = None
    if pending:
        backup = headquarters / BACKUPS / f"{at:%Y%m%dT%H%M%SZ}-before-upgrade"
        back_up(headquarters, backup, at=at)
    migrate()
    refuse_weaknesses()
    return Upgraded(pending, backup)
