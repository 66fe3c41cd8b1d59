"""The packaged transport network: roads, rails and sea lanes of Europe, and the map drawn behind them.

Roads and rails are (c) OpenStreetMap contributors, ODbL 1.0; sea lanes come from searoute, Apache-2.0; each is a file
of its own. ``tools/build_network.py`` and ``tools/build_basemap.py`` make the files.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

GAUGES_MM: Final = (1435, 1520, 1524, 1600, 1668)
"""Track gauges; the place of a gauge in this tuple is its bit in a gauge mask."""

LINK_KINDS: Final = ("line", "bridge", "tunnel", "ferry", "canal", "rail")
"""What an edge is: a line of the source, or a hand-made link of the kind named."""


def gauge_mask(gauges_mm: Iterable[int]) -> int:
    """Bit mask of track gauges, millimetres."""
    mask = 0
    for gauge in gauges_mm:
        if gauge not in GAUGES_MM:
            raise ValueError(f"Track gauge {gauge} mm is not known; use one of {', '.join(map(str, GAUGES_MM))}.")
        mask |= 1 << GAUGES_MM.index(gauge)
    return mask


@dataclass(frozen=True, eq=False)
class ModeTable:
    """Nodes and undirected edges of one mode.

    Parameters
    ----------
    latitudes_deg, longitudes_deg
        Positions of nodes, to a thousandth of a degree. Shape ``(n_nodes,)``.
    countries
        Alpha-3 code of the country of each node, empty at sea. Shape ``(n_nodes,)``.
    start, end
        Nodes of each edge, ``start < end``. Shape ``(n_edges,)``.
    length_m
        Length along the road, rail or lane. Shape ``(n_edges,)``.
    gauges
        Mask of the gauges that run through (see `gauge_mask`); zero on rails where the gauge changes on the edge, and
        away from rails. Shape ``(n_edges,)``.
    kinds
        Index into `LINK_KINDS`. Shape ``(n_edges,)``.
    """

    latitudes_deg: NDArray[np.float64]
    longitudes_deg: NDArray[np.float64]
    countries: NDArray[np.str_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    length_m: NDArray[np.int64]
    gauges: NDArray[np.uint8]
    kinds: NDArray[np.uint8]

    def __post_init__(self) -> None:
        n_nodes, n_edges = len(self.latitudes_deg), len(self.start)
        if len(self.longitudes_deg) != n_nodes or len(self.countries) != n_nodes:
            raise ValueError("A transport table needs a latitude, a longitude and a country for each node.")
        if any(len(values) != n_edges for values in (self.end, self.length_m, self.gauges, self.kinds)):
            raise ValueError("A transport table needs an end, a length, gauges and a kind for each edge.")
        if n_edges and (self.start.min() < 0 or self.end.max() >= n_nodes or (self.start >= self.end).any()):
            raise ValueError("Edges of a transport table run from a lower to a higher node number of the table.")
        if (self.length_m < 0).any():
            raise ValueError("Edges of a transport table have lengths of zero or more metres.")
        for column in fields(self):
            getattr(self, column.name).flags.writeable = False

    @cached_property
    def border(self) -> NDArray[np.bool_]:
        """Whether an edge joins two countries. Shape ``(n_edges,)``."""
        codes = self.countries
        ends = codes[self.start], codes[self.end]
        return np.asarray((ends[0] != ends[1]) & (ends[0] != "") & (ends[1] != ""))


@dataclass(frozen=True, slots=True)
class TransportTables:
    """The network of the three surface modes."""

    road: ModeTable
    rail: ModeTable
    sea: ModeTable


def _load_table(name: str) -> ModeTable:
    with as_file(files("muster.reference") / "data" / f"network_{name}.npz") as path, np.load(path) as arrays:
        start = np.cumsum(arrays["start_step"], dtype=np.int64)
        return ModeTable(
            latitudes_deg=np.cumsum(arrays["latitude_step"], dtype=np.int64) / 1000,
            longitudes_deg=np.cumsum(arrays["longitude_step"], dtype=np.int64) / 1000,
            countries=arrays["country_codes"][arrays["country"]],
            start=start,
            end=start + arrays["end_less_start"],
            length_m=arrays["length_m"].astype(np.int64),
            gauges=arrays["gauges"].astype(np.uint8),
            kinds=arrays["kind"].astype(np.uint8),
        )


@cache
def load_transport_network() -> TransportTables:
    """Read the packaged network (about a tenth of a second, once a process)."""
    return TransportTables(road=_load_table("road"), rail=_load_table("rail"), sea=_load_table("sea"))


@cache
def load_basemap() -> dict[str, Any]:
    """Read the packaged map of Europe.

    Returns
    -------
    dict
        ``countries``: alpha-3 code to a list of rings, each a flat list of longitude and latitude in turn, in
        hundredths of a degree; ``credit``: the line to print beside the map.
    """
    text = (files("muster.reference") / "data" / "basemap.json").read_text(encoding="utf-8")
    basemap: dict[str, Any] = json.loads(text)
    return basemap
