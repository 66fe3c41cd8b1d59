"""What the head of each page tells of one's own jobs."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from muster.hq.jobs.queries import count_going
from muster.hq.people.models import Account


def own(request: HttpRequest) -> dict[str, object]:
    """Count the jobs of whoever asks that wait or run; a page without a head counts nothing."""
    account = request.user
    if not isinstance(account, Account):
        return {}
    return {"own_jobs": SimpleLazyObject(lambda: count_going(account))}
