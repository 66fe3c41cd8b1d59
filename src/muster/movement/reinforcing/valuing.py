"""What one more unit of a bottleneck is worth: the same problem planned with it, with the same seed and effort.

Two searches with different luck may differ by days, so a difference counts only where it is larger than what luck alone
makes: the unchanged problem is planned with several seeds, and the spread of those plans is the measure. All plans
go on from the plan whose bottlenecks they are, draw from the same seed and make the same number of steps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Self

from muster.measures import MINUTES_PER_DAY
from muster.movement.explanation.holdups import open_book
from muster.movement.explanation.waiting import waits_of_loads
from muster.movement.formulation import Bound
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reinforcing.reinforcement import MEASURES, Reinforcement, kind_of, reinforced
from muster.movement.reinforcing.shadow_prices import shadow_price_min
from muster.movement.reinforcing.unit_values import Outcome, UnitValue, UnitValues
from muster.movement.reporting.bottlenecks import Bottleneck, rank_bottlenecks
from muster.movement.reporting.usage import daily_loads
from muster.movement.solve import solve


def list_bottlenecks(problem: Problem, plan: Plan, prices: Mapping[str, float], *, most: int) -> tuple[Bottleneck, ...]:
    """The resources and fleets that bind or are waited for, the worst first: by part in the bound, then by waiting.

    Parameters
    ----------
    prices
        Part in the bound by resource or fleet, from :func:`muster.movement.reporting.bottlenecks.prices_of`.
    """
    book = open_book(problem, plan)
    waits = [wait for steps in waits_of_loads(book).values() for step in steps for wait in step]
    days = max((move.steps[-1].end_min for move in plan.moves if move.steps), default=0) // MINUTES_PER_DAY + 1
    ranked = rank_bottlenecks(book.facts, daily_loads(book.facts, days=days), waits, prices)
    return tuple(row for row in ranked if row.price or row.waiting_load_d > 0)[:most]


def value_units(
    problem: Problem,
    plan: Plan,
    bottlenecks: Sequence[Bottleneck],
    bound: Bound | None,
    *,
    seeds: Sequence[int],
    steps: int,
    on_outcome: Callable[[str, Outcome], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> UnitValues | None:
    """Plan the problem as it is and with one more unit of each bottleneck.

    Parameters
    ----------
    plan
        Of the problem; all plans go on from it.
    bound
        For the duals; None leaves them out.
    seeds
        Of the unchanged plans; plans with one more unit use the first.
    steps
        Steps of improvement of each search.
    on_outcome
        Told about every plan: the resource or fleet that has one more unit, empty for none, and what it is worth.
    should_stop
        Asked between two steps; bottlenecks that had no whole turn are left out.

    Returns
    -------
    UnitValues or None
        None where it was stopped before the unchanged problem was planned with every seed.
    """
    trial = _Trial(problem, plan, steps, on_outcome, should_stop)
    unchanged = [outcome for seed in seeds if (outcome := trial.outcome("", seed)) is not None]
    if len(unchanged) < len(seeds):
        return None
    spreads = _Spreads.of(unchanged)
    values: list[UnitValue] = []
    for row in bottlenecks:
        with_it = trial.outcome(row.resource_id, seeds[0])
        if with_it is None:
            break
        values.append(_value(problem, row, bound, unchanged[0], with_it, spreads))
    return UnitValues(
        steps=steps,
        unchanged=tuple(unchanged),
        closure_spread_min=spreads.closure_min,
        lateness_spread_min=spreads.lateness_min,
        values=tuple(values),
        left_out=tuple(row.resource_id for row in bottlenecks[len(values) :]),
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """Plans of equal effort."""

    problem: Problem
    plan: Plan
    steps: int
    on_outcome: Callable[[str, Outcome], None] | None
    should_stop: Callable[[], bool] | None

    def outcome(self, name: str, seed: int) -> Outcome | None:
        """What a plan with one more unit is worth; None where it was cut short and shows nothing."""
        case = reinforced(self.problem, [Reinforcement(name, 1)]) if name else self.problem
        score = solve(
            case,
            seed=seed,
            time_limit_s=inf,
            with_bound=False,
            iteration_limit=self.steps,
            should_stop=self.should_stop,
            start=self.plan,
        ).score
        if self.should_stop is not None and self.should_stop():
            return None
        outcome = Outcome(
            seed=seed,
            unmet_weight=score.unmet_weight,
            weighted_lateness_min=score.weighted_lateness_min,
            closure_min=score.closure_min,
        )
        if self.on_outcome is not None:
            self.on_outcome(name, outcome)
        return outcome


@dataclass(frozen=True, slots=True)
class _Spreads:
    """How far unchanged plans lie apart."""

    closure_min: int
    lateness_min: int

    @classmethod
    def of(cls, unchanged: Sequence[Outcome]) -> Self:
        closures = [outcome.closure_min for outcome in unchanged]
        lateness = [outcome.weighted_lateness_min for outcome in unchanged]
        return cls(max(closures) - min(closures), max(lateness) - min(lateness))


def _value(
    problem: Problem, row: Bottleneck, bound: Bound | None, without: Outcome, with_it: Outcome, spreads: _Spreads
) -> UnitValue:
    closure_min = without.closure_min - with_it.closure_min
    lateness_min = without.weighted_lateness_min - with_it.weighted_lateness_min
    kind = kind_of(problem, row.resource_id)
    return UnitValue(
        name=row.resource_id,
        kind=kind,
        unit=MEASURES[kind].name,
        price=row.price or 0.0,
        dual_min=None if bound is None else shadow_price_min(problem, bound, row.resource_id),
        closure_min=closure_min,
        weighted_lateness_min=lateness_min,
        unmet_weight=without.unmet_weight - with_it.unmet_weight,
        is_closure_clear=closure_min > spreads.closure_min,
        is_lateness_clear=lateness_min > spreads.lateness_min,
    )
