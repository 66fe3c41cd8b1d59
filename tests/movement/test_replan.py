"""Replans: what has happened stands, the rest keeps every rule, and change is no more than it is worth."""

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.clean_plan import clean_plan, clean_problem
from movement.instances import DAY_MIN, random_problem
from muster.movement.checks import check
from muster.movement.formulation import bound
from muster.movement.plan import Plan, Step
from muster.movement.problem import Carrier, Problem, ResourceKind
from muster.movement.replan.applying import apply_events
from muster.movement.replan.calendars import begun_uses
from muster.movement.replan.curve import Choice, Replanned, choose, replan
from muster.movement.replan.events import (
    AssetLate,
    AssetLost,
    CapacityChanged,
    DatesMoved,
    Departed,
    Event,
    PlaceClosed,
    UnitWithdrawn,
)
from muster.movement.replan.history import recall
from muster.movement.replan.proof import left_to_prove, whole_bound
from muster.movement.replan.rest import rest_of
from muster.movement.replan.review import split
from muster.movement.score import score
from muster.movement.solve import solve

STEPS = 12


@cache
def standing(seed: int) -> tuple[Problem, Plan]:
    """A random move, crews of transporters with a daily limit now and then, and a plan for it that moves everybody."""
    problem = random_problem(seed, line_count=10, buses=3)
    if seed % 2:
        kinds = (replace(k, daily_limit_min=1_000) if k.carrier is Carrier.HET else k for k in problem.asset_types)
        problem = replace(problem, asset_types=tuple(kinds))
    plan = solve(problem, with_bound=False, iteration_limit=50, seed=seed).plan
    assert plan.unmoved == ()
    return problem, plan


def again(problem: Problem, plan: Plan, *events: Event, now_min: int) -> Replanned:
    return replan(problem, plan, events, now_min=now_min, iteration_limit=STEPS, with_bound=False)


def some_events(seed: int, problem: Problem, now_min: int) -> tuple[Event, ...]:
    """One to three things that happen, drawn from a seed."""
    draw = random.Random(seed)
    end_min = now_min + draw.randrange(60, 6 * DAY_MIN)
    asset, line = draw.choice(problem.assets).asset_id, draw.choice(problem.lines)
    happenings: list[Event] = [
        PlaceClosed(event_id="E1", place=draw.choice(("BORDER", "GAUGE", "DEPOT", "YARD")), start_min=now_min,
                    end_min=end_min),
        CapacityChanged(event_id="E2", place="BORDER", kind=ResourceKind.CREDITS, start_min=now_min, percent=50),
        AssetLost(event_id="E3", asset_id=asset, at_min=now_min),
        AssetLate(event_id="E4", asset_id=asset, until_min=end_min),
        DatesMoved(event_id="E5", by_min=2 * DAY_MIN, nation=line.nation),
        UnitWithdrawn(event_id="E6", uln=line.uln),
    ]  # fmt: skip
    return tuple(draw.sample(happenings, draw.randint(1, 3)))


def begun(plan: Plan, now_min: int) -> dict[str, tuple[Step, ...]]:
    """Steps that begin before now, by load."""
    steps = {m.load_id: tuple(step for step in m.steps if step.start_min < now_min) for m in plan.moves}
    return {load_id: own for load_id, own in steps.items() if own}


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(1, 6), now_min=st.integers(0, 9_000), chance=st.integers(0, 10_000))
def test_what_has_begun_stands_and_every_plan_of_the_curve_keeps_every_rule(
    seed: int, now_min: int, chance: int
) -> None:
    problem, plan = standing(seed)
    events = some_events(chance, problem, now_min)
    replanned = again(problem, plan, *events, now_min=now_min)
    gone = {event.uln for event in events if isinstance(event, UnitWithdrawn)}
    for point in replanned.points:
        open_findings, _ = split(check(point.problem, point.plan), replanned.history)
        assert open_findings == ()
        stays = {unmoved.uln for unmoved in point.plan.unmoved}
        moved = begun(point.plan, now_min)
        for load_id, steps in begun(plan, now_min).items():
            if problem.load_of[load_id].uln not in gone | stays:
                assert moved[load_id] == steps
        assert {load_id for load_id in moved if load_id not in begun(plan, now_min)} == set()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(1, 6), now_min=st.integers(0, 9_000), chance=st.integers(0, 10_000))
def test_more_change_along_the_curve_is_never_worse(seed: int, now_min: int, chance: int) -> None:
    problem, plan = standing(seed)
    points = again(problem, plan, *some_events(chance, problem, now_min), now_min=now_min).points
    legs, worth = [point.changes.legs for point in points], [point.score.key[:3] for point in points]
    assert legs == sorted(set(legs))
    assert worth == sorted(set(worth), reverse=True)
    assert choose(points, Choice.LEAST) is points[0]
    assert choose(points, Choice.FREE) is points[-1]
    assert choose(points, 10_000) is points[-1]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(1, 6), now_min=st.integers(0, 12_000))
def test_without_events_the_least_changed_plan_is_the_plan_in_force(seed: int, now_min: int) -> None:
    problem, plan = standing(seed)
    least = again(problem, plan, now_min=now_min).points[0]
    assert (least.changes.legs, least.changes.lines, least.changes.assets, least.changes.nations) == (0, (), (), ())
    assert {move.load_id: move.steps for move in least.plan.moves} == {m.load_id: m.steps for m in plan.moves}
    assert least.problem == problem


def test_what_happens_elsewhere_and_later_changes_nothing() -> None:
    problem, plan = standing(2)
    end_min = max(voyage.unload_end_min for voyage in plan.voyages)
    event = PlaceClosed(event_id="E", place="BORDER", start_min=end_min + DAY_MIN)
    assert again(problem, plan, event, now_min=3_000).points[0].changes.legs == 0


def test_a_plan_replanned_twice_without_news_stays_as_it_was() -> None:
    problem, plan = standing(4)
    storm = PlaceClosed(event_id="E", place="BORDER", start_min=2_000, end_min=2_000 + 3 * DAY_MIN)
    first = again(problem, plan, storm, now_min=2_000).points[0]
    second = again(first.problem, first.plan, now_min=4_000).points[0]
    assert (second.changes.legs, second.score, second.problem) == (0, first.score, first.problem)


def test_an_actual_departure_freezes_what_was_planned_for_later() -> None:
    plan = clean_plan()
    early = Departed(event_id="E", place="DEPOT", at_min=4_300, asset_id="bus-5")
    least = again(clean_problem(), plan, early, now_min=4_300).points[0]
    move = next(move for move in least.plan.moves if move.load_id == "FOXTROT/people/1")
    assert (move.steps[0].start_min, move.steps[0].departure_min, move.steps[0].end_min) == (4_300, 4_300, 5_030)


def test_equal_seeds_replan_alike() -> None:
    problem, plan = standing(3)
    storm = PlaceClosed(event_id="E", place="GAUGE", start_min=1_000, end_min=1_000 + 4 * DAY_MIN)
    runs = [again(problem, plan, storm, now_min=1_000) for _ in range(2)]
    assert [point.plan for point in runs[0].points] == [point.plan for point in runs[1].points]


def test_a_stopped_replan_has_the_least_changed_plan() -> None:
    problem, plan = standing(2)
    storm = PlaceClosed(event_id="E", place="BORDER", start_min=1_000, end_min=1_000 + 4 * DAY_MIN)
    stopped = replan(problem, plan, [storm], now_min=1_000, should_stop=lambda: True)
    (point,) = stopped.points
    assert split(check(point.problem, point.plan), stopped.history)[0] == ()
    assert (stopped.iterations, point.plan.unmoved) == (0, ())


@pytest.mark.parametrize("most", [0, 3])
def test_a_planner_may_say_how_many_lines_may_change(most: int) -> None:
    problem, plan = standing(6)
    points = again(problem, plan, now_min=500).points
    few = [point for point in points if len(point.changes.lines) <= most]
    assert choose(points, most) is few[-1]


def test_horizon_grows_with_a_cease_fire_that_comes_later() -> None:
    problem, plan = standing(2)
    later = DatesMoved(event_id="E", by_min=7 * DAY_MIN)
    point = again(problem, plan, later, now_min=0).points[0]
    assert point.problem.horizon_min == problem.horizon_min + 7 * DAY_MIN
    assert [
        line.required_min - old.required_min for line, old in zip(point.problem.lines, problem.lines, strict=True)
    ] == [7 * DAY_MIN] * len(problem.lines)
    assert replace(point.problem, lines=problem.lines, horizon_min=0, assets=()) == replace(
        problem, horizon_min=0, assets=()
    )


@pytest.mark.parametrize("seed", range(8))
def test_no_plan_of_the_curve_beats_what_is_proved_of_the_rest(seed: int) -> None:
    problem, plan = standing(seed % 4)
    now_min = (2 + seed) * DAY_MIN
    events = some_events(seed, problem, now_min)
    history = recall(problem, plan, events, now_min=now_min)
    begun = begun_uses(problem, history)
    applied = apply_events(problem, events, history, begun)
    rest = rest_of(applied, history, begun)
    left, begins_min = left_to_prove(rest)
    proved = whole_bound(applied, rest, bound(left, time_limit_s=4.0, begins_min=begins_min))
    points = [point for point in again(problem, plan, *events, now_min=now_min).points if not point.plan.unmoved]
    for point in points:
        assert proved.closure_min <= point.score.closure_min
        assert proved.weighted_lateness_min <= point.score.weighted_lateness_min


def test_the_bound_on_the_rest_knows_where_loads_are() -> None:
    problem, plan = standing(0)
    whole = bound(problem, time_limit_s=4.0)
    late_min = plan.moves[0].steps[0].start_min
    now_min = max(move.steps[-1].start_min for move in plan.moves) - 60
    assert now_min > late_min
    history = recall(problem, plan, (), now_min=now_min)
    begun = begun_uses(problem, history)
    rest = rest_of(problem, history, begun)
    left, begins_min = left_to_prove(rest)
    proved = whole_bound(problem, rest, bound(left, time_limit_s=4.0, begins_min=begins_min))
    value = score(problem, plan)
    assert whole.closure_min <= proved.closure_min <= value.closure_min
    assert whole.weighted_lateness_min <= proved.weighted_lateness_min <= value.weighted_lateness_min
