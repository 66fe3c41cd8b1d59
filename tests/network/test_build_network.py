"""The build of the packaged network: repair, contraction and bytes."""

from pathlib import Path

import numpy as np

from tools.build_network import smallest, steps, write_arrays
from tools.transport_graph import Graph, contract, find_joins, find_splices, hilbert_order, split_at


def line(
    latitudes: list[float], longitudes: list[float], edges: list[tuple[int, int, int]], country: str = "UKR"
) -> Graph:
    start, end, length_m = (np.array(column, dtype=np.int64) for column in zip(*edges, strict=True))
    none = np.zeros(len(edges), dtype=np.int64)
    countries = np.array([country] * len(latitudes))
    return Graph(np.array(latitudes), np.array(longitudes), countries, start, end, length_m, none, none.copy())


def test_an_archive_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    arrays = {"a": np.arange(5, dtype=np.uint8), "b": np.array(["POL", "UKR"])}
    write_arrays(tmp_path / "one.npz", arrays)
    write_arrays(tmp_path / "two.npz", {name: values.copy() for name, values in arrays.items()})
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz") as loaded:
        assert loaded["b"].tolist() == ["POL", "UKR"]


def test_numbers_are_packed_without_loss() -> None:
    values = np.array([7, 5, 300], dtype=np.int64)
    assert smallest(steps(values)).dtype == np.int16
    assert np.cumsum(smallest(steps(values)), dtype=np.int64).tolist() == [7, 5, 300]


def test_dead_ends_of_one_country_are_joined_where_the_detour_is_long() -> None:
    broken = line([48.0, 48.0, 48.0, 48.0], [30.0, 30.5, 30.6, 31.0], [(0, 1, 37_000), (2, 3, 30_000)])
    joins = find_joins(broken, ["UKR"], [])
    assert [(join.start, join.end, join.detour_m) for join in joins] == [(1, 2, None)]
    assert 7_000 < joins[0].gap_m < 8_000
    assert find_joins(broken, ["POL"], []) == []
    assert find_joins(broken, ["UKR"], [(48.0, 30.55)]) == []


def test_ends_in_two_countries_are_not_joined() -> None:
    banks = line([45.18, 45.10, 45.30, 45.35], [28.80, 28.70, 28.82, 28.84], [(0, 1, 12_000), (2, 3, 6_000)])
    banks.countries[:2] = "ROU"
    assert find_joins(banks, ["UKR", "ROU"], []) == []


def test_parts_that_almost_touch_are_spliced() -> None:
    halves = line([48.0, 48.0, 48.0, 48.0], [30.0, 30.5, 30.502, 31.0], [(0, 1, 37_000), (2, 3, 37_000)])
    assert [(join.start, join.end) for join in find_splices(halves, least_km=20)] == [(1, 2)]
    assert find_splices(halves, least_km=40) == []


def test_contraction_keeps_lengths_and_bends() -> None:
    bent = line([48.0, 48.0, 48.0, 48.1], [30.0, 30.05, 30.1, 30.1], [(0, 1, 4_000), (1, 2, 4_100), (2, 3, 11_200)])
    kept = contract(bent)
    assert sorted(kept.length_m.tolist()) == [8_100, 11_200]
    assert sorted(kept.longitudes_deg.tolist()) == [30.0, 30.1, 30.1]


def test_an_order_of_nodes_changes_no_edge() -> None:
    graph = line([48.0, 60.0, 36.0], [30.0, -9.0, 44.0], [(0, 1, 10), (0, 2, 20)])
    ordered = hilbert_order(graph)
    ends = {
        (float(ordered.latitudes_deg[one]), float(ordered.latitudes_deg[other]), int(metres))
        for one, other, metres in zip(ordered.start, ordered.end, ordered.length_m, strict=True)
    }
    assert {(frozenset(end[:2]), end[2]) for end in ends} == {
        (frozenset({48.0, 60.0}), 10),
        (frozenset({48.0, 36.0}), 20),
    }


def test_a_split_divides_an_edge() -> None:
    graph, off_km = split_at(line([48.0, 48.0], [30.0, 31.0], [(0, 1, 80_000)]), 48.01, 30.25, "UKR")
    assert sorted(graph.length_m.tolist()) == [20_000, 60_000]
    assert 1.0 < off_km < 1.2
