"""Reads of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import monotonic
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from muster.hq.boundary.masks import bits_by_code
from muster.hq.people.choices import Answer
from muster.hq.people.gaps import Term, list_gaps
from muster.hq.people.models import Account, Holding, Post, Principal

AHEAD: Final = timedelta(days=365)
"""How far ahead gaps are looked for."""
_PRINCIPALS_LAST_S: Final = 1.0
"""Every page asks for the principals, and they change once in months: they are read once in this time."""


def bits() -> dict[str, int]:
    """Bit of each principal by its code."""
    return bits_by_code((principal.code, principal.bit) for principal in list_principals())


def list_principals() -> tuple[Principal, ...]:
    """Nations and the headquarters, by their codes; one that another process took in this second may be missing."""
    return _list_principals(int(monotonic() / _PRINCIPALS_LAST_S))


@lru_cache(maxsize=1)
def _list_principals(_time: int) -> tuple[Principal, ...]:
    return tuple(Principal.objects.order_by("code"))


forget_principals: Final = _list_principals.cache_clear
"""To be called by whoever changes principals."""


@dataclass(frozen=True, slots=True)
class PostFilter:
    """What a list of posts is narrowed to; what is empty does not narrow it."""

    text: str = ""
    branch: str = ""
    nation: str = ""
    with_closed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a viewer is told of who holds a post.

    Attributes
    ----------
    holder
        Code of whoever holds it now; None where nobody does, or that is not told.
    is_filled
        None where that is not told.
    gaps
        When it is empty ahead; empty as well where not all holders are told.
    """

    holder: str | None
    is_filled: bool | None
    gaps: tuple[Term, ...]


def list_posts(narrowed: PostFilter = PostFilter()) -> QuerySet[Post]:
    """Posts with those of their holders that the viewer may see: the boundary leaves no others."""
    held = Holding.objects.filter(is_withdrawn=False).select_related("answer")
    found = Post.objects.select_related("filled_by", "site").prefetch_related(Prefetch("holdings", held))
    if narrowed.text:
        found = found.filter(Q(code__icontains=narrowed.text) | Q(title__icontains=narrowed.text))
    if narrowed.branch:
        found = found.filter(branch=narrowed.branch)
    if narrowed.nation:
        found = found.filter(filled_by=narrowed.nation)
    return found if narrowed.with_closed else found.filter(closed_at=None)


def standing_of(post: Post, *, is_told_all: bool, on: date) -> Standing:
    """What a viewer is told of a post of :func:`list_posts`; of one that no nation fills nothing is known.

    Parameters
    ----------
    is_told_all
        Whether they see every holder; who sees only what was released is not told that a post is empty.
    """
    if not post.filled_by_id:
        return Standing(None, None, ())
    held = [each for each in post.holdings.all() if not is_declined(each)]
    now = next(
        (each.holder for each in held if each.starts_on <= on and (each.ends_on is None or each.ends_on > on)), None
    )
    if not is_told_all:
        return Standing(now, True if now else None, ())
    gaps = list_gaps((Term(each.starts_on, each.ends_on) for each in held), start=on, end=on + AHEAD)
    return Standing(now, now is not None, tuple(gaps))


def is_declined(holding: Holding) -> bool:
    """Whether the headquarters has declined a holder."""
    answer = getattr(holding, "answer", None)
    return answer is not None and answer.verdict == Answer.DECLINED


def account_states(posts: Iterable[Post]) -> dict[str, str]:
    """How the account of each post stands, for the administrator: nobody, one-time password, or signs in."""
    accounts = Account.objects.filter(post__in=[post.pk for post in posts])
    return {
        account.post_id: "one-time password" if account.must_change_password else "signs in"
        for account in accounts
        if account.has_usable_password()
    }
