"""Who takes whose place: the rule ``priority_order`` as the search sees it."""

from muster.movement.search.compiled import compiled
from muster.movement.search.diary import starting_before
from muster.movement.search.journeys import free_min, reached_min, ride_count, staged_min
from muster.movement.search.rides import find_option
from muster.movement.search.tables import NONE, Books, Records, Tables


@compiled
def find_overtaking(tables: Tables, books: Books) -> tuple[int, int]:
    """Slots of the ride of a load that waits in vain, and of a less urgent load's that took its place; or NONE."""
    for unit in range(len(tables.units)):
        closed_min = books.closed_min[unit]
        if closed_min == NONE or closed_min <= tables.units[unit].required_min:
            continue
        last = _late_by_itself(tables, books, unit)
        if last != NONE:
            slot, rival = _overtaken_ride(tables, books, unit, last)
            if rival != NONE:
                return slot, rival
    return NONE, NONE


@compiled
def _late_by_itself(tables: Tables, books: Books, unit: int) -> int:
    """The load that alone is last at the staging area, or without one at the destination; else NONE."""
    own = tables.units[unit]
    last, last_min, is_alone = NONE, NONE, False
    for freight in range(own.freights_first, own.freights_last):
        if own.has_staging and not tables.freights[freight].is_staged:
            continue
        at_min = staged_min(tables, books, freight) if own.has_staging else reached_min(tables, books, freight)
        if at_min > last_min:
            last, last_min, is_alone = freight, at_min, True
        elif at_min == last_min:
            is_alone = False
    return last if is_alone else NONE


@compiled
def _overtaken_ride(tables: Tables, books: Books, unit: int, freight: int) -> tuple[int, int]:
    """The first ride of a load on a voyage that a less urgent load made earlier in its place, and that load's ride."""
    own, line = tables.freights[freight], tables.units[unit]
    before = 0
    if own.is_staged:
        front = tables.chains[books.journeys[freight].front]
        before = front.last - front.first
    ready_min = free_min(tables, books, unit)
    for step in range(ride_count(tables, books, freight)):
        slot = own.slot + step
        if own.is_staged and step == before:
            for place in range(line.staged_first, line.staged_last):
                joined_min = staged_min(tables, books, tables.orders[place])
                ready_min = max(ready_min, joined_min + line.integration_min)
        is_locked = step == 0 and own.locked_min != NONE
        if books.rides[slot].trip != NONE and not is_locked:
            rival = _find_rival(tables, books, books.rides[slot], ready_min)
            if rival != NONE:
                return slot, rival
        ready_min = max(line.ready_min, books.rides[slot].end_min)
    return NONE, NONE


@compiled
def _find_rival(tables: Tables, books: Books, ride: Records, ready_min: int) -> int:
    """Slot of the ride of the first load that took the place of another; else NONE."""
    stage = tables.stages[ride.stage]
    line = tables.units[tables.freights[stage.freight].unit]
    first, count = tables.hops[stage.hop].trips_first, books.hop_count[stage.hop]
    for place in range(starting_before(books, books.hop_trips, first, count, ready_min), count):
        trip = books.trips[books.hop_trips[first + place]]
        if trip.start_min >= ride.departure_min:
            break
        later_min = ride.departure_min - trip.departure_min
        if later_min <= 0 or find_option(tables, stage, trip) == NONE:
            continue
        slot = trip.aboard
        while slot != NONE:
            other = tables.stages[books.rides[slot].stage].freight
            unit = tables.freights[other].unit
            spare_min = tables.units[unit].required_min - books.closed_min[unit]
            if (
                tables.units[unit].priority > line.priority
                and later_min <= spare_min
                and _fits_instead(tables, books, stage.freight, other, books.rides[slot].trip)
            ):
                return int(slot)
            slot = books.next_aboard[slot]
    return NONE


@compiled
def _fits_instead(tables: Tables, books: Books, freight: int, other: int, index: int) -> bool:
    """Whether a load would fit into a voyage once another is off it."""
    trip = books.trips[index]
    if trip.cargo not in (NONE, tables.freights[freight].cargo) and trip.loads > 1:
        return False
    for dimension in range(tables.size.shape[1]):
        if tables.size[freight, dimension] > books.room[index, dimension] + tables.size[other, dimension]:
            return False
    return True
