"""What it would take to close by a day, on small moves with one narrow place."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from movement.instances import DAY_MIN, random_problem
from movement.test_bound import coach_shuttle
from muster.movement.checks import check
from muster.movement.formulation import Requirement, bound, least_reinforcement
from muster.movement.plan import Plan
from muster.movement.problem import NoWay, Problem, Resource, ResourceKind
from muster.movement.reinforcing.close_by import Answer, CloseBy, close_by
from muster.movement.reinforcing.costs import list_names, may_be_given, unit_costs
from muster.movement.reinforcing.reinforcement import Reinforcement, reinforced
from muster.movement.solve import solve, uncongested

STEPS = 10


def as_is(problem: Problem) -> Plan:
    return solve(problem, seed=1, with_bound=False, iteration_limit=STEPS).plan


def closes_at(problem: Problem) -> int:
    return max(move.steps[-1].end_min for move in as_is(problem).moves)


def asked(
    problem: Problem,
    by_min: int,
    given: Mapping[str, int | None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> CloseBy:
    costs = unit_costs(problem, given or {})
    return close_by(problem, as_is(problem), by_min, costs=costs, seed=1, steps=STEPS, should_stop=should_stop)


def test_nothing_is_needed_for_a_day_that_the_plan_keeps() -> None:
    problem = coach_shuttle(4)
    answer = asked(problem, closes_at(problem))
    assert (answer.answer, answer.added, answer.requirement) == (Answer.ALREADY, (), None)


def test_one_bus_more_halves_a_shuttle_and_is_proved_to_be_needed() -> None:
    problem = coach_shuttle(4)
    by_min = closes_at(reinforced(problem, [Reinforcement("bus", 1)]))
    assert by_min < closes_at(problem)
    answer = asked(problem, by_min)
    assert answer.answer is Answer.FOUND
    assert answer.added == (Reinforcement("bus", 1),)
    assert (answer.cost, answer.is_minimal, answer.is_cheapest) == (1, True, True)
    assert answer.result is not None
    assert check(reinforced(problem, answer.added), answer.result.plan) == ()


def test_the_plan_that_is_found_closes_by_the_day_and_without_any_one_unit_it_does_not() -> None:
    problem = random_problem(3, line_count=8, buses=1, hets=1)
    answer = asked(problem, closes_at(problem) * 6 // 10)
    assert answer.answer is Answer.FOUND
    assert answer.is_minimal
    assert answer.result is not None
    assert answer.result.score.closure_min <= answer.by_min
    for each in answer.added:
        fewer = [
            replace(other, units=other.units - (other is each))
            for other in answer.added
            if other.units > (other is each)
        ]
        assert closes_at(reinforced(problem, fewer)) > answer.by_min


def test_a_line_that_could_not_make_it_alone_makes_it_impossible() -> None:
    problem = coach_shuttle(4)
    ready_min = 20 * DAY_MIN
    late = replace(problem, lines=(replace(problem.lines[0], ready_min=ready_min, required_min=ready_min),))
    answer = asked(late, ready_min)
    assert answer.answer is Answer.IMPOSSIBLE
    assert answer.requirement is not None
    assert answer.requirement.too_late == tuple(uncongested(late).items())
    assert answer.result is None


def test_more_of_what_does_not_bind_cannot_do_it() -> None:
    problem = coach_shuttle(4)
    by_min = closes_at(reinforced(problem, [Reinforcement("bus", 1)]))
    answer = asked(problem, by_min, {"bus": None})
    assert answer.answer is Answer.IMPOSSIBLE
    assert answer.requirement == Requirement(cost=None, stuck=("bus",))


def test_dear_units_are_left_out_where_cheap_ones_do() -> None:
    problem = coach_shuttle(4)
    by_min = closes_at(reinforced(problem, [Reinforcement("bus", 1)]))
    answer = asked(problem, by_min, {"fleet": 7})
    assert (answer.cost, answer.requirement and answer.requirement.cost) == (7, 7)


def test_a_line_that_cannot_move_within_the_horizon_makes_it_impossible() -> None:
    problem = coach_shuttle(4)
    short = replace(problem, horizon_min=600)
    needed = least_reinforcement(short, {"bus": 1}, 500)
    assert needed == Requirement(cost=None, too_late=((problem.lines[0].uln, 600),))


def test_work_that_is_stopped_keeps_the_best_so_far() -> None:
    problem = coach_shuttle(4)
    by_min = closes_at(reinforced(problem, [Reinforcement("bus", 1)]))
    answer = asked(problem, by_min, should_stop=lambda: True)
    assert (answer.answer, answer.added, answer.is_minimal) == (Answer.NOT_FOUND, (), False)


def test_equal_seeds_and_steps_give_equal_answers() -> None:
    problem = random_problem(3, line_count=8, buses=1, hets=1)
    by_min = closes_at(problem) * 7 // 10
    one, other = asked(problem, by_min), asked(problem, by_min)
    assert (one.added, one.cost) == (other.added, other.cost)
    assert one.result is not None
    assert other.result is not None
    assert one.result.plan == other.result.plan


def two_bus_fleets(seed: int) -> Problem:
    """Buses of one kind from two homes, those of the second from the third day on."""
    problem = random_problem(seed, line_count=10, buses=1, hets=1)
    coach = replace(
        problem.asset_of["bus-1"], asset_id="coach-1", fleet_id="coach", home="YARD", available_from_min=2 * DAY_MIN
    )
    return replace(problem, assets=(*problem.assets, coach))


COSTS = {"bus": 2, "coach": 2, "het": 3, "BORDER/credits": 1, "BORDER/crossing_vehicles": 1, "YARD/ramp": 4}


def is_no_dearer_than_what_was_enough(seed: int) -> bool:
    """Whether the least cost was above nothing; units with which a plan closes by a day never cost less."""
    problem, draw = two_bus_fleets(seed), random.Random(seed)
    added = [Reinforcement(name, draw.randint(1, 3)) for name in draw.sample(list(COSTS), 3)]
    case = reinforced(problem, added)
    plan = as_is(case)
    assert check(case, plan) == ()
    by_min = max(move.steps[-1].end_min for move in plan.moves)
    needed = least_reinforcement(problem, COSTS, by_min, time_limit_s=10.0)
    assert needed.cost is not None
    assert needed.cost <= sum(COSTS[each.name] * each.units for each in added)
    return needed.cost > 0


def test_the_least_cost_is_no_dearer_than_units_that_are_enough() -> None:
    assert sum(is_no_dearer_than_what_was_enough(seed) for seed in range(8)) > 0


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(8, 208))
def test_the_least_cost_is_no_dearer_than_units_that_are_enough_on_many_problems(seed: int) -> None:
    is_no_dearer_than_what_was_enough(seed)


def test_the_units_of_the_relaxation_are_the_fewest_that_the_bound_does_not_exclude() -> None:
    problem = random_problem(6, line_count=14, buses=1)
    by_min = bound(problem, time_limit_s=5.0).closure_min * 4 // 10
    needed = least_reinforcement(problem, {"bus": 1}, by_min)
    ((bus,), is_settled) = needed.units, needed.is_settled
    assert is_settled
    assert bus.units == needed.cost
    assert bus.units > 1
    assert bound(reinforced(problem, [bus]), time_limit_s=5.0).closure_min <= by_min
    fewer = replace(bus, units=bus.units - 1)
    assert bound(reinforced(problem, [fewer]), time_limit_s=5.0).closure_min > by_min


def test_a_line_without_a_way_is_not_waited_for() -> None:
    problem = random_problem(1, line_count=3)
    stuck = replace(problem, no_ways=(NoWay(uln="L002", load_id=None, reason="No road."),))
    plan = solve(stuck, seed=1, with_bound=False, iteration_limit=2).plan
    closure_min = max(move.steps[-1].end_min for move in plan.moves)
    assert close_by(stuck, plan, closure_min, costs={}, seed=1, steps=2).answer is Answer.ALREADY


def test_costs_of_names_count_before_those_of_kinds_and_the_rest_is_assumed() -> None:
    limit = Resource(
        resource_id="UKR/caveat/X", place="UKR", kind=ResourceKind.CAVEAT, nation="FRA", period_min=DAY_MIN,
        steps=random_problem(1).resources[0].steps,
    )  # fmt: skip
    problem = random_problem(1)
    problem = replace(problem, resources=(*problem.resources, limit))
    costs = unit_costs(problem, {"ramp": 9, "YARD/ramp": 2, "fleet": None, "het": 5})
    assert (costs["GAUGE/ramp"], costs["YARD/ramp"], costs["het"], costs["BORDER/credits"]) == (9, 2, 5, 1)
    assert {"bus", "train_1435", "UKR/caveat/X"}.isdisjoint(costs)
    assert unit_costs(problem, {"caveat": 4})["UKR/caveat/X"] == 4
    assert all(may_be_given(problem, name) for name in (*list_names(problem), "ramp", "fleet"))
    assert not may_be_given(problem, "YARD/rampe")
