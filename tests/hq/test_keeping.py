"""Keeping a headquarters: a backup made while others write, restored whole or not at all, and what the doctor says."""

import json
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connections, transaction

from hq.filed import filed
from hq.seeded import AT, LABELS, look_as, seed
from hq.test_hq_commands import muster
from muster.cli import main
from muster.hq.database import Cluster, Source, addresses, cluster_of, list_binaries, make_roles
from muster.hq.database.cluster import SUPERUSER
from muster.hq.database.dump import DumpFailed, dump, load, one_instant
from muster.hq.database.roles import DATABASE, OWNER, role_passwords
from muster.hq.folder import PUBLIC_KEY_NAME, SECRETS_NAME, SITE_KEY_NAME, note_founded
from muster.hq.keeping import doctor
from muster.hq.keeping.backup import DATABASE_FILE, LOCKED_FILE, back_up
from muster.hq.keeping.kept import note_backup, note_keys
from muster.hq.keeping.keys_file import KeysRefused, keep_keys
from muster.hq.keeping.locked import LockRefused
from muster.hq.keeping.manifest import MANIFEST, BackupRefused, Manifest, read_manifest
from muster.hq.keeping.restore import RestoreRefused, restore
from muster.hq.records.keys import load_public_key, load_site_key, make_site_key
from muster.hq.records.sealing import seal_new
from muster.hq.records.verify import verify_journal
from muster.hq.scenario.models import Row
from muster.hq.serving import make_keys

COMPARED = (
    "scenario_row", "records_document", "records_documentfile", "records_eventrow", "records_bodyrow",
    "records_sealrow", "records_checkpointrow",
)  # fmt: skip
SEALED = len(LABELS) + 1
"""Events of the first offers and of a document."""
WRITTEN = SEALED + len(LABELS)
EMPTY = (
    f"TRUNCATE {', '.join(f'hq.{table}' for table in COMPARED)};"
    "UPDATE hq.records_site SET last_sequence = 0, last_time = ''"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup with its keys, and the rows that it was made of."""

    folder: Path
    keys: Path
    manifest: Manifest
    rows: dict[str, list[tuple[object, ...]]]


def rows_of(cluster: Cluster) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that are compared, seen by the superuser."""
    with psycopg.connect(**cluster.address(SUPERUSER, cluster.password(), DATABASE)) as database:
        return {
            table: sorted(database.execute(f"SELECT * FROM hq.{table}".encode()).fetchall(), key=repr)
            for table in COMPARED
        }


@pytest.fixture(scope="module")
def written(headquarters: Path) -> Iterator[Path]:
    """A headquarters with offers and a document in it, sealed but for the last."""
    make_keys(headquarters)
    with connections["owner"].cursor() as cursor:
        cursor.execute(EMPTY)
        seed()
        filed("FRA", "Order 12")
        seal_new(load_site_key(headquarters / SITE_KEY_NAME), at=AT)
        cursor.execute("UPDATE hq.scenario_row SET name = name || '-OLD'")
        seed()
    yield headquarters
    with connections["owner"].cursor() as cursor:
        cursor.execute(EMPTY)


@pytest.fixture(scope="module")
def made(written: Path, cluster: Cluster) -> Iterator[Made]:
    """A backup that was made while somebody was entering an offer, which is not in it."""
    parent = Path(tempfile.mkdtemp(prefix="mhq-"))
    rows = rows_of(cluster)
    with transaction.atomic():
        look_as("LNO-POL")
        Row.objects.update(words="not yet saved")
        manifest = back_up(written, parent / "backup", at=AT)
        transaction.set_rollback(True)
    keep_keys(written, parent / "keys")
    yield Made(parent / "backup", parent / "keys", manifest, rows)
    shutil.rmtree(parent)


def test_a_backup_comes_back_with_every_row_and_a_journal_that_verifies(made: Made) -> None:
    folder = made.folder.parent / "restored"
    said = muster("restore", made.folder, folder, "--keys", made.keys)
    assert f"the journal verifies up to event {SEALED}." in said
    restored = cluster_of(folder)
    with restored.in_use():
        assert rows_of(restored) == made.rows
    journal = made.folder.parent / "journal.gz"
    assert f"{WRITTEN} events" in muster("export-records", folder, "--out", journal)
    assert verify_journal(journal, load_public_key(folder / PUBLIC_KEY_NAME)).findings == ()
    for name in (SECRETS_NAME, SITE_KEY_NAME):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in made.folder.parent.iterdir()) == ["backup", "journal.gz", "keys", "restored"]


def test_a_backup_holds_no_key(made: Made, headquarters: Path) -> None:
    binaries = cluster_of(headquarters).binaries
    text = subprocess.run(
        [binaries.program("pg_restore"), "-f", "-", made.folder / DATABASE_FILE], capture_output=True, check=True
    ).stdout.decode()
    kept = json.loads((headquarters / SECRETS_NAME).read_text(encoding="utf-8"))
    with connections["owner"].cursor() as pads:
        pads.execute("SELECT encode(inner_pad, 'hex') FROM hq.boundary_contextkey")
        hidden = [kept["context_key"], kept["session_key"], *(pad for (pad,) in pads.fetchall())]
    assert "CREATE TABLE hq.boundary_contextkey" in text
    assert [secret for secret in hidden if secret in text or secret in (made.folder / MANIFEST).read_text()] == []
    assert sorted(path.name for path in made.folder.iterdir()) == [DATABASE_FILE, MANIFEST]
    assert {path.stat().st_mode & 0o777 for path in (*made.folder.iterdir(), made.keys)} == {0o600}


def test_a_damaged_backup_is_refused_by_the_name_of_the_file(made: Made, tmp_path: Path) -> None:
    damages: list[tuple[str, Callable[[bytes], bytes]]] = [
        (DATABASE_FILE, lambda text: text[:-1] + bytes([text[-1] ^ 1])),
        (DATABASE_FILE, lambda text: text[:-40]),
        (MANIFEST, lambda text: text.replace(b'"sealed_to": ', b'"sealed_to": 1')),
        (MANIFEST, lambda text: text[:-40]),
    ]
    for name, damage in damages:
        copy = tmp_path / secrets.token_hex(4)
        shutil.copytree(made.folder, copy)
        (copy / name).write_bytes(damage((copy / name).read_bytes()))
        with pytest.raises(BackupRefused) as refused:
            restore(copy, tmp_path / "hq", made.keys)
        assert refused.value.path == copy / name
        shutil.rmtree(copy)
    (tmp_path / "none").mkdir()
    with pytest.raises(BackupRefused, match="is not there, so this is no backup"):
        restore(tmp_path / "none", tmp_path / "hq", made.keys)
    assert [path.name for path in tmp_path.iterdir()] == ["none"]


PASSPHRASE = "quiet harbour lanterns at noon"


@pytest.fixture(scope="module")
def encrypted(made: Made, written: Path) -> Iterator[Path]:
    """The same backup, encrypted."""
    back_up(written, made.folder.with_name("encrypted"), at=AT, passphrase=PASSPHRASE)
    yield made.folder.with_name("encrypted")
    shutil.rmtree(made.folder.with_name("encrypted"))


def test_an_encrypted_backup_comes_back_with_its_pass_phrase(made: Made, encrypted: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in encrypted.iterdir()) == [LOCKED_FILE, MANIFEST]
    assert b"PGDMP" not in (encrypted / LOCKED_FILE).read_bytes()
    (tmp_path / "phrase").write_text(PASSPHRASE + "\n", encoding="ascii")
    folder = made.folder.parent / "unlocked"
    said = muster("restore", encrypted, folder, "--keys", made.keys, "--passphrase-file", tmp_path / "phrase")
    assert f"the journal verifies up to event {SEALED}." in said
    restored = cluster_of(folder)
    with restored.in_use():
        assert rows_of(restored) == made.rows
    assert not (folder / DATABASE_FILE).exists()
    shutil.rmtree(folder)


def test_an_encrypted_backup_is_refused_without_leaving_anything(made: Made, encrypted: Path, tmp_path: Path) -> None:
    with pytest.raises(LockRefused, match="does not open with this pass phrase; give the one"):
        restore(encrypted, tmp_path / "hq", made.keys, ask_passphrase=lambda: PASSPHRASE + ".")
    with pytest.raises(BackupRefused, match="is encrypted; give its pass phrase"):
        restore(encrypted, tmp_path / "hq", made.keys)
    whole = (encrypted / LOCKED_FILE).read_bytes()
    copy = tmp_path / "copy"
    shutil.copytree(encrypted, copy)
    for damaged in (whole[:-1], whole[:40], whole[:-1] + bytes([whole[-1] ^ 1]), b"?" + whole[1:]):
        (copy / LOCKED_FILE).write_bytes(damaged)
        with pytest.raises(BackupRefused, match="is damaged or gone: it is not what was signed"):
            restore(copy, tmp_path / "hq", made.keys, ask_passphrase=lambda: PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_the_commands_ask_for_the_pass_phrase(made: Made, written: Path, tmp_path: Path) -> None:
    note_founded(written)
    try:
        words = ["hq", "backup", str(written), "--to", str(tmp_path / "backup"), "--encrypt"]
        said = CliRunner().invoke(main, words, input=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        assert (said.exit_code, PASSPHRASE in said.output) == (0, False)
    finally:
        (written / "founded").unlink()
    assert (tmp_path / "backup" / LOCKED_FILE).is_file()
    words = ["hq", "restore", str(tmp_path / "backup"), str(tmp_path / "hq"), "--keys", str(made.keys)]
    said = CliRunner().invoke(main, words, input="another pass phrase\n")
    assert (said.exit_code, "does not open with this pass phrase" in said.output) == (1, True)
    assert not (tmp_path / "hq").exists()


def test_a_short_pass_phrase_encrypts_nothing(written: Path, tmp_path: Path) -> None:
    with pytest.raises(LockRefused, match="has 5 letters; take one of 15 at least"):
        back_up(written, tmp_path / "backup", at=AT, passphrase="short")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_another_site_is_refused(made: Made, tmp_path: Path) -> None:
    stranger = make_site_key(tmp_path / "stranger.key", secrets.token_bytes(32)).public_key()
    with pytest.raises(BackupRefused, match="is not signed by the site of these keys, or was altered; use another"):
        read_manifest(made.folder, stranger)


def test_nothing_is_restored_into_a_folder_with_things_or_without_keys(made: Made, tmp_path: Path) -> None:
    (tmp_path / "hq").mkdir()
    (tmp_path / "hq" / "letter.txt").write_text("kept", encoding="ascii")
    with pytest.raises(RestoreRefused, match="is not empty; restore into a new one"):
        restore(made.folder, tmp_path / "hq", made.keys)
    for content in ("{}", "no keys", '{"format": "muster-keys/1", "files": {}}'):
        (tmp_path / "keys").write_text(content, encoding="ascii")
        with pytest.raises(KeysRefused, match="holds no keys of a headquarters"):
            restore(made.folder, tmp_path / "new", tmp_path / "keys")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["hq", "keys", "letter.txt"]


def test_backups_and_keys_are_never_written_over(made: Made, written: Path) -> None:
    with pytest.raises(BackupRefused, match="is there already; write each backup to a new folder"):
        back_up(written, made.folder, at=AT)
    with pytest.raises(KeysRefused, match="is there already; name another file"):
        keep_keys(written, made.keys)


def test_a_table_that_hides_rows_from_its_owner_stops_a_backup(written: Path, tmp_path: Path) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER POLICY owner_all ON hq.scenario_row USING (position > 4)")
        try:
            with pytest.raises(DumpFailed, match='Table "scenario_row" hides rows from its owner'):
                back_up(written, tmp_path / "backup", at=AT)
        finally:
            cursor.execute("ALTER POLICY owner_all ON hq.scenario_row USING (true)")
    assert list(tmp_path.iterdir()) == []


def put(path: Path, text: IO[bytes]) -> None:
    path.write_bytes(text.read())


@pytest.mark.parametrize("source", list(Source), ids=lambda source: source.name)
def test_what_one_postgresql_wrote_is_read_by_a_later_one_and_once_only(
    written: Path, made: Made, tmp_path: Path, source: Source
) -> None:
    of_source = [binaries for binaries in list_binaries() if binaries.source is source]
    if not of_source or of_source[0].version < made.manifest.postgresql:
        pytest.skip(f"no later PostgreSQL of {source} is installed")
    newer = Cluster(tmp_path / "own", of_source[0])
    newer.create()
    with newer.in_use():
        make_roles(newer)
        owner = newer.address(OWNER, role_passwords(newer.folder)[OWNER], DATABASE)
        with one_instant(addresses(written).owner) as (_, instant):
            dump(of_source[0], addresses(written).owner, instant, partial(put, tmp_path / "newer.dump"))
        load(of_source[0], owner, tmp_path / "newer.dump")
        assert rows_of(newer) == made.rows
        with pytest.raises(DumpFailed, match='holds table "[a-z_]+" already'):
            load(of_source[0], owner, tmp_path / "newer.dump")


@pytest.fixture
def healthy(written: Path) -> Path:
    """A headquarters in which all is well."""
    for path in (written, *(written / name for name in (SECRETS_NAME, SITE_KEY_NAME))):
        path.chmod(path.stat().st_mode & 0o700)
    note_backup(written, written / "elsewhere", at=AT)
    note_keys(written, at=AT)
    return written


def wrong(headquarters: Path, *, at: datetime = AT) -> dict[str, str]:
    """What is wrong, with the remedy."""
    return {look.what: look.remedy for look in doctor.examine(headquarters, at=at) if look.remedy is not None}


def test_the_doctor_finds_nothing_wrong_where_all_is_well(healthy: Path) -> None:
    said = {look.what: str(look) for look in doctor.examine(healthy, at=AT)}
    assert wrong(healthy) == {}
    assert said["sealing"] == f"sealing: {WRITTEN} events, sealed up to {SEALED}."
    assert said["database"].startswith(f"database: PostgreSQL {cluster_of(healthy).binaries.version}.")
    assert said["boundary"] == "boundary: holds."


def test_the_doctor_names_what_is_wrong_with_its_remedy(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "muster hq backup" in wrong(healthy, at=AT + timedelta(days=2))["backup"]
    (healthy / "backups.json").unlink()
    assert wrong(healthy).keys() == {"backup", "keys"}
    (healthy / SITE_KEY_NAME).chmod(0o640)
    assert wrong(healthy)["folder and keys"] == f"run: chmod go-rwx {healthy / SITE_KEY_NAME}"
    (healthy / SITE_KEY_NAME).chmod(0o600)
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 1 << 62)
    assert wrong(healthy)["disk"].startswith("make room")
    monkeypatch.setattr(doctor, "list_pending", lambda: ["scenario.0002_more"])
    assert wrong(healthy)["schema"] == f"run: muster hq upgrade {healthy}"
    monkeypatch.setattr(doctor, "find_server", lambda _folder: 1)
    assert "server.log" in wrong(healthy, at=AT + timedelta(minutes=2))["sealing"]
