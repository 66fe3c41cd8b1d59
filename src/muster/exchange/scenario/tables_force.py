"""Tables of the force and of what happens: requirements, offers, gates, events."""

from typing import Final

from muster.exchange.scenario.schema import CellKind, Column, Known, Table
from muster.forces import OfferStatus, PlaceAllowed

_UNIT_TYPE: Final = Column(
    name="unit_type", kind=CellKind.KEY, refers_to=Known.UNIT_TYPES, meaning="type of unit", empty="any that can do it"
)
_CAPABILITY: Final = Column(name="capability", kind=CellKind.TEXT, required=True, meaning="what the unit can do")
_QUANTITY: Final = Column(
    name="quantity", kind=CellKind.WHOLE, unit="units", required=True, low=1, high=1000, meaning="how many units"
)

REQUIREMENTS: Final = Table(
    name="requirements",
    key=("requirement_id",),
    meaning="What the force needs: capabilities at places from a day on. Movement does not use it.",
    columns=(
        Column(name="requirement_id", kind=CellKind.KEY, required=True, meaning="name of the requirement"),
        _CAPABILITY,
        _UNIT_TYPE,
        _QUANTITY,
        Column(name="place", kind=CellKind.KEY, refers_to=Known.PLACES, required=True, meaning="where"),
        Column(name="needed_from", kind=CellKind.OFFSET, required=True, meaning="from when"),
        Column(
            name="priority",
            kind=CellKind.WHOLE,
            unit="1 most urgent to 5",
            required=True,
            low=1,
            high=5,
            meaning="urgency",
        ),
        Column(name="component", kind=CellKind.TEXT, required=True, meaning="land, air, sea, support"),
    ),
)
OFFERS: Final = Table(
    name="offers",
    key=("offer_id",),
    meaning="What nations offer, each with who said it and when. Movement does not use it.",
    columns=(
        Column(name="offer_id", kind=CellKind.KEY, required=True, meaning="name of the offer"),
        Column(
            name="nation", kind=CellKind.COUNTRY, refers_to=Known.NATIONS, required=True, meaning="nation that offers"
        ),
        _UNIT_TYPE,
        _CAPABILITY,
        _QUANTITY,
        Column(
            name="people",
            kind=CellKind.WHOLE,
            unit="people",
            high=100_000,
            meaning="people of the offer",
            empty="not said",
        ),
        Column(
            name="notice_days",
            kind=CellKind.WHOLE,
            unit="days",
            high=1000,
            meaning="notice to move: from order to ready",
            empty="not said",
        ),
        Column(
            name="place_allowed",
            kind=CellKind.WORD,
            words=PlaceAllowed,
            required=True,
            meaning="where the unit may serve",
        ),
        Column(
            name="gate",
            kind=CellKind.KEY,
            refers_to=Known.GATES,
            meaning="gate that must open before the offer counts",
            empty="none",
        ),
        Column(name="status", kind=CellKind.WORD, words=OfferStatus, required=True, meaning="how firm it is"),
        Column(name="said_on", kind=CellKind.TEXT, meaning="date on which it was said"),
        Column(name="label", kind=CellKind.TEXT, default="", meaning="who may see it"),
    ),
)
GATES: Final = Table(
    name="gates",
    key=("gate_id",),
    meaning="What must happen before offers count: parliament, mandate, cease-fire. Movement does not use it.",
    columns=(
        Column(name="gate_id", kind=CellKind.KEY, required=True, meaning="name of the gate"),
        Column(
            name="nation",
            kind=CellKind.COUNTRY,
            refers_to=Known.NATIONS,
            meaning="nation whose gate it is",
            empty="everyone's",
        ),
        Column(name="kind", kind=CellKind.TEXT, required=True, meaning="parliament, mandate, cease-fire and so on"),
        Column(name="state", kind=CellKind.TEXT, required=True, meaning="open, shut, expected and so on"),
        Column(name="opens", kind=CellKind.OFFSET, meaning="when it is expected to open", empty="not known"),
        Column(name="likelihood", kind=CellKind.NUMBER, unit="0 to 1", high=1, meaning="how likely", empty="not known"),
    ),
)
EVENTS: Final = Table(
    name="events",
    key=("event_id",),
    meaning="What happens while the plan runs: a port closes, a ship is late. The first plan does not use it.",
    columns=(
        Column(name="event_id", kind=CellKind.KEY, required=True, meaning="name of the event"),
        Column(name="kind", kind=CellKind.TEXT, required=True, meaning="what happens"),
        Column(name="place", kind=CellKind.KEY, refers_to=Known.PLACES, meaning="place it concerns"),
        Column(name="line", kind=CellKind.KEY, refers_to=Known.LINES, meaning="line it concerns"),
        Column(name="asset", kind=CellKind.KEY, refers_to=Known.ASSETS, meaning="asset it concerns"),
        Column(name="at", kind=CellKind.OFFSET, meaning="when it starts"),
        Column(name="until", kind=CellKind.OFFSET, meaning="when it ends"),
        Column(name="value", kind=CellKind.TEXT, meaning="new value, where there is one"),
    ),
)
