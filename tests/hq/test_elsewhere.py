"""A headquarters whose database is on a server elsewhere, reached over TCP by three addresses."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hq.test_hq_commands import SCENARIO, free_port, muster
from muster.hq.database import Cluster, list_binaries, make_roles
from muster.hq.database.address import OWNER_URL, SYNC_URL, URL
from muster.hq.database.cluster import SUPERUSER
from muster.hq.database.roles import DATABASE, role_passwords

AGAIN = "DROP SCHEMA hq CASCADE; CREATE SCHEMA hq AUTHORIZATION hq_owner; GRANT USAGE ON SCHEMA hq TO hq_app, hq_sync;"
LENT = "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """A server that listens on a port, named by the three variables; gives how its superuser reaches it."""
    parent = Path(tempfile.mkdtemp(prefix="mhq-"))
    server, port = Cluster(parent / "server", list_binaries()[-1]), free_port()
    server.create()
    with server.in_use():
        make_roles(server)
    with (server.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"listen_addresses = '127.0.0.1'\nport = {port}\n")
    passwords = role_passwords(server.folder)
    for variable, role in ((URL, "hq_app"), (OWNER_URL, "hq_owner"), (SYNC_URL, "hq_sync")):
        address = f"postgresql://{role}:{passwords[role]}@127.0.0.1:{port}/{DATABASE}?sslmode=disable"
        monkeypatch.setenv(variable, address)
    with server.in_use():
        yield server.address(SUPERUSER, server.password(), DATABASE) | {"host": "127.0.0.1", "port": port}
    shutil.rmtree(parent)


def run_as_superuser(address: dict[str, object], statement: str) -> None:
    with psycopg.connect(**address, autocommit=True) as database:  # type: ignore[arg-type]
        database.execute(statement.encode())


def test_a_headquarters_lives_on_a_server_elsewhere_and_comes_back_there(
    elsewhere: dict[str, object], tmp_path: Path
) -> None:
    folder, backup, keys = tmp_path / "hq", tmp_path / "backup", tmp_path / "keys"
    muster("init", folder, "--scenario", SCENARIO, "--give", "LNO-FRA")
    assert not (folder / "database").exists()
    muster("backup", folder, "--to", backup, "--keys-to", keys)
    assert ", elsewhere; programs: PostgreSQL" in muster("doctor", folder)

    assert "holds table" in muster("restore", backup, tmp_path / "new", "--keys", keys, code=1)
    run_as_superuser(elsewhere, AGAIN)
    assert "the journal verifies" in muster("restore", backup, tmp_path / "new", "--keys", keys)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "hq", "keys", "new"]

    run_as_superuser(elsewhere, LENT)
    assert "lo_create(oid): may be called by the application" in muster("doctor", tmp_path / "new", code=1)
    said = muster("serve", tmp_path / "new", "--port", free_port(), code=1)
    assert "lo_create(oid): may be called by the application" in said


def test_a_server_elsewhere_that_does_not_answer_is_told_without_the_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    port = free_port()
    for variable, role in ((URL, "hq_app"), (OWNER_URL, "hq_owner"), (SYNC_URL, "hq_sync")):
        monkeypatch.setenv(variable, f"postgresql://{role}:secretword@127.0.0.1:{port}/muster")
    said = muster("init", tmp_path / "hq", "--scenario", SCENARIO, code=1)
    assert f"{URL} names a server that lets nobody in (connection failed" in said
    assert "secretword" not in said


def test_a_server_elsewhere_that_is_half_named_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(URL, "postgresql://hq_app:secret@db.example/muster")
    said = muster("init", tmp_path / "hq", "--scenario", SCENARIO, code=1)
    assert said.splitlines()[-1] == f"{OWNER_URL} is not set and {URL} is; name the server for hq_owner there too."
