import pytest

from muster.measures import LossyScaling, days, scaled, units


def test_scaling_keeps_what_is_exact() -> None:
    assert scaled(62.45, 1000, what="mass_t") == 62450


def test_scaling_refuses_a_loss_that_matters() -> None:
    with pytest.raises(LossyScaling, match="mass_t 1.23456 is not a whole number when multiplied by 1000"):
        scaled(1.23456, 1000, what="mass_t")


def test_days_of_minutes() -> None:
    assert days(2160) == 1.5


def test_conversions_agree_with_the_published_ones() -> None:
    assert pytest.approx(0.907185, abs=1e-6) == units.TONNES_PER_SHORT_TON
    assert pytest.approx(1.13267, abs=1e-5) == units.CUBIC_METRES_PER_MEASUREMENT_TON
    assert pytest.approx(0.092903, abs=1e-6) == units.SQUARE_METRES_PER_SQUARE_FOOT
    assert units.KILOMETRES_PER_HOUR_PER_KNOT == 1.852
