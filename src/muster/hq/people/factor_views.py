"""Pages of second factors: what there is, one-time codes, security keys, recovery codes."""

import uuid
from typing import Final

import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.hq.answers import account_of, refused
from muster.hq.people import factors
from muster.hq.people.one_time_codes import address_of, draw_secret, in_letters
from muster.hq.people.proving import origin_of, recently_proved
from muster.hq.people.sealed import open_secret, seal_secret
from muster.hq.people.security_keys import NAME, KeyRefused, ask_for_new, take_new

_SECRET: Final = "new_secret"  # noqa: S105 - the name of what a session keeps
_STATE: Final = "asked_for_new_key"


class CodesForm(forms.Form):
    """An application that gives one-time codes, with its first code."""

    name = forms.CharField(max_length=60, label=_("Name"), help_text=_("For you to tell it apart: duty telephone."))
    code = forms.CharField(
        max_length=10,
        label=_("Code"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class KeyForm(forms.Form):
    """A security key, with what the browser says of it."""

    name = forms.CharField(max_length=60, label=_("Name"), help_text=_("For you to tell it apart: key in the safe."))
    answer = forms.CharField(widget=forms.HiddenInput)


@require_GET
@recently_proved
def list_factors(request: HttpRequest) -> HttpResponse:
    """Second factors of the post, and how many recovery codes are left."""
    account, origin = account_of(request), origin_of(request)
    context = {
        "factors": account.factors.all(),
        "codes_left": account.recovery_codes.filter(used_at=None).count(),
        "is_required": factors.is_required(account),
        "takes_keys": origin.takes_keys(),
        "origin": str(origin),
    }
    return render(request, "people/factors.html", context)


@require_http_methods(["GET", "POST"])
@recently_proved
def add_codes(request: HttpRequest) -> HttpResponse:
    """Add an application that gives one-time codes."""
    account, form = account_of(request), CodesForm(request.POST or None)
    secret = _kept_secret(request) or _new_secret(request)
    if request.method == "POST" and form.is_valid():
        is_first, said = not factors.has_factor(account), form.cleaned_data
        try:
            factors.add_codes(
                account=account, name=said["name"], secret=secret, code=said["code"], at=timezone.now()
            )  # fmt: skip
        except factors.FactorRefused as why:
            form.add_error("code", str(why))
        else:
            del request.session[_SECRET]
            return _added(request, is_first=is_first)
    address = address_of(secret, post=account.post_id, headquarters=NAME)
    picture = segno.make(address, micro=False).svg_inline(scale=5, dark="#000", light="#fff", border=3)
    context = {
        "form": form,
        "picture": mark_safe(picture),  # noqa: S308 - drawn here, of digits and letters
        "address": address,
        "letters": in_letters(secret),
    }
    return render(request, "people/factor_codes.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@recently_proved
def add_key(request: HttpRequest) -> HttpResponse:
    """Add a security key or passkey."""
    account, form, origin = account_of(request), KeyForm(request.POST or None), origin_of(request)
    if not origin.takes_keys():
        return refused(request, _("Security keys need a name and TLS, or localhost: %s takes none.") % origin)
    if request.method == "POST" and form.is_valid():
        state, is_first = request.session.pop(_STATE, None), not factors.has_factor(account)
        try:
            key = take_new(origin, state or {}, form.cleaned_data["answer"])
            factors.add_key(account=account, name=form.cleaned_data["name"], key=key, at=timezone.now())
        except KeyRefused:
            form.add_error(None, _("The key did not answer what it was asked. Try again."))
        except factors.FactorRefused as why:
            form.add_error(None, str(why))
        else:
            return _added(request, is_first=is_first)
    asked = ask_for_new(
        origin, account=str(account.pk), post=account.post_id, title=account.post.title,
        known=factors.list_keys(account),
    )  # fmt: skip
    request.session[_STATE] = asked.state
    context = {"form": form, "key_options": asked.options}
    return render(request, "people/factor_key.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@recently_proved
def remove_factor(request: HttpRequest, factor: uuid.UUID) -> HttpResponse:
    """Remove a second factor."""
    try:
        factors.remove_factor(account=account_of(request), factor=factor, at=timezone.now())
    except factors.FactorRefused as why:
        return refused(request, str(why))
    return redirect("factors")


@require_POST
@recently_proved
def draw_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Draw recovery codes and show them once."""
    if not factors.has_factor(account_of(request)):
        return redirect("factors")
    return _shown_codes(request)


def _added(request: HttpRequest, *, is_first: bool) -> HttpResponse:
    """After the first factor come recovery codes; they are shown at once, and never again."""
    return _shown_codes(request) if is_first else redirect("factors")


def _shown_codes(request: HttpRequest) -> HttpResponse:
    codes = factors.draw_recovery_codes(account=account_of(request), at=timezone.now())
    return render(request, "people/recovery_codes.html", {"codes": codes})


def _kept_secret(request: HttpRequest) -> bytes | None:
    """The key that was drawn when the form was shown."""
    kept = request.session.get(_SECRET)
    if kept is None:
        return None
    return open_secret(bytes.fromhex(kept), key=settings.SECRET_KEY, of=f"session of {request.user.pk}")


def _new_secret(request: HttpRequest) -> bytes:
    secret = draw_secret()
    sealed = seal_secret(secret, key=settings.SECRET_KEY, of=f"session of {request.user.pk}")
    request.session[_SECRET] = sealed.hex()
    return secret
