"""The report of a deployment plan as one HTML page that needs no network."""

from muster.exchange.report_html.page import MARKING, draw_report

__all__ = ["MARKING", "draw_report"]
