"""The database of a headquarters, and who may do what in it."""

import json
import secrets
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from muster.hq.database.cluster import SUPERUSER, Cluster
from muster.hq.private_files import write_private

DATABASE: Final = "muster"
SCHEMA: Final = "hq"
OWNER: Final = "hq_owner"
"""Owns the schema and changes it; the application never works as this role."""
APPLICATION: Final = "hq_app"
"""Works for the pages: reads and writes rows, as far as policies let it."""
SYNC: Final = "hq_sync"
"""Seals the journal: reads all events, and writes none."""
ROLES: Final = (OWNER, APPLICATION, SYNC)
_PASSWORDS: Final = "roles.json"
_OF_POSTGRESQL: Final = ("postgres", "template1")
"""Databases that PostgreSQL makes; the public could otherwise make temporary tables in them."""
_ONE_AT_A_TIME: Final = 5432_0001
"""Number of the lock that whoever makes the roles holds."""

LARGE_OBJECTS: Final = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND (p.proname LIKE 'lo\\_%' OR p.proname IN ('loread', 'lowrite'))
"""
"""Functions of large objects. No policy holds for what is kept in those, so nobody but the superuser may call them."""
_WITHOUT_LARGE_OBJECTS: Final = f"""
DO $$ DECLARE function text; BEGIN
    FOR function IN {LARGE_OBJECTS} LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, {", ".join(ROLES)}', function);
    END LOOP;
END $$
"""


def make_roles(cluster: Cluster) -> None:
    """Make roles, database and schema where they are not there; what the public may do is taken away.

    Doing it again changes nothing. The cluster must be running.
    """
    passwords = role_passwords(cluster.folder)
    with psycopg.connect(**cluster.address(SUPERUSER, cluster.password(), "postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        for role in ROLES:
            if not server.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchall():
                server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            server.execute(
                sql.SQL(
                    "ALTER ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}"
                ).format(sql.Identifier(role), sql.Literal(passwords[role]))
            )
        if not server.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchall():
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(DATABASE)))
        for name in _OF_POSTGRESQL:
            server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        with psycopg.connect(**cluster.address(SUPERUSER, cluster.password(), DATABASE)) as database:
            for statement in _grants():
                database.execute(statement)
            database.execute(_WITHOUT_LARGE_OBJECTS)


def _grants() -> list[sql.Composed]:
    names = {
        "database": sql.Identifier(DATABASE), "schema": sql.Identifier(SCHEMA),
        "owner": sql.Identifier(OWNER), "application": sql.Identifier(APPLICATION), "sync": sql.Identifier(SYNC),
    }  # fmt: skip
    return [
        sql.SQL(text).format(**names)
        for text in (
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {database} TO {owner}, {application}, {sync}",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner}",
            "GRANT USAGE ON SCHEMA {schema} TO {application}, {sync}",
        )
    ]


def role_passwords(folder: Path) -> dict[str, str]:
    """Passwords of the roles, as they are kept in the folder of a cluster; drawn when there are none yet."""
    path = folder / _PASSWORDS
    if not path.exists():
        write_private(path, json.dumps({role: secrets.token_urlsafe(32) for role in ROLES}))
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept
