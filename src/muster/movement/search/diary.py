"""What one asset does when: its loaded trips in order, and whether another fits between them.

Empty trips are not kept but follow from the loaded ones: an asset positions itself just in time for loading. Only where
its crew has a daily limit, the minute at which each empty trip departs is kept as well.
"""

from typing import Final

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.compiled import NEVER, compiled
from muster.movement.search.tables import NONE, Books, Desk, Ints, Records, Tables

FREE_CHOICE: Final = -1
"""Departure of an empty trip that nothing binds: just in time."""


@compiled
def starting_before(books: Books, order: Ints, first: int, count: int, minute: int) -> int:
    """How many of some trips in order of time, those of an asset or of a leg, start before a minute."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if books.trips[order[first + middle]].start_min < minute:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def place_of(tables: Tables, books: Books, diary: int, start_min: int) -> int:
    """How many trips of an asset start before a minute."""
    first = tables.diaries[diary].trips_first
    return starting_before(books, books.diary_trips, first, books.diary_count[diary], start_min)


@compiled
def place_in(tables: Tables, books: Books, index: int) -> int:
    """Place of a trip in the diary of its asset."""
    trip = books.trips[index]
    place = place_of(tables, books, trip.diary, trip.start_min)
    while books.diary_trips[tables.diaries[trip.diary].trips_first + place] != index:
        place += 1
    return place


@compiled
def reach_min(tables: Tables, books: Books, diary: int, place: int, row: int) -> int:
    """Minutes of empty travel to a row from where the trip before a place in the diary ended."""
    own = tables.diaries[diary]
    if place == 0:
        position = own.home_row
        if position == NONE:
            return NEVER
    else:
        before = books.trips[books.diary_trips[own.trips_first + place - 1]]
        position = tables.services[before.service].destination_row
    return int(tables.travel_min[own.travel_first + position * own.rows + row])


@compiled
def ahead_min(tables: Tables, service: Records, following: int) -> int:
    """Minutes of empty travel from where a service ends to where a trip begins."""
    row = tables.services[following].origin_row
    return int(tables.travel_min[service.travel_first + service.destination_row * service.rows + row])


@compiled
def find_gap(tables: Tables, books: Books, diary: int, service: Records, from_min: int) -> tuple[int, int]:
    """First minute at which an asset can be at the origin of a service with time for a trip, and until when.

    Returns
    -------
    The minute, :data:`NEVER` when there is none, and the latest minute at which the trip must end.
    """
    own = tables.diaries[diary]
    first, count = own.trips_first, books.diary_count[diary]
    place = _ending_after(books, first, count, from_min)
    free_min = own.from_min if place == 0 else books.trips[books.diary_trips[first + place - 1]].end_min
    while place < count:
        following = books.trips[books.diary_trips[first + place]]
        if following.start_min - max(free_min, from_min) >= service.duration_min:
            latest_min = following.start_min - ahead_min(tables, service, following.service)
            start_min = max(from_min, free_min + reach_min(tables, books, diary, place, service.origin_row))
            if start_min + service.duration_min <= latest_min:
                return start_min, latest_min
        free_min = following.end_min
        place += 1
    start_min = max(from_min, free_min + reach_min(tables, books, diary, count, service.origin_row))
    if start_min + service.duration_min <= own.until_min:
        return start_min, own.until_min
    return NEVER, 0


@compiled
def _ending_after(books: Books, first: int, count: int, from_min: int) -> int:
    """How many trips of a diary end by a minute."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if books.trips[books.diary_trips[first + middle]].end_min <= from_min:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def empty_min(tables: Tables, books: Books, diary: int, service: Records, start_min: int) -> int:
    """Minutes of empty travel that a trip would add."""
    place = place_of(tables, books, diary, start_min)
    before_min = reach_min(tables, books, diary, place, service.origin_row)
    if place == books.diary_count[diary]:
        return before_min
    following = books.trips[books.diary_trips[tables.diaries[diary].trips_first + place]].service
    direct_min = reach_min(tables, books, diary, place, tables.services[following].origin_row)
    return before_min + ahead_min(tables, service, following) - direct_min


@compiled
def insert(tables: Tables, books: Books, index: int) -> None:
    """Write a trip into the diary of its asset."""
    trip = books.trips[index]
    diary = trip.diary
    own = tables.diaries[diary]
    place = place_of(tables, books, diary, trip.start_min)
    if own.limit_min != NONE:
        _retime(tables, books, place, index, 1)
    for later in range(own.trips_first + books.diary_count[diary], own.trips_first + place, -1):
        books.diary_trips[later] = books.diary_trips[later - 1]
    books.diary_trips[own.trips_first + place] = index
    books.diary_count[diary] += 1


@compiled
def remove(tables: Tables, books: Books, index: int) -> None:
    """Strike a trip out of the diary of its asset."""
    trip = books.trips[index]
    diary = trip.diary
    own = tables.diaries[diary]
    place = place_in(tables, books, index)
    books.diary_count[diary] -= 1
    for later in range(own.trips_first + place, own.trips_first + books.diary_count[diary]):
        books.diary_trips[later] = books.diary_trips[later + 1]
    if own.limit_min != NONE:
        _retime(tables, books, place, index, -1)


@compiled
def _retime(tables: Tables, books: Books, place: int, index: int, sign: int) -> None:
    """Count a trip and the empty trips beside it in, or out again, under the daily limit; it is not in the diary."""
    trip = books.trips[index]
    diary, service = trip.diary, tables.services[trip.service]
    own = tables.diaries[diary]
    _count(books, own.days_first, trip.departure_min, trip.departure_min + service.travel_min, sign)
    before_min = reach_min(tables, books, diary, place, service.origin_row)
    _count(books, own.days_first, trip.empty_departure_min, trip.empty_departure_min + before_min, sign)
    if place < books.diary_count[diary]:
        following = books.trips[books.diary_trips[own.trips_first + place]]
        direct_min = reach_min(tables, books, diary, place, tables.services[following.service].origin_row)
        after_min = ahead_min(tables, service, following.service)
        old, new = following.empty_departure_min, trip.next_empty_departure_min
        _count(books, own.days_first, old, old + (direct_min if sign > 0 else after_min), -1)
        _count(books, own.days_first, new, new + (after_min if sign > 0 else direct_min), 1)
        following.empty_departure_min, trip.next_empty_departure_min = new, old


@compiled
def _count(books: Books, first: int, start_min: int, end_min: int, sign: int) -> None:
    """Count minutes of travel day by day."""
    while start_min < end_min:
        day = start_min // MINUTES_PER_DAY
        stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
        books.day_min[first + day] += sign * (stop_min - start_min)
        start_min = stop_min


@compiled
def can_drop(tables: Tables, books: Books, desk: Desk, index: int) -> bool:
    """Whether the trips that remain can still be made without one; settles when the empty trip then departs."""
    trip = books.trips[index]
    diary, service = trip.diary, tables.services[trip.service]
    own = tables.diaries[diary]
    place = place_in(tables, books, index)
    if place + 1 == books.diary_count[diary]:
        return True
    following = books.trips[books.diary_trips[own.trips_first + place + 1]]
    free_min = own.from_min
    if place > 0:
        free_min = books.trips[books.diary_trips[own.trips_first + place - 1]].end_min
    direct_min = reach_min(tables, books, diary, place, tables.services[following.service].origin_row)
    if own.limit_min == NONE or free_min + direct_min > following.start_min:
        return bool(free_min + direct_min <= following.start_min)
    before_min = reach_min(tables, books, diary, place, service.origin_row)
    after_min = ahead_min(tables, service, following.service)
    _add(desk, trip.departure_min, trip.departure_min + service.travel_min, -1)
    _add(desk, trip.empty_departure_min, trip.empty_departure_min + before_min, -1)
    _add(desk, following.empty_departure_min, following.empty_departure_min + after_min, -1)
    departure_min = _empty_departure(books, desk, own, free_min, following.start_min, direct_min)
    desk.extra_min[:] = 0
    if departure_min == NONE:
        return False
    trip.next_empty_departure_min = departure_min
    return True


@compiled
def is_within_limit(tables: Tables, books: Books, desk: Desk, service: Records, draft: Records) -> bool:
    """Whether the crew may make a trip and the empty trips beside it; settles when those depart."""
    diary = draft.diary
    own = tables.diaries[diary]
    draft.empty_departure_min = draft.next_empty_departure_min = FREE_CHOICE
    if own.limit_min == NONE:
        return True
    place = place_of(tables, books, diary, draft.start_min)
    is_allowed = _settle_empty_trips(tables, books, desk, draft, service, place)
    desk.extra_min[:] = 0
    return is_allowed


@compiled
def is_within_limit_again(
    tables: Tables, books: Books, desk: Desk, service: Records, draft: Records, empty_departure_min: int
) -> bool:
    """Whether the crew may make a trip after its others when the empty trip before it departs at a given minute."""
    own, count = tables.diaries[draft.diary], books.diary_count[draft.diary]
    if own.limit_min == NONE or empty_departure_min == NONE:
        return is_within_limit(tables, books, desk, service, draft)
    empty_min = reach_min(tables, books, draft.diary, count, service.origin_row)
    free_min = own.from_min if count == 0 else books.trips[books.diary_trips[own.trips_first + count - 1]].end_min
    if empty_departure_min < free_min or empty_departure_min + empty_min > draft.start_min:
        return False
    draft.empty_departure_min, draft.next_empty_departure_min = empty_departure_min, FREE_CHOICE
    is_allowed = _add_if_allowed(
        books, desk, own, draft.departure_min, draft.departure_min + service.travel_min
    ) and _add_if_allowed(books, desk, own, empty_departure_min, empty_departure_min + empty_min)
    desk.extra_min[:] = 0
    return is_allowed


@compiled
def _settle_empty_trips(tables: Tables, books: Books, desk: Desk, draft: Records, service: Records, place: int) -> bool:
    """Find departures of the empty trips before and after a trip; leaves what they add on the desk."""
    diary = draft.diary
    own = tables.diaries[diary]
    is_last = place == books.diary_count[diary]
    following = books.trips[books.diary_trips[own.trips_first + (0 if is_last else place)]]
    if not is_last:
        direct_min = reach_min(tables, books, diary, place, tables.services[following.service].origin_row)
        _add(desk, following.empty_departure_min, following.empty_departure_min + direct_min, -1)
    if not _add_if_allowed(books, desk, own, draft.departure_min, draft.departure_min + service.travel_min):
        return False
    free_min = own.from_min
    if place > 0:
        free_min = books.trips[books.diary_trips[own.trips_first + place - 1]].end_min
    before_min = reach_min(tables, books, diary, place, service.origin_row)
    draft.empty_departure_min = _empty_departure(books, desk, own, free_min, draft.start_min, before_min)
    if draft.empty_departure_min == NONE:
        return False
    if is_last:
        return True
    after_min = ahead_min(tables, service, following.service)
    draft.next_empty_departure_min = _empty_departure(
        books, desk, own, draft.end_min, following.start_min, after_min
    )  # fmt: skip
    return bool(draft.next_empty_departure_min != NONE)


@compiled
def _empty_departure(books: Books, desk: Desk, own: Records, free_min: int, due_min: int, empty_min: int) -> int:
    """When an empty trip departs: just in time, else at once, else at the last midnight between that will do."""
    if _add_if_allowed(books, desk, own, due_min - empty_min, due_min):
        return due_min - empty_min
    if _add_if_allowed(books, desk, own, free_min, free_min + empty_min):
        return free_min
    midnight_min = (due_min - empty_min - 1) // MINUTES_PER_DAY * MINUTES_PER_DAY
    while midnight_min >= free_min:
        if _add_if_allowed(books, desk, own, midnight_min, midnight_min + empty_min):
            return midnight_min
        midnight_min -= MINUTES_PER_DAY
    return NONE


@compiled
def _add_if_allowed(books: Books, desk: Desk, own: Records, start_min: int, end_min: int) -> bool:
    """Add a stretch of travel where no day of it becomes too long."""
    at_min = start_min
    while at_min < end_min:
        day = at_min // MINUTES_PER_DAY
        stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
        if books.day_min[own.days_first + day] + desk.extra_min[day] + stop_min - at_min > own.limit_min:
            return False
        at_min = stop_min
    _add(desk, start_min, end_min, 1)
    return True


@compiled
def _add(desk: Desk, start_min: int, end_min: int, sign: int) -> None:
    while start_min < end_min:
        day = start_min // MINUTES_PER_DAY
        stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
        desk.extra_min[day] += sign * (stop_min - start_min)
        start_min = stop_min
