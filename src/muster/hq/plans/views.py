"""Pages of offers."""

import csv
import uuid
from collections.abc import Callable
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.disclosure.labels import EVERY_NATION, Label, Marking
from muster.hq.marking import banner_of, label_in_words
from muster.hq.people.models import Account
from muster.hq.people.queries import bits, list_principals
from muster.hq.plans import actions, rules
from muster.hq.plans.choices import STATUSES
from muster.hq.plans.forms import LabelForm, OfferForm
from muster.hq.plans.models import Offer
from muster.hq.plans.queries import OfferFilter, list_offers
from muster.hq.records.queries import list_events

PAGE: Final = 50
"""Rows of a page."""
COLUMNS: Final = ("owner", *actions.FIELDS)


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """Offers that one may see, narrowed by what is asked."""
    narrowed = _narrowed(request)
    page = Paginator(list_offers(narrowed), PAGE).get_page(request.GET.get("page"))
    labels = bits()
    return render(
        request,
        "plans/offers.html",
        {
            "page": page,
            "rows": [(offer, label_in_words(offer.label(labels))) for offer in page],
            "narrowed": narrowed,
            "statuses": STATUSES,
            "principals": list_principals(),
            "may_enter": rules.may_enter(_account(request)),
            "banner": banner_of(offer.label(labels) for offer in page),
        },
    )


@require_GET
def offers_csv(request: HttpRequest) -> HttpResponse:
    """The same offers as a table, with the marking of what is in it above."""
    found, labels = list(list_offers(_narrowed(request))), bits()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="offers.csv"'
    writer = csv.writer(response)
    writer.writerow([f"# {banner_of(offer.label(labels) for offer in found)}"])
    writer.writerow([*COLUMNS, "label"])
    for offer in found:
        writer.writerow([*(_cell(getattr(offer, column)) for column in COLUMNS), offer.label(labels)])
    return response


@require_GET
def offer(request: HttpRequest, offer: uuid.UUID) -> HttpResponse:
    """One offer, with what was done to it."""
    found = _offer(offer)
    label, account = found.label(bits()), _account(request)
    return render(
        request,
        "plans/offer.html",
        {
            "offer": found,
            "fields": [(Offer.title_of(name), _shown(found, name)) for name in actions.FIELDS],
            "label": label_in_words(label),
            "banner": banner_of([label]),
            "events": list_events(found.id),
            "may_change": rules.may_change(account, found),
            "may_label": rules.may_label(account, found),
        },
    )


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an offer of one's nation; its owner and the headquarters see it, until it is released to others."""
    account = _account(request)
    if not rules.may_enter(account):
        return _refused(request, _("Only liaison officers enter offers, those of their nation."))
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = str(account.post.nation_id)
        if not list_offers(OfferFilter(owner=owner)).filter(offer_id=form.cleaned_data["offer_id"]).exists():
            label = Label(owner, Marking.RESTRICTED, frozenset())
            made = actions.enter_offer(owner=owner, values=form.values(), label=label, by=account, at=timezone.now())
            return redirect("offer", made.id)
        form.add_error("offer_id", _("Your nation has an offer of this id; choose another one, or edit that."))
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/offer_form.html", {"form": form, "title": _("New offer")}, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, offer: uuid.UUID) -> HttpResponse:
    """Edit an offer."""
    found, account = _offer(offer), _account(request)
    if not rules.may_change(account, found):
        return _refused(request, _("Only %(owner)s edits this offer.") % {"owner": found.owner})
    form = OfferForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            lambda: actions.change_offer(
                offer=offer, version=_version(request), values=form.values(), by=account, at=timezone.now()
            ),
            form,
        )
    banner = banner_of([found.label(bits())])
    context = {"form": form, "offer": found, "banner": banner, "title": _("Edit %(offer)s") % {"offer": found.offer_id}}
    return render(request, "plans/offer_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def withdraw(request: HttpRequest, offer: uuid.UUID) -> HttpResponse:
    """Withdraw an offer."""
    found, account = _offer(offer), _account(request)
    if not rules.may_change(account, found):
        return _refused(request, _("Only %(owner)s withdraws this offer.") % {"owner": found.owner})
    return _done(
        request,
        lambda: actions.withdraw_offer(offer=offer, version=_version(request), by=account, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, offer: uuid.UUID) -> HttpResponse:
    """Say who may see an offer."""
    found, account = _offer(offer), _account(request)
    if not rules.may_label(account, found):
        return _refused(request, _("Only %(owner)s says who may see this offer.") % {"owner": found.owner})
    label = found.label(bits())
    initial = {
        "version": found.version,
        "marking": label.marking,
        "every_nation": EVERY_NATION in label.releasable_to,
        "releasable_to": sorted(label.releasable_to),
    }
    form = LabelForm(request.POST or None, initial=initial, owner=found.owner)
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            lambda: actions.release_offer(
                offer=offer, version=form.cleaned_data["version"], label=form.label(), by=account, at=timezone.now()
            ),
        )
    title = _("Who may see %(offer)s") % {"offer": found.offer_id}
    context = {"form": form, "offer": found, "banner": banner_of([label]), "title": title}
    return render(request, "plans/offer_form.html", context, status=422 if request.method == "POST" else 200)


def _done(request: HttpRequest, act: Callable[[], Offer], form: OfferForm | None = None) -> HttpResponse:
    """Act, and lead to the offer; where somebody was first, show both."""
    try:
        return redirect("offer", act().id)
    except actions.OfferChangedMeanwhile as first:
        mine = {} if form is None else form.values()
        both = [
            (Offer.title_of(name), _cell(value), _cell(getattr(first.offer, name)))
            for name, value in mine.items()
            if value != getattr(first.offer, name)
        ]
        banner = banner_of([first.offer.label(bits())])
        context = {"offer": first.offer, "both": both, "banner": banner}
        return render(request, "plans/conflict.html", context, status=409)
    except actions.OfferRefused as refused:
        return _refused(request, str(refused))


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "refused.html", {"why": why}, status=403)


def _offer(offer: uuid.UUID) -> Offer:
    """An offer that the viewer may see; one that they may not see does not exist for them."""
    found = Offer.objects.filter(pk=offer).first()
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError("Pages of offers are for accounts; the middleware lets nobody else here.")
    return request.user


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def _narrowed(request: HttpRequest) -> OfferFilter:
    return OfferFilter(*(request.GET.get(name, "").strip() for name in ("text", "owner", "status")))


def _shown(offer: Offer, name: str) -> object:
    told = getattr(offer, f"get_{name}_display", None)
    return _cell(getattr(offer, name)) if told is None else told()


def _cell(value: object) -> object:
    """A value as a cell: nothing for what is not known, and no text that a spreadsheet would take for a formula."""
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else value
    return f"'{text}" if isinstance(text, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
