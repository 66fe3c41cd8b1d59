"""Offers as the first version of a headquarters had them; they stay as they are, whatever later versions add."""

from datetime import UTC, datetime
from typing import Final

AT: Final = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
NATIONS: Final = ("FRA", "GBR", "POL")
QUANTITIES: Final = {"FRA": "4", "GBR": "5", "POL": "6"}
CELLS: Final = {
    "name": "Engineers",
    "capability": "engineers",
    "size": "company",
    "in_place_max": "1",
    "people": "120",
    "notice_days": "10",
    "available_from": "C+30",
    "place_allowed": "in country",
    "gates": "vote",
    "status": "pledge",
    "has": "english",
    "said_on": "2026-03-27",
    "source": "notional",
}
