"""What nations offer: units of a capability, when they can be there, where they may serve, and how firm the word is."""

from dataclasses import dataclass
from enum import StrEnum

from muster.forces.requirements import Size
from muster.measures import DayOffset


class OfferStatus(StrEnum):
    """How firm an offer is."""

    STATEMENT = "statement"
    PLEDGE = "pledge"
    FORMAL = "formal"
    WITHDRAWN = "withdrawn"


class PlaceAllowed(StrEnum):
    """Where the offered unit may serve; who may serve in the country of the mission may serve in its neighbours too."""

    IN_COUNTRY = "in country"
    NEIGHBOUR_ONLY = "neighbour only"
    HOME_ONLY = "home only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A row of the ``offers`` table; notional unless its source says otherwise.

    Attributes
    ----------
    size, quantity
        How many units of which size the nation has for it, those that rest and prepare included.
    in_place_max
        Units that may be in place at one time; None is all of them.
    people
        People of one unit; None is what its type has, and without a type not known.
    notice_days
        Notice to move: days from the order until the unit is ready to load; None is not said.
    available_from, available_until
        When it may be in place; None is at any time.
    gates
        Gates that must all open before the offer counts.
    has
        Attributes of the unit, such as languages or the ability to work at night.
    tour_max_months
        Longest time in place of one unit; None is the usual tour.
    home
        Place where the unit starts; None is not said.
    disputes
        Offer of which this row is another, conflicting report: it is shown beside it and never matched.
    said_on
        Date on which it was said, as the source gives it.
    label
        Who may see it.
    """

    offer_id: str
    nation: str
    capability: str
    size: Size
    quantity: int
    place_allowed: PlaceAllowed
    status: OfferStatus
    name: str = ""
    unit_type: str | None = None
    in_place_max: int | None = None
    people: int | None = None
    notice_days: int | None = None
    available_from: DayOffset | None = None
    available_until: DayOffset | None = None
    gates: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    tour_max_months: int | None = None
    home: str | None = None
    disputes: str | None = None
    said_on: str | None = None
    label: str = ""
    source: str = ""

    @property
    def stands(self) -> bool:
        """Whether it can be matched at all: not withdrawn, and no other report of an offer."""
        return self.status is not OfferStatus.WITHDRAWN and self.disputes is None
