"""Prices of periods in whole numbers, from what the room of a period is worth; and what all room costs, exactly."""

from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np

from muster.movement.formulation.choices import Floats, Ints
from muster.movement.formulation.moments import UNIT, Takings
from muster.movement.formulation.supplies import Supply

COST: Final = 1 << 22
"""Parts of a weighted minute in which costs are counted; a price is parts of cost for one part of an amount."""
NO_ROOM: Final = 1 << 34
"""Price of an amount in a period that has none of it; no price is higher."""
NO_ROOM_A_MIN: Final = 1 << 24
"""The same of a minute of an amount in use."""


class Prices(NamedTuple):
    """What supplies cost.

    Attributes
    ----------
    price
        Of one part of an amount in each period; of one minute of it where amounts are in use.
    so_far
        Price times minutes of all earlier periods of the same supply.
    is_priced
        Whether any period has a price, by supply.
    """

    price: Ints
    so_far: Ints
    is_priced: Ints


def prices(takings: Takings, supplies: tuple[Supply, ...], worth_min: Floats) -> Prices:
    """Prices at which the whole room of each period is worth so many weighted minutes, rounded down.

    A period without room is as dear as can be: that costs the bound nothing.
    """
    price = np.zeros(len(takings.room), dtype=np.int64)
    for supply, span in zip(supplies, spans_of(supplies), strict=True):
        room, most = takings.room[span] * UNIT, highest(supply)
        asked = np.floor(worth_min[span] * COST / np.maximum(room, 1))
        price[span] = np.where(room > 0, np.minimum(asked, most), most)
    return lay_prices(supplies, price)


def lay_prices(supplies: tuple[Supply, ...], price: Ints) -> Prices:
    """Whole prices of periods with what follows from them."""
    so_far = np.zeros(len(price), dtype=np.int64)
    is_priced = np.zeros(len(supplies), dtype=np.int64)
    for index, (supply, span) in enumerate(zip(supplies, spans_of(supplies), strict=True)):
        so_far[span] = (np.cumsum(price[span]) - price[span]) * supply.period_min
        is_priced[index] = price[span].any()
    return Prices(price, so_far, is_priced)


def spans_of(supplies: tuple[Supply, ...]) -> list[slice]:
    """Where the periods of each supply lie, one supply after the other."""
    ends = list(accumulate((len(supply.room) for supply in supplies), initial=0))
    return [slice(first, end) for first, end in pairwise(ends)]


def highest(supply: Supply) -> int:
    """The highest price of one part of an amount of a supply, or of one minute of it."""
    return NO_ROOM if supply.is_counted else NO_ROOM_A_MIN


def cost_of_room(takings: Takings, prices: Prices) -> int:
    """What all room together costs, in parts of cost; exact."""
    return sum(UNIT * room * price for room, price in zip(takings.room.tolist(), prices.price.tolist(), strict=True))
