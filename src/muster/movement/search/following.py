"""Lines that wait for others: taken out with them, and placed again after them.

What is always true: a line is placed only while all lines for which it waits are placed and close before it sets out.
Whoever takes a line out therefore takes those out that wait for it, and those that wait for them.
"""

from typing import Final

from muster.movement.search.choosing import sort_by_keys
from muster.movement.search.compiled import compiled
from muster.movement.search.journeys import ride_count
from muster.movement.search.tables import NONE, Books, Desk, Tables

LATER_MOST: Final = 150
"""Lines that are placed again only because they set out later, at most."""


@compiled
def with_followers(tables: Tables, books: Books, desk: Desk, count: int, is_rest: bool) -> tuple[int, int]:
    """Pick the lines that wait for those picked as well, behind them and in the order in which they set out.

    Parameters
    ----------
    is_rest
        Whether the others that set out after the first of those picked are picked as well, unless they are too many.

    Returns
    -------
    How many are picked that wait for none of the others, and how many are picked in all.
    """
    found, place = _find_later(tables, books, desk, count) if is_rest else 0, 0
    for first in range(count):
        found = _find_followers(tables, desk, desk.picked[first], found)
    while place < found:
        found = _find_followers(tables, desk, desk.found[place], found)
        place += 1
    free = 0
    for first in range(count):
        if not desk.is_found[desk.picked[first]]:
            desk.picked[free] = desk.picked[first]
            free += 1
    for place in range(found):
        unit = desk.found[place]
        desk.is_found[unit] = False
        desk.keys[place, 0], desk.keys[place, 1] = first_start_min(tables, books, unit), tables.units[unit].turn
    sort_by_keys(desk.found, desk.keys, found)
    desk.picked[free : free + found] = desk.found[:found]
    return free, free + found


@compiled
def _find_later(tables: Tables, books: Books, desk: Desk, count: int) -> int:
    """Find the lines that set out no earlier than the first of those picked; how many there are, 0 for too many."""
    from_min = tables.horizon_min
    for first in range(count):
        from_min = min(from_min, first_start_min(tables, books, desk.picked[first]))
        desk.is_found[desk.picked[first]] = True
    found = 0
    for unit in range(len(tables.units)):
        is_later = books.closed_min[unit] != NONE and first_start_min(tables, books, unit) >= from_min
        if is_later and not desk.is_found[unit]:
            desk.found[found] = unit
            found += 1
    found = found if found <= LATER_MOST else 0
    desk.is_found[:] = False
    for place in range(found):
        desk.is_found[desk.found[place]] = True
    return found


@compiled
def _find_followers(tables: Tables, desk: Desk, unit: int, found: int) -> int:
    """Add the lines that wait for a line to those found; how many there are then."""
    own = tables.units[unit]
    for place in range(own.followers_first, own.followers_last):
        follower = tables.waits[place]
        if not desk.is_found[follower] and tables.units[follower].can_move:
            desk.found[found], desk.is_found[follower] = follower, True
            found += 1
    return found


@compiled
def first_start_min(tables: Tables, books: Books, unit: int) -> int:
    """When the first ride of a line starts."""
    start_min = tables.horizon_min
    for freight in range(tables.units[unit].freights_first, tables.units[unit].freights_last):
        if ride_count(tables, books, freight):
            start_min = min(start_min, books.rides[tables.freights[freight].slot].start_min)
    return int(start_min)
