"""A first plan quickly, a better one step by step: the search as a whole."""

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.problem import Problem
from muster.movement.search.board import Board
from muster.movement.search.books import clear_desk, empty_books
from muster.movement.search.choices import Unit
from muster.movement.search.compiled import note_made
from muster.movement.search.dispatching import DISPATCHES, dispatched
from muster.movement.search.handles import handle_books, handle_desk, handle_tables
from muster.movement.search.layout import lay_out
from muster.movement.search.ledger import forget
from muster.movement.search.restoring import lay_in_trips, make_room, restore_unit, strike_idle_trips
from muster.movement.search.ruin import (
    CLOSURE_SHARE,
    COURSE,
    PATIENCES,
    THRIFTS,
    Value,
    keep,
    keep_if_best,
    place,
    ruin_and_recreate,
)
from muster.movement.search.scarcity import price_scarce
from muster.movement.search.tables import NONE, STOPPED, Books, Settings, Tables

STARTS: Final = (10, 150)
"""Fewest and most steps that place every line afresh, before the best of those plans is improved."""
PLACED_AFRESH: Final = 250_000
"""Loads that are placed in all these steps, as far as the number of steps allows."""
WIDER_MIN: Final = (MINUTES_PER_DAY, 3 * MINUTES_PER_DAY, 10 * MINUTES_PER_DAY, 1000 * MINUTES_PER_DAY)
"""By how much windows are widened, time and again, for a line that has begun and cannot come together; at the last
time there is made room for it where it stands as well."""
CLEARLY: Final = 0.95
"""Part of the lateness of the plan before that an order of a dispatcher has to beat: what is shuffled decides the end
more than where it begins."""
SHUFFLE: Final = 0.01
"""Spread of the places of lines in a shuffled order, as a share of their number."""


class Improver:
    """Makes a first plan and improves it, step by step.

    The first steps place every line afresh: in the orders of a dispatcher, then in orders that differ a little from the
    best one so far. Each learns from those before it what waits to expect and which assets are scarce. Later steps ruin
    and recreate the best plan.
    """

    def __init__(self, board: Board, tables: Tables, seed: int) -> None:
        self.board = board
        empty, desk = empty_books(tables), clear_desk(tables)
        self._kept_books, self._booked = _copy(empty), _copy(empty)
        self._owners = tables, empty, desk
        self._tables, self._desk, self._empty = handle_tables(tables), handle_desk(desk), handle_books(empty)
        self._books, self._kept = handle_books(self._booked), handle_books(self._kept_books)
        self._draw = np.random.default_rng(seed)
        self._courses = np.zeros(1, dtype=COURSE)
        course = self._courses[0]
        course["unmet"], course["unsettled"], course["is_kept"] = 1 << 60, np.inf, 1
        course["closure_weight"] = CLOSURE_SHARE * sum(unit.line.weight for unit in board.units)
        fewest, most = STARTS
        self._starts = min(most, max(fewest, PLACED_AFRESH // max(1, len(board.freights))))
        self._order = usual_order(board)
        self._dispatches = list(reversed(DISPATCHES))
        self.has_made_room = False

    @property
    def iterations(self) -> int:
        """Steps made so far."""
        return int(self._courses[0]["iterations"])

    @property
    def best_value(self) -> Value:
        """Objective of the best plan so far in which priorities hold."""
        course = self._courses[0]
        return Value(*(int(course[name]) for name in Value._fields))

    def best(self) -> Books:
        """The best plan so far in which priorities hold."""
        self._keep()
        return self._kept_books

    def _keep(self) -> None:
        if not self._courses[0]["is_kept"]:
            keep(self._books, self._kept)
            self._courses[0]["is_kept"] = 1

    def place_all(self, order: Sequence[Unit], settings: Settings, should_stop: Callable[[], bool]) -> None:
        """Place lines one after the other on an empty board, and restore the order of priorities."""
        self._keep()
        keep(self._empty, self._books)
        self._place(order, settings, should_stop)
        self._settle()

    def _place(self, order: Sequence[Unit], settings: Settings, should_stop: Callable[[], bool]) -> None:
        """Place lines among those that are there."""
        for unit in order:
            if should_stop():
                self._booked.refusals[unit.index, 0] = STOPPED
            else:
                place(self._tables, self._books, self._desk, settings, self._draw, unit.index, 0)
                forget(self._books, self._desk)

    def _settle(self) -> None:
        """Restore the order of priorities, and keep the plan if it is the best."""
        keep_if_best(self._tables, self._books, self._desk, self._courses[0], self._draw, False)
        forget(self._books, self._desk)

    def restore_all(
        self, order: Sequence[Unit], begun: Collection[str], settings: Settings, should_stop: Callable[[], bool]
    ) -> None:
        """Book every line as the standing plan has it, where it still can be, and place the others after them.

        What follows goes on from there: nothing is placed afresh.

        Parameters
        ----------
        begun
            Lines that have begun; they come first. Where one cannot come together within its windows any more, they are
            widened for it, and it has room to wait where it stands: it does not stay on the way.
        """
        self._starts = 0
        keep(self._empty, self._books)
        lay_in_trips(self._tables, self._books, self._desk)
        self._place_begun(self._not_restored(order, begun, is_begun=True), settings, should_stop)
        others = self._not_restored(order, begun, is_begun=False)
        strike_idle_trips(self._tables, self._books, self._desk)
        self._place(others, settings, should_stop)
        self._settle()

    def restore_in_turns(
        self, firm: Sequence[Unit], parties: Sequence[Sequence[Unit]], kept: Sequence[float], sizes: Sequence[int]
    ) -> list[Unit]:
        """Book lines as the standing plan has them where they can be, by turns; those that could not be.

        The next turn is always that of the party that has kept the smallest part of its lines so far; it books its most
        urgent line that is left. Nothing is placed afresh, then or later.

        Parameters
        ----------
        firm
            Lines that come before all others.
        parties
            The other lines of each party.
        kept, sizes
            By party, how many lines it counts as having kept from the start, and of how many.
        """
        self._starts = 0
        keep(self._empty, self._books)
        left = self._not_restored(firm, (), is_begun=False)
        queues, has = [deque(sorted(party, key=usual_rank)) for party in parties], list(kept)
        while any(queues):
            waiting = (party for party, queue in enumerate(queues) if queue)
            turn = min(waiting, key=lambda party: (has[party] / sizes[party], usual_rank(queues[party][0])))
            lost = self._not_restored((queues[turn].popleft(),), (), is_begun=False)
            has[turn] += not lost
            left += lost
        return left

    def place_left(self, left: Sequence[Unit], settings: Settings) -> None:
        """Place lines among those that are booked, the most urgent first, and go on from there."""
        self._place(sorted(left, key=usual_rank), settings, lambda: False)
        self._settle()

    def place_rest(
        self, order: Sequence[Unit], begun: Collection[str], settings: Settings, should_stop: Callable[[], bool]
    ) -> None:
        """Place every line of the rest of a move on an empty board, those that have begun first."""
        self._starts = 0
        keep(self._empty, self._books)
        self._place_begun([unit for unit in order if unit.line.uln in begun], settings, should_stop)
        self._place([unit for unit in order if unit.line.uln not in begun], settings, should_stop)
        self._settle()

    def _not_restored(self, order: Sequence[Unit], begun: Collection[str], *, is_begun: bool) -> list[Unit]:
        """Restore the lines that have begun, or the others; those of them that could not be restored."""
        left = []
        for unit in order:
            if (unit.line.uln in begun) is not is_begun:
                continue
            if not restore_unit(self._tables, self._books, self._desk, unit.index):
                left.append(unit)
            forget(self._books, self._desk)
        return left

    def _place_begun(self, units: Sequence[Unit], settings: Settings, should_stop: Callable[[], bool]) -> None:
        """Place lines that have begun, come what may: none of them stays on the way for want of windows or of room."""
        self._place(units, settings, should_stop)
        for unit in units:
            self._bring_together(unit, settings, should_stop)

    def _bring_together(self, unit: Unit, settings: Settings, should_stop: Callable[[], bool]) -> None:
        """Widen the windows of a line, and at last make room for it where its loads stand, until it can be placed."""
        units = self._owners[0].units
        for wider_min in WIDER_MIN:
            if self._booked.closed_min[unit.index] != NONE or not units["can_move"][unit.index] or should_stop():
                return
            if wider_min == WIDER_MIN[-1]:
                make_room(self._tables, self._books, unit.index)
                self.has_made_room = True
            for name in ("join_window_min", "cohesion_window_min"):
                units[name][unit.index] += wider_min
            self._place((unit,), settings, should_stop)

    def set_leg_price(self, leg_price_min: int) -> None:
        """Go on from the best plan so far with another price on each leg that the standing plan has otherwise."""
        self._keep()
        keep(self._kept, self._books)
        course = self._courses[0]
        course["leg_price_min"] = leg_price_min
        course["priced_min"] = course["lateness_min"] + leg_price_min * course["moved"]
        course["unsettled"] = np.inf

    def improve(self, steps: int, should_stop: Callable[[], bool]) -> None:
        """Make some steps; those that start afresh end early where the caller wants to stop."""
        while steps > 0 and self.iterations < self._starts and not should_stop():
            steps -= 1
            self._start_afresh(should_stop)
        if steps > 0 and self.board.units and self.iterations >= self._starts:
            ruin_and_recreate(self._tables, self._books, self._kept, self._desk, self._courses, self._draw, steps)

    def adopt(self, other: "Improver") -> None:
        """Go on from the best plan of another search on the same tables; what has been learned stays."""
        other._keep()  # noqa: SLF001 - one search and another
        keep(other._kept, self._kept)  # noqa: SLF001
        keep(other._kept, self._books)  # noqa: SLF001
        own, better = self._courses[0], other._courses[0]  # noqa: SLF001
        for name in Value._fields:
            own[name] = better[name]
        own["unsettled"], own["is_kept"] = np.inf, 1

    def warm_up(self) -> None:
        """Make no steps of any kind, so that all of the search is there."""
        price_scarce(self._tables, self._books, self._desk)
        ruin_and_recreate(self._tables, self._books, self._kept, self._desk, self._courses, self._draw, 0)
        lay_in_trips(self._tables, self._books, self._desk)
        strike_idle_trips(self._tables, self._books, self._desk)
        make_room(self._tables, self._books, len(self.board.units))

    def _start_afresh(self, should_stop: Callable[[], bool]) -> None:
        self._courses[0]["iterations"] += 1
        price_scarce(self._tables, self._books, self._desk)
        patience = PATIENCES[self._draw.integers(0, len(PATIENCES))]
        thrift = THRIFTS[self._draw.integers(0, len(THRIFTS))]
        before, is_dispatch = self.best_value, bool(self._dispatches)
        order = self._dispatched() if is_dispatch else self._shuffled()
        self.place_all(order, Settings(patience=patience, thrift=thrift), should_stop)
        if self.best_value != before and not (is_dispatch and _is_close(self.best_value, before)):
            self._order = order
        if self.iterations == self._starts:
            self._keep()
            keep(self._kept, self._books)

    def _dispatched(self) -> list[Unit]:
        """The order in which one more dispatcher would send lines; locked ones go first."""
        closure_min = self.best_value.closure_min or max((unit.free_min or 0 for unit in self.board.units), default=0)
        order = dispatched(self.board.units, closure_min, self._dispatches.pop())
        return self.board.in_turn(sorted(order, key=lambda unit: not unit.is_locked))

    def _shuffled(self) -> list[Unit]:
        """The order of the best plan with every line moved a little forward or back; locked ones stay first."""
        order = self._order
        moved = np.arange(len(order)) + self._draw.normal(0.0, SHUFFLE * len(order), len(order))
        places = {unit.index: at for unit, at in zip(order, moved.tolist(), strict=True)}
        return self.board.in_turn(sorted(order, key=lambda unit: (not unit.is_locked, places[unit.index])))


def make_machine_code(problem: Problem) -> None:
    """Compile the search, or load what was compiled before; any problem will do, for nothing of it is laid out."""
    nothing = replace(
        problem, lines=(), loads=(), itineraries=(), legs=(), asset_types=(), assets=(), mobilities=(), resources=(),
        no_ways=(),
    )  # fmt: skip
    board = Board(nothing)
    improver = Improver(board, lay_out(board), seed=0)
    improver.place_all((), Settings(), lambda: False)
    improver.warm_up()
    note_made()


def usual_order(board: Board) -> list[Unit]:
    """Lines in the order in which a movement cell would place them: locked ones, then by priority and date.

    Those for which a line waits come before it.
    """
    return board.in_turn(sorted(board.units, key=usual_rank))


def usual_rank(unit: Unit) -> tuple[bool, int, int]:
    """Where a line stands in the usual order."""
    return (not unit.is_locked, unit.line.priority, unit.line.required_min)


def _is_close(value: Value, before: Value) -> bool:
    """Whether a dispatch is so little better than the usual order that this one stays the one to shuffle."""
    return value.unmet == before.unmet and value.priced_min > CLEARLY * before.priced_min


def _copy(books: Books) -> Books:
    return Books(*(array.copy() for array in books))
