"""Programs are known by the key that they send; what goes wrong is told to them as JSON."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from muster.hq.access.choices import Scope
from muster.hq.access.keys import HeldKey, find_key
from muster.hq.boundary.middleware import Answer
from muster.hq.people.models import Account
from muster.hq.wrong import wrong_answer

API: Final = "/api/"
"""Beginning of all addresses for programs."""
_HELD: Final = "muster.held_key"
_SCHEME: Final = "bearer "


def programs(get_response: Answer) -> Answer:
    """Find whoever asks by their key, or by the session where none was sent; nobody else comes further."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return get_response(request)
        return _as_json(_refusal(request) or get_response(request))

    return answer


def held_key(request: HttpRequest) -> HeldKey | None:
    """The key with which a request came; None for a session."""
    key = request.META.get(_HELD)
    return key if isinstance(key, HeldKey) else None


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Take in the account of the key; what is answered where there is none, or it may not do this."""
    sent = request.headers.get("Authorization", "")
    if sent:
        key = find_key(sent[len(_SCHEME) :].strip()) if sent[: len(_SCHEME)].lower() == _SCHEME else None
        if key is None:
            return _unknown()
        account = Account.objects.select_related("post").filter(pk=key.account_id, is_active=True).first()
        if account is None:
            return _unknown()
        account.key_name = key.name
        request.user, request.META[_HELD] = account, key
        if key.scope == Scope.READ and request.method not in {"GET", "HEAD", "OPTIONS"}:
            return wrong_answer(403, f'Key "{key.name}" reads only.', remedy="Make a key that also writes.")
    if not isinstance(request.user, Account):
        return _unknown()
    if request.user.must_change_password:
        return wrong_answer(403, "The password was given out.", remedy="Sign in and set a password of your own first.")
    return None


def _unknown() -> HttpResponse:
    response = wrong_answer(401)
    response.headers["WWW-Authenticate"] = 'Bearer realm="muster"'
    return response


def _as_json(response: HttpResponse) -> HttpResponse:
    """An error that was made for people, in the shape for programs."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    told = wrong_answer(response.status_code)
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"]
    return told
