"""What was booked in which order, so that any stretch of it can be taken back exactly.

Taking back in the opposite order restores every profile, voyage and diary to what it was; the search can therefore try
a way for a load, or a new order of lines, and return without a copy of anything.
"""

from dataclasses import dataclass

from muster.movement.search.choices import Freight, Hop, Way
from muster.movement.search.profiles import StepProfile
from muster.movement.search.rides import Ride, leave, strike_trip, take


@dataclass(frozen=True, slots=True, eq=False)
class Wait:
    """A load that waits where a leg ended."""

    freight: Freight
    hop: Hop
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True, eq=False)
class Journey:
    """How a load gets from origin to destination."""

    way: Way
    rides: tuple[Ride, ...]


class Ledger:
    """Books rides and waits, and takes them back."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: list[tuple[Ride | Wait, bool, bool]] = []

    def mark(self) -> int:
        """Where the ledger stands, for :meth:`rollback`."""
        return len(self._entries)

    def forget(self) -> None:
        """Keep what is booked for good."""
        self._entries.clear()

    def take(self, ride: Ride) -> None:
        """Book a ride."""
        is_new = ride.trip is not None and not ride.trip.is_booked
        take(ride)
        self._entries.append((ride, True, is_new))

    def drop(self, ride: Ride) -> None:
        """Give up a ride, and its voyage with the last load aboard.

        A voyage without loads stays where its asset could not make the trips around it otherwise.
        """
        leave(ride)
        trip = ride.trip
        if trip is not None and not trip.loads and trip.diary.can_drop(trip):
            strike_trip(trip)
        self._entries.append((ride, False, False))

    def wait(self, wait: Wait, *, begins: bool = True) -> None:
        """Book a wait, or give it up."""
        _occupy(wait, 1 if begins else -1)
        self._entries.append((wait, begins, False))

    def take_journey(self, journey: Journey) -> None:
        """Book a whole journey."""
        since: Ride | None = None
        for ride in journey.rides:
            self.take(ride)
            if since is not None and ride.start_min > since.end_min:
                self.wait(Wait(ride.freight, since.hop, since.end_min, ride.start_min))
            since = ride

    def drop_rides(self, rides: tuple[Ride, ...], since: Ride | None = None) -> None:
        """Give up consecutive rides, and the waits between them and since the ride before."""
        for ride in rides:
            if since is not None and ride.start_min > since.end_min:
                self.wait(Wait(ride.freight, since.hop, since.end_min, ride.start_min), begins=False)
            self.drop(ride)
            since = ride

    def rollback(self, mark: int) -> None:
        """Take back everything after a mark, last first."""
        while len(self._entries) > mark:
            entry, was_begun, is_new = self._entries.pop()
            if isinstance(entry, Wait):
                _occupy(entry, -1 if was_begun else 1)
            elif was_begun:
                leave(entry)
                if is_new and entry.trip is not None:
                    strike_trip(entry.trip)
            else:
                take(entry)


def staging(freight: Freight, hop: Hop) -> list[tuple[StepProfile, int]]:
    """What a load occupies while it waits at the end of a hop: profile, amount."""
    uses = [(profile, freight.load.vehicles) for profile in hop.vehicles_there if freight.load.vehicles]
    return uses + [(profile, freight.load.people) for profile in hop.people_there if freight.load.people]


def _occupy(wait: Wait, sign: int) -> None:
    for profile, amount in staging(wait.freight, wait.hop):
        profile.book(wait.start_min, wait.end_min, sign * amount)
