"""Courses of legs as the map draws them: few points, whole thousandths of a degree."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.measures.geodesy import great_circle
from muster.movement.problem import Leg, Site
from muster.network import Mode

TOLERANCE_DEG: Final = 0.012
"""How far a drawn course may lie from the given one; about a kilometre."""
_GREAT_CIRCLE_PIECES: Final = 24


def course(leg: Leg, shape: Sequence[tuple[float, float]] | None, origin: Site, destination: Site) -> list[int]:
    """Longitude and latitude in turn, in thousandths of a degree, from origin to destination of a leg.

    A leg without a shape is drawn straight, by air and sea along the great circle.
    """
    ends = [(origin.latitude_deg, origin.longitude_deg), (destination.latitude_deg, destination.longitude_deg)]
    if shape:
        points = simplified(shape)
    elif leg.mode in {Mode.AIR, Mode.SEA} and ends[0] != ends[1]:
        points = list(great_circle(*ends[0], *ends[1], pieces=_GREAT_CIRCLE_PIECES))
    else:
        points = ends
    whole = [(round(longitude * 1000), round(latitude * 1000)) for latitude, longitude in points]
    kept = whole[:1] + [after for before, after in pairwise(whole) if after != before]
    return [number for point in kept for number in point]


def simplified(shape: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Drop points that lie within :data:`TOLERANCE_DEG` of the line drawn without them (Douglas and Peucker 1973)."""
    points = np.asarray(shape, dtype=np.float64)
    if len(points) < 3:
        return [(float(latitude), float(longitude)) for latitude, longitude in points]
    keep = np.zeros(len(points), dtype=np.bool_)
    keep[[0, -1]] = True
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        away = _distances_deg(points[first + 1 : last], points[first], points[last])
        farthest = int(np.argmax(away))
        if away[farthest] > TOLERANCE_DEG:
            middle = first + 1 + farthest
            keep[middle] = True
            stretches += [(first, middle), (middle, last)]
    return [(float(latitude), float(longitude)) for latitude, longitude in points[keep]]


def _distances_deg(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distances of points from a stretch, in degrees of latitude. Shape ``(n_points,)``."""
    shrink = np.array([1.0, np.cos(np.radians(start[0]))])
    along, offsets = (end - start) * shrink, (points - start) * shrink
    length = float(along @ along)
    part = np.clip(offsets @ along / length, 0.0, 1.0) if length > 0 else np.zeros(len(points))
    return np.asarray(np.hypot(*(offsets - part[:, None] * along).T), dtype=np.float64)
