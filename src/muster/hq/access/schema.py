"""How the database finds whose a key is, before a request has a context."""

from typing import Final

HOLDER_FUNCTION: Final = """
CREATE FUNCTION hq.holder_of_key(sent bytea)
RETURNS TABLE (account_id bigint, name text, scope text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT k.account_id, k.name::text, k.scope::text, k.expires_at FROM hq.access_programkey k
    WHERE k.digest = sent AND k.revoked_at IS NULL AND k.expires_at > pg_catalog.clock_timestamp()
$$;
REVOKE ALL ON FUNCTION hq.holder_of_key(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hq.holder_of_key(bytea) TO hq_app;
"""
"""Whoever has no key learns nothing: it answers for one digest, and a digest cannot be guessed."""
