"""What was booked in which order, so that any stretch of it can be taken back exactly.

Taking back in the opposite order restores the books to what they were; the search can therefore try a way for a load,
or a new order of lines, and return without a copy of anything.
"""

from typing import Final

from muster.movement.search.compiled import compiled
from muster.movement.search.diary import can_drop
from muster.movement.search.profiles import amount_of, book_span
from muster.movement.search.standing import legs_moved
from muster.movement.search.tables import NONE, Books, Desk, Tables
from muster.movement.search.voyages import book_trip, leave, release_trip, strike_trip, take

TAKEN: Final = 0
DROPPED: Final = 1
WAITS: Final = 2
WAITS_NO_MORE: Final = 3
GOES: Final = 4
CLOSES: Final = 5
"""What an entry says: a ride taken or dropped, a wait begun or given up, another journey of a load, another closure."""


@compiled
def mark(desk: Desk) -> int:
    """Where the ledger stands, for :func:`rollback`."""
    return int(desk.entry_count[0])


@compiled
def forget(books: Books, desk: Desk) -> None:
    """Keep what is booked for good; voyages that were struck stand for nothing now."""
    for place in range(desk.entry_count[0]):
        if desk.entries[place].what == DROPPED and desk.entries[place].is_new:
            release_trip(books, desk.entry_rides[place].trip)
    desk.entry_count[0] = 0


@compiled
def _write(desk: Desk, what: int, slot: int, is_new: bool, subject: int) -> int:
    place = desk.entry_count[0]
    entry = desk.entries[place]
    entry.what, entry.slot, entry.is_new, entry.subject = what, slot, is_new, subject
    desk.entry_count[0] = place + 1
    return int(place)


@compiled
def take_ride(tables: Tables, books: Books, desk: Desk, slot: int, since: int) -> None:
    """Book the ride in a slot, and the wait since the ride in another; that is NONE for a load's first leg."""
    is_new = take(tables, books, slot)
    place = _write(desk, TAKEN, slot, is_new, 0)
    desk.entry_rides[place] = books.rides[slot]
    if since != NONE and books.rides[slot].start_min > books.rides[since].end_min:
        _wait(tables, books, desk, slot, since, WAITS)


@compiled
def drop_ride(tables: Tables, books: Books, desk: Desk, slot: int, since: int) -> None:
    """Give up the ride in a slot with the wait before it, and its voyage with the last load aboard.

    A voyage without loads stays where its asset could not make the trips around it otherwise.
    """
    ride = books.rides[slot]
    if since != NONE and ride.start_min > books.rides[since].end_min:
        _wait(tables, books, desk, slot, since, WAITS_NO_MORE)
    leave(tables, books, slot)
    is_struck = False
    if ride.trip != NONE and books.trips[ride.trip].loads == 0 and can_drop(tables, books, desk, ride.trip):
        strike_trip(tables, books, ride.trip)
        is_struck = True
    place = _write(desk, DROPPED, slot, is_struck, 0)
    desk.entry_rides[place] = ride


@compiled
def _wait(tables: Tables, books: Books, desk: Desk, slot: int, since: int, what: int) -> None:
    """Book a wait between two rides, or give it up."""
    place = _write(desk, what, slot, False, 0)
    desk.entry_rides[place] = books.rides[since]
    desk.entry_rides[place].start_min = books.rides[since].end_min
    desk.entry_rides[place].end_min = books.rides[slot].start_min
    _occupy(tables, books, desk, place, 1 if what == WAITS else -1)


@compiled
def _occupy(tables: Tables, books: Books, desk: Desk, place: int, sign: int) -> None:
    wait = desk.entry_rides[place]
    stage = tables.stages[wait.stage]
    hop, freight = tables.hops[stage.hop], tables.freights[stage.freight]
    for stay in range(hop.stays_first, hop.stays_last):
        use = tables.uses[stay]
        amount = sign * amount_of(freight, use.amount)
        book_span(tables, books, use.profile, wait.start_min, wait.end_min, amount)


@compiled
def set_journey(books: Books, desk: Desk, freight: int, front: int, onward: int) -> None:
    """Say on which chains a load goes to its staging area and onward."""
    journey = books.journeys[freight]
    place = _write(desk, GOES, NONE, False, freight)
    desk.entry_rides[place].stage, desk.entry_rides[place].option = journey.front, journey.onward
    journey.front, journey.onward = front, onward


@compiled
def set_closed(tables: Tables, books: Books, desk: Desk, unit: int, closed_min: int) -> None:
    """Say when a unit closes, and how much of it the standing plan has otherwise."""
    place = _write(desk, CLOSES, NONE, False, unit)
    desk.entry_rides[place].end_min, desk.entry_rides[place].stage = books.closed_min[unit], books.moved[unit]
    books.closed_min[unit] = closed_min
    books.moved[unit] = legs_moved(tables, books, unit)


@compiled
def rollback(tables: Tables, books: Books, desk: Desk, until: int) -> None:
    """Take back everything after a mark, last first."""
    for place in range(desk.entry_count[0] - 1, until - 1, -1):
        entry, ride = desk.entries[place], desk.entry_rides[place]
        if entry.what == TAKEN:
            leave(tables, books, entry.slot)
            if entry.is_new:
                strike_trip(tables, books, ride.trip)
                release_trip(books, ride.trip)
        elif entry.what == DROPPED:
            books.rides[entry.slot] = ride
            if entry.is_new:
                book_trip(tables, books, ride.trip)
            take(tables, books, entry.slot)
        elif entry.what == WAITS:
            _occupy(tables, books, desk, place, -1)
        elif entry.what == WAITS_NO_MORE:
            _occupy(tables, books, desk, place, 1)
        elif entry.what == GOES:
            journey = books.journeys[entry.subject]
            journey.front, journey.onward = ride.stage, ride.option
        else:
            books.closed_min[entry.subject], books.moved[entry.subject] = ride.end_min, ride.stage
    desk.entry_count[0] = until
