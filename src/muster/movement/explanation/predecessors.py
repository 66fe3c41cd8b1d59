"""What came before a step and decided its start: another load's step, or the load's own step before."""

from collections.abc import Sequence
from dataclasses import dataclass

from muster.movement.checks.facts import Facts, Ride, Travel, Trip
from muster.movement.checks.places import Use, counts_for, uses_of
from muster.movement.checks.priority import ready_min
from muster.movement.explanation.holdups import Book, Cause, Wait, last_to_join, waits_before
from muster.movement.problem import Resource


@dataclass(frozen=True, slots=True)
class Origin:
    """What came before a minute: the end or the start of a ride, or where ``ride`` is None the line's ready date."""

    ride: Ride | None
    minute: int
    is_end: bool = True


def before(travel: Travel, index: int) -> Origin:
    """What a load did before one of its steps."""
    return (
        Origin(travel.rides[index - 1], travel.move.steps[index - 1].end_min)
        if index
        else Origin(None, travel.line.ready_min)
    )


def deciding_wait(book: Book, ride: Ride) -> Wait | None:
    """The wait to which the last minute before a ride is charged; None where the load started as soon as it could."""
    waits = waits_before(book, book.facts.travels[ride.load.load_id], ride, with_holders=False)
    decides = (wait for wait in waits if wait.end_min == ride.step.start_min and wait.cause is not Cause.READY)
    return next(decides, None)


def led_to(book: Book, ride: Ride, wait: Wait) -> Origin | None:
    """What a wait was for, as something that came before; None where it leads to no other load."""
    facts = book.facts
    match wait.cause:
        case Cause.JOIN | Cause.INTEGRATION:
            last = last_to_join(facts, ride.line.uln)
            return None if last is None or last.staged_after is None else before(last, last.staged_after)
        case Cause.PREDECESSOR:
            closing = max(facts.travels_of[wait.what], key=lambda travel: travel.reached_min)
            return before(closing, len(closing.rides))
        case Cause.VOYAGE:
            other = next((each for each in _aboard(facts, ride.trip) if each.load.load_id == wait.what), None)
            return None if other is None else Origin(other, ride.step.start_min, is_end=False)
        case Cause.FLEET:
            return _after(_last_ready(facts, _trip_before(book, ride)), ride.step.start_min)
        case Cause.PRIORITY:
            return _since(_last_ready(facts, facts.trips[wait.what]), ride.step.start_min)
        case Cause.RESOURCE:
            return _holder(book, ride, facts.problem.resource_of[wait.what])
        case _:
            return None


def _after(ride: Ride | None, start_min: int) -> Origin | None:
    """The end of a ride as what came before; while it lasted, its start."""
    if ride is None or ride.step.end_min > start_min:
        return _since(ride, start_min)
    return Origin(ride, ride.step.end_min)


def _since(ride: Ride | None, start_min: int) -> Origin | None:
    """The start of a ride as what came before."""
    return None if ride is None or ride.step.start_min >= start_min else Origin(ride, ride.step.start_min, False)


def _aboard(facts: Facts, trip: Trip | None) -> Sequence[Ride]:
    return () if trip is None else facts.aboard.get(trip.voyage.voyage_id, ())


def _last_ready(facts: Facts, trip: Trip | None) -> Ride | None:
    """The load aboard that was ready last, for which the voyage waited if it waited for any."""
    return max(
        _aboard(facts, trip),
        key=lambda each: ready_min(facts, facts.travels[each.load.load_id], each.index),
        default=None,
    )


def _trip_before(book: Book, ride: Ride) -> Trip | None:
    """The loaded trip that the asset of a ride made before it."""
    if ride.trip is None:
        return None
    start_min = ride.step.start_min
    before = [
        trip
        for trip in book.trips_of[ride.trip.asset.asset_id]
        if trip.leg is not None and trip.voyage.unload_end_min <= start_min and trip is not ride.trip
    ]
    return before[-1] if before else None


def _holder(book: Book, ride: Ride, resource: Resource) -> Origin | None:
    """Who left a full place so that a ride could use it: of those that started before it, the last to start.

    One that held the place until its leg was over counts to its end, one that only passed counts from its start.
    """
    start_min = ride.step.start_min
    own = [use for use in uses_of(ride, ()) if _is_of(resource, use)]
    others = book.uses.get(resource.resource_id, ())
    left = [use for use in others for mine in own if use.user != mine.user and _made_way(resource, use, mine)]
    rides = [(holder, use) for use in left if (holder := _ride_of(book.facts, use)) is not None]
    earlier = [(holder, use) for holder, use in rides if holder.step.start_min < start_min]
    if not earlier:
        return None
    holder, use = max(earlier, key=lambda pair: pair[0].step.start_min)
    return (_after if use.end_min == holder.step.end_min else _since)(holder, start_min)


def _is_of(resource: Resource, use: Use) -> bool:
    return use.place == resource.place and use.kind is resource.kind and counts_for(resource, use)


def _made_way(resource: Resource, use: Use, mine: Use) -> bool:
    """Whether a use ended as another began; where amounts are counted, whether it fell into the period before."""
    if resource.period_min is None:
        return use.end_min == mine.start_min
    return mine.start_min % resource.period_min == 0 and 0 < mine.start_min - use.start_min <= resource.period_min


def _ride_of(facts: Facts, use: Use) -> Ride | None:
    """The ride by which a voyage or a load used a place."""
    if use.user in facts.trips:
        return _last_ready(facts, facts.trips[use.user])
    rides = facts.travels[use.user].rides if use.user in facts.travels else ()
    return next((ride for ride in rides if ride.leg.leg_id == use.leg), None)
