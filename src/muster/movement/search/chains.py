"""One load over a chain of legs: leg by leg as early as can be, with room to wait wherever it waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from muster.movement.search.choices import Freight, Hop
from muster.movement.search.ledger import Ledger, Wait, staging
from muster.movement.search.profiles import NEVER
from muster.movement.search.rides import Ride, find_ride

RETRIES: Final = 6
"""How often a leg is made later because there is no room to wait after it."""
LEARNING: Final = 0.1
"""Weight of the latest wait for a leg in the average by which chains are ranked."""


@dataclass(slots=True)
class Settings:
    """What distinguishes one pass of the search from another.

    Attributes
    ----------
    patience
        How much later a load may arrive with a voyage that is there already than on one opened for it, as a multiple of
        the duration of that voyage.
    breadth
        How many chains of legs are tried for a load.
    noise
        Spread of the random factor on the expected duration of a chain.
    thrift
        How much the delay that the use of scarce assets causes elsewhere counts beside a load's own.
    """

    draw: Random
    patience: float = 1.0
    breadth: int = 12
    noise: float = 0.0
    thrift: float = 0.0


@dataclass(frozen=True, slots=True)
class Errand:
    """What a load has to do.

    Attributes
    ----------
    from_min
        When it is ready for the first leg.
    arrive_from_min
        It must not be at the end before.
    since
        The ride after which it waits for the first leg; None where the first leg is the first of all.
    dwell_min
        How long it will at least wait where the chain ends.
    """

    freight: Freight
    from_min: int
    arrive_from_min: int = 0
    since: Ride | None = None
    dwell_min: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a load got no further: the leg, and until when staging was full, where that was why."""

    freight: Freight
    hop: Hop
    full_until_min: int | None = None


class Chainer:
    """Finds chains of rides and leaves the best of them booked.

    Attributes
    ----------
    refusal
        Why the last errand failed on the chain that seemed quickest; None when it did not fail.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.refusal: Refusal | None = None
        self._known: dict[tuple[Hop, ...], Ride | None] = {}

    def best(
        self, errand: Errand, chains: Sequence[tuple[Hop, ...]], settings: Settings
    ) -> tuple[tuple[Hop, ...], tuple[Ride, ...]] | None:
        """The chain that ends first, delays to others counted, booked; None where none can be made."""
        self.refusal = None
        self._known.clear()
        if len(chains) > 1:
            ranked = sorted(chains, key=lambda chain: _expected_min(errand.freight, chain, settings))
            chains = ranked[: settings.breadth]
        best: tuple[tuple[Hop, ...], tuple[Ride, ...]] | None = None
        bound_min: float = NEVER
        mark = self.ledger.mark()
        for chain in chains:
            rides = self._run(errand, chain, settings, bound_min)
            if rides is None:
                self.ledger.rollback(mark)
                continue
            best, bound_min = (chain, rides), _cost_min(rides, errand.from_min, settings.thrift)
            if len(chains) > 1:
                self.ledger.rollback(mark)
        if best is not None:
            self.refusal = None
            if len(chains) > 1:
                self._book(best[1], errand.since)
        return best

    def _book(self, rides: tuple[Ride, ...], since: Ride | None) -> None:
        for ride in rides:
            self._take(ride, since)
            since = ride

    def _take(self, ride: Ride, before: Ride | None) -> None:
        self.ledger.take(ride)
        if before is not None and ride.start_min > before.end_min:
            self.ledger.wait(Wait(ride.freight, before.hop, before.end_min, ride.start_min))

    def _run(
        self, errand: Errand, chain: tuple[Hop, ...], settings: Settings, bound_min: float
    ) -> tuple[Ride, ...] | None:
        """Make one chain, booked as far as it gets; None when it cannot be made or does not end before the bound."""
        freight, thrift = errand.freight, settings.thrift
        floors_min = [*[0] * (len(chain) - 1), errand.arrive_from_min] if chain else []
        rest_min = sum(freight.least_min[id(hop)] for hop in chain)
        marks: list[int] = []
        rides: list[Ride] = []
        paid_min, retries = 0.0, RETRIES
        while len(rides) < len(chain):
            step = len(rides)
            ride = self._find(errand, chain[: step + 1], rides, floors_min, settings)
            if ride is None:
                self._refuse(Refusal(freight, chain[step]))
                return None
            rest_after_min = rest_min - freight.least_min[id(ride.hop)]
            if ride.end_min + rest_after_min + thrift * (paid_min + ride.cost_min) >= bound_min:
                return None
            before = rides[-1] if rides else errand.since
            is_last = step + 1 == len(chain)
            late_step, from_min = _shortage(ride, before, errand.dwell_min if is_last else 0)
            if late_step is not None:
                self._refuse(Refusal(freight, ride.hop, from_min))
                retries -= 1
                if retries < 0 or step + late_step < 0 or from_min >= NEVER:
                    return None
                floors_min[step + late_step] = from_min
                if late_step:
                    undone = rides.pop()
                    paid_min -= undone.cost_min
                    rest_min += freight.least_min[id(undone.hop)]
                    self.ledger.rollback(marks.pop())
                continue
            marks.append(self.ledger.mark())
            self._take(ride, before)
            _learn(ride, rides[-1].end_min if rides else errand.from_min)
            rides.append(ride)
            paid_min, rest_min = paid_min + ride.cost_min, rest_after_min
        return tuple(rides)

    def _find(
        self, errand: Errand, legs: tuple[Hop, ...], rides: list[Ride], floors_min: list[int], settings: Settings
    ) -> Ride | None:
        """The earliest ride on the last of some legs; what was found for these legs before is not sought again."""
        is_known = not any(floors_min[: len(legs)])
        if is_known and legs in self._known:
            return self._known[legs]
        freight = errand.freight
        is_first = errand.since is None and len(legs) == 1
        ride = find_ride(
            freight,
            legs[-1],
            rides[-1].end_min if rides else errand.from_min,
            floors_min[len(legs) - 1],
            patience=settings.patience,
            thrift=settings.thrift,
            locked_min=freight.locked_min[0] if is_first and freight.locked_min else None,
        )
        if is_known:
            self._known[legs] = ride
        return ride

    def _refuse(self, refusal: Refusal) -> None:
        self.refusal = self.refusal or refusal


def _expected_min(freight: Freight, chain: tuple[Hop, ...], settings: Settings) -> float:
    """How long a chain may take, with the usual waits."""
    expected_min = sum(freight.least_min[id(hop)] + hop.delay_min for hop in chain)
    return expected_min * (1 + settings.noise * settings.draw.random()) if settings.noise else expected_min


def _cost_min(rides: tuple[Ride, ...], from_min: int, thrift: float) -> float:
    """When a chain ends, and what it costs others."""
    return (rides[-1].end_min if rides else from_min) + thrift * sum(ride.cost_min for ride in rides)


def _learn(ride: Ride, ready_min: int) -> None:
    """Remember how long a load waited for a leg."""
    waited_min = ride.end_min - ready_min - ride.freight.least_min[id(ride.hop)]
    ride.hop.delay_min += LEARNING * (waited_min - ride.hop.delay_min)


def _shortage(ride: Ride, before: Ride | None, dwell_min: int) -> tuple[int | None, int]:
    """Which ride must end later for want of room to wait: 0 this one, -1 the one before, None none; and when it may."""
    if before is not None and ride.start_min > before.end_min:
        clear_min = before.end_min
        for profile, amount in staging(ride.freight, before.hop):
            clear_min = max(clear_min, profile.clear_from(before.end_min, ride.start_min, amount))
        if clear_min > before.end_min:
            return -1, clear_min
    if dwell_min:
        room_min = _room_to_stay(ride, dwell_min)
        if room_min > ride.end_min:
            return 0, room_min
    return None, 0


def _room_to_stay(ride: Ride, dwell_min: int) -> int:
    """First minute at or after the end of a ride from which the load may stay there for a while."""
    room_min = ride.end_min
    for _ in range(RETRIES):
        asked_min = room_min
        for profile, amount in staging(ride.freight, ride.hop):
            room_min = profile.earliest(room_min, dwell_min, amount)
        if room_min == asked_min:
            break
    return room_min
