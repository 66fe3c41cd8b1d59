from itertools import pairwise

import numpy as np
import pytest

from muster.measures.geodesy import distance_m, distances_m, great_circle, to_mgrs


def test_paris_to_lviv_is_1574_km_as_the_crow_flies() -> None:
    assert distance_m(48.85, 2.35, 49.84, 24.03) == pytest.approx(1_573_699, abs=1)


def test_many_distances_equal_single_ones() -> None:
    many = distances_m(
        np.array([48.85, 50.0]), np.array([2.35, 10.0]), np.array([49.84, 51.0]), np.array([24.03, 17.0])
    )
    assert many.tolist() == [distance_m(48.85, 2.35, 49.84, 24.03), distance_m(50.0, 10.0, 51.0, 17.0)]


def test_great_circle_pieces_are_equal() -> None:
    points = great_circle(48.85, 2.35, 49.84, 24.03, pieces=4)
    lengths = [distance_m(*a, *b) for a, b in pairwise(points)]
    assert len(points) == 5
    assert max(lengths) - min(lengths) < 1


def test_lviv_in_the_military_grid() -> None:
    assert to_mgrs(49.84, 24.03, digits=2) == "35UKR8625"


def test_one_piece_is_its_two_ends() -> None:
    assert great_circle(48.0, 2.0, 49.0, 24.0, pieces=1) == [(48.0, 2.0), (49.0, 24.0)]
