"""Rides taken and given up, voyages booked and struck: exact inverses, so that anything can be taken back."""

from muster.movement.search.compiled import compiled
from muster.movement.search.diary import insert, remove, starting_before
from muster.movement.search.profiles import amount_of, book_count, book_span
from muster.movement.search.tables import NONE, Books, Records, Tables


@compiled
def take(tables: Tables, books: Books, slot: int) -> bool:
    """Book the ride in a slot, and its voyage where it is a new one; whether it is."""
    ride = books.rides[slot]
    freight = tables.stages[ride.stage].freight
    _book_limits(tables, books, ride, 1)
    if ride.diary == NONE:
        _book_passages(tables, books, ride, 1)
        return False
    is_new = ride.trip == NONE
    if is_new:
        ride.trip = make_trip(tables, books, tables.options[ride.option].service, ride)
        book_trip(tables, books, ride.trip)
    trip = books.trips[ride.trip]
    books.room[ride.trip] -= tables.size[freight]
    books.next_aboard[slot], trip.aboard = trip.aboard, slot
    trip.loads += 1
    if tables.services[trip.service].single_class:
        trip.cargo = tables.freights[freight].cargo
    return bool(is_new)


@compiled
def leave(tables: Tables, books: Books, slot: int) -> None:
    """Give up the ride in a slot; its voyage stays until :func:`strike_trip`."""
    ride = books.rides[slot]
    _book_limits(tables, books, ride, -1)
    if ride.diary == NONE:
        _book_passages(tables, books, ride, -1)
        return
    trip = books.trips[ride.trip]
    books.room[ride.trip] += tables.size[tables.stages[ride.stage].freight]
    if trip.aboard == slot:
        trip.aboard = books.next_aboard[slot]
    else:
        other = trip.aboard
        while books.next_aboard[other] != slot:
            other = books.next_aboard[other]
        books.next_aboard[other] = books.next_aboard[slot]
    trip.loads -= 1
    if trip.loads == 0:
        trip.cargo = NONE


@compiled
def make_trip(tables: Tables, books: Books, service: int, ride: Records) -> int:
    """Make a trip without loads of a service with the asset and the minutes of a ride."""
    books.spare_count[0] -= 1
    index = books.spare_trips[books.spare_count[0]]
    trip = books.trips[index]
    trip.service, trip.diary = service, ride.diary
    trip.start_min, trip.departure_min = ride.start_min, ride.departure_min
    trip.arrival_min, trip.end_min = ride.arrival_min, ride.end_min
    trip.empty_departure_min = ride.empty_departure_min
    trip.next_empty_departure_min = ride.next_empty_departure_min
    trip.cargo, trip.loads, trip.aboard = NONE, 0, NONE
    books.room[index] = tables.capacity[trip.service]
    return int(index)


@compiled
def release_trip(books: Books, index: int) -> None:
    """Let a trip that is not booked stand for another one."""
    books.spare_trips[books.spare_count[0]] = index
    books.spare_count[0] += 1


@compiled
def book_trip(tables: Tables, books: Books, index: int) -> None:
    """Book what a voyage uses, and write it into the diary of its asset and the voyages of its leg."""
    _book_uses(tables, books, index, 1)
    insert(tables, books, index)
    trip = books.trips[index]
    hop = tables.services[trip.service].hop
    first, count = tables.hops[hop].trips_first, books.hop_count[hop]
    place = first + starting_before(books, books.hop_trips, first, count, trip.start_min)
    for later in range(first + count, place, -1):
        books.hop_trips[later] = books.hop_trips[later - 1]
    books.hop_trips[place] = index
    books.hop_count[hop] += 1


@compiled
def strike_trip(tables: Tables, books: Books, index: int) -> None:
    """Undo :func:`book_trip`."""
    _book_uses(tables, books, index, -1)
    remove(tables, books, index)
    trip = books.trips[index]
    hop = tables.services[trip.service].hop
    first, count = tables.hops[hop].trips_first, books.hop_count[hop]
    place = first + starting_before(books, books.hop_trips, first, count, trip.start_min)
    while books.hop_trips[place] != index:
        place += 1
    books.hop_count[hop] -= 1
    for later in range(place, first + count - 1):
        books.hop_trips[later] = books.hop_trips[later + 1]


@compiled
def _book_limits(tables: Tables, books: Books, ride: Records, sign: int) -> None:
    option = tables.options[ride.option]
    for place in range(option.limits_first, option.limits_last):
        use = tables.uses[place]
        book_count(tables, books, use.profile, ride.start_min + use.after_min, sign * use.amount)


@compiled
def _book_passages(tables: Tables, books: Books, ride: Records, sign: int) -> None:
    freight = tables.freights[tables.stages[ride.stage].freight]
    service = tables.services[tables.options[ride.option].service]
    for place in range(service.counted_first, service.counted_last):
        use = tables.uses[place]
        amount = sign * amount_of(freight, use.amount)
        book_count(tables, books, use.profile, ride.start_min + use.after_min, amount)


@compiled
def _book_uses(tables: Tables, books: Books, index: int, sign: int) -> None:
    trip = books.trips[index]
    service = tables.services[trip.service]
    for place in range(service.at_origin_first, service.at_origin_last):
        use = tables.uses[place]
        book_span(tables, books, use.profile, trip.start_min, trip.departure_min, sign * use.amount)
    for place in range(service.counted_first, service.counted_last):
        use = tables.uses[place]
        book_count(tables, books, use.profile, trip.start_min + use.after_min, sign * use.amount)
    for place in range(service.at_destination_first, service.at_destination_last):
        use = tables.uses[place]
        book_span(tables, books, use.profile, trip.arrival_min, trip.end_min, sign * use.amount)
    for place in range(service.at_arrival_first, service.at_arrival_last):
        use = tables.uses[place]
        book_count(tables, books, use.profile, trip.arrival_min, sign * use.amount)
