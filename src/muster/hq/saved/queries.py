"""Reads of saved views."""

from django.db.models import QuerySet

from muster.hq.people.models import Account
from muster.hq.saved.models import SavedView


def list_views(account: Account) -> QuerySet[SavedView]:
    """Views that an account saved and did not remove."""
    return SavedView.objects.filter(account=account, removed_at__isnull=True)
