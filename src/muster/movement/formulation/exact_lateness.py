"""What whole prices of windows prove of weighted lateness, exactly: bucket after bucket in which lines may close."""

from collections.abc import Sequence

import numpy as np

from muster.movement.formulation.choices import Choices, Ints
from muster.movement.formulation.deadlines import Deadline, Family
from muster.movement.formulation.exact_pricing import NEVER, SUM_BITS, TooHigh, least_pay, lost_bits
from muster.movement.formulation.pricing import Pricing
from muster.movement.formulation.rows import PARTS


def least_late_min(choices: Choices, ends_min: Ints) -> Ints:
    """Least weighted lateness of each line that closes in each bucket. Shape (n_lines, n_buckets).

    Parameters
    ----------
    ends_min
        Last minute of each bucket.
    """
    begins = np.concatenate(([0], ends_min[:-1] + 1))
    closes = np.maximum(begins[None, :], choices.line_end_min[:, None])
    required = np.array([line.required_min for line in choices.lines], dtype=np.int64)
    weight = np.array([line.weight for line in choices.lines], dtype=np.int64)
    return np.asarray(weight[:, None] * np.maximum(0, closes - required[:, None]), dtype=np.int64)


def highest_bits(late_min: Ints) -> int:
    """The most bits by which prices may be counted finer than weighted minutes, so that lateness can be counted too."""
    return SUM_BITS - PARTS.bit_length() - int(late_min.max(initial=1)).bit_length()


def proven_lateness_min(
    pricing: Pricing,
    families: Sequence[Family],
    deadlines: Sequence[Deadline],
    prices: Sequence[int],
    *,
    price_bits: int,
    ends_min: Ints,
) -> int:
    r"""Weighted lateness that no plan is below, from whole prices of deadlines.

    .. math:: \sum_\ell \min_t \Bigl[w_\ell (t - R_\ell)^+ + \sum_{i \in \ell} c_i(t)\Bigr]
              - \sum_\rho \lambda_\rho\, \text{room}_\rho

    Every term of the first sum is rounded down, and so is the result.

    Parameters
    ----------
    price_bits
        A price of 1 is a weighted minute divided by two to this power, for one of an amount.
    ends_min
        Last minutes of the buckets in which lines may close; the last is the horizon.

    Raises
    ------
    TooHigh
        When prices or lateness cannot be counted.
    """
    choices = pricing.choices
    late_min = least_late_min(choices, ends_min)
    if price_bits > highest_bits(late_min):
        raise TooHigh(f"lateness cannot be counted in parts of two to the {price_bits}")
    by_family = [[at for at, row in enumerate(deadlines) if row.family == index] for index in range(len(families))]
    rows = [family.row for family in families]
    bits = lost_bits(choices, rows, [sum(prices[at] for at in own) for own in by_family])
    onwards = [_onwards([(deadlines[at].end_min, prices[at]) for at in own]) for own in by_family]
    shift = price_bits + PARTS.bit_length() - 1 - bits
    late = late_min << shift if shift >= 0 else late_min >> -shift
    first_load = np.searchsorted(choices.load_line, np.arange(len(choices.lines)))
    least: Ints = np.full(len(choices.lines), NEVER)
    for bucket, end_min in enumerate(ends_min.tolist()):
        pays = np.zeros(len(choices.ride_way), dtype=np.int64)
        for family, (due_min, ahead) in zip(families, onwards, strict=True):
            price = ahead[np.searchsorted(due_min, end_min - family.tail_min, side="left")]
            pays[family.row.rides] += (family.row.parts * price) >> bits
        load_pays = least_pay(pricing, pays, end_min)
        cannot = np.logical_or.reduceat(load_pays == NEVER, first_load)
        line_pays = np.add.reduceat(np.where(load_pays == NEVER, 0, load_pays), first_load)
        np.minimum(least, np.where(cannot, NEVER, line_pays + late[:, bucket]), out=least)
    paid: int = sum(np.where(least == NEVER, 0, least).tolist())
    room = sum(price * families[row.family].room(row.end_min) for price, row in zip(prices, deadlines, strict=True))
    return ((paid << bits) - room * PARTS) // (PARTS << price_bits)


def _onwards(own: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Deadlines in order, and what is paid for all from each of them on; nothing after the last."""
    own = sorted(own)
    due = np.array([end_min for end_min, _ in own], dtype=np.int64)
    price = np.array([price for _, price in own], dtype=np.int64)
    return due, np.append(np.cumsum(price[::-1])[::-1], 0)
