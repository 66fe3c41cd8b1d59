"""The page of keys: making one for a program, which is shown once, and revoking it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from muster.hq.access import keys, rules
from muster.hq.access.choices import Scope
from muster.hq.access.forms import KeyForm
from muster.hq.answers import account_of, refused


@require_http_methods(["GET", "POST"])
def list_and_make(request: HttpRequest) -> HttpResponse:
    """Keys of one's post; makes another one and shows it."""
    account, at = account_of(request), timezone.now()
    if not rules.may_hold_keys(account):
        return refused(request, _("Only posts of the headquarters and of nations hold keys for programs."))
    form, made = KeyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = keys.make_key(name=told["name"], scope=Scope(told["scope"]), days=told["days"], by=account, at=at)
        form = KeyForm()
    context = {"form": form, "made": made, "keys": keys.list_keys(account), "now": at}
    return render(request, "access/keys.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Make a key of one's post good for nothing."""
    account = account_of(request)
    if not keys.list_keys(account).filter(pk=key).exists():
        raise Http404
    try:
        keys.revoke_key(key=key, by=account, at=timezone.now())
    except keys.KeyRefused as why:
        return refused(request, str(why))
    return redirect("keys")
