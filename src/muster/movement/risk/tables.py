"""A plan as it is replayed: flat arrays that machine code reads, and those in which one replay works.

Words: an *activity* is a loaded voyage with all that is aboard, or a leg that one load makes itself; a *slot* is one
step of one load, and rides on an activity. The slots of a load follow one another. Every ``_first`` and ``_last`` is a
half-open range in the array that the name says.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Records = Any
"""A structured array; its fields are those of the type that stands beside it."""

NONE: Final = -1
"""No index, no minute."""


def _type(fields: str) -> np.dtype[Any]:
    return np.dtype([(name, np.int64) for name in fields.split()], align=True)


ACTIVITY: Final = _type(
    "start_min load_min travel_min arrival_min unload_min least_load_min waits asset following origin_row "
    "destination_row travel_first rows from_row empty_departure_min empty_min origin_weather destination_weather "
    "riders_first riders_last at_origin_first at_origin_last counted_first counted_last "
    "at_destination_first at_destination_last at_arrival_first at_arrival_last"
)
"""``asset`` is NONE where a load moves itself; ``following`` is the next activity planned for it. As planned, it comes
from ``from_row`` and leaves there empty at ``empty_departure_min`` for ``empty_min``. ``waits`` says whether it may
arrive later than its travel takes. From ``least_load_min`` on, uses that are ``counted`` follow the departure."""
USE: Final = _type("profile after_min amount")
"""Something taken: of which profile, how long after loading starts, how much."""
SLOT: Final = _type("load activity line waits_for limits_first limits_last is_last is_staged")
"""``waits_for`` is how much must come about before it is ready, beside its line: its step before, the join, lines that
close before it sets out; ``limits`` are entries that caveats count; ``is_staged`` says whether it brings the load to
its staging area."""
LINE: Final = _type("ready_min integration_min loads staged onward_first onward_last followers_first followers_last")
"""``loads`` and ``staged`` are how many come to the destination, and to the staging area, by a step; ``onward`` slots
wait for all who are staged, ``followers`` for the line to close."""
ASSET: Final = _type("home_row available_min limit_min days_first planned_first planned_last fleet")
"""``planned`` are its activities in order; ``limit_min`` is the most its crew may travel in a day, NONE without one."""


class Timetable(NamedTuple):
    """The plan.

    Attributes
    ----------
    activities
        In the order of their planned starts.
    riders
        Slots aboard, one activity after the other.
    onward
        Slots that wait for the joins of their lines.
    followers
        Slots that wait for other lines to close, one of those lines after the other.
    planned
        Activities of the assets, one asset after the other.
    is_crew
        Whether an asset may carry all that is aboard an activity. Shape (n_activities, n_assets).
    travel_min
        Empty travel of all mobilities, row by row.
    permits
        Slots that need a permit, which one, and how long after the start of loading the border is met. Shape (n, 3).
    days
        Days of all crews whose travel is limited.
    horizon_min
        Nothing happens at or after this minute.
    """

    activities: Records
    slots: Records
    lines: Records
    assets: Records
    uses: Records
    riders: Ints
    onward: Ints
    followers: Ints
    planned: Ints
    is_crew: Flags
    travel_min: Ints
    permits: Ints
    days: int
    horizon_min: int


class Setbacks(NamedTuple):
    """What goes wrong in one replication; nothing is earlier or quicker than planned.

    Attributes
    ----------
    delay_min, load_min, unload_min
        Added to the travel, the loading and the unloading of each activity. Shape (n_activities,).
    ready_min, granted_min, available_min
        When each line is ready, each permit granted and each asset there.
    is_absent
        Whether an asset is not there at all.
    closed_from_min, closed_until_min
        Spells in which a port or airfield is closed, in order. Shape (n_weather_places, n_spells).
    """

    delay_min: Ints
    load_min: Ints
    unload_min: Ints
    ready_min: Ints
    granted_min: Ints
    available_min: Ints
    is_absent: Flags
    closed_from_min: Ints
    closed_until_min: Ints


class State(NamedTuple):
    """Where a replay works; everything is set anew before each.

    Attributes
    ----------
    times_min, is_placed
        Start, departure, arrival and end of each activity, and whether it has them. Shape (n_activities, 4).
    waits_for, from_min
        Of each activity: how many slots are still to come, and the activity before it on its asset where the plan's
        order is kept; and from when on it may start.
    slot_waits_for, slot_from_min
        Of each slot: what is still to come, and from when on it is ready.
    to_join, joined_min, to_close, closed_min
        Of each line: loads still to come to its staging area, and when the last came; the same at its destination. A
        line that never closes has NONE in the end.
    free_min, row, next_planned
        Of each asset: when and where it is free, and the first of its planned activities that nobody has made.
    day_min
        Minutes travelled by asset with a limit, and day.
    heap, heap_count
        What comes next: minute and activity in one number.
    """

    times_min: Ints
    is_placed: Flags
    waits_for: Ints
    from_min: Ints
    slot_waits_for: Ints
    slot_from_min: Ints
    to_join: Ints
    joined_min: Ints
    to_close: Ints
    closed_min: Ints
    free_min: Ints
    row: Ints
    next_planned: Ints
    day_min: Ints
    heap: Ints
    heap_count: Ints


def fresh_state(table: Timetable) -> State:
    """A state large enough for any replay of a plan."""
    activities, slots = len(table.activities), len(table.slots)
    lines, assets = len(table.lines), len(table.assets)

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return State(
        times_min=ints(activities, 4),
        is_placed=np.zeros(activities, dtype=np.bool_),
        waits_for=ints(activities),
        from_min=ints(activities),
        slot_waits_for=ints(slots),
        slot_from_min=ints(slots),
        to_join=ints(lines),
        joined_min=ints(lines),
        to_close=ints(lines),
        closed_min=ints(lines),
        free_min=ints(assets),
        row=ints(assets),
        next_planned=ints(assets),
        day_min=ints(table.days),
        heap=ints(activities + 1),
        heap_count=ints(1),
    )
