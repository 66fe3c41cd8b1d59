"""Reports as HTML pages that need no network: plan, risk of its closure date, deconfliction, matched force."""

from muster.exchange.report_html.deconfliction_page import draw_deconfliction, draw_nation
from muster.exchange.report_html.matching_page import draw_matching, draw_nation_matching, draw_releasable_matching
from muster.exchange.report_html.page import MARKING, draw_report
from muster.exchange.report_html.risk_page import draw_risk

__all__ = [
    "MARKING",
    "draw_deconfliction",
    "draw_matching",
    "draw_nation",
    "draw_nation_matching",
    "draw_releasable_matching",
    "draw_report",
    "draw_risk",
]
