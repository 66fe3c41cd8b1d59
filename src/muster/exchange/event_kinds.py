"""The kinds of events that a file may tell, and what each of them reads: for reading, faults and documentation."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from muster.exchange.scenario import COMMON_COLUMNS, CellKind, Column, Table
from muster.movement.cargo import CargoClass
from muster.movement.resources import ResourceKind
from muster.network import Mode

FILE: Final = "events.csv"
PERCENT: Final = re.compile(r"([0-9]{1,4})\s*%")
_CAPACITY: Final = re.compile(r"[0-9]{1,9}|[0-9]{1,4}\s*%")
_DAYS: Final = re.compile(r"[+-]?[0-9]{1,4}(\.[0-9]{1,6})?")


class EventKind(StrEnum):
    """What a row of the events tells."""

    PLACE_CLOSED = "place_closed"
    OPENING_DELAYED = "opening_delayed"
    CAPACITY_CHANGED = "capacity_changed"
    ASSET_LOST = "asset_lost"
    ASSET_LATE = "asset_late"
    ASSET_OFFERED = "asset_offered"
    UNIT_OFFERED = "unit_offered"
    UNIT_WITHDRAWN = "unit_withdrawn"
    PERMIT_REFUSED = "permit_refused"
    PERMIT_DELAYED = "permit_delayed"
    DATES_MOVED = "dates_moved"
    LINE_LATE = "line_late"
    PIN = "pin"
    FORBID = "forbid"
    FIX_ASSET = "fix_asset"
    LOCK = "lock"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    EXPECTED = "expected"
    HELD = "held"


_WHOSE: Final = ("line", "load", "asset")
NEEDS: Final[Mapping[EventKind, tuple[tuple[str, ...], ...]]] = {
    EventKind.PLACE_CLOSED: (("place",),),
    EventKind.OPENING_DELAYED: (("place",), ("value",)),
    EventKind.CAPACITY_CHANGED: (("place",), ("resource",), ("value",)),
    EventKind.ASSET_LOST: (("asset",),),
    EventKind.ASSET_LATE: (("asset",), ("until",)),
    EventKind.ASSET_OFFERED: (("asset",), ("like",)),
    EventKind.UNIT_OFFERED: (("line",), ("like",), ("at",)),
    EventKind.UNIT_WITHDRAWN: (("line",),),
    EventKind.PERMIT_REFUSED: (("nation",), ("country",)),
    EventKind.PERMIT_DELAYED: (("nation",), ("country",), ("until",)),
    EventKind.DATES_MOVED: (("value",),),
    EventKind.LINE_LATE: (("line",), ("until",)),
    EventKind.PIN: (("line", "nation"), ("place",)),
    EventKind.FORBID: (("line", "nation"), ("place", "mode")),
    EventKind.FIX_ASSET: (("line", "nation"), ("asset",)),
    EventKind.LOCK: (("line", "nation"), ("at",)),
    EventKind.DEPARTED: (_WHOSE, ("place",), ("at",)),
    EventKind.ARRIVED: (_WHOSE, ("place",), ("at",)),
    EventKind.EXPECTED: (_WHOSE, ("place",), ("until",)),
    EventKind.HELD: (_WHOSE, ("place",), ("until",)),
}
"""What each kind needs: one of each group of columns."""
MAY_FILL: Final[Mapping[EventKind, tuple[str, ...]]] = {
    EventKind.PLACE_CLOSED: ("until",),
    EventKind.CAPACITY_CHANGED: ("until",),
    EventKind.ASSET_OFFERED: ("place", "nation"),
    EventKind.UNIT_OFFERED: ("until", "nation"),
    EventKind.DATES_MOVED: ("line", "nation"),
    EventKind.PIN: ("mode", "cargo"),
    EventKind.FORBID: ("cargo",),
    EventKind.FIX_ASSET: ("cargo",),
    EventKind.LOCK: ("cargo",),
}
"""What a kind reads beside what it needs; every kind may fill ``at`` and ``reason``."""
VALUES: Final = {
    EventKind.CAPACITY_CHANGED: (_CAPACITY, "capacity", "Write a whole number, or per cent such as 50%."),
    EventKind.DATES_MOVED: (_DAYS, "number of days", "Write days, such as 7 or -2.5."),
    EventKind.OPENING_DELAYED: (_DAYS, "number of days", "Write days, such as 7 or -2.5."),
}
"""How the value of a kind is written."""
OVERRIDES: Final = frozenset({EventKind.PIN, EventKind.FORBID, EventKind.FIX_ASSET, EventKind.LOCK})
COMMON: Final = frozenset(column.name for column in COMMON_COLUMNS)
ACTUAL: Final = frozenset({EventKind.DEPARTED, EventKind.ARRIVED})


def _column(name: str, kind: CellKind, meaning: str, **more: Any) -> Column:
    return Column(name=name, kind=kind, meaning=meaning, **more)


TABLE: Final = Table(
    name="events",
    key=("event_id",),
    meaning="What has happened and what has changed since the plan was made.",
    columns=(
        _column("event_id", CellKind.KEY, "name of the event", required=True),
        _column("kind", CellKind.WORD, "what happens", words=EventKind, required=True),
        _column("at", CellKind.OFFSET, "when it happened, or from when it holds", empty="now"),
        _column("until", CellKind.OFFSET, "when it ends, or until when it takes", empty="to the end"),
        _column("place", CellKind.KEY, "place it concerns"),
        _column("resource", CellKind.WORD, "what of the place changes", words=ResourceKind),
        _column("line", CellKind.KEY, "line it concerns"),
        _column("load", CellKind.TEXT, "load it concerns"),
        _column("asset", CellKind.KEY, "asset it concerns"),
        _column("nation", CellKind.COUNTRY, "nation it concerns"),
        _column("country", CellKind.COUNTRY, "country of a permit"),
        _column("mode", CellKind.WORD, "mode of a pin or prohibition", words=Mode, empty="any"),
        _column("cargo", CellKind.WORD, "cargo class that an override binds", words=CargoClass, empty="every class"),
        _column("value", CellKind.TEXT, "new capacity, as a number or in per cent; or days"),
        _column("like", CellKind.KEY, "line or asset that an offer is like"),
        _column("reason", CellKind.TEXT, "why", default=""),
    ),
)
"""Columns of the file."""
