"""Signing in and out, proving who one is, the password of a post, and where it is signed in."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.hq.answers import account_of
from muster.hq.people import passwords, sessions
from muster.hq.people.choices import Verb
from muster.hq.people.factors import has_factor
from muster.hq.people.models import Account
from muster.hq.people.proving import Proof, barred, factor_context, prove, question, recently_proved, takes_factor
from muster.hq.people.sessions import address_of
from muster.hq.people.sign_in import is_barred, note_failure
from muster.hq.people.traces import account_trace, note

HALFWAY_FOR: Final = timedelta(minutes=5)
"""Time from the password to the second factor."""
_HALFWAY: Final = "halfway"
_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    """Signs in for a post by its password; where it has a second factor that is asked next."""

    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse while there were too many failures."""
        if is_barred(self.request.POST.get("username", ""), address_of(self.request), at=timezone.now()):
            return barred(self.request)
        return super().post(*args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or go on to the second factor."""
        account = form.get_user()
        assert isinstance(account, Account)
        if not has_factor(account):
            response = super().form_valid(form)
            note(by=account, verb=Verb.SIGNED_IN, about=account_trace(account.post), at=timezone.now())
            return response
        self.request.session.cycle_key()
        kept = {"account": account.pk, "at": timezone.now().isoformat(), "next": self.get_success_url()}
        self.request.session[_HALFWAY] = kept
        return redirect("sign-in-factor")

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Note the failure."""
        note_failure(form.data.get("username", ""), address_of(self.request), at=timezone.now())
        return super().form_invalid(form)


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, after the password."""
    at, kept = timezone.now(), request.session.get(_HALFWAY)
    if kept is None or at - datetime.fromisoformat(kept["at"]) > HALFWAY_FOR:
        return redirect("sign-in")
    account = Account.objects.select_related("post").filter(pk=kept["account"], is_active=True).first()
    if account is None:
        return redirect("sign-in")
    if request.method == "GET":
        return render(request, "people/sign_in_factor.html", factor_context(request, account))
    if is_barred(account.post_id, address_of(request), at=at):
        return barred(request)
    if not takes_factor(request, account, at=at):
        note_failure(account.post_id, address_of(request), at=at)
        context = {**factor_context(request, account), "is_wrong": True}
        return render(request, "people/sign_in_factor.html", context, status=403)
    del request.session[_HALFWAY]
    login(request, account, _BACKEND)
    note(by=account, verb=Verb.SIGNED_IN, about=account_trace(account.post), at=at)
    return redirect(kept["next"])


class SignOut(LogoutView):
    """Signs out and has the browser forget everything."""

    http_method_names = ["post", "options"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        if isinstance(self.request.user, Account):
            account = self.request.user
            sessions.end(self.request)
            note(by=account, verb=Verb.SIGNED_OUT, about=account_trace(account.post), at=timezone.now())
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


@method_decorator(recently_proved, name="dispatch")
class ChangePassword(PasswordChangeView):
    """Sets a password of one's own; the first one, that was given out, is good for this page only."""

    template_name = "people/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Set it, and end the other sessions of the post."""
        account = account_of(self.request)
        passwords.set_password(account=account, password=form.cleaned_data["new_password1"], at=timezone.now())
        sessions.end_all(account, but=self.request)
        update_session_auth_hash(self.request, account)
        return redirect(self.get_success_url())


@require_http_methods(["GET", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """Ask who it is, and go on where they were."""
    account = account_of(request)
    to = request.POST.get("next", "") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        to = ""
    if request.method == "GET":
        return question(request, account, Proof.WRONG, carried=[("next", to)])
    proof = prove(request, account, at=timezone.now())
    if proof is Proof.GIVEN:
        return redirect(to or "home")
    return question(request, account, proof, is_wrong=True, carried=[("next", to)])


@require_GET
def where_signed_in(request: HttpRequest) -> HttpResponse:
    """Browsers in which the post is signed in."""
    here = sessions.find_session(request)
    context = {"sessions": account_of(request).open_sessions.all(), "here": None if here is None else here.pk}
    return render(request, "people/sessions.html", context)


@require_POST
@recently_proved
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of the post but this one."""
    account = account_of(request)
    ended = sessions.end_all(account, but=request)
    changes = {"sessions": (None, ended)}
    note(
        by=account, verb=Verb.SIGNED_OUT_EVERYWHERE, about=account_trace(account.post), at=timezone.now(),
        changes=dict(changes),
    )  # fmt: skip
    return redirect("sessions")


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password of a post by an invitation, and sign in; a link that is not good does not exist."""
    at = timezone.now()
    found = passwords.find_invitation(token, at=at)
    if found is None:
        raise Http404
    form = SetPasswordForm(Account(post=found.post), request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = passwords.accept_invitation(token=token, password=form.cleaned_data["new_password1"], at=at)
        if account is None:
            raise Http404
        login(request, account, _BACKEND)
        note(by=account, verb=Verb.SIGNED_IN, about=account_trace(account.post), at=at)
        return redirect("factors")
    context = {"form": form, "post": found.post}
    return render(request, "people/invitation.html", context, status=422 if request.method == "POST" else 200)
