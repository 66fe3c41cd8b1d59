"""Browsers in which somebody is signed in: how long that lasts, and how it ends."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from muster.hq.people.models import Account, Factor, OpenSession

LONGEST: Final = timedelta(hours=12)
"""From signing in; after that everybody signs in anew."""
ASKED_BY_PAGES: Final = "/progress"
"""End of addresses that pages ask for by themselves: nobody need sit before them, and they keep no session alive."""
_NOTES_EVERY: Final = timedelta(minutes=1)
_KEY: Final = "open_session"
_PROVED: Final = "proved_at"
_BROWSERS: Final = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def begin(request: HttpRequest, account: Account, *, at: datetime) -> None:
    """Note that a browser is signed in now, and that whoever sits at it has proved who they are."""
    session = OpenSession.objects.create(
        account=account,
        begun_at=at,
        seen_at=at,
        address=address_of(request),
        browser=browser_of(request.headers.get("User-Agent", "")),
    )
    request.session[_KEY] = str(session.pk)
    note_proof(request, at=at)


def find_account(request: HttpRequest) -> Account | None:
    """The account for which a browser is signed in, with that session; None where it is over.

    Whoever has set another password since is signed out wherever the old one was given.
    """
    key, factors = request.session.get(_KEY), Factor.objects.filter(account=OuterRef("account"))
    found = OpenSession.objects.select_related("account__post__nation").annotate(with_factor=Exists(factors))
    session = None if key is None else found.filter(pk=uuid.UUID(key)).first()
    if session is None or not session.account.is_active:
        return None
    given = request.session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(given, session.account.get_session_auth_hash()):
        return None
    session.account.open_session, session.account.has_factor = session, session.with_factor
    return session.account


def goes_on(request: HttpRequest, account: Account, *, at: datetime) -> bool:
    """Whether the session in which an account asks still lasts; notes that it was used."""
    session = account.open_session
    if session is None:
        return False
    idle = timedelta(minutes=settings.IDLE_MINUTES)
    if at - session.seen_at >= idle or at - session.begun_at >= LONGEST:
        session.delete()
        return False
    if at - session.seen_at >= _NOTES_EVERY and not request.path_info.endswith(ASKED_BY_PAGES):
        OpenSession.objects.filter(pk=session.pk).update(seen_at=at)
    return True


def find_session(request: HttpRequest) -> OpenSession | None:
    """The session of a request; None where it is over."""
    key = request.session.get(_KEY)
    return None if key is None else OpenSession.objects.filter(pk=uuid.UUID(key)).first()


def end(request: HttpRequest) -> None:
    """End the session of a request."""
    if (session := find_session(request)) is not None:
        session.delete()


def end_all(account: Account, *, but: HttpRequest | None = None) -> int:
    """End the sessions of an account, all but the one of a request where that is given; gives how many ended."""
    ending = OpenSession.objects.filter(account=account)
    if but is not None and (kept := find_session(but)) is not None:
        ending = ending.exclude(pk=kept.pk)
    return ending.delete()[0]


def note_proof(request: HttpRequest, *, at: datetime) -> None:
    """Note that whoever sits at the browser has proved who they are."""
    request.session[_PROVED] = at.isoformat()


def proved_at(request: HttpRequest) -> datetime | None:
    """When whoever sits at the browser has proved who they are; None where that was never."""
    text = request.session.get(_PROVED)
    return None if text is None else datetime.fromisoformat(text)


def address_of(request: HttpRequest) -> str:
    """Address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - an address that is not known


def browser_of(agent: str) -> str:
    """What a browser calls itself, in two words; all else that it says is not kept.

    Examples
    --------
    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    >>> browser_of("curl/8")
    ''
    """
    named = (next((word for mark, word in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS))
    return ", ".join(word for word in named if word)


def _signed_in(*, request: HttpRequest, user: Account, **_: Any) -> None:
    begin(request, user, at=timezone.now())


user_logged_in.connect(_signed_in, dispatch_uid="muster.hq.people.sessions")
