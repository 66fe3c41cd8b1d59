"""An undirected graph of roads, rails or sea lanes while it is being built, and what the build does to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EARTH_RADIUS_KM: Final = 6371.0088
SMALL_ENCLAVE_NODES: Final = 3
GAP_KM: Final = (0.3, 14.0)
DETOUR_RATIO: Final = 6.0
DETOUR_KM: Final = 25.0
BEND_KM: Final = 0.4
SPACING_KM: Final = 20.0
REFUSED_DEG: Final = 0.05
SPLICE_KM: Final = 0.4
FAR_M: Final = 500_000


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes with position and country, edges with length; ``gauges`` is a bit mask, zero away from rails.

    Arrays of nodes have shape ``(n_nodes,)``, arrays of edges ``(n_edges,)``; ``start < end`` holds for each edge.
    """

    latitudes_deg: Floats
    longitudes_deg: Floats
    countries: NDArray[np.str_]
    start: Integers
    end: Integers
    length_m: Integers
    gauges: Integers
    kinds: Integers


@dataclass(frozen=True, slots=True)
class Join:
    """A gap of the source that was closed with a straight piece."""

    start: int
    end: int
    gap_m: int
    detour_m: int | None


def gap_km(graph: Graph, one: Integers, other: Integers) -> Floats:
    """Great-circle distance between pairs of nodes, in kilometres (mean radius; good to 0.5 %)."""
    lat_1, lat_2 = np.radians(graph.latitudes_deg[one]), np.radians(graph.latitudes_deg[other])
    half_dlat = (lat_2 - lat_1) / 2
    half_dlon = np.radians(graph.longitudes_deg[other] - graph.longitudes_deg[one]) / 2
    chord = np.sin(half_dlat) ** 2 + np.cos(lat_1) * np.cos(lat_2) * np.sin(half_dlon) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)))


def unit_vectors(latitudes_deg: Floats, longitudes_deg: Floats) -> Floats:
    """Positions on the unit sphere. Shape ``(n, 3)``."""
    lat, lon = np.radians(latitudes_deg), np.radians(longitudes_deg)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def shortest_edges(start: Integers, end: Integers, length_m: Integers) -> tuple[Integers, Integers, Integers]:
    """Edges as sorted pairs, the shortest of parallel ones, loops dropped."""
    low, high = np.minimum(start, end), np.maximum(start, end)
    order = np.lexsort((length_m, high, low))
    low, high, length_m = low[order], high[order], length_m[order]
    keep = low != high
    keep[1:] &= (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return low[keep], high[keep], np.maximum(length_m[keep], 1)


def degrees(graph: Graph) -> Integers:
    """Number of edges at each node. Shape ``(n_nodes,)``."""
    ends = np.concatenate([graph.start, graph.end])
    return np.bincount(ends, minlength=len(graph.latitudes_deg)).astype(np.int64)


def matrix(graph: Graph, used: NDArray[np.bool_] | None = None) -> coo_array:
    """Upper triangle of edge lengths in metres. Shape ``(n_nodes, n_nodes)``."""
    use = np.ones(len(graph.start), dtype=bool) if used is None else used
    shape = (len(graph.latitudes_deg), len(graph.latitudes_deg))
    return coo_array((graph.length_m[use].astype(np.float64), (graph.start[use], graph.end[use])), shape=shape)


def reach_m(lengths: csr_array, node: int, *, limit_m: float) -> Floats:
    """Distance of every node from one, infinite beyond the limit. Shape ``(n_nodes,)``."""
    return np.asarray(dijkstra(lengths, directed=False, indices=np.array([node]), limit=limit_m)[0])


def without_specks(graph: Graph, *, least_km: float) -> Graph:
    """The graph without components whose edges together are shorter than ``least_km``."""
    _, labels = connected_components(matrix(graph), directed=False)
    total = np.bincount(labels[graph.start], weights=graph.length_m, minlength=labels.max() + 1)
    return subgraph(graph, total[labels] >= least_km * 1000)


def subgraph(graph: Graph, keep: NDArray[np.bool_]) -> Graph:
    """The nodes marked ``keep`` and the edges between them."""
    number = np.cumsum(keep) - 1
    edges = keep[graph.start] & keep[graph.end]
    return Graph(
        graph.latitudes_deg[keep], graph.longitudes_deg[keep], graph.countries[keep],
        number[graph.start[edges]], number[graph.end[edges]],
        graph.length_m[edges], graph.gauges[edges], graph.kinds[edges],
    )  # fmt: skip


def smooth_countries(graph: Graph) -> Graph:
    """Give small groups of nodes that a coarse border cut off to the country around them."""
    same = graph.countries[graph.start] == graph.countries[graph.end]
    _, labels = connected_components(matrix(graph, same), directed=False)
    sizes = np.bincount(labels)
    countries = graph.countries.copy()
    around: dict[int, dict[str, int]] = {}
    for near, far in ((graph.start[~same], graph.end[~same]), (graph.end[~same], graph.start[~same])):
        for node, neighbour in zip(near, far, strict=True):
            if sizes[labels[node]] <= SMALL_ENCLAVE_NODES < sizes[labels[neighbour]]:
                votes = around.setdefault(int(labels[node]), {})
                code = str(graph.countries[neighbour])
                votes[code] = votes.get(code, 0) + 1
    for label, votes in around.items():
        if len(votes) == 1 and sum(votes.values()) >= 2:
            countries[labels == label] = next(iter(votes))
    return replace(graph, countries=countries)


def find_joins(graph: Graph, allowed: Iterable[str], refused: Iterable[tuple[float, float]]) -> list[Join]:
    """Dead ends of one country that the source left apart although a road or rail joins them.

    Parameters
    ----------
    graph
        The graph with its gaps.
    allowed
        Countries (alpha-3) where gaps are closed.
    refused
        Midpoints (latitude, longitude, degrees) of gaps that are real: water without a bridge.
    """
    every = unit_vectors(graph.latitudes_deg, graph.longitudes_deg)
    tips = np.flatnonzero((degrees(graph) == 1) & np.isin(graph.countries, sorted(allowed)))
    near = cKDTree(every).query_ball_point(every[tips], GAP_KM[1] / EARTH_RADIUS_KM, return_sorted=True)
    lengths = matrix(graph).tocsr()
    found: list[tuple[float, int, int]] = []
    for tip, around in zip(tips.tolist(), near, strict=True):
        nodes = np.array(around, dtype=np.int64)
        gaps = gap_km(graph, np.full_like(nodes, tip), nodes)
        reach = max(DETOUR_RATIO * GAP_KM[1], DETOUR_KM) * 1000
        detours = reach_m(lengths, tip, limit_m=reach)[nodes]
        apart = (detours >= np.maximum(DETOUR_RATIO * gaps, DETOUR_KM) * 1000) & (gaps >= GAP_KM[0])
        apart &= graph.countries[nodes] == graph.countries[tip]
        if apart.any():
            index = np.flatnonzero(apart)[np.argmin(gaps[apart])]
            found.append((float(gaps[index]), tip, int(nodes[index])))
    joins: list[Join] = []
    joined = graph
    for gap, tip, node in sorted(found):
        middle = (graph.latitudes_deg[[tip, node]].mean(), graph.longitudes_deg[[tip, node]].mean())
        if any(abs(middle[0] - y) < REFUSED_DEG and abs(middle[1] - x) < REFUSED_DEG for y, x in refused):
            continue
        detour = float(reach_m(matrix(joined).tocsr(), tip, limit_m=FAR_M)[node]) / 1000
        if detour < max(DETOUR_RATIO * gap, DETOUR_KM):
            continue  # an earlier join closed this gap too
        joins.append(Join(tip, node, round(gap * 1000), round(detour * 1000) if np.isfinite(detour) else None))
        one, none = np.ones(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        joined = with_edges(joined, one * tip, one * node, one * joins[-1].gap_m, none, none)
    return joins


def find_splices(graph: Graph, *, least_km: float, around: Iterable[str] = ()) -> list[Join]:
    """Nodes of one country that lie almost on each other in parts of the graph that nothing else joins.

    Parameters
    ----------
    least_km
        Parts with fewer kilometres are left alone.
    around
        Countries that parts may not be joined through.
    """
    joins: list[Join] = []
    tree = cKDTree(unit_vectors(graph.latitudes_deg, graph.longitudes_deg))
    pairs = tree.query_pairs(SPLICE_KM / EARTH_RADIUS_KM, output_type="ndarray")
    pairs = pairs[graph.countries[pairs[:, 0]] == graph.countries[pairs[:, 1]]]
    gaps = gap_km(graph, pairs[:, 0], pairs[:, 1])
    barred = np.isin(graph.countries, sorted(around))
    used = ~(barred[graph.start] | barred[graph.end])
    _, labels = connected_components(matrix(graph, used), directed=False)
    metres = np.where(used, graph.length_m, 0)
    total_km = np.bincount(labels[graph.start], weights=metres, minlength=labels.max() + 1) / 1000
    group = {label: label for label in range(len(total_km))}

    def root(label: int) -> int:
        while group[label] != label:
            label = group[label]
        return label

    for index in np.lexsort((pairs[:, 1], pairs[:, 0], gaps)):
        one, other = int(pairs[index, 0]), int(pairs[index, 1])
        near, far = root(int(labels[one])), root(int(labels[other]))
        if near != far and min(total_km[labels[one]], total_km[labels[other]]) >= least_km:
            group[near] = far
            joins.append(Join(min(one, other), max(one, other), max(round(float(gaps[index]) * 1000), 1), None))
    return joins


def with_edges(
    graph: Graph, start: Integers, end: Integers, length_m: Integers, gauges: Integers, kinds: Integers
) -> Graph:
    """The graph with more edges."""
    return replace(
        graph,
        start=np.concatenate([graph.start, np.minimum(start, end)]),
        end=np.concatenate([graph.end, np.maximum(start, end)]),
        length_m=np.concatenate([graph.length_m, length_m]),
        gauges=np.concatenate([graph.gauges, gauges]),
        kinds=np.concatenate([graph.kinds, kinds]),
    )


def split_at(graph: Graph, latitude_deg: float, longitude_deg: float, country: str) -> tuple[Graph, float]:
    """Put a last node on the nearest edge that touches a country, dividing its length; also the distance to it, km."""
    east = np.radians(graph.longitudes_deg - longitude_deg) * np.cos(np.radians(latitude_deg)) * EARTH_RADIUS_KM
    north = np.radians(graph.latitudes_deg - latitude_deg) * EARTH_RADIUS_KM
    touching = np.flatnonzero((graph.countries[graph.start] == country) | (graph.countries[graph.end] == country))
    one, other = graph.start[touching], graph.end[touching]
    dx, dy = east[other] - east[one], north[other] - north[one]
    share = np.clip(-(east[one] * dx + north[one] * dy) / np.maximum(dx * dx + dy * dy, 1e-9), 0, 1)
    off = np.hypot(east[one] + share * dx, north[one] + share * dy)
    best = int(np.argmin(off))
    edge, part = int(touching[best]), float(share[best])
    node = len(graph.latitudes_deg)
    start, end, length = int(graph.start[edge]), int(graph.end[edge]), int(graph.length_m[edge])
    latitude, longitude = (
        round(float(values[start] + part * (values[end] - values[start])), 3)
        for values in (graph.latitudes_deg, graph.longitudes_deg)
    )
    first = min(max(round(part * length), 1), length - 1)
    grown = replace(
        graph,
        latitudes_deg=np.append(graph.latitudes_deg, latitude),
        longitudes_deg=np.append(graph.longitudes_deg, longitude),
        countries=np.append(graph.countries, country),
        start=np.append(np.delete(graph.start, edge), [start, end]),
        end=np.append(np.delete(graph.end, edge), [node, node]),
        length_m=np.append(np.delete(graph.length_m, edge), [first, length - first]),
        gauges=np.append(np.delete(graph.gauges, edge), [graph.gauges[edge]] * 2),
        kinds=np.append(np.delete(graph.kinds, edge), [graph.kinds[edge]] * 2),
    )
    return grown, float(off[best])


def _thinned(graph: Graph, chain: list[int], along_m: list[int]) -> list[int]:
    """Positions in the chain to keep, so that the drawn line stays near the real one and its nodes near each other."""
    lat = graph.latitudes_deg[chain]
    x = np.radians(graph.longitudes_deg[chain]) * np.cos(np.radians(lat.mean())) * EARTH_RADIUS_KM
    y = np.radians(lat) * EARTH_RADIUS_KM
    keep = {0, len(chain) - 1}
    stack = [(0, len(chain) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        dx, dy = x[last] - x[first], y[last] - y[first]
        inner_x, inner_y = x[first + 1 : last] - x[first], y[first + 1 : last] - y[first]
        span = dx * dx + dy * dy
        share = np.clip((inner_x * dx + inner_y * dy) / span, 0, 1) if span > 0 else np.zeros_like(inner_x)
        off = np.hypot(inner_x - share * dx, inner_y - share * dy)
        worst = int(np.argmax(off))
        if off[worst] <= BEND_KM:
            if along_m[last] - along_m[first] <= SPACING_KM * 1000:
                continue
            middle = (along_m[first] + along_m[last]) / 2
            worst = int(np.argmin(np.abs(np.array(along_m[first + 1 : last]) - middle)))
        cut = first + 1 + worst
        keep.add(cut)
        stack += [(first, cut), (cut, last)]
    return sorted(keep)


def contract(graph: Graph) -> Graph:
    """Replace chains of nodes with two edges by one edge each, keeping bends and a node every 20 km."""
    neighbours: list[list[tuple[int, int]]] = [[] for _ in graph.latitudes_deg]
    for edge, (one, other) in enumerate(zip(graph.start.tolist(), graph.end.tolist(), strict=True)):
        neighbours[one].append((other, edge))
        neighbours[other].append((one, edge))

    def is_inner(node: int) -> bool:
        if len(neighbours[node]) != 2:
            return False
        (one, edge_1), (other, edge_2) = neighbours[node]
        alike = graph.gauges[edge_1] == graph.gauges[edge_2] and graph.kinds[edge_1] == graph.kinds[edge_2] == 0
        country = graph.countries[node]
        return bool(one != other and alike and country == graph.countries[one] == graph.countries[other])

    inner = [is_inner(node) for node in range(len(neighbours))]
    done = [False] * len(graph.start)
    rows: list[tuple[int, int, int, int, int]] = []
    for node in range(len(neighbours)):
        if inner[node]:
            continue
        for neighbour, first_edge in neighbours[node]:
            if done[first_edge]:
                continue
            chain, edges = [node, neighbour], [first_edge]
            while inner[chain[-1]]:
                ahead = next(step for step in neighbours[chain[-1]] if step[1] != edges[-1])
                chain.append(ahead[0])
                edges.append(ahead[1])
            for edge in edges:
                done[edge] = True
            along = [0, *np.cumsum(graph.length_m[edges]).tolist()]
            kept = _thinned(graph, chain, along)
            if chain[0] == chain[-1]:  # a loop keeps a node at its far end
                kept = sorted({*kept, len(chain) // 2})
            for a, b in pairwise(kept):
                mask, kind = int(graph.gauges[first_edge]), int(graph.kinds[first_edge])
                rows.append((*sorted((chain[a], chain[b])), along[b] - along[a], mask, kind))
    table = np.array(rows, dtype=np.int64)
    table = table[np.lexsort((table[:, 2], -table[:, 3], table[:, 1], table[:, 0]))]
    first = np.ones(len(table), dtype=bool)  # of parallel edges of one gauge, the shortest
    first[1:] = (table[1:, :2] != table[:-1, :2]).any(axis=1) | (table[1:, 3] != table[:-1, 3])
    table = table[first & (table[:, 0] != table[:, 1])]
    whole = replace(
        graph, start=table[:, 0], end=table[:, 1], length_m=table[:, 2], gauges=table[:, 3], kinds=table[:, 4]
    )
    return subgraph(whole, degrees(whole) > 0)


def hilbert_order(graph: Graph) -> Graph:
    """The graph with nodes numbered along a Hilbert curve, so that neighbours have near numbers and files are small."""
    side = 1 << 15
    x = ((graph.longitudes_deg + 180) / 360 * (side - 1)).astype(np.int64)
    y = ((graph.latitudes_deg + 90) / 180 * (side - 1)).astype(np.int64)
    key = np.zeros(len(x), dtype=np.int64)
    scale = side >> 1
    while scale:
        right, up = (x & scale > 0).astype(np.int64), (y & scale > 0).astype(np.int64)
        key += scale * scale * ((3 * right) ^ up)
        flip = (up == 0) & (right == 1)
        x, y = np.where(flip, side - 1 - x, x), np.where(flip, side - 1 - y, y)
        x, y = np.where(up == 0, y, x), np.where(up == 0, x, y)
        scale >>= 1
    order = np.lexsort((graph.longitudes_deg, graph.latitudes_deg, key))
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    start, end = number[graph.start], number[graph.end]
    low, high = np.minimum(start, end), np.maximum(start, end)
    edges = np.lexsort((graph.gauges, graph.length_m, high, low))
    return Graph(
        graph.latitudes_deg[order], graph.longitudes_deg[order], graph.countries[order],
        low[edges], high[edges], graph.length_m[edges], graph.gauges[edges], graph.kinds[edges],
    )  # fmt: skip
