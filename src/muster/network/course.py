"""A route as values, and how a path through the overlay is read back into one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.network.graph import ModeGraph
from muster.network.modes import Mode

Integers = NDArray[np.int64]

BRIEF_STAY_M: Final = 2_000
"""A way that clips a corner of a country for less than this is not an entry: the drawn borders are that coarse."""
LINE_POINTS: Final = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """A controlled point on a route and its distance from the start."""

    crossing_id: str
    distance_m: int


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country (alpha-3) and the distance from the start at which the route enters it."""

    country: str
    distance_m: int


@dataclass(frozen=True, slots=True)
class Route:
    """The shortest way between two places.

    Attributes
    ----------
    gauge_mm
        Track gauge asked for, None when any.
    distance_m
        Length with the ways from the places to the network.
    passages
        Controlled points in the order of passing.
    countries
        The first at 0, then each entry into another; empty at sea and in the air.
    line
        Latitude and longitude in degrees along the route, thinned for drawing.
    """

    from_place: str
    to_place: str
    mode: Mode
    gauge_mm: int | None
    distance_m: int
    passages: tuple[Passage, ...]
    countries: tuple[CountryEntry, ...]
    line: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Reads what a path through the overlay passes on the ground; edges met before are remembered."""

    graph: ModeGraph
    _nodes: dict[int, Integers] = field(default_factory=dict)

    def route(self, origin: str, goal: str, mode: Mode, gauge_mm: int | None, path: Integers, edges: Integers) -> Route:
        """The route along core nodes ``path``, shape ``(n + 1,)``, and the edges between them, shape ``(n,)``."""
        lengths = self.graph.overlay.length_m[edges]
        ends_m = np.concatenate([[0], np.cumsum(lengths)])
        return Route(
            origin, goal, mode, gauge_mm, int(ends_m[-1]),
            tuple(self._passages(path, edges, ends_m)), tuple(self._countries(path, edges, ends_m)),
            self._line(path, edges),
        )  # fmt: skip

    def _point_m(self, edge: int, origin: int, at_m: int) -> int:
        """Distance from the start of the route at which an edge passes its point."""
        share = float(self.graph.share[edge])
        part = share if self.graph.overlay.start[edge] == origin else 1 - share
        return at_m + round(part * int(self.graph.overlay.length_m[edge]))

    def _passages(self, path: Integers, edges: Integers, ends_m: Integers) -> Iterator[Passage]:
        control = self.graph.edge_control(edges)
        last: str | None = None
        for step in np.flatnonzero(control >= 0).tolist():
            name = self.graph.controls[control[step]].crossing_id
            if name is not None and name != last:
                yield Passage(name, self._point_m(int(edges[step]), int(path[step]), int(ends_m[step])))
                last = name

    def _countries(self, path: Integers, edges: Integers, ends_m: Integers) -> list[CountryEntry]:
        codes = self.graph.countries[path]
        entries = [CountryEntry(str(codes[0]), 0)]
        for step in np.flatnonzero(codes[1:] != codes[:-1]).tolist():
            entry = CountryEntry(
                str(codes[step + 1]), self._point_m(int(edges[step]), int(path[step]), int(ends_m[step]))
            )
            back = len(entries) > 1 and entries[-2].country == entry.country
            if back and entry.distance_m - entries[-1].distance_m < BRIEF_STAY_M:
                entries.pop()
            else:
                entries.append(entry)
        return [] if entries[0].country == "" else entries

    def _line(self, path: Integers, edges: Integers) -> tuple[tuple[float, float], ...]:
        pieces = [path[:1]]
        for origin, edge in zip(path[:-1].tolist(), edges.tolist(), strict=True):
            if edge not in self._nodes:
                self._nodes[edge] = np.array(self.graph.overlay.nodes_along(edge), dtype=np.int64)
            nodes = self._nodes[edge]
            pieces.append(nodes[1:] if nodes[0] == origin else nodes[-2::-1])
        nodes = np.concatenate(pieces)
        lat, lon = self.graph.latitudes_deg[nodes], self.graph.longitudes_deg[nodes]
        steps = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[:-1])))
        along = np.concatenate([[0.0], np.cumsum(steps)])
        bucket = np.floor(along / max(along[-1] / LINE_POINTS, 0.01))
        keep = np.concatenate([[True], bucket[1:] != bucket[:-1]])
        keep[-1] = True
        return tuple(zip(lat[keep].tolist(), lon[keep].tolist(), strict=True))
