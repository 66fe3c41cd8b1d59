"""What readers of one or more releases know, as arrays: the shares they wonder about, and the sums they were told.

The most that is likely is taken for known. Everybody knows which nations contribute to which cell, in every release,
and that a contribution is a whole number of at least one; and which shares are the same in one release as in the one
before. A share is therefore one unknown for as long as it does not change: its *run*.

Shares whose runs begin and end alike cannot be told apart by any sum. They meet in one *slot*: a cell, a pattern of
changes, and a run of it. Of the nations other than the one that is wondered about, only what they have together in a
slot matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from muster.disclosure.contributions import Cell
from muster.disclosure.release import Edition

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Shares that nobody was told, and statements about their sums.

    Attributes
    ----------
    cells, nations
        What the numbers of cells and nations stand for.
    nation, cell, slot, amount, first, last
        Of each share and run: whose, where, the slot it meets others in, its true amount, and the first and last
        edition (counted from nought) for which it holds. Shapes (n_runs,).
    told
        1 where the runs of a slot are part of a statement. Shape (n_statements, n_slots).
    low, high
        Between which numbers each statement says that its sum lies; infinite is no end. Shapes (n_statements,).
    edition
        In which edition each statement was first made. Shape (n_statements,).
    weight
        Information in each statement: the number of its cells. Shape (n_statements,).
    names
        Name of the sum of each statement.
    """

    cells: tuple[Cell, ...]
    nations: tuple[str, ...]
    nation: Ints
    cell: Ints
    slot: Ints
    amount: Ints
    first: Ints
    last: Ints
    told: sparse.csc_array
    low: Floats
    high: Floats
    edition: Ints
    weight: Floats
    names: tuple[str, ...]

    @property
    def slot_count(self) -> int:
        """How many slots there are."""
        return int(self.told.shape[1])


@dataclass(frozen=True, slots=True)
class _Run:
    """A share for as long as it does not change."""

    first: int
    last: int
    amount: int


def gather(editions: Sequence[Edition]) -> Knowledge:
    """What readers of all editions know, each statement once, as of the release that first made it.

    A statement that repeats an earlier one, of shares none of which has changed since, is left out.
    """
    cells = tuple(sorted({cell for edition in editions for one in edition.sums for cell in one.cells}))
    nations = tuple(sorted({share.nation for edition in editions for share in edition.contributions.shares}))
    number = {nation: index for index, nation in enumerate(nations)}
    slots: dict[tuple[int, tuple[tuple[int, int], ...], int], int] = {}
    rows: list[tuple[int, int, int, int, int, int]] = []
    for index, cell in enumerate(cells):
        amounts = [edition.contributions.by_cell.get(cell, {}) for edition in editions]
        for nation in sorted({nation for by_nation in amounts for nation in by_nation}):
            runs = _runs([by_nation.get(nation, 0) for by_nation in amounts])
            pattern = tuple((run.first, run.last) for run in runs)
            for run in runs:
                slot = slots.setdefault((index, pattern, run.first), len(slots))
                rows.append((number[nation], index, slot, run.amount, run.first, run.last))
    nation_of, cell_of, slot_of, amount, first, last = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    told, low, high, edition_of, weight, names = _statements(editions, cells, slot_of, cell_of, first, last, len(slots))
    return Knowledge(
        cells, nations, nation_of, cell_of, slot_of, amount, first, last, told, low, high, edition_of, weight, names
    )


def _runs(amounts: Sequence[int]) -> list[_Run]:
    """Stretches of editions over which an amount stays as it is; none where there is no amount."""
    starts = [0, *(k for k, (before, after) in enumerate(pairwise(amounts), start=1) if before != after), len(amounts)]
    return [_Run(start, end - 1, amounts[start]) for start, end in pairwise(starts) if amounts[start]]


def _statements(
    editions: Sequence[Edition],
    cells: Sequence[Cell],
    slot_of: Ints,
    cell_of: Ints,
    first: Ints,
    last: Ints,
    slot_count: int,
) -> tuple[sparse.csc_array, Floats, Floats, Ints, Floats, tuple[str, ...]]:
    """Statements of all editions as rows over slots, with their ends, editions, weights and names."""
    number = {cell: index for index, cell in enumerate(cells)}
    unique, at = np.unique(slot_of, return_index=True)
    in_cell: dict[int, list[int]] = {}
    for slot, row in zip(unique.tolist(), at.tolist(), strict=True):
        in_cell.setdefault(int(cell_of[row]), []).append(slot)
    spans = dict(zip(unique.tolist(), zip(first[at].tolist(), last[at].tolist(), strict=True), strict=True))
    of_row: list[int] = []
    of_slot: list[int] = []
    facts: list[tuple[float, float, int, int]] = []
    names: list[str] = []
    seen: dict[tuple[tuple[int, ...], int | None, int | None], int] = {}
    for index, edition in enumerate(editions):
        sums = {one.name: one for one in edition.sums}
        for statement in edition.release.list_new():
            low, high = statement.low, statement.high
            about = sums[statement.name].cells
            slots = [s for cell in about for s in in_cell.get(number[cell], ()) if spans[s][0] <= index <= spans[s][1]]
            if seen.setdefault((tuple(sorted(slots)), low, high), index) < index:
                continue  # it says again what an earlier edition said, of shares none of which has changed
            of_slot += slots
            of_row += [len(facts)] * len(slots)
            facts.append((-np.inf if low is None else low, np.inf if high is None else high, index, len(about)))
            names.append(statement.name)
    told = sparse.csc_array((np.ones(len(of_row)), (of_row, of_slot)), shape=(len(facts), slot_count))
    columns = np.array(facts, dtype=np.float64).reshape(-1, 4).T
    return told, columns[0], columns[1], columns[2].astype(np.int64), columns[3], tuple(names)
