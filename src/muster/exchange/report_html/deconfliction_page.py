"""A deconfliction as one page, for the headquarters or for one nation, with the style and the tables of the report."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from muster.exchange.deconfliction_json import DeconflictionRecord, NationRecord
from muster.exchange.report_html.page import MARKING, PageKind, put_together
from muster.exchange.report_html.page_data import KIND_NAMES
from muster.movement.deconflict.clashes import ClashKind
from muster.movement.problem import Problem, ResourceKind

DECONFLICTION: Final = PageKind(
    name="deconfliction",
    skip_to="conflicts",
    body="deconfliction.html",
    scripts=("core.js", "tables.js", "summary.js", "sections.js", "deconfliction.js", "deconfliction_places.js"),
)
HUNDREDTHS: Final = 100
"""Working spots on an airfield are counted in hundredths of a wide-body spot, and shown in spots."""


def draw_deconfliction(problem: Problem, document: DeconflictionRecord, *, marking: str = MARKING) -> bytes:
    """Draw a deconfliction for the headquarters as one HTML page, UTF-8, which asks nothing of any network.

    Parameters
    ----------
    marking
        The line above and below the page.
    """
    data = msgspec.to_builtins(document)
    data.pop("conflicts")
    names = {clash.subject: _name(problem, clash.kind, clash.subject) for clash in document.clashes}
    return _draw(problem, data, names, "", marking)


def draw_nation(problem: Problem, document: NationRecord, *, marking: str = MARKING) -> bytes:
    """Draw what a nation may see as one HTML page.

    Parameters
    ----------
    problem
        The nation's own, see :func:`muster.movement.deconflict.of_nation`.
    marking
        The line above and below the page; the label of the nation stands beside it.
    """
    data = msgspec.to_builtins(document)
    names = {clash.subject: _name(problem, clash.kind, clash.subject) for clash in document.clashes}
    names |= {use.resource_id: _name(problem, ClashKind.PLACE, use.resource_id) for use in document.uses}
    return _draw(problem, data, names, document.nation, f"{marking} – {document.label}")


def _draw(
    problem: Problem, data: Mapping[str, Any], names: Mapping[str, Mapping[str, str | int]], nation: str, marking: str
) -> bytes:
    c_day = problem.timeline.c_day
    shown = {
        **data,
        "nation": nation or None,
        "names": names,
        "sites": [],
        "resources": [],
        "c_day": None if c_day is None else c_day.isoformat(),
        "end_min": 0,
    }
    return put_together(DECONFLICTION, shown, title=problem.title, case=problem.case, marking=marking)


def _name(problem: Problem, kind: ClashKind, subject: str) -> Mapping[str, str | int]:
    """What people call a place, a fleet or a leg, what is short there, and how many of its units are one for them."""
    if kind is ClashKind.PLACE:
        resource = problem.resource_of[subject]
        site = problem.site_of.get(resource.place)
        per = HUNDREDTHS if resource.kind is ResourceKind.MOG else 1
        name = resource.place if site is None else site.name
        return {"name": name, "what": KIND_NAMES[resource.kind], "per": per}
    if kind is ClashKind.FLEET:
        asset = next(asset for asset in problem.assets if asset.fleet_id == subject)
        return {"name": subject, "what": problem.asset_type_of[asset.asset_type_id].name, "per": 1}
    site = problem.site_of.get(subject)
    return {"name": subject if site is None else site.name, "what": "order of priority", "per": 1}
