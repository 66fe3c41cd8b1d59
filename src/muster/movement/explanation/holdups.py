"""What keeps a load from starting a step earlier than it does, minute by minute, from problem and plan alone.

Theory of operation: between the minute at which a load could go on and the minute at which it does, each cause
forbids some starting minutes, with everything else of the plan left as it is. A permit forbids all minutes from which
the border would be met too soon; a full berth all minutes from which the load would lie alongside while others fill it;
a fleet all minutes at which none of its assets has a gap long enough to come, load, travel, unload and be where it is
due next. Each minute of the wait is charged to the first cause that forbids it; what none forbids is the plan's own
choice. Causes with a fixed end come first, soonest end first, so that each is charged only what it adds; then full
places, then assets.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from muster.movement.checks.borders import entries, is_under, permits_of
from muster.movement.checks.facts import Facts, Ride, Travel, Trip, gather, ways_of
from muster.movement.checks.places import STAGING_KINDS, Use, counts_for, list_uses, uses_of
from muster.movement.checks.priority import ready_min
from muster.movement.checks.units import is_bound
from muster.movement.explanation.fleet_gaps import assets_at, fleet_spans, trips_by_asset
from muster.movement.explanation.full_places import Span, full_spans, holders_of, joined
from muster.movement.plan import Plan
from muster.movement.problem import OverrideKind, Permit, Problem, Resource, ResourceKind


class Cause(StrEnum):
    """Why a load waits."""

    READY = "ready"
    """Its line is not ready."""
    PREDECESSOR = "predecessor"
    """A line for which its line waits has not closed."""
    LOCK = "lock"
    """The planner locked the start."""
    JOIN = "join"
    """Another load of its line has not reached the staging area."""
    INTEGRATION = "integration"
    """Its line is being integrated at the staging area."""
    PERMIT = "permit"
    CAVEAT = "caveat"
    RESOURCE = "resource"
    """A place on its way is full or closed."""
    STAGING = "staging"
    """The place where it would wait next is full."""
    PRIORITY = "priority"
    """A more urgent line takes the voyage."""
    FLEET = "fleet"
    """No asset is free for it."""
    VOYAGE = "voyage"
    """A load that shares its voyage is not ready."""
    TOGETHER = "together"
    """It would come too long before the rest of its line."""
    CHOICE = "choice"
    """Nothing in the rules: the plan's own timing."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A load waits before a step, for one cause.

    Attributes
    ----------
    what
        The permit, caveat, override, resource, fleet or load waited for; empty where the cause says it all.
    start_min, end_min
        From the first minute charged to the cause to the last; other causes may hold in between.
    minutes
        Minutes charged to the cause.
    holders
        Who held what was waited for, most first.
    """

    load_id: str
    leg: str
    place: str
    cause: Cause
    what: str
    start_min: int
    end_min: int
    minutes: int
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdup:
    """A cause, and the starting minutes that it forbids."""

    cause: Cause
    what: str
    spans: Sequence[Span]
    holders: Callable[[int, int], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Problem and plan, looked up once for many questions.

    Attributes
    ----------
    trips_of, trips_on, uses
        Trips by asset, loaded trips by leg, and uses by resource, each in the order in which they start.
    longest_min
        How long the longest use of a resource lasts.
    """

    facts: Facts
    trips_of: Mapping[str, Sequence[Trip]]
    trips_on: Mapping[str, Sequence[Trip]]
    uses: Mapping[str, Sequence[Use]]
    longest_min: Mapping[str, int]
    ways: Mapping[str, Mapping[str, int]]
    permits: Mapping[tuple[str, str], Sequence[Permit]]


def open_book(problem: Problem, plan: Plan) -> Book:
    """Look everything up that waits are explained from."""
    facts = gather(problem, plan)
    uses = {resource.resource_id: sorted(used, key=lambda use: use.start_min) for resource, used in list_uses(facts)}
    trips_on: dict[str, list[Trip]] = {}
    for trip in sorted(facts.trips.values(), key=lambda trip: trip.voyage.load_start_min):
        if trip.leg is not None:
            trips_on.setdefault(trip.leg.leg_id, []).append(trip)
    longest_min = {
        name: max(0 if use.end_min is None else use.end_min - use.start_min for use in used)
        for name, used in uses.items()
    }
    return Book(facts, trips_by_asset(facts), trips_on, uses, longest_min, ways_of(problem), permits_of(problem))


def waits_before(book: Book, travel: Travel, ride: Ride, *, with_holders: bool = True) -> tuple[Wait, ...]:
    """Every wait of a load before one of its steps, in the order in which they begin.

    Parameters
    ----------
    with_holders
        Whether to tell who held what was waited for, which takes most of the time.
    """
    start_min = ride.step.start_min
    ready = travel.line.ready_min if ride.index == 0 else travel.move.steps[ride.index - 1].end_min
    waits = (
        [_wait(ride, Holdup(Cause.READY, travel.line.uln, ()), [(0, min(ready, start_min))])] if ride.index == 0 else []
    )
    if start_min > ready:
        holdups = chain(
            _certain(book, travel, ride),
            _places(book, ride, ready),
            _assets(book, travel, ride, ready),
            _together(book, travel, ride),
        )
        charged = _charged(holdups, ready, start_min)
        waits += [_wait(ride, holdup, spans, with_holders=with_holders) for holdup, spans in charged]
    return tuple(wait for wait in sorted(waits, key=lambda wait: wait.start_min) if wait.minutes > 0)


def _wait(ride: Ride, holdup: Holdup, spans: Sequence[Span], *, with_holders: bool = True) -> Wait:
    minutes = sum(end - start for start, end in spans)
    first, last = spans[0][0], spans[-1][1]
    holders = () if holdup.holders is None or not with_holders else holdup.holders(first, last)
    return Wait(
        ride.load.load_id, ride.leg.leg_id, ride.leg.origin, holdup.cause, holdup.what, first, last, minutes, holders
    )


def _charged(holdups: Iterable[Holdup], start_min: int, end_min: int) -> Iterator[tuple[Holdup, list[Span]]]:
    """Charge each minute of ``[start_min, end_min)`` to the first cause that forbids it; ask no further than needed."""
    left: list[Span] = [(start_min, end_min)]
    for holdup in holdups:
        taken, left = cut(left, joined(holdup.spans))
        if taken:
            yield holdup, taken
        if not left:
            return
    yield Holdup(Cause.CHOICE, "", ()), left


def cut(left: Iterable[Span], by: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Cut spans by other spans, both sorted and without overlap: what lies inside them, and what lies outside."""
    inside: list[Span] = []
    outside: list[Span] = []
    for start, end in left:
        at = start
        for span_start, span_end in by:
            first, last = max(span_start, at), min(span_end, end)
            if last > first:
                if first > at:
                    outside.append((at, first))
                inside.append((first, last))
                at = last
        if at < end:
            outside.append((at, end))
    return inside, outside


def _certain(book: Book, travel: Travel, ride: Ride) -> list[Holdup]:
    """Causes with a fixed end, soonest end first."""
    ends = sorted(_fixed_ends(book, travel, ride), key=lambda end: end[2])
    return [Holdup(cause, what, [(0, until_min)]) for cause, what, until_min in ends if until_min > 0]


def _fixed_ends(book: Book, travel: Travel, ride: Ride) -> Iterator[tuple[Cause, str, int]]:
    facts, line = book.facts, travel.line
    for override in facts.problem.overrides:
        is_lock = override.kind is OverrideKind.LOCK and override.start_min is not None
        if is_lock and ride.index == 0 and is_bound(travel, override):
            yield Cause.LOCK, override.override_id, override.start_min or 0
    for uln in line.after if ride.index == 0 else ():
        yield Cause.PREDECESSOR, uln, facts.closed_min(uln) or 0
    if travel.staged_after == ride.index:
        last = last_to_join(facts, line.uln)
        if last is not None and last.staged_min is not None:
            yield Cause.JOIN, last.load.load_id, last.staged_min
            yield Cause.INTEGRATION, line.uln, last.staged_min + line.integration_min
    loading_min = ride.step.departure_min - ride.step.start_min
    for country, after_min in entries(ride.leg, 0, ride.travel_min or 0):
        for permit in book.permits.get((line.nation, country), ()):
            if permit.granted_min is not None:
                yield Cause.PERMIT, permit.permit_id, permit.granted_min - loading_min - after_min
    for caveat in facts.problem.caveats:
        if caveat.allowed_from_min is not None and is_under(ride, caveat):
            yield Cause.CAVEAT, caveat.caveat_id, caveat.allowed_from_min


def last_to_join(facts: Facts, uln: str) -> Travel | None:
    """The load by which a line has all come to its staging area; None where none passes there."""
    staged = [travel for travel in facts.travels_of[uln] if travel.staged_min is not None]
    return max(staged, key=lambda travel: travel.staged_min or 0, default=None)


def _places(book: Book, ride: Ride, ready: int) -> Iterator[Holdup]:
    """Full or closed places on the way and where the load waits next, the one that forbids most first."""
    start_min = ride.step.start_min
    found: list[tuple[int, Holdup]] = []
    for resource, own in _taken(book, ride):
        others = _others(book, resource, own, start_min - ready)
        spans = joined(span for use in own for span in full_spans(resource, use, others, start_min, ready))
        inside, _ = cut([(ready, start_min)], spans)
        if inside:
            cause = Cause.STAGING if resource.kind in STAGING_KINDS else Cause.RESOURCE
            holders = _holders(resource, own, others, start_min)
            found.append(
                (sum(end - start for start, end in inside), Holdup(cause, resource.resource_id, spans, holders))
            )
    found.sort(key=lambda pair: -pair[0])
    yield from (holdup for _, holdup in found)


def _others(book: Book, resource: Resource, own: Sequence[Use], earlier_min: int) -> list[Use]:
    """Other uses of a resource that the step could meet if it started so much earlier, or less, or as planned."""
    uses, users = book.uses.get(resource.resource_id, ()), {use.user for use in own}
    margin_min = resource.period_min or book.longest_min.get(resource.resource_id, 0)
    from_min = min(use.start_min for use in own) - earlier_min - margin_min
    until_min = max(use.start_min + 1 if use.end_min is None else use.end_min for use in own) + margin_min
    first, last = (bisect_left(uses, minute, key=lambda use: use.start_min) for minute in (from_min, until_min))
    return [use for use in uses[first:last] if use.user not in users]


def _holders(
    resource: Resource, own: Sequence[Use], others: Sequence[Use], start_min: int
) -> Callable[[int, int], tuple[str, ...]]:
    return lambda first, last: holders_of(resource, own, others, first - start_min, last - start_min)


def _taken(book: Book, ride: Ride) -> list[tuple[Resource, list[Use]]]:
    """What the step takes of each resource, and of the staging area where the load waits after it."""
    facts = book.facts
    aboard = () if ride.trip is None else facts.aboard.get(ride.trip.voyage.voyage_id, ())
    uses = uses_of(ride, tuple(dict.fromkeys(each.line.uln for each in aboard)))
    if ride.index + 1 < len(facts.travels[ride.load.load_id].move.steps):
        here, end_min, lines = ride.leg.destination, ride.step.end_min, (ride.line.uln,)
        for kind, amount in (
            (ResourceKind.STAGING_VEHICLES, ride.load.vehicles),
            (ResourceKind.STAGING_PEOPLE, ride.load.people),
        ):
            uses.append(Use(here, kind, end_min, end_min, amount, ride.load.load_id, lines, None))
    taken: dict[str, tuple[Resource, list[Use]]] = {}
    for use in (use for use in uses if use.amount):
        for resource in facts.problem.resources_at.get((use.place, use.kind), ()):
            if counts_for(resource, use):
                taken.setdefault(resource.resource_id, (resource, []))[1].append(use)
    return list(taken.values())


def _assets(book: Book, travel: Travel, ride: Ride, ready: int) -> Iterator[Holdup]:
    """Assets that are elsewhere, voyages that went to the more urgent, and loads that share the voyage."""
    if ride.trip is None:
        return
    facts = book.facts
    fleet = fleet_spans(facts, book.trips_of, book.ways, travel, ride, ready)
    yield from _more_urgent(book, ride, ready, fleet)

    def elsewhere(first_min: int, last_min: int) -> tuple[str, ...]:
        return assets_at(facts, book.trips_of, travel, ride, first_min, last_min)

    yield Holdup(Cause.FLEET, ride.trip.asset.fleet_id, fleet, elsewhere)
    for other_ride in facts.aboard.get(ride.trip.voyage.voyage_id, ()):
        if other_ride.load is not ride.load:
            other_ready = ready_min(facts, facts.travels[other_ride.load.load_id], other_ride.index)
            yield Holdup(Cause.VOYAGE, other_ride.load.load_id, [(0, other_ready)])


def _more_urgent(book: Book, ride: Ride, ready: int, fleet: Sequence[Span]) -> Iterator[Holdup]:
    """Voyages of the same leg that left with more urgent loads while no other asset was free, the last one first."""
    start_min, trips = ride.step.start_min, book.trips_on.get(ride.leg.leg_id, ())
    first, last = (
        bisect_left(trips, minute, key=lambda trip: trip.voyage.load_start_min) for minute in (ready, start_min)
    )
    for trip in reversed(trips[first:last]):
        if trip is ride.trip or (trip.asset.users and ride.line.nation not in trip.asset.users):
            continue
        aboard = book.facts.aboard.get(trip.voyage.voyage_id, ())
        urgent = tuple(
            f"{each.load.load_id} (priority {each.line.priority})"
            for each in aboard
            if each.line.priority < ride.line.priority
        )
        if urgent:
            inside, _ = cut([(trip.voyage.load_start_min, start_min)], fleet)
            yield Holdup(Cause.PRIORITY, trip.voyage.voyage_id, inside, _always(urgent))


def _always(names: tuple[str, ...]) -> Callable[[int, int], tuple[str, ...]]:
    return lambda _start_min, _end_min: names


def _together(book: Book, travel: Travel, ride: Ride) -> Iterator[Holdup]:
    """Starts from which the load would come too long before the rest of its line."""
    line, start_min = travel.line, ride.step.start_min
    whole = book.facts.travels_of[line.uln]
    windows = [(line.destination, line.cohesion_window_min, travel.reached_min, [each.reached_min for each in whole])]
    if line.staging is not None and travel.staged_min is not None and ride.index < (travel.staged_after or 0):
        staged = [each.staged_min for each in whole if each.staged_min is not None]
        windows = [(line.staging, line.join_window_min, travel.staged_min, staged)]
    for place, window_min, own_min, arrivals in windows:
        yield Holdup(Cause.TOGETHER, place, [(0, start_min - own_min + max(arrivals) - window_min)])
