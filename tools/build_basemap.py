"""Build the packaged map of Europe: countries as rings, small enough to ride in every report.

Run ``python -m tools.build_basemap``; it needs npm once, to fetch the pinned atlas into the cache.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from shapely.geometry import Polygon

from tools.world_atlas import PACKAGE, read_countries

OUTPUT: Final = Path(__file__).resolve().parents[1] / "src" / "muster" / "reference" / "data" / "basemap.json"
SOUTH, NORTH, WEST, EAST = 30.0, 73.0, -26.0, 51.0
LEAST_AREA_DEG2: Final = 0.004
"""Smaller islands are left out, unless a country has no other land."""
CREDIT: Final = f"Natural Earth, by {PACKAGE}"


def rounded(ring: Sequence[tuple[float, ...]]) -> list[int]:
    """A ring as longitude and latitude in turn, hundredths of a degree, without points that add nothing."""
    points: list[tuple[int, int]] = []
    for longitude, latitude, *_ in ring[:-1]:
        point = (round(longitude * 100), round(latitude * 100))
        if points and point == points[-1]:
            continue
        if len(points) >= 2 and _in_line(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    return [value for point in points for value in point] if len(points) >= 3 else []


def _in_line(one: tuple[int, int], middle: tuple[int, int], other: tuple[int, int]) -> bool:
    ahead = (middle[0] - one[0], middle[1] - one[1]), (other[0] - middle[0], other[1] - middle[1])
    cross = ahead[0][0] * ahead[1][1] - ahead[0][1] * ahead[1][0]
    return cross == 0 and ahead[0][0] * ahead[1][0] + ahead[0][1] * ahead[1][1] > 0


def rings_of(polygons: Sequence[Polygon]) -> list[list[int]]:
    """Outer rings of the larger polygons, the largest first; holes are covered by the country that fills them."""
    large = [polygon for polygon in polygons if polygon.area >= LEAST_AREA_DEG2]
    chosen = sorted(large or polygons[:1], key=lambda polygon: -polygon.area)
    rings = [rounded(list(polygon.exterior.coords)) for polygon in chosen]
    return [ring for ring in rings if ring]


def main() -> None:
    countries = read_countries(SOUTH, NORTH, WEST, EAST)
    basemap = {
        "credit": CREDIT,
        "bounds": {"south_deg": SOUTH, "north_deg": NORTH, "west_deg": WEST, "east_deg": EAST},
        "countries": {code: rings_of(list(shape.geoms)) for code, shape in countries.items()},
    }
    text = json.dumps(basemap, separators=(",", ":"), ensure_ascii=True) + "\n"
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{OUTPUT.name}: {len(countries)} countries, {len(text)} bytes")


if __name__ == "__main__":
    main()
