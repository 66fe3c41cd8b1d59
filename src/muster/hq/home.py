"""The page with which each post begins."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from muster.hq.answers import account_of
from muster.hq.people.choices import Role

_FIRST: Final = {Role.OBSERVER: "/released", Role.ADMINISTRATOR: "/posts", Role.WATCH: "/board"}
"""First page of those whose work does not begin with the offers."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead to where the work of the post begins."""
    return redirect(_FIRST.get(Role(account_of(request).post.role), "/tables/offers"))
