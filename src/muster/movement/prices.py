"""What each override costs: the same problem planned with all of them, and once more without each."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from muster.movement.plan import Score
from muster.movement.problem import Override, Problem
from muster.movement.solve import solve


@dataclass(frozen=True, slots=True, kw_only=True)
class OverridePrice:
    """What the plan pays for one override, as two plans of equal effort show it.

    Attributes
    ----------
    unmet_weight, weighted_lateness_min, closure_min
        How much worse the plan with the override is than the one without; below zero where the search happened to do
        better with it.
    """

    override_id: str
    unmet_weight: int
    weighted_lateness_min: int
    closure_min: int


def price_overrides(
    problem: Problem,
    *,
    seed: int,
    time_limit_s: float,
    iteration_limit: int | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[OverridePrice, ...]:
    """Price every override of the planner; ports that a nation has chosen in its lines are not overrides here.

    Parameters
    ----------
    time_limit_s
        Seconds for each of the plans; there is one more of them than overrides.
    iteration_limit
        Steps of improvement for each plan; None is no limit.

    Returns
    -------
    tuple
        In the order of the overrides; those that had no turn before ``should_stop`` are left out.
    """
    own = [override for override in problem.overrides if not override.is_chosen_port]
    if not own:
        return ()

    def worth(case: Problem) -> Score:
        return solve(
            case,
            seed=seed,
            time_limit_s=time_limit_s,
            with_bound=False,
            should_stop=should_stop,
            iteration_limit=iteration_limit,
        ).score

    with_all = worth(problem)
    prices: list[OverridePrice] = []
    for override in own:
        without_it = worth(_without(problem, override))
        if should_stop is not None and should_stop():
            break  # the plan without it was cut short, and shows no price
        prices.append(_price(override, with_all, without_it))
    return tuple(prices)


def _without(problem: Problem, dropped: Override) -> Problem:
    return replace(problem, overrides=tuple(override for override in problem.overrides if override is not dropped))


def _price(override: Override, with_it: Score, without_it: Score) -> OverridePrice:
    return OverridePrice(
        override_id=override.override_id,
        unmet_weight=with_it.unmet_weight - without_it.unmet_weight,
        weighted_lateness_min=with_it.weighted_lateness_min - without_it.weighted_lateness_min,
        closure_min=with_it.closure_min - without_it.closure_min,
    )
