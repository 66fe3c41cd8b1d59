"""What scarce things are worth to the lines that wait for them: the time of assets, and the days of full places.

Theory of operation: placements that only look at their own line use up what others wait for. So every minute of a busy
asset and every amount in a full period has a price in minutes of delay elsewhere, learned from the plan as it stands.
An amount more in a full period lets all that wait behind it, until the place is no longer full, go earlier by the time
in which the place gives such an amount; what that is worth is the weight of the late lines among them.
"""

from typing import Final

from muster.movement.search.compiled import compiled
from muster.movement.search.journeys import reached_min, ride_count
from muster.movement.search.tables import NONE, Books, Desk, Records, Tables

BUSY: Final = 1.6
"""How steeply the price of an asset rises with the part of the time that it is busy."""
MOVING: Final = 0.8
"""Part of the time until closure in which assets are watched; at its end most of them are idle."""
FULL: Final = 0.9
"""Part of its room from which on a period is full."""
TOLL: Final = 0.3
"""Part of what an amount in a full period is worth that whoever takes it is charged."""
DECIDING_MIN: Final = 360
"""A load that arrives no earlier than so long before its line closes decides when that is."""


@compiled
def price_scarce(tables: Tables, books: Books, desk: Desk) -> None:
    """Price the time of each asset, and what is counted by period."""
    _price_assets(tables, books, desk)
    _note_late(tables, books, desk)
    for index in range(len(tables.profiles)):
        if tables.profiles[index].is_counted:
            _price_periods(tables, books, desk, tables.profiles[index])


@compiled
def _price_assets(tables: Tables, books: Books, desk: Desk) -> None:
    """Price the time of each asset by how busy it is while most of the force moves."""
    end_min = int(MOVING * books.closed_min.max()) if len(books.closed_min) else 0
    for diary in range(len(tables.diaries)):
        busy_min, first = 0, tables.diaries[diary].trips_first
        for trip_place in range(first, first + books.diary_count[diary]):
            trip = books.trips[books.diary_trips[trip_place]]
            busy_min += min(end_min, trip.end_min) - min(end_min, trip.start_min)
        desk.price[diary] = min(1.0, BUSY * busy_min / max(1, end_min)) ** 2


@compiled
def _note_late(tables: Tables, books: Books, desk: Desk) -> None:
    """Add the weight of each late line to the periods in which its deciding load is counted."""
    desk.toll_min[:] = 0.0
    for unit in range(len(tables.units)):
        own, closed_min = tables.units[unit], books.closed_min[unit]
        if closed_min == NONE or closed_min <= own.required_min:
            continue
        freight = own.freights_first
        while freight < own.freights_last and reached_min(tables, books, freight) < closed_min - DECIDING_MIN:
            freight += 1
        if freight < own.freights_last:
            slot = tables.freights[freight].slot
            for step in range(ride_count(tables, books, freight)):
                _note_ride(tables, desk, books.rides[slot + step], own.weight)


@compiled
def _note_ride(tables: Tables, desk: Desk, ride: Records, weight: int) -> None:
    service = tables.services[tables.options[ride.option].service]
    for place in range(service.counted_first, service.counted_last):
        desk.toll_min[counted_period(tables, tables.uses[place], ride.start_min)] += weight


@compiled
def _price_periods(tables: Tables, books: Books, desk: Desk, profile: Records) -> None:
    """Turn the late weight of each period of a place into the worth of an amount, from the last period backwards."""
    behind = 0.0
    for period in range(profile.first + profile.room - 1, profile.first - 1, -1):
        room = tables.period_room[period]
        if room == 0 or books.used[period] < FULL * room:
            behind = desk.toll_min[period] = 0.0
        else:
            behind += desk.toll_min[period]
            desk.toll_min[period] = TOLL * behind * profile.period_min / room


@compiled
def counted_period(tables: Tables, use: Records, start_min: int) -> int:
    """Where the period is in which a ride that starts at a minute is counted."""
    profile = tables.profiles[use.profile]
    return int(profile.first + (start_min + use.after_min) // profile.period_min)
