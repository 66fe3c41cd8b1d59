"""A first plan quickly, a better one step by step: the search as a whole."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from muster.movement.search.board import Board
from muster.movement.search.choices import Unit
from muster.movement.search.handles import handle_books, handle_desk, handle_tables
from muster.movement.search.layout import lay_out
from muster.movement.search.ledger import forget
from muster.movement.search.ruin import (
    CLOSURE_SHARE,
    COURSE,
    PATIENCES,
    THRIFTS,
    Value,
    keep,
    keep_if_best,
    place,
    price_assets,
    ruin_and_recreate,
)
from muster.movement.search.tables import NONE, STOPPED, Books, Settings

STARTS: Final = 20
"""Steps that place every line afresh in a shuffled order, before the best of those plans is improved."""
SHUFFLE: Final = 0.08
"""Spread of the places of lines in a shuffled order, as a share of their number."""


class Improver:
    """Makes a first plan and improves it, step by step.

    Attributes
    ----------
    free_min
        Closure of each line if nothing held it up but its own ways and dates; None for one that cannot move.
    """

    def __init__(self, board: Board, seed: int) -> None:
        self.board = board
        self.tables, empty, desk = lay_out(board)
        self._copies = empty, _copy(empty), _copy(empty), desk
        self._tables, self._desk = handle_tables(self.tables), handle_desk(desk)
        self._empty, self._books, self._kept = (handle_books(books) for books in self._copies[:3])
        self._draw = np.random.default_rng(seed)
        self._courses = np.zeros(1, dtype=COURSE)
        course = self._courses[0]
        course["unmet"], course["unsettled"], course["is_kept"] = 1 << 60, np.inf, 1
        course["closure_weight"] = CLOSURE_SHARE * sum(unit.line.weight for unit in board.units)
        self.free_min = [None if minute == NONE else int(minute) for minute in self.tables.units["free_min"]]

    @property
    def iterations(self) -> int:
        """Steps made so far."""
        return int(self._courses[0]["iterations"])

    @property
    def best_value(self) -> Value:
        """Objective of the best plan so far in which priorities hold."""
        course = self._courses[0]
        return Value(int(course["unmet"]), int(course["lateness_min"]), int(course["closure_min"]))

    def best(self) -> Books:
        """The best plan so far in which priorities hold."""
        self._keep()
        return self._copies[2]

    def _keep(self) -> None:
        if not self._courses[0]["is_kept"]:
            keep(self._books, self._kept)
            self._courses[0]["is_kept"] = 1

    def usual_order(self) -> list[Unit]:
        """Lines in the order in which a movement cell would place them: locked ones, then by priority and date."""
        return sorted(
            self.board.units, key=lambda unit: (not _is_locked(unit), unit.line.priority, unit.line.required_min)
        )

    def _shuffled(self) -> list[Unit]:
        """The usual order with every line moved a little forward or back."""
        usual = self.usual_order()
        moved = np.arange(len(usual)) + self._draw.normal(0.0, SHUFFLE * len(usual), len(usual))
        places = {unit.index: place_ for unit, place_ in zip(usual, moved.tolist(), strict=True)}
        return sorted(usual, key=lambda unit: (not _is_locked(unit), places[unit.index]))

    def place_all(self, order: Sequence[Unit], settings: Settings, should_stop: Callable[[], bool]) -> None:
        """Place lines one after the other on an empty board, and restore the order of priorities."""
        self._keep()
        keep(self._empty, self._books)
        for unit in order:
            if should_stop():
                self._copies[1].refusals[unit.index, 0] = STOPPED
            else:
                place(self._tables, self._books, self._desk, settings, self._draw, unit.index, 0)
                forget(self._books, self._desk)
        keep_if_best(self._tables, self._books, self._desk, self._courses[0], self._draw, False)
        forget(self._books, self._desk)

    def improve(self, steps: int, should_stop: Callable[[], bool]) -> None:
        """Make some steps: the first ones start afresh, later ones ruin and recreate the best plan so far."""
        while steps > 0 and self.iterations < STARTS and not should_stop():
            steps -= 1
            self._start_afresh(should_stop)
        if steps > 0 and self.board.units and not should_stop():
            ruin_and_recreate(self._tables, self._books, self._kept, self._desk, self._courses, self._draw, steps)

    def _start_afresh(self, should_stop: Callable[[], bool]) -> None:
        self._courses[0]["iterations"] += 1
        price_assets(self._tables, self._books, self._desk)
        patience = PATIENCES[self._draw.integers(0, len(PATIENCES))]
        thrift = THRIFTS[self._draw.integers(0, len(THRIFTS))]
        self.place_all(self._shuffled(), Settings(patience=patience, thrift=thrift), should_stop)
        if self.iterations == STARTS:
            self._keep()
            keep(self._kept, self._books)


def _copy(books: Books) -> Books:
    return Books(*(array.copy() for array in books))


def _is_locked(unit: Unit) -> bool:
    return any(freight.locked_min for freight in unit.freights)
