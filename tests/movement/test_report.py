"""The report of a plan, as values."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.hand_plan import hand_plan
from movement.instances import DAY_MIN, random_problem
from muster.movement.checks.facts import gather
from muster.movement.explanation.holdups import Cause
from muster.movement.plan import Plan
from muster.movement.problem import CapacityStep, NoWay, Override, OverrideKind, Problem
from muster.movement.reporting.closure import Amount
from muster.movement.reporting.march import MarchFactors
from muster.movement.reporting.report import LineStatus, OverrideRow, report
from muster.movement.reporting.usage import DailyLoad, daily_loads
from muster.reference import load_factors


@dataclass(frozen=True)
class _Binding:
    name: str
    price: float


class _Bound:
    binding = (_Binding("DEPOT/ramp", 0.7), _Binding("het, bus", 0.3))


class _Finding:
    rule = "whole_line"
    message = "Line L001 is torn apart."


def _pair(seed: int = 1, line_count: int = 12) -> tuple[Problem, Plan]:
    problem = random_problem(seed, line_count=line_count)
    return problem, hand_plan(problem)


def _load(problem: Problem, plan: Plan, resource_id: str, *, days: int = 60) -> DailyLoad:
    loads = {load.resource_id: load for load in daily_loads(gather(problem, plan), days=days)}
    return loads[resource_id]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_closure_curve_ends_with_all_that_moves_and_all_that_is_required(seed: int) -> None:
    problem = random_problem(seed, line_count=6)
    told = report(problem, hand_plan(problem, unmoved=["L002"]), summary={})
    assert told.curve.closed[-1].people == told.figures.moved.people
    assert told.curve.required[-1].people == told.figures.total.people
    assert [row.people for row in told.curve.closed] == sorted(row.people for row in told.curve.closed)
    assert told.figures.total.people - told.figures.moved.people == told.lines[1].amount.people


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_waits_of_a_load_fill_the_time_between_its_steps(seed: int) -> None:
    problem = random_problem(seed, line_count=6)
    plan = hand_plan(problem)
    told = report(problem, plan, summary={})
    for move in plan.moves:
        line = problem.line_of[problem.load_of[move.load_id].uln]
        ready = [line.ready_min, *(step.end_min for step in move.steps)]
        idle_min = sum(max(0, step.start_min - since) for step, since in zip(move.steps, ready, strict=False))
        assert sum(wait.minutes for wait in told.waits if wait.load_id == move.load_id) == idle_min


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_load_on_a_crossing_counts_every_vehicle_once(seed: int) -> None:
    problem = random_problem(seed, line_count=6)
    plan = hand_plan(problem)
    crossed = sum(
        problem.load_of[move.load_id].vehicles
        for move in plan.moves
        for step in move.steps
        if step.voyage_id is None and problem.leg_of[step.leg_id].passages
    )
    packets = sum(2 for voyage in plan.voyages if voyage.leg_id is not None and problem.leg_of[voyage.leg_id].passages)
    assert sum(_load(problem, plan, "BORDER/crossing_vehicles").used) == crossed + packets


def test_line_status_when_on_time_late_and_unmoved() -> None:
    problem = random_problem(1, line_count=12)
    told = report(problem, hand_plan(problem, unmoved=["L003"]), summary={})
    by_uln = {row.line.uln: row for row in told.lines}
    assert by_uln["L003"].status is LineStatus.UNMOVED
    assert by_uln["L003"].reason == "No itinerary is open to it."
    for row in told.lines:
        if row.closure_min is not None:
            assert row.lateness_min == max(0, row.closure_min - row.line.required_min)
            assert (row.status is LineStatus.LATE) == (row.lateness_min > 0)
    assert told.figures.on_time + told.figures.late + told.figures.unmoved == told.figures.lines == 12


def test_ramp_load_is_the_average_in_use_and_halves_with_twice_the_ramps() -> None:
    problem, plan = _pair()
    single = _load(problem, plan, "DEPOT/ramp")
    used_min = sum(
        voyage.departure_min - voyage.load_start_min
        for voyage in plan.voyages
        if voyage.leg_id is not None and voyage.leg_id.startswith("train:DEPOT")
    )
    assert sum(single.used) * DAY_MIN == pytest.approx(used_min, rel=1e-3)
    ramp = problem.resource_of["DEPOT/ramp"]
    wider = replace(ramp, steps=(CapacityStep(from_min=0, capacity=2),))
    resources = tuple(wider if each is ramp else each for each in problem.resources)
    double = _load(replace(problem, resources=resources), plan, "DEPOT/ramp")
    assert double.shares == pytest.approx([share / 2 for share in single.shares if share is not None])


def test_staging_load_is_the_most_at_one_time() -> None:
    problem, plan = _pair(seed=3)
    changes: list[tuple[int, int]] = []
    for move in plan.moves:
        vehicles = problem.load_of[move.load_id].vehicles
        for step, following in zip(move.steps, move.steps[1:], strict=False):
            if problem.leg_of[step.leg_id].destination == "YARD" and following.start_min > step.end_min:
                changes += [(step.end_min, vehicles), (following.start_min, -vehicles)]
    level = most = 0
    for _, change in sorted(changes):
        level += change
        most = max(most, level)
    assert max(_load(problem, plan, "YARD/staging_vehicles").used) == most


def test_capacity_that_is_closed_for_some_days_is_absent_on_them() -> None:
    problem, plan = _pair()
    border = problem.resource_of["BORDER/crossing_vehicles"]
    shut = CapacityStep(from_min=2 * DAY_MIN, capacity=0)
    again = CapacityStep(from_min=4 * DAY_MIN, capacity=30)
    closed = replace(border, steps=(*border.steps, shut, again))
    resources = tuple(closed if each is border else each for each in problem.resources)
    load = _load(replace(problem, resources=resources), plan, border.resource_id)
    assert load.capacity[:6] == (40.0, 40.0, None, None, 30.0, 30.0)
    assert load.shares[2] is None


def test_fleet_load_counts_empty_trips() -> None:
    problem, plan = _pair()
    busy_min = sum(
        voyage.unload_end_min - voyage.load_start_min for voyage in plan.voyages if voyage.asset_id.startswith("bus-")
    )
    fleet = _load(problem, plan, "bus")
    assert fleet.kind == "fleet"
    assert sum(fleet.used) * DAY_MIN == pytest.approx(busy_min, rel=1e-3)
    assert fleet.capacity[0] == 2.0


def test_bottlenecks_are_ranked_by_price_then_by_waiting() -> None:
    problem, plan = _pair()
    priced = report(problem, plan, bound=_Bound(), summary={})
    assert [row.price for row in priced.bottlenecks[:4]] == [0.7, 0.3, 0.3, None]
    assert {row.resource_id for row in priced.bottlenecks[1:3]} == {"het", "bus"}
    assert priced.loads[0].resource_id == "DEPOT/ramp"
    rest = [row.waiting_load_d for row in priced.bottlenecks[3:]]
    assert rest == sorted(rest, reverse=True)
    again = report(
        problem, plan, summary={"binding": [{"name": "DEPOT/ramp", "price": 0.7}, {"name": "het, bus", "price": 0.3}]}
    )
    assert again.bottlenecks == priced.bottlenecks


def test_flows_count_a_load_on_each_day_that_it_is_under_way() -> None:
    problem, plan = _pair(line_count=1)
    told = report(problem, plan, summary={})
    expected: dict[tuple[str, int], int] = {}
    for move in plan.moves:
        for step in move.steps:
            for day in range(step.departure_min // DAY_MIN, (step.arrival_min - 1) // DAY_MIN + 1):
                key = (step.leg_id, day)
                expected[key] = expected.get(key, 0) + problem.load_of[move.load_id].people
    assert {(flow.leg_id, flow.day): flow.amount.people for flow in told.flows} == expected


def test_join_wait_is_told_where_one_load_waits_for_another() -> None:
    problem, plan = _pair()
    assert any(wait.cause in {Cause.JOIN, Cause.INTEGRATION} for wait in report(problem, plan, summary={}).waits)


def test_summary_findings_and_prices_are_passed_on() -> None:
    problem, plan = _pair(line_count=2)
    summary = {"closure_bound_d": 3.5, "closure_gap": 0.1, "lateness_bound_d": 2, "lines": "two"}
    told = report(problem, plan, summary=summary, findings=[_Finding()])
    assert told.figures.closure_bound_d == 3.5
    assert told.figures.closure_gap == 0.1
    assert told.figures.lateness_bound_d == 2.0
    assert told.figures.closure_uncongested_d is None
    assert told.findings == (("whole_line", "Line L001 is torn apart."),)


def test_overrides_are_told_with_their_price_where_they_have_one() -> None:
    lock = Override(override_id="O1", kind=OverrideKind.LOCK, uln="L001", start_min=0)
    other = replace(lock, override_id="O2")
    port = replace(lock, override_id="O3", is_chosen_port=True)
    problem = replace(random_problem(1, line_count=2), overrides=(lock, other, port))
    price = {"override_id": "O1", "weighted_lateness_d": 1.5, "closure_d": 0.25, "unmet_weight": 0}
    told = report(problem, hand_plan(problem), summary={"override_prices": [price]})
    assert told.overrides == (
        OverrideRow(override=lock, weighted_lateness_d=1.5, closure_d=0.25, unmet_weight=0.0),
        OverrideRow(override=other),
    )


def test_march_table_and_graphs_are_told_where_factors_are_given() -> None:
    problem, plan = _pair()
    assert report(problem, plan, summary={}).convoys == ()
    told = report(problem, plan, summary={}, march_factors=MarchFactors.from_reference(load_factors()))
    convoys = [step for move in plan.moves for step in move.steps if step.leg_id.startswith("convoy:")]
    assert len(told.convoys) == len(convoys)
    assert {graph.corridor.corridor_id for graph in told.graphs} <= {convoy.leg for convoy in told.convoys}


def test_report_when_nothing_moves() -> None:
    problem = random_problem(1, line_count=2)
    problem = replace(problem, no_ways=(NoWay(uln="L001", load_id=None, reason="No road."),))
    told = report(problem, hand_plan(problem, unmoved=["L001", "L002"]), summary={})
    assert told.figures.closure_min is None
    assert told.figures.moved == Amount()
    assert told.unmoved == (("L001", "No road. No itinerary is open to it."), ("L002", "No itinerary is open to it."))
