"""What one asset does when: its loaded trips in order, and whether another fits between them.

Empty trips are not kept but follow from the loaded ones: an asset positions itself just in time for loading. Only where
its crew has a daily limit, the minute at which each empty trip departs is kept as well.
"""

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.problem import Asset, CargoClass
from muster.movement.search.profiles import NEVER

if TYPE_CHECKING:
    from muster.movement.search.choices import Service

FREE_CHOICE: Final = -1
"""Departure of an empty trip that nothing binds: just in time."""


class Trip:
    """A loaded voyage, and what room is left in it.

    Attributes
    ----------
    start_min, departure_min, arrival_min, end_min
        As those of a voyage.
    room
        What is left in each dimension.
    cargo
        The only cargo class aboard, where the type carries one class at a time.
    loads
        Indices of the loads aboard.
    empty_departure_min, next_empty_departure_min
        When the asset positions itself for this trip, and for the one after it, where its crew has a daily limit.
    """

    __slots__ = (
        "arrival_min",
        "cargo",
        "departure_min",
        "diary",
        "empty_departure_min",
        "end_min",
        "is_booked",
        "loads",
        "next_empty_departure_min",
        "room",
        "service",
        "start_min",
    )

    def __init__(self, service: "Service", diary: "Diary", times: tuple[int, int, int, int]) -> None:
        self.service, self.diary = service, diary
        self.start_min, self.departure_min, self.arrival_min, self.end_min = times
        self.room = list(service.capacity)
        self.cargo: CargoClass | None = None
        self.loads: set[int] = set()
        self.is_booked = False
        self.empty_departure_min = FREE_CHOICE
        self.next_empty_departure_min = FREE_CHOICE


class Diary:
    """The trips of one asset.

    Attributes
    ----------
    home
        Row of its home in its mobility; None where the mobility does not know the place.
    price
        Minutes of delay that a minute of its time is worth elsewhere.
    starts_min, ends_min, trips
        Its loaded trips in order of time.
    gaps_min
        Time without a load before each of them.
    empty_departures_min
        Departure of the empty trip before each loaded trip, where a daily limit binds.
    """

    __slots__ = (
        "_day_min",
        "asset",
        "empty_departures_min",
        "ends_min",
        "from_min",
        "gaps_min",
        "home",
        "index",
        "limit_min",
        "price",
        "starts_min",
        "travel_min",
        "trips",
        "until_min",
    )

    def __init__(
        self, index: int, asset: Asset, home: int | None, travel_min: list[list[int]], limit_min: int | None
    ) -> None:
        self.index, self.asset, self.home, self.travel_min, self.limit_min = index, asset, home, travel_min, limit_min
        self.price = 0.0
        self.from_min, self.until_min = asset.available_from_min, asset.available_until_min
        self.clear()

    def clear(self) -> None:
        """Forget every trip."""
        self.starts_min: list[int] = []
        self.ends_min: list[int] = []
        self.gaps_min: list[int] = []
        self.trips: list[Trip] = []
        self.empty_departures_min: list[int] = []
        self._day_min: dict[int, int] = {}

    def first_gap(self, service: "Service", from_min: int) -> tuple[int, int]:
        """First minute from ``from_min`` at which it can be at the origin with time for the trip, and until when.

        Returns
        -------
        The minute, :data:`NEVER` when there is none, and the latest minute at which the trip must end.
        """
        ends, gaps, trips = self.ends_min, self.gaps_min, self.trips
        to_origin, from_destination = service.to_origin_min, service.from_destination_min
        duration_min, count = service.duration_min, len(ends)
        for index in range(bisect_right(ends, from_min), count):
            gap_min = gaps[index]
            if gap_min < duration_min:
                continue
            ahead_min = from_destination[trips[index].service.origin_row]
            behind_min = to_origin[trips[index - 1].service.destination_row] if index else self._from_home(service)
            if behind_min + duration_min + ahead_min > gap_min:
                continue
            latest_min = self.starts_min[index] - ahead_min
            start_min = latest_min + ahead_min - gap_min + behind_min
            if start_min < from_min:
                start_min = from_min
            if start_min + duration_min <= latest_min:
                return start_min, latest_min
        if count:
            start_min = ends[-1] + to_origin[trips[-1].service.destination_row]
        else:
            start_min = self.from_min + self._from_home(service)
        start_min = max(from_min, start_min)
        return (start_min, self.until_min) if start_min + duration_min <= self.until_min else (NEVER, 0)

    def _from_home(self, service: "Service") -> int:
        """Minutes of empty travel from its home to the origin of a service."""
        return NEVER if self.home is None else service.to_origin_min[self.home]

    def empty_min(self, service: "Service", start_min: int) -> int:
        """Minutes of empty travel that a trip would add."""
        index = bisect_left(self.starts_min, start_min)
        before = self._reach(index, service.origin_row)
        if index == len(self.starts_min):
            return before
        following = self.trips[index].service.origin_row
        return before + service.from_destination_min[following] - self._reach(index, following)

    def _reach(self, index: int, row: int) -> int:
        """Minutes of empty travel from where trip ``index - 1`` ended to a place."""
        position = self.home if index == 0 else self.trips[index - 1].service.destination_row
        return NEVER if position is None else self.travel_min[position][row]

    def can_drop(self, trip: Trip) -> bool:
        """Whether the trips that remain can still be made one after the other without this one."""
        index = self.trips.index(trip)
        if index + 1 == len(self.trips):
            return True
        following = self.trips[index + 1].service.origin_row
        free_min = self.from_min if index == 0 else self.ends_min[index - 1]
        due_min, direct_min = self.starts_min[index + 1], self._reach(index, following)
        if self.limit_min is None or free_min + direct_min > due_min:
            return free_min + direct_min <= due_min
        extra: dict[int, int] = {}
        before_min = self._reach(index, trip.service.origin_row)
        after_min = trip.service.from_destination_min[following]
        _add(extra, trip.departure_min, trip.arrival_min, -1)
        _add(extra, self.empty_departures_min[index], self.empty_departures_min[index] + before_min, -1)
        _add(extra, self.empty_departures_min[index + 1], self.empty_departures_min[index + 1] + after_min, -1)
        departure_min = self._empty_departure(extra, free_min, due_min, direct_min)
        if departure_min is None:
            return False
        trip.next_empty_departure_min = departure_min
        return True

    def insert(self, trip: Trip) -> None:
        """Write a trip into the diary."""
        index = bisect_left(self.starts_min, trip.start_min)
        self.starts_min.insert(index, trip.start_min)
        self.ends_min.insert(index, trip.end_min)
        self.trips.insert(index, trip)
        self.gaps_min.insert(index, trip.start_min - (self.ends_min[index - 1] if index else self.from_min))
        if index + 1 < len(self.trips):
            self.gaps_min[index + 1] = self.starts_min[index + 1] - trip.end_min
        if self.limit_min is not None:
            self._retime(index, trip, 1)

    def remove(self, trip: Trip) -> None:
        """Strike a trip out."""
        index = self.trips.index(trip)
        if self.limit_min is not None:
            self._retime(index, trip, -1)
        del self.starts_min[index], self.ends_min[index], self.gaps_min[index], self.trips[index]
        if index < len(self.trips):
            self.gaps_min[index] = self.starts_min[index] - (self.ends_min[index - 1] if index else self.from_min)

    def _retime(self, index: int, trip: Trip, sign: int) -> None:
        """Count a trip and the empty trips beside it in, or out again, under the daily limit."""
        departures = self.empty_departures_min
        if sign > 0:
            departures.insert(index, trip.empty_departure_min)
        else:
            trip.empty_departure_min = departures[index]
        self._count(trip.departure_min, trip.arrival_min, sign)
        before_min = self._reach(index, trip.service.origin_row)
        self._count(trip.empty_departure_min, trip.empty_departure_min + before_min, sign)
        if index + 1 < len(departures):
            following = self.trips[index + 1].service.origin_row
            direct_min = self._reach(index, following)
            after_min = trip.service.from_destination_min[following]
            old, new = departures[index + 1], trip.next_empty_departure_min
            self._count(old, old + (direct_min if sign > 0 else after_min), -1)
            self._count(new, new + (after_min if sign > 0 else direct_min), 1)
            departures[index + 1], trip.next_empty_departure_min = new, old
        if sign < 0:
            del departures[index]

    def _count(self, start_min: int, end_min: int, sign: int) -> None:
        for day, minutes in _by_day(start_min, end_min):
            self._day_min[day] = self._day_min.get(day, 0) + sign * minutes

    def is_within_limit(self, trip: Trip) -> bool:
        """Whether the crew may make the trip and the empty trips beside it; settles when those depart."""
        if self.limit_min is None:
            return True
        index = bisect_left(self.starts_min, trip.start_min)
        extra: dict[int, int] = {}
        if index < len(self.starts_min):
            following = self.trips[index].service.origin_row
            old = self.empty_departures_min[index]
            _add(extra, old, old + self._reach(index, following), -1)
        if not self._add_if_allowed(extra, trip.departure_min, trip.arrival_min):
            return False
        free_min = self.from_min if index == 0 else self.ends_min[index - 1]
        before = self._empty_departure(extra, free_min, trip.start_min, self._reach(index, trip.service.origin_row))
        if before is None:
            return False
        trip.empty_departure_min = before
        if index < len(self.starts_min):
            after_min = trip.service.from_destination_min[self.trips[index].service.origin_row]
            after = self._empty_departure(extra, trip.end_min, self.starts_min[index], after_min)
            if after is None:
                return False
            trip.next_empty_departure_min = after
        return True

    def _empty_departure(self, extra: dict[int, int], free_min: int, due_min: int, empty_min: int) -> int | None:
        """When an empty trip departs: just in time, else at once, else at a midnight between; None when never."""
        midnights = range(-(-free_min // MINUTES_PER_DAY) * MINUTES_PER_DAY, due_min - empty_min, MINUTES_PER_DAY)
        for departure_min in (due_min - empty_min, free_min, *reversed(midnights)):
            if self._add_if_allowed(extra, departure_min, departure_min + empty_min):
                return departure_min
        return None

    def _add_if_allowed(self, extra: dict[int, int], start_min: int, end_min: int) -> bool:
        limit_min = self.limit_min or 0
        spans = _by_day(start_min, end_min)
        if any(self._day_min.get(day, 0) + extra.get(day, 0) + minutes > limit_min for day, minutes in spans):
            return False
        _add(extra, start_min, end_min, 1)
        return True


def _add(days: dict[int, int], start_min: int, end_min: int, sign: int) -> None:
    for day, minutes in _by_day(start_min, end_min):
        days[day] = days.get(day, 0) + sign * minutes


def _by_day(start_min: int, end_min: int) -> list[tuple[int, int]]:
    """Minutes of a stretch in each UTC day that it touches."""
    spans = []
    while start_min < end_min:
        day = start_min // MINUTES_PER_DAY
        stop_min = min(end_min, (day + 1) * MINUTES_PER_DAY)
        spans.append((day, stop_min - start_min))
        start_min = stop_min
    return spans
