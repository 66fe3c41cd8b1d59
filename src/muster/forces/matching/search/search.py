"""The search: a first matching at once, then steps that never lose, until time is over or nothing is left to gain."""

from collections.abc import Mapping

import numpy as np

from muster.forces.matching.search.board import Board, empty_board, may_serve, put_unit
from muster.forces.matching.search.steps import construct, improve
from muster.forces.matching.search.tables import Ints, Tables

SHARES = (1.0, 0.75, 0.5, 0.25)
"""Shares of worth, the rest being prices, by which first matchings are tried."""
STEPS = 2000
"""Steps between two looks at the clock."""


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
        """Weighted element-days covered."""
        return _worth(self._tables, self._board.in_place)

    def advance(self) -> None:
        """Take some steps."""
        improve(self._tables, self._board, self._prices, int(self._generator.integers(2**31)), STEPS)

    def chosen(self) -> Ints:
        """Units that do each tour of the tables. Shape (n_tours,)."""
        board = self._board
        used = [board.tours[unit, : board.tour_count[unit]] for unit in range(len(board.tour_count))]
        return np.bincount(np.concatenate([np.zeros(0, np.int64), *used]), minlength=len(self._tables.requirement))


def _worth(tables: Tables, in_place: Ints) -> int:
    return int((tables.worth * np.minimum(tables.need, in_place)).sum())


def _leads(tables: Tables, unit: int, tours: Ints) -> bool:
    nation = tables.nation[tables.unit_offer[unit]]
    return bool((tables.framework[tables.requirement[tours]] == nation).any())
