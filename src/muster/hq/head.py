"""What the head of each page tells of whoever asks: jobs that go on, and notices not seen."""

from typing import Final

from django.db import connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from muster.hq.jobs.choices import GOING
from muster.hq.people.models import Account

_COUNT: Final = """
SELECT (SELECT count(*) FROM jobs_job WHERE account = %(account)s AND state = ANY(%(going)s)),
       (SELECT count(*) FROM notices_notice WHERE account = %(account)s AND seen_at IS NULL)
"""
"""Both in one statement that is ready: each page of everybody asks for it."""


def counts(request: HttpRequest) -> dict[str, object]:
    """Count where a page asks for it: one without a head counts nothing."""
    account = request.user
    if not isinstance(account, Account):
        return {}
    return {"own": SimpleLazyObject(lambda: _counted(account))}


def _counted(account: Account) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"account": account.pk, "going": list(GOING)})
        jobs, notices = cursor.fetchone()
    return {"jobs": jobs, "notices": notices}
