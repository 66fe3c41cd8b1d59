"""The layers of the board as they travel to the browser: a picture in columns, each layer by itself.

Places and legs are named by their number in the layers ``places`` and ``routes``; -1 is none. Times are minutes after
C-day. What the report page lays out already is taken from there.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from muster.exchange.report_html.page_data import PageData, page_data
from muster.hq.board.pictures import Picture
from muster.hq.board.units import origins_of_loads
from muster.measures import MINUTES_PER_DAY


def encode_layers(picture: Picture) -> Mapping[str, bytes]:
    """All layers of a picture as JSON, by name."""
    laid_out = page_data(picture.report, replan=None, basemap=None)
    return {name: msgspec.json.encode(layer(picture, laid_out)) for name, layer in LAYERS.items()}


def _places(picture: Picture, laid_out: PageData) -> dict[str, Any]:
    """Places, and for each the fullest of its resources by day: share of capacity, and which it is."""
    number = {row["place"]: index for index, row in enumerate(laid_out.sites)}
    days = picture.report.end_min // MINUTES_PER_DAY
    fullest: dict[int, list[tuple[float, int]]] = {}
    for index, load in enumerate(picture.report.loads):
        if load.kind == "fleet" or load.place not in number:
            continue
        best = fullest.setdefault(number[load.place], [(0.0, -1)] * days)
        for day, share in enumerate(load.shares[:days]):
            if share is not None and share > best[day][0]:
                best[day] = (share, index)
    return {
        "places": laid_out.sites,
        "resources": [{"name": row["name"], "kind": row["kind_name"]} for row in laid_out.resources],
        "loads": [
            {
                "place": place,
                "share": [round(share, 3) for share, _ in best],
                "resource": [index for _, index in best],
            }
            for place, best in sorted(fullest.items())
            if any(share for share, _ in best)
        ],
    }


def _routes(_picture: Picture, laid_out: PageData) -> dict[str, Any]:
    """Legs that are used with their course, and what is on its way over them by day."""
    return {"legs": laid_out.legs, "flows": {**laid_out.flows, "nations": laid_out.nations}}


def _units(picture: Picture, laid_out: PageData) -> dict[str, Any]:
    """Units with their symbols, the loads of each, and the steps of every load."""
    number = {row["place"]: index for index, row in enumerate(laid_out.sites)}
    origins = origins_of_loads(picture.report)
    owner = {load: index for index, unit in enumerate(picture.units) for load in unit.loads}
    told = {*laid_out.loads["id"]}
    stay = [load for unit in picture.units for load in unit.loads if load not in told]
    loads = [*laid_out.loads["id"], *stay]
    return {
        "end_min": picture.report.end_min,
        "c_day": laid_out.c_day,
        "units": [
            {
                "uln": unit.uln,
                "name": unit.name,
                "nation": unit.nation,
                "symbol": unit.symbol,
                "origin": number[unit.origin],
                "destination": number[unit.destination],
                "people": unit.people,
                "vehicles": unit.vehicles,
            }
            for unit in picture.units
        ],
        "loads": {
            "unit": [owner[load] for load in loads],
            "origin": [number[origins[load]] for load in loads],
            "people": [picture.report.amounts[load].people for load in loads],
        },
        "steps": {
            name: laid_out.steps[name] for name in ("load", "leg", "departure_min", "arrival_min", "end_min")
        },
    }  # fmt: skip


def _curve(picture: Picture, laid_out: PageData) -> dict[str, Any]:
    """The closure curve: closed and required, cumulated."""
    return {**laid_out.curve, "c_day": laid_out.c_day, "closure_min": picture.report.figures.closure_min}


LAYERS: Final[Mapping[str, Callable[[Picture, PageData], dict[str, Any]]]] = {
    "places": _places,
    "routes": _routes,
    "units": _units,
    "curve": _curve,
}
