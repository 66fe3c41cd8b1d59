"""The sheet that a map is drawn on for paper: its window of the earth, and what lies behind a plan, as paths.

Coordinates of the earth are in degrees, those of the sheet in its own units, from the upper left corner. The projection
is Mercator's, as that of the map of the pages, so that both show the same shapes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan, cos, degrees, exp, log, pi, radians, tan
from pathlib import Path
from typing import Any, Final

from muster.reference.network_tables import load_basemap

WAYS: Final = Path(__file__).parents[1] / "static" / "dist" / "ways.json"
"""Trunk roads and rails, and sea lanes; the file that the map of the pages is drawn from."""
WIDTH, HEIGHT = 1200.0, 640.0
MARGIN: Final = 0.07
"""Share of the sheet that is left about what a plan uses; less of it where the packaged map would end."""
SPAN_LEAST_DEG: Final = 4.0
"""A plan within one town is not drawn larger than this."""
NEAR: Final = 1.6
"""Points of a line that are closer than this on the sheet are drawn as one."""
_SCALES_KM: Final = (10, 20, 50, 100, 200, 500, 1000)
_KM_PER_DEG: Final = 111.2

Place = tuple[float, float]
"""Longitude and latitude, or right and down."""


def _northing(latitude_deg: float) -> float:
    return degrees(log(tan(pi / 4 + radians(latitude_deg) / 2)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window of the earth: where its upper left corner lies, and how large a degree of longitude is."""

    west_deg: float
    north: float
    unit_per_deg: float

    def at(self, longitude_deg: float, latitude_deg: float) -> Place:
        """Where a place of the earth lies on the sheet."""
        right = (longitude_deg - self.west_deg) * self.unit_per_deg
        return round(right, 1), round((self.north - _northing(latitude_deg)) * self.unit_per_deg, 1)

    @property
    def middle_latitude_deg(self) -> float:
        """Latitude of the middle of the sheet."""
        northing = radians(self.north - HEIGHT / 2 / self.unit_per_deg)
        return degrees(2 * atan(exp(northing)) - pi / 2)

    def scale(self) -> tuple[int, float]:
        """Kilometres of the scale bar and its length, right for the middle of the sheet."""
        unit_per_km = self.unit_per_deg / (_KM_PER_DEG * cos(radians(self.middle_latitude_deg)))
        km = max((each for each in _SCALES_KM if each * unit_per_km < WIDTH / 6), default=_SCALES_KM[0])
        return km, round(km * unit_per_km, 1)


def sheet_about(places: Iterable[Place]) -> Sheet:
    """The window that shows all places; Europe where there is none."""
    shown = [(longitude, _northing(latitude)) for longitude, latitude in places] or [(0.0, 48.0), (40.0, 75.0)]
    left, right = min(x for x, _ in shown), max(x for x, _ in shown)
    low, high = min(y for _, y in shown), max(y for _, y in shown)
    fits = min(WIDTH / max(right - left, SPAN_LEAST_DEG), HEIGHT / max(high - low, SPAN_LEAST_DEG))
    edge = load_basemap()["bounds"]
    south, north = _northing(edge["south_deg"]), _northing(edge["north_deg"])
    unit_per_deg = min(fits, max(fits * (1 - 2 * MARGIN), WIDTH / (edge["east_deg"] - edge["west_deg"])))
    return Sheet(
        west_deg=_within((left + right) / 2, WIDTH / unit_per_deg, edge["west_deg"], edge["east_deg"]),
        north=_within((low + high) / 2, HEIGHT / unit_per_deg, south, north) + HEIGHT / unit_per_deg,
        unit_per_deg=unit_per_deg,
    )


def _within(middle: float, span: float, low: float, high: float) -> float:
    """Where a window about a middle begins; it is moved to where the packaged map is, unless it is wider than that."""
    return middle - span / 2 if span > high - low else min(max(middle - span / 2, low), high - span)


def countries(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Code and outline of each country that the sheet shows any of."""
    for code, rings in load_basemap()["countries"].items():
        outlines = [outline for ring in rings if (outline := _area(sheet, ring))]
        if outlines:
            yield code, "".join(outlines)


def ways(sheet: Sheet) -> dict[str, str]:
    """Roads, rails and sea lanes that the sheet shows, each as one path; nothing where they were not built."""
    return {mode: line_path(_on(sheet, line) for line in lines) for mode, lines in _ways().items()}


@cache
def _ways() -> dict[str, list[list[int]]]:
    built: dict[str, Any] = json.loads(WAYS.read_text(encoding="utf-8")) if WAYS.exists() else {}
    return built


def _on(sheet: Sheet, flat: Sequence[int]) -> list[Place]:
    return [sheet.at(flat[i] / 100, flat[i + 1] / 100) for i in range(0, len(flat) - 1, 2)]


def line_path(lines: Iterable[Sequence[Place]]) -> str:
    """Lines as one path, without what lies beyond the sheet and without points that nobody could tell apart."""
    return "".join(_drawn(part) for line in lines for part in _inside(line))


def _inside(line: Sequence[Place]) -> Iterator[list[Place]]:
    """The stretches of a line that touch the sheet."""
    part: list[Place] = []
    for before, after in pairwise(line):
        if _touches(before, after):
            part = [*part, after] if part else [before, after]
        elif part:
            yield part
            part = []
    if part:
        yield part


def _touches(one: Place, other: Place) -> bool:
    (x, y), (other_x, other_y) = one, other
    return max(x, other_x) >= 0 and min(x, other_x) <= WIDTH and max(y, other_y) >= 0 and min(y, other_y) <= HEIGHT


def _drawn(line: Sequence[Place]) -> str:
    kept = [line[0]]
    for x, y in line[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
            kept.append((x, y))
    return _path([*kept, line[-1]])


def _path(points: Sequence[Place]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _area(sheet: Sheet, ring: Sequence[int]) -> str:
    """A ring cut at the edges of the sheet (Sutherland and Hodgman 1974); empty where nothing of it is left."""
    points = _on(sheet, ring)
    for axis, edge, sign in ((0, -4.0, 1), (0, WIDTH + 4, -1), (1, -4.0, 1), (1, HEIGHT + 4, -1)):
        cut: list[Place] = []
        for before, after in zip([points[-1], *points], points, strict=False) if points else ():
            was_in, is_in = sign * (before[axis] - edge) >= 0, sign * (after[axis] - edge) >= 0
            if was_in != is_in:
                share = (edge - before[axis]) / (after[axis] - before[axis])
                cut.append((
                    round(before[0] + share * (after[0] - before[0]), 1),
                    round(before[1] + share * (after[1] - before[1]), 1),
                ))  # fmt: skip
            if is_in:
                cut.append(after)
        points = cut
    return f"{_drawn(points)}z" if len(points) > 2 else ""
