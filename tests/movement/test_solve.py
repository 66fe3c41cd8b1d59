"""The main path: anytime, the same for a seed, with what is asked for beside the plan."""

from dataclasses import replace

import pytest

from movement.instances import DAY_MIN, random_problem
from muster.movement.checks import check
from muster.movement.plan import Score
from muster.movement.problem import Problem
from muster.movement.proving import BoundFailed, Prover
from muster.movement.score import score
from muster.movement.solve import Progress, solve, uncongested


@pytest.mark.parametrize("seed", range(12))
def test_random_problems_are_planned_whole_and_clean(seed: int) -> None:
    problem = random_problem(seed, line_count=6)
    result = solve(problem, with_bound=False, iteration_limit=30)
    assert check(problem, result.plan) == ()
    assert result.plan.unmoved == ()
    assert result.score == score(problem, result.plan)
    assert result.closure_uncongested_min <= result.score.closure_min


def test_a_crowded_problem_is_planned_clean() -> None:
    problem = random_problem(3, line_count=60)
    result = solve(problem, with_bound=False, iteration_limit=60)
    assert check(problem, result.plan) == ()


def test_the_same_seed_makes_the_same_plan() -> None:
    problem = random_problem(5, line_count=12)
    first, again = (solve(problem, seed=7, with_bound=False, iteration_limit=50).plan for _ in range(2))
    assert first == again


def test_more_steps_never_make_it_worse() -> None:
    problem = random_problem(4, line_count=15)
    few, many = (solve(problem, with_bound=False, iteration_limit=limit).score for limit in (5, 80))
    assert many.key[:3] <= few.key[:3]


def test_stopping_gives_the_best_plan_so_far_whole() -> None:
    problem = random_problem(2, line_count=20)
    asked: list[int] = []

    def should_stop() -> bool:
        asked.append(1)
        return len(asked) > 60

    result = solve(problem, with_bound=False, should_stop=should_stop)
    assert check(problem, result.plan) == ()
    assert len({problem.load_of[move.load_id].uln for move in result.plan.moves}) + len(result.plan.unmoved) == 20


def test_stopping_at_once_leaves_every_line_where_it_is() -> None:
    problem = random_problem(2)
    result = solve(problem, with_bound=False, should_stop=lambda: True)
    assert check(problem, result.plan) == ()
    assert result.plan.moves == ()
    assert {unmoved.reason for unmoved in result.plan.unmoved} == {
        "Planning was stopped before this line had its turn."
    }  # fmt: skip


def test_a_bound_is_proved_beside_the_plan() -> None:
    problem = random_problem(1)
    told: list[Progress] = []
    result = solve(problem, time_limit_s=4.0, iteration_limit=20, on_progress=told.append)
    assert result.bound is not None
    assert result.bound.closure_min <= result.score.closure_min
    assert result.bound.weighted_lateness_min <= result.score.weighted_lateness_min
    assert [progress.phase for progress in told if progress.phase != "improve"] == ["first plan", "bound", "done"]
    assert told[-1].closure_min == result.score.closure_min


def test_a_problem_without_lines_has_an_empty_plan() -> None:
    problem = replace(random_problem(1), lines=(), loads=())
    result = solve(problem, with_bound=False, iteration_limit=3)
    assert (result.plan.moves, result.plan.voyages, result.plan.unmoved) == ((), (), ())
    assert result.score == Score(unmet_weight=0, weighted_lateness_min=0, closure_min=0, asset_min=0)


def test_the_uncongested_closure_is_that_of_a_line_alone_with_every_asset_at_hand() -> None:
    problem = replace(random_problem(1, line_count=1), permits=())
    line = problem.lines[0]
    cargo = {problem.load_of[load_id].cargo.value for load_id in line.loads}
    assert (line.origin, sorted(cargo)) == ("BARRACKS", ["carried", "people"])
    two_trains_min, transporters_min = (240 + 1_425 + 180) + (240 + 240 + 180), 120 + 960 + 90
    assert uncongested(problem) == {line.uln: line.ready_min + two_trains_min + 720 + transporters_min}


def _later(problem: Problem, days: int) -> Problem:
    """Everything that is dated, so many days later."""
    shift_min = days * DAY_MIN
    return replace(
        problem,
        horizon_min=problem.horizon_min + shift_min,
        lines=tuple(
            replace(line, ready_min=line.ready_min + shift_min, required_min=line.required_min + shift_min)
            for line in problem.lines
        ),
        permits=tuple(
            replace(permit, granted_min=None if permit.granted_min is None else permit.granted_min + shift_min)
            for permit in problem.permits
        ),
        assets=tuple(
            replace(
                asset,
                available_from_min=asset.available_from_min + shift_min,
                available_until_min=asset.available_until_min + shift_min,
            )
            for asset in problem.assets
        ),
    )


@pytest.mark.parametrize(("seed", "days"), [(1, 1), (2, 5), (3, 9), (6, 30)])
def test_shifting_every_date_shifts_the_plan(seed: int, days: int) -> None:
    problem = random_problem(seed, line_count=8)
    plan = solve(problem, with_bound=False, iteration_limit=0).plan
    later = solve(_later(problem, days), with_bound=False, iteration_limit=0).plan
    shift_min = days * DAY_MIN
    assert [
        [(step.leg_id, step.voyage_id, step.start_min, step.end_min) for step in move.steps] for move in later.moves
    ] == [
        [(step.leg_id, step.voyage_id, step.start_min + shift_min, step.end_min + shift_min) for step in move.steps]
        for move in plan.moves
    ]


def test_a_failed_proof_does_not_cost_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise BoundFailed("out of memory")

    monkeypatch.setattr(Prover, "wait", fail)
    result = solve(random_problem(1), time_limit_s=5.0, iteration_limit=1)
    assert (str(BoundFailed("out of memory")), ()) == (result.bound_failure, result.plan.unmoved)
