"""The boundary looks at itself: the application does not serve while anything could let rows past it."""

from dataclasses import dataclass
from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from muster.hq.database.roles import APPLICATION, LARGE_OBJECTS
from muster.hq.refused import Refused

UNLABELLED: Final = frozenset(
    {
        "access_reading",
        "auth_group", "auth_group_permissions", "auth_permission", "boundary_contextkey", "django_content_type",
        "django_migrations", "django_session", "people_account", "people_failedsignin", "people_post",
        "people_factor", "people_invitation", "people_opensession", "people_recoverycode", "people_signinrule",
        "people_site",
        "people_principal", "records_checkpointrow", "records_sealrow", "records_site", "sites_knownsite",
    }
)  # fmt: skip
"""Tables without labels, each looked at: they hold nothing that a nation discloses."""
DEFINERS: Final = frozenset({"claim_job", "ctx", "holder_of_key"})
"""Functions that run with the rights of their owner, each looked at."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that could let rows past the boundary.

    Attributes
    ----------
    what
        The role, table, view or function.
    """

    what: str
    why: str

    def __str__(self) -> str:
        """Give one line."""
        return f"{self.what}: {self.why}"


class BoundaryIsOpen(Refused):
    """The application must not serve.

    Attributes
    ----------
    weaknesses
        All that was found.
    """

    def __init__(self, weaknesses: tuple[Weakness, ...]) -> None:
        told = "\n".join(f"  {weakness}" for weakness in weaknesses)
        super().__init__(f"The boundary is open, so nothing is served:\n{told}")
        self.weaknesses = weaknesses


_ROLE: Final = """
SELECT CASE WHEN rolsuper THEN 'is a superuser, for whom no policy holds' ELSE 'may bypass policies' END
FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)
UNION ALL SELECT 'owns the schema and could drop its policies' FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
WHERE n.nspname = 'hq' AND r.rolname = current_user
UNION ALL SELECT 'may create objects in the schema' WHERE has_schema_privilege(current_user, 'hq', 'CREATE')
UNION ALL SELECT 'reads the keys of the context'
WHERE has_table_privilege(current_user, 'hq.boundary_contextkey', 'SELECT')
UNION ALL SELECT 'works for another role' WHERE current_user <> session_user
"""
_TABLES: Final = """
SELECT c.relname, CASE
    WHEN NOT c.relrowsecurity THEN 'has no row-level security and is not among the tables without labels'
    WHEN NOT c.relforcerowsecurity THEN 'does not force row-level security on its owner'
    ELSE 'lets the application see rows by a policy without the context' END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'hq' AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY(%s) AND (
    NOT c.relrowsecurity OR NOT c.relforcerowsecurity OR EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd IN ('r', '*')
        AND (0 = ANY(p.polroles) OR %s = ANY(SELECT rolname FROM pg_roles WHERE oid = ANY(p.polroles)))
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid
            AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = 'hq.ctx'::regproc)))
"""
_OTHERS: Final = """
SELECT c.relname, CASE c.relkind WHEN 'm' THEN 'is a materialised view, which keeps rows of everyone'
    ELSE 'is a view without security_invoker, which sees with the eyes of its owner' END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'hq' AND (
    c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce(c.reloptions::text LIKE '%%security_invoker=true%%', false))
UNION ALL SELECT p.proname, 'runs with the rights of its owner and is not among those looked at'
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'hq' AND p.prosecdef AND NOT p.proname = ANY(%s)
"""
_LARGE_OBJECTS: Final = f"""
SELECT found.function FROM ({LARGE_OBJECTS}) AS found(function)
WHERE has_function_privilege(current_user, found.function, 'EXECUTE')
"""  # noqa: S608 - of constants


def list_weaknesses(database: BaseDatabaseWrapper) -> tuple[Weakness, ...]:
    """Everything found, with the eyes of the application; empty is as it must be."""
    with database.cursor() as cursor:
        cursor.execute(_ROLE)
        found = [Weakness("the role of the application", why) for (why,) in cursor.fetchall()]
        cursor.execute(_TABLES, [list(UNLABELLED), APPLICATION])
        found += [Weakness(what, why) for what, why in cursor.fetchall()]
        cursor.execute(_OTHERS, [list(DEFINERS)])
        found += [Weakness(what, why) for what, why in cursor.fetchall()]
        cursor.execute(_LARGE_OBJECTS)
        found += [
            Weakness(
                what, "may be called by the application, and no policy holds for large objects; revoke it from PUBLIC"
            )
            for (what,) in cursor.fetchall()
        ]
        found += _probe(cursor)
    return tuple(sorted(found, key=str))


def look() -> tuple[Weakness, ...]:
    """Everything found on a connection of the application, which is closed afterwards."""
    try:
        return list_weaknesses(connections["default"])
    finally:
        connections.close_all()


def refuse_weaknesses() -> None:
    """Go on only when the boundary holds.

    Raises
    ------
    BoundaryIsOpen
        With everything that was found.
    """
    if found := look():
        raise BoundaryIsOpen(found)


def _probe(cursor: CursorWrapper) -> list[Weakness]:
    """Look for rows without a context: there must be none to be seen."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'hq' AND c.relkind IN ('r', 'p') AND c.relrowsecurity"
    )
    found = []
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT EXISTS (SELECT FROM hq."{table}")')  # noqa: S608 - a name from the catalogue
        if cursor.fetchone() == (True,):
            found.append(Weakness(table, "shows rows to nobody in particular"))
    return found
