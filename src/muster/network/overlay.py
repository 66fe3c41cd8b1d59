"""A small graph with the distances of a large one.

Theory of operation. A node whose edges are replaced by direct edges between its neighbours, each as long as the way
through it, can be removed without changing any distance between the nodes that stay. Nodes of low degree are removed
first and many at once, no two of them neighbours, so that a round is a few array operations; a road map loses 98 % of
its nodes in about twenty rounds. Kept nodes and fixed edges are never touched: a query may close fixed edges later
without building the overlay again. Each direct edge remembers the two edges that it replaced, so that a route can be
drawn on the large graph. (Contraction as in Geisberger and others 2008, without an order of nodes above the core.)
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

DEGREE_MOST: Final = 6
"""Nodes with more neighbours are kept: removing one would add more edges than it saves."""
ROUND_LEAST: Final = 0.02
"""A degree is done when a round removes less than this share of the nodes that are left."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """Edges of the large graph followed by the direct edges that replaced others.

    Attributes
    ----------
    start, end, length_m
        Ends and length of each edge. Shape ``(n_all,)``.
    first, second
        The two edges that an edge replaced, -1 for an edge of the large graph; the first touches ``start``, the second
        touches ``end``. Shape ``(n_all,)``.
    core
        Edges that are left. Shape ``(n_core,)``.
    """

    start: Integers
    end: Integers
    length_m: Integers
    first: Integers
    second: Integers
    core: Integers

    @cached_property
    def _lists(self) -> tuple[list[int], list[int], list[int], list[int]]:
        return self.start.tolist(), self.end.tolist(), self.first.tolist(), self.second.tolist()

    def nodes_along(self, edge: int) -> list[int]:
        """Nodes of the large graph along an edge, from its start to its end."""
        start, end, first, second = self._lists
        nodes = [start[edge]]
        stack = [(edge, start[edge])]
        while stack:
            current, origin = stack.pop()
            if first[current] < 0:
                nodes.append(end[current] if start[current] == origin else start[current])
                continue
            near, far = first[current], second[current]
            if start[current] != origin:
                near, far = far, near
            middle = end[near] if start[near] == origin else start[near]
            stack += [(far, middle), (near, origin)]
        return nodes


def make_overlay(
    start: Integers, end: Integers, length_m: Integers, *, kept: NDArray[np.bool_], fixed: NDArray[np.bool_]
) -> Overlay:
    """Remove every node that need not be kept and is cheap to remove.

    Parameters
    ----------
    start, end, length_m
        Edges of the large graph. Shape ``(n_edges,)``.
    kept
        Nodes that stay. Shape ``(n_nodes,)``.
    fixed
        Edges that stay, also beside shorter ones; their ends must be kept. Shape ``(n_edges,)``.
    """
    edges = _Edges(start, end, length_m)
    active = _shortest(edges, np.flatnonzero(~fixed))
    keys = np.random.default_rng(0).permutation(len(kept))  # breaks ties; any order gives the same distances
    degree_most = 2
    while degree_most <= DEGREE_MOST:
        degree = np.bincount(np.concatenate([edges.start[active], edges.end[active]]), minlength=len(kept))
        left = int(np.count_nonzero(degree))
        chosen = _apart(edges, active, ~kept & (degree > 0) & (degree <= degree_most), degree * len(kept) + keys)
        if np.count_nonzero(chosen) <= ROUND_LEAST * left:
            degree_most += 1
        if chosen.any():
            active = _remove(edges, active, chosen, degree)
    core = np.sort(np.concatenate([active, np.flatnonzero(fixed)]))
    return Overlay(edges.start, edges.end, edges.length_m, edges.first, edges.second, core)


class _Edges:
    """Edges so far, growing."""

    def __init__(self, start: Integers, end: Integers, length_m: Integers) -> None:
        none = np.full(len(start), -1, dtype=np.int64)
        self.start, self.end, self.length_m, self.first, self.second = start, end, length_m, none, none

    def add(self, start: Integers, end: Integers, first: Integers, second: Integers) -> Integers:
        """Add direct edges; returns their numbers."""
        before = len(self.start)
        swap = start > end
        start, end = np.where(swap, end, start), np.where(swap, start, end)
        first, second = np.where(swap, second, first), np.where(swap, first, second)
        self.length_m = np.concatenate([self.length_m, self.length_m[first] + self.length_m[second]])
        self.start, self.end = np.concatenate([self.start, start]), np.concatenate([self.end, end])
        self.first, self.second = np.concatenate([self.first, first]), np.concatenate([self.second, second])
        return np.arange(before, len(self.start))


def _shortest(edges: _Edges, numbers: Integers) -> Integers:
    """The shortest edge of each pair of nodes; of equal ones the first given, which is the oldest."""
    start, end = edges.start[numbers], edges.end[numbers]
    pairs, length_m = start * (int(end.max(initial=0)) + 1) + end, edges.length_m[numbers]
    order = np.argsort(pairs * (int(length_m.max(initial=0)) + 1) + length_m, kind="stable")
    start, end, pairs, numbers = start[order], end[order], pairs[order], numbers[order]
    keep = np.ones(len(numbers), dtype=bool)
    keep[1:] = pairs[1:] != pairs[:-1]
    return np.asarray(numbers[keep & (start != end)])


def _apart(edges: _Edges, active: Integers, wanted: NDArray[np.bool_], key: Integers) -> NDArray[np.bool_]:
    """Those wanted nodes that have a lower key than every wanted neighbour."""
    start, end = edges.start[active], edges.end[active]
    both = wanted[start] & wanted[end]
    loser = np.where(key[start[both]] > key[end[both]], start[both], end[both])
    chosen = wanted.copy()
    chosen[loser] = False
    return chosen


def _remove(edges: _Edges, active: Integers, chosen: NDArray[np.bool_], degree: Integers) -> Integers:
    """Replace the edges of chosen nodes by direct edges between their neighbours."""
    start, end = edges.start[active], edges.end[active]
    from_start, from_end = chosen[start], chosen[end]
    gone = from_start | from_end
    node = np.where(from_start, start, end)[gone]
    other = np.where(from_start, end, start)[gone]
    number = active[gone]
    order = np.lexsort((number, node))
    node, other, number = node[order], other[order], number[order]
    pairs = []
    for size in range(2, int(degree[chosen].max()) + 1):
        of_size = degree[node] == size
        others, numbers = other[of_size].reshape(-1, size), number[of_size].reshape(-1, size)
        one, two = np.triu_indices(size, 1)
        pairs.append([part.ravel() for part in (others[:, one], others[:, two], numbers[:, one], numbers[:, two])])
    added = [edges.add(*(np.concatenate(parts) for parts in zip(*pairs, strict=True)))] if pairs else []
    return _shortest(edges, np.concatenate([active[~gone], *added]))
