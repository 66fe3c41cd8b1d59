"""Making a backup: one folder with the database at one instant and a signed manifest, made while others write.

It is the text of the database and not the files of its server: any later PostgreSQL reads it, a server elsewhere is
backed up in the same way, and neither keys nor passwords of roles are in it.
"""

import os
import secrets
import shutil
from datetime import datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import IO, Final

import psycopg
from django.conf import settings

from muster.hq.database import Binaries, addresses, cluster_of, find_binaries, is_elsewhere, list_binaries
from muster.hq.database.dump import count_rows, dump, one_instant
from muster.hq.folder import SITE_KEY_NAME
from muster.hq.keeping.kept import note_backup
from muster.hq.keeping.locked import lock
from muster.hq.keeping.manifest import BackupRefused, Manifest, digest_of, write_manifest
from muster.hq.private_files import open_private, sync_folder
from muster.hq.records.keys import load_site_key

DATABASE_FILE: Final = "database.dump"
LOCKED_FILE: Final = "database.dump.locked"
"""Stands for it where the backup is encrypted."""
_SEALED_TO: Final = "SELECT coalesce(max(sequence), 0) FROM hq.records_checkpointrow WHERE site = %s"


def back_up(headquarters: Path, to: Path, *, at: datetime, passphrase: str | None = None) -> Manifest:
    """Write a backup of the headquarters that this process works for, whole or not at all.

    Parameters
    ----------
    passphrase
        That opens it; None leaves it in clear.

    Raises
    ------
    BackupRefused
        When there is something of that name already.
    LockRefused
        When the pass phrase is too short.
    DumpFailed
        When PostgreSQL cannot write it.
    OSError
        When the folder cannot be written.
    """
    if to.exists():
        raise BackupRefused(to, "is there already", "write each backup to a new folder")
    name = DATABASE_FILE if passphrase is None else LOCKED_FILE
    owner, binaries = addresses(headquarters).owner, programs_for(headquarters)
    to.parent.mkdir(parents=True, exist_ok=True)
    waiting = to.parent / f".{to.name}-{secrets.token_hex(4)}"
    waiting.mkdir(mode=0o700)
    try:
        with one_instant(owner) as (connection, instant):
            rows = count_rows(connection)
            sealed = connection.execute(_SEALED_TO, [settings.SITE]).fetchall()
            dump(binaries, owner, instant, partial(_put, waiting / name, passphrase))
        digest = digest_of(waiting / name)
        assert digest is not None
        manifest = Manifest(
            settings.SITE,
            at.isoformat(),
            metadata.version("muster-hq"),
            binaries.version,
            sealed[0][0],
            rows,
            {name: digest},
        )
        write_manifest(waiting, manifest, load_site_key(headquarters / SITE_KEY_NAME))
        waiting.rename(to)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    sync_folder(to.parent)
    note_backup(headquarters, to, at=at)
    return manifest


def _put(path: Path, passphrase: str | None, text: IO[bytes]) -> None:
    with open(path, "xb", opener=open_private) as file:
        if passphrase is None:
            shutil.copyfileobj(text, file)
        else:
            lock(text, file, passphrase)
        file.flush()
        os.fsync(file.fileno())


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
