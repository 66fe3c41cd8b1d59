"""What attackers can work out from releases: the audit that looks at releases alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from muster.disclosure.attackers import OUTSIDER, STRONGEST, list_attackers, others_than
from muster.disclosure.audit import P_PERCENT, find_answers, find_interval, is_allowed_by
from muster.disclosure.contributions import Cell
from muster.disclosure.knowledge import Ints, Knowledge, gather
from muster.disclosure.questions import Question, list_questions
from muster.disclosure.release import Edition


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
        what = "contributes" if len(self.releases) == 1 else "changes by"
        size = f"exactly {self.low}" if self.low == self.high else f"{self.low} to {self.high}"
        return f"{self.attacker or 'Anybody'} can tell that {self.nation} {what} {size} in {where}."


def list_exposures(editions: Sequence[Edition], *, p_percent: int = P_PERCENT) -> tuple[Exposure, ...]:
    """What somebody who reads all releases can bound to within a part of the truth, of what others contribute.

    Cells and published sums are tried, for everybody outside and for each contributor; what anybody can tell, once.
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
    kept, none = np.ones(len(knowledge.names), dtype=bool), np.zeros(len(knowledge.names), dtype=bool)
    left = [STRONGEST, *list_attackers(knowledge, nation)]
    while left:
        attacker = left.pop(0)
        others = others_than(knowledge, nation, attacker)
        answers = find_answers(knowledge, question, others, p_percent, kept, none)
        if answers is not None:
            left = [other for other in left if not is_allowed_by(knowledge, nation, other, answers)]
        elif attacker != STRONGEST:
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
