"""A table of distances finds a row when it is first needed, and none twice."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from muster.network.distances import Distances

TABLE: NDArray[np.float64] = np.array([[0.0, 5.0, inf], [5.0, 0.0, inf], [inf, inf, 0.0]])


def asked_and_table() -> tuple[list[int], Distances]:
    asked: list[int] = []

    def find_row(column: int) -> NDArray[np.float64]:
        asked.append(column)
        return np.asarray(TABLE[column])

    return asked, Distances({"A": 0, "B": 1, "ISLAND": 2}, find_row)


def test_nothing_is_found_before_it_is_asked_for() -> None:
    asked, distances = asked_and_table()
    assert asked == []
    assert distances.between("A", "B") == 5.0
    assert asked == [0]


def test_the_way_back_is_read_from_the_way_there() -> None:
    asked, distances = asked_and_table()
    assert (distances.between("A", "B"), distances.between("B", "A"), distances.between("ISLAND", "A")) == (5, 5, inf)
    assert asked == [0]


def test_a_place_off_the_network_is_infinitely_far_even_from_itself() -> None:
    asked, distances = asked_and_table()
    assert distances.between("MOON", "A") == distances.between("A", "MOON") == distances.between("MOON", "MOON") == inf
    assert asked == []
