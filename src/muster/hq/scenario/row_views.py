"""Pages of rows: a table, one row, entering, editing, withdrawing, removing, undoing, and who may see it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.exchange.scenario import Known, Table
from muster.exchange.scenario.cells import words_of
from muster.hq.access.limited import limited
from muster.hq.access.reading import take_out
from muster.hq.answers import account_of, changed_meanwhile, csv_answer, refused, version_of
from muster.hq.boundary.masks import bits_by_code
from muster.hq.label_form import LabelForm
from muster.hq.marking import banner_of, label_in_words
from muster.hq.paging import page_of
from muster.hq.people.proving import proof_for_export, recently_proved
from muster.hq.people.queries import bits, list_principals
from muster.hq.people.viewing import owner_for
from muster.hq.records.queries import ToldEvent, list_events
from muster.hq.saved.queries import list_views
from muster.hq.saved.rules import may_save
from muster.hq.scenario import actions, rules
from muster.hq.scenario.asking import described_table, narrowed_by, seen_row
from muster.hq.scenario.choices import Verb
from muster.hq.scenario.described import title_of, told
from muster.hq.scenario.forms import RowForm
from muster.hq.scenario.models import Row
from muster.hq.scenario.queries import known_names, list_rows, word_columns
from muster.hq.scenario.tables import NATION, OFFERS, TABLES, is_owner_said, name_of

_SHOWN: Final = 7
"""Columns of a list beside the name of the row."""
_SHOWN_LETTERS: Final = 60
"""Letters of a cell in a list."""
_SUGGESTED: Final = frozenset(
    {
        Known.CASES,
        Known.NATIONS,
        Known.PLACES,
        Known.PLATFORMS,
        Known.UNIT_TYPES,
        Known.LINES,
        Known.GATES,
        Known.OFFERS,
    }
)
"""What a form suggests from the rows that one may see."""
_UNDOABLE: Final = frozenset({Verb.CHANGED, Verb.WITHDRAWN, Verb.UNDONE})


@require_GET
def table(request: HttpRequest, table: str) -> HttpResponse:
    """Rows of a table that one may see, narrowed by what is asked."""
    described, narrowed, account = described_table(table), narrowed_by(request.GET), account_of(request)
    page = page_of(list_rows(table, narrowed), request.GET.get("page"))
    principals = list_principals()
    labels = bits_by_code((principal.code, principal.bit) for principal in principals)
    shown = [(row, row.label(labels)) for row in page]
    columns = _columns(described, page.rows)
    return render(
        request,
        "scenario/table.html",
        {
            "table": described,
            "meaning": told(described.meaning),
            "title": title_of(table),
            "page": page,
            "columns": [title_of(column) for column in columns],
            "rows": [
                (row, [_short(row.cells.get(column, "")) for column in columns], label_in_words(label))
                for row, label in shown
            ],
            "narrowed": narrowed,
            "choices": [
                (
                    column.name,
                    title_of(column.name),
                    [(word, word) for word in words_of(column)],
                    narrowed.words.get(column.name, ""),
                )
                for column in word_columns(described)
            ],
            "owners": [(principal.code, str(principal)) for principal in principals],
            "may_enter": rules.may_enter(account, table),
            "may_save": may_save(account),
            "views": list_views(account).filter(table=table),
            "banner": banner_of(label for _, label in shown),
        },
    )


@require_GET
@limited
def table_csv(request: HttpRequest, table: str) -> HttpResponse:
    """The same rows as a table for a spreadsheet."""
    described, labels = described_table(table), bits()
    found = list(list_rows(table, narrowed_by(request.GET)))
    if (asked := proof_for_export(request, (row.owner for row in found))) is not None:
        return asked
    take_out(account_of(request), len(found), at=timezone.now())
    columns = [name for name in described.column_of if name != "label"]
    banner = banner_of(row.label(labels) for row in found)
    rows = (
        [row.owner, *(row.cells.get(column) for column in columns), str(row.label(labels))] for row in found
    )  # fmt: skip
    return csv_answer(f"{table}.csv", banner, ["owner", *columns, "label"], rows)


@require_GET
def row(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """One row, with what was done to it."""
    found, account = seen_row(row), account_of(request)
    label, events = found.label(bits()), list_events(found.id)
    return render(
        request,
        "scenario/row.html",
        {
            "row": found,
            "table": title_of(found.table),
            "fields": [
                (title_of(name), found.cells.get(name, "")) for name in TABLES[found.table].column_of if name != "label"
            ],
            "label": label_in_words(label),
            "banner": banner_of([label]),
            "events": events,
            "may_change": rules.may_change(account, found),
            "may_withdraw": found.table == OFFERS and found.cells.get("status") != "withdrawn",
            "may_undo": _last_change(events) is not None,
        },
    )


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, table: str) -> HttpResponse:
    """Enter a row; its owner and the headquarters see it, until it is released to others."""
    described, account = described_table(table), account_of(request)
    if not rules.may_enter(account, table):
        return refused(request, _("Offers are entered by nations, tables of the force by the headquarters."))
    owner = owner_for(account)
    form = RowForm(request.POST or None, table=described, owner=owner, cells={})
    if request.method == "POST" and form.is_valid():
        new = actions.NewRow(table, form.cells(), actions.first_label(owner))
        try:
            actions.refuse_taken(table, name_of(described, new.cells), owner)
            made = actions.enter_rows(rows=[new], by=account, at=timezone.now())
            return redirect("row", made[0].id)
        except actions.RowRefused as why:
            form.add_error(None, str(why))
    return _form(request, form, described, None, _("New row of %(table)s") % {"table": title_of(table).lower()})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """Edit a row."""
    found, account = seen_row(row), account_of(request)
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s edits this row.") % {"owner": found.owner})
    described = TABLES[found.table]
    form = RowForm(
        request.POST or None, table=described, owner=found.owner, cells=found.cells, version=found.version
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent, version = form.cells(), version_of(request)
        return _done(
            request,
            lambda: actions.change_row(row=row, version=version, cells=sent, by=account, at=timezone.now()),
            sent,
        )
    return _form(request, form, described, found, _("Edit %(row)s") % {"row": found.name or title_of(found.table)})


@require_POST
def act(request: HttpRequest, row: uuid.UUID, act: str) -> HttpResponse:
    """Withdraw, remove or put back a row, or undo its last change."""
    found, account, version, at = seen_row(row), account_of(request), version_of(request), timezone.now()
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s changes this row.") % {"owner": found.owner})
    if act == "undo":
        before = _last_change(list_events(row))
        if before is None:
            return refused(request, _("The last thing done to this row was no change of its cells."))
        return _done(
            request, lambda: actions.undo_change(row=row, version=version, before=before, by=account, at=at)
        )  # fmt: skip
    of = {"withdraw": actions.withdraw_offer, "remove": actions.remove_row, "restore": actions.restore_row}
    return _done(request, lambda: of[act](row=row, version=version, by=account, at=at))


@require_http_methods(["GET", "POST"])
@recently_proved
def release(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """Say who may see a row."""
    found, account = seen_row(row), account_of(request)
    if not rules.may_change(account, found):
        return refused(request, _("Only %(owner)s says who may see this row.") % {"owner": found.owner})
    initial = LabelForm.said(found.label(bits()), found.version)
    form = LabelForm(request.POST or None, initial=initial, owner=found.owner)
    if request.method == "POST" and form.is_valid():
        chosen, version = form.label(), version_of(request)
        return _done(
            request,
            lambda: actions.label_row(row=row, version=version, label=chosen, by=account, at=timezone.now()),
        )
    title = _("Who may see %(row)s") % {"row": found.name or title_of(found.table)}
    return _form(request, form, None, found, title)


def _form(
    request: HttpRequest, form: RowForm | LabelForm, table: Table | None, found: Row | None, title: str
) -> HttpResponse:  # fmt: skip
    known = {column.refers_to for column in table.column_of.values() if column.refers_to} if table else set()
    context = {
        "form": form,
        "row": found,
        "table": table,
        "title": title,
        "known": [(each.value, known_names(each.value)) for each in sorted(known & _SUGGESTED)],
        "banner": None if found is None else banner_of([found.label(bits())]),
    }
    return render(request, "scenario/row_form.html", context, status=422 if request.method == "POST" else 200)


def _done(
    request: HttpRequest, act: Callable[[], Row], sent: Mapping[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """Act, and lead to the row; whoever comes second is shown both."""
    try:
        return redirect("row", act().id)
    except actions.RowChangedMeanwhile as first:
        now = first.row
        both = [
            (title_of(name), sent.get(name, ""), now.cells.get(name, ""))
            for name in TABLES[now.table].column_of
            if sent is not None and sent.get(name, "") != now.cells.get(name, "")
        ]
        return changed_meanwhile(
            request,
            name=now.name,
            version=now.version,
            both=both,
            now=reverse("row", args=[now.pk]),
            edit=reverse("row-change", args=[now.pk]),
            banner=banner_of([now.label(bits())]),
        )
    except actions.RowRefused as why:
        return refused(request, str(why))


def _last_change(events: list[ToldEvent]) -> dict[str, str | None] | None:
    """What the cells said before the last thing that was done to a row; None where that was no change of cells."""
    if not events or events[0].code not in _UNDOABLE:
        return None
    return {change.field: str(change.before) or None for change in events[0].changes}


def _columns(table: Table, rows: Sequence[Row]) -> list[str]:
    """Columns of a list: the first that some row fills."""
    left_out = {"label", NATION if is_owner_said(table.name) else "", *table.key}
    return [
        name
        for name in table.column_of
        if name not in left_out and any(name in row.cells for row in rows)
    ][:_SHOWN]  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"
