"""How far it is between places: a table whose rows are found when first asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Lengths of the shortest ways between places on one network, under the same limits.

    Attributes
    ----------
    column_of
        Places on the network, and the column of each.
    find_row
        Metres from the place of a column to every place, infinite where there is no way. Shape ``(n_places,)``.
    """

    column_of: Mapping[str, int]
    find_row: Callable[[int], NDArray[np.float64]]
    _rows: dict[int, list[float]] = field(default_factory=dict, repr=False)

    def between(self, origin: str, destination: str) -> float:
        """Metres between two places, infinite where there is no way or a place is off the network."""
        row, column = self.column_of.get(origin), self.column_of.get(destination)
        if row is None or column is None:
            return inf
        if row not in self._rows and column in self._rows:
            row, column = column, row
        return self.from_place(row)[column]

    def from_place(self, column: int) -> list[float]:
        """Metres from the place of a column to the places of all columns."""
        if column not in self._rows:
            self._rows[column] = self.find_row(column).tolist()
        return self._rows[column]
