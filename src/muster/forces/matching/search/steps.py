"""Ruin and recreate: units around a requirement that is short are taken out and put back by their best timelines.

Half of the steps take single units, by chance. The others clear a requirement for some months and put back whole offers
one after the other: where few nations may serve at one time, one takes the place of another only as a whole.
"""

from typing import Final

import numpy as np

from muster.forces.matching.compiled import compiled
from muster.forces.matching.search.board import Board, put_unit, take_unit
from muster.forces.matching.search.tables import Ints, Tables
from muster.forces.matching.search.timelines import best_timeline

MOST_TAKEN: Final = 64
TAKEN: Final = 12
"""Units that a step takes out at most, those aside that must go with them."""
LOOKS: Final = 20
"""Requirements, or months of one, looked at to find one that is short."""
CLEARED: Final = 0.5
"""Share of the steps in which a requirement is cleared."""
MONTHS_CLEARED: Final = 8
OFFERS_BESIDE: Final = 3
"""Most months for which it is cleared, and most offers beside those that serve there."""
UNITS_CLEARED: Final = 30
"""Most units that are taken out then, those aside that must go with them."""
BY_WORTH: Final = 0.3
"""Share of the steps in which units go back by worth alone."""


@compiled
def construct(tables: Tables, board: Board, prices: np.ndarray, share: float, order: Ints) -> None:
    """Put every unit on the board by its best timeline, in an order."""
    tours = np.empty(tables.need.shape[1], np.int64)
    for unit in order:
        put_unit(tables, board, unit, tours, best_timeline(tables, board, unit, prices, share, 0.0, tours))


@compiled
def improve(tables: Tables, board: Board, prices: np.ndarray, seed: int, steps: int, loss: float) -> None:
    """Take steps that lose nothing, or little.

    Parameters
    ----------
    loss
        Worth: a step that loses as much is kept once in e times, one that loses twice as much once in e squared.

    Notes
    -----
    S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Optimization by simulated annealing, Science, 1983.
    """
    np.random.seed(seed)
    taken, counts = np.empty(MOST_TAKEN, np.int64), np.empty(MOST_TAKEN, np.int64)
    before = np.empty((MOST_TAKEN, tables.need.shape[1]), np.int64)
    tours = np.empty(tables.need.shape[1], np.int64)
    for _ in range(steps):
        requirement = _short(tables, board)
        if np.random.random() < CLEARED:
            count = _clear(tables, board, requirement, taken)
        else:
            count = _take(tables, requirement, taken)
        count = _with_those_led(tables, board, taken, count)
        changed = 0.0
        for number in range(count):
            unit = taken[number]
            counts[number] = board.tour_count[unit]
            before[number] = board.tours[unit]
            changed += take_unit(tables, board, unit)
        share = 1.0 if np.random.random() < BY_WORTH else np.random.random()
        for number in range(count):
            found = best_timeline(tables, board, taken[number], prices, share, 0.1, tours)
            changed += put_unit(tables, board, taken[number], tours, found)
        if changed >= loss * np.log(1.0 - np.random.random()):
            continue
        for number in range(count):
            take_unit(tables, board, taken[number])
        for number in range(count):
            put_unit(tables, board, taken[number], before[number], counts[number])


@compiled
def _short(tables: Tables, board: Board) -> int:
    """A requirement drawn among those that somebody could serve in, one that is short if a few looks find one."""
    requirement = np.random.randint(len(tables.need))
    for _ in range(LOOKS):
        if tables.reach_start[requirement + 1] > tables.reach_start[requirement]:
            for month in range(tables.need.shape[1]):
                if tables.need[requirement, month] > board.in_place[requirement, month]:
                    return requirement
        requirement = np.random.randint(len(tables.need))
    return requirement


@compiled
def _take(tables: Tables, requirement: int, taken: Ints) -> int:
    """Draw units of offers that could serve in a requirement. Gives how many."""
    first, end = tables.reach_start[requirement], tables.reach_start[requirement + 1]
    count = 0
    for _ in range(np.random.randint(2, TAKEN) if end > first else 0):
        offer = tables.reach_offer[np.random.randint(first, end)]
        if tables.units[offer] == 0:
            continue
        unit = np.random.randint(tables.unit_first[offer], tables.unit_first[offer + 1])
        if not _has(taken, count, unit):
            taken[count] = unit
            count += 1
    return count


@compiled
def _clear(tables: Tables, board: Board, requirement: int, taken: Ints) -> int:
    """Take the offers that serve in a requirement for some months, and a few that could, in an order by chance."""
    first, end = tables.reach_start[requirement], tables.reach_start[requirement + 1]
    begin = _short_month(tables, board, requirement)
    until = begin + np.random.randint(1, MONTHS_CLEARED + 1)
    count, beside = 0, np.random.randint(1, OFFERS_BESIDE + 1)
    for place in np.random.permutation(end - first):
        offer = tables.reach_offer[first + place]
        if not _serves(tables, board, offer, requirement, begin, until):
            if beside == 0:
                continue
            beside -= 1
        for unit in range(tables.unit_first[offer], tables.unit_first[offer + 1]):
            if count < UNITS_CLEARED:
                taken[count] = unit
                count += 1
    return count


@compiled
def _short_month(tables: Tables, board: Board, requirement: int) -> int:
    """A month in which a requirement is short, if a few looks find one."""
    months = tables.need.shape[1]
    month = np.random.randint(months)
    for _ in range(LOOKS):
        if tables.need[requirement, month] > board.in_place[requirement, month]:
            break
        month = np.random.randint(months)
    return month


@compiled
def _serves(tables: Tables, board: Board, offer: int, requirement: int, begin: int, until: int) -> bool:
    """Whether a unit of an offer is in place at a requirement in some month of a stretch."""
    for unit in range(tables.unit_first[offer], tables.unit_first[offer + 1]):
        for tour in board.tours[unit, : board.tour_count[unit]]:
            first = tables.first[tour]
            if tables.requirement[tour] == requirement and first < until and first + tables.months[tour] > begin:
                return True
    return False


@compiled
def _with_those_led(tables: Tables, board: Board, taken: Ints, count: int) -> int:
    """Add who serves beside a framework nation whose units are taken. Gives how many; none where they are too many."""
    number = 0
    while number < count:
        unit = taken[number]
        nation = tables.nation[tables.unit_offer[unit]]
        for tour in board.tours[unit, : board.tour_count[unit]]:
            led = tables.requirement[tour]
            if tables.framework[led] == nation:
                count = _take_beside(tables, board, led, taken, count)
                if count < 0:
                    return 0
        number += 1
    return count


@compiled
def _take_beside(tables: Tables, board: Board, requirement: int, taken: Ints, count: int) -> int:
    """Add every unit that serves in a requirement to those taken; -1 where they are too many for one step."""
    for place in range(tables.reach_start[requirement], tables.reach_start[requirement + 1]):
        offer = tables.reach_offer[place]
        for unit in range(tables.unit_first[offer], tables.unit_first[offer + 1]):
            for tour in board.tours[unit, : board.tour_count[unit]]:
                if tables.requirement[tour] == requirement and not _has(taken, count, unit):
                    if count == MOST_TAKEN:
                        return -1
                    taken[count] = unit
                    count += 1
    return count


@compiled
def _has(taken: Ints, count: int, unit: int) -> bool:
    return bool((taken[:count] == unit).any())
