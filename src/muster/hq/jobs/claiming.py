"""Taking a job out of the queue: what the database does for a worker that sees no job by itself."""

import uuid
from dataclasses import dataclass
from typing import Final

from django.db import connection

LEASE_S: Final = 30
"""Seconds after which a job whose worker was not heard of is taken up again."""
CLAIM_FUNCTION: Final = """
CREATE FUNCTION hq.claim_job(lease_s integer) RETURNS TABLE (job uuid, account bigint, owner text, attempt smallint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    UPDATE hq.jobs_job
    SET leased_until = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => least(lease_s, 60)),
        attempts = attempts + 1
    WHERE id = (
        SELECT id FROM hq.jobs_job
        WHERE state IN ('queued', 'running') AND attempts < 32767
            AND (leased_until IS NULL OR leased_until < pg_catalog.clock_timestamp())
        ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, account, owner::text, attempts
$$;
REVOKE ALL ON FUNCTION hq.claim_job(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hq.claim_job(integer) TO hq_app;
"""
"""It tells a worker that there is a job, and whose: nothing of what the job is about. The worker then reads the job as
the account may. Who may execute any statement as the application could keep a job from being done for a minute at a
time, and learn no more. What cannot be counted any more is not claimed, so that it holds nobody up."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that a worker has for a while.

    Attributes
    ----------
    account
        Who asked for it.
    owner
        Code of the nation, or of the headquarters, whose row the job is.
    attempt
        Which claim of the job this is, from 1. Whoever has an earlier one has lost the job, and writes nothing more.
    """

    job: uuid.UUID
    account: int
    owner: str
    attempt: int


def claim(lease_s: int = LEASE_S) -> Claimed | None:
    """Take the job that waits longest, or whose worker is gone; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT job, account, owner, attempt FROM hq.claim_job(%s)", [lease_s])
        found = cursor.fetchone()
    return None if found is None else Claimed(*found)


def hold(claimed: Claimed) -> bool:
    """Keep a job from being claimed by another while the transaction lasts; False where it is another's, or over.

    The lock lets the lease be renewed and a stop be asked for meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM hq.jobs_job WHERE id = %s AND attempts = %s AND state = 'running' FOR KEY SHARE",
            [claimed.job, claimed.attempt],
        )
        return cursor.fetchone() is not None
