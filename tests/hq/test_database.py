"""The database of a headquarters: who reaches it, what they may do there, and what it tells nobody."""

import stat
from pathlib import Path

import psycopg
import pytest

from muster.hq.database import AddressUnusable, Cluster, addresses, make_roles
from muster.hq.database.address import OWNER_URL, SYNC_URL, URL
from muster.hq.database.cluster import SUPERUSER
from muster.hq.database.roles import APPLICATION, DATABASE, ROLES, role_passwords


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


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.own (number int)",
        "CREATE TEMP TABLE own (number int)",
        "CREATE SCHEMA own",
        "CREATE DATABASE own",
        "CREATE ROLE own",
        "SELECT rolpassword FROM pg_authid",
        "ALTER ROLE hq_app BYPASSRLS",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'hidden')",
    ],
)
def test_no_role_makes_anything_beside_the_schema(cluster: Cluster, role: str, statement: str) -> None:
    with (
        psycopg.connect(
            **cluster.address(role, role_passwords(cluster.folder)[role], DATABASE), autocommit=True
        ) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        database.execute(statement.encode())


@pytest.mark.parametrize("name", ["postgres", "template1"])
def test_no_role_connects_to_another_database(cluster: Cluster, name: str) -> None:
    for role, password in role_passwords(cluster.folder).items():
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(**cluster.address(role, password, name))


def test_a_server_elsewhere_is_named_for_every_role(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(URL, "postgresql://hq_app:a@db.example/muster?sslmode=verify-full")
    with pytest.raises(AddressUnusable, match=f"{OWNER_URL} is not set and {URL} is; name the server for hq_owner"):
        addresses(tmp_path)
    monkeypatch.setenv(OWNER_URL, "postgresql://hq_owner:o@db.example/muster")
    monkeypatch.setenv(SYNC_URL, "postgresql://hq_sync:s@db.example/muster")
    told = addresses(tmp_path)
    assert told.application == {
        "user": "hq_app", "password": "a", "host": "db.example", "dbname": "muster", "sslmode": "verify-full"
    }  # fmt: skip
    assert repr(told) == "Addresses()"
    monkeypatch.setenv(OWNER_URL, "postgresql://hq_app:a@db.example/muster")
    with pytest.raises(AddressUnusable, match="names role hq_app, as another address does"):
        addresses(tmp_path)


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("mysql://hq_app:secret@db/muster", "is no address of PostgreSQL; write postgresql://hq_app:password@host"),
        ("postgresql://:secret@db/muster", "names no user"),
        ("postgresql://hq_app:secret@db", "names no dbname"),
    ],
)
def test_an_unusable_address_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str, rule: str
) -> None:
    monkeypatch.setenv(URL, address)
    with pytest.raises(AddressUnusable, match=f"^{URL} {rule}") as refused:
        addresses(tmp_path)
    assert "secret" not in str(refused.value)
