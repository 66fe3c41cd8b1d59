"""The best tours of one unit over all months, by dynamic programming."""

import numpy as np

from muster.forces.matching.compiled import compiled
from muster.forces.matching.search.board import Board, may_serve
from muster.forces.matching.search.tables import Ints, Tables


@compiled
def best_timeline(
    tables: Tables, board: Board, unit: int, prices: np.ndarray, share: float, noise: float, tours: Ints
) -> int:
    """Find the tours of a unit that add most, given who serves already.

    Parameters
    ----------
    prices
        What an element is worth where others want it too. Shape (n_requirements, n_months).
    share
        Share of the worth in what is added; the rest is the price, so that scarce units go where nobody else can.
    noise
        Largest share by which what is added is made to look larger, by chance.
    tours
        Takes the tours, the first months first. Shape (n_months,).

    Returns
    -------
    int
        How many tours there are.
    """
    offer, months = tables.unit_offer[unit], tables.need.shape[1]
    value, chosen = np.zeros(months + 1), np.full(months + 1, -1, np.int64)
    tour, end = tables.start[offer], tables.start[offer + 1]
    for month in range(months - 1, -1, -1):
        value[month] = value[month + 1]
        while tour < end and tables.first[tour] == month:
            added = _added(tables, board, tour, prices, share)
            if added > 0.0:
                added = added * (1.0 + noise * np.random.random()) + value[tables.busy_end[tour]]
                if added > value[month] and may_serve(tables, board, offer, tour):
                    value[month], chosen[month] = added, tour
            tour += 1
    return _trace(tables, chosen, tours)


@compiled
def _added(tables: Tables, board: Board, tour: int, prices: np.ndarray, share: float) -> float:
    requirement, brings, added = tables.requirement[tour], tables.elements[tour], 0.0
    for month in range(tables.first[tour], tables.first[tour] + tables.months[tour]):
        left = tables.need[requirement, month] - board.in_place[requirement, month]
        if left > 0:
            worth = share * tables.worth[requirement, month] + (1.0 - share) * prices[requirement, month]
            added += worth * min(brings, left)
    return added


@compiled
def _trace(tables: Tables, chosen: Ints, tours: Ints) -> int:
    count, month = 0, 0
    while month < len(chosen) - 1:
        tour = chosen[month]
        if tour < 0:
            month += 1
            continue
        tours[count] = tour
        count, month = count + 1, tables.busy_end[tour]
    return count
