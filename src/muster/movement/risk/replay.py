"""One replay of a plan under setbacks, in machine code.

Theory of operation: activities go one after the other in the order in which they are ready: all aboard are there, and
the planned start has come. Each is placed at the first times at which its asset, its crew, the weather and every place
on its way have room beside what is placed already, so that places serve who is ready first. What it brings on makes
others ready. With no setbacks everything is ready at its planned start and finds the room that the plan gave it,
whatever the order; so the replay is the plan.

Where the plan's order is kept (right shift), an activity also waits for the one before it on its asset. With a
dispatcher, the asset is chosen when all aboard are there.
"""

from muster.movement.risk.compiled import compiled
from muster.movement.risk.dispatch import choose_asset
from muster.movement.risk.heap import pop, push
from muster.movement.risk.tables import NONE, Setbacks, State, Timetable
from muster.movement.risk.times import book, count_days, empty_departure, empty_travel_min, settle
from muster.movement.search.tables import Books, Tables


@compiled
def replay(
    table: Timetable, setbacks: Setbacks, state: State, tables: Tables, books: Books, is_dispatched: bool
) -> None:
    """Replay a plan; when each line closes is in the state afterwards."""
    _clear(table, setbacks, state, tables, books)
    _begin(table, setbacks, state, is_dispatched)
    while state.heap_count[0] > 0:
        index = pop(state.heap, state.heap_count) % len(table.activities)
        if not _go(table, setbacks, state, tables, books, index, is_dispatched):
            continue
        _arrive(table, state, index)
        following = table.activities[index].following
        if following != NONE and not is_dispatched:
            _come_aboard(state, following, state.times_min[index, 3])
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
    state.day_min[:] = 0
    state.heap_count[0] = 0
    for asset in range(len(table.assets)):
        own = table.assets[asset]
        state.free_min[asset], state.row[asset] = setbacks.available_min[asset], own.home_row
        state.next_planned[asset] = own.planned_first
    for line in range(len(table.lines)):
        row = table.lines[line]
        state.to_join[line], state.to_close[line] = row.staged, row.loads
        state.joined_min[line] = state.closed_min[line] = setbacks.ready_min[line]
    for slot in range(len(table.slots)):
        state.slot_waits_for[slot], state.slot_from_min[slot] = table.slots[slot].waits_for + 1, 0
    for place in range(len(table.permits)):
        slot, permit, after_min = table.permits[place]
        state.slot_from_min[slot] = max(state.slot_from_min[slot], setbacks.granted_min[permit] - after_min)


@compiled
def _begin(table: Timetable, setbacks: Setbacks, state: State, is_dispatched: bool) -> None:
    """Make ready what waits for nothing but its line and its planned start."""
    for index in range(len(table.activities)):
        activity = table.activities[index]
        state.from_min[index] = activity.start_min
        state.waits_for[index] = activity.riders_last - activity.riders_first + 1
    if not is_dispatched:
        for index in range(len(table.activities)):
            if table.activities[index].following != NONE:
                state.waits_for[table.activities[index].following] += 1
    for index in range(len(table.activities)):
        _come_aboard(state, index, 0)
    for slot in range(len(table.slots)):
        own = table.slots[slot]
        is_first = slot == 0 or table.slots[slot - 1].load != own.load
        _come(table, state, slot, setbacks.ready_min[own.line] if is_first else 0)
    for line in range(len(table.lines)):
        if table.lines[line].staged == 0:
            _join(table, state, line)
        if table.lines[line].loads == 0:
            _close(table, state, line)


@compiled
def _come(table: Timetable, state: State, slot: int, minute: int) -> None:
    """One of the things for which a slot waits has come about."""
    state.slot_from_min[slot] = max(state.slot_from_min[slot], minute)
    state.slot_waits_for[slot] -= 1
    if state.slot_waits_for[slot] == 0:
        _come_aboard(state, table.slots[slot].activity, state.slot_from_min[slot])


@compiled
def _come_aboard(state: State, index: int, minute: int) -> None:
    """One of the things for which an activity waits has come about."""
    state.from_min[index] = max(state.from_min[index], minute)
    state.waits_for[index] -= 1
    if state.waits_for[index] == 0:
        push(state.heap, state.heap_count, state.from_min[index] * len(state.from_min) + index)


@compiled
def _join(table: Timetable, state: State, line: int) -> None:
    """All of a line that comes to its staging area is there: it integrates and may go on."""
    row = table.lines[line]
    for place in range(row.onward_first, row.onward_last):
        _come(table, state, table.onward[place], state.joined_min[line] + row.integration_min)


@compiled
def _close(table: Timetable, state: State, line: int) -> None:
    """All of a line is there: those that wait for it may set out."""
    row = table.lines[line]
    for place in range(row.followers_first, row.followers_last):
        _come(table, state, table.followers[place], state.closed_min[line])


@compiled
def _go(
    table: Timetable,
    setbacks: Setbacks,
    state: State,
    tables: Tables,
    books: Books,
    index: int,
    is_dispatched: bool,
) -> bool:
    """Place an activity; one that finds no room before the end of the plan's horizon never goes."""
    activity = table.activities[index]
    from_min, maker = state.from_min[index], activity.asset
    if maker != NONE:
        if is_dispatched:
            maker = choose_asset(table, setbacks, state, index, from_min)
        empty_min = empty_travel_min(table, state, activity, maker)
        departure_min = empty_departure(table, state, activity, maker, empty_min)
        if departure_min + empty_min >= tables.horizon_min:
            return False
        count_days(table, state, maker, departure_min, empty_min)
        from_min = max(from_min, departure_min + empty_min)
    if not settle(table, setbacks, state, tables, books, index, maker, from_min):
        return False
    state.is_placed[index] = True
    book(table, state, tables, books, index)
    if maker != NONE:
        count_days(table, state, maker, state.times_min[index, 1], activity.travel_min)
        state.free_min[maker], state.row[maker] = state.times_min[index, 3], activity.destination_row
    return True


@compiled
def _arrive(table: Timetable, state: State, index: int) -> None:
    """All aboard an activity are where it brings them."""
    activity, end_min = table.activities[index], state.times_min[index, 3]
    for place in range(activity.riders_first, activity.riders_last):
        slot = table.riders[place]
        own = table.slots[slot]
        if own.is_last:
            state.to_close[own.line] -= 1
            state.closed_min[own.line] = max(state.closed_min[own.line], end_min)
            if state.to_close[own.line] == 0:
                _close(table, state, own.line)
        else:
            _come(table, state, slot + 1, end_min)
        if own.is_staged:
            state.to_join[own.line] -= 1
            state.joined_min[own.line] = max(state.joined_min[own.line], end_min)
            if state.to_join[own.line] == 0:
                _join(table, state, own.line)
