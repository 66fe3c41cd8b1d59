"""The parts of the search: profiles, diaries, and a ledger that takes everything back."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.instances import DAY_MIN, random_problem, steady
from muster.movement.checks import check
from muster.movement.problem import CapacityStep, Carrier, Problem, Resource, ResourceKind
from muster.movement.search import Board, Improver, Settings, write_plan
from muster.movement.search.profiles import NEVER, PeriodProfile, StepProfile, next_opening
from muster.movement.search.state import State, Trial
from muster.movement.solve import solve


def _state_of(board: Board) -> list[object]:
    """Everything that bookings can change."""
    profiles = [
        (list(profile._used) if isinstance(profile, PeriodProfile) else (list(profile._times), list(profile._free)))
        for profile in board.profiles.values()
    ]
    diaries = [
        (list(d.starts_min), list(d.ends_min), list(d.gaps_min), list(d.empty_departures_min)) for d in board.diaries
    ]
    return [profiles, diaries, [list(hop.starts_min) for hop in board.hops.values()]]


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
    profile = StepProfile(steady("PORT", ResourceKind.BERTH_RORO, 2))
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
    profile = StepProfile(resource)
    assert profile.earliest(0, 60, 100) == DAY_MIN + 480
    assert profile.earliest(DAY_MIN + 1_150, 60, 100) == 2 * DAY_MIN + 480
    assert profile.earliest(0, 800, 100) == NEVER


def test_a_period_profile_moves_on_to_the_next_day_with_room() -> None:
    profile = PeriodProfile(steady("BORDER", ResourceKind.CREDITS, 2, period_min=DAY_MIN), 5 * DAY_MIN)
    profile.book(10, 2)
    profile.book(DAY_MIN, 1)
    assert profile.earliest(20, 1) == DAY_MIN
    assert profile.earliest(20, 2) == 2 * DAY_MIN
    assert profile.earliest(20, 3) == NEVER


@pytest.mark.parametrize(
    ("from_min", "duration_min", "expected_min"), [(0, 60, 480), (500, 60, 500), (1_190, 60, 1_920), (0, 900, NEVER)]
)
def test_a_use_lies_within_the_hours_of_one_day(from_min: int, duration_min: int, expected_min: int) -> None:
    assert next_opening(from_min, duration_min, (480, 1_200)) == expected_min


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
    profile = StepProfile(steady("PORT", ResourceKind.BERTH_RORO, 4))
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
    board = Board(with_tired_crews(problem) if is_limited else problem)
    state, draw = State(board), Random(seed)
    for unit in board.units:
        state.place(unit, Settings(draw))
    before, value = _state_of(board), state.value()
    for _ in range(5):
        ruined = draw.sample(board.units, 4)
        trial = Trial(state, ruined)
        for unit in draw.sample(ruined, 4):
            state.place(unit, Settings(draw, patience=draw.choice((0.0, 4.0))))
        trial.undo()
        assert state.value() == value
        assert _state_of(board) == before


def test_going_back_to_a_plan_books_all_of_it_again() -> None:
    board = Board(random_problem(8, line_count=12))
    state = State(board)
    for unit in board.units:
        state.place(unit, Settings(Random(1)))
    before, snapshot, value = _state_of(board), state.snapshot(), state.value()
    state.clear()
    state.restore(snapshot)
    assert (_state_of(board), state.value()) == (before, value)


@pytest.mark.parametrize("seed", range(6))
def test_crews_with_a_daily_limit_are_planned_clean(seed: int) -> None:
    problem = with_tired_crews(random_problem(seed, line_count=10))
    assert check(problem, solve(problem, with_bound=False, iteration_limit=40).plan) == ()


def test_no_line_is_taken_out_twice_in_one_step() -> None:
    improver = Improver(Board(random_problem(4, line_count=6)), seed=2)
    improver.place_all(improver.usual_order(), Settings(Random(2)), lambda: False)
    improver.state.remove(improver.board.units[0])
    for _ in range(100):
        ruined = [unit.index for unit in improver._choose()]
        assert sorted(set(ruined)) == sorted(ruined)


def test_the_best_plan_is_clean_at_every_step() -> None:
    problem = random_problem(11, line_count=12)
    improver = Improver(Board(problem), seed=3)
    improver.place_all(improver.usual_order(), Settings(Random(3)), lambda: False)
    for _ in range(60):
        improver.step(lambda: False)
    assert improver.best is not None
    plan = write_plan(improver.board, improver.best, version="0", seed=3)
    assert check(problem, plan) == ()
    assert improver.best_value[0] == 0
