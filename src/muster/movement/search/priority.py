"""Who takes whose place: the rule ``priority_order`` as the search sees it."""

from collections.abc import Iterator, Mapping

from muster.movement.search.choices import Freight, Unit
from muster.movement.search.diary import Trip
from muster.movement.search.ledger import Journey
from muster.movement.search.rides import Ride


def overtakings(units: list[Unit], journeys: Mapping[Freight, Journey]) -> Iterator[tuple[Ride, Ride]]:
    """Rides of loads that wait in vain, each with the ride of a less urgent load that took its place."""
    moved = [unit for unit in units if all(freight in journeys for freight in unit.freights)]
    freights = {freight.index: freight for unit in moved for freight in unit.freights}
    spare_min = {unit.index: unit.line.required_min - closed_min(unit, journeys) for unit in moved}
    for unit in moved:
        waiting = _late_by_itself(unit, journeys) if spare_min[unit.index] < 0 else None
        if waiting is None:
            continue
        for ride, ready_min in _ready_rides(unit, waiting, journeys):
            rival = _rival(ride, ready_min, freights, journeys, spare_min)
            if rival is not None:
                yield ride, rival


def closed_min(unit: Unit, journeys: Mapping[Freight, Journey]) -> int:
    """When the last load of a line reaches its destination."""
    return max((_reached_min(unit, journeys[freight]) for freight in unit.freights), default=unit.line.ready_min)


def _reached_min(unit: Unit, journey: Journey) -> int:
    return journey.rides[-1].end_min if journey.rides else unit.line.ready_min


def _staged_min(unit: Unit, journey: Journey) -> int | None:
    if not journey.way.is_staged:
        return None
    return journey.rides[len(journey.way.before) - 1].end_min if journey.way.before else unit.line.ready_min


def _late_by_itself(unit: Unit, journeys: Mapping[Freight, Journey]) -> Freight | None:
    """The load that alone is last at the staging area, or without one at the destination."""
    reached: list[tuple[int, Freight]] = []
    for freight in unit.freights:
        journey = journeys[freight]
        at_min = _reached_min(unit, journey) if unit.line.staging is None else _staged_min(unit, journey)
        if at_min is not None:
            reached.append((at_min, freight))
    if not reached:
        return None
    last_min, last = max(reached, key=lambda pair: pair[0])
    return last if sum(at_min == last_min for at_min, _ in reached) == 1 else None


def _ready_rides(unit: Unit, freight: Freight, journeys: Mapping[Freight, Journey]) -> Iterator[tuple[Ride, int]]:
    """The rides of a load on voyages, each with the minute at which the load was ready for it."""
    journey = journeys[freight]
    ready_min = unit.line.ready_min
    for index, ride in enumerate(journey.rides):
        if journey.way.is_staged and index == len(journey.way.before):
            staged = (_staged_min(unit, journeys[other]) for other in unit.freights)
            joined_min = max(minute for minute in staged if minute is not None)
            ready_min = max(ready_min, joined_min + unit.line.integration_min)
        if ride.trip is not None and not (index == 0 and freight.locked_min):
            yield ride, ready_min
        ready_min = max(unit.line.ready_min, ride.end_min)


def _rival(
    ride: Ride,
    ready_min: int,
    freights: Mapping[int, Freight],
    journeys: Mapping[Freight, Journey],
    spare_min: Mapping[int, int],
) -> Ride | None:
    """The ride of the first load that took this one's place."""
    freight = ride.freight
    for trip in ride.hop.trips:
        later_min = ride.departure_min - trip.departure_min
        if later_min <= 0 or trip.start_min < ready_min or not _may_board(freight, trip):
            continue
        for index in sorted(trip.loads):
            other = freights.get(index)
            if (
                other is not None
                and other.unit.line.priority > freight.unit.line.priority
                and 0 < later_min <= spare_min[other.unit.index]
                and _fits_instead(freight, other, trip)
            ):
                return next(own for own in journeys[other].rides if own.trip is trip)
    return None


def _may_board(freight: Freight, trip: Trip) -> bool:
    """Whether permits, caveats, overrides and the kind of asset allow a load on a voyage."""
    for option in freight.options[id(trip.service.hop)]:
        if option.service is trip.service:
            return trip.diary.index in option.allowed and trip.start_min >= option.least_start_min
    return False


def _fits_instead(freight: Freight, other: Freight, trip: Trip) -> bool:
    """Whether a load would fit into a voyage once another is off it."""
    if trip.cargo is not None and trip.cargo is not freight.load.cargo and len(trip.loads) > 1:
        return False
    return all(
        needed <= left + freed for needed, left, freed in zip(freight.size, trip.room, other.size, strict=True)
    )  # fmt: skip
