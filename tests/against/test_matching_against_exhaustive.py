"""The cover that is proved equals that of another model, which knows single units and has its own list of tours."""

import pytest
from hypothesis import HealthCheck, given, settings

from forces.exhaustive import best_cover
from forces.made_up import coalitions
from muster.forces.matching.checks import check
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import solve

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def compare(problem: MatchingProblem) -> None:
    result = solve(problem, seed=1, time_limit_s=20)
    assert check(problem, result.matching) == ()
    best = best_cover(problem)
    assert (result.coverage.value, result.coverage.bound) == (best, best)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(coalitions())
def test_made_up_coalitions_reach_the_cover_of_the_other_model(problem: MatchingProblem) -> None:
    compare(problem)


@pytest.mark.proofs
@settings(max_examples=600, deadline=None, suppress_health_check=SLOW)
@given(coalitions())
def test_hundreds_of_made_up_coalitions_reach_the_cover_of_the_other_model(problem: MatchingProblem) -> None:
    compare(problem)
