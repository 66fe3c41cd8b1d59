"""The board on paper: a page to print, and the same as a PDF."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.hq.answers import file_answer
from muster.hq.board import gantt as bars
from muster.hq.board.forms import TimeForm
from muster.hq.board.map_drawing import draw_map
from muster.hq.board.queries import Kept, Looked
from muster.hq.board.showing import ChainRow, UnitRow, bottleneck_rows, chain_rows, told_at, unit_rows, warning_rows
from muster.hq.board.standing import list_standing
from muster.hq.board.views import GEOMETRY, common, looked_at, side_of
from muster.measures import MINUTES_PER_DAY


@require_GET
def print_view(request: HttpRequest) -> HttpResponse:
    """Figures, map, bars by nation and the tables, with the marking on every page."""
    kept, looked = looked_at(request)
    if kept is None or looked is None:
        return render(request, "board/nothing.html")
    return render(request, "board/print.html", _sheet(request, kept, looked))


@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """The page to print as a file; where there is nothing to print, or no fonts were built, there is no such file."""
    from muster.hq.board import paper  # noqa: PLC0415 - slow to import; pages start at once

    kept, looked = looked_at(request)
    if kept is None or looked is None or not paper.has_fonts():
        raise Http404
    sheet = _sheet(request, kept, looked)
    head = paper.Head(
        title=f"{kept.title} · {kept.case} · {sheet['side']}",
        banner=sheet["banner"],
        shown_at=sheet["at"],
        made_at=timezone.now(),
    )
    drawings = [
        (_("Map"), render_to_string("board/map.html", sheet)),
        (_("Movement by nation"), paper.with_style(render_to_string("board/bars.html", sheet))),
    ]
    figures = [(figure.name, figure.value, figure.note) for figure in sheet["figures"]]
    content = paper.draw_paper(head, figures, drawings, [paper.Grid(**told) for told in _grids(sheet)])
    return file_answer("board.pdf", "application/pdf", content)


def _sheet(request: HttpRequest, kept: Kept, looked: Looked) -> dict[str, Any]:
    """What is on paper: of the time that the address asks for."""
    report = looked.picture.report
    at_min = TimeForm(request.GET).at_min(report.end_min)
    rows = unit_rows(looked.picture, at_min=at_min)
    window = bars.Window(first_day=0, end_day=max(1, report.end_min // MINUTES_PER_DAY))
    return {
        **common(kept, looked),
        "units": rows,
        "at_min": at_min,
        "at": told_at(report.timeline, at_min),
        "map": draw_map(looked.layers, looked.picture.units, [row.whereabouts for row in rows], at_min=at_min),
        "bottlenecks": bottleneck_rows(looked.picture),
        "chain": chain_rows(looked.picture),
        "warnings": warning_rows(looked.picture, kept.plan, list_standing(kept, side_of(request))),
        "drawing": bars.draw(bars.list_rows(looked.picture, bars.By.NATION), window),
        "geometry": GEOMETRY,
    }


def _grids(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """The tables of the page as texts."""
    return [
        {
            "title": _("Warnings"),
            "heads": [_("What"), _("Who or where"), _("How much")],
            "widths": [12, 44, 44],
            "rows": [[row.word, f"{row.name} {row.subject}".strip(), row.says] for row in sheet["warnings"]],
            "empty": _("Everything moves in time, and nothing is full."),
        },
        {
            "title": _("What your units load most") if sheet["nation"] else _("Bottlenecks"),
            "heads": [_("Place or fleet"), _("What limits"), _("Days full"), _("When"), _("Used on average")],
            "widths": [30, 22, 10, 28, 10],
            "rows": [
                [f"{row.name} {row.resource_id}", row.kind, row.busy, row.when, row.mean]
                for row in sheet["bottlenecks"]
            ],
            "empty": _("Nothing of this moves."),
        },
        *_chain_grid(sheet["chain"]),
        {
            "title": _("Units"),
            "heads": [
                _("Unit"), _("Nation"), _("People"), _("From and to"), _("Required"), _("Closes"), _("State"),
                _("Where most of it is"),
            ],
            "widths": [24, 6, 6, 22, 10, 10, 8, 20],
            "rows": _unit_texts(sheet["units"]),
            "empty": _("Nothing of this moves."),
        },
    ]  # fmt: skip


def _chain_grid(rows: Sequence[ChainRow]) -> list[dict[str, Any]]:
    """What decides the closure; no table where nothing is told of it."""
    if not rows:
        return []
    return [
        {
            "title": _("What decides the closure"),
            "heads": [_("From"), _("To"), _("Days"), _("Load"), _("What")],
            "widths": [12, 12, 7, 20, 49],
            "rows": [[row.start, row.end, row.lasts, row.load, row.what] for row in rows],
            "empty": "",
        }
    ]


def _unit_texts(rows: Sequence[UnitRow]) -> list[list[str]]:
    return [
        [
            f"{row.unit.name} {row.unit.uln}",
            row.unit.nation,
            str(row.unit.people),
            f"{row.origin} → {row.destination}",
            row.required,
            f"{row.closes} {row.status}" if row.unit.lateness_min else row.closes,
            row.state,
            row.where,
        ]
        for row in rows
    ]
