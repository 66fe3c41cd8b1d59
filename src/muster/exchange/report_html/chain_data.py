"""The critical chain as the page reads it."""

from collections.abc import Mapping
from typing import Any

from muster.movement.reporting.report import Report


def chain_rows(report: Report, *, sites: Mapping[str, int]) -> list[dict[str, Any]]:
    """One row a link, in the order of time.

    Parameters
    ----------
    sites
        Index of each place.
    """
    return [
        {
            "load": link.load_id,
            "origin": sites[link.origin],
            "destination": sites[link.destination],
            "cause": link.cause,
            "what": link.what,
            "start_min": link.start_min,
            "end_min": link.end_min,
            "behind": link.behind,
        }
        for link in (() if report.chain is None else report.chain.links)
    ]
