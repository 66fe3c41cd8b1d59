"""Pages of plans: the list, one plan with its lines and opinions, two beside each other, and their files."""

import uuid
from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from muster.hq.answers import account_of, csv_answer, file_answer, refused, version_of
from muster.hq.marking import banner_of, label_in_words
from muster.hq.paging import page_of
from muster.hq.people.proving import proof_for_export, proof_needed
from muster.hq.people.queries import bits
from muster.hq.plans import actions, queries, rules
from muster.hq.plans.comparing import compare
from muster.hq.plans.figures import told
from muster.hq.plans.forms import OpinionForm
from muster.hq.plans.models import Making, Plan, PlanFile, Released
from muster.hq.plans.parts import PREFIX
from muster.hq.records.queries import list_events

REPORT_FILE: Final = "report.html"
MOST_SHOWN: Final = 300
"""Lines of a comparison on one page."""
_KINDS: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_REPORT_POLICY: Final = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""A report draws itself with the script that is in it, apart from everything else that this server has."""


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Plans that one may see, the last first."""
    labels = bits()
    page = page_of(queries.list_plans(), request.GET.get("page"))
    figures = dict(Making.objects.filter(plan__in=list(page)).values_list("plan_id", "figures"))
    rows = [
        (plan, told(plan.kind, figures.get(plan.pk, {}), heads_only=True), label_in_words(plan.label(labels)))
        for plan in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "may_make": rules.may_make(account_of(request)),
        "banner": banner_of(plan.label(labels) for plan in page),
    }
    return render(request, "plans/plans.html", context)


@require_GET
def plan(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """One plan: figures, lines, files and opinions, as far as one may see them."""
    found, account, labels = plan_of(plan), account_of(request), bits()
    nation, late = request.GET.get("nation", ""), request.GET.get("late") == "1"
    lines = queries.list_lines(found, nation=nation, late_only=late, text=request.GET.get("text", ""))
    page = page_of(lines, request.GET.get("page"))
    why, making = queries.reasons_of(found), Making.objects.filter(plan=found).select_related("of_version").first()
    standings = queries.standings(found)
    others = [each for each in queries.list_plans().filter(kind=found.kind) if each.pk != found.pk]
    context = {
        "plan": found,
        "making": making,
        "figures": [] if making is None else told(found.kind, making.figures),
        "page": page,
        "rows": [(line, list(line.told.items()), why.get(line.key, "")) for line in page],
        "nations": [standing.nation for standing in standings],
        "standings": standings,
        "files": PlanFile.objects.filter(plan=found).exclude(name__startswith=PREFIX).defer("content"),
        "released": Released.objects.filter(plan=found).defer("content"),
        "others": others,
        "opinion": OpinionForm() if rules.may_speak(account, found) else None,
        "may": {
            "send": rules.may_send(account, found),
            "propose": rules.may_propose(account, found),
            "release": rules.may_release(account, found),
            "take_back": rules.may_take_back(account, found),
            "set_aside": rules.may_set_aside(account, found),
        },
        "chosen": {"nation": nation, "late": late, "text": request.GET.get("text", "")},
        "events": list_events(found.id),
        "label": label_in_words(found.label(labels)),
        "banner": banner_of([found.label(labels), *(line.label(labels) for line in page)]),
    }
    return render(request, "plans/plan.html", context)


@require_GET
def plan_lines(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """All lines that one may see, as a table for a spreadsheet."""
    found, labels = plan_of(plan), bits()
    lines, why = list(queries.list_lines(found)), queries.reasons_of(found)
    if (asked := proof_for_export(request, (line.nation for line in lines))) is not None:
        return asked
    names = list(dict.fromkeys(name for line in lines for name in line.told))
    header = ["nation", "key", "name", "start_d", "end_d", "late_d", *names, *(["why"] if why else [])]
    rows = (
        [
            *(line.nation, line.key, line.name, line.start_d, line.end_d, line.late_d),
            *(line.told.get(name) for name in names),
            *([why.get(line.key)] if why else []),
        ]
        for line in lines
    )
    banner = banner_of([found.label(labels), *(line.label(labels) for line in lines)])
    return csv_answer(f"{found.kind}-lines.csv", banner, header, rows)


@require_GET
def plan_compare(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """What moved earlier or later, came or went, from another plan to this one."""
    found, labels = plan_of(plan), bits()
    try:
        before = plan_of(uuid.UUID(request.GET.get("with", "")))
    except ValueError:
        raise Http404 from None
    old, new = list(queries.list_lines(before)), list(queries.list_lines(found))
    moved = compare(old, new, queries.reasons_of(found))
    counts: dict[str, int] = {}
    for each in moved:
        counts[each.shift] = counts.get(each.shift, 0) + 1
    was = dict(told(before.kind, queries.figures_of(before), heads_only=True))
    now = dict(told(found.kind, queries.figures_of(found), heads_only=True))
    context = {
        "plan": found,
        "before": before,
        "figures": [(title, was.get(title, ""), value) for title, value in now.items()],
        "counts": counts,
        "moved": moved[:MOST_SHOWN],
        "more": max(0, len(moved) - MOST_SHOWN),
        "banner": banner_of(
            [found.label(labels), before.label(labels), *(line.label(labels) for line in (*old, *new))]
        ),
    }
    return render(request, "plans/compare.html", context)


@require_GET
def plan_file(request: HttpRequest, plan: uuid.UUID, name: str) -> HttpResponse:
    """A file of a plan; its report opens in the browser, apart from everything else."""
    content = queries.file_of(plan_of(plan), name)
    if content is None:
        raise Http404
    if "open" not in request.GET and (asked := proof_for_export(request, bits())) is not None:
        return asked
    answer = file_answer(name, _kind(name), content)
    return _opened(answer) if name == REPORT_FILE and "open" in request.GET else answer


@require_GET
def released(request: HttpRequest) -> HttpResponse:
    """What of plans was released to the viewer, the last first."""
    page, labels = page_of(queries.list_released(), request.GET.get("page")), bits()
    rows = [(form, label_in_words(form.label(labels))) for form in page]
    context = {"page": page, "rows": rows, "banner": banner_of(form.label(labels) for form in page)}
    return render(request, "plans/released.html", context)


@require_GET
def released_form(request: HttpRequest, form: uuid.UUID) -> HttpResponse:
    """One form of a plan that was released to the viewer, or that the headquarters looks at before."""
    found = get_object_or_404(Released, pk=form)
    answer = file_answer(f"{found.for_whom}-{found.name}", _kind(found.name), bytes(found.content))
    return _opened(answer) if found.name.endswith(".html") and "open" in request.GET else answer


@require_POST
def act(request: HttpRequest, plan: uuid.UUID, act: str) -> HttpResponse:
    """Send a plan for review, release it, take the proposal back, or set it aside."""
    found, account, version, at = plan_of(plan), account_of(request), version_of(request), timezone.now()
    of: dict[str, Callable[..., Plan]] = {
        "send": actions.send_for_review,
        "release": actions.release_plan,
        "take-back": actions.take_back,
        "set-aside": actions.set_aside,
    }
    if act == "release" and (asked := proof_needed(request)) is not None:
        return asked
    try:
        of[act](plan=found.pk, version=version, by=account, at=at)
    except actions.PlanRefused as why:
        return refused(request, str(why))
    return redirect("plan", plan)


@require_POST
def opinion(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """Say what one's nation thinks of its part of a plan."""
    found, form = plan_of(plan), OpinionForm(request.POST)
    if not form.is_valid():
        return refused(request, _("Choose what your nation says, and say why."))
    said = form.cleaned_data
    try:
        actions.give_opinion(
            plan=found.pk,
            line=said["line"],
            verdict=said["verdict"],
            text=said["text"].strip(),
            by=account_of(request),
            at=timezone.now(),
        )
    except actions.PlanRefused as why:
        return refused(request, str(why))
    return redirect("plan", plan)


def _opened(answer: HttpResponse) -> HttpResponse:
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Content-Security-Policy"] = _REPORT_POLICY
    return answer


def _kind(name: str) -> str:
    return next((kind for suffix, kind in _KINDS.items() if name.endswith(suffix)), "application/octet-stream")


def plan_of(plan: uuid.UUID) -> Plan:
    """A plan that the viewer may see; one that they may not see does not exist for them."""
    return get_object_or_404(Plan, pk=plan)
