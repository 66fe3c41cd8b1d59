"""Every row that a bound may rest on holds for real plans, as do the heads and tails that rows are made from."""

from dataclasses import replace
from time import monotonic

import numpy as np
import pytest

from movement.instances import random_problem
from muster.movement.formulation.cheapest import bench, paths, price_all
from muster.movement.formulation.choices import Choices, Floats, choices
from muster.movement.formulation.lateness_by_windows import bound_by_windows
from muster.movement.formulation.moments import takings, whole_voyage_parts
from muster.movement.formulation.rows import Ground
from muster.movement.formulation.separation import broken_rows
from muster.movement.formulation.worths import COST, cost_of_room, prices
from muster.movement.plan import Plan, Step
from muster.movement.problem import NoWay, Problem
from muster.movement.score import score
from muster.movement.solve import solve

ALL_OF_IT = -0.999
"""A margin so low that rows are made wherever anything is used."""


def planned(seed: int) -> tuple[Problem, Plan]:
    problem = random_problem(seed, line_count=1 + seed % 8, trains_1435=1, trains_1520=1, buses=1, hets=1)
    return problem, solve(problem, time_limit_s=20.0, with_bound=False, iteration_limit=5).plan


def rides_made(laid_out: Choices, plan: Plan) -> list[tuple[int, Step, str]]:
    """The ride behind each step of a plan, and the line it belongs to."""
    problem = laid_out.problem
    type_of = {voyage.voyage_id: problem.asset_of[voyage.asset_id].asset_type_id for voyage in plan.voyages}
    known: dict[tuple[str, str, str | None], int] = {}
    for ride, (way, load) in enumerate(zip(laid_out.ride_way, laid_out.ride_load, strict=True)):
        pool = laid_out.ways[way].pool
        kind = None if pool is None else pool.kind.asset_type_id
        known[laid_out.loads[load].load_id, laid_out.ways[way].leg.leg_id, kind] = ride
    return [
        (known[move.load_id, step.leg_id, type_of.get(step.voyage_id or "")], step, problem.load_of[move.load_id].uln)
        for move in plan.moves
        for step in move.steps
    ]


@pytest.mark.parametrize("seed", range(12))
def test_heads_and_tails_hold_for_a_plan(seed: int) -> None:
    problem, plan = planned(seed)
    laid_out = choices(problem)
    made = rides_made(laid_out, plan)
    closes_min = {uln: max(step.end_min for _, step, own in made if own == uln) for _, _, uln in made}
    for ride, step, uln in made:
        load_min = laid_out.ways[laid_out.ride_way[ride]].load_min
        assert step.departure_min - load_min >= laid_out.head_min[ride]
        assert step.end_min + laid_out.tail_min[ride] <= closes_min[uln]


@pytest.mark.parametrize("seed", range(12))
def test_every_row_holds_for_a_plan(seed: int) -> None:
    problem, plan = planned(seed)
    ground = Ground(choices(problem))
    flow: Floats = np.zeros(len(ground.choices.ride_way))
    for ride, _, _ in rides_made(ground.choices, plan):
        flow[ride] += 1.0
    closure_min = score(problem, plan).closure_min
    rows = broken_rows(ground, flow, closure_min, margin=ALL_OF_IT)
    assert rows
    for row in rows:
        assert (row.coefficient * flow[row.rides]).sum() <= row.room(closure_min) * (1 + 1e-9)


def ground_of(problem: Problem, plan: Plan) -> Ground:
    """What bounds are made from, without the lines that a plan leaves behind."""
    left = tuple(NoWay(uln=unmoved.uln, load_id=None, reason=unmoved.reason) for unmoved in plan.unmoved)
    return Ground(choices(replace(problem, no_ways=(*problem.no_ways, *left))))


@pytest.mark.parametrize("seed", range(12))
def test_windows_prove_no_more_lateness_than_a_plan_has(seed: int) -> None:
    problem, plan = planned(seed)
    value, until_s = score(problem, plan), monotonic() + 10.0
    proved = bound_by_windows(ground_of(problem, plan), closure_min=value.closure_min, until_s=until_s)
    assert proved is not None
    assert proved.lateness_min <= value.weighted_lateness_min


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_is_less_late_than_what_any_prices_prove(seed: int) -> None:
    problem, plan = planned(seed)
    ground = ground_of(problem, plan)
    laid_out, supplies = takings(ground, problem.horizon_min, whole_voyage_parts(ground))
    draw = np.random.default_rng(seed)
    late_min = score(problem, plan).weighted_lateness_min
    for width_min in (30, 240, 1_000):
        worth_min = draw.exponential(3_000.0, len(laid_out.room)) * (draw.random(len(laid_out.room)) < 0.3)
        asked = prices(laid_out, supplies, worth_min)
        lines = paths(ground.choices)
        closings = np.zeros(len(lines.weight), dtype=np.int64)
        cost = price_all(lines, laid_out, asked, bench(lines, width_min), closings)
        assert (cost - cost_of_room(laid_out, asked)) // COST <= late_min


@pytest.mark.parametrize("seed", range(12))
def test_what_lines_pay_does_not_depend_on_where_they_are_looked_for_first(seed: int) -> None:
    problem = random_problem(seed, line_count=1 + seed % 8, trains_1435=1, trains_1520=1, buses=1, hets=1)
    ground = Ground(choices(problem))
    laid_out, supplies = takings(ground, problem.horizon_min, whole_voyage_parts(ground))
    draw = np.random.default_rng(seed)
    worth_min = draw.exponential(3_000.0, len(laid_out.room)) * (draw.random(len(laid_out.room)) < 0.3)
    asked, lines = prices(laid_out, supplies, worth_min), paths(ground.choices)
    costs = {
        price_all(lines, laid_out, asked, bench(lines, 60), np.full(len(lines.weight), guess, dtype=np.int64))
        for guess in (0, 20, 100, 5_000)
    }
    assert len(costs) == 1
