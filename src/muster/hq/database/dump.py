"""The schema of a headquarters as one file, written while it is in use, and read into a database without it.

Both are done as the owner of the tables and never as a superuser, so that a server elsewhere needs nothing more, and
what a file tells the database to do is done with the rights of the owner only. Roles and passwords are not in it.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from muster.hq.database.binaries import Binaries
from muster.hq.database.roles import SCHEMA
from muster.hq.refused import Refused

LEFT_OUT: Final = frozenset({"boundary_contextkey", "django_session", "people_opensession"})
"""Tables whose rows are not written: keys, and sessions of those who are signed in."""

_TABLES: Final = """
SELECT c.relname, c.relrowsecurity AND NOT EXISTS (
    SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive
    AND pg_get_expr(p.polqual, p.polrelid) = 'true'
    AND current_user::regrole = ANY(p.polroles))
FROM pg_class c WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""


class DumpFailed(Refused):
    """A schema that was not written or not read; what was there before is there still."""


@contextmanager
def one_instant(owner: Mapping[str, Any]) -> Iterator[tuple[psycopg.Connection, str]]:
    """See the database as it is now while the block lasts; gives a connection, and the name of the instant."""
    with psycopg.connect(**owner) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert found is not None
        yield connection, found[0]


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of each table that is written, by its name.

    Raises
    ------
    DumpFailed
        When a table hides rows from its owner: they would be lacking.
    """
    counted = {}
    for table, hides in connection.execute(_TABLES, [SCHEMA]).fetchall():
        if hides:
            raise DumpFailed(
                f'Table "{table}" hides rows from its owner; give it the policy owner_all, as Restrict does.'
            )
        if table not in LEFT_OUT:
            rows = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(SCHEMA, table)))
            counted[table] = rows.fetchall()[0][0]
    return counted


def dump(binaries: Binaries, owner: Mapping[str, Any], instant: str, write: Callable[[IO[bytes]], None]) -> None:
    """Write the schema as it was at an instant; others go on writing.

    Parameters
    ----------
    write
        Takes what PostgreSQL writes as it comes, to its end: it is on no disk before.

    Raises
    ------
    DumpFailed
        When PostgreSQL cannot.
    """
    without = [f"--exclude-table-data={SCHEMA}.{table}" for table in sorted(LEFT_OUT)]
    words = ["--format=custom", f"--schema={SCHEMA}", "--enable-row-security", f"--snapshot={instant}", *without]
    command, environment = _command(binaries, "pg_dump", owner, *words)
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, and arguments of ours
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        ) as writes:
            assert writes.stdout is not None
            write(writes.stdout)
        said.seek(0)
        _refuse_failed(binaries, "pg_dump", writes.returncode, said.read())


def load(binaries: Binaries, owner: Mapping[str, Any], path: Path) -> None:
    """Read what :func:`dump` wrote into a database whose schema is empty, all of it or nothing.

    Raises
    ------
    DumpFailed
        When the schema holds a table, or PostgreSQL cannot read the file.
    """
    with psycopg.connect(**owner) as connection:
        tables = connection.execute(_TABLES, [SCHEMA]).fetchall()
    if tables:
        raise DumpFailed(f'The database holds table "{tables[0][0]}" already; restore into one whose schema is empty.')
    words = [f"--schema={SCHEMA}", "--single-transaction", "--exit-on-error", "--no-owner"]
    command, environment = _command(binaries, "pg_restore", owner, *words, str(path))
    ran = subprocess.run(  # noqa: S603 - a program of PostgreSQL, and arguments of ours
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    _refuse_failed(binaries, "pg_restore", ran.returncode, ran.stderr)


def _command(
    binaries: Binaries, program: str, owner: Mapping[str, Any], *words: str
) -> tuple[list[str], dict[str, str]]:
    """A program of PostgreSQL with its words, and its environment."""
    reach = dict(owner)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"PGPASSWORD": reach.pop("password", ""), "LC_ALL": "C"}
    address = f"--dbname={make_conninfo(**reach)}"
    return [str(binaries.program(program)), "--no-password", address, *words], environment


def _refuse_failed(binaries: Binaries, program: str, code: int, said: bytes) -> None:
    if code:
        told = " ".join(said.decode(errors="replace").split())[-600:]
        raise DumpFailed(f"{program} of {binaries} ended with: {told}")
