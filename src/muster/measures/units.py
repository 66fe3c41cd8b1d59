"""The one place where units are converted; inside a room everything is SI and whole minutes."""

from typing import Final

MINUTES_PER_HOUR: Final = 60
MINUTES_PER_DAY: Final = 1440
METRES_PER_KILOMETRE: Final = 1000.0
METRES_PER_NAUTICAL_MILE: Final = 1852.0
METRES_PER_FOOT: Final = 0.3048
TONNES_PER_SHORT_TON: Final = 0.90718474
SQUARE_METRES_PER_SQUARE_FOOT: Final = 0.09290304
CUBIC_METRES_PER_MEASUREMENT_TON: Final = 40 * METRES_PER_FOOT**3
LITRES_PER_US_GALLON: Final = 3.785411784
KILOGRAMS_PER_POUND: Final = 0.45359237
KILOMETRES_PER_HOUR_PER_KNOT: Final = METRES_PER_NAUTICAL_MILE / METRES_PER_KILOMETRE


class LossyScaling(ValueError):
    """A number does not survive being scaled to a whole one.

    Attributes
    ----------
    what
        The name of the number.
    value
        The number as given.
    factor
        The scale that was tried.
    """

    def __init__(self, what: str, value: float, factor: int) -> None:
        super().__init__(
            f"{what} {value!r} is not a whole number when multiplied by {factor}; give at most "
            f"{len(str(factor)) - 1} decimals."
        )
        self.what, self.value, self.factor = what, value, factor


def scaled(value: float, factor: int, *, what: str) -> int:
    """Scale a decimal number to a whole one, refusing to lose anything that matters.

    Parameters
    ----------
    value
        The number as people wrote it, for example tonnes with three decimals.
    factor
        How many small units make one large unit, for example 1000 kg in a tonne.
    what
        The name of the number, for the error.

    Raises
    ------
    LossyScaling
        When rounding would change the number by more than a millionth of a small unit.
    """
    product = value * factor
    whole = round(product)
    if abs(product - whole) > 1e-6 * max(1.0, abs(product)):
        raise LossyScaling(what, value, factor)
    return whole


def days(minutes: float) -> float:
    """Minutes as days."""
    return minutes / MINUTES_PER_DAY
