"""Which asset makes a voyage when things go wrong and somebody dispatches, in machine code."""

from muster.movement.risk.compiled import compiled
from muster.movement.risk.tables import NONE, Setbacks, State, Timetable
from muster.movement.risk.times import empty_departure, empty_travel_min
from muster.movement.search.compiled import NEVER


@compiled
def choose_asset(table: Timetable, setbacks: Setbacks, state: State, index: int, from_min: int) -> int:
    """The asset with which a voyage, and the next voyage planned for that asset, together lose least time.

    Of those that all aboard may use; the planned one where it is as good as any.
    """
    chosen = int(table.activities[index].asset)
    least_min = _loss_min(table, state, index, chosen, from_min)
    for asset in range(len(table.assets)):
        if least_min <= from_min:
            break
        if table.is_crew[index, asset] and not setbacks.is_absent[asset] and state.free_min[asset] < least_min:
            loss_min = _loss_min(table, state, index, asset, from_min)
            if loss_min < least_min:
                chosen, least_min = asset, loss_min
    return chosen


@compiled
def _loss_min(table: Timetable, state: State, index: int, asset: int, from_min: int) -> int:
    """When a voyage could start with an asset, and how much later the next one planned for the asset would."""
    activity = table.activities[index]
    empty_min = empty_travel_min(table, state, activity, asset)
    if empty_min >= NEVER:
        return NEVER
    start_min = max(from_min, empty_departure(table, state, activity, asset, empty_min) + empty_min)
    other = _next_planned(table, state, index, asset)
    if other == NONE:
        return int(start_min)
    following = table.activities[other]
    there_min = start_min + activity.load_min + activity.travel_min + activity.unload_min
    if activity.destination_row != following.origin_row:
        first = following.travel_first + activity.destination_row * following.rows
        there_min += table.travel_min[first + following.origin_row]
    return int(start_min + max(0, there_min - state.from_min[other]))


@compiled
def _next_planned(table: Timetable, state: State, index: int, asset: int) -> int:
    """The first activity planned for an asset, beside one, that nobody has made."""
    last = table.assets[asset].planned_last
    while state.next_planned[asset] < last and state.is_placed[table.planned[state.next_planned[asset]]]:
        state.next_planned[asset] += 1
    for place in range(state.next_planned[asset], last):
        other = table.planned[place]
        if other != index and not state.is_placed[other]:
            return int(other)
    return NONE
