"""Pages of posts: the establishment with its gaps, one post with its holders, and what nations say of them."""

import uuid
from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.disclosure.labels import EVERY_NATION
from muster.hq.answers import account_of, changed_meanwhile, csv_answer, refused, version_of
from muster.hq.marking import banner_of, label_in_words
from muster.hq.paging import page_of
from muster.hq.people import holdings, rules
from muster.hq.people.choices import Branch
from muster.hq.people.forms import AnswerForm, HolderForm
from muster.hq.people.models import Account, Holding, Post
from muster.hq.people.passwords import find_waiting
from muster.hq.people.proving import proof_for_export
from muster.hq.people.queries import (
    PostFilter,
    Standing,
    account_states,
    bits,
    list_posts,
    list_principals,
    standing_of,
)
from muster.hq.people.traces import post_trace
from muster.hq.records.queries import told_events, visible_events

_COLUMNS: Final = (
    "post", "title", "branch", "rank", "filled by", "language", "cleared for", "site", "role", "filled", "holder",
    "empty from", "empty until",
)  # fmt: skip


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """The establishment, with who holds each post and when it is empty ahead, as far as one is told."""
    account, narrowed = _viewer(request), _narrowed(request)
    page = page_of(list_posts(narrowed), request.GET.get("page"))
    runs = rules.may_run_posts(account)
    states = account_states(page) if runs else {}
    rows = [(post, _standing(account, post), states.get(post.pk, _("nobody yet"))) for post in page]
    context = {
        "page": page,
        "rows": rows,
        "gaps": [(post, standing.gaps[0]) for post, standing, _state in rows if post.filled_by_id and standing.gaps],
        "narrowed": narrowed,
        "branches": Branch.choices,
        "principals": list_principals(),
        "runs": runs,
        "banner": _banner(page),
    }
    return render(request, "people/posts.html", context)


@require_GET
def posts_csv(request: HttpRequest) -> HttpResponse:
    """The same posts as a table for a spreadsheet."""
    account, found = _viewer(request), list(list_posts(_narrowed(request)))
    owners = {holding.owner for post in found for holding in post.holdings.all()}
    if (asked := proof_for_export(request, owners)) is not None:
        return asked
    return csv_answer("posts.csv", _banner(found), _COLUMNS, (_cells(post, _standing(account, post)) for post in found))


@require_GET
def post(request: HttpRequest, post: str) -> HttpResponse:
    """One post: what it is, who holds it and has held it, and what was done to it."""
    account, found = _viewer(request), _post(post)
    waiting = find_waiting(found, at=timezone.now())
    every, labels = list(Holding.objects.filter(post=found).select_related("answer")), bits()
    held = [holding for holding in every if not holding.is_withdrawn]
    told = [
        (
            holding,
            label_in_words(holding.label(labels)),
            getattr(holding, "answer", None),
            rules.may_change(account, holding),
        )
        for holding in held
    ]  # fmt: skip
    context = {
        "post": found,
        "standing": _standing(account, found),
        "told": told,
        "is_told_all": rules.is_told_all(account, found),
        "answer": AnswerForm() if held and rules.may_answer(account, held[0]) else None,
        "may_propose": rules.may_propose(account, found),
        "runs": rules.may_run_posts(account),
        "needs_second": rules.needs_second(found),
        "waiting": waiting if waiting is not None and rules.may_agree(account, waiting) else None,
        "events": told_events(
            visible_events().filter(object_id__in=[post_trace(found).pk, *(each.pk for each in every)])
        ),
        "banner": banner_of(holding.label(labels) for holding in every),
    }
    return render(request, "people/post.html", context)


@require_http_methods(["GET", "POST"])
def holder_enter(request: HttpRequest, post: str) -> HttpResponse:
    """Say who holds a post that one's nation fills."""
    account, found = _viewer(request), _post(post)
    if not rules.may_propose(account, found):
        return refused(request, _("Only the nation that fills a post says who holds it."))
    form = HolderForm(request.POST or None, instance=Holding(post=found, owner=found.filled_by_id or ""))
    if request.method == "POST" and form.is_valid():
        try:
            holdings.propose_holder(post=found, said=form.said(), by=account, at=timezone.now())
        except holdings.HolderRefused as why:
            form.add_error("holder", str(why))
        else:
            return redirect("post", found.pk)
    return _holder_form(request, form, found, _("Who holds %(post)s") % {"post": found.pk})


@require_http_methods(["GET", "POST"])
def holder_change(request: HttpRequest, holding: uuid.UUID) -> HttpResponse:
    """Change who holds a post, or from when to when."""
    account, found = _viewer(request), _holding(holding)
    if not rules.may_change(account, found):
        return refused(request, _("Only the nation of a holder changes who it is."))
    told = EVERY_NATION in found.label(bits()).releasable_to
    form = HolderForm(request.POST or None, instance=found, initial={"is_told": told})
    if request.method == "POST" and form.is_valid():
        version, at = version_of(request), timezone.now()
        try:
            holdings.change_holder(holding=holding, version=version, said=form.said(), by=account, at=at)
        except holdings.HolderChangedMeanwhile as first:
            return _changed_meanwhile(request, first.holding, form)
        except holdings.HolderRefused as why:
            form.add_error(None, str(why))
        else:
            return redirect("post", found.post_id)
    return _holder_form(request, form, found.post, _("Who holds %(post)s") % {"post": found.post_id})


@require_POST
def holder_withdraw(request: HttpRequest, holding: uuid.UUID) -> HttpResponse:
    """Take back who holds a post."""
    account, found = _viewer(request), _holding(holding)
    try:
        holdings.withdraw_holder(holding=holding, version=version_of(request), by=account, at=timezone.now())
    except holdings.HolderChangedMeanwhile as first:
        return _changed_meanwhile(request, first.holding, None)
    except holdings.HolderRefused as why:
        return refused(request, str(why))
    return redirect("post", found.post_id)


@require_POST
def holder_answer(request: HttpRequest, holding: uuid.UUID) -> HttpResponse:
    """Accept or decline a holder."""
    account, found, form = _viewer(request), _holding(holding), AnswerForm(request.POST)
    if not form.is_valid():
        return refused(request, _("An answer is accepted or declined."))
    said = form.cleaned_data
    try:
        holdings.answer_holder(
            holding=holding, verdict=said["verdict"], why=said["why"], by=account, at=timezone.now()
        )  # fmt: skip
    except holdings.HolderRefused as why:
        return refused(request, str(why))
    return redirect("post", found.post_id)


def _viewer(request: HttpRequest) -> Account:
    """The account that asks; for those who do not see the establishment there is none."""
    account = account_of(request)
    if not rules.may_see_posts(account):
        raise Http404
    return account


def _post(code: str) -> Post:
    found = list_posts(PostFilter(with_closed=True)).filter(pk=code).first()
    if found is None:
        raise Http404
    return found


def _holding(holding: uuid.UUID) -> Holding:
    """A holder that the viewer may see; one that they may not see does not exist for them."""
    found = Holding.objects.select_related("post").filter(pk=holding).first()
    if found is None:
        raise Http404
    return found


def _standing(account: Account, post: Post) -> Standing:
    return standing_of(post, is_told_all=rules.is_told_all(account, post), on=timezone.now().date())


def _banner(found: Iterable[Post]) -> str:
    labels = bits()
    return banner_of(holding.label(labels) for post in found for holding in post.holdings.all())


def _cells(post: Post, standing: Standing) -> list[object]:
    gap = standing.gaps[0] if standing.gaps else None
    filled = {True: "yes", False: "no", None: None}[standing.is_filled]
    return [
        post.pk, post.title, post.branch, post.rank, post.filled_by_id, post.language, post.get_clearance_display(),
        post.site_id, post.role, filled, standing.holder, gap and gap.starts_on, gap and gap.ends_on,
    ]  # fmt: skip


def _changed_meanwhile(request: HttpRequest, now: Holding, form: HolderForm | None) -> HttpResponse:
    label = now.label(bits())
    return changed_meanwhile(
        request,
        name=now.holder,
        version=now.version,
        both=[] if form is None else form.both(now, is_told=EVERY_NATION in label.releasable_to),
        now=reverse("post", args=[now.post_id]),
        edit=reverse("holder-change", args=[now.pk]),
        banner=banner_of([label]),
    )


def _holder_form(request: HttpRequest, form: HolderForm, post: Post, title: str) -> HttpResponse:
    context = {"form": form, "post": post, "title": title, "banner": _banner([post])}
    return render(request, "people/post_form.html", context, status=422 if request.method == "POST" else 200)


def _narrowed(request: HttpRequest) -> PostFilter:
    text, branch, nation = (request.GET.get(name, "").strip() for name in ("text", "branch", "nation"))
    return PostFilter(text, branch, nation, with_closed=request.GET.get("closed") == "1")
