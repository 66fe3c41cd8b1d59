"""Tables of the force and of what happens: requirements, offers, gates, activations, events."""

from typing import Final

from muster.exchange.scenario.schema import CellKind, Column, Known, Table
from muster.forces import ActivationState, Component, GateState, OfferStatus, PlaceAllowed, Size

_CAPABILITY: Final = Column(
    name="capability",
    kind=CellKind.KEY,
    required=True,
    meaning="what the unit can do, one word of your own for requirements and offers alike, such as `infantry`",
)
_SIZE: Final = Column(
    name="size",
    kind=CellKind.WORD,
    words=Size,
    required=True,
    meaning="size of one unit; companies, battalions (four companies) and brigades (twelve) stand for each other",
)
_QUANTITY: Final = Column(
    name="quantity", kind=CellKind.WHOLE, unit="units", required=True, low=1, high=1000, meaning="how many units"
)
_PEOPLE: Final = Column(
    name="people",
    kind=CellKind.WHOLE,
    unit="people",
    high=100_000,
    meaning="people of one unit",
    empty="what its `unit_type` has",
)


def _unit_type(empty: str) -> Column:
    return Column(
        name="unit_type", kind=CellKind.KEY, refers_to=Known.UNIT_TYPES, meaning="type of the units", empty=empty
    )


REQUIREMENTS: Final = Table(
    name="requirements",
    key=("requirement_id",),
    meaning="The statement of requirements: units of a capability at a place, from a day until a day. Movement does not"
    " use it.",
    columns=(
        Column(name="requirement_id", kind=CellKind.KEY, required=True, meaning="name of the requirement"),
        Column(name="name", kind=CellKind.TEXT, required=True, meaning="what people call it"),
        Column(
            name="component",
            kind=CellKind.WORD,
            words=Component,
            required=True,
            meaning="part of the force that it belongs to",
        ),
        _CAPABILITY,
        _SIZE,
        _QUANTITY,
        _unit_type("any that has the capability"),
        _PEOPLE,
        Column(name="place", kind=CellKind.KEY, refers_to=Known.PLACES, required=True, meaning="where the units serve"),
        Column(name="phase", kind=CellKind.TEXT, default="", meaning="phase of the operation, for reading"),
        Column(name="needed_from", kind=CellKind.OFFSET, required=True, meaning="first day of need"),
        Column(name="needed_until", kind=CellKind.OFFSET, meaning="day on which the need ends", empty="to the end"),
        Column(
            name="notice_max_d",
            kind=CellKind.WHOLE,
            unit="days",
            high=1000,
            meaning="longest notice to move that a unit may have",
            empty="any",
        ),
        Column(
            name="must_have",
            kind=CellKind.KEY,
            is_list=True,
            meaning="words that the offer must have in `has`, such as `english` or `night`",
            empty="nothing",
        ),
        Column(
            name="tolerates",
            kind=CellKind.KEY,
            is_list=True,
            meaning="categories of caveats that do no harm here",
            empty="none",
        ),
        Column(
            name="task",
            kind=CellKind.KEY,
            meaning="what the units will do, in the words of `caveats`",
            empty="nothing that a caveat names",
        ),
        Column(
            name="criticality",
            kind=CellKind.WHOLE,
            unit="1 vital to 5 useful",
            required=True,
            low=1,
            high=5,
            meaning="how much hangs on it",
        ),
        Column(
            name="max_nations",
            kind=CellKind.WHOLE,
            unit="nations",
            low=1,
            high=100,
            meaning="nations that may serve in it at one time",
            empty="any number",
        ),
        Column(
            name="framework",
            kind=CellKind.COUNTRY,
            refers_to=Known.NATIONS,
            meaning="framework nation: others serve only beside units of it",
            empty="none",
        ),
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
        Column(name="name", kind=CellKind.TEXT, default="", meaning="what people call it"),
        _CAPABILITY,
        _SIZE,
        Column(
            name="quantity",
            kind=CellKind.WHOLE,
            unit="units",
            required=True,
            low=1,
            high=1000,
            meaning="how many units the nation has for it, those that rest and prepare included",
        ),
        Column(
            name="in_place_max",
            kind=CellKind.WHOLE,
            unit="units",
            low=1,
            high=1000,
            meaning="how many of them may be in place at one time",
            empty="all of them",
        ),
        _unit_type("not said"),
        _PEOPLE,
        Column(
            name="notice_days",
            kind=CellKind.WHOLE,
            unit="days",
            high=1000,
            meaning="notice to move: from the order until a unit is ready to load",
            empty="not said; the offer is then not matched",
        ),
        Column(name="available_from", kind=CellKind.OFFSET, meaning="first day in place", empty="any day"),
        Column(name="available_until", kind=CellKind.OFFSET, meaning="day by which it is gone", empty="any day"),
        Column(
            name="place_allowed",
            kind=CellKind.WORD,
            words=PlaceAllowed,
            required=True,
            meaning="where the unit may serve: in the country of the mission and beside it, only beside it, only at"
            " home",
        ),
        Column(
            name="gates",
            kind=CellKind.KEY,
            is_list=True,
            refers_to=Known.GATES,
            meaning="gates that must all open before the offer counts",
            empty="none",
        ),
        Column(name="status", kind=CellKind.WORD, words=OfferStatus, required=True, meaning="how firm it is"),
        Column(
            name="has",
            kind=CellKind.KEY,
            is_list=True,
            meaning="what the unit has, in the words of `must_have`",
            empty="nothing that is said",
        ),
        Column(
            name="tour_max_months",
            kind=CellKind.WHOLE,
            unit="months",
            low=1,
            high=120,
            meaning="longest time in place of one unit",
            empty="factor `force.tour_months` alone limits it",
        ),
        Column(name="home", kind=CellKind.KEY, refers_to=Known.PLACES, meaning="where it starts", empty="not said"),
        Column(
            name="disputes",
            kind=CellKind.KEY,
            refers_to=Known.OFFERS,
            meaning="offer of which this row is another, conflicting report: shown beside it, never matched",
            empty="none",
        ),
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
        Column(
            name="state",
            kind=CellKind.WORD,
            words=GateState,
            required=True,
            meaning="how it stands: `closed` opens on the day `opens`, `refused` stays shut",
        ),
        Column(
            name="opens",
            kind=CellKind.OFFSET,
            meaning="when a closed gate is expected to open",
            empty="not known: it is not counted on",
        ),
        Column(
            name="likelihood",
            kind=CellKind.NUMBER,
            unit="0 to 1",
            high=1,
            meaning="chance that it opens",
            empty="not judged",
        ),
    ),
)
ACTIVATIONS: Final = Table(
    name="activations",
    meaning="When nations are called up: warning, request, order. The order starts the clock of the notice to move;"
    " without this table it is given to all on G-day. Movement does not use it.",
    columns=(
        Column(name="state", kind=CellKind.WORD, words=ActivationState, required=True, meaning="what is reached"),
        Column(name="at", kind=CellKind.OFFSET, required=True, meaning="when"),
        Column(
            name="nation",
            kind=CellKind.COUNTRY,
            refers_to=Known.NATIONS,
            meaning="nation that is called up",
            empty="every nation without a row of this state",
        ),
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
