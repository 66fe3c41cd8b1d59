"""Proving again who one is, before an act that matters: by the password or a factor, within the last ten minutes."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people.choices import Verb
from muster.hq.people.factors import has_factor, list_keys, take_code, take_key
from muster.hq.people.models import Account
from muster.hq.people.security_keys import Origin, ask_for_known
from muster.hq.people.sessions import address_of, note_proof, proved_at
from muster.hq.people.sign_in import WHILE, is_barred, note_failure
from muster.hq.people.traces import account_trace, note

GOOD_FOR: Final = timedelta(minutes=10)
"""How long a proof is good."""
PASSWORD, CODE, KEY = "proof_password", "proof_code", "proof_key"
_ASKED: Final = "asked_for_key"


class Proof(Enum):
    """What came of a proof."""

    GIVEN = auto()
    WRONG = auto()
    BARRED = auto()


def recently_proved(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have a page answer only whoever proved lately who they are.

    It goes below the decorator of the methods, on the view itself. Who did not is asked before the form is shown; when
    the proof has grown old meanwhile, the question carries what they sent, and it goes on from there.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = proof_needed(request)
        return view(request, *args, **kwargs) if asked is None else asked

    return answer


def proof_needed(request: HttpRequest) -> HttpResponse | None:
    """The question who it is; None where that was proved lately. For views that know only later whether they ask."""
    at = timezone.now()
    last = proved_at(request)
    if last is not None and at - last < GOOD_FOR:
        return None
    if request.method == "GET":
        return redirect(f"{reverse('prove')}?{urlencode({'next': request.get_full_path()})}")
    assert isinstance(request.user, Account)
    is_answer = any(name in request.POST for name in (PASSWORD, CODE, KEY))
    proof = prove(request, request.user, at=at) if is_answer else Proof.WRONG
    if proof is Proof.GIVEN:
        return None
    carried = [
        (name, value) for name in request.POST for value in request.POST.getlist(name)
        if name not in {PASSWORD, CODE, KEY, "csrfmiddlewaretoken"}
    ]  # fmt: skip
    return question(request, request.user, proof, is_wrong=is_answer, carried=carried)


def proof_for_export(request: HttpRequest, owners: Iterable[str]) -> HttpResponse | None:
    """The question who it is, before a file leaves that holds rows of more than one nation."""
    return proof_needed(request) if len(set(owners) - {HEADQUARTERS}) > 1 else None


def prove(request: HttpRequest, account: Account, *, at: datetime) -> Proof:
    """Judge the password or factor that a signed-in account sends."""
    if is_barred(account.post_id, address_of(request), at=at):
        return Proof.BARRED
    if account.check_password(request.POST.get(PASSWORD, "")) or takes_factor(request, account, at=at):
        request.session.cycle_key()
        note_proof(request, at=at)
        note(by=account, verb=Verb.PROVED, about=account_trace(account.post), at=at)
        return Proof.GIVEN
    note_failure(account.post_id, address_of(request), at=at)
    return Proof.WRONG


def takes_factor(request: HttpRequest, account: Account, *, at: datetime) -> bool:
    """Whether a request carries a code or the answer of a key of an account; each is taken once."""
    state, answer = request.session.pop(_ASKED, None), request.POST.get(KEY, "")
    if answer and state is not None:
        return take_key(account=account, origin=origin_of(request), state=state, answer=answer, at=at)
    code = request.POST.get(CODE, "")
    return bool(code) and take_code(account=account, code=code, at=at)


def question(request: HttpRequest, account: Account, proof: Proof, **more: Any) -> HttpResponse:
    """The page that asks for a proof."""
    if proof is Proof.BARRED:
        return barred(request)
    context = {"action": request.get_full_path(), **factor_context(request, account), **more}
    return render(request, "people/prove.html", context, status=403 if request.method == "POST" else 200)


def factor_context(request: HttpRequest, account: Account) -> dict[str, Any]:
    """What a page needs that asks for a factor; a key is asked anew each time."""
    keys, origin = list_keys(account), origin_of(request)
    options = ""
    if keys and origin.takes_keys():
        asked = ask_for_known(origin, keys)
        request.session[_ASKED], options = asked.state, asked.options
    return {"has_factor": has_factor(account), "key_options": options}


def barred(request: HttpRequest) -> HttpResponse:
    """The page that says that there were too many failures."""
    minutes = int(WHILE.total_seconds() // 60)
    return render(request, "people/barred.html", {"minutes": minutes}, status=429)


def origin_of(request: HttpRequest) -> Origin:
    """Where pages are served; behind a proxy that ends TLS as the browser sees it."""
    return Origin("https" if settings.SESSION_COOKIE_SECURE else "http", request.get_host())
