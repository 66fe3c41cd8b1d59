"""What a dispatcher may change when things go wrong: which asset makes a voyage, and which voyage a load takes."""

from muster.movement.risk.compiled import compiled
from muster.movement.risk.heap import push
from muster.movement.risk.tables import NONE, Records, Setbacks, State, Timetable
from muster.movement.risk.times import empty_departure, empty_travel_min
from muster.movement.search.compiled import NEVER


@compiled
def choose_asset(table: Timetable, setbacks: Setbacks, state: State, index: int, from_min: int) -> int:
    """The asset with which the voyage, and the next voyage planned for that asset, together lose least time.

    The planned one where it is as good as any; :data:`NONE` where no asset that all aboard may use ever comes.
    """
    activity = table.activities[index]
    chosen, least_min = NONE, NEVER
    if activity.asset != NONE and not setbacks.is_missing[activity.asset]:
        chosen = activity.asset
        least_min = _loss_min(table, state, index, activity.asset, from_min)
        if least_min <= from_min:
            return int(chosen)
    for asset in range(len(table.assets)):
        if state.is_crew[index, asset] and not setbacks.is_missing[asset] and state.free_min[asset] < least_min:
            loss_min = _loss_min(table, state, index, asset, from_min)
            if loss_min < least_min:
                chosen, least_min = asset, loss_min
    return int(chosen)


@compiled
def _loss_min(table: Timetable, state: State, index: int, asset: int, from_min: int) -> int:
    """When a voyage could start with an asset, and how much later its next planned one would."""
    activity, own = table.activities[index], table.assets[asset]
    empty_min = empty_travel_min(table, state, activity, asset)
    if empty_min >= NEVER:
        return NEVER
    start_min = max(from_min, empty_departure(state, activity, own, asset, empty_min) + empty_min)
    place = state.next_planned[asset]
    while place < own.planned_last and (state.is_placed[table.planned[place]] or table.planned[place] == index):
        if state.is_placed[table.planned[place]] and place == state.next_planned[asset]:
            state.next_planned[asset] = place + 1
        place += 1
    if place == own.planned_last:
        return int(start_min)
    following = table.activities[table.planned[place]]
    there_min = start_min + activity.load_min + activity.travel_min + activity.unload_min
    if activity.destination_row != following.origin_row:
        first = following.travel_first + activity.destination_row * following.rows
        there_min += table.travel_min[first + following.origin_row]
    return int(start_min + max(0, there_min - max(following.start_min, state.from_min[table.planned[place]])))


@compiled
def leave_behind(
    table: Timetable, setbacks: Setbacks, state: State, index: int, now_min: int, patience_min: int
) -> None:
    """Let a voyage go without the loads that are not there, where at least one is; they take other voyages."""
    present = False
    slot = state.first_rider[index]
    while slot != NONE:
        present = present or _is_there(state, slot, now_min)
        slot = state.next_rider[slot]
    if not present:
        push(state.heap, state.counts, (now_min + patience_min) * 2 * len(state.maker) + len(state.maker) + index)
        return
    slot = state.first_rider[index]
    while slot != NONE:
        following = state.next_rider[slot]
        if not _is_there(state, slot, now_min):
            _move(table, setbacks, state, slot, index, now_min, patience_min)
        slot = following
    _call(state, index, now_min)


@compiled
def _is_there(state: State, slot: int, now_min: int) -> bool:
    return bool(state.slot_waits_for[slot] == 0 and state.slot_from_min[slot] <= now_min)


@compiled
def _call(state: State, index: int, now_min: int) -> None:
    """Let a voyage start as soon as all who are still aboard are there."""
    from_min = now_min
    slot = state.first_rider[index]
    while slot != NONE:
        from_min = max(from_min, state.slot_from_min[slot])
        slot = state.next_rider[slot]
    state.from_min[index] = from_min
    if state.waits_for[index] == 0:
        push(state.heap, state.counts, from_min * 2 * len(state.maker) + index)


@compiled
def _move(
    table: Timetable, setbacks: Setbacks, state: State, slot: int, index: int, now_min: int, patience_min: int
) -> None:
    """Put a load on the next voyage with room that it can reach, or on one of its own; else it stays where it is."""
    there_min = state.slot_from_min[slot] if state.slot_waits_for[slot] == 0 else now_min + patience_min
    other = _next_voyage(table, setbacks, state, slot, index, there_min)
    if other == NONE:
        other = _open(table, setbacks, state, slot, index, now_min)
        if other == NONE:
            return
        until_min = max(there_min, now_min) + patience_min
        push(state.heap, state.counts, until_min * 2 * len(state.maker) + len(state.maker) + other)
    _unlink(state, slot, index)
    load = table.slots[slot].load
    state.room[index] += table.size[load]
    state.room[other] -= table.size[load]
    state.is_crew[other] &= table.crews[table.slots[slot].crew]
    state.slot_activity[slot] = other
    state.next_rider[slot], state.first_rider[other] = state.first_rider[other], slot
    if state.slot_waits_for[slot] > 0:
        state.waits_for[index] -= 1
        state.waits_for[other] += 1
    else:
        state.from_min[other] = max(state.from_min[other], state.slot_from_min[slot])
        if state.waits_for[other] == 0:
            push(state.heap, state.counts, state.from_min[other] * 2 * len(state.maker) + other)


@compiled
def _unlink(state: State, slot: int, index: int) -> None:
    if state.first_rider[index] == slot:
        state.first_rider[index] = state.next_rider[slot]
        return
    before = state.first_rider[index]
    while state.next_rider[before] != slot:
        before = state.next_rider[before]
    state.next_rider[before] = state.next_rider[slot]


@compiled
def _next_voyage(
    table: Timetable, setbacks: Setbacks, state: State, slot: int, index: int, there_min: int
) -> int:
    """The first voyage of the same leg and type that has not begun, has room, and starts when the load is there."""
    found, soonest_min = NONE, NEVER
    other = state.first_on_leg[table.activities[index].leg]
    while other != NONE:
        start_min = max(state.from_min[other], table.activities[other].start_min)
        is_open = other != index and not state.is_placed[other] and there_min <= start_min < soonest_min
        if is_open and _fits(table, setbacks, state, slot, other):
            found, soonest_min = other, start_min
        other = state.next_on_leg[other]
    return int(found)


@compiled
def _fits(table: Timetable, setbacks: Setbacks, state: State, slot: int, other: int) -> bool:
    """Whether a voyage has room for a load, of its class where it carries one only, and an asset that may carry all."""
    load, rider = table.slots[slot].load, state.first_rider[other]
    is_single = table.activities[other].single_class and rider != NONE
    if is_single and table.cargo[table.slots[rider].load] != table.cargo[load]:
        return False
    for dimension in range(table.size.shape[1]):
        if table.size[load, dimension] > state.room[other, dimension]:
            return False
    for asset in range(len(table.assets)):
        may_carry = state.is_crew[other, asset] and table.crews[table.slots[slot].crew, asset]
        if may_carry and not setbacks.is_missing[asset]:
            return True
    return False


@compiled
def _open(table: Timetable, setbacks: Setbacks, state: State, slot: int, index: int, now_min: int) -> int:
    """Make a spare voyage stand for one like another, with nothing aboard; :data:`NONE` when all are used up."""
    if state.counts[1] == len(state.maker) - state.counts[2]:
        return NONE
    other = state.counts[2] + state.counts[1]
    state.counts[1] += 1
    table.activities[other] = table.activities[index]
    activity = table.activities[other]
    activity.start_min, activity.arrival_min = now_min, 0
    activity.asset = activity.from_row = activity.empty_departure_min = activity.empty_min = NONE
    setbacks.delay_min[other] = setbacks.delay_min[index]
    setbacks.load_min[other], setbacks.unload_min[other] = setbacks.load_min[index], setbacks.unload_min[index]
    state.room[other] = state.room[index]
    rider = state.first_rider[index]
    while rider != NONE:
        state.room[other] += table.size[table.slots[rider].load]
        rider = state.next_rider[rider]
    state.is_crew[other] = table.crews[table.slots[slot].crew]
    state.from_min[other], state.waits_for[other] = now_min, 0
    state.first_rider[other], state.is_placed[other] = NONE, False
    state.next_on_leg[other] = state.first_on_leg[activity.leg]
    state.first_on_leg[activity.leg] = other
    return int(other)


@compiled
def replacement(table: Timetable, setbacks: Setbacks, work_min: Records, missing: int) -> int:
    """The asset of the same fleet that comes and has least to do; :data:`NONE` where none comes."""
    found = NONE
    for asset in range(len(table.assets)):
        if table.assets[asset].fleet != table.assets[missing].fleet or setbacks.is_missing[asset]:
            continue
        if found == NONE or work_min[asset] < work_min[found]:
            found = asset
    return int(found)
