"""Generated problems: the same for a seed, as narrow as their family says, and with a plan."""

import pytest

from benchmarks.families import FAMILIES
from benchmarks.generator import generate
from muster.measures import MINUTES_PER_DAY
from muster.movement.checks import check
from muster.movement.problem import CargoClass, Problem, ResourceKind
from muster.movement.solve import solve


def assets_of(problem: Problem, asset_type_id: str) -> int:
    return sum(asset.asset_type_id == asset_type_id for asset in problem.assets)


def daily_capacity(problem: Problem, kind: ResourceKind) -> int:
    return sum(resource.capacity_at(0) for resource in problem.resources if resource.kind is kind)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_makes_one_problem(family: str) -> None:
    assert generate(30, family=family, seed=4) == generate(30, family=family, seed=4)
    assert generate(30, family=family, seed=4).lines != generate(30, family=family, seed=5).lines


@pytest.mark.parametrize("family", FAMILIES)
def test_a_generated_problem_has_a_clean_plan_of_every_line(family: str) -> None:
    problem = generate(40, family=family, seed=1)
    plan = solve(problem, with_bound=False, iteration_limit=20).plan
    assert (check(problem, plan), plan.unmoved) == ((), ())


def test_vehicles_ask_the_borders_for_twice_what_they_have_where_the_border_dominates() -> None:
    problem = generate(400, family="dominant", seed=1)
    asked = sum(load.vehicles for load in problem.loads if load.cargo is CargoClass.WHEELED)
    asked += round(4 * sum(load.size.people for load in problem.loads) / 160)
    span_d = 400 // FAMILIES["dominant"].lines_a_day
    had = span_d * daily_capacity(problem, ResourceKind.CROSSING_VEHICLES)
    assert asked / had == pytest.approx(2.0, rel=0.01)


def test_wheeled_vehicles_have_no_way_round_the_borders_where_these_dominate() -> None:
    problem = generate(30, family="dominant", seed=1)
    wheeled = [load for load in problem.loads if load.cargo is CargoClass.WHEELED]
    legs = {leg for load in wheeled for way in load.itineraries for leg in problem.itinerary_of[way].legs}
    assert {problem.leg_of[leg].carrier for leg in legs} == {"convoy"}


def test_transporters_are_ample_where_the_border_dominates_and_narrow_in_series() -> None:
    dominant, series = (generate(400, family=family, seed=1) for family in ("dominant", "series"))
    assert assets_of(dominant, "het") > 2 * assets_of(series, "het")


def test_more_lines_take_longer_and_do_not_crowd_more() -> None:
    few, many = (generate(lines, family="series", seed=1) for lines in (400, 1_200))
    last_d = [max(line.ready_min for line in problem.lines) / MINUTES_PER_DAY for problem in (few, many)]
    a_day = FAMILIES["series"].lines_a_day
    assert [round(days) for days in last_d] == [400 // a_day, 1_200 // a_day]
    assert assets_of(many, "het") == pytest.approx(assets_of(few, "het"), rel=0.2)
