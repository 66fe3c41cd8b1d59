"""Why a line arrives when it does: what each of its loads waited for, and which waits decide when the line closes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from muster.measures import Timeline
from muster.movement.checks.facts import Ride, Travel
from muster.movement.checks.finding import duration
from muster.movement.explanation.holdups import Book, Cause, Wait, last_to_join, open_book, waits_before
from muster.movement.explanation.late_causes import Lateness, as_words, explain_lateness
from muster.movement.explanation.waiting import deciding_waits
from muster.movement.plan import Plan
from muster.movement.problem import Line, Problem


class UnknownLine(KeyError):
    """A line that the problem does not have."""

    def __init__(self, uln: str) -> None:
        super().__init__(uln)
        self.uln = uln

    def __str__(self) -> str:
        return f'The problem has no line "{self.uln}"; give a ULN as it stands in the lines table.'


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One leg of a load's move, and what it waited for before.

    Attributes
    ----------
    by
        The asset and voyage that carry it, or ``itself``.
    """

    leg: str
    origin: str
    destination: str
    by: str
    start_min: int
    end_min: int
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class ExplainedLoad:
    """The move of one load."""

    load_id: str
    reached_min: int
    steps: tuple[ExplainedStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a line closes when it does.

    Attributes
    ----------
    closed_min
        When its last load reaches its destination; None where the line does not move.
    late_min
        Minutes after its required date; negative before it; None where it does not move.
    unmoved_because
        Why it stays; empty where it moves.
    closing_load, joining_load
        The loads that reach the destination and the staging area last; None where none does.
    chain
        The waits that decide when the line closes, longest first: those of the load that joins last up to the staging
        area, the integration there, and those of the load that closes from there on.
    lateness
        The fewest of those waits that make up the lateness; empty where the line is not late.
    """

    uln: str
    name: str
    nation: str
    priority: int
    timeline: Timeline
    ready_min: int
    required_min: int
    closed_min: int | None
    late_min: int | None
    unmoved_because: tuple[str, ...]
    closing_load: str | None
    joining_load: str | None
    chain: tuple[Wait, ...]
    lateness: Lateness
    loads: tuple[ExplainedLoad, ...]


def explain(problem: Problem, plan: Plan, uln: str) -> Explanation:
    """Explain a line from problem and plan alone.

    Raises
    ------
    UnknownLine
        When the problem does not have the line.
    """
    line = problem.line_of.get(uln)
    if line is None:
        raise UnknownLine(uln)
    book = open_book(problem, plan)
    travels = book.facts.travels_of[uln]
    loads = tuple(_load(book, travel) for travel in travels)
    closing = max(travels, key=lambda travel: travel.reached_min, default=None)
    joining = last_to_join(book.facts, uln)
    closed_min = None if closing is None else closing.reached_min
    deciding = deciding_waits(book, {load.load_id: [step.waits for step in load.steps] for load in loads}, uln)
    return Explanation(
        uln=uln,
        name=line.name,
        nation=line.nation,
        priority=line.priority,
        timeline=problem.timeline,
        ready_min=line.ready_min,
        required_min=line.required_min,
        closed_min=closed_min,
        late_min=None if closed_min is None else closed_min - line.required_min,
        unmoved_because=() if travels else tuple(_reasons(problem, plan, line)),
        closing_load=None if closing is None else closing.load.load_id,
        joining_load=None if joining is None else joining.load.load_id,
        chain=tuple(sorted(deciding, key=lambda wait: (-wait.minutes, wait.start_min))),
        lateness=explain_lateness(deciding, 0 if closed_min is None else closed_min - line.required_min),
        loads=loads,
    )


def sentence(wait: Wait, timeline: Timeline) -> str:
    """A wait as a sentence."""
    when = f"{timeline.label(wait.start_min)} to {timeline.label(wait.end_min)}"
    by = f": {'; '.join(wait.holders)}" if wait.holders else ""
    because = _BECAUSE[wait.cause].format(what=wait.what)
    return f"{wait.load_id} waited {duration(wait.minutes)} at {wait.place} ({when}) {because}{by}."


def as_text(explanation: Explanation) -> str:
    """The whole explanation as lines of text."""
    return "\n".join(_lines(explanation)) + "\n"


_BECAUSE: Final[Mapping[Cause, str]] = {
    Cause.READY: "because line {what} was not ready",
    Cause.PREDECESSOR: "for line {what} to close",
    Cause.LOCK: "because override {what} locks its start",
    Cause.JOIN: "for load {what}, the last of its line to join",
    Cause.INTEGRATION: "while line {what} was integrated",
    Cause.PERMIT: "for permit {what}",
    Cause.CAVEAT: "because caveat {what} forbade it until then",
    Cause.RESOURCE: "for {what}, which was full or closed",
    Cause.STAGING: "for room in {what}, which was full",
    Cause.PRIORITY: "because voyage {what} went to the more urgent",
    Cause.FLEET: "for an asset such as those of {what}, all busy or out of reach",
    Cause.VOYAGE: "for load {what}, which shares its voyage",
    Cause.TOGETHER: "so that its line reaches {what} together",
    Cause.CHOICE: "by the plan's own timing; no rule forbade an earlier start",
}


def _load(book: Book, travel: Travel) -> ExplainedLoad:
    return ExplainedLoad(
        travel.load.load_id, travel.reached_min, tuple(_step(book, travel, ride) for ride in travel.rides)
    )


def _step(book: Book, travel: Travel, ride: Ride) -> ExplainedStep:
    by = "itself" if ride.trip is None else f"{ride.trip.asset.asset_id} on {ride.trip.voyage.voyage_id}"
    return ExplainedStep(
        ride.leg.leg_id,
        ride.leg.origin,
        ride.leg.destination,
        by,
        ride.step.start_min,
        ride.step.end_min,
        waits_before(book, travel, ride),
    )


def _reasons(problem: Problem, plan: Plan, line: Line) -> Iterator[str]:
    """Why a line stays: what the plan says, then what was found before planning."""
    said = [unmoved.reason for unmoved in plan.unmoved if unmoved.uln == line.uln]
    found = [no_way.reason for no_way in problem.no_ways if no_way.uln == line.uln]
    yield from dict.fromkeys((*said, *found))


def _lines(explanation: Explanation) -> Iterator[str]:
    label = explanation.timeline.label
    name = f"{explanation.uln} {explanation.name} ({explanation.nation}, priority {explanation.priority})"
    if explanation.closed_min is None or explanation.late_min is None:
        yield f"{name} does not move."
        yield from (f"  {reason}" for reason in explanation.unmoved_because)
        return
    apart = duration(abs(explanation.late_min))
    how = f"{apart} after" if explanation.late_min > 0 else f"{apart} before"
    yield f"{name} closes at {label(explanation.closed_min)}, {how} its required {label(explanation.required_min)}."
    if explanation.late_min > 0:
        yield f"The shortest list of causes for that: {as_words(explanation.lateness)}."
    yield f"The last to arrive is load {explanation.closing_load}."
    if explanation.joining_load is not None:
        yield f"The last to join at the staging area was load {explanation.joining_load}."
    if explanation.chain:
        yield ""
        yield "What decided it, longest first:"
        yield from (f"  {sentence(wait, explanation.timeline)}" for wait in explanation.chain)
    for load in explanation.loads:
        yield ""
        yield f"{load.load_id} arrives at {label(load.reached_min)}:"
        for step in load.steps:
            yield from (f"    {sentence(wait, explanation.timeline)}" for wait in step.waits)
            when = f"{label(step.start_min)} to {label(step.end_min)}"
            yield f"  {step.origin} to {step.destination} by {step.by}, {when}"
