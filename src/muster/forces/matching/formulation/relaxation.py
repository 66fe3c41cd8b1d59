"""An upper bound on cover from prices, and the prices themselves.

Every requirement and month gets a price between nothing and the worth of an element there. Elements that are needed
are bought at the price, which keeps ``worth - price`` of each; units are paid the price for every element they bring.
Whatever the prices, no matching can be worth more than what buyers keep plus what the best tours of every unit earn:
the rules about nations and limits are left out, and each unit is on its own. Where only some units of an offer may be
in place at one time, the best that as many places could earn, taken over without a rest, is a bound as well, and the
lower one counts (docs/formulation/forces.md has the proof).
Prices, and so the bound, are whole numbers.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.forces.matching.compiled import compiled
from muster.forces.matching.search.tables import Ints, Tables

Floats = NDArray[np.float64]

PATIENCE: Final = 20
"""Rounds without a better bound after which steps get shorter."""
SHORTER: Final = 0.7
SHORTEST: Final = 1e-3
HEAVY: Final = 0.7
"""Share of the last direction in the next: directions swing less."""
BETTER: Final = 1e-5
"""Share by which a bound must fall to count as better."""
HOPED: Final = 0.97
"""Share of the bound at which a matching is hoped for while none is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """A proved bound.

    Attributes
    ----------
    bound
        Weighted element-days that no matching exceeds.
    prices
        Shape (n_requirements, n_months).
    """

    bound: int
    prices: Ints


@compiled
def price_out(tables: Tables, prices: Ints, supply: Ints) -> int:
    """Give the bound of some prices; ``supply`` takes the elements that units bring at them.

    Parameters
    ----------
    prices, supply
        Shape (n_requirements, n_months).
    """
    rows, months = tables.need.shape
    so_far, total = np.zeros((rows, months + 1), np.int64), 0
    for row in range(rows):
        for month in range(months):
            so_far[row, month + 1] = so_far[row, month] + prices[row, month]
            total += max(0, tables.worth[row, month] - prices[row, month]) * tables.need[row, month]
    supply[:] = 0
    turns, turns_chosen = np.zeros(months + 1, np.int64), np.empty(months, np.int64)
    slots, slots_chosen = np.zeros(months + 1, np.int64), np.empty(months, np.int64)
    for offer in range(len(tables.units)):
        _earn(tables, so_far, offer, turns, turns_chosen, True)
        by_turns, by_slots = tables.units[offer] * turns[0], tables.units[offer] * turns[0]
        if tables.most[offer] < tables.units[offer]:
            _earn(tables, so_far, offer, slots, slots_chosen, False)
            by_slots = tables.most[offer] * slots[0]
        if by_turns <= by_slots:
            _bring(tables, turns_chosen, tables.units[offer], True, supply)
        else:
            _bring(tables, slots_chosen, tables.most[offer], False, supply)
        total += min(by_turns, by_slots)
    return total


@compiled
def _earn(tables: Tables, so_far: Ints, offer: int, earned: Ints, chosen: Ints, rests: bool) -> None:
    """Find the best tours of one unit, which rests between them, or of one place, which is taken over at once."""
    tour, end = tables.start[offer], tables.start[offer + 1]
    for month in range(len(chosen) - 1, -1, -1):
        earned[month], chosen[month] = earned[month + 1], -1
        while tour < end and tables.first[tour] == month:
            row, over = tables.requirement[tour], month + tables.months[tour]
            paid = tables.elements[tour] * (so_far[row, over] - so_far[row, month])
            earns = paid + earned[tables.busy_end[tour] if rests else over]
            if earns > earned[month]:
                earned[month], chosen[month] = earns, tour
            tour += 1


@compiled
def _bring(tables: Tables, chosen: Ints, times: int, rests: bool, supply: Ints) -> None:
    month = 0
    while month < len(chosen):
        tour = chosen[month]
        if tour < 0:
            month += 1
            continue
        over = month + tables.months[tour]
        for served in range(month, over):
            supply[tables.requirement[tour], served] += times * tables.elements[tour]
        month = tables.busy_end[tour] if rests else over


def relax(
    tables: Tables,
    *,
    seconds: float,
    known: int = 0,
    start: Ints | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Relaxation:
    """Look for prices with a low bound, by a subgradient method with Polyak's steps.

    Parameters
    ----------
    known
        Worth of a matching that is known: no bound can fall below it, and at it the search is over.
    start
        Prices to begin with; None is half the worth.

    Notes
    -----
    B. T. Polyak, Minimization of unsmooth functionals, USSR Computational Mathematics and Mathematical Physics, 1969.
    """
    until = time.monotonic() + seconds
    prices = (tables.worth / 2 if start is None else start).astype(float)
    supply = np.zeros_like(tables.need)
    best = Relaxation(int(price_out(tables, tables.worth, supply)), tables.worth.copy())
    whole_worth = Relaxation(int((tables.worth * tables.need).sum()), np.zeros_like(tables.worth))
    direction, length, since = np.zeros_like(prices), 1.0, 0
    while length > SHORTEST and best.bound > known and time.monotonic() < until and not should_stop():
        whole = np.rint(prices).astype(np.int64)
        bound = int(price_out(tables, whole, supply))
        since = 0 if bound < best.bound * (1 - BETTER) else since + 1
        if bound < best.bound:
            best = Relaxation(bound, whole)
        if since > PATIENCE:
            length, since, prices = length * SHORTER, 0, best.prices.astype(float)
        over = supply - np.where(whole < tables.worth, tables.need, 0)
        direction = HEAVY * direction + (1 - HEAVY) * over
        usable = np.where((prices <= 0) & (direction > 0), 0.0, direction)
        norm = float((usable * usable).sum())
        if norm == 0.0:
            break
        target = max(known, HOPED * best.bound)
        prices = np.clip(prices - length * max(1.0, bound - target) / norm * usable, 0, tables.worth)
    return min(best, whole_worth, key=lambda found: found.bound)
