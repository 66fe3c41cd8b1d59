"""One load over a chain of legs: leg by leg as early as can be, with room to wait wherever it waits."""

from dataclasses import dataclass
from random import Random

from muster.movement.search.board import Freight, Hop
from muster.movement.search.ledger import Ledger, Wait, staging
from muster.movement.search.profiles import NEVER
from muster.movement.search.rides import Ride, find_ride

RETRIES = 6
"""How often a leg is made later because there is no room to wait after it."""


@dataclass(slots=True)
class Settings:
    """What distinguishes one pass of the search from another.

    Attributes
    ----------
    patience
        How long loads wait for a voyage that is there already, as a multiple of the usual.
    breadth
        How many chains of legs are tried for a load.
    thrift
        How much the delay that the use of scarce assets causes elsewhere counts beside a load's own.
    noise
        Spread of the random factor on the expected duration of a chain.
    """

    draw: Random
    patience: float = 1.0
    breadth: int = 12
    noise: float = 0.0
    thrift: float = 0.0


@dataclass(slots=True)
class Refusal:
    """Why the last attempt failed: the load, the leg on which it got no further, and until when staging was full."""

    freight: Freight
    hop: Hop
    full_until_min: int | None = None


class Chainer:
    """Finds chains of rides and leaves the best of them booked."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.refusal: Refusal | None = None
        self._known: dict[tuple[Hop, ...], Ride | None] = {}

    def best(
        self,
        freight: Freight,
        chains: list[tuple[Hop, ...]],
        from_min: int,
        arrive_from_min: int,
        settings: Settings,
        *,
        since: Ride | None = None,
        dwell_min: int = 0,
    ) -> tuple[tuple[Hop, ...], tuple[Ride, ...]] | None:
        """The chain that ends first, delays to others counted, booked; None where none can be made.

        Parameters
        ----------
        since
            The ride after which the load waits for the first leg.
        dwell_min
            How long it will at least wait where the chain ends.
        """
        if len(chains) > 1:
            chains = sorted(chains, key=lambda chain: self._expected(freight, chain, settings))[: settings.breadth]
        best: tuple[tuple[Hop, ...], tuple[Ride, ...]] | None = None
        bound_min: float = NEVER
        mark = self.ledger.mark()
        self._known.clear()
        for chain in chains:
            rides = self._run(freight, chain, from_min, arrive_from_min, settings, since, dwell_min, bound_min)
            if rides is None:
                continue
            best, bound_min = (chain, rides), _cost_min(rides, from_min, settings.thrift)
            if len(chains) > 1:
                self.ledger.rollback(mark)
        if best is not None and len(chains) > 1:
            self._book(best[1], since)
        return best

    def _expected(self, freight: Freight, chain: tuple[Hop, ...], settings: Settings) -> float:
        expected = sum(freight.least_min[id(hop)] + hop.delay_min for hop in chain)
        return expected * (1 + settings.noise * settings.draw.random()) if settings.noise else expected

    def _book(self, rides: tuple[Ride, ...], since: Ride | None) -> None:
        for ride in rides:
            self._take(ride, since)
            since = ride

    def _take(self, ride: Ride, before: Ride | None) -> None:
        self.ledger.take(ride)
        if before is not None and ride.start_min > before.end_min:
            self.ledger.wait(Wait(ride.freight, before.hop, before.end_min, ride.start_min))

    def _run(
        self,
        freight: Freight,
        chain: tuple[Hop, ...],
        from_min: int,
        arrive_from_min: int,
        settings: Settings,
        since: Ride | None,
        dwell_min: int,
        bound_min: float,
    ) -> tuple[Ride, ...] | None:
        """Make one chain; booked when it can be made and ends before the bound."""
        ledger, least_min = self.ledger, freight.least_min
        start = ledger.mark()
        floors_min = [0] * len(chain)
        marks: list[int] = []
        rides: list[Ride] = []
        remaining_min = sum(least_min[id(hop)] for hop in chain)
        if floors_min:
            floors_min[-1] = arrive_from_min
        retries, paid_min, thrift = RETRIES, 0.0, settings.thrift
        while len(rides) < len(chain):
            step = len(rides)
            hop, before = chain[step], rides[-1] if rides else since
            ready_min = rides[-1].end_min if rides else from_min
            is_locked = since is None and step == 0 and bool(freight.locked_min)
            known = None if any(floors_min[: step + 1]) else chain[: step + 1]
            if known is not None and known in self._known:
                ride = self._known[known]
            else:
                ride = find_ride(
                    freight, hop, ready_min, floors_min[step], patience=settings.patience, is_locked=is_locked
                )
                if known is not None:
                    self._known[known] = ride
            rest_min = sum(least_min[id(later)] for later in chain[step + 1 :])
            if ride is None or ride.end_min + rest_min + thrift * (paid_min + ride.cost_min) >= bound_min:
                if ride is None:
                    self.refusal = Refusal(freight, hop)
                ledger.rollback(start)
                return None
            clear_min = _clear_from(freight, before, ride)
            if before is not None and clear_min > before.end_min:
                self.refusal = Refusal(freight, hop, clear_min)
                retries -= 1
                if not rides or retries < 0:
                    ledger.rollback(start)
                    return None
                floors_min[step - 1] = clear_min
                paid_min -= rides.pop().cost_min
                ledger.rollback(marks.pop())
                continue
            if step + 1 == len(chain) and dwell_min:
                room_min = _room_to_stay(freight, ride, dwell_min)
                if room_min > ride.end_min:
                    self.refusal = Refusal(freight, hop, room_min)
                    retries -= 1
                    if retries < 0 or room_min >= NEVER:
                        ledger.rollback(start)
                        return None
                    floors_min[step] = room_min
                    continue
            marks.append(ledger.mark())
            self._take(ride, before)
            rides.append(ride)
            paid_min += ride.cost_min
            waited_min = ride.end_min - ready_min - least_min[id(hop)]
            hop.delay_min += 0.1 * (waited_min - hop.delay_min)
        return tuple(rides) if remaining_min < NEVER else None


def _cost_min(rides: tuple[Ride, ...], from_min: int, thrift: float) -> float:
    """When a chain ends, and what it costs others."""
    return (rides[-1].end_min if rides else from_min) + thrift * sum(ride.cost_min for ride in rides)


def _clear_from(freight: Freight, before: Ride | None, ride: Ride) -> int:
    """First minute from which the load may wait for a ride where the one before ended."""
    if before is None or ride.start_min <= before.end_min:
        return 0
    clear_min = before.end_min
    for profile, amount in staging(freight, before.hop):
        clear_min = max(clear_min, profile.clear_from(before.end_min, ride.start_min, amount))
    return clear_min


def _room_to_stay(freight: Freight, ride: Ride, dwell_min: int) -> int:
    """First minute at or after the end of a ride from which the load may stay there for a while."""
    room_min = ride.end_min
    for _ in range(RETRIES):
        asked_min = room_min
        for profile, amount in staging(freight, ride.hop):
            room_min = profile.earliest(room_min, dwell_min, amount)
        if room_min == asked_min:
            break
    return room_min
