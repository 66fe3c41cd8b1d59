"""Pages of the board, and its layers."""

import uuid
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from muster.hq.answers import account_of
from muster.hq.board import gantt as bars
from muster.hq.board.forms import GanttForm, TimeForm
from muster.hq.board.layers import LAYERS
from muster.hq.board.queries import Kept, Looked, find_bands, find_kept, find_matching, labels_of, look
from muster.hq.board.rules import Side, find_side
from muster.hq.board.showing import (
    band_words,
    bottleneck_rows,
    chain_rows,
    key_figures,
    left_out_in_words,
    map_words,
    unit_rows,
    warning_rows,
)
from muster.hq.board.standing import list_standing
from muster.hq.marking import banner_of

SCRIPT: Final = "dist/board.js"
"""What draws the map; without it the board is tables and drawings of the server."""
GEOMETRY: Final = {
    "width": bars.WIDTH,
    "label": bars.LABEL_WIDTH,
    "row": bars.ROW_HEIGHT,
    "lane": bars.LANE_HEIGHT - 1,
}
"""Of the bars, for the template."""


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The plan as map, time, curve and tables; without a plan that one may see it says so."""
    kept, looked = looked_at(request)
    if kept is None or looked is None:
        return render(request, "board/nothing.html")
    report = looked.picture.report
    at_min = TimeForm(request.GET).at_min(report.end_min)
    return render(
        request,
        "board/board.html",
        {
            **common(kept, looked),
            "at_min": at_min,
            "end_min": report.end_min,
            "units": unit_rows(looked.picture, at_min=at_min),
            "bottlenecks": bottleneck_rows(looked.picture),
            "chain": chain_rows(looked.picture),
            "warnings": warning_rows(looked.picture, kept.plan, list_standing(kept, side_of(request))),
            "layers": [*LAYERS],
            "has_script": finders.find(SCRIPT) is not None,
            "words": {**map_words(), "banner": banner_of(labels_of(kept, looked.picture))},
        },
    )


@require_GET
@gzip_page
def layer(request: HttpRequest, layer: str) -> HttpResponse:
    """One layer of the board as JSON; what the viewer may not see is answered like a layer that does not exist."""
    _, looked = looked_at(request)
    if looked is None or layer not in LAYERS:
        raise Http404
    return HttpResponse(looked.layers[layer], content_type="application/json")


@require_GET
def gantt(request: HttpRequest) -> HttpResponse:
    """The plan as bars, drawn here, in the window that the address names."""
    kept, looked = looked_at(request)
    if kept is None or looked is None:
        return render(request, "board/nothing.html")
    chosen = GanttForm(request.GET).chosen(looked.picture.report.end_min)
    rows = [row for row in bars.list_rows(looked.picture, chosen.by) if chosen.nation in {"", row.nation}]
    page = chosen.page_of(rows)
    return render(
        request,
        "board/gantt.html",
        {
            **common(kept, looked),
            "chosen": chosen,
            "page": page,
            "drawing": bars.draw(list(page), chosen.window),
            "nations": sorted({unit.nation for unit in looked.picture.units}),
            "geometry": GEOMETRY,
        },
    )


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Cover of requirements: by month for the headquarters, in released bands for a nation, beside units of its own."""
    side = find_side(account_of(request))
    if side is not None and side.nation is not None:
        return _bands(request, side.nation)
    found = None if side is None else find_matching()
    if found is None:
        return render(request, "board/nothing.html")
    return render(
        request,
        "board/coverage.html",
        {"map": found.heat_map, "title": found.title, "banner": banner_of([found.label])},
    )


def _bands(request: HttpRequest, nation: str) -> HttpResponse:
    found = find_bands(nation)
    if found is None:
        return render(request, "board/nothing.html")
    told = {"map": found.band_map, "title": found.title, "nation": nation, "banner": banner_of(found.labels)}
    return render(request, "board/bands.html", {**told, "words": band_words()})


def looked_at(request: HttpRequest) -> tuple[Kept | None, Looked | None]:
    """The plan that the viewer looks at, and what they see of it.

    Raises
    ------
    Http404
        When the address names a plan that the viewer does not see.
    """
    side: Side | None = find_side(account_of(request))
    asked = request.GET.get("plan", "")
    try:
        named = uuid.UUID(asked) if asked else None
    except ValueError as error:
        raise Http404 from error
    kept = None if side is None else find_kept(side, named)
    if named is not None and kept is None:
        raise Http404
    return (None, None) if kept is None or side is None else (kept, look(kept, side))


def side_of(request: HttpRequest) -> Side:
    """The side of whoever looks at a plan."""
    side = find_side(account_of(request))
    if side is None:
        raise Http404
    return side


def common(kept: Kept, looked: Looked) -> dict[str, Any]:
    """What every page about a plan tells."""
    picture = looked.picture
    return {
        "title": kept.title,
        "case": kept.case,
        "plan": kept.plan,
        "banner": banner_of(labels_of(kept, picture)),
        "side": _("Part of %(nation)s") % {"nation": picture.nation} if picture.nation else _("Whole force"),
        "nation": picture.nation,
        "figures": key_figures(picture),
        "left_out": left_out_in_words(picture),
    }
