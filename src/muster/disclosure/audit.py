r"""The audit: linear programmes that ask what an attacker can work out, or find other answers that it must allow.

An attacker who knows everything in :mod:`muster.disclosure.knowledge` faces the whole-number points of

.. math:: \ell \le A y \le h, \qquad y \ge 1,

with one unknown for each run of the nation and one for each slot of the others. To protect, we look for other
answers in it, :func:`find_answers`; what we find is rounded and tested in whole numbers, so that a solver cannot err to
the wrong side. To accuse, we look for the least and the greatest that a share can be, :func:`find_interval`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from muster.disclosure.attackers import Others, others_than
from muster.disclosure.knowledge import Flags, Floats, Ints, Knowledge
from muster.disclosure.questions import (
    Question,
    Wish,
    all_greater,
    all_smaller,
    many_smaller,
    rest_greater,
)

P_PERCENT = 15
"""Within how much of the truth nobody may bound a share."""
RELUCTANCE = 1e-3
"""What it costs to depart by one from what the strongest attacker thinks possible, beside 1 or more for a statement."""
MIP_GAP = 0.5
"""Relative gap at which the search for whole numbers ends; a better answer would only keep less back."""
NODE_LIMIT = 1000
"""Nodes after which it ends with the best answer so far."""
NEARLY = 1e-6
"""What a solver may be off by where it means a whole number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Another answer to a question that an attacker cannot tell from the truth, once some statements are taken back.

    Attributes
    ----------
    sizes
        What the quantities would be. Shape (n_quantities,).
    others
        What the others would have together. Shape (n_others,).
    breaks
        Statements that it disagrees with. Shape (n_statements,).
    """

    sizes: Floats
    others: Floats
    breaks: Flags


def find_answers(
    knowledge: Knowledge, question: Question, others: Others, p_percent: int, kept: Flags, may_break: Flags
) -> tuple[Answer, ...] | None:
    """Other answers that keep a nation safe from an attacker, once as little information as can be is taken back.

    Parameters
    ----------
    kept
        Statements that are made. Shape (n_statements,).
    may_break
        Those among them that can still be taken back. Shape (n_statements,).

    Returns
    -------
    tuple[Answer, ...] | None
        None where none are found.
    """
    best: tuple[float, tuple[Answer, ...]] | None = None
    for answers in _ways(knowledge, question, others, p_percent, kept, may_break):
        lost = float(knowledge.weight[np.logical_or.reduce([answer.breaks for answer in answers])].sum())
        if best is None or lost < best[0]:
            best = lost, answers
        if not lost:
            break
    return best[1] if best else None


def is_allowed_by(knowledge: Knowledge, nation: int, attacker: int, answers: Sequence[Answer]) -> bool:
    """Whether another attacker must allow answers that were found for one."""
    others = others_than(knowledge, nation, attacker)
    return all(bool(((others.least <= a.others) & (a.others <= others.most)).all()) for a in answers)


def _ways(
    knowledge: Knowledge, question: Question, others: Others, p_percent: int, kept: Flags, may_break: Flags
) -> Iterator[tuple[Answer, ...]]:
    """Each way to be safe for which answers are found."""
    for wish in (all_smaller(question, p_percent), all_greater(question, p_percent)):
        answer = _find_answer(knowledge, question, others, wish, kept, may_break)
        if answer is not None:
            yield (answer,)
    wish = many_smaller(question, p_percent)
    first = _find_answer(knowledge, question, others, wish, kept, np.zeros_like(may_break))
    if first is not None:
        rest = rest_greater(question, first.sizes > wish.most, p_percent)
        second = _find_answer(knowledge, question, others, rest, kept, may_break)
        if second is not None:
            yield first, second


def _find_answer(
    knowledge: Knowledge, question: Question, others: Others, wish: Wish, kept: Flags, may_break: Flags
) -> Answer | None:
    r"""Find an answer that is as wished and disagrees with as little as possible.

    .. math:: \min \sum_s w_s (u_s + v_s) + \sum_c t_c / g_c + \varepsilon \sum_k (d_k + e_k)
              \quad\text{with}\quad \ell \le A y + u - v \le h

    in which :math:`w_s` is the information in a statement, and :math:`u, v \ge 0` are nought for those that must stand;
    :math:`t` is what a wish gives, at most :math:`g`. What others have together in a slot departs by :math:`d` and
    :math:`e` from what the strongest attacker thinks possible; the less it does, the more must allow the answer.
    """
    made, give = np.flatnonzero(kept), np.flatnonzero(wish.give)
    told = sparse.csc_array(knowledge.told[made])
    other_told, soft = told[:, others.slots], np.flatnonzero(may_break[made])
    below, above = np.flatnonzero(others.least < others.fair_least), np.flatnonzero(others.most > others.fair_most)
    slack, given = sparse.eye_array(len(made), format="csc")[:, soft], sparse.eye_array(len(wish.give), format="csc")
    parts = [other_told, -other_told[:, below], other_told[:, above], slack, -slack]
    rows = sparse.block_array(
        [[told[:, knowledge.slot[question.runs]], *parts, None], [question.parts, *[None] * 5, -given[:, give]]],
        format="csc",
    )
    sizes = (len(question.runs), len(others.slots), len(below), len(above), len(soft), len(soft), len(give))
    lower = [np.ones(sizes[0]), others.fair_least, *map(np.zeros, sizes[2:])]
    upper = [np.full(sizes[0], np.inf), others.fair_most, (others.fair_least - others.least)[below]]
    upper += [*(np.full(size, np.inf) for size in sizes[3:6]), wish.give[give]]
    weight = knowledge.weight[made[soft]]
    costs = [*map(np.zeros, sizes[:2]), *(np.full(size, RELUCTANCE) for size in sizes[2:4])]
    costs += [weight, weight, 1.0 / wish.give[give]]
    values = _solve(
        np.concatenate(costs),
        rows,
        (np.append(knowledge.low[made], wish.least), np.append(knowledge.high[made], wish.most)),
        (np.concatenate(lower), np.concatenate(upper)),
        whole=sum(sizes[:4]),
    )
    if values is None:
        return None
    own, rest, less, more, *_ = np.split(values, np.cumsum(sizes))
    rest[below] -= less
    rest[above] += more
    return _tested(knowledge, question, others, wish, (own, rest), kept, may_break)


def _tested(
    knowledge: Knowledge,
    question: Question,
    others: Others,
    wish: Wish,
    found: tuple[Floats, Floats],
    kept: Flags,
    may_break: Flags,
) -> Answer | None:
    """Test in whole numbers what was found, and tell with what it disagrees; None if it will not do."""
    own, rest = found
    sizes = question.parts @ own
    sums = knowledge.told[:, knowledge.slot[question.runs]] @ own + knowledge.told[:, others.slots] @ rest
    breaks = kept & ((sums < knowledge.low) | (sums > knowledge.high))
    is_possible = bool(((others.least <= rest) & (rest <= others.most)).all() and (own >= 1).all())
    is_as_wished = bool(((wish.least <= sizes) & (sizes <= wish.most + wish.give)).all())
    return Answer(sizes, rest, breaks) if is_possible and is_as_wished and not (breaks & ~may_break).any() else None


def _solve(
    costs: Floats, rows: sparse.csc_array, within: tuple[Floats, Floats], bounds: tuple[Floats, Floats], *, whole: int
) -> Floats | None:
    """Cheap point whose first values are whole; None where none is found.

    Tables with one or two dimensions of totals have whole corners: there the linear programme alone is enough. Where
    its corner is not whole, whole numbers are sought near it, which is quick; then everywhere.
    """
    lower, upper = bounds
    has_whole = np.arange(len(costs)) < whole
    corner = _optimum(costs, rows, within, bounds, np.zeros_like(has_whole))
    if corner is None:
        return None
    rounded = np.rint(corner)
    if (np.abs(rounded - corner)[has_whole] < NEARLY).all():
        return rounded
    near = (
        np.where(has_whole, np.maximum(lower, np.floor(corner) - 1), lower),
        np.where(has_whole, np.minimum(upper, np.ceil(corner) + 1), upper),
    )
    for ends in (near, bounds):
        found = _optimum(costs, rows, within, ends, has_whole)
        if found is not None:
            return np.rint(found)
    return None


def _optimum(
    costs: Floats,
    rows: sparse.csc_array,
    within: tuple[Floats, Floats],
    bounds: tuple[Floats, Floats],
    is_whole: Flags,
) -> Floats | None:
    """Cheapest point, nearly so where values must be whole; None where none is found."""
    found = milp(
        costs,
        constraints=LinearConstraint(rows, *within),
        bounds=Bounds(*bounds),
        integrality=is_whole.astype(np.int64),
        options={"mip_rel_gap": MIP_GAP, "node_limit": NODE_LIMIT},
    )
    return None if found.x is None else np.asarray(found.x, dtype=np.float64)


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
    costs: Floats = np.zeros(count)
    costs[:own_count] = question.parts[chosen].sum(axis=0)
    lower = np.concatenate((np.ones(own_count), others.least))
    upper = np.concatenate((np.full(own_count, np.inf), others.most))
    ends: list[int | None] = []
    for sign in (1.0, -1.0):
        found = milp(
            sign * costs,
            constraints=LinearConstraint(rows, knowledge.low, knowledge.high),
            bounds=Bounds(lower, upper),
            integrality=np.zeros(count, dtype=np.int64),
        )
        ends.append(None if found.x is None else int(sign * np.ceil(found.fun - NEARLY)))
    return ends[0], ends[1]
