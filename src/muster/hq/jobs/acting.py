"""Acting for an account outside of a request: each transaction in the context that the account has then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction

from muster.hq.boundary.context import enter, signed
from muster.hq.people.models import Account
from muster.hq.people.viewing import viewer_of


class AccountClosed(Exception):
    """An account for which nothing is done any more."""


@contextmanager
def acting_for(account: int) -> Iterator[Account]:
    """Open a transaction in the context of an account, worked out anew.

    Raises
    ------
    AccountClosed
        When there is no such account, or it was closed.
    """
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with transaction.atomic():
        found = Account.objects.select_related("post__nation").filter(pk=account, is_active=True).first()
        if found is None:
            raise AccountClosed(f"Account {account} is closed; nothing is done for it any more.")
        with connection.cursor() as cursor:
            enter(cursor, signed(viewer_of(found), settings.CONTEXT_KEY, at=datetime.now(UTC)))
        yield found
