"""The parts of the search: profiles, crews with a daily limit, and a ledger that takes everything back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.instances import DAY_MIN, random_problem, steady
from movement.workbench import Workbench
from muster.movement.checks import check
from muster.movement.problem import CapacityStep, Carrier, Problem, Resource, ResourceKind
from muster.movement.search import Board, Improver, Settings, lay_out, usual_order, write_plan
from muster.movement.search.compiled import NEVER
from muster.movement.search.ledger import rollback
from muster.movement.search.placing import remove_unit
from muster.movement.search.profiles import (
    book_count,
    book_span,
    clear_from,
    earliest_count,
    earliest_span,
    next_opening,
)
from muster.movement.search.ruin import keep, place, value_of
from muster.movement.solve import solve


class Profile:
    """One resource on a workbench."""

    def __init__(self, resource: Resource) -> None:
        self.bench = Workbench(replace(random_problem(1, horizon_d=5), resources=(resource,)), spare_steps=100)

    def book(self, start_min: int, end_min: int, amount: int) -> None:
        book_span(self.bench.tables, self.bench.books, 0, start_min, end_min, amount)

    def earliest(self, from_min: int, duration_min: int, amount: int) -> int:
        return earliest_span(self.bench.tables, self.bench.books, 0, from_min, duration_min, amount)

    def clear_from(self, start_min: int, end_min: int, amount: int) -> int:
        return clear_from(self.bench.tables, self.bench.books, 0, start_min, end_min, amount)

    def count(self, at_min: int, amount: int) -> None:
        book_count(self.bench.tables, self.bench.books, 0, at_min, amount)

    def earliest_count(self, from_min: int, amount: int) -> int:
        return earliest_count(self.bench.tables, self.bench.books, 0, from_min, amount)


def with_tired_crews(problem: Problem) -> Problem:
    """The same problem with buses whose crews may travel for at most 20 hours a day."""
    kinds = tuple(
        replace(kind, daily_limit_min=1_200) if kind.carrier is Carrier.BUS else kind for kind in problem.asset_types
    )
    legs = tuple(
        replace(leg, travel_min={"bus": 1_100}) if leg.leg_id == "bus:BARRACKS>YARD" else leg for leg in problem.legs
    )
    return replace(problem, asset_types=kinds, legs=legs)


def test_a_step_profile_finds_the_first_room_and_forgets_what_is_given_back() -> None:
    profile = Profile(steady("PORT", ResourceKind.BERTH_RORO, 2))
    profile.book(100, 200, 1)
    profile.book(150, 300, 1)
    assert [profile.earliest(minute, 50, 1) for minute in (0, 110, 150)] == [0, 200, 200]
    assert profile.earliest(0, 150, 2) == 300
    assert profile.clear_from(0, 400, 2) == 300
    assert profile.clear_from(0, 400, 1) == 200
    profile.book(150, 300, -1)
    profile.book(100, 200, -1)
    assert profile.earliest(0, 10_000, 2) == 0
    assert profile.earliest(0, 10, 3) == NEVER


def test_a_step_profile_keeps_its_calendar_and_hours() -> None:
    resource = Resource(
        resource_id="PORT/mog",
        place="PORT",
        kind=ResourceKind.MOG,
        steps=(CapacityStep(from_min=0, capacity=0), CapacityStep(from_min=DAY_MIN, capacity=100)),
        hours=(480, 1_200),
    )
    profile = Profile(resource)
    assert profile.earliest(0, 60, 100) == DAY_MIN + 480
    assert profile.earliest(DAY_MIN + 1_150, 60, 100) == 2 * DAY_MIN + 480
    assert profile.earliest(0, 800, 100) == NEVER


def test_a_period_profile_moves_on_to_the_next_day_with_room() -> None:
    profile = Profile(steady("BORDER", ResourceKind.CREDITS, 2, period_min=DAY_MIN))
    profile.count(10, 2)
    profile.count(DAY_MIN, 1)
    assert profile.earliest_count(20, 1) == DAY_MIN
    assert profile.earliest_count(20, 2) == 2 * DAY_MIN
    assert profile.earliest_count(20, 3) == NEVER


@pytest.mark.parametrize(
    ("from_min", "duration_min", "expected_min"), [(0, 60, 480), (500, 60, 500), (1_190, 60, 1_920), (0, 900, NEVER)]
)
def test_a_use_lies_within_the_hours_of_one_day(from_min: int, duration_min: int, expected_min: int) -> None:
    assert next_opening(from_min, duration_min, 480, 1_200) == expected_min


@settings(deadline=None)
@given(
    bookings=st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 200), st.integers(1, 3)), min_size=1, max_size=12
    ),
    duration_min=st.integers(1, 100),
    amount=st.integers(1, 4),
)  # fmt: skip
def test_a_step_profile_agrees_with_counting_minute_by_minute(
    bookings: list[tuple[int, int, int]], duration_min: int, amount: int
) -> None:
    profile = Profile(steady("PORT", ResourceKind.BERTH_RORO, 4))
    free = [4] * 2_000
    for start_min, length_min, booked in bookings:
        profile.book(start_min, start_min + length_min, booked)
        for minute in range(start_min, start_min + length_min):
            free[minute] -= booked
    fits = (m for m in range(2_000) if all(room >= amount for room in free[m : m + duration_min]))
    assert profile.earliest(0, duration_min, amount) == next(fits)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 500), is_limited=st.booleans())
def test_a_trial_that_is_undone_leaves_no_trace(seed: int, is_limited: bool) -> None:
    problem = random_problem(seed, line_count=10)
    bench = Workbench(with_tired_crews(problem) if is_limited else problem)
    bench.place_all()
    draw = np.random.default_rng(seed)
    before, value = bench.state(), value_of(bench.tables, bench.books, 0)
    for _ in range(5):
        placed = np.flatnonzero(bench.booked.closed_min >= 0)
        ruined = draw.choice(placed, min(4, len(placed)), replace=False).tolist()
        for unit in ruined:
            remove_unit(bench.tables, bench.books, bench.desk, unit)
        assert bench.state() != before
        for unit in draw.permutation(ruined).tolist():
            wished = Settings(patience=float(draw.choice((0.0, 4.0))))
            place(bench.tables, bench.books, bench.desk, wished, bench.draw, unit, 0)
        rollback(bench.tables, bench.books, bench.desk, 0)
        assert value_of(bench.tables, bench.books, 0) == value
        assert bench.state() == before


def test_going_back_to_a_plan_brings_all_of_it_back() -> None:
    bench, other = Workbench(random_problem(8, line_count=12)), Workbench(random_problem(8, line_count=12))
    empty = bench.state()
    bench.place_all()
    before = bench.state()
    keep(bench.books, other.books)
    assert other.state() == before != empty
    for unit in range(12):
        remove_unit(bench.tables, bench.books, bench.desk, unit)
    keep(other.books, bench.books)
    assert bench.state() == before


@pytest.mark.parametrize("seed", range(6))
def test_crews_with_a_daily_limit_are_planned_clean(seed: int) -> None:
    problem = with_tired_crews(random_problem(seed, line_count=10))
    assert check(problem, solve(problem, with_bound=False, iteration_limit=200).plan) == ()


def test_the_best_plan_is_clean_at_every_step() -> None:
    problem = random_problem(11, line_count=12)
    board = Board(problem)
    tables = lay_out(board)
    improver = Improver(board, tables, seed=3)
    improver.place_all(usual_order(board), Settings(), lambda: False)
    for _ in range(20):
        improver.improve(20, lambda: False)
        assert check(problem, write_plan(board, tables, improver.best(), version="0", seed=3)) == ()
    assert improver.best_value.unmet == 0
    assert improver.iterations == 400
