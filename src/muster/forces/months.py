"""Months of a rotation plan: twelve of them make 365 days, counted from C-day."""

from functools import cache
from typing import Final

DAYS_PER_YEAR: Final = 365
MONTHS_PER_YEAR: Final = 12
QUARTER_MONTHS: Final = 3
"""Months that are told together where single ones would tell too much."""


@cache
def month_start_d(month: int) -> int:
    """First day after C-day of a month, counted from 0.

    Examples
    --------
    >>> [month_start_d(month) for month in (0, 1, 2, 12)]
    [0, 30, 60, 365]
    """
    return DAYS_PER_YEAR * month // MONTHS_PER_YEAR


def days_in_month(month: int, from_d: int, until_d: int | None) -> int:
    """Days of a month within ``[from_d, until_d)``; None as an end is no end."""
    end_d = month_start_d(month + 1)
    return max(0, (end_d if until_d is None else min(end_d, until_d)) - max(month_start_d(month), from_d))
