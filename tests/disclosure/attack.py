"""An attack on releases, written from the rules alone: what can a reader work out who knows all that it may know?

One unknown for each nation, cell and release; no slots, no other answers, nothing of the code that protects.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

import highspy
import numpy as np

from muster.disclosure import Cell, Edition

MOST = 100_000
"""What everybody knows that no nation has more of: it keeps the programmes bounded."""
Unknown = tuple[str, Cell, int]
"""A nation, a cell, and a release counted from nought."""


class Leak(NamedTuple):
    """A sum of shares, or a change, that a reader knows to within a part of it."""

    attacker: str | None
    nation: str
    terms: tuple[tuple[Unknown, int], ...]
    amount: int
    low: int
    high: int


def attack(editions: Sequence[Edition], groups: Iterable[Iterable[Cell]] = (), *, p_percent: int = 15) -> list[Leak]:
    """Everything that anybody works out of what others contribute: in cells, published sums and further groups.

    Changes are tried cell by cell, and in all cells together in which a nation grows, or declines, at the later one.
    """
    further = [frozenset(group) for group in groups]
    nations = sorted({share.nation for edition in editions for share in edition.contributions.shares})
    return [leak for attacker in (None, *nations) for leak in _attack_as(attacker, editions, further, p_percent)]


def _attack_as(
    attacker: str | None, editions: Sequence[Edition], further: list[frozenset[Cell]], p_percent: int
) -> Iterator[Leak]:
    truth = _truth(editions)
    reader = _Reader(truth, editions, attacker)
    for nation, terms in _targets(truth, editions, further):
        if nation == attacker:
            continue
        amount = sum(sign * truth[unknown] for unknown, sign in terms)
        low, high = reader.bounds(terms)
        if 100 * low >= (100 - p_percent) * amount and 100 * high <= (100 + p_percent) * amount:
            yield Leak(attacker, nation, terms, amount, low, high)


def _truth(editions: Sequence[Edition]) -> dict[Unknown, int]:
    return {
        (share.nation, share.cell, number): share.amount
        for number, edition in enumerate(editions)
        for share in edition.contributions.shares
        if any(share.cell in one.cells for later in editions for one in later.sums)
    }


def _targets(
    truth: dict[Unknown, int], editions: Sequence[Edition], further: list[frozenset[Cell]]
) -> Iterator[tuple[str, tuple[tuple[Unknown, int], ...]]]:
    for number, edition in enumerate(editions):
        groups = {frozenset([cell]) for one in edition.sums for cell in one.cells}
        groups |= {one.cells for one in edition.sums} | set(further)
        for nation in sorted({unknown[0] for unknown in truth}):
            for group in sorted(groups, key=sorted):
                mine = [(nation, cell, number) for cell in sorted(group) if (nation, cell, number) in truth]
                if mine:
                    yield nation, tuple((unknown, 1) for unknown in mine)
    for later in range(len(editions)):
        for earlier in range(later):
            yield from _changes(truth, earlier, later)


def _changes(
    truth: dict[Unknown, int], earlier: int, later: int
) -> Iterator[tuple[str, tuple[tuple[Unknown, int], ...]]]:
    for nation in sorted({unknown[0] for unknown in truth}):
        grown: dict[int, list[tuple[Unknown, int]]] = {1: [], -1: []}
        for cell in sorted({cell for owner, cell, _ in truth if owner == nation}):
            before, after = (nation, cell, earlier), (nation, cell, later)
            change = truth.get(after, 0) - truth.get(before, 0)
            if change:
                sign = 1 if change > 0 else -1
                terms = [(unknown, way) for unknown, way in ((after, sign), (before, -sign)) if unknown in truth]
                if truth.get((nation, cell, later - 1), 0) != truth.get(after, 0):
                    grown[sign] += terms
                yield nation, tuple(terms)
        for together in grown.values():
            if together:
                yield nation, tuple(together)


class _Reader:
    """A linear programme of all that one reader knows."""

    def __init__(self, truth: dict[Unknown, int], editions: Sequence[Edition], attacker: str | None) -> None:
        self.column = {unknown: index for index, unknown in enumerate(truth)}
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)  # all solvers of a process share theirs: the others ask for one
        for unknown, amount in truth.items():
            known = unknown[0] == attacker
            self.highs.addVar(amount if known else 1, amount if known else MOST)
        for (nation, cell, number), amount in truth.items():
            before = (nation, cell, number - 1)
            if truth.get(before) == amount:
                self._row(0, 0, [(before, -1), ((nation, cell, number), 1)])
        for number, edition in enumerate(editions):
            cells = {one.name: one.cells for one in edition.sums}
            for statement in edition.release.statements:
                if statement.release == edition.release.number:
                    about = [u for u in truth if u[2] == number and u[1] in cells[statement.name]]
                    high = highspy.kHighsInf if statement.high is None else statement.high
                    assert statement.low is not None
                    self._row(statement.low, high, [(unknown, 1) for unknown in about])

    def _row(self, low: float, high: float, terms: Sequence[tuple[Unknown, int]]) -> None:
        columns = np.array([self.column[unknown] for unknown, _ in terms], dtype=np.int32)
        self.highs.addRow(low, high, len(terms), columns, np.array([sign for _, sign in terms], dtype=np.float64))

    def bounds(self, terms: Sequence[tuple[Unknown, int]]) -> tuple[int, int]:
        """Least and greatest value of a signed sum, rounded inwards."""
        ends: list[float] = []
        for sign in (1, -1):
            costs = np.zeros(len(self.column))
            for unknown, way in terms:
                costs[self.column[unknown]] += sign * way
            self.highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
            self.highs.run()
            assert self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(sign * self.highs.getInfo().objective_function_value)
        low, high = ends
        return ceil(low - 1e-6), floor(high + 1e-6)
