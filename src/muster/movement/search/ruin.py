"""Ruin and recreate: take out a few lines that stand in each other's way, and place them again in another order.

Theory of operation: every placement is as early as can be, so what decides is who comes first. A late line is taken out
together with lines that use the same legs about the same time; the late one is placed first, or all in a random order,
with random patience for shared voyages and another choice of ways. What is little worse is kept now and then, as in
simulated annealing at one low temperature; the best plan in which nobody takes a more urgent load's place is
remembered. Lines that wait for those taken out are taken out and placed again with them. Nothing here asks the clock:
the same seed takes the same course, and the caller decides when to stop.
"""

from typing import Final, NamedTuple

import numpy as np

from muster.movement.search.choosing import choose, reorder
from muster.movement.search.compiled import compiled
from muster.movement.search.following import first_start_min, with_followers
from muster.movement.search.ledger import forget, mark, rollback
from muster.movement.search.placing import place_unit, remove_unit
from muster.movement.search.priority import find_overtaking
from muster.movement.search.restoring import restore_unit
from muster.movement.search.scarcity import price_scarce
from muster.movement.search.tables import NONE, OVERTAKES, Books, Desk, Records, Settings, Tables

TEMPERATURE: Final = 0.03
"""Mean of how much worse a plan that is kept may be than the one before, as a share of a line's mean lateness."""
CLOSURE_TEMPERATURE: Final = 0.006
"""The same as a share of the closure, where lines wait for others and none is late: only the closure is left then."""
PRICED_EVERY: Final = 200
"""Iterations after which what is scarce is priced anew."""
PATIENCES: Final = (0.0, 1.0, 4.0, 8.0)
BREADTHS: Final = (4, 8, 16)
THRIFTS: Final = (0.0, 0.5, 1.0, 2.0)
"""What placements draw from."""
REST: Final = 0.5
"""How often, where lines wait for others, all that set out later is placed again as well."""
RESTORED_SHARES: Final = (0.0, 0.5, 1.0)
"""How often a step books a line again as the standing plan has it, where it can, rather than as early as can be."""
NOISE: Final = 0.3
"""Spread of the random factor on the expected duration of a chain."""
SETTLED_AGAIN: Final = 0.9995
"""How much better a plan must have become before its priorities are settled again after that made it worse."""
SWAPS_MAX: Final = 4
"""How often two lines change places to restore the order of priorities before the less urgent one stays behind."""
UNMET_MIN: Final = float(1 << 40)
"""What a line that does not move counts against lateness, for each unit of weight."""
CLOSURE_SHARE: Final = 1 / 50
"""Part of the weights of all lines that counts for the closure of the force."""

COURSE: Final = np.dtype(
    [
        ("iterations", np.int64),
        ("unmet", np.int64),
        ("priced_min", np.int64),
        ("closure_min", np.int64),
        ("lateness_min", np.int64),
        ("moved", np.int64),
        ("leg_price_min", np.int64),
        ("is_kept", np.int64),
        ("unsettled", np.float64),
        ("closure_weight", np.float64),
    ],
    align=True,
)
"""Where the search stands: steps made, the best value, the price of a leg moved, whether the best plan is kept or still
the one in the books, and from what energy down priorities are settled again."""


class Value(NamedTuple):
    """The objective: less is better, in this order.

    Attributes
    ----------
    priced_min
        Weighted lateness, and the price of the legs that are otherwise in the standing plan.
    moved
        How many such legs there are.
    """

    unmet: int
    priced_min: int
    closure_min: int
    lateness_min: int
    moved: int


@compiled
def value_of(tables: Tables, books: Books, leg_price_min: int) -> Value:
    """Objective of the lines as they are placed now, with a price on each leg moved."""
    unmet, lateness_min, closure_min, moved = 0, 0, 0, 0
    for index in range(len(tables.units)):
        closed_min, unit = books.closed_min[index], tables.units[index]
        moved += books.moved[index]
        if closed_min == NONE:
            unmet += unit.weight
            continue
        closure_min = max(closure_min, closed_min)
        lateness_min += unit.weight * max(0, closed_min - unit.required_min)
    return Value(unmet, lateness_min + leg_price_min * moved, closure_min, lateness_min, moved)


@compiled
def energy(course: Records, value: Value) -> float:
    """One number for what is better: lateness counts first, closure breaks ties and smooths the way."""
    return value.unmet * UNMET_MIN + value.priced_min + value.closure_min * float(course.closure_weight)


@compiled
def place(
    tables: Tables, books: Books, desk: Desk, settings: Settings, draw: np.random.Generator, unit: int, floor_min: int
) -> None:
    """Place a line; where that cannot be done, note why."""
    if not place_unit(tables, books, desk, settings, draw, unit, floor_min):
        books.refusals[unit] = desk.refusal


@compiled
def ruin_and_recreate(
    tables: Tables, books: Books, kept: Books, desk: Desk, courses: Records, draw: np.random.Generator, steps: int
) -> None:
    """Make some steps from where the search stands."""
    course = courses[0]
    for _ in range(steps):
        course.iterations += 1
        if course.iterations % PRICED_EVERY == 0:
            price_scarce(tables, books, desk)
        _step(tables, books, kept, desk, course, draw)


@compiled
def _step(tables: Tables, books: Books, kept: Books, desk: Desk, course: Records, draw: np.random.Generator) -> None:
    """Take out a few lines, place them again, and keep the result unless it is much worse."""
    before = energy(course, value_of(tables, books, course.leg_price_min))
    count = choose(tables, books, desk, draw)
    settings = Settings(
        PATIENCES[draw.integers(0, len(PATIENCES))],
        BREADTHS[draw.integers(0, len(BREADTHS))],
        NOISE,
        THRIFTS[draw.integers(0, len(THRIFTS))],
    )
    is_rest = len(tables.waits) > 0 and draw.random() < REST
    free, count = with_followers(tables, books, desk, count, is_rest)
    reorder(tables, books, desk, draw, free)
    for index in range(count):
        if books.closed_min[desk.picked[index]] != NONE:
            remove_unit(tables, books, desk, desk.picked[index])
    restored_share = RESTORED_SHARES[draw.integers(0, len(RESTORED_SHARES))] if tables.has_standing else 0.0
    for index in range(count):
        is_wished = restored_share > 0.0 and draw.random() < restored_share
        if not (is_wished and restore_unit(tables, books, desk, desk.picked[index])):
            place(tables, books, desk, settings, draw, desk.picked[index], 0)
    after = value_of(tables, books, course.leg_price_min)
    if course.lateness_min == 0 and len(tables.waits) > 0:
        temperature = CLOSURE_TEMPERATURE * (course.closure_min * float(course.closure_weight))
    else:
        temperature = TEMPERATURE * (course.lateness_min / len(tables.units))
    worse = -temperature * np.log(1.0 - draw.random())
    if energy(course, after) > before + worse:
        rollback(tables, books, desk, 0)
    elif keep_if_best(tables, books, desk, course, draw, True) or course.is_kept:
        forget(books, desk)
    else:
        rollback(tables, books, desk, 0)
        keep(books, kept)
        course.is_kept = 1


@compiled
def is_better(value: Value, course: Records) -> bool:
    """Whether a value beats the best."""
    if value.unmet != course.unmet:
        return bool(value.unmet < course.unmet)
    if value.priced_min != course.priced_min:
        return bool(value.priced_min < course.priced_min)
    return bool(value.closure_min < course.closure_min)


@compiled
def keep_if_best(
    tables: Tables, books: Books, desk: Desk, course: Records, draw: np.random.Generator, is_trial: bool
) -> bool:
    """Whether the plan is the best so far, with priorities that hold or were made to hold; it stays in the books.

    What is done for priorities in a trial is taken back where the plan is not the best.
    """
    value = value_of(tables, books, course.leg_price_min)
    if not is_better(value, course) or energy(course, value) >= course.unsettled:
        return False
    until = mark(desk)
    if _settle_priorities(tables, books, desk, draw, is_trial):
        settled = value_of(tables, books, course.leg_price_min)
        if is_better(settled, course):
            course.unmet, course.priced_min, course.closure_min = settled.unmet, settled.priced_min, settled.closure_min
            course.lateness_min, course.moved = settled.lateness_min, settled.moved
            course.unsettled, course.is_kept = np.inf, 0
            return True
    if is_trial:
        rollback(tables, books, desk, until)
        course.unsettled = energy(course, value) * SETTLED_AGAIN
    return False


@compiled
def keep(books: Books, kept: Books) -> None:
    """Copy the plan in the books."""
    kept.used[:], kept.times_min[:], kept.free[:], kept.steps[:] = books.used, books.times_min, books.free, books.steps
    kept.diary_trips[:], kept.diary_count[:] = books.diary_trips, books.diary_count
    kept.hop_trips[:], kept.hop_count[:] = books.hop_trips, books.hop_count
    kept.day_min[:], kept.trips[:], kept.room[:] = books.day_min, books.trips, books.room
    kept.spare_trips[:], kept.spare_count[:] = books.spare_trips, books.spare_count
    kept.rides[:], kept.next_aboard[:] = books.rides, books.next_aboard
    kept.journeys[:], kept.closed_min[:], kept.refusals[:] = books.journeys, books.closed_min, books.refusals
    kept.moved[:] = books.moved


@compiled
def _settle_priorities(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator, is_trial: bool) -> bool:
    """Let more urgent loads have the places that less urgent ones took; whether that came to an end.

    A less urgent line that keeps coming back starts later, and in the end not at all. A trial can be taken back, and
    ends where the ledger is full.
    """
    settings = Settings(PATIENCES[-1], 12, 0.0, 0.0)
    pairs = 0
    while True:
        slot, rival = find_overtaking(tables, books)
        if rival == NONE:
            return True
        if not is_trial:
            forget(books, desk)
        elif desk.entry_count[0] > len(desk.entries) // 2:
            return False
        urgent = tables.freights[tables.stages[books.rides[slot].stage].freight].unit
        other = tables.freights[tables.stages[books.rides[rival].stage].freight].unit
        again = SWAPS_MAX
        if pairs < len(desk.swaps):
            pair = _pair(desk, pairs, urgent, other)
            pairs = max(pairs, pair + 1)
            again = desk.swaps[pair, 2]
            desk.swaps[pair, 2] += 1
        hold_min = 0
        if again:
            later_min = books.rides[slot].departure_min - books.rides[rival].departure_min
            hold_min = first_start_min(tables, books, other) + again * later_min
        desk.picked[0], desk.picked[1] = other, urgent
        free, count = with_followers(tables, books, desk, 1 if again >= SWAPS_MAX else 2, False)
        for index in range(count):
            if books.closed_min[desk.picked[index]] != NONE:
                remove_unit(tables, books, desk, desk.picked[index])
        if again >= SWAPS_MAX:
            books.refusals[other, 0], books.refusals[other, 1] = OVERTAKES, urgent
        else:
            place(tables, books, desk, settings, draw, urgent, 0)
            place(tables, books, desk, settings, draw, other, hold_min)
        for index in range(free, count):
            if books.closed_min[desk.picked[index]] == NONE:
                place(tables, books, desk, settings, draw, desk.picked[index], 0)


@compiled
def _pair(desk: Desk, pairs: int, urgent: int, other: int) -> int:
    """Where on the desk a pair of lines is counted."""
    for known in range(pairs):
        if desk.swaps[known, 0] == urgent and desk.swaps[known, 1] == other:
            return known
    desk.swaps[pairs, 0], desk.swaps[pairs, 1], desk.swaps[pairs, 2] = urgent, other, 0
    return pairs
