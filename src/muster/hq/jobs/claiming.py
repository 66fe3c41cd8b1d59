"""Taking a job out of the queue: what the database does for a worker that sees no job by itself."""

import uuid
from dataclasses import dataclass
from typing import Final

from django.db import connection

LEASE_S: Final = 30
"""Seconds after which a job whose worker was not heard of is taken up again."""
CLAIM_FUNCTION: Final = """
CREATE FUNCTION hq.claim_job(lease_s integer) RETURNS TABLE (job uuid, account bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    UPDATE hq.jobs_job
    SET leased_until = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => lease_s),
        attempts = attempts + 1
    WHERE id = (
        SELECT id FROM hq.jobs_job
        WHERE state IN ('queued', 'running')
            AND (leased_until IS NULL OR leased_until < pg_catalog.clock_timestamp())
        ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, account
$$;
REVOKE ALL ON FUNCTION hq.claim_job(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hq.claim_job(integer) TO hq_app;
"""
"""It tells a worker that there is a job, and whose: nothing of what the job is about. The worker then reads the job as
the account may. Who may execute any statement as the application could keep jobs from being done, and learn no more."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that a worker has for a while, and the account that asked for it."""

    job: uuid.UUID
    account: int


def claim(lease_s: int = LEASE_S) -> Claimed | None:
    """Take the job that waits longest, or whose worker is gone; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT job, account FROM hq.claim_job(%s)", [lease_s])
        found = cursor.fetchone()
    return None if found is None else Claimed(*found)
