"""The network of one mode and gauge with places, crossings and links put on it, and its overlay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from muster.measures.geodesy import distance_m
from muster.network.controls import KM_PER_DEGREE, Controls, beside
from muster.network.limits import Anchor, LinkOverride, VehicleLimits
from muster.network.modes import Mode
from muster.network.overlay import Overlay, make_overlay
from muster.reference.network_tables import ModeTable

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

SNAP_KM: Final[Mapping[Mode, float]] = {Mode.ROAD: 25.0, Mode.RAIL: 15.0, Mode.SEA: 60.0}
"""How far from its nearest way a place may lie."""
ABROAD_KM: Final = 5.0
"""How far off a way of another country may be taken: what the drawn borders may be out by."""
PART_LEAST_KM: Final = 100.0
"""Parts of the network with fewer kilometres are fragments that no place is put on."""
NODE_NEAR_KM: Final = 2.0
"""A node this near is taken although an edge drawn straight passes nearer."""


@dataclass(frozen=True, slots=True)
class Control:
    """What an edge passes and what limits it.

    Attributes
    ----------
    crossing_id
        The controlled point, None for a link that passes none.
    limits
        Overrides that bind here.
    """

    crossing_id: str | None
    limits: tuple[LinkOverride, ...] = ()

    def admits(self, limits: VehicleLimits | None, avoid_crossings: frozenset[str]) -> bool:
        """Whether a vehicle may pass."""
        return self.crossing_id not in avoid_crossings and all(link.admits(limits) for link in self.limits)


@dataclass(frozen=True, slots=True)
class _NewEdge:
    start: int
    end: int
    length_m: int
    control: int = -1
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class _Snap:
    """Where a place meets the network: a node, or an edge and the share of its length there."""

    off_m: int
    node: int
    edge: int = -1
    share: float = 0.0


@dataclass(frozen=True, eq=False)
class ModeGraph:
    """A network ready to be asked.

    Attributes
    ----------
    latitudes_deg, longitudes_deg, countries
        Of each node; places come after the packaged nodes. Shape ``(n_nodes,)``.
    node_of
        Node of each place that lies on the network.
    control, share
        Index into ``controls`` (-1 for none) and its position on the edge, for edges of the large graph.
    start, end, length_m
        Edges of the large graph. Shape ``(n_edges,)``.
    fixed
        Edges that a query may close; they and their ends stay in the small graph. Shape ``(n_edges,)``.
    """

    latitudes_deg: Floats
    longitudes_deg: Floats
    countries: NDArray[np.str_]
    node_of: Mapping[str, int]
    control: Integers
    share: Floats
    controls: tuple[Control, ...]
    start: Integers
    end: Integers
    length_m: Integers
    fixed: NDArray[np.bool_]

    @cached_property
    def overlay(self) -> Overlay:
        """The small graph."""
        kept = np.zeros(len(self.countries), dtype=bool)
        kept[self.start[self.fixed]] = kept[self.end[self.fixed]] = True
        kept[list(self.node_of.values())] = True
        return make_overlay(self.start, self.end, self.length_m, kept=kept, fixed=self.fixed)

    @cached_property
    def core_nodes(self) -> Integers:
        """Nodes of the overlay, ascending. Shape ``(n_core,)``."""
        core = self.overlay.core
        places = np.fromiter(self.node_of.values(), dtype=np.int64, count=len(self.node_of))
        return np.unique(np.concatenate([self.overlay.start[core], self.overlay.end[core], places]))

    def edge_control(self, edges: Integers) -> Integers:
        """Index into ``controls`` of edges of the overlay, -1 for none. Shape of ``edges``."""
        large = len(self.control)
        return np.where(edges < large, self.control[np.minimum(edges, large - 1)], -1)

    def matrix(
        self, limits: VehicleLimits | None, avoid_countries: frozenset[str], avoid_crossings: frozenset[str]
    ) -> tuple[csr_array, Integers, Integers]:
        """Lengths between core nodes, both ways, for what a query may use.

        Returns
        -------
        tuple
            The matrix, shape ``(n_core, n_core)``; then sorted keys ``row * n_core + column`` of its upper and lower
            entries and the overlay edge of each key, to read a route back.
        """
        open_controls = np.array([control.admits(limits, avoid_crossings) for control in self.controls] + [True])
        keys, edges = self._arcs
        usable = open_controls[self.edge_control(edges)]
        if avoid_countries:
            barred = np.isin(self.countries, sorted(avoid_countries))
            usable &= ~(barred[self.overlay.start[edges]] | barred[self.overlay.end[edges]])
        keys, edges = keys[usable], edges[usable]
        first = np.ones(len(keys), dtype=bool)
        first[1:] = keys[1:] != keys[:-1]
        keys, edges = keys[first], edges[first]
        size = len(self.core_nodes)
        ends = np.searchsorted(keys, np.arange(size + 1) * size)
        lengths_m = self.overlay.length_m[edges].astype(np.float64)
        return csr_array((lengths_m, keys % size, ends), shape=(size, size)), keys, edges

    @cached_property
    def _arcs(self) -> tuple[Integers, Integers]:
        """Keys ``row * n_core + column`` of the edges of the core both ways, and the edges: by key, shortest first."""
        edges, size = self.overlay.core, len(self.core_nodes)
        row = np.searchsorted(self.core_nodes, self.overlay.start[edges])
        column = np.searchsorted(self.core_nodes, self.overlay.end[edges])
        keys, both = np.concatenate([row * size + column, column * size + row]), np.concatenate([edges, edges])
        order = np.lexsort((both, self.overlay.length_m[both], keys))
        return keys[order], both[order]


def build_graph(
    table: ModeTable,
    mode: Mode,
    anchors: Sequence[Anchor],
    controls: Controls,
    crossing_ids: Sequence[str],
    links: Sequence[LinkOverride],
    *,
    gauge_bit: int | None,
) -> ModeGraph:
    """Put places and links on the packaged network of a mode.

    Parameters
    ----------
    controls
        Controlled and closed edges of the table.
    crossing_ids
        Names that ``controls`` counts.
    links
        Overrides of this mode and gauge.
    gauge_bit
        Only rails of this gauge (a mask with one bit); every edge when None.
    """
    run = np.ones(len(table.start), dtype=bool) if gauge_bit is None else (table.gauges & gauge_bit) > 0
    listed = frozenset(crossing_ids)
    points = [
        Control(name, tuple(link for link in links if link.crossing_id == name and not _is_way(link, listed)))
        for name in crossing_ids
    ]
    added, node_of = _place_anchors(table, mode, anchors, controls, run)
    by_id = {anchor.place_id: anchor for anchor in anchors}
    for link in links:
        ends = link.from_place, link.to_place
        if _is_way(link, listed) and all(end in node_of for end in ends):
            one, other = (by_id[str(end)] for end in ends)
            nodes = sorted(node_of[anchor.place_id] for anchor in (one, other))
            added.append(_NewEdge(nodes[0], nodes[1], _link_m(link, one, other), control=len(points)))
            points.append(Control(link.crossing_id, (link,)))
    keep = run & ~controls.closed
    start = np.concatenate([table.start[keep], np.array([edge.start for edge in added], dtype=np.int64)])
    end = np.concatenate([table.end[keep], np.array([edge.end for edge in added], dtype=np.int64)])
    length_m = np.concatenate([table.length_m[keep], np.array([edge.length_m for edge in added], dtype=np.int64)])
    control = np.concatenate([controls.crossing[keep], np.array([edge.control for edge in added], dtype=np.int64)])
    share = np.concatenate([controls.share[keep], np.array([edge.share for edge in added])])
    countries = np.concatenate([table.countries, np.array([anchor.country for anchor in anchors], dtype="<U3")])
    if mode is Mode.SEA:
        countries[:] = ""
    fixed = (control >= 0) | (countries[start] != countries[end])
    return ModeGraph(
        np.concatenate([table.latitudes_deg, [anchor.latitude_deg for anchor in anchors]]),
        np.concatenate([table.longitudes_deg, [anchor.longitude_deg for anchor in anchors]]),
        countries, node_of, control, share, tuple(points), start, end, length_m, fixed,
    )  # fmt: skip


def _is_way(link: LinkOverride, listed: frozenset[str]) -> bool:
    """Whether a link is a way of its own rather than a limit on a listed crossing."""
    return link.distance_m is not None or link.crossing_id not in listed


def _link_m(link: LinkOverride, one: Anchor, other: Anchor) -> int:
    """Length of a link that is a way of its own."""
    if link.distance_m is not None:
        return link.distance_m
    ends = (one.latitude_deg, one.longitude_deg, other.latitude_deg, other.longitude_deg)
    return max(1, round(distance_m(*ends)))


def _large_parts(table: ModeTable, run: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Nodes that belong to a part of the network worth a place. Shape ``(n_nodes,)``."""
    n_nodes = len(table.countries)
    joined = coo_array((np.ones(int(run.sum())), (table.start[run], table.end[run])), shape=(n_nodes, n_nodes))
    _, labels = connected_components(joined, directed=False)
    total_m = np.bincount(labels[table.start[run]], weights=table.length_m[run], minlength=int(labels.max()) + 1)
    return np.asarray(total_m[labels] >= PART_LEAST_KM * 1000)


def _place_anchors(
    table: ModeTable, mode: Mode, anchors: Sequence[Anchor], controls: Controls, run: NDArray[np.bool_]
) -> tuple[list[_NewEdge], dict[str, int]]:
    """Edges that join places to the network, and the node of each place near enough."""
    edges = np.flatnonzero(run & _large_parts(table, run)[table.start])
    lat, lon = table.latitudes_deg, table.longitudes_deg
    one, other = table.start[edges], table.end[edges]
    south, north = np.minimum(lat[one], lat[other]), np.maximum(lat[one], lat[other])
    west, east = np.minimum(lon[one], lon[other]), np.maximum(lon[one], lon[other])
    added: list[_NewEdge] = []
    node_of: dict[str, int] = {}
    on_edge: dict[int, list[tuple[int, _Snap, Anchor]]] = {}
    for index, anchor in enumerate(anchors):
        margin_lat = SNAP_KM[mode] / KM_PER_DEGREE
        margin_lon = margin_lat / max(np.cos(np.radians(anchor.latitude_deg)), 0.1)
        near = (south <= anchor.latitude_deg + margin_lat) & (north >= anchor.latitude_deg - margin_lat)
        near &= (west <= anchor.longitude_deg + margin_lon) & (east >= anchor.longitude_deg - margin_lon)
        snap = _snap(table, edges[near], anchor, SNAP_KM[mode], by_country=mode is not Mode.SEA)
        if snap is None:
            continue
        node = node_of[anchor.place_id] = len(table.countries) + index
        if snap.edge < 0:
            added.append(_NewEdge(snap.node, node, snap.off_m))
        else:
            added += _joining(table, controls, anchor, node, snap)
            on_edge.setdefault(snap.edge, []).append((node, snap, anchor))
    for edge, places in on_edge.items():
        length_m = int(table.length_m[edge])
        for at, (node, snap, anchor) in enumerate(places):
            for other_node, beside_it, other_anchor in places[:at]:
                if anchor.country == other_anchor.country and controls.crossing[edge] < 0:
                    between_m = round(abs(snap.share - beside_it.share) * length_m) + snap.off_m + beside_it.off_m
                    added.append(_NewEdge(other_node, node, between_m))
    return added, node_of


def _snap(table: ModeTable, edges: Integers, anchor: Anchor, limit_km: float, *, by_country: bool) -> _Snap | None:
    """The nearest node or edge, of the place's own country when there is one near enough."""
    if by_country:
        own = table.countries[table.start[edges]] == anchor.country
        own |= table.countries[table.end[edges]] == anchor.country
        snap = _snap(table, edges[own], anchor, limit_km, by_country=False)
        return snap or _snap(table, edges, anchor, min(limit_km, ABROAD_KM), by_country=False)
    if not len(edges):
        return None
    off_km, share = beside(table, edges, anchor.latitude_deg, anchor.longitude_deg)
    best = int(np.argmin(off_km))
    ends = np.concatenate([table.start[edges], table.end[edges]])
    if np.any(table.countries[ends] == anchor.country):
        ends = ends[table.countries[ends] == anchor.country]
    east_km = KM_PER_DEGREE * np.cos(np.radians(anchor.latitude_deg))
    node_km = np.hypot(
        (table.latitudes_deg[ends] - anchor.latitude_deg) * KM_PER_DEGREE,
        (table.longitudes_deg[ends] - anchor.longitude_deg) * east_km,
    )
    nearest = int(np.argmin(node_km))
    if node_km[nearest] <= min(limit_km, max(NODE_NEAR_KM, 2 * off_km[best])):
        return _Snap(max(1, round(float(node_km[nearest]) * 1000)), int(ends[nearest]))
    if off_km[best] > limit_km:
        return None
    return _Snap(max(1, round(float(off_km[best]) * 1000)), -1, int(edges[best]), float(share[best]))


def _joining(table: ModeTable, controls: Controls, anchor: Anchor, node: int, snap: _Snap) -> list[_NewEdge]:
    """Edges from a place amid an edge to the ends of it, controlled where they cross what it crosses."""
    length_m, crossing = int(table.length_m[snap.edge]), int(controls.crossing[snap.edge])
    crossing_ahead = controls.share[snap.edge] > snap.share
    ways = []
    for end, part, ahead in (
        (int(table.start[snap.edge]), snap.share, False),
        (int(table.end[snap.edge]), 1 - snap.share, True),
    ):
        abroad = table.countries[end] not in {anchor.country, ""}
        if abroad and controls.closed[snap.edge]:
            continue
        passes = abroad if table.border[snap.edge] else ahead == crossing_ahead
        way_m = round(part * length_m) + snap.off_m
        ways.append(_NewEdge(end, node, way_m, control=crossing if passes else -1))
    return ways
