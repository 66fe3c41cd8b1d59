"""Generated problems: the same for a seed, as narrow as their family says, and with a plan."""

import pytest

from benchmarks.generator import FAMILIES, LINES_A_DAY, generate
from muster.measures import MINUTES_PER_DAY
from muster.movement.checks import check
from muster.movement.problem import Problem
from muster.movement.solve import solve


def assets_of(problem: Problem, asset_type_id: str) -> int:
    return sum(asset.asset_type_id == asset_type_id for asset in problem.assets)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_makes_one_problem(family: str) -> None:
    assert generate(30, family=family, seed=4) == generate(30, family=family, seed=4)
    assert generate(30, family=family, seed=4).lines != generate(30, family=family, seed=5).lines


@pytest.mark.parametrize("family", FAMILIES)
def test_a_generated_problem_has_a_clean_plan_of_every_line(family: str) -> None:
    problem = generate(40, family=family, seed=1)
    plan = solve(problem, with_bound=False, iteration_limit=20).plan
    assert (check(problem, plan), plan.unmoved) == ((), ())


def test_fleets_are_narrow_in_series_and_ample_where_the_border_dominates() -> None:
    dominant, series = (generate(400, family=family, seed=1) for family in FAMILIES)
    for kind in ("train-1435", "train-1520", "bus", "het"):
        assert assets_of(dominant, kind) > 2 * assets_of(series, kind)


def test_more_lines_take_longer_and_do_not_crowd_more() -> None:
    few, many = (generate(lines, family="series", seed=1) for lines in (400, 1_200))
    last_d = [max(line.ready_min for line in problem.lines) / MINUTES_PER_DAY for problem in (few, many)]
    assert [round(days) for days in last_d] == [400 // LINES_A_DAY, 1_200 // LINES_A_DAY]
    assert assets_of(many, "het") == pytest.approx(assets_of(few, "het"), rel=0.2)
