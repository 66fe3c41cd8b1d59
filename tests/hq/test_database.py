"""The database of a headquarters: ours alone, and there again after whatever happens to it."""

import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from muster.hq.database import Cluster, ClusterFailed, NoPostgresql, addresses, cluster_of, find_binaries, make_roles
from muster.hq.database.address import OWNER_URL, SYNC_URL, URL, AddressMissing
from muster.hq.database.binaries import Binaries
from muster.hq.database.cluster import NOBODY, SUPERUSER
from muster.hq.database.roles import APPLICATION, DATABASE, role_passwords


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_its_files_are_for_its_owner_only(cluster: Cluster) -> None:
    kept = [cluster.folder / "roles.json", cluster.folder / "superuser.password"]
    assert [mode_of(path) for path in (cluster.folder, cluster.folder / "data", cluster.socket_folder)] == [0o700] * 3
    assert [mode_of(path) for path in kept] == [0o600] * 2


def test_a_wrong_password_is_refused_for_every_role(cluster: Cluster) -> None:
    for role in (SUPERUSER, *role_passwords(cluster.folder)):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**cluster.address(role, "guessed", DATABASE))


def test_it_is_reached_by_its_socket_only(cluster: Cluster) -> None:
    with psycopg.connect(**cluster.address(SUPERUSER, cluster.password(), DATABASE)) as database:
        assert database.execute("SHOW listen_addresses").fetchone() == ("",)
        assert database.execute("SHOW log_statement").fetchone() == ("none",)


def test_an_error_leaves_no_value_in_the_log(cluster: Cluster) -> None:
    address = cluster.address(SUPERUSER, cluster.password(), DATABASE)
    with psycopg.connect(**address) as database, pytest.raises(psycopg.errors.InvalidTextRepresentation):
        database.execute("SELECT 'secretnumber'::int")
    assert "secretnumber" not in (cluster.folder / "log").read_text(encoding="utf-8")


def test_making_roles_again_changes_nothing(cluster: Cluster) -> None:
    before = role_passwords(cluster.folder)
    make_roles(cluster)
    assert role_passwords(cluster.folder) == before


def test_the_application_is_nobody_special(cluster: Cluster) -> None:
    password = role_passwords(cluster.folder)[APPLICATION]
    with psycopg.connect(**cluster.address(APPLICATION, password, DATABASE)) as database:
        told = database.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert told.fetchone() == (False,) * 5
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute("SELECT * FROM pg_authid")


@pytest.fixture
def own(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def test_what_was_committed_is_there_after_a_kill(own: Cluster) -> None:
    own.create()
    own.start()
    address = own.address(SUPERUSER, own.password(), "postgres")
    try:
        with psycopg.connect(**address, autocommit=True) as database:
            database.execute("CREATE TABLE kept (number int)")
            database.execute("INSERT INTO kept VALUES (1), (2)")
        postmaster = int((own.folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        os.kill(postmaster, signal.SIGKILL)
        wait_until_gone(postmaster)
        own.start()
        with psycopg.connect(**address) as database:
            assert database.execute("SELECT sum(number) FROM kept").fetchone() == (3,)
    finally:
        own.stop()
    assert not own.is_running()


def wait_until_gone(process: int) -> None:
    """Wait until a killed process has left the table of processes: its number is free then."""
    until = time.monotonic() + 20
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_serves_where_namespaces_are_not_permitted(monkeypatch: pytest.MonkeyPatch, own: Cluster) -> None:
    monkeypatch.setattr("muster.hq.database.cluster.may_unshare", lambda: False)
    own.create()
    own.start()
    try:
        make_roles(own)
        assert own.is_running()
        assert (own.folder / "data").stat().st_uid == NOBODY
    finally:
        own.stop()


def test_an_interrupted_making_is_cleared_away(own: Cluster) -> None:
    (own.folder / "data").mkdir(parents=True)
    (own.folder / "data" / "PG_VERSION").write_text("half made", encoding="ascii")
    assert not own.is_created()
    own.create()
    assert own.is_created()
    with pytest.raises(ClusterFailed, match="is there already"):
        own.create()


def test_a_cluster_of_another_version_is_not_started(own: Cluster) -> None:
    own.create()
    older = Cluster(own.folder, Binaries(own.binaries.folder, own.binaries.version - 1))
    with pytest.raises(ClusterFailed, match=f"is of PostgreSQL {own.binaries.version}, and the programs here are of"):
        older.start()


def test_without_a_postgresql_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("muster.hq.database.binaries.which", lambda _name: None)
    monkeypatch.setattr("muster.hq.database.binaries.find_spec", lambda _name: None)
    with pytest.raises(NoPostgresql, match="apt install postgresql"):
        find_binaries(tmp_path)


def test_a_long_folder_has_its_socket_elsewhere(tmp_path: Path) -> None:
    far = Cluster(tmp_path / ("long" * 30), find_binaries())
    assert len(str(far.socket_folder)) < 80
    assert far.socket_folder == Cluster(tmp_path / ("long" * 30), find_binaries()).socket_folder


def test_a_server_elsewhere_is_named_for_every_role(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(URL, "postgresql://hq_app:a@db.example/muster")
    with pytest.raises(AddressMissing, match=f"{OWNER_URL} is not; name the server for hq_owner"):
        addresses(tmp_path)
    monkeypatch.setenv(OWNER_URL, "postgresql://hq_owner:o@db.example/muster")
    monkeypatch.setenv(SYNC_URL, "postgresql://hq_sync:s@db.example/muster")
    assert addresses(tmp_path).application == {
        "user": "hq_app", "password": "a", "host": "db.example", "dbname": "muster"
    }  # fmt: skip
