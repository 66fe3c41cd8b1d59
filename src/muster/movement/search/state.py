"""The plan in the making: which lines are placed, how late they close, and how to go back to an earlier plan."""

from collections.abc import Iterable

from muster.movement.search.board import Board
from muster.movement.search.chains import Refusal, Settings
from muster.movement.search.choices import Freight, Unit
from muster.movement.search.ledger import Journey, Ledger
from muster.movement.search.placing import Placer
from muster.movement.search.priority import closed_min
from muster.movement.search.rides import book_trip
from muster.movement.search.writing import Snapshot, remember

Value = tuple[int, int, int]
"""Unmet weight, weighted lateness in minutes, closure in minutes: less is better, in this order."""


class State:
    """Lines placed on a board.

    Attributes
    ----------
    journeys
        How each load of each placed line moves.
    closed_min
        When each line closes, by index; None for a line that is not placed.
    reasons
        Why lines could not be placed.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.ledger = Ledger()
        self._no_ways = {no_way.uln: no_way.reason for no_way in board.problem.no_ways}
        self._placer = Placer(self.ledger, board.problem.horizon_min)
        self.clear()

    def clear(self) -> None:
        """Remove every line at once."""
        self.board.clear()
        self.ledger.forget()
        self.journeys: dict[Freight, Journey] = {}
        self.closed_min: list[int | None] = [None] * len(self.board.units)
        self.reasons: dict[int, str] = {}

    def place(self, unit: Unit, settings: Settings, *, not_before_min: int = 0) -> bool:
        """Place a line; where that cannot be done, note why."""
        placed = self._placer.place(unit, settings, not_before_min)
        if not isinstance(placed, dict):
            self.reasons[unit.index] = self._no_ways.get(unit.line.uln) or _reason(unit, placed)
            return False
        self.journeys.update(placed)
        self.closed_min[unit.index] = closed_min(unit, self.journeys)
        self.reasons.pop(unit.index, None)
        return True

    def remove(self, unit: Unit) -> dict[Freight, Journey]:
        """Remove a line, and give its journeys."""
        if self.closed_min[unit.index] is None:
            return {}
        removed = {freight: self.journeys.pop(freight) for freight in unit.freights}
        for journey in removed.values():
            self.ledger.drop_rides(journey.rides)
        self.closed_min[unit.index] = None
        return removed

    def lateness_min(self, unit: Unit) -> int:
        """Weighted lateness of a line."""
        closed = self.closed_min[unit.index]
        return 0 if closed is None else unit.line.weight * max(0, closed - unit.line.required_min)

    def value(self) -> Value:
        """Objective of the lines as they are placed now."""
        unmet, lateness_min, closure_min = 0, 0, 0
        for unit, closed in zip(self.board.units, self.closed_min, strict=True):
            line = unit.line
            if closed is None:
                unmet += line.weight
                continue
            closure_min = max(closure_min, closed)
            if closed > line.required_min:
                lateness_min += line.weight * (closed - line.required_min)
        return unmet, lateness_min, closure_min

    def snapshot(self) -> Snapshot:
        """Note the plan as it is now."""
        reasons = {self.board.units[index].line.uln: reason for index, reason in sorted(self.reasons.items())}
        return remember(self.board, self.journeys, reasons)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a plan."""
        self.clear()
        for trips, departures_min in snapshot.trips:
            for index, trip in enumerate(trips):
                trip.room, trip.cargo = list(trip.service.capacity), None
                trip.loads.clear()
                if departures_min:
                    trip.empty_departure_min = departures_min[index]
                book_trip(trip)
        for journey in snapshot.journeys.values():
            self.ledger.take_journey(journey)
        self.journeys = dict(snapshot.journeys)
        by_uln = {unit.line.uln: unit for unit in self.board.units}
        self.reasons = {by_uln[uln].index: reason for uln, reason in snapshot.reasons.items()}
        for unit in self.board.units:
            if unit.index not in self.reasons:
                self.closed_min[unit.index] = closed_min(unit, self.journeys)
        self.ledger.forget()


class Trial:
    """A change to a state that can be taken back."""

    def __init__(self, state: State, units: Iterable[Unit]) -> None:
        self._state, self._units = state, list(units)
        self._mark = state.ledger.mark()
        self._closed = [state.closed_min[unit.index] for unit in self._units]
        self._reasons = dict(state.reasons)
        self._removed: dict[Freight, Journey] = {}
        for unit in self._units:
            self._removed.update(state.remove(unit))

    def undo(self) -> None:
        """Put everything back as it was."""
        state = self._state
        state.ledger.rollback(self._mark)
        for unit, closed in zip(self._units, self._closed, strict=True):
            state.closed_min[unit.index] = closed
            for freight in unit.freights:
                state.journeys.pop(freight, None)
        state.journeys.update(self._removed)
        state.reasons = self._reasons


def _reason(unit: Unit, refusal: Refusal | None) -> str:
    """Say in words why a line could not be placed."""
    for freight in unit.freights:
        if not freight.ways:
            return f'Load "{freight.load.load_id}" has no way that its carriers, permits, caveats and overrides allow.'
        if len(freight.locked_min) > 1:
            return f'Load "{freight.load.load_id}" is locked to more than one start; keep one of the overrides.'
    if refusal is None:
        return "Its loads cannot come together within its windows before the end of the plan."
    leg, load_id = refusal.hop.leg, refusal.freight.load.load_id
    if refusal.full_until_min is not None:
        return f'The staging area before or after leg "{leg.leg_id}" has no room for load "{load_id}" in time.'
    if refusal.freight.locked_min:
        return f'Load "{load_id}" cannot start leg "{leg.leg_id}" at the minute to which it is locked.'
    return (
        f'Load "{load_id}" finds no room on {leg.carrier} from {leg.origin} to {leg.destination} '
        "before the end of the plan."
    )
