"""Why the force closes when it does: the chain of moves and waits that ends with the load that arrives last.

Theory of operation: the chain is followed backwards. Before each leg stands one question, what forbade the load to
start a minute earlier, and :mod:`muster.movement.holdups` answers it. A busy fleet leads to the voyage that its asset
made before, a full place to whoever left it last, a shared voyage to the load that was ready last, the staging area to
the load that joined last; permits, dates and the plan's own choice lead back to the load's own leg before. Each link
begins where the next one in time ended, so that the minutes of all of them are exactly those from the ready date at
which the chain begins to the closure.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from muster.measures import Timeline
from muster.movement.checks.facts import Facts, Ride, Travel, Trip
from muster.movement.checks.finding import duration
from muster.movement.checks.places import Use, counts_for, uses_of
from muster.movement.checks.priority import ready_min
from muster.movement.explain import sentence
from muster.movement.holdups import Book, Cause, Wait, last_to_join, waits_before
from muster.movement.problem import Line, Resource
from muster.movement.waiting import held_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A stretch of the chain in which one load moves or waits.

    Attributes
    ----------
    leg
        The leg that it makes, or waits for.
    cause
        What held the load up at the end of its wait; None where it moves.
    what
        For a wait, what was waited for; for a move, the asset and voyage, or ``itself``.
    behind
        The load of the link before, where it is another one.
    """

    load_id: str
    leg: str
    origin: str
    destination: str
    cause: Cause | None
    what: str
    start_min: int
    end_min: int
    behind: str = ""

    @property
    def minutes(self) -> int:
        """How much of the closure it answers for."""
        return self.end_min - self.start_min


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalChain:
    """From the ready date of one line to the closure of the force.

    Attributes
    ----------
    uln
        The line that closes last.
    begins_with
        The line at whose ready date the chain begins.
    links
        In the order of time; each begins where the one before ends.
    """

    uln: str
    begins_with: str
    begin_min: int
    closure_min: int
    links: tuple[Link, ...]


def critical_chain(book: Book) -> CriticalChain | None:
    """The critical chain of a plan; None where nothing moves."""
    travels = book.facts.travels.values()
    last = max(travels, key=lambda travel: travel.reached_min, default=None)
    if last is None:
        return None
    links, first = _backwards(book, last)
    return CriticalChain(
        uln=last.line.uln,
        begins_with=first.uln,
        begin_min=links[0].start_min if links else last.reached_min,
        closure_min=last.reached_min,
        links=links,
    )


def shares(chain: CriticalChain) -> tuple[tuple[str, int], ...]:
    """Minutes of a chain by what was waited for, the most first; moves are told together as ``moving``."""
    minutes: dict[str, int] = defaultdict(int)
    for link in chain.links:
        minutes["moving" if link.cause is None else held_by(link.cause, link.what)] += link.minutes
    return tuple(sorted(minutes.items(), key=lambda share: (-share[1], share[0])))


def chain_as_text(chain: CriticalChain, timeline: Timeline) -> str:
    """The chain as lines of text, in the order of time."""
    label = timeline.label
    total = duration(chain.closure_min - chain.begin_min)
    head = (
        f"The force closes at {label(chain.closure_min)} with line {chain.uln}. The chain behind it begins when line "
        f"{chain.begins_with} is ready at {label(chain.begin_min)} and takes {total}:"
    )
    parts = ", ".join(f"{name} {duration(minutes)}" for name, minutes in shares(chain))
    return "\n".join([head, *(f"  {_told(link, timeline)}" for link in chain.links), f"In all: {parts}."]) + "\n"


def _told(link: Link, timeline: Timeline) -> str:
    if link.cause is None:
        when = f"{timeline.label(link.start_min)} to {timeline.label(link.end_min)}"
        way = f"from {link.origin} to {link.destination}"
        return f"{link.load_id} moved {duration(link.minutes)} {way} ({when}) by {link.what}."
    behind = (f"behind {link.behind}",) if link.behind else ()
    wait = Wait(
        link.load_id, link.leg, link.origin, link.cause, link.what, link.start_min, link.end_min, link.minutes, behind
    )
    return sentence(wait, timeline)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What came before a minute: the end or the start of a ride, or where ``ride`` is None the line's ready date."""

    ride: Ride | None
    minute: int
    is_end: bool = True


def _backwards(book: Book, last: Travel) -> tuple[tuple[Link, ...], Line]:
    """Links from a ready date to the closure, found from their end, and the line that was ready then."""
    links: list[Link] = []
    line, origin, seen = last.line, _before(last, len(last.rides)), set[tuple[str, int]]()
    while origin.ride is not None:
        ride, at_min = origin.ride, origin.minute
        line = ride.line
        if origin.is_end:
            at_min = min(ride.step.start_min, origin.minute)
            links.append(_link(ride, at_min, origin.minute, what=_carrier(ride)))
        seen.add((ride.load.load_id, ride.index))
        wait = _deciding_wait(book, ride)
        led = None if wait is None else _led_to(book, ride, wait)
        is_new = led is not None and (led.ride is None or (led.ride.load.load_id, led.ride.index) not in seen)
        own = _before(book.facts.travels[ride.load.load_id], ride.index)
        origin = led if led is not None and is_new and led.minute <= at_min else own
        origin = _Origin(origin.ride, min(origin.minute, at_min), origin.is_end)
        if wait is not None and origin.minute < at_min:
            other = origin.ride is not None and origin.ride.load is not ride.load
            behind = origin.ride.load.load_id if origin.ride is not None and other else ""
            links.append(_link(ride, origin.minute, at_min, cause=wait.cause, what=wait.what, behind=behind))
    return tuple(reversed(links)), line


def _before(travel: Travel, index: int) -> _Origin:
    """What a load did before one of its steps."""
    return (
        _Origin(travel.rides[index - 1], travel.move.steps[index - 1].end_min)
        if index
        else _Origin(None, travel.line.ready_min)
    )


def _deciding_wait(book: Book, ride: Ride) -> Wait | None:
    """The wait to which the last minute before a ride is charged; None where the load started as soon as it could."""
    waits = waits_before(book, book.facts.travels[ride.load.load_id], ride, with_holders=False)
    decides = (wait for wait in waits if wait.end_min == ride.step.start_min and wait.cause is not Cause.READY)
    return next(decides, None)


def _led_to(book: Book, ride: Ride, wait: Wait) -> _Origin | None:
    """What a wait was for, as something that came before; None where it leads to no other load."""
    facts = book.facts
    match wait.cause:
        case Cause.JOIN | Cause.INTEGRATION:
            last = last_to_join(facts, ride.line.uln)
            return None if last is None or last.staged_after is None else _before(last, last.staged_after)
        case Cause.VOYAGE:
            other = next((each for each in _aboard(facts, ride.trip) if each.load.load_id == wait.what), None)
            return None if other is None else _Origin(other, ride.step.start_min, is_end=False)
        case Cause.FLEET:
            return _after(_last_ready(facts, _trip_before(book, ride)), ride.step.start_min)
        case Cause.PRIORITY:
            return _since(_last_ready(facts, facts.trips[wait.what]), ride.step.start_min)
        case Cause.RESOURCE:
            return _holder(book, ride, facts.problem.resource_of[wait.what])
        case _:
            return None


def _after(ride: Ride | None, start_min: int) -> _Origin | None:
    """The end of a ride as what came before; while it lasted, its start."""
    if ride is None or ride.step.end_min > start_min:
        return _since(ride, start_min)
    return _Origin(ride, ride.step.end_min)


def _since(ride: Ride | None, start_min: int) -> _Origin | None:
    """The start of a ride as what came before."""
    return None if ride is None or ride.step.start_min >= start_min else _Origin(ride, ride.step.start_min, False)


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


def _holder(book: Book, ride: Ride, resource: Resource) -> _Origin | None:
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


def _carrier(ride: Ride) -> str:
    return "itself" if ride.trip is None else f"{ride.trip.asset.asset_id} on {ride.trip.voyage.voyage_id}"


def _link(ride: Ride, start_min: int, end_min: int, *, cause: Cause | None = None, what: str, behind: str = "") -> Link:
    return Link(
        load_id=ride.load.load_id,
        leg=ride.leg.leg_id,
        origin=ride.leg.origin,
        destination=ride.leg.destination,
        cause=cause,
        what=what,
        start_min=start_min,
        end_min=end_min,
        behind=behind,
    )
