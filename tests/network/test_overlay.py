"""The small graph keeps the distances of the large one."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from muster.network.overlay import Overlay, make_overlay


def distances(start: list[int], end: list[int], length_m: list[int], n_nodes: int) -> np.ndarray:
    best: dict[tuple[int, int], int] = {}
    for one, other, metres in zip(start, end, length_m, strict=True):
        best[one, other] = min(metres, best.get((one, other), metres))
    rows, columns = (np.array([pair[side] for pair in best], dtype=np.int64) for side in (0, 1))
    values = np.array(list(best.values()), dtype=np.float64)
    return np.asarray(dijkstra(coo_array((values, (rows, columns)), shape=(n_nodes, n_nodes)).tocsr(), directed=False))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, int]], list[bool]]:
    n_nodes = draw(st.integers(3, 14))
    pairs = st.tuples(st.integers(0, n_nodes - 2), st.integers(1, n_nodes - 1)).filter(lambda pair: pair[0] < pair[1])
    edges = draw(st.lists(st.tuples(pairs, st.integers(1, 30)), min_size=1, max_size=30))
    kept = draw(st.lists(st.booleans(), min_size=n_nodes, max_size=n_nodes))
    return n_nodes, [(one, other, metres) for (one, other), metres in edges], kept


def overlay_of(edges: list[tuple[int, int, int]], kept: list[bool]) -> Overlay:
    start, end, length_m = (np.array(column, dtype=np.int64) for column in zip(*edges, strict=True))
    return make_overlay(start, end, length_m, kept=np.array(kept), fixed=np.zeros(len(edges), dtype=bool))


@settings(deadline=None)
@given(graphs())
def test_distances_between_kept_nodes_are_kept(case: tuple[int, list[tuple[int, int, int]], list[bool]]) -> None:
    n_nodes, edges, kept = case
    overlay = overlay_of(edges, kept)
    start, end, length_m = (list(column) for column in zip(*edges, strict=True))
    large = distances(start, end, length_m, n_nodes)
    core = overlay.core
    small = distances(
        overlay.start[core].tolist(), overlay.end[core].tolist(), overlay.length_m[core].tolist(), n_nodes
    )
    nodes = np.flatnonzero(kept)
    assert np.array_equal(small[np.ix_(nodes, nodes)], large[np.ix_(nodes, nodes)])


@settings(deadline=None)
@given(graphs())
def test_an_edge_unfolds_to_a_path_as_long_as_itself(case: tuple[int, list[tuple[int, int, int]], list[bool]]) -> None:
    _, edges, kept = case
    overlay = overlay_of(edges, kept)
    shortest: dict[tuple[int, int], int] = {}
    for one, other, metres in edges:
        shortest[one, other] = min(metres, shortest.get((one, other), metres))
    for edge in overlay.core.tolist():
        nodes = overlay.nodes_along(edge)
        assert (nodes[0], nodes[-1]) == (overlay.start[edge], overlay.end[edge])
        pieces = [shortest[min(pair), max(pair)] for pair in pairwise(nodes)]
        assert sum(pieces) == overlay.length_m[edge]


def test_a_fixed_edge_stays_beside_a_shorter_way() -> None:
    start, end, length_m = np.array([0, 0, 1]), np.array([2, 1, 2]), np.array([100, 1, 1])
    overlay = make_overlay(
        start, end, length_m, kept=np.array([True, False, True]), fixed=np.array([True, False, False])
    )
    assert sorted(overlay.length_m[overlay.core].tolist()) == [2, 100]
