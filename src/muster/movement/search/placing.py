"""A whole line: to its staging area, joined within its window, and onward together; or not at all."""

from typing import Final, NamedTuple

import numpy as np

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.chains import Errand, best_chain
from muster.movement.search.compiled import NEVER, compiled
from muster.movement.search.journeys import (
    chain_length,
    closure_min,
    free_min,
    joined_min,
    reached_min,
    ride_count,
)
from muster.movement.search.ledger import drop_ride, mark, rollback, set_closed, set_journey
from muster.movement.search.tables import NONE, Books, Desk, Settings, Tables

ROUNDS: Final = 6
"""How often loads that come too early for the rest of their line are held back before the line starts later."""
ATTEMPTS: Final = 12
"""How often a line is tried with loads held back from a full staging area, before it starts later."""


class Placement(NamedTuple):
    """A line that is being placed.

    Attributes
    ----------
    from_min
        No load starts before.
    is_staging
        Whether its loads are being brought to the staging area, or else to the destination.
    """

    unit: int
    from_min: int
    is_staging: bool


@compiled
def place_unit(
    tables: Tables, books: Books, desk: Desk, settings: Settings, draw: np.random.Generator, unit: int, floor_min: int
) -> bool:
    """Book journeys for all loads of a line, none of them starting before a minute; whether that can be done.

    Where it cannot, the desk tells why the first attempt failed, as far as it is known.
    """
    own = tables.units[unit]
    freight, hop, full_until_min = NONE, NONE, NONE
    ready_min, delay_min = max(free_min(tables, books, unit), floor_min), 0
    while own.can_move and ready_min + delay_min < tables.horizon_min:
        if _place_from(tables, books, desk, settings, draw, unit, ready_min + delay_min):
            set_closed(tables, books, desk, unit, closure_min(tables, books, unit))
            return True
        if freight == NONE:
            freight, hop, full_until_min = desk.refusal[0], desk.refusal[1], desk.refusal[2]
        if own.is_locked:
            break
        delay_min = 2 * delay_min + MINUTES_PER_DAY
    desk.refusal[0], desk.refusal[1], desk.refusal[2] = freight, hop, full_until_min
    return False


@compiled
def remove_unit(tables: Tables, books: Books, desk: Desk, unit: int) -> None:
    """Give up the journeys of a line that is placed."""
    for freight in range(tables.units[unit].freights_first, tables.units[unit].freights_last):
        _drop(tables, books, desk, freight, 0, ride_count(tables, books, freight))
        set_journey(books, desk, freight, NONE, NONE)
    set_closed(tables, books, desk, unit, NONE)


@compiled
def _drop(tables: Tables, books: Books, desk: Desk, freight: int, first: int, last: int) -> None:
    """Give up rides of a load, and the waits before them."""
    slot = tables.freights[freight].slot
    for step in range(first, last):
        drop_ride(tables, books, desk, slot + step, slot + step - 1 if step else NONE)


@compiled
def _place_from(
    tables: Tables, books: Books, desk: Desk, settings: Settings, draw: np.random.Generator, unit: int, from_min: int
) -> bool:
    """Book the line with no load starting before a minute; loads come later where staging is full."""
    own = tables.units[unit]
    desk.held_min[own.freights_first : own.freights_last] = 0
    until = mark(desk)
    for _ in range(ATTEMPTS):
        desk.held[0] = NONE
        is_joined = own.staged_first == own.staged_last or _gather(
            tables, books, desk, settings, draw, Placement(unit, from_min, True), own.join_window_min
        )
        if is_joined and _gather(
            tables, books, desk, settings, draw, Placement(unit, from_min, False), own.cohesion_window_min
        ):
            return True
        rollback(tables, books, desk, until)
        freight = desk.held[0]
        if freight == NONE or desk.held[1] <= desk.held_min[freight]:
            return False
        desk.held_min[freight] = desk.held[1]
    return False


@compiled
def _gather(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    draw: np.random.Generator,
    placement: Placement,
    window_min: int,
) -> bool:
    """Bring loads to a place within a window: the slowest first, and those that come too early again and later."""
    own = tables.units[placement.unit]
    first, last = (own.staged_first, own.staged_last) if placement.is_staging else (own.onward_first, own.onward_last)
    last_min, needed_min = 0, 0 if placement.is_staging else own.required_min
    for place in range(first, last):
        freight = tables.orders[place]
        needed_min = max(needed_min, last_min)
        if not _go(tables, books, desk, settings, draw, placement, freight, last_min - window_min, needed_min):
            return False
        last_min = max(last_min, reached_min(tables, books, freight))
    for _ in range(ROUNDS):
        is_together = True
        for place in range(first, last):
            freight = tables.orders[place]
            if reached_min(tables, books, freight) < last_min - window_min:
                is_together = False
                if not _go(tables, books, desk, settings, draw, placement, freight, last_min - window_min, needed_min):
                    return False
                last_min = max(last_min, reached_min(tables, books, freight))
        if is_together:
            return True
    return False


@compiled
def _go(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    draw: np.random.Generator,
    placement: Placement,
    freight: int,
    arrive_from_min: int,
    needed_min: int,
) -> bool:
    """Bring a load to its staging area, or on to its destination; no earlier than a minute."""
    if placement.is_staging:
        return _to_staging(tables, books, desk, settings, draw, placement, freight, arrive_from_min, needed_min)
    return _to_destination(tables, books, desk, settings, draw, placement, freight, arrive_from_min, needed_min)


@compiled
def _to_staging(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    draw: np.random.Generator,
    placement: Placement,
    freight: int,
    arrive_from_min: int,
    needed_min: int,
) -> bool:
    own, unit = tables.freights[freight], tables.units[placement.unit]
    front = books.journeys[freight].front
    if front != NONE:
        _drop(tables, books, desk, freight, 0, chain_length(tables, front))
        set_journey(books, desk, freight, NONE, NONE)
    count = own.fronts_last - own.fronts_first
    desk.ranked[:count] = tables.fronts[own.fronts_first : own.fronts_last]
    dwell_min = unit.integration_min if own.moves_on else 0
    errand = Errand(
        freight,
        0,
        _start_min(tables, placement, freight),
        max(arrive_from_min, desk.held_min[freight]),
        dwell_min,
        needed_min,
    )
    chain = _from_home(tables, books, desk, settings, draw, errand, count, unit.join_window_min)
    if chain == NONE:
        return False
    set_journey(books, desk, freight, chain, NONE)
    return True


@compiled
def _to_destination(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    draw: np.random.Generator,
    placement: Placement,
    freight: int,
    arrive_from_min: int,
    needed_min: int,
) -> bool:
    own, unit, journey = tables.freights[freight], tables.units[placement.unit], books.journeys[freight]
    done = chain_length(tables, journey.front)
    if journey.onward != NONE:
        _drop(tables, books, desk, freight, done, done + chain_length(tables, journey.onward))
        set_journey(books, desk, freight, journey.front, NONE)
    count = _onward_chains(tables, books, desk, freight)
    if done and chain_length(tables, desk.ranked[0]) == 0:
        set_journey(books, desk, freight, journey.front, desk.ranked[0])
        return bool(books.rides[own.slot + done - 1].end_min >= arrive_from_min)
    from_min = _start_min(tables, placement, freight)
    if own.is_staged:
        from_min = max(from_min, joined_min(tables, books, placement.unit) + unit.integration_min)
        errand = Errand(freight, done, from_min, arrive_from_min, 0, needed_min)
        chain = best_chain(tables, books, desk, settings, draw, errand, count)
    else:
        errand = Errand(freight, done, from_min, arrive_from_min, 0, needed_min)
        chain = _from_home(tables, books, desk, settings, draw, errand, count, unit.cohesion_window_min)
    if chain == NONE:
        if done and desk.refusal[2] != NONE:
            desk.held[0], desk.held[1] = freight, desk.refusal[2]
        return False
    set_journey(books, desk, freight, journey.front, chain)
    return True


@compiled
def _onward_chains(tables: Tables, books: Books, desk: Desk, freight: int) -> int:
    """Put the chains that lead on from a load's front on the desk, one without legs first; how many there are."""
    own, front = tables.freights[freight], books.journeys[freight].front
    count = 0
    for place in range(own.ways_first, own.ways_last):
        way = tables.ways[place]
        if not own.is_staged or way.front == front:
            desk.ranked[count] = way.onward
            if chain_length(tables, way.onward) == 0:
                desk.ranked[count], desk.ranked[0] = desk.ranked[0], way.onward
            count += 1
    return count


@compiled
def _start_min(tables: Tables, placement: Placement, freight: int) -> int:
    return int(max(placement.from_min, tables.freights[freight].locked_min))


@compiled
def _from_home(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    draw: np.random.Generator,
    errand: Errand,
    count: int,
    window_min: int,
) -> int:
    """Bring a load from its origin; one that must not come early waits at home, if it still comes in time."""
    least_min = NEVER
    for place in range(count):
        least_min = min(least_min, tables.chains[desk.ranked[place]].least_min)
    late_min = errand.arrive_from_min - least_min
    if late_min > errand.from_min and tables.freights[errand.freight].locked_min == NONE:
        later = Errand(errand.freight, 0, late_min, errand.arrive_from_min, errand.dwell_min, errand.needed_min)
        chain = best_chain(tables, books, desk, settings, draw, later, count)
        if chain != NONE:
            length = chain_length(tables, chain)
            last = tables.freights[errand.freight].slot + length - 1
            if length and books.rides[last].end_min <= errand.arrive_from_min + window_min:
                return int(chain)
            _drop(tables, books, desk, errand.freight, 0, length)
    return best_chain(tables, books, desk, settings, draw, errand, count)
