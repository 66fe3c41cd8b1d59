"""Pages of the scenario as a whole: its tables, its faults, its versions, and its files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.exchange.scenario import ScenarioRefused
from muster.hq.access.limited import limited
from muster.hq.answers import account_of, refused
from muster.hq.marking import banner_of, label_in_words
from muster.hq.people.proving import proof_for_export
from muster.hq.people.queries import bits
from muster.hq.scenario import actions, rules, versions
from muster.hq.scenario.asking import seen_version
from muster.hq.scenario.assembling import list_faults
from muster.hq.scenario.described import title_of, told
from muster.hq.scenario.queries import count_rows, list_versions
from muster.hq.scenario.tables import TABLES
from muster.hq.scenario.version_files import folder_now, folder_of, workbook_of

_SHOWN = 200
"""Faults, or rows of a difference, of one page."""


@require_http_methods(["GET", "POST"])
def scenario(request: HttpRequest) -> HttpResponse:
    """All tables with how many rows one may see, and versions that were kept; keeps another one."""
    account = account_of(request)
    if request.method == "POST":
        try:
            title = request.POST.get("title", "").strip()[:160]
            return redirect("version", versions.keep_version(title=title, by=account, at=timezone.now()).id)
        except actions.RowRefused as why:
            return refused(request, str(why))
    rows, labels, kept = count_rows(), bits(), list(list_versions())
    context = {
        "tables": [(name, title_of(name), told(table.meaning), rows.get(name, 0)) for name, table in TABLES.items()],
        "versions": [(version, label_in_words(version.label(labels))) for version in kept],
        "may_keep": rules.may_keep_versions(account),
        "banner": banner_of(version.label(labels) for version in kept),
    }
    return render(request, "scenario/scenario.html", context)


@require_GET
def faults(request: HttpRequest) -> HttpResponse:
    """What keeps the rows that one may see from being a scenario, each fault with its row and a remedy."""
    seen, labels = versions.seen_now(), bits()
    found = list_faults(seen)
    shown = [(fault, seen.row_of(fault)) for fault in found[:_SHOWN]]
    context = {
        "faults": shown,
        "count": len(found),
        "banner": banner_of(row.label(labels) for _, row in shown if row is not None),
    }
    return render(request, "scenario/faults.html", context)


@require_GET
@limited
def folder(request: HttpRequest) -> HttpResponse:
    """The rows that one may see as the files of a scenario folder."""
    if (asked := proof_for_export(request, bits())) is not None:
        return asked
    return folder_now(account_of(request), at=timezone.now())


@require_GET
def version(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    """One version: what it holds, and what is otherwise now or in another one."""
    found = seen_version(version)
    other = request.GET.get("with", "")
    before = seen_version(uuid.UUID(other)) if _is_id(other) else None
    files = versions.files_of(found)
    apart = (
        versions.difference(files, dict(versions.seen_now().files))
        if before is None
        else versions.difference(versions.files_of(before), files)
    )
    label = found.label(bits())
    context = {
        "version": found,
        "before": before,
        "others": [each for each in list_versions() if each.pk != found.pk],
        "apart": apart,
        "shown": _SHOWN,
        "label": label_in_words(label),
        "banner": banner_of([label]),
    }
    return render(request, "scenario/version.html", context)


@require_GET
@limited
def version_folder(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    """A version as the files of a scenario folder."""
    found = seen_version(version)
    if (asked := proof_for_export(request, bits())) is not None:
        return asked
    return folder_of(found, account_of(request), at=timezone.now())


@require_GET
@limited
def version_workbook(request: HttpRequest, version: uuid.UUID) -> HttpResponse:
    """A version as one workbook."""
    found = seen_version(version)
    if (asked := proof_for_export(request, bits())) is not None:
        return asked
    try:
        return workbook_of(found, account_of(request), at=timezone.now())
    except ScenarioRefused as why:
        return refused(
            request, _("This version has %(n)d faults and cannot be a workbook yet.") % {"n": len(why.faults)}
        )  # fmt: skip


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
