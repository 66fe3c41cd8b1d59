"""Restoring a headquarters from a backup and its keys, into a new folder: whole and verified, or not at all."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from muster.hq.database import addresses, is_elsewhere
from muster.hq.database.address import CLUSTER
from muster.hq.database.binaries import find_binaries
from muster.hq.database.cluster import Cluster
from muster.hq.database.dump import count_rows, load, one_instant
from muster.hq.folder import PUBLIC_KEY_NAME, name_site, note_founded
from muster.hq.keeping.backup import DATABASE_FILE, LOCKED_FILE, programs_for
from muster.hq.keeping.keys_file import put_keys
from muster.hq.keeping.locked import unlock
from muster.hq.keeping.manifest import BackupRefused, Manifest, read_manifest
from muster.hq.private_files import open_private
from muster.hq.records.keys import load_public_key
from muster.hq.records.verify import verify_journal
from muster.hq.refused import Refused
from muster.hq.running import use
from muster.hq.serving import database_of

_CHECKED: Final = "journal-check.gz"


class RestoreRefused(Refused):
    """A folder into which nothing is restored."""


def restore(
    backup: Path, headquarters: Path, keys: Path, *, ask_passphrase: Callable[[], str] | None = None
) -> Manifest:
    """Restore a headquarters, and see that it holds what the manifest says and that its journal verifies.

    Until that is done nothing stands under the name of the folder. Where the database is elsewhere its schema must be
    empty; rows are put in by one transaction.

    Parameters
    ----------
    keys
        File that :func:`muster.hq.keeping.keys_file.keep_keys` wrote.
    ask_passphrase
        Asked where the backup is encrypted, once it is known to be what its site signed.

    Raises
    ------
    RestoreRefused
        When the folder is not empty.
    KeysRefused, BackupRefused
        When keys or backup are not whole, or do not belong together; or nobody gives the pass phrase.
    LockRefused
        When the pass phrase is another.
    DumpFailed
        When PostgreSQL cannot read it.
    BoundaryIsOpen
        When anything could let rows past the boundary.
    """
    if headquarters.exists() and any(headquarters.iterdir()):
        raise RestoreRefused(f'Folder "{headquarters}" is not empty; restore into a new one.')
    headquarters.parent.mkdir(parents=True, exist_ok=True)
    waiting = headquarters.parent / f".{headquarters.name}-{secrets.token_hex(4)}"
    waiting.mkdir(mode=0o700)
    try:
        key = put_keys(keys, waiting)
        manifest = read_manifest(backup, key.public_key())
        name_site(waiting, manifest.site)
        text = _in_clear(backup, manifest, waiting / DATABASE_FILE, ask_passphrase)
        if not is_elsewhere():
            Cluster(waiting / CLUSTER, find_binaries(least=manifest.postgresql)).create()
        with database_of(waiting):
            _fill(waiting, text, manifest)
        (waiting / DATABASE_FILE).unlink(missing_ok=True)
        note_founded(waiting)
        if headquarters.exists():
            headquarters.rmdir()
        waiting.rename(headquarters)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return manifest


def _in_clear(backup: Path, manifest: Manifest, to: Path, ask: Callable[[], str] | None) -> Path:
    """The text of the database: as the backup has it, or unlocked into the folder that is not yet a headquarters."""
    if LOCKED_FILE not in manifest.files:
        return backup / DATABASE_FILE
    if ask is None:
        raise BackupRefused(backup / LOCKED_FILE, "is encrypted", "give its pass phrase")
    with open(to, "xb", opener=open_private) as file:
        unlock(backup / LOCKED_FILE, file, ask())
    return to


def _fill(waiting: Path, text: Path, manifest: Manifest) -> None:
    """Read the database, bring it to this version, and look whether all is there."""
    owner = addresses(waiting).owner
    load(programs_for(waiting), owner, text)
    with one_instant(owner) as (connection, _):
        rows = count_rows(connection)
    if rows != manifest.rows:
        lacking = sorted(table for table, count in manifest.rows.items() if rows.get(table) != count)
        raise BackupRefused(text, f"has other rows than its manifest says in {', '.join(lacking)}")
    use(waiting)
    from muster.hq.boundary.selfcheck import refuse_weaknesses  # noqa: PLC0415 - after `use`
    from muster.hq.founding import migrate  # noqa: PLC0415
    from muster.hq.records.sealing import export_journal  # noqa: PLC0415

    migrate()
    refuse_weaknesses()
    begins_with = load_public_key(waiting / PUBLIC_KEY_NAME)
    export_journal(waiting / _CHECKED, begins_with)
    verified = verify_journal(waiting / _CHECKED, begins_with)
    (waiting / _CHECKED).unlink()
    if verified.findings or verified.sealed_to != manifest.sealed_to:
        told = "; ".join(finding.message for finding in verified.findings[:3])
        raise BackupRefused(text, f"holds a journal that does not verify: {told}")
