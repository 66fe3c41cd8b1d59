"""A line as it stands in the standing plan, booked again: the very legs, assets and minutes, or nothing of it."""

from typing import Final

from muster.movement.search.chains import shortage
from muster.movement.search.compiled import compiled
from muster.movement.search.diary import can_drop, find_gap, is_within_limit, is_within_limit_again, place_of
from muster.movement.search.journeys import chain_length, closure_min, free_min, joined_min, reached_min, staged_min
from muster.movement.search.ledger import mark, rollback, set_closed, set_journey, take_ride
from muster.movement.search.profiles import amount_of, book_span, earliest_count, earliest_span
from muster.movement.search.rides import count_from, find_option, keeps_limits
from muster.movement.search.tables import NONE, Books, Desk, Records, Tables
from muster.movement.search.voyages import book_trip, make_trip, release_trip, strike_trip

DRAFT: Final = 0
"""Where on the desk a ride is drafted again."""


@compiled
def restore_unit(tables: Tables, books: Books, desk: Desk, unit: int) -> bool:
    """Book a line as it stands in the standing plan; whether that can be done."""
    own, until = tables.units[unit], mark(desk)
    is_whole = bool(own.can_move) and tables.standing_legs[unit] != NONE
    if is_whole:
        for freight in range(own.freights_first, own.freights_last):
            if not _restore(tables, books, desk, freight):
                is_whole = False
                break
    if is_whole and _is_together(tables, books, unit):
        set_closed(tables, books, desk, unit, closure_min(tables, books, unit))
        return True
    rollback(tables, books, desk, until)
    return False


@compiled
def _restore(tables: Tables, books: Books, desk: Desk, freight: int) -> bool:
    """Book the rides of a load again, one after the other."""
    own, journey = tables.freights[freight], tables.standing_journeys[freight]
    if journey.onward == NONE:
        return False
    for slot in range(own.slot, own.slot + chain_length(tables, journey.front) + chain_length(tables, journey.onward)):
        if not _draft_again(tables, books, desk, slot):
            return False
        ride, since = desk.drafts[DRAFT], slot - 1 if slot > own.slot else NONE
        if since == NONE and not _may_set_out(tables, books, freight, ride):
            return False
        if since != NONE and ride.start_min < books.rides[since].end_min:
            return False
        if shortage(tables, books, ride, since, 0)[0] <= 0:
            return False
        books.rides[slot] = ride
        take_ride(tables, books, desk, slot, since)
    set_journey(books, desk, freight, journey.front, journey.onward)
    return True


@compiled
def _may_set_out(tables: Tables, books: Books, freight: int, ride: Records) -> bool:
    """Whether a load may start its first leg at that minute."""
    own = tables.freights[freight]
    if tables.options[ride.option].is_fixed:
        return True
    is_ready = ride.start_min >= free_min(tables, books, own.unit)
    return bool(is_ready and own.locked_min in (NONE, ride.start_min))


@compiled
def _is_together(tables: Tables, books: Books, unit: int) -> bool:
    """Whether the loads of a line join, move on and arrive as they must."""
    own, first_min, last_min = tables.units[unit], tables.horizon_min, NONE
    joined = joined_min(tables, books, unit)
    for place in range(own.staged_first, own.staged_last):
        freight = tables.orders[place]
        first_min = min(first_min, staged_min(tables, books, freight))
        before = chain_length(tables, books.journeys[freight].front)
        if chain_length(tables, books.journeys[freight].onward):
            onward = books.rides[tables.freights[freight].slot + before]
            if not tables.options[onward.option].is_fixed and onward.start_min < joined + own.integration_min:
                return False
    if joined != NONE and joined - first_min > own.join_window_min:
        return False
    first_min = tables.horizon_min
    for freight in range(own.freights_first, own.freights_last):
        at_min = reached_min(tables, books, freight)
        first_min, last_min = min(first_min, at_min), max(last_min, at_min)
    return bool(last_min - first_min <= own.cohesion_window_min)


@compiled
def _draft_again(tables: Tables, books: Books, desk: Desk, slot: int) -> bool:
    """Draft the ride that stands in the standing plan for a slot; whether there is room for it."""
    stands = tables.standing_rides[slot]
    if stands.stage == NONE:
        return False
    desk.drafts[DRAFT] = stands
    option, stage = tables.options[stands.option], tables.stages[stands.stage]
    if option.is_fixed:
        return True
    if stands.start_min < option.least_start_min:
        return False
    service, freight = tables.services[option.service], tables.freights[stage.freight]
    if stands.diary == NONE:
        return bool(count_from(tables, books, freight, service, option, stands.start_min) == stands.start_min)
    trip = _trip_again(tables, books, option.service, stands)
    desk.drafts[DRAFT].trip = trip
    if trip == NONE:
        is_open = count_from(tables, books, freight, service, option, stands.start_min) == stands.start_min
        return (
            bool(is_open)
            and _has_room(tables, books, option.service, desk.drafts[DRAFT])
            and is_within_limit(tables, books, desk, service, desk.drafts[DRAFT])
        )
    return (
        _fits(tables, books, stage.freight, trip)
        and find_option(tables, stage, books.trips[trip]) == stands.option
        and keeps_limits(tables, books, stands.option, stands.start_min)
    )


@compiled
def _fits(tables: Tables, books: Books, freight: int, trip: int) -> bool:
    """Whether a voyage has room for a load."""
    if books.trips[trip].cargo not in (NONE, tables.freights[freight].cargo):
        return False
    for dimension in range(tables.size.shape[1]):
        if tables.size[freight, dimension] > books.room[trip, dimension]:
            return False
    return True


@compiled
def _trip_again(tables: Tables, books: Books, service: int, stands: Records) -> int:
    """The voyage that is booked already with the very asset, leg and minutes; else NONE."""
    own, place = tables.diaries[stands.diary], place_of(tables, books, stands.diary, stands.start_min)
    while place < books.diary_count[stands.diary]:
        index = books.diary_trips[own.trips_first + place]
        trip = books.trips[index]
        if trip.start_min != stands.start_min:
            break
        if (
            trip.service == service
            and trip.departure_min == stands.departure_min
            and trip.arrival_min == stands.arrival_min
            and trip.end_min == stands.end_min
        ):
            return int(index)
        place += 1
    return NONE


@compiled
def _has_room(tables: Tables, books: Books, service_index: int, draft: Records) -> bool:
    """Whether a voyage can be made with its asset and minutes: the asset is free, and places have room."""
    service = tables.services[service_index]
    hop = tables.hops[service.hop]
    if books.hop_count[service.hop] >= hop.trips_room or books.spare_count[0] == 0:
        return False
    start_min, latest_min = find_gap(tables, books, draft.diary, service, draft.start_min)
    if start_min != draft.start_min or draft.end_min > latest_min:
        return False
    load_min, unload_min = draft.departure_min - draft.start_min, draft.end_min - draft.arrival_min
    for place in range(service.at_origin_first, service.at_origin_last):
        use = tables.uses[place]
        if earliest_span(tables, books, use.profile, draft.start_min, load_min, use.amount) != draft.start_min:
            return False
    for place in range(service.counted_first, service.counted_last):
        use, at_min = tables.uses[place], draft.start_min + tables.uses[place].after_min
        if earliest_count(tables, books, use.profile, at_min, use.amount) != at_min:
            return False
    for place in range(service.at_destination_first, service.at_destination_last):
        use = tables.uses[place]
        if earliest_span(tables, books, use.profile, draft.arrival_min, unload_min, use.amount) != draft.arrival_min:
            return False
    for place in range(service.at_arrival_first, service.at_arrival_last):
        use = tables.uses[place]
        if earliest_count(tables, books, use.profile, draft.arrival_min, use.amount) != draft.arrival_min:
            return False
    return True


@compiled
def lay_in_trips(tables: Tables, books: Books, desk: Desk) -> None:
    """Book the voyages of the standing plan that can still be made, without loads, so that lines find them there."""
    for place in range(len(tables.standing_trips)):
        stands, draft = tables.standing_trips[place], desk.drafts[DRAFT]
        draft.diary, draft.start_min, draft.departure_min = stands.diary, stands.start_min, stands.departure_min
        draft.arrival_min, draft.end_min = stands.arrival_min, stands.end_min
        service, empty_min = tables.services[stands.service], stands.empty_departure_min
        if _has_room(tables, books, stands.service, draft) and is_within_limit_again(
            tables, books, desk, service, draft, empty_min
        ):
            book_trip(tables, books, make_trip(tables, books, stands.service, draft))


@compiled
def strike_idle_trips(tables: Tables, books: Books, desk: Desk) -> None:
    """Strike voyages without loads, the last ones first, wherever their asset can do without."""
    for diary in range(len(tables.diaries)):
        first = tables.diaries[diary].trips_first
        for place in range(books.diary_count[diary] - 1, -1, -1):
            index = books.diary_trips[first + place]
            if books.trips[index].loads == 0 and can_drop(tables, books, desk, index):
                strike_trip(tables, books, index)
                release_trip(books, index)


@compiled
def make_room(tables: Tables, books: Books, unit: int) -> None:
    """Give the loads of a line room to wait where what has happened brought them: they are there, whoever else is."""
    if unit >= len(tables.units):
        return
    for freight in range(tables.units[unit].freights_first, tables.units[unit].freights_last):
        own = tables.freights[freight]
        if own.ways_first == own.ways_last:
            continue
        way = tables.ways[own.ways_first]
        for chain in (way.front, way.onward):
            for place in range(chain_length(tables, chain)):
                stage = tables.stages[tables.chain_stages[tables.chains[chain].first + place]]
                if not tables.options[stage.options_first].is_fixed:
                    continue
                hop = tables.hops[stage.hop]
                for stay in range(hop.stays_first, hop.stays_last):
                    use = tables.uses[stay]
                    amount = amount_of(own, use.amount)
                    book_span(tables, books, use.profile, 0, tables.horizon_min, -amount)
