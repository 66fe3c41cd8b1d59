"""A matching as one page: for the headquarters, for one nation, or for everybody. Three kinds of data, one page."""

from typing import Any, Final

import msgspec

import muster
from muster.exchange.report_html.page import MARKING, PageKind, put_together
from muster.forces.matching.reporting.nation_view import NationReport
from muster.forces.matching.reporting.releasable import ReleasableReport
from muster.forces.matching.reporting.report import Report

MATCHING: Final = PageKind(
    name="matched force",
    skip_to="matched force",
    body="matching.html",
    scripts=(
        "core.js", "tables.js", "summary.js", "curve.js", "strips.js", "sections.js", "matching.js", "matching_heat.js",
        "matching_rota.js", "matching_charts.js", "matching_views.js", "matching_start.js",
    ),
)  # fmt: skip


def draw_matching(report: Report, *, marking: str = MARKING) -> bytes:
    """Draw a matching for the headquarters as one HTML page, UTF-8, which asks nothing of any network.

    Parameters
    ----------
    marking
        The line above and below the page.
    """
    return _draw(report, "hq", marking)


def draw_nation_matching(report: NationReport, *, marking: str = MARKING) -> bytes:
    """Draw what a nation sees of a matching."""
    return _draw(report, "nation", f"{marking} – {report.nation}/restricted/{report.nation}")


def draw_releasable_matching(report: ReleasableReport, *, marking: str = MARKING) -> bytes:
    """Draw what everybody may see of a matching."""
    return _draw(report, "releasable", f"{marking} – releasable")


def _draw(report: Report | NationReport | ReleasableReport, view: str, marking: str) -> bytes:
    data: dict[str, Any] = msgspec.to_builtins(report)
    if "tours" in data:
        data["tours"] = _columns(data["tours"])
    # What the shared script asks of every page and a matching has not: places, resources, and an end in minutes.
    data |= {"view": view, "version": muster.__version__, "sites": [], "resources": [], "end_min": 0}
    return put_together(MATCHING, data, title=report.title, case=report.case, marking=marking)


def _columns(tours: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Rows as columns, which are shorter."""
    names = (
        "offer_id", "nation", "unit", "requirement_id", "people", "elements", "there_d", "start_d", "end_d",
        "away_until_d",
    )  # fmt: skip
    return {name: [tour[name] for tour in tours] for name in names}
