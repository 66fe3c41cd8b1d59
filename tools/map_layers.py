"""The map behind the board, made from the packaged tables: land, borders and coasts, trunk roads and rails, sea lanes.

Trunk ways are those on the shortest ways between packaged places: a map of all of them is too much for the eye and for
the wire. Coordinates are hundredths of a degree, longitude and latitude in turn, as the packaged map has them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from muster.exchange.report_html.courses import simplified
from muster.reference import load_places
from muster.reference.network_tables import ModeTable, load_basemap, load_transport_network

Integers = NDArray[np.int64]
Chain = list[int]

FROM_PLACES: Final = 72
"""Places from which the shortest ways to all others are taken, spread evenly over the list of places."""
NEAR_DEG: Final = 0.15
"""A place farther from the network is not on it."""


def write_layers(folder: Path) -> None:
    """Write ``land.json`` and ``ways.json``."""
    network = load_transport_network()
    ways = {"road": trunks(network.road), "rail": trunks(network.rail), "sea": lanes(network.sea)}
    for name, layer in (("land", land()), ("ways", ways)):
        text = json.dumps(layer, separators=(",", ":"), ensure_ascii=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="ascii")


def land() -> dict[str, Any]:
    """Countries as rings, the lines where two of them meet, and the coasts."""
    basemap = load_basemap()
    edges = Counter(edge for rings in basemap["countries"].values() for ring in rings for edge in _edges(ring))
    bounds = [round(basemap["bounds"][side] * 100) for side in ("west_deg", "east_deg", "south_deg", "north_deg")]
    inside = {edge: count for edge, count in edges.items() if not _is_cut(edge, bounds)}
    return {
        "credit": basemap["credit"],
        "countries": basemap["countries"],
        "borders": _joined([edge for edge, count in inside.items() if count > 1]),
        "coasts": _joined([edge for edge, count in inside.items() if count == 1]),
    }


Point = tuple[int, int]
Edge = tuple[Point, Point]


def _edges(ring: Sequence[int]) -> Iterator[Edge]:
    points = list(zip(ring[::2], ring[1::2], strict=True))
    for one, other in zip(points, [*points[1:], points[0]], strict=True):
        yield (one, other) if one < other else (other, one)


def _is_cut(edge: Edge, bounds: Sequence[int]) -> bool:
    """Whether an edge is where the map was cut off."""
    (x, y), (other_x, other_y) = edge
    return (x == other_x and x in bounds[:2]) or (y == other_y and y in bounds[2:])


def _joined(edges: Sequence[Edge]) -> list[list[int]]:
    """Edges as lines from one end or fork to the next."""
    number: dict[Point, int] = {}
    for point in (point for edge in edges for point in edge):
        number.setdefault(point, len(number))
    points = list(number)
    ends = np.array([(number[one], number[other]) for one, other in edges], dtype=np.int64)
    return [[value for node in chain for value in points[node]] for chain in chains(ends[:, 0], ends[:, 1])]


def trunks(table: ModeTable) -> list[list[int]]:
    """Roads or rails on the shortest ways between places, as lines without points that add little."""
    stops = _nodes_of_places(table)
    count = len(table.latitudes_deg)
    graph = coo_array((table.length_m, (table.start, table.end)), shape=(count, count)).tocsr()
    chosen = stops[np.linspace(0, len(stops) - 1, FROM_PLACES).round().astype(np.int64)]
    before = dijkstra(graph, directed=False, indices=chosen, return_predecessors=True)[1]
    used: set[tuple[int, int]] = set()
    for tree in before:
        node = stops
        while len(node := node[tree[node] >= 0]):
            used.update(zip(np.minimum(node, tree[node]).tolist(), np.maximum(node, tree[node]).tolist(), strict=True))
            node = np.unique(tree[node])
    ends = np.array(sorted(used), dtype=np.int64)
    return _drawn(table, ends[:, 0], ends[:, 1])


def lanes(table: ModeTable) -> list[list[int]]:
    """Sea lanes in European waters."""
    latitudes, longitudes = table.latitudes_deg, table.longitudes_deg
    near = (latitudes > 30) & (latitudes < 73) & (longitudes > -26) & (longitudes < 51)
    inside = near[table.start] & near[table.end]
    return _drawn(table, table.start[inside], table.end[inside])


def _nodes_of_places(table: ModeTable) -> Integers:
    """Nodes nearest to the packaged places that lie on the network."""
    found = set()
    for place in load_places().values():
        away = np.hypot(
            table.latitudes_deg - place.latitude_deg,
            (table.longitudes_deg - place.longitude_deg) * np.cos(np.radians(place.latitude_deg)),
        )
        nearest = int(np.argmin(away))
        if away[nearest] < NEAR_DEG:
            found.add(nearest)
    return np.array(sorted(found), dtype=np.int64)


def _drawn(table: ModeTable, start: Integers, end: Integers) -> list[list[int]]:
    lines = []
    for chain in chains(start, end):
        course = simplified([(float(table.latitudes_deg[node]), float(table.longitudes_deg[node])) for node in chain])
        lines.append([round(value * 100) for latitude, longitude in course for value in (longitude, latitude)])
    return lines


def chains(start: Integers, end: Integers) -> list[Chain]:
    """Edges as chains of nodes that run from one end or fork to the next; every edge is in one chain."""
    beside: dict[int, list[int]] = {}
    for one, other in zip(start.tolist(), end.tolist(), strict=True):
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    free = {(min(edge), max(edge)) for edge in zip(start.tolist(), end.tolist(), strict=True)}
    heads = [node for node, others in beside.items() if len(others) != 2]
    made: list[Chain] = []
    for head in [*heads, *beside]:
        made.extend(
            _walk(head, first, beside, free) for first in beside[head] if (min(head, first), max(head, first)) in free
        )
    return made


def _walk(head: int, first: int, beside: dict[int, list[int]], free: set[tuple[int, int]]) -> Chain:
    chain = [head, first]
    free.discard((min(head, first), max(head, first)))
    while len(beside[chain[-1]]) == 2:
        last = chain[-1]
        after = next((node for node in beside[last] if (min(last, node), max(last, node)) in free), None)
        if after is None:
            break
        free.discard((min(last, after), max(last, after)))
        chain.append(after)
    return chain
