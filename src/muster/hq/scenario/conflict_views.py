"""Pages of conflicts: what was written to one row at several sites that had not heard of each other."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from muster.hq.answers import account_of, refused, version_of
from muster.hq.marking import banner_of, label_in_words
from muster.hq.paging import page_of
from muster.hq.people.proving import recently_proved
from muster.hq.people.queries import bits
from muster.hq.scenario import actions, rules
from muster.hq.scenario.asking import seen_row
from muster.hq.scenario.described import title_of
from muster.hq.scenario.models import Row
from muster.hq.scenario.projecting import LABEL_FIELD, REMOVED_FIELD, ROW
from muster.hq.sites.settling import list_conflicts


@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """Conflicts about rows that one may see, the open ones first."""
    account, labels = account_of(request), bits()
    page = page_of(list_conflicts(ROW), request.GET.get("page"))
    rows = Row.objects.in_bulk([conflict.thing_id for conflict in page])
    shown = [
        {
            "conflict": conflict,
            "row": rows.get(conflict.thing_id),
            "field": _field(conflict.field),
            "may_settle": not conflict.settled_by
            and conflict.thing_id in rows
            and rules.may_change(account, rows[conflict.thing_id]),
            "passed_over": _said(conflict.field, conflict.passed_over["value"]),
            "standing": _said(conflict.field, conflict.standing["value"]),
            "label": label_in_words(conflict.label(labels)),
        }
        for conflict in page
    ]
    banner = banner_of(conflict.label(labels) for conflict in page)
    return render(request, "scenario/conflicts.html", {"page": page, "shown": shown, "banner": banner})


@require_POST
@recently_proved
def settle(request: HttpRequest, conflict: uuid.UUID) -> HttpResponse:
    """Say which of the two holds; who may see a row can become more by it."""
    found = list_conflicts(ROW).filter(pk=conflict).first()
    if found is None:
        raise Http404
    row, account = seen_row(found.thing_id), account_of(request)
    if not rules.may_change(account, row):
        return refused(request, _("Only %(owner)s says which of the two holds.") % {"owner": row.owner})
    try:
        actions.settle_conflict(
            conflict=conflict,
            passed_over=request.POST.get("holds") == "passed_over",
            version=version_of(request),
            by=account,
            at=timezone.now(),
        )
    except (actions.RowRefused, actions.RowChangedMeanwhile) as why:
        return refused(request, str(why))
    return redirect("row", row.pk)


def _field(name: str) -> str:
    return {LABEL_FIELD: _("Who may see it"), REMOVED_FIELD: _("Removed")}.get(name) or title_of(name)


def _said(field: str, value: object) -> str:
    if field == REMOVED_FIELD:
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
