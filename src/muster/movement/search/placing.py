"""A whole line: to its staging area, joined within its window, and onward together; or not at all."""

from collections.abc import Callable, Sequence
from typing import Final

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.search.chains import Chainer, Errand, Refusal, Settings
from muster.movement.search.choices import Freight, Hop, Unit
from muster.movement.search.ledger import Journey, Ledger
from muster.movement.search.rides import Ride

ROUNDS: Final = 6
"""How often loads that come too early for the rest of their line are held back before the line starts later."""
ATTEMPTS: Final = 12
"""How often a line is tried with loads held back from a full staging area, before it starts later."""


class Placer:
    """Places lines and removes them."""

    def __init__(self, ledger: Ledger, horizon_min: int) -> None:
        self.ledger, self._horizon_min = ledger, horizon_min
        self._chainer = Chainer(ledger)

    def place(self, unit: Unit, settings: Settings, not_before_min: int = 0) -> dict[Freight, Journey] | Refusal | None:
        """Book journeys for all loads of a line.

        Returns
        -------
        The journeys; where there are none in time, why the first attempt failed, as far as it is known.
        """
        first_refusal: Refusal | None = None
        ready_min, delay_min = max(unit.line.ready_min, not_before_min), 0
        while ready_min + delay_min < self._horizon_min:
            journeys = self._place_from(unit, ready_min + delay_min, settings)
            if journeys is not None:
                return journeys
            first_refusal = first_refusal or self._chainer.refusal
            if any(freight.locked_min for freight in unit.freights):
                break
            delay_min = 2 * delay_min + MINUTES_PER_DAY
        return first_refusal

    def _place_from(self, unit: Unit, from_min: int, settings: Settings) -> dict[Freight, Journey] | None:
        """Book the line with no load starting before a minute; loads come later where staging is full."""
        floors: dict[Freight, int] = {}
        mark = self.ledger.mark()
        for _ in range(ATTEMPTS):
            attempt = _Attempt(self._chainer, unit, from_min, floors, settings)
            journeys = attempt.make()
            if journeys is not None:
                return journeys
            self.ledger.rollback(mark)
            if attempt.held is None:
                return None
            freight, until_min = attempt.held
            if until_min <= floors.get(freight, 0):
                return None
            floors[freight] = until_min
        return None


class _Attempt:
    """One try at a line.

    Attributes
    ----------
    held
        A load that should reach its staging area later, and when, after a try that failed for want of room there.
    """

    def __init__(
        self, chainer: Chainer, unit: Unit, from_min: int, floors: dict[Freight, int], settings: Settings
    ) -> None:
        self._chainer, self._unit, self._from_min = chainer, unit, from_min
        self._floors, self._settings = floors, settings
        self._chains: dict[Freight, tuple[Hop, ...]] = {}
        self._before: dict[Freight, tuple[Ride, ...]] = {}
        self._onward: dict[Freight, tuple[Ride, ...]] = {}
        self.held: tuple[Freight, int] | None = None

    def make(self) -> dict[Freight, Journey] | None:
        """Book every load; None leaves what was booked to the caller to take back."""
        line, freights = self._unit.line, self._unit.freights
        if not all(freight.ways and len(freight.locked_min) < 2 for freight in freights):
            return None
        staged = [freight for freight in freights if freight.is_staged]
        if staged and not self._gather(staged, self._to_staging, line.join_window_min, self._staged_min):
            return None
        if not self._gather(freights, self._to_destination, line.cohesion_window_min, self._reached_min):
            return None
        return {freight: self._journey(freight) for freight in freights}

    def _gather(
        self,
        freights: Sequence[Freight],
        go: Callable[[Freight, int], bool],
        window_min: int,
        reached_min: Callable[[Freight], int],
    ) -> bool:
        """Bring loads to a place within a window: the slowest first, and those that come too early again and later."""
        ordered = sorted(freights, key=lambda freight: -self._slowness(freight))
        last_min = 0
        for freight in ordered:
            if not go(freight, last_min - window_min):
                return False
            last_min = max(last_min, reached_min(freight))
        for _ in range(ROUNDS):
            early = [freight for freight in ordered if reached_min(freight) < last_min - window_min]
            if not early:
                return True
            for freight in early:
                if not go(freight, last_min - window_min):
                    return False
                last_min = max(last_min, reached_min(freight))
        return False

    def _slowness(self, freight: Freight) -> int:
        """Least minutes to staging, or to the destination where the load does not pass there."""
        ways = ((way.before if way.is_staged and freight not in self._before else way.onward) for way in freight.ways)
        return min(sum(freight.least_min[id(hop)] for hop in hops) for hops in ways)

    def _start_min(self, freight: Freight) -> int:
        return max(self._from_min, *freight.locked_min) if freight.locked_min else self._from_min

    def _staged_min(self, freight: Freight) -> int:
        rides = self._before[freight]
        return rides[-1].end_min if rides else self._unit.line.ready_min

    def _reached_min(self, freight: Freight) -> int:
        rides = self._onward[freight] or self._before[freight]
        return rides[-1].end_min if rides else self._unit.line.ready_min

    def _to_staging(self, freight: Freight, arrive_from_min: int) -> bool:
        if freight in self._before:
            self._chainer.ledger.drop_rides(self._before.pop(freight))
        chains = list(dict.fromkeys(way.before for way in freight.ways))
        arrive_from_min = max(arrive_from_min, self._floors.get(freight, 0))
        dwell_min = self._unit.line.integration_min if any(way.onward for way in freight.ways) else 0
        found = self._from_home(freight, chains, arrive_from_min, self._unit.line.join_window_min, dwell_min)
        if found is None:
            return False
        self._chains[freight], self._before[freight] = found
        return True

    def _to_destination(self, freight: Freight, arrive_from_min: int) -> bool:
        before = self._before.get(freight, ())
        since = before[-1] if before else None
        if freight in self._onward:
            self._chainer.ledger.drop_rides(self._onward.pop(freight), since)
        from_min, chains = self._start_min(freight), [way.onward for way in freight.ways]
        if freight.is_staged:
            joined_min = max(self._staged_min(other) for other in self._before)
            from_min = max(from_min, joined_min + self._unit.line.integration_min)
            chains = [way.onward for way in freight.ways if way.before == self._chains[freight]]
        chains = list(dict.fromkeys(chains))
        if () in chains and since is not None:
            self._onward[freight] = ()
            return since.end_min >= arrive_from_min
        if since is None and not freight.is_staged:
            found = self._from_home(freight, chains, arrive_from_min, self._unit.line.cohesion_window_min, 0)
        else:
            errand = Errand(freight, from_min, arrive_from_min, since)
            found = self._chainer.best(errand, chains, self._settings)
        if found is None:
            refusal = self._chainer.refusal
            if since is not None and refusal is not None and refusal.full_until_min is not None:
                self.held = (freight, refusal.full_until_min)
            return False
        self._onward[freight] = found[1]
        return True

    def _from_home(
        self, freight: Freight, chains: list[tuple[Hop, ...]], arrive_from_min: int, window_min: int, dwell_min: int
    ) -> tuple[tuple[Hop, ...], tuple[Ride, ...]] | None:
        """Bring a load from its origin; one that must not come early waits at home, if it still comes in time."""
        start_min, settings = self._start_min(freight), self._settings
        held_min = arrive_from_min - min(sum(freight.least_min[id(hop)] for hop in chain) for chain in chains)
        if held_min > start_min and not freight.locked_min:
            found = self._chainer.best(
                Errand(freight, held_min, arrive_from_min, dwell_min=dwell_min), chains, settings
            )  # fmt: skip
            if found is not None:
                if found[1] and found[1][-1].end_min <= arrive_from_min + window_min:
                    return found
                self._chainer.ledger.drop_rides(found[1])
        return self._chainer.best(Errand(freight, start_min, arrive_from_min, dwell_min=dwell_min), chains, settings)

    def _journey(self, freight: Freight) -> Journey:
        rides = (*self._before.get(freight, ()), *self._onward[freight])
        legs = tuple(ride.hop for ride in rides)
        return Journey(next(way for way in freight.ways if (*way.before, *way.onward) == legs), rides)
