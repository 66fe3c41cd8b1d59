"""What nations offer, what is required, and the gates between them: the words that later matching builds on."""

from dataclasses import dataclass
from enum import StrEnum

from muster.measures import DayOffset


class OfferStatus(StrEnum):
    """How firm an offer is."""

    STATEMENT = "statement"
    PLEDGE = "pledge"
    FORMAL = "formal"
    WITHDRAWN = "withdrawn"


class PlaceAllowed(StrEnum):
    """Where the offered unit may serve."""

    IN_COUNTRY = "in country"
    NEIGHBOUR_ONLY = "neighbour only"
    HOME_ONLY = "home only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A row of the ``requirements`` table: a capability needed at a place from a day on."""

    requirement_id: str
    capability: str
    unit_type: str | None
    quantity: int
    place: str
    needed_from: DayOffset
    priority: int
    component: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A row of the ``offers`` table; notional unless its source says otherwise.

    Attributes
    ----------
    notice_days
        Notice to move: days from the order until the unit is ready to load.
    gate
        The gate that must open before the offer counts; None is none.
    """

    offer_id: str
    nation: str
    unit_type: str | None
    capability: str
    quantity: int
    people: int | None
    notice_days: int | None
    place_allowed: PlaceAllowed
    gate: str | None
    status: OfferStatus
    said_on: str | None
    source: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A row of the ``gates`` table: what must happen first, and how likely it is held to be."""

    gate_id: str
    nation: str | None
    kind: str
    state: str
    opens: DayOffset | None
    likelihood: float | None
    source: str = ""
