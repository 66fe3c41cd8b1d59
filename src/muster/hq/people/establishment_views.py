"""Pages of the administrator: posts are added, changed and closed, and people let in."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from muster.hq.answers import Both, account_of, changed_meanwhile, refused, version_of
from muster.hq.people import passwords, posts, rules
from muster.hq.people.forms import PostForm, both_of
from muster.hq.people.models import Account, Post
from muster.hq.people.proving import origin_of, recently_proved


@require_http_methods(["GET", "POST"])
@recently_proved
def enter(request: HttpRequest) -> HttpResponse:
    """Add a post."""
    account = _administrator(request)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = posts.add_post(values=form.values(), by=account, at=timezone.now())
        except posts.PostRefused as why:
            form.add_error("code", str(why))
        else:
            return redirect("post", made.pk)
    return _form(request, form, None, _("New post"))


@require_http_methods(["GET", "POST"])
@recently_proved
def change(request: HttpRequest, post: str) -> HttpResponse:
    """Change a post."""
    account = _administrator(request)
    found = get_object_or_404(Post, pk=post)
    form = PostForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        version, values = version_of(request), form.values()
        try:
            posts.change_post(post=post, version=version, values=values, by=account, at=timezone.now())
        except posts.PostChangedMeanwhile as first:
            return _changed_meanwhile(request, first.post, both_of(form, form.instance, first.post))
        except posts.PostRefused as why:
            form.add_error(None, str(why))
        else:
            return redirect("post", post)
    return _form(request, form, found, _("Edit %(post)s") % {"post": post})


@require_POST
@recently_proved
def close(request: HttpRequest, post: str) -> HttpResponse:
    """Close a post."""
    account = _administrator(request)
    get_object_or_404(Post, pk=post)
    try:
        posts.close_post(post=post, version=version_of(request), by=account, at=timezone.now())
    except posts.PostChangedMeanwhile as first:
        return _changed_meanwhile(request, first.post, [])
    except posts.PostRefused as why:
        return refused(request, str(why))
    return redirect("post", post)


@require_POST
@recently_proved
def give_password(request: HttpRequest, post: str) -> HttpResponse:
    """Draw a one-time password for a post, and show it once; its factors go where that is asked."""
    account = _administrator(request)
    try:
        given = passwords.give_password(
            post=post, by=account, at=timezone.now(), without_factors=request.POST.get("without_factors") == "1"
        )
    except passwords.NoSuchPost:
        raise Http404 from None
    except passwords.SecondPersonNeeded as why:
        return refused(request, str(why))
    return render(request, "people/given.html", {"post": post, "password": given.password})


@require_POST
@recently_proved
def invite(request: HttpRequest, post: str) -> HttpResponse:
    """Draw an invitation for a post, and show its link once."""
    account = _administrator(request)
    try:
        token = passwords.invite(post=post, by=account, at=timezone.now())
    except passwords.NoSuchPost:
        raise Http404 from None
    link = f"{origin_of(request)}{reverse('invitation', args=[token])}"
    hours = int(passwords.INVITES_FOR.total_seconds() // 3600)
    waits = rules.needs_second(get_object_or_404(Post, pk=post))
    return render(request, "people/given.html", {"post": post, "link": link, "hours": hours, "waits": waits})


@require_POST
@recently_proved
def agree(request: HttpRequest, post: str) -> HttpResponse:
    """Agree that somebody is let into a post, as the second person; for all others there is nothing to agree to."""
    found, at = get_object_or_404(Post, pk=post), timezone.now()
    try:
        passwords.agree(post=found, by=account_of(request), at=at)
    except passwords.SecondPersonNeeded:
        raise Http404 from None
    return redirect("post", post)


def _administrator(request: HttpRequest) -> Account:
    """The administrator who asks; for all others there are no such pages."""
    account = account_of(request)
    if not rules.may_run_posts(account):
        raise Http404
    return account


def _changed_meanwhile(request: HttpRequest, now: Post, both: Sequence[Both]) -> HttpResponse:
    return changed_meanwhile(
        request,
        name=now.pk,
        version=now.version,
        both=both,
        now=reverse("post", args=[now.pk]),
        edit=reverse("post-change", args=[now.pk]),
        banner=None,
    )


def _form(request: HttpRequest, form: PostForm, post: Post | None, title: str) -> HttpResponse:
    context = {"form": form, "post": post, "title": title}
    return render(request, "people/post_form.html", context, status=422 if request.method == "POST" else 200)
