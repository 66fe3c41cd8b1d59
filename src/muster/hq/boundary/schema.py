"""What the boundary puts into the database: the function that verifies the context, and policies of tables."""

from typing import Any, Final

from django.db import migrations

from muster.hq.database.roles import APPLICATION, OWNER

GRANTS: Final = f"""
ALTER DEFAULT PRIVILEGES IN SCHEMA hq GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES IN SCHEMA hq GRANT USAGE ON SEQUENCES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""
"""What the application may do with tables that are made from now on, policies apart.

Functions are kept from the public wherever the owner makes them: what everybody may do with functions is not taken away
for one schema alone.
"""

SEALING: Final = """
CREATE POLICY sync_select ON hq.records_eventrow FOR SELECT TO hq_sync USING (true);
CREATE POLICY sync_select ON hq.records_bodyrow FOR SELECT TO hq_sync USING (true);
GRANT SELECT ON hq.records_eventrow, hq.records_bodyrow, hq.people_principal TO hq_sync;
GRANT SELECT, INSERT ON hq.records_sealrow, hq.records_checkpointrow TO hq_sync;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA hq TO hq_sync;
REVOKE ALL ON hq.records_sealrow, hq.records_checkpointrow FROM hq_app;
"""
"""The role that seals reads all events and writes none; the application does not reach what was sealed."""

CONTEXT_FUNCTION: Final = """
CREATE FUNCTION hq.ctx() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    raw text := pg_catalog.current_setting('hq.ctx', true);
    parts text[];
    pads record;
BEGIN
    IF raw IS NULL OR raw = '' THEN
        RETURN NULL;
    END IF;
    parts := pg_catalog.string_to_array(raw, '|');
    IF pg_catalog.array_length(parts, 1) <> 8 THEN
        RAISE EXCEPTION 'context refused: it does not have eight parts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT k.inner_pad, k.outer_pad INTO pads FROM hq.boundary_contextkey k
        WHERE k.key_id = parts[1] AND k.good_until > pg_catalog.clock_timestamp();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'context refused: its key is not known' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF pg_catalog.encode(pg_catalog.sha256(pads.outer_pad || pg_catalog.sha256(pads.inner_pad || pg_catalog.convert_to(
        pg_catalog.array_to_string(parts[1:7], '|'), 'UTF8'))), 'hex') <> parts[8] THEN
        RAISE EXCEPTION 'context refused: its signature is wrong' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF parts[7]::bigint < pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) THEN
        RAISE EXCEPTION 'context refused: it has expired' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN parts;
END $$;
REVOKE ALL ON FUNCTION hq.ctx() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hq.ctx() TO hq_app;
REVOKE ALL ON hq.boundary_contextkey FROM hq_app;
"""

LABEL_FUNCTION: Final = """
CREATE FUNCTION hq.keep_label() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF (NEW.owner, NEW.marking, NEW.rel_low, NEW.rel_high) IS DISTINCT FROM
       (OLD.owner, OLD.marking, OLD.rel_low, OLD.rel_high)
       AND (NEW.owner <> OLD.owner OR OLD.owner <> (SELECT hq.ctx())[3]) THEN
        RAISE EXCEPTION 'label refused: only its owner may change it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""
"""Only the originator changes a label, and nobody the owner."""

_VISIBLE: Final = """
    marking <= (SELECT (hq.ctx())[4]::smallint)
    AND ((rel_low & (SELECT (hq.ctx())[5]::bigint)) <> 0 OR (rel_high & (SELECT (hq.ctx())[6]::bigint)) <> 0)
"""
"""Numbers are read from the context inside each subquery: outside they would be read again for every row."""
_WRITABLE: Final = "owner = (SELECT (hq.ctx())[3])"

_POLICIES: Final = f"""
ALTER TABLE hq.{{table}} ENABLE ROW LEVEL SECURITY;
ALTER TABLE hq.{{table}} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON hq.{{table}} TO {OWNER} USING (true) WITH CHECK (true);
CREATE POLICY app_select ON hq.{{table}} FOR SELECT TO {APPLICATION} USING ({_VISIBLE});
CREATE POLICY app_insert ON hq.{{table}} FOR INSERT TO {APPLICATION} WITH CHECK ({_VISIBLE} AND {_WRITABLE});
"""
_CHANGES: Final = f"""
CREATE POLICY app_update ON hq.{{table}} FOR UPDATE TO {APPLICATION}
    USING ({_VISIBLE} AND {_WRITABLE}) WITH CHECK ({_VISIBLE} AND {_WRITABLE});
CREATE TRIGGER keep_label BEFORE UPDATE ON hq.{{table}} FOR EACH ROW EXECUTE FUNCTION hq.keep_label();
REVOKE DELETE, TRUNCATE ON hq.{{table}} FROM {APPLICATION};
"""
_APPENDS: Final = f"REVOKE UPDATE, DELETE, TRUNCATE ON hq.{{table}} FROM {APPLICATION};"


AGAIN: Final = f"""
DO $again$ DECLARE found record; BEGIN
    FOR found IN SELECT tablename AS name, policyname AS policy FROM pg_catalog.pg_policies
        WHERE schemaname = 'hq' AND coalesce(qual, with_check) ~ '^[(]*marking <= .*rel_low' LOOP
        IF found.policy = 'app_select' THEN
            EXECUTE format($p$ALTER POLICY app_select ON hq.%I USING ({_VISIBLE})$p$, found.name);
        ELSIF found.policy = 'app_insert' THEN
            EXECUTE format($p$ALTER POLICY app_insert ON hq.%I
                WITH CHECK ({_VISIBLE} AND {_WRITABLE})$p$, found.name);
        ELSIF found.policy = 'app_update' THEN
            EXECUTE format($p$ALTER POLICY app_update ON hq.%I
                USING ({_VISIBLE} AND {_WRITABLE}) WITH CHECK ({_VISIBLE} AND {_WRITABLE})$p$, found.name);
        END IF;
    END LOOP;
END $again$
"""  # noqa: S608 - of constants
"""Gives the labelled tables that are there the policies that such tables get now; other policies stay."""


class Restrict(migrations.RunSQL):
    """Put a table of labelled rows behind the boundary, for good; nothing is ever deleted there.

    Parameters
    ----------
    table
        A table with the columns of :class:`muster.hq.boundary.labelled.Labelled`.
    append_only
        Whether rows never change.
    """

    def __init__(self, table: str, *, append_only: bool = False) -> None:
        self._table, self._append_only = table, append_only
        super().__init__(_POLICIES.format(table=table) + (_APPENDS if append_only else _CHANGES).format(table=table))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Give what makes an equal operation."""
        return self.__class__.__qualname__, [self._table], {"append_only": self._append_only}


_MINE: Final = "account = ((SELECT hq.ctx())[2])::bigint"
_TO_ACCOUNTS: Final = f"""
ALTER TABLE hq.{{table}} ENABLE ROW LEVEL SECURITY;
ALTER TABLE hq.{{table}} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON hq.{{table}} TO {OWNER} USING (true) WITH CHECK (true);
CREATE POLICY app_select ON hq.{{table}} FOR SELECT TO {APPLICATION}
    USING ({_MINE} AND marking <= ((SELECT hq.ctx())[4])::smallint);
CREATE POLICY app_insert ON hq.{{table}} FOR INSERT TO {APPLICATION}
    WITH CHECK (sender <> '' AND sender = (SELECT hq.ctx())[3]);
CREATE POLICY app_update ON hq.{{table}} FOR UPDATE TO {APPLICATION} USING ({_MINE}) WITH CHECK ({_MINE});
REVOKE UPDATE, DELETE, TRUNCATE ON hq.{{table}} FROM {APPLICATION};
GRANT UPDATE ({{changing}}) ON hq.{{table}} TO {APPLICATION};
"""  # noqa: S608 - of constants


class RestrictToAccount(migrations.RunSQL):
    """Put a table of rows to one account each behind the boundary: nobody else sees them, the headquarters neither.

    Whoever writes rows sends some to any account, in the name of their own nation and of no other.

    Parameters
    ----------
    table
        A table with the columns ``account``, the id of one, ``sender``, the code of an owner, and ``marking``.
    changing
        The column that the account may change.
    """

    def __init__(self, table: str, *, changing: str) -> None:
        self._table, self._changing = table, changing
        super().__init__(_TO_ACCOUNTS.format(table=table, changing=changing))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Give what makes an equal operation."""
        return self.__class__.__qualname__, [self._table], {"changing": self._changing}
