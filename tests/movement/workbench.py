"""The search laid out for a test: tables, books and desk, and what bookings can change, as values."""

import numpy as np

from muster.movement.problem import Problem
from muster.movement.search import Board, Settings, lay_out
from muster.movement.search.books import clear_desk, empty_books
from muster.movement.search.handles import handle_books, handle_desk, handle_tables
from muster.movement.search.ledger import forget
from muster.movement.search.ruin import place
from muster.movement.search.tables import Tables


def _with_room(laid: Tables, spare_steps: int) -> Tables:
    """The same tables with room in the last profile for bookings of which the problem knows nothing."""
    spare = np.zeros(spare_steps, dtype=np.int64)
    return laid._replace(
        step_times_min=np.append(laid.step_times_min, spare), step_free=np.append(laid.step_free, spare)
    )


class Workbench:
    """Everything that a compiled function of the search asks for."""

    def __init__(self, problem: Problem, *, spare_steps: int = 0) -> None:
        self.board = Board(problem)
        self.laid = _with_room(lay_out(self.board), spare_steps)
        self.booked, self.on_desk = empty_books(self.laid), clear_desk(self.laid)
        self.tables, self.books = handle_tables(self.laid), handle_books(self.booked)
        self.desk, self.draw = handle_desk(self.on_desk), np.random.default_rng(1)

    def place_all(self) -> None:
        """Place every line in the order of the table, for good."""
        for unit in range(len(self.board.units)):
            place(self.tables, self.books, self.desk, Settings(), self.draw, unit, 0)
            forget(self.books, self.desk)

    def state(self) -> list[object]:
        """Everything that bookings can change, whatever trips are called."""
        books, laid = self.booked, self.laid
        steps = [
            (first, books.times_min[first : first + count].tolist(), books.free[first : first + count].tolist())
            for first, count in zip(laid.profiles["first"].tolist(), books.steps.tolist(), strict=True)
        ]
        diaries = [
            self._trips(books.diary_trips, first, count)
            for first, count in zip(laid.diaries["trips_first"].tolist(), books.diary_count.tolist(), strict=True)
        ]
        hops = [
            self._trips(books.hop_trips, first, count)
            for first, count in zip(laid.hops["trips_first"].tolist(), books.hop_count.tolist(), strict=True)
        ]
        loads = [self._ride(freight) for freight in range(len(laid.freights))]
        return [books.used.tolist(), steps, diaries, hops, books.day_min.tolist(), books.closed_min.tolist(), loads]

    def _trips(self, indices: np.ndarray, first: int, count: int) -> object:
        names = ["start_min", "diary", "service", "departure_min", "arrival_min", "end_min", "cargo", "loads"]
        return sorted(
            (self.booked.trips[index][[*names, "empty_departure_min"]].tolist(), self.booked.room[index].tolist())
            for index in indices[first : first + count]
        )

    def _ride(self, freight: int) -> object:
        slot = int(self.laid.freights["slot"][freight])
        if self.booked.closed_min[self.laid.freights["unit"][freight]] < 0:
            return None
        ride = self.booked.rides[slot]
        return self.booked.journeys[freight].tolist(), int(ride["start_min"]), int(ride["end_min"])
