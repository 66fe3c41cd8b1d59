"""The closure curve: how much of the force is closed, and how much was required, as time goes on; and flows by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.plan import Plan
from muster.movement.problem import Line, Problem

SHIFT_MIN: Final = 360
"""A quarter of a day."""
LONG_MOVE_MIN: Final = 90 * MINUTES_PER_DAY
"""From here on the curve is told by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """People, vehicles and mass together."""

    people: int = 0
    vehicles: int = 0
    mass_t: float = 0.0

    def __add__(self, other: "Amount") -> "Amount":
        """Add part by part."""
        return Amount(
            people=self.people + other.people,
            vehicles=self.vehicles + other.vehicles,
            mass_t=self.mass_t + other.mass_t,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureCurve:
    """Cumulated amounts at the end of each step after C-day.

    Attributes
    ----------
    closed
        Of lines all of whose loads are at their destination.
    required
        Of lines whose required date has come, those that cannot move too.
    """

    step_min: int
    closed: tuple[Amount, ...]
    required: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What is on its way over a leg during a day, of one nation."""

    leg_id: str
    day: int
    nation: str
    amount: Amount


def load_amounts(problem: Problem) -> Mapping[str, Amount]:
    """Tell what each load is, by load."""
    return {
        load.load_id: Amount(people=load.people, vehicles=load.vehicles, mass_t=load.size.mass_kg / 1000)
        for load in problem.loads
    }


def line_amount(line: Line, amounts: Mapping[str, Amount]) -> Amount:
    """Tell what a line is, all loads together."""
    return sum((amounts[load_id] for load_id in line.loads), Amount())


def closure_of_lines(problem: Problem, plan: Plan) -> Mapping[str, int]:
    """When the last load of each line that moves is at its destination, in minutes, by ULN."""
    closure_min: dict[str, int] = {}
    for move in plan.moves:
        if move.steps:
            uln = problem.load_of[move.load_id].uln
            closure_min[uln] = max(closure_min.get(uln, 0), move.steps[-1].end_min)
    for unmoved in plan.unmoved:
        closure_min.pop(unmoved.uln, None)
    return closure_min


def closure_curve(problem: Problem, closure_min: Mapping[str, int], *, end_min: int) -> ClosureCurve:
    """Tell closed and required amounts until ``end_min``."""
    step_min = SHIFT_MIN if end_min <= LONG_MOVE_MIN else MINUTES_PER_DAY
    amounts = load_amounts(problem)
    sizes = {line.uln: line_amount(line, amounts) for line in problem.lines}
    steps = -(-end_min // step_min)
    return ClosureCurve(
        step_min=step_min,
        closed=_cumulated([(minute, sizes[uln]) for uln, minute in closure_min.items()], step_min, steps),
        required=_cumulated([(line.required_min, sizes[line.uln]) for line in problem.lines], step_min, steps),
    )


def _cumulated(events: Sequence[tuple[int, Amount]], step_min: int, steps: int) -> tuple[Amount, ...]:
    """Sum of the amounts that come by the end of each step."""
    added: dict[int, Amount] = defaultdict(Amount)
    for minute, amount in events:
        step = max(0, -(-minute // step_min) - 1)
        added[step] += amount
    total, sums = Amount(), []
    for step in range(steps):
        total += added.get(step, Amount())
        sums.append(total)
    return tuple(sums)


def list_flows(problem: Problem, plan: Plan) -> tuple[Flow, ...]:
    """Flows by leg, day and nation; a load counts on every day that it is between departure and arrival."""
    amounts = load_amounts(problem)
    flows: dict[tuple[str, int, str], Amount] = defaultdict(Amount)
    for move in plan.moves:
        nation = problem.line_of[problem.load_of[move.load_id].uln].nation
        for step in move.steps:
            last_day = max(step.departure_min, step.arrival_min - 1) // MINUTES_PER_DAY
            for day in range(step.departure_min // MINUTES_PER_DAY, last_day + 1):
                flows[step.leg_id, day, nation] += amounts[move.load_id]
    return tuple(Flow(leg_id, day, nation, flows[leg_id, day, nation]) for leg_id, day, nation in sorted(flows))
