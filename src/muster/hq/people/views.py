"""Signing in and out, and the password of a post."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone

from muster.hq.people.models import Account
from muster.hq.people.sign_in import WHILE, is_barred, note_failure


class SignIn(LoginView):
    """Signs in for a post."""

    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse while there were too many failures."""
        if is_barred(self.request.POST.get("username", ""), self._address, at=timezone.now()):
            minutes = int(WHILE.total_seconds() // 60)
            return render(self.request, "people/barred.html", {"minutes": minutes}, status=429)
        return super().post(*args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Note the failure."""
        note_failure(form.data.get("username", ""), self._address, at=timezone.now())
        return super().form_invalid(form)

    @property
    def _address(self) -> str:
        return str(self.request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - an address that is not known


class SignOut(LogoutView):
    """Signs out and has the browser forget everything."""

    http_method_names = ["post", "options"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


class ChangePassword(PasswordChangeView):
    """Sets a password of one's own; the first one, that was given out, is good for this page only."""

    template_name = "people/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Note that the password is one's own now."""
        assert isinstance(form.user, Account)
        form.user.must_change_password = False
        return super().form_valid(form)
