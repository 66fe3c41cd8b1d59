"""The search: a first matching at once, then steps that lose less and less; the best matching is kept."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from muster.forces.matching.search.board import Board, empty_board, may_serve, put_unit
from muster.forces.matching.search.steps import construct, improve
from muster.forces.matching.search.tables import Ints, Tables

SHARES = (1.0, 0.75, 0.5, 0.25)
"""Shares of worth, the rest being prices, by which first matchings are tried."""
STEPS = 2000
"""Steps between two looks at the clock."""
LOSS: Final = 2.0
"""What a step may lose at first, in months of an element of what is worth most."""


class Search:
    """A matching that gets better.

    Parameters
    ----------
    tables
        What may be chosen.
    prices
        What elements are worth where others want them too. Shape (n_requirements, n_months).
    start
        Tours of some units in a matching to begin with.
    """

    def __init__(
        self, tables: Tables, prices: Ints, generator: np.random.Generator, *, start: Mapping[int, Ints]
    ) -> None:
        self._tables, self._prices = tables, prices.astype(float)
        self._generator = generator
        order = generator.permutation(len(tables.unit_offer))
        boards = [empty_board(tables) for _ in SHARES]
        for board, share in zip(boards, SHARES, strict=True):
            construct(tables, board, self._prices, share, order)
        if start:
            boards.append(self._resume(start, order))
        self._board = max(boards, key=lambda board: _worth(tables, board.in_place))
        self._loss = LOSS * float(tables.worth.max(initial=0))
        self._best = self._value, self._board.tours.copy(), self._board.tour_count.copy()

    def _resume(self, start: Mapping[int, Ints], order: Ints) -> Board:
        """A board with the tours of a start, leading nations first, and the other units round them."""
        tables, board = self._tables, empty_board(self._tables)
        leads = [(not _leads(tables, unit, tours), unit) for unit, tours in start.items()]
        for _, unit in sorted(leads):
            offer = int(tables.unit_offer[unit])
            if all(may_serve(tables, board, offer, int(tour)) for tour in start[unit]):
                put_unit(tables, board, unit, start[unit], len(start[unit]))
        rest = order[board.tour_count[order] == 0]
        construct(tables, board, self._prices, 1.0, rest)
        return board

    @property
    def value(self) -> int:
        """Weighted element-days covered by the best matching so far."""
        return self._best[0]

    @property
    def _value(self) -> int:
        return _worth(self._tables, self._board.in_place)

    def advance(self, left: float = 0.0) -> None:
        """Take some steps.

        Parameters
        ----------
        left
            Share of the time that is left, 0 to 1: steps may lose the less the less there is, and nothing at 0.
        """
        seed = int(self._generator.integers(2**31))
        improve(self._tables, self._board, self._prices, seed, STEPS, self._loss * left)
        if self._value >= self.value:
            self._best = self._value, self._board.tours.copy(), self._board.tour_count.copy()

    def chosen(self) -> Ints:
        """Units that do each tour of the tables. Shape (n_tours,)."""
        _, tours, counts = self._best
        used = [tours[unit, :count] for unit, count in enumerate(counts)]
        return np.bincount(np.concatenate([np.zeros(0, np.int64), *used]), minlength=len(self._tables.requirement))


def _worth(tables: Tables, in_place: Ints) -> int:
    return int((tables.worth * np.minimum(tables.need, in_place)).sum())


def _leads(tables: Tables, unit: int, tours: Ints) -> bool:
    nation = tables.nation[tables.unit_offer[unit]]
    return bool((tables.framework[tables.requirement[tours]] == nation).any())
