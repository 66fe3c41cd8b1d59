"""Distances on the WGS 84 ellipsoid, and positions as people write them."""

from collections.abc import Sequence
from typing import Final

import mgrs
import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

WGS84: Final = Geod(ellps="WGS84")
"""The ellipsoid of every position in Muster."""


def distance_m(latitude_1_deg: float, longitude_1_deg: float, latitude_2_deg: float, longitude_2_deg: float) -> float:
    """Length of the geodesic between two positions, in metres."""
    _, _, length_m = WGS84.inv(longitude_1_deg, latitude_1_deg, longitude_2_deg, latitude_2_deg)
    return float(length_m)


def distances_m(
    latitudes_1_deg: NDArray[np.float64],
    longitudes_1_deg: NDArray[np.float64],
    latitudes_2_deg: NDArray[np.float64],
    longitudes_2_deg: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Lengths of the geodesics between pairs of positions, in metres. Shape ``(n_pairs,)``."""
    _, _, lengths_m = WGS84.inv(longitudes_1_deg, latitudes_1_deg, longitudes_2_deg, latitudes_2_deg)
    return np.asarray(lengths_m, dtype=np.float64)


def great_circle(
    latitude_1_deg: float, longitude_1_deg: float, latitude_2_deg: float, longitude_2_deg: float, *, pieces: int
) -> Sequence[tuple[float, float]]:
    """Positions (latitude, longitude, degrees) that cut the geodesic into ``pieces`` equal parts, ends included."""
    cuts = pieces - 1
    inner = WGS84.npts(longitude_1_deg, latitude_1_deg, longitude_2_deg, latitude_2_deg, cuts) if cuts else []
    middle = [(latitude, longitude) for longitude, latitude in inner]
    return [(latitude_1_deg, longitude_1_deg), *middle, (latitude_2_deg, longitude_2_deg)]


def to_mgrs(latitude_deg: float, longitude_deg: float, *, digits: int = 5) -> str:
    """Position as a military grid reference; ``digits`` 5 is a metre, 2 a kilometre."""
    return str(mgrs.MGRS().toMGRS(latitude_deg, longitude_deg, MGRSPrecision=digits))
