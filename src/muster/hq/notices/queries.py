"""Reads of notices: the boundary leaves only those to whoever asks."""

from django.db.models import QuerySet

from muster.hq.notices.models import Notice
from muster.hq.people.models import Account


def list_notices(account: Account) -> QuerySet[Notice]:
    """What an account was told of, the last first."""
    return Notice.objects.filter(account=account.pk)


def list_unseen(account: Account) -> QuerySet[Notice]:
    """What an account was told of and has not seen."""
    return list_notices(account).filter(seen_at=None)
