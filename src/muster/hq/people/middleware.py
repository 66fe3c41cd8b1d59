"""Before any page: whether the session lasts, the password and factor that must be set first, and the viewer."""

from typing import Any, Final

from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from muster.hq.boundary import middleware
from muster.hq.boundary.context import Viewer
from muster.hq.people import sessions
from muster.hq.people.factors import is_required
from muster.hq.people.models import Account
from muster.hq.people.viewing import viewer_of

_FOR_PASSWORD: Final = frozenset({"/password", "/sign-out", "/language"})
"""Pages for which a password that was given out is enough."""
_FOR_FACTOR: Final = frozenset({"/factors", "/factors/codes", "/factors/key", "/prove", *_FOR_PASSWORD})
"""Pages for which a password is enough where a second factor is required."""


class SignedIn(AuthenticationMiddleware):
    """Finds whoever is signed in by the one row of their session, with account, post and nation."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the account that asks, or nobody; looked up where a page asks for it."""
        found: Any = SimpleLazyObject(lambda: sessions.find_account(request) or AnonymousUser())
        request.user = found


def lasting_session(get_response: middleware.Answer) -> middleware.Answer:
    """Sign out who was idle for too long, was signed in for too long, or has ended their sessions elsewhere.

    A program that asks by a key has no session.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        account = request.user
        by_session = account if isinstance(account, Account) and not account.key_name else None
        if by_session and not sessions.goes_on(request, by_session, at=timezone.now()):
            logout(request)
        return get_response(request)

    return answer


def first_things(get_response: middleware.Answer) -> middleware.Answer:
    """Lead to the page where a post sets a password of its own, and then to the one where it adds a second factor."""

    def answer(request: HttpRequest) -> HttpResponse:
        account, path = request.user, request.path_info
        if isinstance(account, Account) and not account.key_name:
            if account.must_change_password:
                if path not in _FOR_PASSWORD:
                    return redirect("password")
            elif path not in _FOR_FACTOR and _lacks_factor(account):
                return redirect("factors")
        return get_response(request)

    return answer


def boundary(get_response: middleware.Answer) -> middleware.Answer:
    """Answer in the context of the account that signed in."""
    return middleware.boundary(get_response, _viewer)


def _lacks_factor(account: Account) -> bool:
    """Whether an account lacks a factor that it must have; for one that has it nothing more is looked up."""
    return not account.has_factor and is_required(account)


def _viewer(request: HttpRequest) -> Viewer | None:
    return viewer_of(request.user) if isinstance(request.user, Account) else None
