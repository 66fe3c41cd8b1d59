"""Reports as HTML pages that need no network: the deployment plan, and the risk of its closure date."""

from muster.exchange.report_html.page import MARKING, draw_report
from muster.exchange.report_html.risk_page import draw_risk

__all__ = ["MARKING", "draw_report", "draw_risk"]
