"""Distances and routes between the places of a scenario, by mode."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from muster.measures.geodesy import distance_m, distances_m, great_circle
from muster.network.controls import Controls, find_controls
from muster.network.course import Course, Route
from muster.network.distances import Distances
from muster.network.graph import SNAP_KM, ModeGraph, build_graph
from muster.network.limits import Anchor, Crossing, LinkOverride, NetworkError, VehicleLimits
from muster.network.modes import Mode
from muster.reference.network_tables import ModeTable, TransportTables, gauge_mask

Integers = NDArray[np.int64]

CLOSED_COUNTRIES: Final = frozenset({"BLR", "RUS"})
"""Countries that nothing enters or leaves by land unless a crossing is listed."""
SOURCES_AT_ONCE: Final = 64
AIR_PIECE_M: Final = 200_000

Pair = tuple[str, str]


def build_network(
    tables: TransportTables,
    anchors: Iterable[Anchor],
    crossings: Iterable[Crossing],
    links: Iterable[LinkOverride] = (),
    *,
    closed_countries: Iterable[str] = CLOSED_COUNTRIES,
) -> "Network":
    """Put the places, crossings and links of a scenario on the packaged network.

    Parameters
    ----------
    tables
        From `load_transport_network`.
    anchors
        Places that routes start and end at.
    crossings
        Controlled points; a border with a listed crossing of a mode can be passed only at listed ones.
    links
        Ways added, and limits on crossings.
    closed_countries
        Countries (alpha-3) whose land borders are closed but for listed crossings.

    Raises
    ------
    NetworkError
        If names repeat or a link names what is not there; every such fault together.
    """
    places, points, ways = tuple(anchors), tuple(crossings), tuple(links)
    faults = [
        f'{what} "{name}" is given {count} times; keep one.'
        for what, names in (
            ("Place", [place.place_id for place in places]),
            ("Crossing", [point.crossing_id for point in points]),
            ("Link", [way.link_id for way in ways]),
        )
        for name, count in _counts(names).items()
        if count > 1
    ]
    known, listed = {place.place_id for place in places}, {point.crossing_id for point in points}
    for way in ways:
        if way.crossing_id in listed and way.distance_m is None:
            continue
        ends = (way.from_place, way.to_place)
        if way.closed and way.distance_m is None:
            faults.append(f'Link "{way.link_id}" closes no listed crossing; name one in crossing_id.')
        elif way.from_place == way.to_place or not all(end in known for end in ends):
            faults.append(
                f'Link "{way.link_id}" joins {ends[0]} and {ends[1]}; name two different places of the scenario.'
            )
    if faults:
        raise NetworkError(tuple(faults))
    return Network(tables, {place.place_id: place for place in places}, points, ways, frozenset(closed_countries))


def _counts(names: Iterable[str]) -> Mapping[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    return counts


@dataclass(eq=False)
class Network:
    """Answers how far and by what way; graphs are made when first asked for and kept.

    Attributes
    ----------
    anchors
        Places by name.
    """

    tables: TransportTables
    anchors: Mapping[str, Anchor]
    crossings: Sequence[Crossing]
    links: Sequence[LinkOverride]
    closed_countries: frozenset[str]
    _controls: dict[Mode, Controls] = field(default_factory=dict, repr=False)
    _graphs: dict[tuple[Mode, int | None], ModeGraph] = field(default_factory=dict, repr=False)

    @property
    def faults(self) -> tuple[str, ...]:
        """Crossings that lie on no way of their mode, as messages; such a crossing is passed by no route."""
        return tuple(fault for mode in (Mode.ROAD, Mode.RAIL) for fault in self._controls_of(mode).faults)

    def find_unreachable(self, mode: Mode, places: Iterable[str] | None = None) -> tuple[str, ...]:
        """Messages for places that lie too far from every way of a mode, whatever its gauge."""
        if mode is Mode.AIR:
            return ()
        on_network = self._graph(mode, None).node_of
        return tuple(
            f'Place "{name}" has no {mode} within {SNAP_KM[mode]:.0f} km; move it, or use another mode.'
            for name in (self.anchors if places is None else places)
            if name not in on_network
        )

    def reachable(self, mode: Mode, places: Iterable[str], *, gauge_mm: int | None = None) -> list[str]:
        """Those places that lie on the network of a mode and gauge, in the order given."""
        if mode is Mode.AIR:
            return list(places)
        on_network = self._graph(mode, gauge_mm).node_of
        return [name for name in places if name in on_network]

    def distances(
        self,
        mode: Mode,
        places: Sequence[str],
        *,
        gauge_mm: int | None = None,
        limits: VehicleLimits | None = None,
        avoid_countries: frozenset[str] = frozenset(),
        avoid_crossings: frozenset[str] = frozenset(),
    ) -> NDArray[np.float64]:
        """Lengths of the shortest ways between places, metres; infinite where there is none.

        Returns
        -------
        ndarray
            Shape ``(n_places, n_places)``, symmetric, zero on the diagonal.

        Raises
        ------
        NetworkError
            If places are unknown or lie off the network of the mode; every such fault together.
        """
        self._refuse_faults(mode, gauge_mm, places)
        found = self.measure(
            mode, gauge_mm=gauge_mm, limits=limits, avoid_countries=avoid_countries, avoid_crossings=avoid_crossings
        )
        table = np.full((len(places), len(places)), np.inf)
        at = [index for index, name in enumerate(places) if name in found.column_of]
        columns = [found.column_of[places[index]] for index in at]
        for index, column in zip(at, columns, strict=True):
            table[index, at] = np.array(found.from_place(column))[columns]
        np.fill_diagonal(table, 0.0)
        return table

    def measure(
        self,
        mode: Mode,
        *,
        gauge_mm: int | None = None,
        limits: VehicleLimits | None = None,
        avoid_countries: frozenset[str] = frozenset(),
        avoid_crossings: frozenset[str] = frozenset(),
    ) -> Distances:
        """Distances between all places on the network of a mode, each found when first asked for.

        Parameters
        ----------
        gauge_mm, limits, avoid_countries, avoid_crossings
            As for :meth:`routes`.
        """
        if mode is Mode.AIR:
            return Distances({name: column for column, name in enumerate(self.anchors)}, self._air_row)
        graph = self._graph(mode, gauge_mm)
        matrix, _, _ = graph.matrix(limits, avoid_countries, avoid_crossings)
        nodes = np.searchsorted(graph.core_nodes, list(graph.node_of.values()))
        return Distances(
            {name: column for column, name in enumerate(graph.node_of)},
            lambda column: dijkstra(matrix, indices=nodes[column])[nodes],
        )

    def routes(
        self,
        mode: Mode,
        pairs: Sequence[Pair],
        *,
        gauge_mm: int | None = None,
        limits: VehicleLimits | None = None,
        avoid_countries: frozenset[str] = frozenset(),
        avoid_crossings: frozenset[str] = frozenset(),
    ) -> dict[Pair, Route]:
        """Shortest routes between pairs of places; a pair without one is left out.

        Parameters
        ----------
        gauge_mm
            Only rails of this gauge; any gauge, also mixed, when None.
        limits
            What the vehicle asks of links and crossings.
        avoid_countries, avoid_crossings
            What the route must not touch.

        Raises
        ------
        NetworkError
            If places are unknown or lie off the network of the mode; every such fault together.
        """
        self._refuse_faults(mode, gauge_mm, [name for pair in pairs for name in pair])
        if mode is Mode.AIR:
            return {pair: self._flight(*pair) for pair in pairs}
        graph = self._graph(mode, gauge_mm)
        matrix, keys, edges = graph.matrix(limits, avoid_countries, avoid_crossings)
        targets: dict[str, list[str]] = defaultdict(list)
        for origin, goal in dict.fromkeys(pairs):
            if origin in graph.node_of and goal in graph.node_of:
                targets[origin].append(goal)
        course = Course(graph)
        found: dict[Pair, Route] = {}
        origins = list(targets)
        for first in range(0, len(origins), SOURCES_AT_ONCE):
            some = origins[first : first + SOURCES_AT_ONCE]
            nodes = np.searchsorted(graph.core_nodes, [graph.node_of[origin] for origin in some])
            _, before = dijkstra(matrix, indices=nodes, return_predecessors=True)
            for origin, row in zip(some, before, strict=True):
                previous = row.tolist()
                for goal in targets[origin]:
                    path = _path(
                        previous, *np.searchsorted(graph.core_nodes, [graph.node_of[origin], graph.node_of[goal]])
                    )
                    if path is not None:
                        steps = edges[np.searchsorted(keys, path[:-1] * len(graph.core_nodes) + path[1:])]
                        found[origin, goal] = course.route(origin, goal, mode, gauge_mm, graph.core_nodes[path], steps)
        return {pair: found[pair] for pair in pairs if pair in found}

    def _refuse_faults(self, mode: Mode, gauge_mm: int | None, places: Iterable[str]) -> None:
        on_network = self.anchors if mode is Mode.AIR else self._graph(mode, gauge_mm).node_of
        names = [name for name in dict.fromkeys(places) if name not in on_network]
        if not names:
            return
        unknown = [
            f'Place "{name}" is not on the network; add an anchor for it.' for name in names if name not in self.anchors
        ]
        faults = (*unknown, *self.find_unreachable(mode, [name for name in names if name in self.anchors]))
        if faults:
            raise NetworkError(faults)

    def _table(self, mode: Mode) -> ModeTable:
        return {Mode.ROAD: self.tables.road, Mode.RAIL: self.tables.rail, Mode.SEA: self.tables.sea}[mode]

    def _controls_of(self, mode: Mode) -> Controls:
        if mode not in self._controls:
            self._controls[mode] = find_controls(self._table(mode), mode, self.crossings, self.closed_countries)
        return self._controls[mode]

    def _graph(self, mode: Mode, gauge_mm: int | None) -> ModeGraph:
        if gauge_mm is not None and mode is not Mode.RAIL:
            raise NetworkError((f"A track gauge of {gauge_mm} mm is asked for by {mode}; only rails have one.",))
        key = (mode, gauge_mm)
        if key not in self._graphs:
            links = [link for link in self.links if link.mode is mode]
            if gauge_mm is not None:
                links = [link for link in links if link.gauge_mm in {None, gauge_mm}]
            self._graphs[key] = build_graph(
                self._table(mode), mode, tuple(self.anchors.values()), self._controls_of(mode),
                [point.crossing_id for point in self.crossings], links,
                gauge_bit=None if gauge_mm is None else gauge_mask([gauge_mm]),
            )  # fmt: skip
        return self._graphs[key]

    def _air_row(self, column: int) -> NDArray[np.float64]:
        """Metres by air from one place to all; measured from the earlier of the two, so that both ways are equal."""
        lat = np.array([anchor.latitude_deg for anchor in self.anchors.values()])
        lon = np.array([anchor.longitude_deg for anchor in self.anchors.values()])
        others = np.arange(len(lat))
        one, other = np.minimum(others, column), np.maximum(others, column)
        return distances_m(lat[one], lon[one], lat[other], lon[other])

    def _flight(self, origin: str, goal: str) -> Route:
        one, other = self.anchors[origin], self.anchors[goal]
        ends = (one.latitude_deg, one.longitude_deg, other.latitude_deg, other.longitude_deg)
        length_m = round(distance_m(*ends))
        line = great_circle(*ends, pieces=max(2, ceil(length_m / AIR_PIECE_M)))
        return Route(origin, goal, Mode.AIR, None, length_m, (), (), tuple((float(y), float(x)) for y, x in line))


def _path(previous: Sequence[int], origin: int, goal: int) -> Integers | None:
    """Core nodes from origin to goal, None when the goal was not reached."""
    path, node = [int(goal)], int(goal)
    while node != origin:
        node = previous[node]
        if node < 0:
            return None
        path.append(node)
    return np.array(path[::-1], dtype=np.int64)
