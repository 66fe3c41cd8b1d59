"""The bound against the exact optimum of small problems: bound <= optimum <= plan."""

from dataclasses import replace

import pytest

from benchmarks.exact_deployment import ExactDeployment
from movement.instances import random_problem
from muster.movement.formulation import bound
from muster.movement.problem import Problem
from muster.movement.solve import solve

TIME_LIMIT_S = 10.0


def small_problem(seed: int) -> Problem:
    """One or two lines and hardly any lift."""
    return random_problem(
        seed, line_count=1 + seed % 2, trains_1435=1, trains_1520=1, buses=1, hets=1, horizon_d=30
    )  # fmt: skip


def in_a_row(seed: int) -> Problem:
    """Two lines, of which the second waits for the first to close."""
    problem = small_problem(2 * seed + 1)
    first, second = problem.lines
    return replace(problem, lines=(first, replace(second, after=(first.uln,))))


def is_below_optimum_and_optimum_below_plan(problem: Problem) -> bool:
    proved = bound(problem, time_limit_s=TIME_LIMIT_S)
    planned = solve(problem, time_limit_s=TIME_LIMIT_S, with_bound=False, iteration_limit=10).score
    assert planned.unmet_weight == 0
    latest_min = planned.closure_min
    closure = ExactDeployment(problem, latest_min=latest_min).closure(TIME_LIMIT_S)
    lateness = ExactDeployment(problem, latest_min=latest_min).weighted_lateness(TIME_LIMIT_S)
    assert proved.closure_min <= closure.value
    assert proved.weighted_lateness_min <= lateness.value
    if closure.is_proved:
        assert closure.value <= planned.closure_min
    return closure.is_proved and lateness.is_proved


@pytest.mark.parametrize("seed", range(6))
def test_bound_is_below_optimum_and_optimum_below_plan(seed: int) -> None:
    is_below_optimum_and_optimum_below_plan(small_problem(seed))


@pytest.mark.parametrize("seed", range(3))
def test_bound_is_below_optimum_where_a_line_waits_for_another(seed: int) -> None:
    is_below_optimum_and_optimum_below_plan(in_a_row(seed))


def test_bound_is_the_optimum_for_a_line_by_itself() -> None:
    problem = small_problem(0)
    optimum = ExactDeployment(problem, latest_min=20_000).closure(TIME_LIMIT_S)
    assert optimum.is_proved
    assert bound(problem).closure_min == optimum.value


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(6, 106))
def test_bound_is_below_optimum_on_many_problems(seed: int) -> None:
    is_below_optimum_and_optimum_below_plan(small_problem(seed))
