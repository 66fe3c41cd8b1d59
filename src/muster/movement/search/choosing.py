"""Which lines are taken out together, and in which order they are placed again."""

from typing import Final

import numpy as np

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.compiled import compiled
from muster.movement.search.diary import starting_before
from muster.movement.search.journeys import ride_count
from muster.movement.search.rivals import find, find_rivals
from muster.movement.search.tables import NONE, Books, Desk, Ints, Tables

RUINED: Final = (1, 7)
"""Fewest and most lines that are taken out with another at a time."""
RIVALS: Final = 0.5
"""How often the lines taken out with another are those that go before it where it waits."""
RIVALS_MAX: Final = 16
"""Most of those that are taken out at a time,"""
MANY: Final = 0.3
"""and how often that many may be."""
PATIENT: Final = 0.7
"""How often the one of two rivals is preferred that loses less by a day."""
SIBLINGS: Final = 0.25
"""How often the lines taken out with another are those from the same place, which could share its voyages."""
CLOSERS: Final = 50
"""Lines among which the one that closes last is picked."""
MOVED: Final = 0.25
"""How often a replan picks a line that the standing plan has otherwise."""


@compiled
def choose(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator) -> int:
    """Pick a line that matters, and lines that use the same legs about the same time; how many there are."""
    seed = _pick_seed(tables, books, draw)
    count = int(draw.integers(RUINED[0], RUINED[1] + 1))
    desk.picked[0] = seed
    found, is_against_rivals = 0, draw.random() < RIVALS
    if is_against_rivals:
        found = find_rivals(tables, books, desk, draw, seed)
        if draw.random() < MANY:
            count = int(draw.integers(RUINED[0], RIVALS_MAX + 1))
    if found == 0 and draw.random() < SIBLINGS:
        found = _siblings(tables, desk, seed)
    elif found == 0:
        found = _neighbours(tables, books, desk, draw, seed)
        if found < count:
            found = _others(tables, desk, draw, seed, found, count)
    count = min(count, found)
    for index in range(count):
        other = draw.integers(index, found)
        if is_against_rivals and draw.random() < PATIENT:
            rival = draw.integers(index, found)
            if _delay_cost(tables, books, desk.found[rival]) < _delay_cost(tables, books, desk.found[other]):
                other = rival
        desk.found[index], desk.found[other] = desk.found[other], desk.found[index]
        desk.picked[1 + index] = desk.found[index]
    desk.is_found[:] = False
    return 1 + _with_unplaced(tables, books, desk, draw, count)


@compiled
def _pick_seed(tables: Tables, books: Books, draw: np.random.Generator) -> int:
    """A late line by how late it is, one of the last to close, or any."""
    if tables.has_standing and draw.random() < MOVED:
        moved = _pick_moved(books, draw)
        if moved != NONE:
            return moved
    count, kind = len(tables.units), draw.random()
    if kind < 0.5:
        late_min = draw.random() * _lateness_min(tables, books)
        for index in range(count):
            unit = tables.units[index]
            late_min -= unit.weight * max(0, books.closed_min[index] - unit.required_min)
            if late_min < 0.0:
                return index
    seed = draw.integers(0, count)
    if 0.5 <= kind < 0.75:
        for _ in range(CLOSERS):
            other = draw.integers(0, count)
            if books.closed_min[other] > books.closed_min[seed]:
                seed = other
    return int(seed)


@compiled
def _delay_cost(tables: Tables, books: Books, unit: int) -> float:
    """What it costs that a line closes a day later."""
    own = tables.units[unit]
    spare_min = own.required_min - books.closed_min[unit]
    return float(own.weight * max(0, MINUTES_PER_DAY - max(0, spare_min)))


@compiled
def _pick_moved(books: Books, draw: np.random.Generator) -> int:
    """Any line that the standing plan has otherwise; else NONE."""
    picked, seen = NONE, 0
    for unit in range(len(books.moved)):
        if books.moved[unit]:
            seen += 1
            if draw.random() * seen < 1.0:
                picked = unit
    return picked


@compiled
def _lateness_min(tables: Tables, books: Books) -> int:
    """Weighted lateness of all lines."""
    total_min = 0
    for index in range(len(tables.units)):
        unit = tables.units[index]
        total_min += unit.weight * max(0, books.closed_min[index] - unit.required_min)
    return total_min


@compiled
def _siblings(tables: Tables, desk: Desk, seed: int) -> int:
    """Find the other lines from the same place."""
    found = 0
    for unit in range(len(tables.units)):
        if tables.units[unit].origin == tables.units[seed].origin:
            found = find(desk, unit, seed, found)
    return found


@compiled
def _neighbours(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator, seed: int) -> int:
    """Find lines on voyages of some legs of a line, near it in time."""
    line = tables.units[seed]
    found = 0
    if books.closed_min[seed] == NONE or line.freights_first == line.freights_last:
        return found
    for _ in range(4):
        freight = draw.integers(line.freights_first, line.freights_last)
        count = ride_count(tables, books, freight)
        if count == 0:
            continue
        ride = books.rides[tables.freights[freight].slot + draw.integers(0, count)]
        hop = tables.stages[ride.stage].hop
        first = tables.hops[hop].trips_first
        place_there = starting_before(books, books.hop_trips, first, books.hop_count[hop], ride.start_min)
        reach = (3, 8, 20)[draw.integers(0, 3)]
        for near in range(max(0, place_there - reach), min(books.hop_count[hop], place_there + reach // 3 + 1)):
            slot = books.trips[books.hop_trips[first + near]].aboard
            while slot != NONE:
                other = tables.freights[tables.stages[books.rides[slot].stage].freight].unit
                found = find(desk, other, seed, found)
                slot = books.next_aboard[slot]
    return found


@compiled
def _others(tables: Tables, desk: Desk, draw: np.random.Generator, seed: int, found: int, count: int) -> int:
    """Add any lines to those found."""
    for _ in range(count):
        found = find(desk, int(draw.integers(0, len(tables.units))), seed, found)
    return found


@compiled
def _with_unplaced(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator, count: int) -> int:
    """Pick a line that is not placed as well, where there is one that can be; how many are picked beside the seed."""
    picked, seen = NONE, 0
    for unit in range(len(tables.units)):
        if books.closed_min[unit] == NONE and tables.units[unit].can_move and unit != desk.picked[0]:
            seen += 1
            if draw.random() * seen < 1.0:
                picked = unit
    if picked == NONE:
        return count
    for index in range(1, count + 1):
        if desk.picked[index] == picked:
            return count
    desk.picked[count + 1] = picked
    return count + 1


@compiled
def reorder(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator, count: int) -> None:
    """Put the picked lines, which are still there, in the order in which they are placed again.

    Most often the first of them goes first and the others as they went: each moves back into the place of the next.
    """
    kind = draw.random()
    if kind < 0.15:
        return
    for index in range(count):
        unit = tables.units[desk.picked[index]]
        desk.keys[index, 1] = 0
        if kind < 0.5:
            desk.keys[index, 0] = books.closed_min[desk.picked[index]] if index else NONE
        elif kind < 0.65:
            desk.keys[index, 0] = draw.integers(0, 1 << 30)
        elif kind < 0.8:
            desk.keys[index, 0], desk.keys[index, 1] = unit.priority, unit.required_min
        else:
            desk.keys[index, 0], desk.keys[index, 1] = unit.required_min - unit.free_min, 0
    sort_by_keys(desk.picked, desk.keys, count)


@compiled
def sort_by_keys(picked: Ints, keys: Ints, count: int) -> None:
    """Sort the first few by their keys."""
    for index in range(1, count):
        unit, first, second = picked[index], keys[index, 0], keys[index, 1]
        at = index
        while at > 0 and (keys[at - 1, 0] > first or (keys[at - 1, 0] == first and keys[at - 1, 1] > second)):
            picked[at], keys[at, 0], keys[at, 1] = picked[at - 1], keys[at - 1, 0], keys[at - 1, 1]
            at -= 1
        picked[at], keys[at, 0], keys[at, 1] = unit, first, second
