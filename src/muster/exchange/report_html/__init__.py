"""Reports as HTML pages that need no network: the deployment plan, the risk of its closure date, a deconfliction."""

from muster.exchange.report_html.deconfliction_page import draw_deconfliction, draw_nation
from muster.exchange.report_html.page import MARKING, draw_report
from muster.exchange.report_html.risk_page import draw_risk

__all__ = ["MARKING", "draw_deconfliction", "draw_nation", "draw_report", "draw_risk"]
