"""When one activity can go: its asset, its crew, the weather and places with room, in machine code."""

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.risk.compiled import compiled
from muster.movement.risk.tables import NONE, Records, Setbacks, State, Timetable
from muster.movement.search.compiled import NEVER
from muster.movement.search.profiles import book_count, book_span, earliest_count, earliest_span
from muster.movement.search.tables import Books, Tables


@compiled
def open_from(setbacks: Setbacks, place: int, minute: int) -> int:
    """First minute at or after one at which the weather lets a port or airfield work."""
    if place == NONE:
        return minute
    for spell in range(setbacks.closed_from_min.shape[1]):
        if minute < setbacks.closed_from_min[place, spell]:
            break
        if minute < setbacks.closed_until_min[place, spell]:
            return int(setbacks.closed_until_min[place, spell])
    return minute


@compiled
def crew_from(table: Timetable, state: State, maker: int, minute: int, travel_min: int) -> int:
    """First departure at which no day of travel becomes too long for the crew, before the end of the horizon."""
    asset = table.assets[maker]
    if asset.limit_min == NONE or travel_min <= 0:
        return minute
    while minute + travel_min < table.horizon_min:
        end_min, at_min = minute + travel_min, minute
        later_min = minute
        while at_min < end_min:
            day = at_min // MINUTES_PER_DAY
            stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
            left_min = asset.limit_min - state.day_min[asset.days_first + day]
            if stop_min - at_min > left_min:
                later_min = (minute // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY
                if at_min == minute and left_min > 0 and later_min - left_min > minute and stop_min < end_min:
                    later_min -= left_min
                break
            at_min = stop_min
        if later_min == minute:
            return minute
        minute = later_min
    return NEVER


@compiled
def count_days(table: Timetable, state: State, maker: int, start_min: int, travel_min: int) -> None:
    """Count travel day by day, for the crew."""
    asset = table.assets[maker]
    if asset.limit_min == NONE:
        return
    end_min = start_min + travel_min
    while start_min < end_min:
        day = start_min // MINUTES_PER_DAY
        stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
        state.day_min[asset.days_first + day] += stop_min - start_min
        start_min = stop_min


@compiled
def empty_travel_min(table: Timetable, state: State, activity: Records, asset: int) -> int:
    """Minutes of empty travel of an asset to the origin; as planned where it comes from where the plan has it."""
    row = state.row[asset]
    if row == activity.origin_row:
        return 0
    if row == NONE:
        return NEVER
    empty_min = table.travel_min[activity.travel_first + row * activity.rows + activity.origin_row]
    if row == activity.from_row and activity.empty_min != NONE:
        empty_min = min(empty_min, activity.empty_min)
    return int(empty_min)


@compiled
def empty_departure(table: Timetable, state: State, activity: Records, asset: int, empty_min: int) -> int:
    """When the asset leaves for the origin: at once, but not before planned where the crew's days are counted."""
    minute = state.free_min[asset]
    if table.assets[asset].limit_min == NONE:
        return int(minute)
    if state.row[asset] == activity.from_row:
        minute = max(minute, activity.empty_departure_min)
    return crew_from(table, state, asset, minute, empty_min)


@compiled
def settle(
    table: Timetable,
    setbacks: Setbacks,
    state: State,
    tables: Tables,
    books: Books,
    index: int,
    maker: int,
    start_min: int,
) -> bool:
    """Find the first times of an activity for which everything on its way has room; whether there are any."""
    activity = table.activities[index]
    load_min = activity.load_min + setbacks.load_min[index]
    unload_min = activity.unload_min + setbacks.unload_min[index]
    travel_min = activity.travel_min + setbacks.delay_min[index]
    later_min = load_min - activity.least_load_min
    while start_min < tables.horizon_min:
        asked_min = start_min
        for place in range(activity.at_origin_first, activity.at_origin_last):
            use = table.uses[place]
            start_min = earliest_span(tables, books, use.profile, start_min, load_min, use.amount)
        start_min = _count_from(table, tables, books, index, start_min, later_min)
        start_min = open_from(setbacks, activity.origin_weather, start_min + load_min) - load_min
        if maker != NONE:
            start_min = crew_from(table, state, maker, start_min + load_min, activity.travel_min) - load_min
        if start_min != asked_min:
            continue
        reached_min = max(start_min + load_min + travel_min, activity.arrival_min)
        arrival_min = _berth(table, setbacks, tables, books, index, reached_min, unload_min)
        if arrival_min + unload_min >= tables.horizon_min:
            return False
        if activity.waits or arrival_min == reached_min:
            times_min = state.times_min[index]
            times_min[0], times_min[1] = start_min, start_min + load_min
            times_min[2], times_min[3] = arrival_min, arrival_min + unload_min
            return True
        start_min += arrival_min - reached_min
    return False


@compiled
def _count_from(table: Timetable, tables: Tables, books: Books, index: int, start_min: int, later_min: int) -> int:
    """Minute to which what is counted on the way moves a start."""
    activity = table.activities[index]
    for place in range(activity.counted_first, activity.counted_last):
        use = table.uses[place]
        after_min = use.after_min + (later_min if use.after_min >= activity.least_load_min else 0)
        start_min = earliest_count(tables, books, use.profile, start_min + after_min, use.amount) - after_min
    for rider in range(activity.riders_first, activity.riders_last):
        slot = table.riders[rider]
        for place in range(table.slots[slot].limits_first, table.slots[slot].limits_last):
            use = table.uses[place]
            after_min = use.after_min + later_min
            start_min = earliest_count(tables, books, use.profile, start_min + after_min, use.amount) - after_min
    return start_min


@compiled
def _berth(
    table: Timetable,
    setbacks: Setbacks,
    tables: Tables,
    books: Books,
    index: int,
    arrival_min: int,
    unload_min: int,
) -> int:
    """First minute at or after which the destination is open and has room to unload."""
    activity = table.activities[index]
    while arrival_min < tables.horizon_min:
        asked_min = arrival_min
        for place in range(activity.at_destination_first, activity.at_destination_last):
            use = table.uses[place]
            arrival_min = earliest_span(tables, books, use.profile, arrival_min, unload_min, use.amount)
        for place in range(activity.at_arrival_first, activity.at_arrival_last):
            use = table.uses[place]
            arrival_min = earliest_count(tables, books, use.profile, arrival_min, use.amount)
        arrival_min = open_from(setbacks, activity.destination_weather, arrival_min)
        if arrival_min == asked_min:
            break
    return arrival_min


@compiled
def book(table: Timetable, state: State, tables: Tables, books: Books, index: int) -> None:
    """Book what an activity uses at the times that were found."""
    activity = table.activities[index]
    start_min, departure_min, arrival_min, end_min = state.times_min[index]
    for place in range(activity.at_origin_first, activity.at_origin_last):
        use = table.uses[place]
        book_span(tables, books, use.profile, start_min, departure_min, use.amount)
    later_min = departure_min - start_min - activity.least_load_min
    for place in range(activity.counted_first, activity.counted_last):
        use = table.uses[place]
        after_min = use.after_min + (later_min if use.after_min >= activity.least_load_min else 0)
        book_count(tables, books, use.profile, start_min + after_min, use.amount)
    for place in range(activity.at_destination_first, activity.at_destination_last):
        use = table.uses[place]
        book_span(tables, books, use.profile, arrival_min, end_min, use.amount)
    for place in range(activity.at_arrival_first, activity.at_arrival_last):
        use = table.uses[place]
        book_count(tables, books, use.profile, arrival_min, use.amount)
    for rider in range(activity.riders_first, activity.riders_last):
        slot = table.riders[rider]
        for place in range(table.slots[slot].limits_first, table.slots[slot].limits_last):
            use = table.uses[place]
            book_count(tables, books, use.profile, start_min + use.after_min + later_min, use.amount)
