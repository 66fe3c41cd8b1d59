"""Making a backup: one folder with the database at one instant and a signed manifest, made while others write.

It is the text of the database and not the files of its server: any later PostgreSQL reads it, a server elsewhere is
backed up in the same way, and neither keys nor passwords of roles are in it.
"""

import secrets
import shutil
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final

import psycopg
from django.conf import settings

from muster.hq.database import Binaries, addresses, cluster_of, find_binaries, is_elsewhere, list_binaries
from muster.hq.database.dump import count_rows, dump, one_instant
from muster.hq.folder import SITE_KEY_NAME
from muster.hq.keeping.kept import note_backup
from muster.hq.keeping.manifest import BackupRefused, Manifest, digest_of, write_manifest
from muster.hq.private_files import sync_folder
from muster.hq.records.keys import load_site_key

DATABASE_FILE: Final = "database.dump"
_SEALED_TO: Final = "SELECT coalesce(max(sequence), 0) FROM hq.records_checkpointrow WHERE site = %s"


def back_up(headquarters: Path, to: Path, *, at: datetime) -> Manifest:
    """Write a backup of the headquarters that this process works for, whole or not at all.

    Raises
    ------
    BackupRefused
        When there is something of that name already.
    DumpFailed
        When PostgreSQL cannot write it.
    OSError
        When the folder cannot be written.
    """
    if to.exists():
        raise BackupRefused(to, "is there already", "write each backup to a new folder")
    owner, binaries = addresses(headquarters).owner, programs_for(headquarters)
    to.parent.mkdir(parents=True, exist_ok=True)
    waiting = to.parent / f".{to.name}-{secrets.token_hex(4)}"
    waiting.mkdir(mode=0o700)
    try:
        with one_instant(owner) as (connection, instant):
            rows = count_rows(connection)
            sealed = connection.execute(_SEALED_TO, [settings.SITE]).fetchall()
            dump(binaries, owner, instant, waiting / DATABASE_FILE)
        (waiting / DATABASE_FILE).chmod(0o600)
        digest = digest_of(waiting / DATABASE_FILE)
        assert digest is not None
        manifest = Manifest(
            settings.SITE,
            at.isoformat(),
            metadata.version("muster-hq"),
            binaries.version,
            sealed[0][0],
            rows,
            {DATABASE_FILE: digest},
        )
        write_manifest(waiting, manifest, load_site_key(headquarters / SITE_KEY_NAME))
        waiting.rename(to)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    sync_folder(to.parent)
    note_backup(headquarters, to, at=at)
    return manifest


def programs_for(headquarters: Path) -> Binaries:
    """Programs that read and write the database: of its version, or for a server elsewhere the next later one here.

    Raises
    ------
    NoPostgresql
        When there are none.
    """
    if is_elsewhere():
        with psycopg.connect(**addresses(headquarters).owner) as connection:
            version = connection.info.server_version // 10_000
        later = [binaries for binaries in list_binaries() if binaries.version >= version]
        return min(later, key=lambda binaries: binaries.version) if later else find_binaries(version)
    return cluster_of(headquarters).binaries
