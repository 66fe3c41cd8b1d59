"""One load on one leg: with a voyage that is there already, on a new one, or by itself; as early as can be.

A *ride* is found first and taken afterwards. Taking and leaving are exact inverses, so the search may try something and
take it back in the opposite order.
"""

from bisect import bisect_left
from typing import Final

from muster.movement.search.choices import OWN_VEHICLES, Freight, Hop, Option, Service
from muster.movement.search.diary import Diary, Trip
from muster.movement.search.profiles import NEVER

JOIN_SHARE: Final = 0.5
"""What a load that joins a voyage answers for, beside the load for which it was opened, as a part of its share."""


class Ride:
    """A load on a leg.

    Attributes
    ----------
    cost_min
        Delay that the use of a scarce asset causes elsewhere, as far as its price tells.
    trip
        The voyage it is on; None on a leg that it makes itself.
    """

    __slots__ = ("arrival_min", "cost_min", "departure_min", "end_min", "freight", "hop", "option", "start_min", "trip")

    def __init__(self, freight: Freight, option: Option, trip: Trip | None, times: tuple[int, int, int, int]) -> None:
        self.freight, self.option, self.trip = freight, option, trip
        self.hop = option.service.hop
        self.start_min, self.departure_min, self.arrival_min, self.end_min = times
        self.cost_min = 0.0
        if trip is not None and trip.diary.price:
            self.cost_min = trip.diary.price * _charged_min(option, trip)


def _charged_min(option: Option, trip: Trip) -> float:
    """Minutes of an asset that a ride answers for: all of a voyage opened for it, empty travel too, else its share."""
    voyage_min = trip.end_min - trip.start_min
    if trip.is_booked:
        return JOIN_SHARE * option.share * voyage_min
    return voyage_min + trip.diary.empty_min(trip.service, trip.start_min)


def find_ride(
    freight: Freight,
    hop: Hop,
    from_min: int,
    arrive_from_min: int,
    *,
    patience: float,
    thrift: float = 0.0,
    locked_min: int | None = None,
) -> Ride | None:
    """The ride of a load on a leg that is there first, delays to others counted.

    Parameters
    ----------
    from_min
        When the load is ready at the origin.
    arrive_from_min
        It must not be there before.
    patience
        How much later it may arrive with a voyage that is there already than on one opened for it, as a multiple of
        the duration of that voyage.
    thrift
        How much the delay that the use of scarce assets causes elsewhere counts beside the load's own.
    locked_min
        The minute at which it must start, where one is fixed.

    Returns
    -------
    None where there is no ride before the end of the plan.
    """
    options = freight.options[id(hop)]
    if hop.leg.carrier.is_self:
        ride = _ride_by_itself(freight, options[0], from_min, arrive_from_min)
        return ride if _is_as_locked(ride, locked_min) else None
    joined = _join(freight, hop, options, from_min, arrive_from_min)
    best = joined
    worth_min: float = NEVER
    if joined is not None:
        if joined.start_min == from_min:
            return joined
        worth_min = joined.end_min + thrift * joined.cost_min - joined.option.service.duration_min * patience
    for option in options:
        least_min = max(from_min, option.least_start_min, arrive_from_min - option.service.duration_min)
        if least_min + option.service.duration_min >= worth_min:
            continue
        trip = _open(option, least_min, arrive_from_min)
        if trip is not None and trip.end_min < worth_min:
            ride = Ride(freight, option, trip, (trip.start_min, trip.departure_min, trip.arrival_min, trip.end_min))
            ride_min = ride.end_min + thrift * ride.cost_min
            if ride_min < worth_min:
                best, worth_min = ride, ride_min
    return best if _is_as_locked(best, locked_min) else None


def _is_as_locked(ride: Ride | None, locked_min: int | None) -> bool:
    return locked_min is None or (ride is not None and ride.start_min == locked_min)


def _ride_by_itself(freight: Freight, option: Option, from_min: int, arrive_from_min: int) -> Ride | None:
    service = option.service
    start_min = max(from_min, option.least_start_min, arrive_from_min - service.travel_min)
    while start_min < service.horizon_min:
        asked_min = start_min
        for profile, after_min, amount in service.counted:
            use = freight.load.vehicles if amount == OWN_VEHICLES else amount
            start_min = profile.earliest(start_min + after_min, use) - after_min
        for profile, after_min, amount in option.limits:
            start_min = profile.earliest(start_min + after_min, amount) - after_min
        if start_min == asked_min:
            end_min = max(start_min + service.travel_min, arrive_from_min)
            if end_min >= service.horizon_min:
                return None
            return Ride(freight, option, None, (start_min, start_min, end_min, end_min))
    return None


def _join(freight: Freight, hop: Hop, options: tuple[Option, ...], from_min: int, arrive_from_min: int) -> Ride | None:
    """The first voyage on the leg that has room."""
    trips = hop.trips
    size, cargo = freight.size, freight.load.cargo
    for index in range(bisect_left(hop.starts_min, from_min), len(trips)):
        trip = trips[index]
        if trip.end_min < arrive_from_min or (trip.cargo is not None and trip.cargo is not cargo):
            continue
        for needed, left in zip(size, trip.room, strict=True):
            if needed > left:
                break
        else:
            option = next((option for option in options if option.service is trip.service), None)
            if option is None or trip.start_min < option.least_start_min or trip.diary.index not in option.allowed:
                continue
            if all(
                p.earliest(trip.start_min + after, amount) == trip.start_min + after
                for p, after, amount in option.limits
            ):
                return Ride(
                    freight, option, trip, (trip.start_min, trip.departure_min, trip.arrival_min, trip.end_min)
                )  # fmt: skip
    return None


def _open(option: Option, from_min: int, arrive_from_min: int) -> Trip | None:
    """The earliest new voyage: the asset that can load first, and of those the one with least empty travel."""
    service = option.service
    gaps = []
    for diary in option.diaries:
        start_min, latest_min = diary.first_gap(service, from_min)
        if start_min < NEVER:
            gaps.append((start_min, diary.index, latest_min, diary))
    while gaps:
        first = min(gaps)
        times = _settle(option, first[0], arrive_from_min)
        if times is None:
            return None
        start_min, end_min = times[0], times[3]
        for gap in sorted(gaps, key=lambda gap: gap[3].empty_min(service, start_min) if gap[0] <= start_min else NEVER):
            if gap[0] > start_min:
                break
            if end_min <= gap[2]:
                trip = Trip(service, gap[3], times)
                if gap[3].is_within_limit(trip):
                    return trip
        gaps = [_next_gap(gap, service, times) if gap[0] <= start_min else gap for gap in gaps]
        gaps = [gap for gap in gaps if gap[0] < NEVER]
    return None


def _next_gap(
    gap: tuple[int, int, int, Diary], service: Service, times: tuple[int, int, int, int]
) -> tuple[int, int, int, Diary]:
    """The next chance of an asset that could not make a voyage at these times."""
    diary = gap[3]
    start_min, end_min = times[0], times[3]
    if end_min > gap[2]:
        from_min = max(start_min, gap[2] - service.duration_min + 1)
    else:
        from_min = (times[1] // 1440 + 1) * 1440 - service.load_min
    next_min, latest_min = diary.first_gap(service, from_min)
    return (next_min, gap[1], latest_min, diary)


def _settle(option: Option, start_min: int, arrive_from_min: int) -> tuple[int, int, int, int] | None:
    """The earliest times of a voyage for which every resource on its way has room, whichever asset makes it."""
    service = option.service
    load_min, travel_min, unload_min = service.load_min, service.travel_min, service.unload_min
    while start_min < service.horizon_min:
        asked_min = start_min
        for step, amount in service.at_origin:
            start_min = step.earliest(start_min, load_min, amount)
        for profile, after_min, amount in service.counted:
            start_min = profile.earliest(start_min + after_min, amount) - after_min
        for profile, after_min, amount in option.limits:
            start_min = profile.earliest(start_min + after_min, amount) - after_min
        if start_min != asked_min:
            continue
        reached_min = start_min + load_min + travel_min
        arrival_min = _berth(service, max(reached_min, arrive_from_min - unload_min))
        if arrival_min + unload_min >= service.horizon_min:
            return None
        if service.waits_en_route or arrival_min == reached_min:
            return start_min, start_min + load_min, arrival_min, arrival_min + unload_min
        start_min += arrival_min - reached_min
    return None


def _berth(service: Service, arrival_min: int) -> int:
    """First minute at or after which the destination has room to unload."""
    while arrival_min < service.horizon_min:
        asked_min = arrival_min
        for step, amount in service.at_destination:
            arrival_min = step.earliest(arrival_min, service.unload_min, amount)
        for profile, amount in service.counted_at_arrival:
            arrival_min = profile.earliest(arrival_min, amount)
        if arrival_min == asked_min:
            break
    return arrival_min


def take(ride: Ride) -> None:
    """Book a ride, and its voyage where it is a new one."""
    trip, freight = ride.trip, ride.freight
    for profile, after_min, amount in ride.option.limits:
        profile.book(ride.start_min + after_min, amount)
    if trip is None:
        _book_passages(ride, 1)
        return
    if not trip.is_booked:
        book_trip(trip)
    trip.room = [left - needed for left, needed in zip(trip.room, freight.size, strict=True)]
    trip.loads.add(freight.index)
    if trip.service.single_class:
        trip.cargo = freight.load.cargo


def leave(ride: Ride) -> None:
    """Give up a ride; its voyage stays until :func:`strike_trip`."""
    trip, freight = ride.trip, ride.freight
    for profile, after_min, amount in ride.option.limits:
        profile.book(ride.start_min + after_min, -amount)
    if trip is None:
        _book_passages(ride, -1)
        return
    trip.room = [left + needed for left, needed in zip(trip.room, freight.size, strict=True)]
    trip.loads.discard(freight.index)
    if not trip.loads:
        trip.cargo = None


def book_trip(trip: Trip) -> None:
    """Book what a voyage uses, and write it into the diary of its asset."""
    _book_uses(trip, 1)
    trip.diary.insert(trip)
    hop = trip.service.hop
    index = bisect_left(hop.starts_min, trip.start_min)
    hop.starts_min.insert(index, trip.start_min)
    hop.trips.insert(index, trip)
    trip.is_booked = True


def strike_trip(trip: Trip) -> None:
    """Undo :func:`book_trip`."""
    _book_uses(trip, -1)
    trip.diary.remove(trip)
    hop = trip.service.hop
    index = hop.trips.index(trip, bisect_left(hop.starts_min, trip.start_min))
    del hop.starts_min[index], hop.trips[index]
    trip.is_booked = False


def _book_passages(ride: Ride, sign: int) -> None:
    for profile, after_min, amount in ride.option.service.counted:
        use = ride.freight.load.vehicles if amount == OWN_VEHICLES else amount
        profile.book(ride.start_min + after_min, sign * use)


def _book_uses(trip: Trip, sign: int) -> None:
    service = trip.service
    for step, amount in service.at_origin:
        step.book(trip.start_min, trip.departure_min, sign * amount)
    for profile, after_min, amount in service.counted:
        profile.book(trip.start_min + after_min, sign * amount)
    for step, amount in service.at_destination:
        step.book(trip.arrival_min, trip.end_min, sign * amount)
    for profile, amount in service.counted_at_arrival:
        profile.book(trip.arrival_min, sign * amount)
