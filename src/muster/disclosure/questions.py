r"""What a reader may wonder about a nation, and the other answers that keep it safe.

A *question* is about all that a nation contributes in one edition, or about all that changes between two. Its
*quantities* are the shares, or the sizes of the changes, cell by cell.

Other answers keep a nation safe when they agree with everything that was told. One in which every quantity is greater
by more than :math:`p\,\%` is enough: then no sum of any of them is known to within :math:`p\,\%`. So is one in which
every quantity is smaller. So are two: one in which some are smaller by more than :math:`2p\,\%` and the rest not
greater, and one in which the rest are greater by as much and none is smaller. The proof is in
``docs/formulation/safe-totals.md``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    cells, grows
        Cell of each quantity, and whether it grows; a share does. Shapes (n_quantities,).
    """

    editions: tuple[int, ...]
    runs: Ints
    parts: sparse.csr_array
    sizes: Ints
    cells: Ints
    grows: Flags


@dataclass(frozen=True, slots=True)
class Wish:
    """How another answer is to differ from the truth, in every quantity at once.

    Attributes
    ----------
    least, most
        Between which sizes each quantity is to lie; infinite is no end. Shapes (n_quantities,).
    give
        By how much it may be more than the most where it must; as rarely as can be. Shape (n_quantities,).
    """

    least: Floats
    most: Floats
    give: Floats


def all_greater(question: Question, p_percent: int) -> Wish:
    """Every quantity is greater by more than p %."""
    none = np.full(len(question.sizes), np.inf)
    return Wish(_greater(question.sizes, p_percent), none, np.zeros(len(none)))


def all_smaller(question: Question, p_percent: int) -> Wish:
    """Every quantity is smaller by more than p %."""
    none = np.full(len(question.sizes), np.inf)
    return Wish(-none, _smaller(question.sizes, p_percent), np.zeros(len(none)))


def many_smaller(question: Question, p_percent: int) -> Wish:
    """As many quantities as can be are smaller by more than 2p %, and none is greater."""
    most = _smaller(question.sizes, 2 * p_percent)
    return Wish(np.full(len(most), -np.inf), most, question.sizes - most)


def rest_greater(question: Question, rest: Flags, p_percent: int) -> Wish:
    """Some quantities are greater by more than 2p %, and none is smaller."""
    least = np.where(rest, _greater(question.sizes, 2 * p_percent), question.sizes)
    return Wish(least, np.full(len(least), np.inf), np.zeros(len(least)))


def _greater(sizes: Ints, percent: int) -> Floats:
    """Least whole numbers that are greater by more than a part."""
    return (sizes * (100 + percent) // 100 + 1).astype(np.float64)


def _smaller(sizes: Ints, percent: int) -> Floats:
    """Greatest whole numbers that are smaller by more than a part."""
    return ((sizes * (100 - percent) - 1) // 100).astype(np.float64)


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
    return Question(
        editions,
        runs,
        sparse.csr_array(signs @ parts[some]),
        np.abs(change[some]),
        cells[some],
        change[some] > 0,
    )
