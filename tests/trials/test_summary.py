"""Figures from replications, and how often their intervals hold what they are for."""

import numpy as np
import pytest

from muster.trials.summary import Estimate, mean, quantile, quantile_change, share


def test_quantiles_of_a_hundred_numbers() -> None:
    values = np.arange(100.0, 0.0, -1.0)
    assert quantile(values, 0.5) == Estimate(50.0, 40.0, 61.0)
    assert quantile(values, 0.8) == Estimate(80.0, 72.0, 89.0)


def test_replications_that_never_end_are_later_than_any_other() -> None:
    values = np.array([3.0, np.inf, 1.0, 2.0])
    assert quantile(values, 0.75).value == 3.0
    assert quantile(values, 0.95) == Estimate(np.inf, 3.0, np.inf)


def test_the_interval_of_a_quantile_holds_it_as_often_as_promised() -> None:
    draw = np.random.default_rng(5)
    exact = -np.log(1 - 0.8)
    held = 0
    for _ in range(2_000):
        found = quantile(draw.exponential(size=200), 0.8)
        held += found.low <= exact < found.high
    assert 0.945 <= held / 2_000 <= 0.975


def rounded(estimate: Estimate) -> Estimate:
    return Estimate(*(round(value, 4) for value in (estimate.value, estimate.low, estimate.high)))


def test_shares_and_means() -> None:
    assert rounded(share(0, 20)) == Estimate(0.0, 0.0, 0.1611)
    assert rounded(share(5, 20)) == Estimate(0.25, 0.1119, 0.4687)
    assert rounded(mean(np.array([1.0, 3.0]))) == Estimate(2.0, 0.04, 3.96)


def test_a_shift_under_one_chance_is_seen_exactly() -> None:
    values = np.random.default_rng(2).exponential(size=400)
    assert rounded(quantile_change(values + 2.0, values, 0.8)) == Estimate(2.0, 2.0, 2.0)


def test_between_never_and_never_there_is_no_change() -> None:
    never = np.full(40, np.inf)
    assert quantile_change(never, never, 0.8) == Estimate(0.0, 0.0, 0.0)
    assert quantile_change(never, np.zeros(40), 0.8) == Estimate(np.inf, -np.inf, np.inf)


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="of 0 values"):
        quantile(np.array([]), 0.5)
