"""What is done to notices. It leaves no event of its own: what they tell of has left one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from muster.hq.boundary.labelled import Labelled
from muster.hq.notices.choices import What
from muster.hq.notices.models import Notice
from muster.hq.notices.queries import list_unseen
from muster.hq.people.models import Account


@transaction.atomic
def give_notice(*, to: int, about: Labelled, what: What, told: Mapping[str, str], link: str, at: datetime) -> None:
    """Tell an account of something, under the marking of what it is about and in the name of its owner.

    Parameters
    ----------
    to
        Id of the account.
    about
        What whoever tells of it may write; the database refuses another owner's.
    link
        Path of the page that tells more.
    """
    notice = Notice(account=to, sender=about.owner, marking=about.marking, what=what, told=dict(told), link=link, at=at)
    notice.save(force_insert=True)


@transaction.atomic
def see_page(*, link: str, by: Account, at: datetime) -> None:
    """Note that an account has seen the page to which notices lead."""
    list_unseen(by).filter(link=link).update(seen_at=at)


@transaction.atomic
def see_all(*, until: datetime, by: Account, at: datetime) -> None:
    """Note that an account has seen its notices, but for those that came after it looked."""
    list_unseen(by).filter(at__lte=until).update(seen_at=at)
