"""The viewer of each request, and the password that they must set first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from muster.hq.boundary import middleware
from muster.hq.boundary.context import Viewer
from muster.hq.people.models import Account
from muster.hq.people.viewing import viewer_of

_OPEN = frozenset({"/password", "/sign-out"})
"""Pages for which a password that was given out is enough."""


def boundary(get_response: middleware.Answer) -> middleware.Answer:
    """Answer in the context of the account that signed in."""
    return middleware.boundary(get_response, _viewer)


def own_password(get_response: middleware.Answer) -> middleware.Answer:
    """Lead whoever signed in with a password that was given out to the page where they set one of their own."""

    def answer(request: HttpRequest) -> HttpResponse:
        is_given_out = isinstance(request.user, Account) and request.user.must_change_password
        if is_given_out and request.path_info not in _OPEN:
            return redirect("password")
        return get_response(request)

    return answer


def _viewer(request: HttpRequest) -> Viewer | None:
    return viewer_of(request.user) if isinstance(request.user, Account) else None
