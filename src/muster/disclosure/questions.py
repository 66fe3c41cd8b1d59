r"""What a reader may wonder about a nation, and the other answers that keep it safe.

A *question* is about all that a nation contributes in one edition, or about all that changes between two. Its *quantities*
are the shares, or the sizes of the changes, cell by cell.

Other answers keep a nation safe when they agree with everything that was told. One in which every quantity is more than
:math:`p\,\%` greater is enough: then no sum of any of them is known to within :math:`p\,\%`. So are two: one in which
every quantity is smaller by more than :math:`p / (1 - p)`, but for ones that cannot be less, and one in which these ones are
at least two and nothing is smaller. The proof is in ``docs/formulation/safe-totals.md``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy import sparse

from muster.disclosure.knowledge import Flags, Floats, Ints, Knowledge


@dataclass(frozen=True, slots=True)
class Question:
    """All that a nation contributes in one edition, or all of it that changes between two.

    Attributes
    ----------
    editions
        The edition, or the two, counted from nought.
    runs
        Runs of the nation, as rows of the knowledge. Shape (n_own,).
    parts
        What each quantity is made of: 1 and -1. Shape (n_quantities, n_own).
    sizes
        True size of each quantity, at least 1. Shape (n_quantities,).
    least_ones
        Quantities that are one and cannot be less, as a share of one cannot. Shape (n_quantities,).
    cells, grows
        Cell of each quantity, and whether it grows; a share does. Shapes (n_quantities,).
    """

    editions: tuple[int, ...]
    runs: Ints
    parts: sparse.csr_array
    sizes: Ints
    least_ones: Flags
    cells: Ints
    grows: Flags


class Goal(Enum):
    """How another answer differs from the truth, in every quantity at once."""

    GREATER = "greater"
    SMALLER = "smaller"
    ONES_GREATER = "ones greater"

    def ends(self, question: Question, p_percent: int) -> tuple[Floats, Floats]:
        """Least and greatest size of each quantity; infinite is no end. Shapes (n_quantities,)."""
        sizes, ones = question.sizes, question.least_ones
        none = np.full(len(sizes), np.inf)
        if self is Goal.GREATER:
            return (sizes * (100 + p_percent) // 100 + 1).astype(np.float64), none
        if self is Goal.ONES_GREATER:
            return np.where(ones, 2, sizes).astype(np.float64), none
        smaller = (sizes * (100 - 2 * p_percent) - 1) // (100 - p_percent)
        return -none, np.where(ones, 1, smaller).astype(np.float64)


def ways_to_be_safe(question: Question) -> tuple[tuple[Goal, ...], ...]:
    """Sets of goals; other answers that meet all goals of one set keep the nation safe. The likeliest set comes first."""
    if question.least_ones.all():
        return ((Goal.GREATER,),)
    if not question.least_ones.any():
        return (Goal.SMALLER,), (Goal.GREATER,)
    return (Goal.GREATER,), (Goal.SMALLER, Goal.ONES_GREATER)


def list_questions(knowledge: Knowledge, nation: int, edition_count: int) -> Iterator[Question]:
    """Every question about a nation: each edition whose shares differ from those of the others, and each two.

    Of two editions, what changed in the later one is asked about; what changed before is a question of its own.
    """
    runs = np.flatnonzero(knowledge.nation == nation)
    seen: set[bytes] = set()
    for edition in range(edition_count):
        held = _holds(knowledge, runs, edition)
        if held.any() and held.tobytes() not in seen:
            seen.add(held.tobytes())
            yield _question(knowledge, (edition,), runs, runs[held], runs[:0])
    for later in range(1, edition_count):
        held = _holds(knowledge, runs, later)
        changed = np.isin(knowledge.cell[runs], knowledge.cell[runs[held != _holds(knowledge, runs, later - 1)]])
        for earlier in range(later):
            before = _holds(knowledge, runs, earlier)
            after, gone = changed & held & ~before, changed & before & ~held
            question = _question(knowledge, (earlier, later), runs, runs[after], runs[gone])
            if len(question.sizes):
                yield question


def _holds(knowledge: Knowledge, runs: Ints, edition: int) -> Flags:
    """Which runs hold in an edition."""
    return (knowledge.first[runs] <= edition) & (edition <= knowledge.last[runs])


def _question(knowledge: Knowledge, editions: tuple[int, ...], runs: Ints, plus: Ints, minus: Ints) -> Question:
    """Quantities by cell: runs that are added, less those that are taken off, each turned so that it is positive.

    A share that is what it was, after it was something else for a while, is no change.
    """
    cells, row = np.unique(knowledge.cell[np.concatenate((plus, minus))], return_inverse=True)
    values = np.concatenate((np.ones(len(plus)), -np.ones(len(minus))))
    column = np.searchsorted(runs, np.concatenate((plus, minus)))
    parts = sparse.csr_array((values, (row, column)), shape=(len(cells), len(runs)))
    change = (parts @ knowledge.amount[runs]).astype(np.int64)
    some = np.flatnonzero(change)
    signs = sparse.diags_array(np.sign(change[some]).astype(np.float64))
    sizes, is_alone = np.abs(change[some]), np.bincount(row, minlength=len(cells))[some] == 1
    return Question(
        editions,
        runs,
        sparse.csr_array(signs @ parts[some]),
        sizes,
        is_alone & (sizes == 1),
        cells[some],
        change[some] > 0,
    )
