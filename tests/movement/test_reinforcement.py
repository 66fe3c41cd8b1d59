"""More of what a move runs out of."""

from dataclasses import replace

import pytest

from movement.hand_plan import hand_plan
from movement.instances import DAY_MIN, random_problem
from muster.movement.checks import check
from muster.movement.problem import CapacityStep, ResourceKind
from muster.movement.reinforcing.reinforcement import (
    FLEET,
    MEASURES,
    Reinforcement,
    UnknownReinforcement,
    kind_of,
    reinforced,
    widened,
)


def test_a_crossing_has_more_on_every_day_on_which_it_is_open() -> None:
    border = random_problem(1).resource_of["BORDER/crossing_vehicles"]
    steps = ((0, 40), (2 * DAY_MIN, 0), (4 * DAY_MIN, 30))
    shut = replace(border, steps=tuple(CapacityStep(from_min=minute, capacity=each) for minute, each in steps))
    assert [step.capacity for step in widened(shut, 2).steps] == [140, 0, 130]


def test_a_fleet_has_more_assets_like_its_first() -> None:
    problem = random_problem(1, buses=2)
    more = reinforced(problem, [Reinforcement("bus", 2)])
    first = problem.asset_of["bus-1"]
    assert more.assets == (
        *problem.assets, replace(first, asset_id="bus+1"), replace(first, asset_id="bus+2"),
    )  # fmt: skip


def test_more_of_an_enlarged_fleet_has_ids_of_its_own() -> None:
    once = reinforced(random_problem(1), [Reinforcement("het", 1)])
    twice = reinforced(once, [Reinforcement("het", 1)])
    assert [asset.asset_id for asset in twice.assets[-2:]] == ["het+1", "het+2"]


def test_nothing_else_changes() -> None:
    problem = random_problem(1)
    more = reinforced(problem, [Reinforcement("GAUGE/ramp", 1), Reinforcement("bus", 1)])
    back = replace(more, resources=problem.resources, assets=problem.assets)
    assert back == problem


def test_what_the_problem_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(UnknownReinforcement, match='no resource or fleet "MOON/ramp"'):
        reinforced(random_problem(1), [Reinforcement("MOON/ramp", 1)])


def test_taking_away_is_no_reinforcement() -> None:
    with pytest.raises(ValueError, match='"bus" has 0 units'):
        Reinforcement("bus", 0)


def test_every_kind_has_a_unit() -> None:
    assert set(MEASURES) == {*ResourceKind, FLEET}
    problem = random_problem(1)
    assert (kind_of(problem, "bus"), kind_of(problem, "YARD/ramp")) == (FLEET, ResourceKind.RAMP)


@pytest.mark.parametrize("seed", range(5))
def test_more_never_breaks_a_plan(seed: int) -> None:
    problem = random_problem(seed)
    names = [*(resource.resource_id for resource in problem.resources), "bus", "het"]
    plan = hand_plan(problem)
    before = {(finding.rule, finding.subject) for finding in check(problem, plan)}
    more = reinforced(problem, [Reinforcement(name, 3) for name in names])
    after = {(finding.rule, finding.subject) for finding in check(more, plan)}
    assert after <= before
