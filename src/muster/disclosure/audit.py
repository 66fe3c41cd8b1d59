r"""The audit: linear programmes that ask what an attacker can work out, and find other answers that agree with what it knows.

An attacker who knows everything in :mod:`muster.disclosure.knowledge` faces the whole-number points of

.. math:: \ell \le A y \le h, \qquad y \ge 1,

with one unknown for each run of the nation and one for each slot of the others. To protect, we look for other
answers in it, :func:`find_answer`; what we find is rounded and tested in whole numbers, so that a solver cannot err to the wrong side. To
accuse, we look for the least and the greatest that a share can be, :func:`find_interval`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from muster.disclosure.attackers import OUTSIDER, STRONGEST, Others, list_attackers, others_than
from muster.disclosure.contributions import Cell
from muster.disclosure.knowledge import Flags, Floats, Ints, Knowledge, gather
from muster.disclosure.questions import Goal, Question, list_questions, ways_to_be_safe
from muster.disclosure.release import Edition

P_PERCENT = 15
"""Within how much of the truth nobody may bound a share."""
RELUCTANCE = 1e-3
"""What it costs to depart by one from what the strongest attacker thinks possible; a statement that is taken back costs 1 or more."""
NEARLY = 1e-6
"""What a solver may be off by where it means a whole number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Another answer to a question that an attacker cannot tell from the truth, once some statements are taken back.

    Attributes
    ----------
    others
        What the others would have together. Shape (n_others,).
    breaks
        Statements that it disagrees with. Shape (n_statements,).
    """

    others: Ints
    breaks: Flags


@dataclass(frozen=True, slots=True)
class Exposure:
    """Something that an attacker can bound too well.

    Attributes
    ----------
    nation
        Whose it is.
    attacker
        The nation that works it out from what it knows of itself; None is anybody.
    releases
        Numbers of the release in which it contributes, or of the two between which it changes.
    cells
        Where: one cell, or those of a published sum.
    amount
        The truth: what it contributes there, or by how much that changes.
    low, high
        What the attacker knows: between which whole numbers the truth lies.
    """

    nation: str
    attacker: str | None
    releases: tuple[int, ...]
    cells: tuple[Cell, ...]
    amount: int
    low: int
    high: int

    def __str__(self) -> str:
        """Give it as a sentence."""
        where = str(self.cells[0]) if len(self.cells) == 1 else f"{len(self.cells)} cells from {self.cells[0]} on"
        what = "contributes" if len(self.releases) == 1 else "changes"
        return f"{self.attacker or 'Anybody'} can tell that {self.nation} {what} {self.low} to {self.high} in {where}."


def find_answer(
    knowledge: Knowledge, question: Question, others: Others, goal: Goal, p_percent: int, kept: Flags, may_break: Flags
) -> Answer | None:
    r"""Find an answer that meets a goal and disagrees with as little as possible.

    .. math:: \min \sum_s w_s (u_s + v_s) + \varepsilon \sum_k (d_k + e_k) \quad\text{with}\quad \ell \le A y + u - v \le h

    in which :math:`w_s` is the information in a statement, and :math:`u, v \ge 0` are nought for those that must stand.
    What others have together in a slot departs by :math:`d` and :math:`e` from what the strongest attacker thinks possible: the less
    it does, the more attackers cannot tell the answer from the truth either.

    Parameters
    ----------
    kept
        Statements that are made. Shape (n_statements,).
    may_break
        Those among them that can still be taken back. Shape (n_statements,).

    Returns
    -------
    Answer | None
        None where no answer meets the goal without disagreeing with a statement that must stand.
    """
    made = np.flatnonzero(kept)
    told = sparse.csc_array(knowledge.told[made])
    own_told, other_told = told[:, knowledge.slot[question.runs]], told[:, others.slots]
    below, above = np.flatnonzero(others.least < others.fair_least), np.flatnonzero(others.most > others.fair_most)
    soft = np.flatnonzero(may_break[made])
    slack = sparse.csc_array((np.ones(len(soft)), (soft, np.arange(len(soft)))), shape=(len(made), len(soft)))
    least, most = goal.ends(question, p_percent)
    parts = [other_told, -other_told[:, below], other_told[:, above], slack, -slack]
    rows = sparse.block_array([[own_told, *parts], [question.parts, *[None] * len(parts)]], format="csc")
    low = np.concatenate((knowledge.low[made], least))
    high = np.concatenate((knowledge.high[made], most))
    ends = np.cumsum([len(question.runs), len(others.slots), len(below), len(above), len(soft), len(soft)])
    lower, upper = np.zeros(ends[-1]), np.full(ends[-1], np.inf)
    lower[: ends[0]] = 1.0
    lower[ends[0] : ends[1]], upper[ends[0] : ends[1]] = others.fair_least, others.fair_most
    upper[ends[1] : ends[2]] = (others.fair_least - others.least)[below]
    upper[ends[2] : ends[3]] = (others.most - others.fair_most)[above]
    weight = knowledge.weight[made[soft]]
    costs = np.concatenate((np.zeros(ends[1]), np.full(ends[3] - ends[1], RELUCTANCE), weight, weight))
    values = _solve(costs, rows, (low, high), (lower, upper), whole=int(ends[3]))
    if values is None:
        return None
    own, rest, less, more = np.split(values[: ends[3]], ends[:3])
    rest[below] -= less
    rest[above] += more
    return _tested(knowledge, question, others, (least, most), (own, rest), kept, may_break)


def _tested(
    knowledge: Knowledge,
    question: Question,
    others: Others,
    within: tuple[Floats, Floats],
    found: tuple[Floats, Floats],
    kept: Flags,
    may_break: Flags,
) -> Answer | None:
    """Test in whole numbers what was found, and tell with which statements it disagrees; None if one of them must stand."""
    own, rest = found
    sizes = question.parts @ own
    sums = knowledge.told[:, knowledge.slot[question.runs]] @ own + knowledge.told[:, others.slots] @ rest
    breaks = kept & ((sums < knowledge.low) | (sums > knowledge.high))
    is_possible = bool(((others.least <= rest) & (rest <= others.most)).all() and (own >= 1).all())
    is_other = bool(((within[0] <= sizes) & (sizes <= within[1])).all())
    if not (is_possible and is_other) or (breaks & ~may_break).any():
        return None
    return Answer(rest.astype(np.int64), breaks)


def _solve(
    costs: Floats, rows: sparse.csc_array, within: tuple[Floats, Floats], bounds: tuple[Floats, Floats], *, whole: int
) -> Floats | None:
    """Cheapest point whose first values are whole; None where there is none.

    Tables with one or two dimensions of totals have whole corners, so that the linear programme alone is nearly always enough.
    """
    for is_whole in (0, 1):
        found = milp(
            costs,
            constraints=LinearConstraint(rows, *within),
            bounds=Bounds(*bounds),
            integrality=np.concatenate((np.full(whole, is_whole), np.zeros(len(costs) - whole))),
        )
        if found.x is None:
            return None
        rounded = np.rint(found.x)
        if (np.abs(rounded - found.x)[:whole] < NEARLY).all():
            return np.asarray(rounded, dtype=np.float64)
    return None


def find_interval(
    knowledge: Knowledge, question: Question, others: Others, chosen: Ints
) -> tuple[int | None, int | None]:
    """Between which whole numbers an attacker knows a sum of quantities to lie; None where it knows no end.

    The ends of the linear programme are rounded inwards, as an attacker would who knows that units are whole.

    Parameters
    ----------
    chosen
        Numbers of the quantities that are added up. Shape (n_chosen,).
    """
    own_count, count = len(question.runs), len(question.runs) + len(others.slots)
    told = knowledge.told
    rows = sparse.hstack([told[:, knowledge.slot[question.runs]], told[:, others.slots]], format="csc")
    costs = np.concatenate((question.parts[chosen].sum(axis=0), np.zeros(len(others.slots))))
    lower = np.concatenate((np.ones(own_count), others.least))
    upper = np.concatenate((np.full(own_count, np.inf), others.most))
    ends: list[int | None] = []
    for sign in (1.0, -1.0):
        found = milp(
            sign * costs,
            constraints=LinearConstraint(rows, knowledge.low, knowledge.high),
            bounds=Bounds(lower, upper),
            integrality=np.zeros(count),
        )
        ends.append(None if found.x is None else int(sign * np.ceil(found.fun - NEARLY)))
    return ends[0], ends[1]


def is_safe_from(knowledge: Knowledge, question: Question, others: Others, p_percent: int, kept: Flags) -> bool:
    """Whether other answers are found that keep a nation safe, with all statements that are kept standing."""
    none = np.zeros(len(kept), dtype=bool)
    return any(
        all(find_answer(knowledge, question, others, goal, p_percent, kept, none) is not None for goal in goals)
        for goals in ways_to_be_safe(question)
    )


def audit(editions: Sequence[Edition], *, p_percent: int = P_PERCENT) -> tuple[Exposure, ...]:
    """What somebody who reads all releases can bound to within a part of the truth, of what others contribute.

    Cells and published sums are tried, for everybody outside and for each contributor; what everybody can work out is told once.
    """
    knowledge = gather(editions)
    found: dict[tuple[str, tuple[int, ...], tuple[Cell, ...]], Exposure] = {}
    for nation in range(len(knowledge.nations)):
        for question in list_questions(knowledge, nation, len(editions)):
            for attacker in _attackers_to_fear(knowledge, question, nation, p_percent):
                for exposure in _exposures(knowledge, question, nation, attacker, editions, p_percent):
                    found.setdefault((exposure.nation, exposure.releases, exposure.cells), exposure)
    return tuple(found.values())


def _attackers_to_fear(knowledge: Knowledge, question: Question, nation: int, p_percent: int) -> Iterator[int]:
    """Attackers from whom no other answers are found to keep a nation safe."""
    kept = np.ones(len(knowledge.names), dtype=bool)
    if not is_safe_from(knowledge, question, others_than(knowledge, nation, STRONGEST), p_percent, kept):
        for attacker in list_attackers(knowledge, nation):
            if not is_safe_from(knowledge, question, others_than(knowledge, nation, attacker), p_percent, kept):
                yield attacker


def _exposures(
    knowledge: Knowledge, question: Question, nation: int, attacker: int, editions: Sequence[Edition], p_percent: int
) -> Iterator[Exposure]:
    """Sums of quantities that an attacker can bound too well."""
    others = others_than(knowledge, nation, attacker)
    for chosen in _sums_of_quantities(knowledge, question, editions):
        low, high = find_interval(knowledge, question, others, chosen)
        amount = int(question.sizes[chosen].sum())
        if low is None or high is None:
            continue
        if 100 * low >= (100 - p_percent) * amount and 100 * high <= (100 + p_percent) * amount:
            yield Exposure(
                knowledge.nations[nation],
                None if attacker == OUTSIDER else knowledge.nations[attacker],
                tuple(editions[index].release.number for index in question.editions),
                tuple(knowledge.cells[cell] for cell in question.cells[chosen].tolist()),
                amount,
                low,
                high,
            )


def _sums_of_quantities(knowledge: Knowledge, question: Question, editions: Sequence[Edition]) -> list[Ints]:
    """Each quantity by itself, and those of each published sum that go the same way."""
    number = {cell: index for index, cell in enumerate(knowledge.cells)}
    groups = [np.array([index]) for index in range(len(question.sizes))]
    for one in editions[question.editions[-1]].sums:
        inside = np.isin(question.cells, [number[cell] for cell in one.cells])
        groups += [np.flatnonzero(inside & (question.grows == grows)) for grows in (True, False)]
    unique = {tuple(group.tolist()): group for group in groups if len(group)}
    return list(unique.values())
