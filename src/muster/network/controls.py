"""Which edges of the network are controlled points, and which are closed because a border has others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.network.limits import Crossing
from muster.network.modes import Mode
from muster.reference.network_tables import ModeTable

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

KM_PER_DEGREE: Final = 111.2
CROSSING_SNAP_KM: Final = 25.0
FREE_MOVEMENT: Final = frozenset(
    {
        "AUT", "BEL", "BGR", "CHE", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC",
        "HRV", "HUN", "ISL", "ITA", "LIE", "LTU", "LUX", "LVA", "MLT", "NLD", "NOR", "POL",
        "PRT", "ROU", "SVK", "SVN", "SWE",
    }
)  # fmt: skip
"""Countries (Schengen area, 2025) between which every way stays open, also beside a listed crossing."""
BUNDLE_KM: Final = 3.0
"""Edges that cross the same border this much farther away than the nearest belong to the crossing too."""


@dataclass(frozen=True, slots=True, eq=False)
class Controls:
    """Controlled and closed edges of one mode.

    Attributes
    ----------
    crossing
        Index of the crossing that an edge passes, -1 for none. Shape ``(n_edges,)``.
    share
        Where on the edge it lies, 0 at the start and 1 at the end; one half where unknown. Shape ``(n_edges,)``.
    closed
        Whether nothing may use the edge. Shape ``(n_edges,)``.
    faults
        Crossings that no edge was found for, as messages.
    """

    crossing: Integers
    share: Floats
    closed: NDArray[np.bool_]
    faults: tuple[str, ...]


def beside(table: ModeTable, edges: Integers, latitude_deg: float, longitude_deg: float) -> tuple[Floats, Floats]:
    """Distance of a position from edges drawn straight, km, and where on each edge it is nearest. Shape ``(n,)``."""
    east_km = KM_PER_DEGREE * np.cos(np.radians(latitude_deg))
    one, other = table.start[edges], table.end[edges]
    x, y = (
        (table.longitudes_deg[one] - longitude_deg) * east_km,
        (table.latitudes_deg[one] - latitude_deg) * KM_PER_DEGREE,
    )
    dx = (table.longitudes_deg[other] - table.longitudes_deg[one]) * east_km
    dy = (table.latitudes_deg[other] - table.latitudes_deg[one]) * KM_PER_DEGREE
    share = np.clip(-(x * dx + y * dy) / np.maximum(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
    return np.hypot(x + share * dx, y + share * dy), share


def find_controls(
    table: ModeTable, mode: Mode, crossings: Sequence[Crossing], closed_countries: Iterable[str]
) -> Controls:
    """Give crossings their edges, and close the other edges of controlled borders that have a crossing.

    Parameters
    ----------
    table
        The packaged network of the mode.
    crossings
        Every crossing; those of other modes are passed over.
    closed_countries
        Countries whose borders are closed but for listed crossings.
    """
    n_edges = len(table.start)
    crossing, share = np.full(n_edges, -1), np.full(n_edges, 0.5)
    faults: list[str] = []
    shut = np.isin(table.countries, sorted(closed_countries))
    closed = table.border & (shut[table.start] | shut[table.end])
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, point in enumerate(crossings):
        if mode in point.modes:
            groups.setdefault(tuple(sorted(point.countries)), []).append(index)
    for (one, other), members in groups.items():
        start, end = table.countries[table.start], table.countries[table.end]
        edges = np.flatnonzero(((start == one) & (end == other)) | ((start == other) & (end == one)))
        found = _assign(table, edges, [crossings[index] for index in members], bundle=one != other)
        if one != other and found and not {one, other} <= FREE_MOVEMENT:
            closed[edges] = True
        for edge, (member, part) in found.items():
            crossing[edge], share[edge], closed[edge] = members[member], part, False
        placed = {member for member, _ in found.values()}
        faults += [_fault(crossings[index], mode) for at, index in enumerate(members) if at not in placed]
    return Controls(crossing, share, closed, tuple(faults))


def _fault(point: Crossing, mode: Mode) -> str:
    what = f"no {mode} from {point.countries[0]} to {point.countries[1]}" if point.is_border else f"no {mode}"
    return (
        f'Crossing "{point.crossing_id}": {what} within {CROSSING_SNAP_KM:.0f} km of '
        f"{point.latitude_deg:.3f} {point.longitude_deg:.3f}; move it, add a link, or leave the mode out."
    )


def _assign(
    table: ModeTable, edges: Integers, points: Sequence[Crossing], *, bundle: bool
) -> dict[int, tuple[int, float]]:
    """Edges with the point that each passes and where; the nearest pair first, each point one edge, then bundles."""
    off, part = (
        np.array(values)
        for values in zip(
            *(beside(table, edges, point.latitude_deg, point.longitude_deg) for point in points), strict=True
        )
    )
    found: dict[int, tuple[int, float]] = {}
    nearest_km: dict[int, float] = {}
    members, columns = np.nonzero(off <= CROSSING_SNAP_KM)
    for at in np.argsort(off[members, columns], kind="stable").tolist():
        member, column = int(members[at]), int(columns[at])
        edge = int(edges[column])
        free = edge not in found
        if free and member not in nearest_km:
            nearest_km[member] = float(off[member, column])
        elif not (free and bundle and off[member, column] <= nearest_km[member] + BUNDLE_KM):
            continue
        found[edge] = (member, float(part[member, column]))
    return found
