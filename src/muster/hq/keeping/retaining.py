"""Personal data are kept for so many months and no longer; what of it the journal tells is purged, and the chain holds.

Accounts are posts and holders are codes, so little here tells of a person: when and from where somebody signed in, by
what, who was to hold a post, and what an account was told of. ``docs/background/security.md`` lists all of it.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from muster.hq.access.models import ProgramKey, Reading
from muster.hq.access.reading import WHILE as READ_WHILE
from muster.hq.boundary.models import ContextKey
from muster.hq.notices.models import Notice
from muster.hq.people.choices import OF_ACCOUNTS
from muster.hq.people.models import (
    Factor,
    FailedSignIn,
    Holding,
    HoldingAnswer,
    Invitation,
    OpenSession,
    RecoveryCode,
)
from muster.hq.people.sessions import LONGEST
from muster.hq.people.sign_in import WHILE as FAILED_WHILE
from muster.hq.people.traces import Operator, note, site_trace
from muster.hq.records.choices import KeptVerb
from muster.hq.records.models import BodyRow

_OWNER: Final = "owner"
"""The application deletes nothing restricted; the owner of the tables does it here, and nowhere else."""


def sweep(*, months: int, at: datetime) -> dict[str, int]:
    """Remove personal data that are older than they may be; gives how many of each kind went, and records that.

    Where nothing went there is no event. The event comes first: were the database killed between the two, it would tell
    of what the next sweep does.

    Parameters
    ----------
    months
        How long what has no use any more is kept, in months.
    """
    with transaction.atomic(using=_OWNER):
        before = months_before(at, months)
        gone = {
            "sessions": _remove(Session.objects.filter(expire_date__lte=at)) + _remove(_ended_sessions(at)),
            "failed_sign_ins": _remove(FailedSignIn.objects.filter(at__lte=at - FAILED_WHILE)),
            "counts_of_reading": _remove(Reading.objects.filter(at__lte=at - READ_WHILE)),
            "invitations": _remove(Invitation.objects.filter(Q(expires_at__lte=at) | Q(used_at__isnull=False))),
            "context_keys": _remove(ContextKey.objects.filter(good_until__lte=at)),
            "factors_of_closed_posts": _remove(Factor.objects.filter(account__post__closed_at__lte=before))
            + _remove(RecoveryCode.objects.filter(account__post__closed_at__lte=before)),
            "notices": _remove(Notice.objects.filter(at__lte=before)),
            "keys_of_programs": _remove(
                ProgramKey.objects.filter(Q(expires_at__lte=before) | Q(revoked_at__lte=before))
            ),
            **_holders(before),
            "bodies_of_sign_ins": _remove(BodyRow.objects.filter(event__verb__in=OF_ACCOUNTS, event__at__lte=before)),
        }
        gone = {what: number for what, number in gone.items() if number}
        if gone:
            changes = {what: (None, number) for what, number in gone.items()}
            trace = site_trace(settings.SITE)
            note(by=Operator(), verb=KeptVerb.REMOVED, about=trace, at=at, changes=dict(changes))
    return gone


def months_before(at: datetime, months: int) -> datetime:
    """An instant so many months earlier; days that a month lacks are its 28th.

    Examples
    --------
    >>> from datetime import UTC
    >>> months_before(datetime(2027, 3, 31, tzinfo=UTC), 13)
    datetime.datetime(2026, 2, 28, 0, 0, tzinfo=datetime.timezone.utc)
    """
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, 28))


def _ended_sessions(at: datetime) -> QuerySet[OpenSession]:
    idle = timedelta(minutes=settings.IDLE_MINUTES)
    return OpenSession.objects.filter(Q(begun_at__lte=at - LONGEST) | Q(seen_at__lte=at - idle))


def _holders(before: datetime) -> dict[str, int]:
    """Holders who have left, or were withdrawn, long ago; and what the journal tells of them."""
    left = Q(ends_on__lte=before.date()) | Q(is_withdrawn=True, changed_at__lte=before)
    holders = list(Holding.objects.using(_OWNER).filter(left).values_list("pk", flat=True))
    bodies = _remove(BodyRow.objects.filter(event__object_id__in=holders))
    _remove(HoldingAnswer.objects.filter(pk__in=holders))
    return {"holders": _remove(Holding.objects.filter(pk__in=holders)), "bodies_of_holders": bodies}


def _remove(rows: QuerySet[Any]) -> int:
    """Delete rows; gives how many."""
    return rows.using(_OWNER).delete()[0]
