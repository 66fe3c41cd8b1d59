"""The risk of the closure date as one page, with the style and the tables of the report."""

from typing import Any, Final

from muster.exchange.report_html.page import MARKING, PageKind, put_together
from muster.exchange.risk_json import risk_document
from muster.movement.risk import MEANINGS, RiskResult

RISK: Final = PageKind(
    name="risk of the closure date",
    skip_to="risk",
    body="risk.html",
    scripts=("core.js", "tables.js", "summary.js", "curve.js", "sections.js", "risk.js"),
)


def draw_risk(result: RiskResult, *, marking: str = MARKING) -> bytes:
    """Draw a result as one HTML page, UTF-8, which asks nothing of any network.

    Parameters
    ----------
    marking
        The line above and below the page.
    """
    return put_together(RISK, _page_data(result), title=result.title, case=result.case, marking=marking)


def _page_data(result: RiskResult) -> dict[str, Any]:
    """The document of the result, hazards told in words; the shared script knows of places and resources here none."""
    document = risk_document(result)
    effects = [{**effect, "meaning": MEANINGS[effect["hazard"]]} for effect in document["effects"]]
    return {**document, "effects": effects, "sites": [], "resources": [], "c_day": None, "end_min": 0}
