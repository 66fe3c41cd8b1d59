"""What it would take to close by a day: a cheapest set of added units that was found, and what is proved about it.

The bound says what is necessary: a line that could not make it alone, a place that holds the force up and of which no
more can be had, a least cost. The search begins with the units that the bound asks for, plans again with them, and adds
what the lines that close too late wait for longest, the most closure for the cost first. When the force closes in time,
what is not needed is taken out again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from muster.movement.formulation import Requirement, least_reinforcement
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reinforcing.reinforcement import Reinforcement
from muster.movement.reinforcing.reinforcement_search import Trials, as_added, cheap_units, unavoidable_weight
from muster.movement.score import score
from muster.movement.solve import Result


class Answer(StrEnum):
    """What came out."""

    ALREADY = "already"
    """The plan closes by then as it is."""
    FOUND = "found"
    NOT_FOUND = "not found"
    """Nothing was found, and it is not proved that there is nothing."""
    IMPOSSIBLE = "impossible"
    """Proved: whatever is added of what can be had, not every line closes by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBy:
    """What it would take to close by a day.

    Attributes
    ----------
    closure_min
        Of the plan as it is.
    requirement
        What is proved to be necessary; None where the plan closes by then as it is.
    added
        The cheapest units found, or where none were enough, those that came nearest.
    cost
        What they cost together.
    result
        The plan with them; None where nothing was planned.
    is_minimal
        Whether without any one of the units the force does not close by then, planned with the same effort; False where
        the work was stopped before that was known.
    """

    by_min: int
    closure_min: int
    answer: Answer
    requirement: Requirement | None = None
    added: tuple[Reinforcement, ...] = ()
    cost: int = 0
    result: Result | None = None
    is_minimal: bool = False

    @property
    def is_cheapest(self) -> bool:
        """Whether it is proved that nothing cheaper is enough."""
        least = None if self.requirement is None else self.requirement.cost
        return self.answer is Answer.FOUND and least is not None and self.cost <= least


def close_by(
    problem: Problem,
    plan: Plan,
    by_min: int,
    *,
    costs: Mapping[str, int],
    seed: int,
    steps: int,
    proof_time_limit_s: float = 60.0,
    on_trial: Callable[[tuple[Reinforcement, ...], int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> CloseBy:
    """Find a cheap reinforcement with which every line that can move closes by a minute.

    Parameters
    ----------
    costs
        Of one more unit, at least 1, of each resource and fleet of which more can be had.
    steps
        Steps of improvement of each search; all plans get as many.
    proof_time_limit_s
        Seconds for proving what is necessary.
    on_trial
        Told about every plan: the units added, and its closure.
    should_stop
        Asked between two proofs and between two steps; the best by then is the result.
    """
    now = score(problem, plan)
    if now.closure_min <= by_min and now.unmet_weight <= unavoidable_weight(problem):
        return CloseBy(by_min=by_min, closure_min=now.closure_min, answer=Answer.ALREADY)
    requirement = least_reinforcement(problem, costs, by_min, time_limit_s=proof_time_limit_s, should_stop=should_stop)
    if requirement.cost is None:
        return CloseBy(by_min=by_min, closure_min=now.closure_min, answer=Answer.IMPOSSIBLE, requirement=requirement)
    trials = Trials(problem, plan, by_min, costs, seed, steps, on_trial, should_stop)
    start = {each.name: each.units for each in requirement.units}
    found, is_minimal = cheap_units(trials, start, requirement.cost)
    units = found or {}
    result = None if found is None else trials.plan(units)
    return CloseBy(
        by_min=by_min,
        closure_min=now.closure_min,
        answer=Answer.FOUND if found is not None and trials.closes(found) else Answer.NOT_FOUND,
        requirement=requirement,
        added=as_added(units),
        cost=trials.cost(units),
        result=result,
        is_minimal=is_minimal,
    )
