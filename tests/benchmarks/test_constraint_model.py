"""The constraint programme: plans that keep every rule, no better than what is proved, and rules that it lacks."""

from dataclasses import replace

import pytest

from benchmarks.constraint_solving import NotModelled, solve_by_constraints
from benchmarks.families import FAMILIES
from benchmarks.generator import generate
from muster.movement.checks import check
from muster.movement.formulation import bound
from muster.movement.problem import Override, OverrideKind
from muster.movement.score import score


@pytest.mark.parametrize("family", FAMILIES)
def test_its_plans_are_clean_and_no_better_than_what_is_proved(family: str) -> None:
    problem = generate(4, family=family, seed=1)
    answer = solve_by_constraints(problem, seed=1, time_limit_s=4.0, workers=2)
    assert answer.plan is not None
    assert check(problem, answer.plan) == ()
    assert score(problem, answer.plan).weighted_lateness_min >= bound(problem, time_limit_s=2.0).weighted_lateness_min


def test_a_rule_that_it_lacks_is_said_at_once() -> None:
    problem = generate(4, family="series", seed=1)
    wish = Override(override_id="O1", kind=OverrideKind.FORBID, place="BORDER-1")
    with pytest.raises(NotModelled) as refused:
        solve_by_constraints(replace(problem, overrides=(wish,)), seed=1, time_limit_s=1.0, workers=1)
    assert refused.value.rules == ("overrides",)
