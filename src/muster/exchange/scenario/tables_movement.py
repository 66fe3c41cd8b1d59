"""Tables of the movement: lines, cargo, lift, permits, caveats, calendars, links, overrides."""

from typing import Final

from muster.exchange.scenario.schema import CellKind, Column, Known, Table
from muster.forces import CaveatEffect
from muster.movement.inputs import PermitState
from muster.movement.problem import CargoClass, OverrideKind, ResourceKind
from muster.network import Mode

CALENDAR_KINDS: Final = tuple(
    kind.value for kind in ResourceKind if kind not in {ResourceKind.CAVEAT, ResourceKind.GANGS}
)
"""Resources whose capacity a calendar may change; the limit of a caveat stands in the caveat, and gangs in no table."""


def _place(name: str, meaning: str, *, required: bool = False, empty: str = "") -> Column:
    return Column(name=name, kind=CellKind.KEY, refers_to=Known.PLACES, meaning=meaning, required=required, empty=empty)


def _nation(name: str, meaning: str, *, required: bool = False, empty: str = "") -> Column:
    return Column(
        name=name, kind=CellKind.COUNTRY, refers_to=Known.NATIONS, meaning=meaning, required=required, empty=empty
    )


def _mode(meaning: str, *, required: bool = False, empty: str = "") -> Column:
    return Column(name="mode", kind=CellKind.WORD, words=Mode, meaning=meaning, required=required, empty=empty)


def _cargo(empty: str) -> Column:
    return Column(name="cargo", kind=CellKind.WORD, words=CargoClass, meaning="cargo class it concerns", empty=empty)


def _window(name: str, meaning: str, factor_id: str) -> Column:
    return Column(
        name=name,
        kind=CellKind.NUMBER,
        unit="days",
        high=365,
        meaning=meaning,
        empty=f"factor `{factor_id}` stands in",
    )


LINES: Final = Table(
    name="lines",
    required=True,
    key=("uln",),
    meaning="The movement requirement lines: unit increments, each of which moves whole or not at all.",
    columns=(
        Column(name="uln", kind=CellKind.KEY, required=True, meaning="unit line number, the name of the line"),
        Column(
            name="parent_uln",
            kind=CellKind.KEY,
            refers_to=Known.LINES,
            meaning="line of the formation it belongs to (recorded, no rule)",
        ),
        _nation("nation", "nation whose unit it is: permits, caveats and lift follow it", required=True),
        Column(name="name", kind=CellKind.TEXT, required=True, meaning="what people call it"),
        Column(
            name="unit_type",
            kind=CellKind.KEY,
            refers_to=Known.UNIT_TYPES,
            meaning="type of unit: gives people where `pax` is empty, and vehicles, containers and pallets where"
            " `cargo` has no row of the line",
        ),
        Column(
            name="priority",
            kind=CellKind.WHOLE,
            unit="1 most urgent to 5",
            required=True,
            low=1,
            high=5,
            meaning="urgency; factor `priority.weight.N` is what a day late costs",
        ),
        Column(name="rld", kind=CellKind.OFFSET, required=True, meaning="ready to load at the origin, not before this"),
        Column(name="rdd", kind=CellKind.OFFSET, required=True, meaning="required at the destination by this"),
        _place("origin", "where the line starts", required=True),
        _place("dest", "where it is needed", required=True),
        _place(
            "staging",
            "staging area where people and vehicles join before they move on together",
            empty="the line goes straight to its destination",
        ),
        _place("poe", "port, airfield or railhead of embarkation that the nation has chosen", empty="the plan chooses"),
        _place("pod", "port, airfield or railhead of debarkation that the nation has chosen", empty="the plan chooses"),
        Column(
            name="pax",
            kind=CellKind.WHOLE,
            unit="people",
            high=100_000,
            meaning="people of the line, drivers included",
            empty="people of the unit type; without one, none",
        ),
        _window("join_window_d", "most days from first to last arrival at the staging area", "staging.join_window_d"),
        _window("cohesion_window_d", "most days from first to last arrival at the destination", "cohesion.window_d"),
        Column(
            name="after",
            kind=CellKind.KEY,
            is_list=True,
            refers_to=Known.LINES,
            meaning="lines that must have closed before this one sets out: the port opens before the main body moves",
            empty="it waits for no line",
        ),
    ),
)
CARGO: Final = Table(
    name="cargo",
    key=("uln", "platform"),
    meaning="What a line takes along. A line with a row here takes what its rows say and nothing of its unit type but"
    " the people.",
    columns=(
        Column(name="uln", kind=CellKind.KEY, refers_to=Known.LINES, required=True, meaning="the line"),
        Column(
            name="platform",
            kind=CellKind.KEY,
            refers_to=Known.PLATFORMS,
            required=True,
            meaning="vehicle, trailer, helicopter, container or pallet; not a lift type",
        ),
        Column(
            name="quantity", kind=CellKind.WHOLE, unit="items", required=True, low=1, high=20_000, meaning="how many"
        ),
    ),
)
LIFT: Final = Table(
    name="lift",
    key=("fleet_id",),
    meaning="Lift fleets: assets of one type with one home. Each asset is scheduled by itself and is named by its"
    " fleet and a number: `HET-POL` with count 2 has `HET-POL-01` and `HET-POL-02`. Convoys, tracked vehicles on a"
    " short drive and helicopters move themselves and need no fleet.",
    columns=(
        Column(name="fleet_id", kind=CellKind.KEY, required=True, meaning="name of the fleet"),
        Column(
            name="platform",
            kind=CellKind.KEY,
            refers_to=Known.PLATFORMS,
            required=True,
            meaning="a lift type: train, ship, aircraft, bus, truck or het",
        ),
        Column(name="count", kind=CellKind.WHOLE, unit="assets", required=True, low=1, high=500, meaning="how many"),
        Column(
            name="packet",
            kind=CellKind.WHOLE,
            unit="vehicles",
            default="1",
            low=1,
            high=100,
            meaning="vehicles that make one asset and stay together: buses, lorries and transporters go in packets;"
            " capacity is multiplied by it",
        ),
        _place("home", "where the assets are at first", required=True),
        _nation("nation", "nation that provides it", required=True),
        Column(
            name="users",
            kind=CellKind.COUNTRY,
            refers_to=Known.NATIONS,
            is_list=True,
            meaning="nations that may use it",
            empty="every nation",
        ),
        Column(name="available_from", kind=CellKind.OFFSET, meaning="from when", empty="from C-day"),
        Column(name="available_until", kind=CellKind.OFFSET, meaning="until when", empty="to the end of the plan"),
        Column(
            name="load_min",
            kind=CellKind.WHOLE,
            unit="min",
            high=20_000,
            meaning="loading one asset",
            empty="the platform's own time",
        ),
        Column(
            name="unload_min",
            kind=CellKind.WHOLE,
            unit="min",
            high=20_000,
            meaning="unloading one asset",
            empty="the platform's own time",
        ),
    ),
)
PERMITS: Final = Table(
    name="permits",
    key=("permit_id",),
    meaning="Clearance to enter a country. A country without a row that fits may be entered at any time.",
    columns=(
        Column(name="permit_id", kind=CellKind.KEY, required=True, meaning="name of the permit"),
        Column(name="country", kind=CellKind.COUNTRY, required=True, meaning="country to enter"),
        Column(
            name="regime",
            kind=CellKind.KEY,
            meaning="permit regime for which the row holds: `peacetime`, `eu`, `emergency` or a word of your own",
            empty="every regime",
        ),
        _nation("nation", "nation that asks", empty="every nation without a row of its own"),
        Column(name="requested", kind=CellKind.OFFSET, required=True, meaning="when it is or was asked for"),
        Column(
            name="lead_h",
            kind=CellKind.NUMBER,
            unit="h",
            required=True,
            high=10_000,
            meaning="from request to grant",
        ),
        Column(
            name="state",
            kind=CellKind.WORD,
            words=PermitState,
            default="asked",
            meaning="`asked`: granted `lead_h` after `requested`; `granted`: valid from `requested`; `denied`: never",
        ),
        Column(name="authority", kind=CellKind.TEXT, default="", meaning="who grants it"),
    ),
)
CAVEATS: Final = Table(
    name="caveats",
    key=("caveat_id",),
    meaning="What nations forbid their own, on the way and in service. A leg falls under a caveat when every condition"
    " that the row fills holds: it begins in or enters `country`, begins, ends at or passes `place`, goes by `mode`,"
    " and the load is of `cargo`. A requirement falls under it when it lies in `country`, or at `place`, and asks for"
    " `task`. A row with `mode`, `cargo` or `limit_people_per_day` concerns the way alone, one with `task` or"
    " `limit_people` service alone.",
    columns=(
        Column(name="caveat_id", kind=CellKind.KEY, required=True, meaning="name of the caveat"),
        _nation("nation", "nation whose loads it binds", required=True),
        Column(
            name="category",
            kind=CellKind.KEY,
            required=True,
            meaning="what it is about, such as `area`, in the words of `tolerates`",
        ),
        Column(
            name="effect",
            kind=CellKind.WORD,
            words=CaveatEffect,
            required=True,
            meaning="`forbids` such legs and such service; `needs approval`: none before `approved`; `limits` the"
            " people that may enter `country` in a day, or that may be in place at one time",
        ),
        Column(
            name="country",
            kind=CellKind.COUNTRY,
            meaning="country it concerns; needed by `limit_people_per_day`",
            empty="any",
        ),
        _place("place", "place it concerns", empty="any"),
        _mode("mode it concerns", empty="any"),
        _cargo("any"),
        Column(
            name="task",
            kind=CellKind.KEY,
            meaning="task in service that it concerns, in the words of `requirements`",
            empty="any",
        ),
        Column(
            name="starts",
            kind=CellKind.OFFSET,
            meaning="from when it holds for service; legs keep to it at all times",
            empty="from the beginning",
        ),
        Column(name="until", kind=CellKind.OFFSET, meaning="until when it holds for service", empty="to the end"),
        Column(
            name="approved", kind=CellKind.OFFSET, meaning="when approval comes, for `needs approval`", empty="never"
        ),
        Column(
            name="limit_people_per_day",
            kind=CellKind.WHOLE,
            unit="people/day",
            high=1_000_000,
            meaning="for `limits`: people that may enter in a day",
        ),
        Column(
            name="limit_people",
            kind=CellKind.WHOLE,
            unit="people",
            high=1_000_000,
            meaning="for `limits`: people that may be in place at one time",
        ),
    ),
)
CALENDARS: Final = Table(
    name="calendars",
    meaning="Capacities that change for a while. Where rows overlap, the later row of the table holds.",
    columns=(
        _place("place", "where", required=True),
        Column(
            name="resource",
            kind=CellKind.WORD,
            words=ResourceKind,
            required=True,
            meaning="what changes: ramps and berths in use at once, working spots, waiting room, or a number a day of"
            " trains, vehicles, wagons, credits, reloaded wagons; `gangs` and `caveat` are no calendars",
        ),
        Column(name="starts", kind=CellKind.OFFSET, required=True, meaning="from when"),
        Column(name="until", kind=CellKind.OFFSET, meaning="until when", empty="to the end"),
        Column(
            name="capacity",
            kind=CellKind.WHOLE,
            unit="as the place's own column",
            required=True,
            high=1_000_000,
            meaning="capacity in that time; 0 closes it",
        ),
    ),
)
LINKS: Final = Table(
    name="links",
    key=("link_id",),
    meaning="Ways that the packaged network lacks (a pontoon bridge, a ferry, a new track), and limits or closures of"
    " crossings that it has: a row with a known `crossing` and no `distance_km` limits or closes that crossing, any"
    " other row adds a way.",
    columns=(
        Column(name="link_id", kind=CellKind.KEY, required=True, meaning="name of the way"),
        _mode("road, rail or sea; the air has no links", required=True),
        _place("from_place", "one end; of a crossing, a place on one side", required=True),
        _place("to_place", "the other end", required=True),
        Column(
            name="distance_km",
            kind=CellKind.NUMBER,
            unit="km",
            low=0.001,
            high=20_000,
            meaning="length of an added way",
            empty="the straight line; with a known `crossing`, no way is added",
        ),
        Column(name="closed", kind=CellKind.YES_NO, default="no", meaning="nothing passes; needs `crossing`"),
        Column(
            name="mlc_max",
            kind=CellKind.WHOLE,
            unit="class",
            low=1,
            high=150,
            meaning="highest military load class that may pass `crossing`",
        ),
        Column(
            name="height_max_cm",
            kind=CellKind.WHOLE,
            unit="cm",
            low=1,
            high=2000,
            meaning="largest height that may pass `crossing`",
        ),
        _place("crossing", "crossing that is limited or closed, or that the added way passes", empty="none"),
    ),
)
OVERRIDES: Final = Table(
    name="overrides",
    key=("override_id",),
    meaning="What the planner fixes; the plan keeps it and its price is told. A row binds one line (`uln`) or every"
    " line of a nation.",
    columns=(
        Column(name="override_id", kind=CellKind.KEY, required=True, meaning="name of the override"),
        Column(
            name="kind",
            kind=CellKind.WORD,
            words=OverrideKind,
            required=True,
            meaning="`pin`: loads pass `place` (by `mode`); `forbid`: they do not; `fix_asset`: they use `asset`"
            " wherever they use one of its kind; `lock`: every load begins its first leg at `start`",
        ),
        Column(
            name="uln",
            kind=CellKind.KEY,
            refers_to=Known.LINES,
            meaning="line it binds",
            empty="every line of `nation`",
        ),
        _nation("nation", "nation whose lines it binds", empty="the line alone"),
        _place("place", "place of a pin or prohibition", empty="any, for the `mode`"),
        _mode("mode of a pin or prohibition", empty="any"),
        _cargo("every class"),
        Column(
            name="asset",
            kind=CellKind.KEY,
            refers_to=Known.ASSETS,
            meaning="asset of `fix_asset`: fleet, hyphen, number",
        ),
        Column(name="start", kind=CellKind.OFFSET, meaning="start of `lock`"),
        Column(name="reason", kind=CellKind.TEXT, default="", meaning="why it is fixed"),
    ),
)
