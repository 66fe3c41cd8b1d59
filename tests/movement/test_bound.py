"""The proven bound: named small problems, laws it must keep, and that no plan beats it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from movement.instances import DAY_MIN, random_problem
from muster.movement.checks import check
from muster.movement.formulation import Bound, bound
from muster.movement.problem import (
    CapacityStep,
    Caveat,
    NoWay,
    Override,
    OverrideKind,
    Permit,
    Problem,
    Resource,
    ResourceKind,
)
from muster.movement.solve import solve

TIME_LIMIT_S = 20.0


def tight(seed: int) -> Problem:
    """One to eight lines and one asset of most kinds."""
    return random_problem(
        seed, line_count=1 + seed % 8, trains_1435=1 + seed % 2, trains_1520=1, buses=1, hets=1 + seed // 2 % 2
    )


def coach_shuttle(loads: int) -> Problem:
    """Full buses of people who are ready at once at the depot, with one bus that stands there."""
    problem = random_problem(1, line_count=1, buses=1)
    line = replace(
        problem.lines[0], nation="GBR", origin="DEPOT", ready_min=0, required_min=2 * DAY_MIN, weight=3,
        loads=tuple(f"P{number}" for number in range(loads)), join_window_min=60 * DAY_MIN,
    )  # fmt: skip
    people = next(load for load in problem.loads if load.size.people)
    size = replace(people.size, people=100)
    own = tuple(
        replace(people, load_id=name, people=100, size=size, itineraries=("people-road:DEPOT",)) for name in line.loads
    )
    return replace(problem, lines=(line,), loads=own)


def shifted(problem: Problem, minutes: int) -> Problem:
    """Everything later by so much."""

    def later(steps: tuple[CapacityStep, ...]) -> tuple[CapacityStep, ...]:
        return steps[:1] + tuple(replace(step, from_min=step.from_min + minutes) for step in steps[1:])

    return replace(
        problem,
        horizon_min=problem.horizon_min + minutes,
        lines=tuple(
            replace(line, ready_min=line.ready_min + minutes, required_min=line.required_min + minutes)
            for line in problem.lines
        ),
        assets=tuple(
            replace(
                asset, available_from_min=asset.available_from_min + minutes,
                available_until_min=asset.available_until_min + minutes,
            )
            for asset in problem.assets
        ),
        permits=tuple(replace(permit, granted_min=(permit.granted_min or 0) + minutes) for permit in problem.permits),
        resources=tuple(replace(resource, steps=later(resource.steps)) for resource in problem.resources),
    )  # fmt: skip


def doubled(problem: Problem) -> Problem:
    """Every asset twice, every place with twice the capacity."""
    twins = tuple(replace(asset, asset_id=f"{asset.asset_id}-twin") for asset in problem.assets)
    resources = tuple(
        replace(
            resource, steps=tuple(replace(step, capacity=2 * step.capacity) for step in resource.steps)
        )
        for resource in problem.resources
    )  # fmt: skip
    return replace(problem, assets=problem.assets + twins, resources=resources)


def values(found: Bound) -> tuple[int, int]:
    return found.closure_min, found.weighted_lateness_min


def test_bound_of_one_coach_load_is_its_uncongested_closure() -> None:
    # 30 + 700 + 30 to the yard, 720 to integrate, 30 + 540 + 30 to the camp.
    found = bound(coach_shuttle(1))
    assert (found.closure_min, found.weighted_lateness_min, found.binding) == (2_080, 0, ())


def test_bound_counts_the_way_back_of_a_shared_bus() -> None:
    # Three times out to the yard, three times on to the camp, and twice back from the camp to the depot.
    found = bound(coach_shuttle(3))
    assert found.closure_min == 3 * 760 + 3 * 600 + 2 * 1_200
    assert found.weighted_lateness_min > 0
    assert {(resource.name, resource.is_fleet) for resource in found.binding} == {("bus", True)}
    assert sum(resource.price for resource in found.binding) == pytest.approx(1.0)


def test_bound_counts_march_credits_by_the_day() -> None:
    problem = random_problem(3, line_count=8, buses=9, trains_1435=0, trains_1520=0, hets=0)
    wheeled = tuple(load for load in problem.loads if load.vehicles and load.size.mass_kg // load.vehicles == 12_000)
    lines = tuple(
        replace(line, loads=own, ready_min=0, integration_min=0)
        for line in problem.lines
        if (own := tuple(load.load_id for load in wheeled if load.uln == line.uln))
    )
    credit = Resource(
        resource_id="BORDER/credits", place="BORDER", kind=ResourceKind.CREDITS, period_min=DAY_MIN,
        steps=(CapacityStep(from_min=0, capacity=1),),
    )  # fmt: skip
    scarce = replace(problem, lines=lines, loads=wheeled, resources=(credit,), permits=())
    # The first convoy may cross on the first or the second day, and one crosses a day.
    last_crossing_min = (len(wheeled) - 1) * DAY_MIN
    assert bound(scarce).closure_min >= last_crossing_min
    assert bound(scarce).binding[0].name == "BORDER/credits"


@pytest.mark.parametrize(
    ("change", "closes_min"),
    [
        (lambda p: replace(p, permits=(Permit(permit_id="x", nation="GBR", country="UKR", granted_min=5_000),)), 6_420),
        (lambda p: replace(p, caveats=(Caveat(caveat_id="x", nation="GBR", country="POL", allowed_from_min=5_000),)),
         7_080),
        (lambda p: replace(p, overrides=(Override(override_id="x", kind=OverrideKind.LOCK, start_min=5_000),)), 7_080),
        (lambda p: replace(p, assets=tuple(replace(a, available_from_min=5_000) for a in p.assets)), 7_080),
        (lambda p: replace(p, assets=tuple(replace(a, home="CAMP") for a in p.assets)), 3_280),
    ],
)  # fmt: skip
def test_bound_keeps_what_delays_a_line_by_itself(change: Callable[[Problem], Problem], closes_min: int) -> None:
    assert bound(change(coach_shuttle(1))).closure_min == closes_min


def test_bound_tells_lines_that_cannot_move() -> None:
    problem = coach_shuttle(1)
    barred = replace(problem, permits=(Permit(permit_id="x", nation="GBR", country="UKR", granted_min=None),))
    found = bound(barred)
    assert values(found) == (0, 0)
    assert "1 lines cannot move within the horizon" in found.relaxation


def test_bound_tells_that_not_all_can_move_within_the_horizon() -> None:
    problem = replace(coach_shuttle(20), horizon_min=10 * DAY_MIN)
    found = bound(problem)
    assert found.closure_min > problem.horizon_min
    assert "Not all lines can move within the horizon of 14400 min." in found.relaxation


def test_bound_leaves_lines_without_a_way_out() -> None:
    problem = random_problem(4, line_count=2)
    alone = replace(problem, no_ways=(NoWay(uln="L001", load_id=None, reason="no route"),))
    only = replace(problem, lines=problem.lines[1:], loads=tuple(x for x in problem.loads if x.uln == "L002"))
    assert values(bound(alone)) == values(bound(only))


def test_bound_without_time_is_the_uncongested_one() -> None:
    problem = tight(7)
    found = bound(problem, time_limit_s=0.0)
    with_time = bound(problem, time_limit_s=TIME_LIMIT_S)
    assert found.binding == ()
    assert found.closure_min < with_time.closure_min
    assert found.weighted_lateness_min < with_time.weighted_lateness_min


def test_bound_reports_nothing_but_progress() -> None:
    seen: list[tuple[int, int]] = []
    found = bound(tight(6), time_limit_s=TIME_LIMIT_S, on_progress=lambda better: seen.append(values(better)))
    assert seen == sorted(seen)
    assert seen[-1] == values(found)


@pytest.mark.parametrize("seed", range(8))
def test_bound_shifts_with_the_calendar(seed: int) -> None:
    problem = tight(seed)
    now, then = bound(problem, time_limit_s=TIME_LIMIT_S), bound(shifted(problem, DAY_MIN), time_limit_s=TIME_LIMIT_S)
    assert then.closure_min == now.closure_min + DAY_MIN


@pytest.mark.parametrize("seed", range(8))
def test_twice_the_capacity_never_raises_the_bound(seed: int) -> None:
    problem = tight(seed)
    scarce, ample = bound(problem, time_limit_s=TIME_LIMIT_S), bound(doubled(problem), time_limit_s=TIME_LIMIT_S)
    assert ample.closure_min <= scarce.closure_min
    assert ample.weighted_lateness_min <= scarce.weighted_lateness_min


def bound_is_below_the_plan(seed: int) -> None:
    problem = tight(seed)
    planned = solve(problem, time_limit_s=TIME_LIMIT_S, with_bound=False, iteration_limit=15)
    assert check(problem, planned.plan) == ()
    assert planned.score.unmet_weight == 0
    found = bound(problem, time_limit_s=TIME_LIMIT_S, closure_hint_min=planned.score.closure_min)
    assert found.closure_min <= planned.score.closure_min
    assert found.weighted_lateness_min <= planned.score.weighted_lateness_min


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_beats_the_bound(seed: int) -> None:
    bound_is_below_the_plan(seed)


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(20, 420))
def test_no_plan_beats_the_bound_on_many_problems(seed: int) -> None:
    bound_is_below_the_plan(seed)
