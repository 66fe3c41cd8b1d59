"""Whole prices of rows, and what loads pay at them: the half of the bound that is exact and needs no solver.

Theory of operation: prices and what rides take are whole numbers of which each product fits into 64 bits. Before
products are summed they lose their last bits, as many as it takes that no sum of what follows can overflow; what is
lost only lowers what loads pay, so it never makes a bound invalid. Rooms are summed without limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, log2
from typing import Final

import numpy as np

from muster.movement.formulation.choices import Choices, Floats, Ints
from muster.movement.formulation.pricing import Pricing
from muster.movement.formulation.rows import PARTS, Row

PRODUCT_BITS: Final = 62
"""What a ride pays for a row stays below this power of two."""
AMOUNT_BITS: Final = 52
"""What a ride takes of a row stays below this power of two."""
SUM_BITS: Final = 61
"""Sums of what loads pay stay below this power of two."""
NEVER: Final = 1 << 62
"""What it costs to do what cannot be done."""


class TooHigh(ValueError):
    """Prices or amounts that cannot be counted in 64 bits."""


def whole_prices(rows: Sequence[Row], prices: Floats, *, most: float = inf) -> tuple[Ints, float]:
    """Prices in whole numbers, as fine as they can be, and how many times as high, which is a power of two.

    Parameters
    ----------
    most
        No more times as high than this.
    """
    taken = np.array([float(row.parts.max(initial=0)) for row in rows])
    dearest = float((prices * taken).max(initial=0.0))
    times = 2.0 ** floor(log2(min(most, (1 << (PRODUCT_BITS - 1)) / dearest))) if dearest > 0.0 else 1.0
    return np.floor(np.where(taken > 0, prices * times, 0.0)).astype(np.int64), times


def lost_bits(choices: Choices, rows: Sequence[Row], prices: Sequence[int]) -> int:
    """Bits that every product of a price and an amount loses, so that no sum of them overflows.

    Raises
    ------
    TooHigh
        When a product does not fit into 64 bits.
    """
    dearest = 0
    for row, price in zip(rows, prices, strict=True):
        most = int(row.parts.max(initial=0))
        if most.bit_length() > AMOUNT_BITS or (price * max(most, 1)).bit_length() > PRODUCT_BITS:
            raise TooHigh(f"a price of {price} for up to {most} parts of {row.name} cannot be counted in 64 bits")
        dearest += price * most
    longest = int(np.diff(choices.option_first).max(initial=1))
    return max(0, (dearest * longest * max(1, len(choices.loads))).bit_length() - SUM_BITS)


@dataclass(frozen=True, eq=False)
class PricedRides:
    """What rides pay at prices of rows.

    Attributes
    ----------
    pays
        Of each ride, counted in :data:`PARTS` of an amount times its price, without the last bits.
        Shape (n_rides,).
    bits
        How many bits are missing.
    """

    pays: Ints
    bits: int


def price_rides(choices: Choices, rows: Sequence[Row], prices: Sequence[int]) -> PricedRides:
    """What every ride pays, each product rounded down."""
    bits = lost_bits(choices, rows, prices)
    pays = np.zeros(len(choices.ride_way), dtype=np.int64)
    for row, price in zip(rows, prices, strict=True):
        if price:
            pays[row.rides] += (row.parts * price) >> bits
    return PricedRides(pays, bits)


def least_pay(pricing: Pricing, ride_pays: Ints, by_min: int) -> Ints:
    """The least that each load pays if its line closes by a minute; :data:`NEVER` where it cannot. Shape (n_loads,)."""
    choices = pricing.choices
    option_pays: Ints
    if not len(choices.stage_ride) > 1:
        option_pays = np.zeros(len(pricing.option_load), dtype=np.int64)
    else:
        in_time = np.where(pricing.ride_done_min <= by_min, ride_pays, NEVER)
        stage_pays = np.minimum.reduceat(in_time, choices.stage_ride[:-1])
        is_shut = stage_pays == NEVER
        option_pays = np.asarray(pricing.whole_stages @ np.where(is_shut, 0, stage_pays), dtype=np.int64)
        option_pays = np.where(pricing.whole_stages @ is_shut.astype(np.int64) > 0, NEVER, option_pays)
    option_pays = np.where(choices.option_end_min > by_min, NEVER, option_pays)
    return np.asarray(np.minimum.reduceat(option_pays, choices.load_option[:-1]), dtype=np.int64)


def proven_closure_min(pricing: Pricing, rows: Sequence[Row], prices: Sequence[int], known_min: int) -> int:
    r"""The least closure from a known one on that whole prices do not exclude.

    All lines closing by T needs

    .. math:: \sum_i \min_{\text{options by } T} \text{cost}_i \le \sum_\rho \lambda_\rho\,\text{room}_\rho(T)

    As T grows the left side falls and the right side rises, so the least T is found by bisection.

    Raises
    ------
    TooHigh
        When prices cannot be counted.
    """
    priced = price_rides(pricing.choices, rows, prices)
    live = [(price, row) for price, row in zip(prices, rows, strict=True) if price]

    def excluded(closure_min: int) -> bool:
        pays = least_pay(pricing, priced.pays, closure_min)
        room = sum(price * row.room(closure_min) for price, row in live)
        return bool((pays == NEVER).any()) or int(pays.sum()) << priced.bits > room * PARTS

    low, high = known_min, pricing.choices.problem.horizon_min + 1
    if not len(pricing.choices.loads) or not excluded(low):
        return low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if excluded(middle) else (low, middle)
    return high
