"""Small deployments: what the search finds is what constraint programming proves."""

import pytest

from benchmarks.exact_deployment import ExactDeployment
from benchmarks.small import Row, page, small_problem
from muster.movement.checks import check
from muster.movement.formulation import bound
from muster.movement.solve import solve


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_plan_of_four_lines_is_the_optimum_and_its_bound_no_more(seed: int) -> None:
    problem = small_problem(4, seed)
    result = solve(problem, with_bound=False, iteration_limit=500)
    assert (check(problem, result.plan), result.plan.unmoved) == ((), ())
    lateness, closure = ExactDeployment(problem, latest_min=result.score.closure_min).best(20.0)
    assert lateness.is_proved
    assert closure.is_proved
    assert (result.score.weighted_lateness_min, result.score.closure_min) == (lateness.value, closure.value)
    proved = bound(problem, time_limit_s=2.0)
    assert (proved.weighted_lateness_min <= lateness.value, proved.closure_min <= closure.value) == (True, True)


def test_a_seed_makes_one_problem_in_which_some_lines_wait() -> None:
    assert small_problem(12, 1) == small_problem(12, 1)
    assert {line.uln: line.after for line in small_problem(4, 1).lines if line.after} == {"L02": ("L01",)}


def test_the_page_counts_optima_and_keeps_what_is_worse() -> None:
    row = Row(lines=4, seed=1, lateness_min=10, closure_min=90, lateness_bound_min=5, closure_bound_min=80,
              best_lateness_min=10, best_closure_min=85, is_proved=True, solve_s=1.0, findings=0)  # fmt: skip
    told = page([row], ())
    assert "| 4 | 1 | 1.0 | 10 | 10 | 5 | 90 | 85 | 80 | yes | no | yes | 0 |" in told
    assert "1 of 1 optima are proved; the plan is the optimum in 0 of them, and no bound is above it in 1." in told
