"""Ruin and recreate: take out a few lines that stand in each other's way, and place them again in another order.

Theory of operation: every placement is as early as can be, so what decides is who comes first. A late line is taken out
together with lines that use the same legs about the same time; the late one is placed first, or all in a random order,
with random patience for shared voyages and another choice of ways. What is not much worse is kept to move on from; the
best plan in which nobody takes a more urgent load's place is remembered. Nothing here asks the clock: the same seed
takes the same course, and the caller decides when to stop.
"""

from typing import Final, NamedTuple

import numpy as np

from muster.movement.search.compiled import compiled
from muster.movement.search.ledger import forget, mark, rollback
from muster.movement.search.placing import place_unit, remove_unit, ride_count
from muster.movement.search.priority import find_overtaking
from muster.movement.search.tables import NONE, OVERTAKES, OWN_VEHICLES, Books, Desk, Ints, Records, Settings, Tables
from muster.movement.search.voyages import starting_from

CYCLE: Final = 400
"""Iterations after which the search, ever stricter until then, is lenient again."""
SIBLINGS: Final = 0.25
"""How often the lines taken out with another are those from the same place, which could share its voyages."""
LENIENCE: Final = 0.002
"""How much worse than the best a plan may be at the start of a cycle, as a share."""
RUINED: Final = (1, 7)
"""Fewest and most lines that are taken out with another at a time."""
CLOSERS: Final = 50
"""Lines among which the one that closes last is picked."""
PRICED_EVERY: Final = 200
"""Iterations after which the time of assets is priced anew."""
PATIENCES: Final = (0.0, 1.0, 4.0, 8.0)
BREADTHS: Final = (4, 8, 16)
THRIFTS: Final = (0.0, 0.5, 1.0, 2.0)
"""What placements draw from."""
NOISE: Final = 0.3
"""Spread of the random factor on the expected duration of a chain."""
SETTLED_AGAIN: Final = 0.9995
"""How much better a plan must have become before its priorities are settled again after that made it worse."""
SWAPS_MAX: Final = 4
"""How often two lines change places to restore the order of priorities before the less urgent one stays behind."""
SCALE: Final = 0.0
UNMET_MIN: Final = float(1 << 40)
"""What a line that does not move counts against lateness, for each unit of weight."""
CLOSURE_SHARE: Final = 1 / 50
"""Part of the weights of all lines that counts for the closure of the force."""

COURSE: Final = np.dtype(
    [
        ("iterations", np.int64),
        ("unmet", np.int64),
        ("lateness_min", np.int64),
        ("closure_min", np.int64),
        ("is_kept", np.int64),
        ("unsettled", np.float64),
        ("closure_weight", np.float64),
    ],
    align=True,
)
"""Where the search stands: steps made, the best value, whether its plan is kept or still the one in the books, and from
what energy down priorities are settled again."""


class Value(NamedTuple):
    """The objective: less is better, in this order."""

    unmet: int
    lateness_min: int
    closure_min: int


@compiled
def value_of(tables: Tables, books: Books) -> Value:
    """Objective of the lines as they are placed now."""
    unmet, lateness_min, closure_min = 0, 0, 0
    for index in range(len(tables.units)):
        closed_min, unit = books.closed_min[index], tables.units[index]
        if closed_min == NONE:
            unmet += unit.weight
            continue
        closure_min = max(closure_min, closed_min)
        lateness_min += unit.weight * max(0, closed_min - unit.required_min)
    return Value(unmet, lateness_min, closure_min)


@compiled
def energy(course: Records, value: Value) -> float:
    """One number for what is better: lateness counts first, closure breaks ties and smooths the way."""
    return value.unmet * UNMET_MIN + value.lateness_min + value.closure_min * float(course.closure_weight)


@compiled
def place(
    tables: Tables, books: Books, desk: Desk, settings: Settings, draw: np.random.Generator, unit: int, floor_min: int
) -> None:
    """Place a line; where that cannot be done, note why."""
    if not place_unit(tables, books, desk, settings, draw, unit, floor_min):
        books.refusals[unit] = desk.refusal


@compiled
def price_places(tables: Tables, books: Books, desk: Desk) -> None:
    """Price what voyages count on their way by how full it is while most of the force moves."""
    end_min = value_of(tables, books).closure_min * 4 // 5
    worth_min = np.zeros(len(tables.profiles))
    for index in range(len(tables.profiles)):
        profile = tables.profiles[index]
        if not profile.is_counted:
            continue
        used, room, periods = 0, 0, min(profile.room, end_min // profile.period_min + 1)
        for place_ in range(profile.first, profile.first + periods):
            if books.used[place_]:
                used += books.used[place_]
                room += tables.period_room[place_]
        if room:
            worth_min[index] = SCALE * (used / room) ** 4 * profile.period_min * periods / room
    for index in range(len(tables.services)):
        service = tables.services[index]
        desk.worth_min[index] = 0.0
        for place_ in range(service.counted_first, service.counted_last):
            use = tables.uses[place_]
            if use.amount == OWN_VEHICLES:
                desk.worth_min[index, 1] += worth_min[use.profile]
            else:
                desk.worth_min[index, 0] += use.amount * worth_min[use.profile]
        for place_ in range(service.at_arrival_first, service.at_arrival_last):
            use = tables.uses[place_]
            desk.worth_min[index, 0] += use.amount * worth_min[use.profile]


@compiled
def price_assets(tables: Tables, books: Books, desk: Desk) -> None:
    """Price the time of each asset by how busy it is while most of the force moves."""
    end_min = value_of(tables, books).closure_min * 4 // 5
    for diary in range(len(tables.diaries)):
        busy_min, first = 0, tables.diaries[diary].trips_first
        for trip_place in range(first, first + books.diary_count[diary]):
            trip = books.trips[books.diary_trips[trip_place]]
            busy_min += min(end_min, trip.end_min) - min(end_min, trip.start_min)
        desk.price[diary] = min(1.0, 1.6 * busy_min / max(1, end_min)) ** 2
    price_places(tables, books, desk)


@compiled
def ruin_and_recreate(
    tables: Tables, books: Books, kept: Books, desk: Desk, courses: Records, draw: np.random.Generator, steps: int
) -> None:
    """Make some steps from where the search stands."""
    course = courses[0]
    for _ in range(steps):
        course.iterations += 1
        if course.iterations % PRICED_EVERY == 0:
            price_assets(tables, books, desk)
        _step(tables, books, kept, desk, course, draw)


@compiled
def _step(
    tables: Tables, books: Books, kept: Books, desk: Desk, course: Records, draw: np.random.Generator
) -> None:
    """Take out a few lines, place them again, and keep the result unless it is much worse."""
    before = energy(course, value_of(tables, books))
    count = _choose(tables, books, desk, draw)
    settings = Settings(
        PATIENCES[draw.integers(0, len(PATIENCES))],
        BREADTHS[draw.integers(0, len(BREADTHS))],
        NOISE,
        THRIFTS[draw.integers(0, len(THRIFTS))],
    )
    for index in range(count):
        if books.closed_min[desk.picked[index]] != NONE:
            remove_unit(tables, books, desk, desk.picked[index])
    _reorder(tables, desk, draw, count)
    for index in range(count):
        place(tables, books, desk, settings, draw, desk.picked[index], 0)
    after = value_of(tables, books)
    if energy(course, after) > max(before, _tolerated(course)):
        rollback(tables, books, desk, 0)
    elif keep_if_best(tables, books, desk, course, draw, True):
        forget(books, desk)
    elif course.is_kept:
        forget(books, desk)
    else:
        rollback(tables, books, desk, 0)
        keep(books, kept)
        course.is_kept = 1


@compiled
def _tolerated(course: Records) -> float:
    """Energy up to which a change is kept."""
    share = LENIENCE * (1.0 - course.iterations % CYCLE / CYCLE)
    return energy(
        course, Value(course.unmet, round(course.lateness_min * (1.0 + share)), course.closure_min)
    )  # fmt: skip


@compiled
def is_better(value: Value, course: Records) -> bool:
    """Whether a value beats the best."""
    if value.unmet != course.unmet:
        return bool(value.unmet < course.unmet)
    if value.lateness_min != course.lateness_min:
        return bool(value.lateness_min < course.lateness_min)
    return bool(value.closure_min < course.closure_min)


@compiled
def keep_if_best(
    tables: Tables, books: Books, desk: Desk, course: Records, draw: np.random.Generator, is_trial: bool
) -> bool:
    """Whether the plan is the best so far, with priorities that hold or were made to hold; it stays in the books.

    What is done for priorities in a trial is taken back where the plan is not the best.
    """
    value = value_of(tables, books)
    if not is_better(value, course) or energy(course, value) >= course.unsettled:
        return False
    until = mark(desk)
    if _settle_priorities(tables, books, desk, draw, is_trial):
        settled = value_of(tables, books)
        if is_better(settled, course):
            course.unmet, course.lateness_min, course.closure_min = settled
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


@compiled
def _settle_priorities(
    tables: Tables, books: Books, desk: Desk, draw: np.random.Generator, is_trial: bool
) -> bool:
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
            hold_min = _first_start_min(tables, books, other) + again * later_min
        remove_unit(tables, books, desk, other)
        if again >= SWAPS_MAX:
            books.refusals[other, 0], books.refusals[other, 1] = OVERTAKES, urgent
            continue
        remove_unit(tables, books, desk, urgent)
        place(tables, books, desk, settings, draw, urgent, 0)
        place(tables, books, desk, settings, draw, other, hold_min)


@compiled
def _pair(desk: Desk, pairs: int, urgent: int, other: int) -> int:
    """Where on the desk a pair of lines is counted."""
    for known in range(pairs):
        if desk.swaps[known, 0] == urgent and desk.swaps[known, 1] == other:
            return known
    desk.swaps[pairs, 0], desk.swaps[pairs, 1], desk.swaps[pairs, 2] = urgent, other, 0
    return pairs


@compiled
def _first_start_min(tables: Tables, books: Books, unit: int) -> int:
    """When the first ride of a line starts."""
    start_min = tables.horizon_min
    for freight in range(tables.units[unit].freights_first, tables.units[unit].freights_last):
        if ride_count(tables, books, freight):
            start_min = min(start_min, books.rides[tables.freights[freight].slot].start_min)
    return int(start_min)


@compiled
def _choose(tables: Tables, books: Books, desk: Desk, draw: np.random.Generator) -> int:
    """Pick a line that matters, and lines that use the same legs about the same time; how many there are."""
    seed = _pick_seed(tables, books, draw)
    count = draw.integers(RUINED[0], RUINED[1] + 1)
    desk.picked[0] = seed
    if draw.random() < SIBLINGS:
        found = _siblings(tables, desk, seed)
    else:
        found = _neighbours(tables, books, desk, draw, seed)
        if found < count:
            found = _others(tables, desk, draw, seed, found, count)
    count = min(count, found)
    for index in range(count):
        other = draw.integers(index, found)
        desk.found[index], desk.found[other] = desk.found[other], desk.found[index]
        desk.picked[1 + index] = desk.found[index]
    desk.is_found[:] = False
    return 1 + _with_unplaced(tables, books, desk, draw, count)


@compiled
def _pick_seed(tables: Tables, books: Books, draw: np.random.Generator) -> int:
    """A late line by how late it is, one of the last to close, or any."""
    count, kind = len(tables.units), draw.random()
    if kind < 0.5:
        late_min = draw.random() * value_of(tables, books).lateness_min
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
def _find(desk: Desk, unit: int, seed: int, found: int) -> int:
    """Add a line to those among which some are picked; how many there are then."""
    if unit == seed or desk.is_found[unit]:
        return found
    desk.found[found], desk.is_found[unit] = unit, True
    return found + 1


@compiled
def _siblings(tables: Tables, desk: Desk, seed: int) -> int:
    """Find the other lines from the same place."""
    found = 0
    for unit in range(len(tables.units)):
        if tables.units[unit].origin == tables.units[seed].origin:
            found = _find(desk, unit, seed, found)
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
        place_there = starting_from(books, first, books.hop_count[hop], ride.start_min)
        reach = (3, 8, 20)[draw.integers(0, 3)]
        for near in range(max(0, place_there - reach), min(books.hop_count[hop], place_there + reach // 3 + 1)):
            slot = books.trips[books.hop_trips[first + near]].aboard
            while slot != NONE:
                other = tables.freights[tables.stages[books.rides[slot].stage].freight].unit
                found = _find(desk, other, seed, found)
                slot = books.next_aboard[slot]
    return found


@compiled
def _others(tables: Tables, desk: Desk, draw: np.random.Generator, seed: int, found: int, count: int) -> int:
    """Add any lines to those found."""
    for _ in range(count):
        found = _find(desk, draw.integers(0, len(tables.units)), seed, found)
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
def _reorder(tables: Tables, desk: Desk, draw: np.random.Generator, count: int) -> None:
    """Put the picked lines in the order in which they are placed again."""
    kind = draw.random()
    if kind < 0.35:
        return
    for index in range(count):
        unit = tables.units[desk.picked[index]]
        if kind < 0.6:
            desk.keys[index, 0] = draw.integers(0, 1 << 30)
        elif kind < 0.8:
            desk.keys[index, 0], desk.keys[index, 1] = unit.priority, unit.required_min
        else:
            desk.keys[index, 0], desk.keys[index, 1] = unit.required_min - unit.free_min, 0
    _sort(desk.picked, desk.keys, count)


@compiled
def _sort(picked: Ints, keys: Ints, count: int) -> None:
    """Sort the first few by their keys."""
    for index in range(1, count):
        unit, first, second = picked[index], keys[index, 0], keys[index, 1]
        at = index
        while at > 0 and (keys[at - 1, 0] > first or (keys[at - 1, 0] == first and keys[at - 1, 1] > second)):
            picked[at], keys[at, 0], keys[at, 1] = picked[at - 1], keys[at - 1, 0], keys[at - 1, 1]
            at -= 1
        picked[at], keys[at, 0], keys[at, 1] = unit, first, second
