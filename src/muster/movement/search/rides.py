"""One load on one leg: with a voyage that is there already, on a new one, or by itself; as early as can be.

A ride is first found, as a draft on the desk, and taken afterwards.
"""

from typing import Final

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.compiled import NEVER, compiled
from muster.movement.search.diary import empty_min, find_gap, is_within_limit, starting_before
from muster.movement.search.profiles import amount_of, earliest_count, earliest_span
from muster.movement.search.scarcity import counted_period
from muster.movement.search.tables import NONE, Books, Desk, Records, Settings, Tables

JOIN_SHARE: Final = 0.5
"""What a load that joins a voyage answers for, beside the load for which it was opened, as a part of its share."""


@compiled
def find_ride(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    stage: int,
    from_min: int,
    arrive_from_min: int,
    locked_min: int,
    draft: int,
) -> bool:
    """Draft the ride of a load on a leg that is there first, delays to others counted.

    Parameters
    ----------
    from_min
        When the load is ready at the origin.
    arrive_from_min
        It must not be there before.
    locked_min
        The minute at which it must start; :data:`NONE` where none is fixed.
    draft
        Where on the desk the ride is drafted.

    Returns
    -------
    Whether there is one before the end of the plan.
    """
    if tables.hops[tables.stages[stage].hop].is_self:
        is_found = _by_itself(tables, books, desk, stage, from_min, arrive_from_min, draft)
    else:
        is_found = _aboard(tables, books, desk, settings, stage, from_min, arrive_from_min, draft)
    return is_found and locked_min in (NONE, desk.drafts[draft].start_min)


@compiled
def _by_itself(
    tables: Tables, books: Books, desk: Desk, stage: int, from_min: int, arrive_from_min: int, draft: int
) -> bool:
    own = tables.stages[stage]
    option = tables.options[own.options_first]
    service = tables.services[option.service]
    freight = tables.freights[own.freight]
    start_min = max(from_min, option.least_start_min, arrive_from_min - service.travel_min)
    if option.is_fixed:
        start_min = option.least_start_min
        if start_min + service.travel_min < arrive_from_min:
            return False
    while start_min < tables.horizon_min:
        asked_min = start_min
        start_min = count_from(tables, books, freight, service, option, start_min)
        if start_min == asked_min:
            end_min = max(start_min + service.travel_min, arrive_from_min)
            if end_min >= tables.horizon_min:
                return False
            ride = desk.drafts[draft]
            ride.stage, ride.option, ride.trip, ride.diary = stage, own.options_first, NONE, NONE
            ride.start_min = ride.departure_min = start_min
            ride.arrival_min = ride.end_min = end_min
            ride.cost_min = toll_min(tables, desk, freight, service, start_min)
            return True
    return False


@compiled
def toll_min(tables: Tables, desk: Desk, freight: Records, service: Records, start_min: int) -> float:
    """Delay elsewhere that what is counted on the way causes, in minutes of the load's own line."""
    paid_min = 0.0
    for place in range(service.counted_first, service.counted_last):
        use = tables.uses[place]
        paid_min += desk.toll_min[counted_period(tables, use, start_min)] * amount_of(freight, use.amount)
    return float(paid_min / tables.units[freight.unit].weight)


@compiled
def count_from(
    tables: Tables, books: Books, freight: Records, service: Records, option: Records, start_min: int
) -> int:
    """Minute to which what is counted on the way, and limiting caveats, move a start."""
    for place in range(service.counted_first, service.counted_last):
        use = tables.uses[place]
        amount = amount_of(freight, use.amount)
        start_min = earliest_count(tables, books, use.profile, start_min + use.after_min, amount) - use.after_min
    for place in range(option.limits_first, option.limits_last):
        use = tables.uses[place]
        start_min = earliest_count(tables, books, use.profile, start_min + use.after_min, use.amount) - use.after_min
    return start_min


@compiled
def _aboard(
    tables: Tables,
    books: Books,
    desk: Desk,
    settings: Settings,
    stage: int,
    from_min: int,
    arrive_from_min: int,
    draft: int,
) -> bool:
    """Draft the better of joining the first voyage with room and opening a new one."""
    own = tables.stages[stage]
    ride = desk.drafts[draft]
    is_found = False
    worth_min = float(NEVER)
    if _join(tables, books, desk, stage, from_min, arrive_from_min, draft):
        if ride.start_min == from_min:
            return True
        is_found = True
        duration_min = tables.services[tables.options[ride.option].service].duration_min
        worth_min = ride.end_min + settings.thrift * ride.cost_min - duration_min * settings.patience
    hop = tables.hops[own.hop]
    if books.hop_count[own.hop] >= hop.trips_room or books.spare_count[0] == 0:
        return is_found
    for option in range(own.options_first, own.options_last):
        duration_min = tables.services[tables.options[option].service].duration_min
        least_min = max(from_min, tables.options[option].least_start_min, arrive_from_min - duration_min)
        if least_min + duration_min >= worth_min:
            continue
        opened = desk.drafts[draft + 1]
        if _open(tables, books, desk, stage, option, least_min, arrive_from_min, draft + 1):
            opened_min = opened.end_min + settings.thrift * opened.cost_min
            if opened_min < worth_min:
                is_found, worth_min = True, opened_min
                desk.drafts[draft] = desk.drafts[draft + 1]
    return is_found


@compiled
def _join(
    tables: Tables, books: Books, desk: Desk, stage: int, from_min: int, arrive_from_min: int, draft: int
) -> bool:
    """Draft a ride on the first voyage of the leg that has room."""
    own = tables.stages[stage]
    freight = tables.freights[own.freight]
    first, count = tables.hops[own.hop].trips_first, books.hop_count[own.hop]
    for place in range(starting_before(books, books.hop_trips, first, count, from_min), count):
        index = books.hop_trips[first + place]
        trip = books.trips[index]
        if trip.end_min < arrive_from_min or (trip.cargo not in (NONE, freight.cargo)):
            continue
        fits = True
        for dimension in range(tables.size.shape[1]):
            if tables.size[own.freight, dimension] > books.room[index, dimension]:
                fits = False
                break
        if not fits:
            continue
        option = find_option(tables, own, trip)
        if option != NONE and keeps_limits(tables, books, option, trip.start_min):
            ride = desk.drafts[draft]
            ride.stage, ride.option, ride.trip, ride.diary = stage, option, index, trip.diary
            ride.start_min, ride.departure_min = trip.start_min, trip.departure_min
            ride.arrival_min, ride.end_min = trip.arrival_min, trip.end_min
            share = tables.options[option].share
            voyage_min = desk.price[trip.diary] * (trip.end_min - trip.start_min)
            tolls_min = toll_min(tables, desk, freight, tables.services[trip.service], trip.start_min)
            ride.cost_min = JOIN_SHARE * share * (voyage_min + tolls_min)
            return True
    return False


@compiled
def find_option(tables: Tables, stage: Records, trip: Records) -> int:
    """The option by which permits, caveats, overrides and the kind of asset let a load on a voyage; else NONE."""
    for option in range(stage.options_first, stage.options_last):
        own = tables.options[option]
        if own.service == trip.service:
            is_open = tables.is_in_crew[own.crew, trip.diary] and trip.start_min >= own.least_start_min
            return option if is_open else NONE
    return NONE


@compiled
def keeps_limits(tables: Tables, books: Books, option: int, start_min: int) -> bool:
    """Whether limiting caveats leave room for a load that starts at a minute."""
    own = tables.options[option]
    for place in range(own.limits_first, own.limits_last):
        use = tables.uses[place]
        at_min = start_min + use.after_min
        if earliest_count(tables, books, use.profile, at_min, use.amount) != at_min:
            return False
    return True


@compiled
def _open(
    tables: Tables,
    books: Books,
    desk: Desk,
    stage: int,
    option: int,
    from_min: int,
    arrive_from_min: int,
    draft: int,
) -> bool:
    """Draft the earliest new voyage: the asset that can load first, and of those the one with least empty travel."""
    own = tables.options[option]
    service = tables.services[own.service]
    ride = desk.drafts[draft]
    ride.stage, ride.option, ride.trip = stage, option, NONE
    size = own.crew_last - own.crew_first
    for place in range(size):
        gap = find_gap(tables, books, tables.crews[own.crew_first + place], service, from_min)
        desk.gap_start_min[place], desk.gap_latest_min[place] = gap
    while True:
        start_min = desk.gap_start_min[:size].min()
        if start_min >= NEVER or not _settle(tables, books, option, start_min, arrive_from_min, ride):
            return False
        if _pick(tables, books, desk, own, service, ride):
            voyage_min = ride.end_min - ride.start_min + empty_min(tables, books, ride.diary, service, ride.start_min)
            tolls_min = toll_min(tables, desk, tables.freights[tables.stages[stage].freight], service, ride.start_min)
            ride.cost_min = desk.price[ride.diary] * voyage_min + tolls_min
            return True
        for place in range(size):
            if desk.gap_start_min[place] <= ride.start_min:
                latest_min = desk.gap_latest_min[place]
                if ride.end_min > latest_min:
                    later_min = max(ride.start_min, latest_min - service.duration_min + 1)
                else:
                    later_min = (ride.departure_min // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY - service.load_min
                gap = find_gap(tables, books, tables.crews[own.crew_first + place], service, later_min)
                desk.gap_start_min[place], desk.gap_latest_min[place] = gap


@compiled
def _pick(tables: Tables, books: Books, desk: Desk, option: Records, service: Records, ride: Records) -> bool:
    """Give a drafted voyage the asset that comes with least empty travel, of those that have the time."""
    picked, least_min = NONE, NEVER
    departure_min = next_departure_min = NONE
    for place in range(option.crew_last - option.crew_first):
        if desk.gap_start_min[place] > ride.start_min or ride.end_min > desk.gap_latest_min[place]:
            continue
        diary = tables.crews[option.crew_first + place]
        added_min = empty_min(tables, books, diary, service, ride.start_min)
        if added_min < least_min:
            ride.diary = diary
            if is_within_limit(tables, books, desk, service, ride):
                picked, least_min = diary, added_min
                departure_min, next_departure_min = ride.empty_departure_min, ride.next_empty_departure_min
    ride.diary = picked
    ride.empty_departure_min, ride.next_empty_departure_min = departure_min, next_departure_min
    return picked != NONE


@compiled
def _settle(tables: Tables, books: Books, option: int, start_min: int, arrive_from_min: int, ride: Records) -> bool:
    """Draft the earliest times of a voyage for which every resource on its way has room, whichever asset makes it."""
    own = tables.options[option]
    service = tables.services[own.service]
    freight = tables.freights[tables.stages[ride.stage].freight]
    while start_min < tables.horizon_min:
        asked_min = start_min
        for place in range(service.at_origin_first, service.at_origin_last):
            use = tables.uses[place]
            start_min = earliest_span(tables, books, use.profile, start_min, service.load_min, use.amount)
        start_min = count_from(tables, books, freight, service, own, start_min)
        if start_min != asked_min:
            continue
        reached_min = start_min + service.load_min + service.travel_min
        arrival_min = _berth(tables, books, service, max(reached_min, arrive_from_min - service.unload_min))
        if arrival_min + service.unload_min >= tables.horizon_min:
            return False
        if service.waits or arrival_min == reached_min:
            ride.start_min, ride.departure_min = start_min, start_min + service.load_min
            ride.arrival_min, ride.end_min = arrival_min, arrival_min + service.unload_min
            return True
        start_min += arrival_min - reached_min
    return False


@compiled
def _berth(tables: Tables, books: Books, service: Records, arrival_min: int) -> int:
    """First minute at or after which the destination has room to unload."""
    while arrival_min < tables.horizon_min:
        asked_min = arrival_min
        for place in range(service.at_destination_first, service.at_destination_last):
            use = tables.uses[place]
            arrival_min = earliest_span(tables, books, use.profile, arrival_min, service.unload_min, use.amount)
        for place in range(service.at_arrival_first, service.at_arrival_last):
            use = tables.uses[place]
            arrival_min = earliest_count(tables, books, use.profile, arrival_min, use.amount)
        if arrival_min == asked_min:
            break
    return arrival_min
