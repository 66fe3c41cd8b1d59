"""Ruin and recreate: take out a few lines that stand in each other's way, and place them again in another order.

Theory of operation: every placement is as early as can be, so what decides is who comes first. A late line is taken out
together with lines that use the same legs about the same time; the late one is placed first, or all in a random order,
with random patience for shared voyages and another choice of ways. What is not much worse is kept to move on from; the
best plan in which nobody takes a more urgent load's place is remembered. Nothing here asks the clock: the same seed
takes the same course, and the caller decides when to stop.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Final

from muster.movement.search.board import Board
from muster.movement.search.chains import Settings
from muster.movement.search.choices import Unit
from muster.movement.search.priority import overtakings
from muster.movement.search.state import State, Trial, Value
from muster.movement.search.uncongested import uncongested_min
from muster.movement.search.writing import Snapshot

CYCLE: Final = 400
"""Iterations after which the search, ever stricter until then, is lenient again."""
SIBLINGS: Final = 0.25
"""How often the lines taken out with another are those from the same place, which could share its voyages."""
LENIENCE: Final = 0.002
"""How much worse than the best a plan may be at the start of a cycle, as a share."""
RUINED: Final = (1, 7)
"""Fewest and most lines that are taken out at a time."""
STARTS: Final = 20
"""Steps that place every line afresh in a shuffled order, before the best of those plans is improved."""
SHUFFLE: Final = 0.08
"""Spread of the places of lines in a shuffled order, as a share of their number."""
PRICED_EVERY: Final = 200
"""Iterations after which the time of assets is priced anew."""
PATIENCES: Final = (0.0, 1.0, 4.0, 8.0)
BREADTHS: Final = (4, 8, 16)
THRIFTS: Final = (0.0, 0.5, 1.0, 2.0)
"""What placements draw from."""
SETTLED_AGAIN: Final = 0.9995
"""How much better a plan must have become before its priorities are settled again after that made it worse."""
SWAPS_MAX: Final = 4
"""How often two lines change places to restore the order of priorities before the less urgent one stays behind."""
_UNMET_MIN: Final = 1 << 40
"""What a line that does not move counts against lateness, for each unit of weight."""


class Improver:
    """Makes a first plan and improves it, step by step.

    Attributes
    ----------
    best, best_value
        The best plan so far in which priorities hold.
    """

    def __init__(self, board: Board, seed: int) -> None:
        self.board, self.state = board, State(board)
        self._draw = Random(seed)  # noqa: S311 - a search needs no secrecy
        self.free_min = {unit.index: uncongested_min(unit) for unit in board.units}
        self.best: Snapshot | None = None
        self.best_value: Value = (1 << 60, 0, 0)
        self.iterations = 0
        self._unsettled = float("inf")
        self._closure_weight = sum(unit.line.weight for unit in board.units) / 50

    def usual_order(self) -> list[Unit]:
        """Lines in the order in which a movement cell would place them: locked ones, then by priority and date."""
        return sorted(
            self.board.units, key=lambda unit: (not _is_locked(unit), unit.line.priority, unit.line.required_min)
        )

    def _shuffled(self) -> list[Unit]:
        """The usual order with every line moved a little forward or back."""
        usual = self.usual_order()
        spread = SHUFFLE * len(usual)
        places = {unit.index: place + self._draw.gauss(0, spread) for place, unit in enumerate(usual)}
        return sorted(usual, key=lambda unit: (not _is_locked(unit), places[unit.index]))

    def place_all(self, order: list[Unit], settings: Settings, should_stop: Callable[[], bool]) -> None:
        """Place lines one after the other on an empty board, and restore the order of priorities."""
        state = self.state
        state.clear()
        for unit in order:
            if should_stop():
                state.reasons[unit.index] = "Planning was stopped before this line had its turn."
            else:
                state.place(unit, settings)
        state.ledger.forget()
        self._keep_if_best()

    def step(self, should_stop: Callable[[], bool]) -> None:
        """One step: one of the first ones starts afresh, a later one ruins and recreates the best plan so far."""
        self.iterations += 1
        if self.iterations <= STARTS:
            self._set_prices()
            settings = Settings(self._draw, patience=self._draw.choice(PATIENCES), thrift=self._draw.choice(THRIFTS))
            self.place_all(self._shuffled(), settings, should_stop)
            if self.iterations == STARTS and self.best is not None:
                self.state.restore(self.best)
        else:
            if self.iterations % PRICED_EVERY == 0:
                self._set_prices()
            self._ruin_and_recreate()

    def _ruin_and_recreate(self) -> None:
        """Take out a few lines, place them again, and keep the result unless it is much worse."""
        draw, state = self._draw, self.state
        before = state.value()
        ruined = self._choose()
        trial = Trial(state, ruined)
        settings = Settings(
            draw, patience=draw.choice(PATIENCES), breadth=draw.choice(BREADTHS), noise=0.3, thrift=draw.choice(THRIFTS)
        )
        for unit in self._reorder(ruined):
            state.place(unit, settings)
        if self._energy(state.value()) <= self._tolerated(before):
            state.ledger.forget()
            self._keep_if_best()
        else:
            trial.undo()

    def _set_prices(self) -> None:
        """Price the time of each asset by how busy it is while most of the force moves."""
        end_min = self.state.value()[2] * 4 // 5
        for diary in self.board.diaries:
            busy_min = sum(min(end_min, trip.end_min) - min(end_min, trip.start_min) for trip in diary.trips)
            diary.price = min(1.0, 1.6 * busy_min / max(1, end_min)) ** 2

    def _choose(self) -> list[Unit]:
        """A line that matters, and lines that use the same legs about the same time."""
        draw, state, units = self._draw, self.state, self.board.units
        count = draw.randint(*RUINED)
        kind = draw.random()
        if kind < 0.5:
            chances = [state.lateness_min(unit) for unit in units]
            seed = draw.choices(units, chances)[0] if any(chances) else draw.choice(units)
        elif kind < 0.75:
            last_first = sorted(units, key=lambda unit: -(state.closed_min[unit.index] or 0))
            seed = draw.choice(last_first[: 1 + len(units) // 50])
        else:
            seed = draw.choice(units)
        ruined = [seed, *self._related(seed, count)]
        unplaced = [unit for unit in units if state.closed_min[unit.index] is None and unit not in ruined]
        return [*ruined, *draw.sample(unplaced, min(len(unplaced), 1))]

    def _related(self, seed: Unit, count: int) -> list[Unit]:
        """Lines on voyages of the legs of a line, drawn from those near it in time."""
        draw, state = self._draw, self.state
        freights = self.board.freights
        found: dict[int, Unit] = {}
        if draw.random() < SIBLINGS:
            line = seed.line
            found = {
                unit.index: unit for unit in self.board.units if unit.line.origin == line.origin and unit is not seed
            }
            return draw.sample(list(found.values()), min(count, len(found)))
        rides = [
            ride for freight in seed.freights if freight in state.journeys for ride in state.journeys[freight].rides
        ]
        for ride in draw.sample(rides, min(len(rides), 4)):
            trips = ride.hop.trips
            place = bisect_left(ride.hop.starts_min, ride.start_min)
            reach = draw.choice((3, 8, 20))
            for trip in trips[max(0, place - reach) : place + reach // 3 + 1]:
                for index in sorted(trip.loads):
                    unit = freights[index].unit
                    if unit is not seed:
                        found[unit.index] = unit
        if len(found) < count:
            others = [
                unit for unit in draw.sample(self.board.units, min(count, len(self.board.units))) if unit is not seed
            ]
            found |= {unit.index: unit for unit in others}
        return draw.sample(list(found.values()), min(count, len(found)))

    def _reorder(self, ruined: list[Unit]) -> list[Unit]:
        draw = self._draw
        kind = draw.random()
        if kind < 0.35:
            return ruined
        if kind < 0.6:
            return draw.sample(ruined, len(ruined))
        if kind < 0.8:
            return sorted(ruined, key=lambda unit: (unit.line.priority, unit.line.required_min))
        return sorted(ruined, key=lambda unit: unit.line.required_min - (self.free_min[unit.index] or 0))

    def _energy(self, value: Value) -> float:
        """One number for what is better: lateness counts first, closure breaks ties and smooths the way."""
        unmet, lateness_min, closure_min = value
        return unmet * _UNMET_MIN + lateness_min + closure_min * self._closure_weight

    def _tolerated(self, before: Value) -> float:
        """Energy up to which a change is kept."""
        if self.best is None:
            return self._energy(before)
        share = LENIENCE * (1 - self.iterations % CYCLE / CYCLE)
        unmet, lateness_min, closure_min = self.best_value
        lenient = self._energy((unmet, round(lateness_min * (1 + share)), closure_min))
        return max(self._energy(before), lenient)

    def _keep_if_best(self) -> None:
        """Remember the plan when it is the best so far and priorities hold, or can be made to hold."""
        value = self.state.value()
        if value >= self.best_value or self._energy(value) >= self._unsettled:
            return
        before = self.state.snapshot()
        self._settle_priorities()
        settled = self.state.value()
        if settled < self.best_value:
            self.best, self.best_value = self.state.snapshot(), settled
            self._unsettled = float("inf")
        else:
            self._unsettled = self._energy(value) * SETTLED_AGAIN
            self.state.restore(before)

    def _settle_priorities(self) -> None:
        """Let more urgent loads have the places that less urgent ones took, until none is left.

        A less urgent line that keeps coming back starts later, and in the end not at all, so that this comes to an end.
        """
        state = self.state
        tried: Counter[tuple[int, int]] = Counter()
        settings = Settings(self._draw, patience=PATIENCES[-1])
        while (pair := next(overtakings(self.board.units, state.journeys), None)) is not None:
            ride, rival = pair
            urgent, other = ride.freight.unit, rival.freight.unit
            key = (urgent.index, other.index)
            tried[key] += 1
            if tried[key] > SWAPS_MAX:
                state.remove(other)
                state.reasons[other.index] = f'It would take the place of the more urgent line "{urgent.line.uln}".'
                continue
            start_min = min(state.journeys[freight].rides[0].start_min for freight in other.freights)
            hold_min = start_min + (tried[key] - 1) * (ride.departure_min - rival.departure_min)
            state.remove(urgent)
            state.remove(other)
            state.place(urgent, settings)
            state.place(other, settings, not_before_min=hold_min if tried[key] > 1 else 0)
        state.ledger.forget()


def _is_locked(unit: Unit) -> bool:
    return any(freight.locked_min for freight in unit.freights)
