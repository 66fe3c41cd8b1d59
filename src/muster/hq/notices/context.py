"""What the head of each page tells of notices."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from muster.hq.notices.queries import list_unseen
from muster.hq.people.models import Account


def unseen(request: HttpRequest) -> dict[str, object]:
    """Count what whoever asks has not seen; a page without a head counts nothing."""
    account = request.user
    if not isinstance(account, Account):
        return {}
    return {"unseen_notices": SimpleLazyObject(list_unseen(account).count)}
