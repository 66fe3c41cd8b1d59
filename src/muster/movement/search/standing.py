"""The standing plan: how much of a line is booked otherwise than it stands there."""

from muster.movement.search.compiled import compiled
from muster.movement.search.journeys import ride_count
from muster.movement.search.tables import NONE, Books, Tables


@compiled
def legs_moved(tables: Tables, books: Books, unit: int) -> int:
    """How many legs of the standing plan a line does not make as they stand there; all where it is not placed."""
    left = tables.standing_legs[unit]
    if left <= 0 or books.closed_min[unit] == NONE:
        return int(max(0, left))
    kept = 0
    for freight in range(tables.units[unit].freights_first, tables.units[unit].freights_last):
        first = tables.freights[freight].slot
        for slot in range(first, first + ride_count(tables, books, freight)):
            if _is_kept(tables, books, slot):
                kept += 1
    return int(left - kept)


@compiled
def _is_kept(tables: Tables, books: Books, slot: int) -> bool:
    """Whether a ride has leg, asset and minutes of the standing plan; what has happened does not count."""
    stands, ride = tables.standing_rides[slot], books.rides[slot]
    if stands.stage != ride.stage or tables.options[ride.option].is_fixed:
        return False
    return bool(
        stands.diary == ride.diary
        and stands.start_min == ride.start_min
        and stands.departure_min == ride.departure_min
        and stands.arrival_min == ride.arrival_min
        and stands.end_min == ride.end_min
    )
