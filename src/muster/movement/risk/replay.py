"""One replay of a plan under setbacks, in machine code.

Theory of operation: activities go one after the other in the order in which they are ready: all aboard are there, and the
planned start has come. Each is placed at the first times at which its asset, its crew, the weather and every place on
its way have room beside what is placed already, so that places serve who is ready first. What it brings on makes others
ready. With no setbacks everything is ready at its planned start and finds the room that the plan gave it, whatever the
order; so the replay is the plan.

Where the plan's order is kept (right shift), an activity also waits for the one before it on its asset, and the
activities of an asset that never comes are merged into those of another one of its fleet, in planned order. With a
dispatcher, ``dispatch`` chooses the asset when the loads are there, and a voyage does not wait longer than a patience
for loads that are late.
"""

import numpy as np

from muster.movement.risk.compiled import compiled
from muster.movement.risk.dispatch import choose_asset, leave_behind, replacement
from muster.movement.risk.heap import pop, push
from muster.movement.risk.tables import NONE, Setbacks, State, Timetable
from muster.movement.risk.times import book, count_days, empty_departure, empty_travel_min, settle
from muster.movement.search.compiled import NEVER
from muster.movement.search.tables import Books, Tables


@compiled
def replay(table: Timetable, setbacks: Setbacks, state: State, tables: Tables, books: Books, patience_min: int) -> None:
    """Replay a plan; when each line closes is in the state afterwards.

    Parameters
    ----------
    patience_min
        How long after its planned start a voyage waits for loads that are late while others are there; below 0 the
        plan's order is kept.
    """
    _clear(table, setbacks, state, tables, books)
    if patience_min < 0:
        _keep_order(table, setbacks, state)
    _begin(table, setbacks, state, patience_min)
    count = len(state.maker)
    while state.counts[0] > 0:
        key = pop(state.heap, state.counts)
        now_min, what = key // (2 * count), key % (2 * count)
        index = what % count
        if state.is_placed[index] or now_min >= tables.horizon_min:
            continue
        if what >= count:
            leave_behind(table, setbacks, state, index, now_min, patience_min)
        elif state.waits_for[index] == 0:
            if state.from_min[index] > now_min:
                push(state.heap, state.counts, state.from_min[index] * 2 * count + index)
            else:
                _go(table, setbacks, state, tables, books, index, patience_min)
    for line in range(len(table.lines)):
        if state.to_close[line] > 0:
            state.closed_min[line] = NONE


@compiled
def _clear(table: Timetable, setbacks: Setbacks, state: State, tables: Tables, books: Books) -> None:
    """Nothing has happened, and all assets are at home."""
    books.used[:] = 0
    books.times_min[:] = tables.step_times_min
    books.free[:] = tables.step_free
    books.steps[:] = tables.steps
    state.is_placed[:] = False
    state.is_crew[:] = table.is_crew
    state.room[:] = table.room
    state.day_min[:] = 0
    state.counts[0] = state.counts[1] = 0
    state.first_on_leg[:] = NONE
    for asset in range(len(table.assets)):
        own = table.assets[asset]
        state.free_min[asset], state.row[asset] = setbacks.available_min[asset], own.home_row
        state.next_planned[asset] = own.planned_first
    for index in range(state.counts[2]):
        activity = table.activities[index]
        state.from_min[index], state.maker[index] = activity.start_min, activity.asset
        first, last = table.riders_first[index], table.riders_first[index + 1]
        state.waits_for[index] = last - first
        state.first_rider[index] = table.riders[first] if last > first else NONE
        for place in range(first, last):
            state.next_rider[table.riders[place]] = table.riders[place + 1] if place + 1 < last else NONE
        state.next_on_asset[index] = NONE
        state.next_on_leg[index] = state.first_on_leg[activity.leg]
        state.first_on_leg[activity.leg] = index


@compiled
def _keep_order(table: Timetable, setbacks: Setbacks, state: State) -> None:
    """Let each activity wait for the one before it on its asset; others of the fleet stand in for assets that are missing."""
    count = len(table.assets)
    work_min = np.empty(count, dtype=np.int64)
    stand_in = np.arange(count)
    for asset in range(count):
        work_min[asset] = table.assets[asset].planned_min
    for asset in range(count):
        if setbacks.is_missing[asset]:
            stand_in[asset] = replacement(table, setbacks, work_min, asset)
            if stand_in[asset] != NONE:
                work_min[stand_in[asset]] += work_min[asset]
    last = np.full(count, NONE)
    for index in range(state.counts[2]):
        if state.maker[index] == NONE:
            continue
        maker = state.maker[index] = stand_in[state.maker[index]]
        if maker == NONE:
            state.waits_for[index] += 1
            continue
        if last[maker] != NONE:
            state.next_on_asset[last[maker]] = index
            state.waits_for[index] += 1
        last[maker] = index


@compiled
def _begin(table: Timetable, setbacks: Setbacks, state: State, patience_min: int) -> None:
    """Make ready what waits for nothing."""
    count = len(state.maker)
    state.slot_from_min[:] = 0
    for place in range(len(table.permits)):
        slot, permit, after_min = table.permits[place]
        state.slot_from_min[slot] = max(state.slot_from_min[slot], setbacks.granted_min[permit] - after_min)
    for index in range(state.counts[2]):
        if state.waits_for[index] == 0:
            push(state.heap, state.counts, state.from_min[index] * 2 * count + index)
        if patience_min >= 0 and table.activities[index].asset != NONE:
            timer = (state.from_min[index] + patience_min) * 2 * count + count + index
            push(state.heap, state.counts, timer)
    for slot in range(len(table.slots)):
        own = table.slots[slot]
        state.slot_activity[slot], state.slot_waits_for[slot] = own.activity, own.waits_for + 1
    for slot in range(len(table.slots)):
        own = table.slots[slot]
        is_first = slot == 0 or table.slots[slot - 1].load != own.load
        _come(state, slot, setbacks.ready_min[own.line] if is_first else 0)
    for line in range(len(table.lines)):
        row = table.lines[line]
        state.to_join[line], state.to_close[line] = row.staged, row.loads
        state.joined_min[line] = state.closed_min[line] = setbacks.ready_min[line]
        if row.staged == 0:
            _join(table, state, line)


@compiled
def _come(state: State, slot: int, minute: int) -> None:
    """One of the things for which a slot waits has come about."""
    state.slot_from_min[slot] = max(state.slot_from_min[slot], minute)
    state.slot_waits_for[slot] -= 1
    if state.slot_waits_for[slot] == 0:
        index = state.slot_activity[slot]
        state.from_min[index] = max(state.from_min[index], state.slot_from_min[slot])
        _come_aboard(state, index)


@compiled
def _come_aboard(state: State, index: int) -> None:
    """One of the things for which an activity waits has come about."""
    state.waits_for[index] -= 1
    if state.waits_for[index] == 0:
        push(state.heap, state.counts, state.from_min[index] * 2 * len(state.maker) + index)


@compiled
def _join(table: Timetable, state: State, line: int) -> None:
    """All of a line that comes to its staging area is there: it integrates and may go on."""
    row = table.lines[line]
    for place in range(row.onward_first, row.onward_last):
        _come(state, table.onward[place], state.joined_min[line] + row.integration_min)


@compiled
def _go(
    table: Timetable,
    setbacks: Setbacks,
    state: State,
    tables: Tables,
    books: Books,
    index: int,
    patience_min: int,
) -> None:
    """Place an activity, and tell who waits for it; one that finds no asset or no room never goes."""
    activity = table.activities[index]
    from_min = state.from_min[index]
    is_voyage = state.is_crew[index].any()
    if is_voyage and patience_min >= 0:
        state.maker[index] = choose_asset(table, setbacks, state, index, from_min)
    maker = state.maker[index]
    empty_min = departure_min = 0
    if is_voyage:
        if maker == NONE:
            return
        empty_min = empty_travel_min(table, state, activity, maker)
        if empty_min >= NEVER:
            return
        departure_min = empty_departure(state, activity, table.assets[maker], maker, empty_min)
        count_days(state, table.assets[maker], departure_min, empty_min)
        from_min = max(from_min, departure_min + empty_min)
    if not settle(table, setbacks, state, tables, books, index, maker, from_min):
        return
    state.is_placed[index] = True
    book(table, state, tables, books, index)
    end_min = state.times_min[index, 3]
    if is_voyage:
        count_days(state, table.assets[maker], state.times_min[index, 1], activity.travel_min)
        state.free_min[maker], state.row[maker] = end_min, activity.destination_row
        following = state.next_on_asset[index]
        if following != NONE:
            state.from_min[following] = max(state.from_min[following], end_min)
            _come_aboard(state, following)
    _arrive(table, state, index, end_min)


@compiled
def _arrive(table: Timetable, state: State, index: int, end_min: int) -> None:
    """All aboard an activity are where it brings them."""
    slot = state.first_rider[index]
    while slot != NONE:
        own = table.slots[slot]
        if own.is_last:
            state.to_close[own.line] -= 1
            state.closed_min[own.line] = max(state.closed_min[own.line], end_min)
        else:
            _come(state, slot + 1, end_min)
        if own.is_staged:
            state.to_join[own.line] -= 1
            state.joined_min[own.line] = max(state.joined_min[own.line], end_min)
            if state.to_join[own.line] == 0:
                _join(table, state, own.line)
        slot = state.next_rider[slot]
