"""Why the force closes when it does: the chain of moves and waits that ends with the load that arrives last.

Theory of operation: the chain is followed backwards. Before each leg stands one question, what forbade the load to
start a minute earlier, and :mod:`muster.movement.explanation.holdups` answers it. A busy fleet leads to the voyage that
its asset made before, a full place to whoever left it last, a shared voyage to the load that was ready last, the
staging area to the load that joined last, a line that must close before to the load that closed it; permits, dates and
the plan's own choice lead back to the load's own leg before. Each link begins where the next one in time ended, so that
the minutes of all of them are exactly those from the ready date at which the chain begins to the closure.
"""

from collections import defaultdict
from dataclasses import dataclass

from muster.measures import Timeline
from muster.movement.checks.facts import Ride, Travel
from muster.movement.checks.finding import duration
from muster.movement.explanation.explain import sentence
from muster.movement.explanation.holdups import Book, Cause, Wait
from muster.movement.explanation.predecessors import Origin, before, deciding_wait, led_to
from muster.movement.explanation.waiting import held_by
from muster.movement.problem import Line


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


def _backwards(book: Book, last: Travel) -> tuple[tuple[Link, ...], Line]:
    """Links from a ready date to the closure, found from their end, and the line that was ready then."""
    links: list[Link] = []
    line, origin, seen = last.line, before(last, len(last.rides)), set[tuple[str, int]]()
    while origin.ride is not None:
        ride, at_min = origin.ride, origin.minute
        line = ride.line
        if origin.is_end:
            at_min = min(ride.step.start_min, origin.minute)
            links.append(_link(ride, at_min, origin.minute, what=_carrier(ride)))
        seen.add((ride.load.load_id, ride.index))
        wait = deciding_wait(book, ride)
        led = None if wait is None else led_to(book, ride, wait)
        is_new = led is not None and (led.ride is None or (led.ride.load.load_id, led.ride.index) not in seen)
        own = before(book.facts.travels[ride.load.load_id], ride.index)
        origin = led if led is not None and is_new and led.minute <= at_min else own
        origin = Origin(origin.ride, min(origin.minute, at_min), origin.is_end)
        if wait is not None and origin.minute < at_min:
            other = origin.ride is not None and origin.ride.load is not ride.load
            behind = origin.ride.load.load_id if origin.ride is not None and other else ""
            links.append(_link(ride, origin.minute, at_min, cause=wait.cause, what=wait.what, behind=behind))
    return tuple(reversed(links)), line


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
