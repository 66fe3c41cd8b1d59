"""How often a sign-in may fail."""

from datetime import datetime, timedelta
from typing import Final

from muster.hq.people.choices import Verb
from muster.hq.people.models import Account, FailedSignIn
from muster.hq.people.traces import account_trace, note

WHILE: Final = timedelta(minutes=15)
MOST_OF_POST: Final = 10
MOST_OF_ADDRESS: Final = 50
"""Failures within that while after which nobody signs in for a post, or from an address."""


def is_barred(post_code: str, address: str, *, at: datetime) -> bool:
    """Whether a sign-in is refused, right password or not."""
    lately = FailedSignIn.objects.filter(at__gt=at - WHILE)
    return (
        lately.filter(post_code=post_code).count() >= MOST_OF_POST
        or lately.filter(address=address).count() >= MOST_OF_ADDRESS
    )


def note_failure(post_code: str, address: str, *, at: datetime) -> None:
    """Note a sign-in that failed; those too old to count are forgotten.

    The one that closes the door of a post that there is leaves an event.
    """
    FailedSignIn.objects.filter(at__lte=at - WHILE).delete()
    FailedSignIn.objects.create(post_code=post_code[:254], address=address, at=at)
    if FailedSignIn.objects.filter(post_code=post_code, at__gt=at - WHILE).count() == MOST_OF_POST:
        account = Account.objects.select_related("post").filter(post_id=post_code).first()
        if account is not None:
            note(by=account, verb=Verb.SIGN_IN_BARRED, about=account_trace(account.post), at=at)
