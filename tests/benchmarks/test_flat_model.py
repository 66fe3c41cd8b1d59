"""The time-expanded programme: solved where it is small, and late for the same reason as everyone."""

from benchmarks.flat_model import BUCKET_MIN, solve_flat
from benchmarks.generator import generate
from muster.measures import MINUTES_PER_DAY


def test_four_lines_are_solved_to_the_optimum() -> None:
    problem = generate(4, family="dominant", seed=1)
    answer = solve_flat(problem, until_min=14 * MINUTES_PER_DAY, seed=1, time_limit_s=20.0, workers=1)
    assert answer.status == "Optimal"
    assert answer.lateness_min == answer.bound_min


def test_it_grows_with_the_buckets_of_the_horizon() -> None:
    problem = generate(4, family="dominant", seed=1)
    short, long = (
        solve_flat(problem, until_min=count * BUCKET_MIN, seed=1, time_limit_s=0.0, workers=1) for count in (60, 120)
    )
    assert long.columns > 1.8 * short.columns
    assert short.lateness_min is None
