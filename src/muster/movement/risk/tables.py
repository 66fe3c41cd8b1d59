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
SPARE: Final = 256
"""Voyages that may come on top of the plan's in one replay, for loads left behind."""


def _type(fields: str) -> np.dtype[Any]:
    return np.dtype([(name, np.int64) for name in fields.split()], align=True)


ACTIVITY: Final = _type(
    "start_min load_min travel_min arrival_min unload_min least_load_min waits asset origin_row destination_row "
    "travel_first rows from_row empty_departure_min empty_min leg origin_weather destination_weather single_class "
    "at_origin_first at_origin_last counted_first counted_last at_destination_first at_destination_last "
    "at_arrival_first at_arrival_last"
)
"""``asset`` is NONE where a load moves itself. As planned, the asset comes from ``from_row`` and leaves there empty at
``empty_departure_min`` for ``empty_min``. From ``least_load_min`` on, uses that are ``counted`` follow the departure.
Activities of one ``leg`` are made on one leg by one asset type."""
USE: Final = _type("profile after_min amount")
"""Something taken: of which profile, how long after loading starts, how much."""
SLOT: Final = _type("load activity line waits_for crew limits_first limits_last is_last is_staged")
"""``waits_for`` is how much must come about before it is ready beside its line: its step before, the join; ``limits`` are
entries that caveats count; ``is_staged`` says whether it brings the load to its staging area."""
LINE: Final = _type("ready_min required_min weight integration_min loads staged onward_first onward_last")
"""``loads`` and ``staged`` are how many come to the destination, and to the staging area, by a step; ``onward`` slots
wait for all who are staged."""
ASSET: Final = _type("home_row available_min limit_min days_first planned_first planned_last planned_min fleet")
"""``planned`` are its activities in order, which take ``planned_min`` in all; ``limit_min`` is the most its crew may travel in a day, NONE without one."""


class Timetable(NamedTuple):
    """The plan.

    Attributes
    ----------
    activities
        In the order of their planned starts; the last :data:`SPARE` stand for nothing yet.
    riders, riders_first
        Slots aboard each activity, one activity after the other.
    onward
        Slots that wait for the joins of their lines.
    planned
        Activities of the assets, one asset after the other.
    crews, is_crew
        Whether an asset may carry the load of a slot that names the crew, and whether it may carry all that is aboard an
        activity. Shapes (n_crews, n_assets); (n_activities, n_assets).
    room
        What is left in each voyage as planned. Shape (n_activities, 6).
    size, cargo
        Of each load. Shape (n_loads, 6); (n_loads,).
    travel_min
        Empty travel of all mobilities, row by row.
    permits
        Slots that need a permit, which one, and how long after the start of loading the border is met. Shape (n, 3).
    days
        Days of all crews whose travel is limited.
    """

    activities: Records
    slots: Records
    lines: Records
    assets: Records
    uses: Records
    riders: Ints
    riders_first: Ints
    onward: Ints
    planned: Ints
    crews: Flags
    is_crew: Flags
    room: Ints
    size: Ints
    cargo: Ints
    travel_min: Ints
    permits: Ints
    days: int


class Setbacks(NamedTuple):
    """What goes wrong in one replication; nothing is earlier or quicker than planned.

    Attributes
    ----------
    delay_min, load_min, unload_min
        Added to the travel, the loading and the unloading of each activity. Shape (n_activities,).
    ready_min, granted_min, available_min
        When each line is ready, each permit granted and each asset there.
    is_missing
        Whether an asset never comes.
    closed_from_min, closed_until_min
        Spells in which a port or airfield is closed, in order, ending with one beyond any plan. Shape
        (n_weather_places, n_spells).
    """

    delay_min: Ints
    load_min: Ints
    unload_min: Ints
    ready_min: Ints
    granted_min: Ints
    available_min: Ints
    is_missing: Flags
    closed_from_min: Ints
    closed_until_min: Ints


class State(NamedTuple):
    """Where a replay works; everything is set anew before each.

    Attributes
    ----------
    times_min, is_placed
        Start, departure, arrival and end of each activity, and whether it has them. Shape (n_activities, 4).
    waits_for, from_min
        Of each activity: slots, and the activity before it on its asset, that are still to come; and from when on it may
        start.
    is_crew, room
        As in the timetable, with what became of them.
    maker, next_on_asset
        Asset that makes each activity, and the one that it makes next where the plan's order is kept.
    first_rider, next_rider
        Slots aboard each activity as chains.
    slot_activity, slot_waits_for, slot_from_min
        Of each slot: where it rides, what is still to come, and from when on it is ready.
    to_join, joined_min, to_close, closed_min
        Of each line: loads still to come to its staging area, and when the last came; the same at its destination, where
        a line that never closes has NONE.
    free_min, row, next_planned
        Of each asset: when and where it is free, and the first of its planned activities that nobody has made.
    day_min
        Minutes travelled by asset with a limit, and day.
    first_on_leg, next_on_leg
        Activities of each leg and asset type as chains.
    heap
        What comes next: minute and activity in one number.
    counts
        How much is in the heap, how many spare voyages stand for something, how many activities the plan has.
    """

    times_min: Ints
    is_placed: Flags
    waits_for: Ints
    from_min: Ints
    is_crew: Flags
    room: Ints
    maker: Ints
    next_on_asset: Ints
    first_rider: Ints
    next_rider: Ints
    slot_activity: Ints
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
    first_on_leg: Ints
    next_on_leg: Ints
    heap: Ints
    counts: Ints


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
        is_crew=table.is_crew.copy(),
        room=table.room.copy(),
        maker=ints(activities),
        next_on_asset=ints(activities),
        first_rider=ints(activities),
        next_rider=ints(slots),
        slot_activity=ints(slots),
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
        first_on_leg=ints(int(table.activities["leg"].max(initial=0)) + 1),
        next_on_leg=ints(activities),
        heap=ints(8 * (activities + slots)),
        counts=np.array([0, 0, activities - SPARE], dtype=np.int64),
    )
