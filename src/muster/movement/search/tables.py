"""The search's view of a problem as flat arrays, and what is booked in it.

Theory of operation: the search asks the same few questions millions of times, in machine code, which knows numbers and
arrays only. Three values hold them. The *tables* say what may be chosen and never change. The *books* say what is
booked; a copy of them is a copy of the plan. The *desk* is where a step of the search works: drafts of rides, the
ledger that takes back what was tried, and what has been learned of waits and scarce assets.

Words: a *hop* is a leg; a *service* is a hop made by one asset type, or by the load itself; a *freight* is a load; a
*stage* is a hop that one freight may make; an *option* is a service that it may take there, with the assets it may use
and the first minute that permits and caveats allow; a *chain* is stages one after the other, a *front* one that leads
to a staging area; a *unit* is a line. Every ``_first`` and ``_last`` is a half-open range in the array that the name
says.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Records = Any
"""A structured array; its fields are those of the type that stands beside it."""

NONE: Final = -1
"""No index, no minute."""
OWN_VEHICLES: Final = -1
OWN_PEOPLE: Final = -2
"""Amounts that stand for the vehicles or the people of the load that makes the ride."""
OVERTAKES: Final = -2
STOPPED: Final = -3
"""Reasons of the search itself why a unit does not move."""


def _type(whole: str, parts: str = "") -> np.dtype[Any]:
    """Make a record type of whole numbers and, where it has any, parts."""
    fields = [(name, np.int64) for name in whole.split()] + [(name, np.float64) for name in parts.split()]
    return np.dtype(fields, align=True)


SERVICE: Final = _type(
    "hop travel_min load_min unload_min duration_min single_class waits origin_row destination_row travel_first "
    "rows at_origin_first at_origin_last counted_first counted_last at_destination_first at_destination_last "
    "at_arrival_first at_arrival_last"
)
"""``waits`` says whether it may arrive later than its travel takes; rows are those of its mobility."""
USE: Final = _type("profile after_min amount")
"""Something taken: of which profile, how long after loading starts, how much."""
HOP: Final = _type("trips_first trips_room stays_first stays_last is_self")
"""``stays`` are what loads that wait where the hop ends occupy."""
OPTION: Final = _type("service crew crew_first crew_last least_start_min is_fixed limits_first limits_last", "share")
"""``share`` is the largest share of the capacity of a voyage that the load takes, over the dimensions; ``is_fixed``
says that the load starts at the least minute and at no other, for it has happened."""
STAGE: Final = _type("freight hop options_first options_last least_min")
CHAIN: Final = _type("first last least_min")
WAY: Final = _type("front onward itinerary")
"""Chains up to and from the staging area."""
FREIGHT: Final = _type(
    "unit vehicles people cargo is_staged moves_on locked_min ways_first ways_last fronts_first fronts_last slot"
)
"""``slot`` is where its rides begin; ``moves_on`` whether any way leads on from the staging area."""
UNIT: Final = _type(
    "freights_first freights_last staged_first staged_last onward_first onward_last weight priority ready_min "
    "required_min join_window_min integration_min cohesion_window_min has_staging can_move is_locked free_min origin "
    "after_first after_last followers_first followers_last turn"
)
"""``staged`` and ``onward`` are orders of its freights, the slowest first, to the staging area and from there; it waits
for the units ``after``, and its ``followers`` wait for it; ``turn`` is how many close one after the other before it."""
PROFILE: Final = _type("is_counted period_min opens_min closes_min first room")
"""``is_counted`` tells amounts that fall into periods from amounts in use at any minute."""
DIARY: Final = _type("home_row travel_first rows from_min until_min limit_min trips_first trips_room days_first")
"""One asset; ``limit_min`` is the most its crew may travel in a day, NONE without a limit."""
RIDE: Final = _type(
    "stage option trip diary start_min departure_min arrival_min end_min empty_departure_min next_empty_departure_min",
    "cost_min",
)
"""A load on a leg; ``trip`` is NONE on a leg that it makes itself and on a voyage that is not yet booked, ``diary`` is
NONE only on a leg that it makes itself. ``cost_min`` is the delay that the use of a scarce asset causes elsewhere."""
TRIP: Final = _type(
    "service diary start_min departure_min arrival_min end_min cargo loads aboard empty_departure_min "
    "next_empty_departure_min"
)
"""A loaded voyage; ``aboard`` is the slot of the first ride on it, ``cargo`` the only class where it carries one at a
time; the empty trips before and after it depart at the last two where its crew has a daily limit."""
JOURNEY: Final = _type("front onward")
"""The chains on which a freight goes to its staging area and onward; NONE is not yet."""
ENTRY: Final = _type("what slot is_new subject")
"""A line of the ledger."""


class Tables(NamedTuple):
    """What may be chosen.

    Attributes
    ----------
    capacity
        Of a voyage by service. Shape (n_services, 6), in the order of :data:`muster.movement.problem.DIMENSIONS`.
    size
        Of each freight. Shape (n_freights, 6).
    crews, is_in_crew
        Assets of each crew one after the other; and whether an asset is in a crew. Shape (n_crews, n_assets).
    waits
        Units for which others wait, and units that wait, of all units one after the other.
    travel_min
        Empty travel of all mobilities, row by row.
    period_room, step_times_min, step_free
        What profiles have when nothing is booked.
    steps
        Length of the calendar of each profile of amounts in use.
    travelled_min
        Minutes travelled by asset with a limit, and day, in what has happened.
    has_standing
        Whether there is a standing plan from which changes are counted; without one the last four are empty.
    standing_legs
        Legs that each unit has left in the standing plan; NONE for one that does not move there.
    standing_rides, standing_journeys
        What it says, by slot and by freight; the stage is NONE where it is no longer among the choices.
    standing_trips
        Its loaded voyages, in order of time.
    """

    horizon_min: int
    slots: int
    has_standing: int
    services: Records
    capacity: Ints
    uses: Records
    travel_min: Ints
    hops: Records
    options: Records
    crews: Ints
    is_in_crew: Flags
    stages: Records
    chains: Records
    chain_stages: Ints
    ways: Records
    fronts: Ints
    freights: Records
    size: Ints
    units: Records
    orders: Ints
    waits: Ints
    profiles: Records
    period_room: Ints
    step_times_min: Ints
    step_free: Ints
    steps: Ints
    diaries: Records
    travelled_min: Ints
    standing_legs: Ints
    standing_rides: Records
    standing_journeys: Records
    standing_trips: Records


class Books(NamedTuple):
    """What is booked.

    Attributes
    ----------
    used
        Amounts by period, of the profiles that count.
    times_min, free, steps
        What is free from a minute on, and how many such minutes there are, of the profiles of amounts in use.
    diary_trips, diary_count, hop_trips, hop_count
        Trips by asset and by hop, in order of time.
    day_min
        Minutes travelled by asset with a limit, and day.
    room
        What is left in each trip. Shape (n_trips, 6).
    spare_trips, spare_count
        Trips that stand for nothing now.
    rides, next_aboard
        By slot: the rides of each freight one after the other, and the next ride aboard the same trip.
    closed_min
        When each unit closes; NONE for one that is not placed.
    refusals
        Why each unit that is not placed is not: freight, hop and minute until which staging was full; or one of
        :data:`OVERTAKES` with the more urgent unit and :data:`STOPPED`. Shape (n_units, 3).
    moved
        Legs of each unit that the standing plan has otherwise.
    """

    used: Ints
    times_min: Ints
    free: Ints
    steps: Ints
    diary_trips: Ints
    diary_count: Ints
    hop_trips: Ints
    hop_count: Ints
    day_min: Ints
    trips: Records
    room: Ints
    spare_trips: Ints
    spare_count: Ints
    rides: Records
    next_aboard: Ints
    journeys: Records
    closed_min: Ints
    refusals: Ints
    moved: Ints


class Desk(NamedTuple):
    """Where a step of the search works.

    Attributes
    ----------
    delay_min
        How long loads had to wait for each hop lately.
    price
        Minutes of delay that a minute of each asset is worth elsewhere.
    toll_min
        Weighted minutes of delay elsewhere that an amount of each period is worth, as ``period_room`` has them.
    entries, entry_rides, entry_count
        The ledger.
    drafts, draft_before, draft_stage, is_draft, draft_count
        Rides found for the stages of a chain, so that chains that begin alike are not begun twice: after which draft,
        for which stage (NONE: not to be used again), and whether there is one.
    best, chosen
        Drafts of the best chain and of the chain at hand.
    ranked, rank
        Chains in the order in which they are tried, and why.
    gap_start_min, gap_latest_min
        When each asset of a crew could load, and by when it must be done.
    extra_min
        Minutes by day that a change would add to the travel of an asset.
    floors_min, held_min, marks
        When a leg of a chain, or a freight at its staging area, may end at the earliest; marks of the ledger.
    refusal
        Why the last chain failed: freight, hop, minute until which staging was full (NONE otherwise).
    held
        A freight that should reach its staging area later, and when; NONE when there is none.
    picked, found, is_found, keys
        Units picked in a step, those among which some are picked, and the order in which they are placed.
    swaps
        Pairs of units and how often they have changed places.
    """

    delay_min: Floats
    price: Floats
    toll_min: Floats
    entries: Records
    entry_rides: Records
    entry_count: Ints
    drafts: Records
    draft_before: Ints
    draft_stage: Ints
    is_draft: Flags
    draft_count: Ints
    best: Ints
    chosen: Ints
    ranked: Ints
    rank: Floats
    gap_start_min: Ints
    gap_latest_min: Ints
    extra_min: Ints
    floors_min: Ints
    held_min: Ints
    marks: Ints
    refusal: Ints
    held: Ints
    picked: Ints
    found: Ints
    is_found: Flags
    keys: Ints
    swaps: Ints


class Settings(NamedTuple):
    """What distinguishes one placement of the search from another.

    Attributes
    ----------
    patience
        How much later a load may arrive with a voyage that is there already than on one opened for it, as a multiple of
        the duration of that voyage.
    breadth
        How many chains of legs are tried for a load.
    noise
        Spread of the random factor on the expected duration of a chain.
    thrift
        How much the delay that the use of scarce assets causes elsewhere counts beside a load's own.
    """

    patience: float = 1.0
    breadth: int = 12
    noise: float = 0.0
    thrift: float = 0.0
