"""Complementary suppression: what else must be kept back so that what is said does not give away what is not."""

from typing import Final

import numpy as np

from muster.disclosure.attackers import OUTSIDER, STRONGEST, is_possible_to, list_attackers, others_than
from muster.disclosure.audit import Answer, find_answer, is_safe_from
from muster.disclosure.knowledge import Flags, Knowledge
from muster.disclosure.questions import Question, list_questions, ways_to_be_safe

_ANYBODY: Final = "anybody"


class EarlierReleasesExpose(ValueError):
    """Earlier releases give something away by themselves, so that no later one can be safe.

    Attributes
    ----------
    nation
        Whose share or change.
    attacker
        Who can work it out.
    """

    def __init__(self, nation: str, attacker: str) -> None:
        super().__init__(
            f"Earlier releases let {attacker} work out what {nation} contributes, whatever the new one says; "
            "audit them, and begin a new series whose first release does not refer to them."
        )
        self.nation, self.attacker = nation, attacker


def suppress(knowledge: Knowledge, edition_count: int, p_percent: int) -> Flags:
    """Statements of the last edition that must be taken back. Shape (n_statements,).

    Nation by nation, question by question and attacker by attacker, other answers are found that take back as little
    information as possible. What was found for one stays true when more is taken back for another, so one pass is enough.

    Raises
    ------
    EarlierReleasesExpose
        When taking back all of the last edition is not enough.
    """
    may_break = knowledge.edition == edition_count - 1
    kept = np.ones(len(may_break), dtype=bool)
    for nation in range(len(knowledge.nations)):
        for question in list_questions(knowledge, nation, edition_count):
            _keep_safe(knowledge, question, nation, p_percent, kept, may_break)
    return ~kept


def _keep_safe(
    knowledge: Knowledge, question: Question, nation: int, p_percent: int, kept: Flags, may_break: Flags
) -> None:
    """Take back, in place, what gives the answer to a question away to any attacker."""
    if is_safe_from(knowledge, question, others_than(knowledge, nation, STRONGEST), p_percent, kept):
        return
    left = list_attackers(knowledge, nation)
    while left:
        answers = _cheapest(knowledge, question, nation, left.pop(0), p_percent, kept, may_break)
        for answer in answers:
            kept &= ~answer.breaks
        left = [
            other
            for other in left
            if not all(is_possible_to(knowledge, nation, other, answer.others) for answer in answers)
        ]


def _cheapest(
    knowledge: Knowledge, question: Question, nation: int, attacker: int, p_percent: int, kept: Flags, may_break: Flags
) -> list[Answer]:
    """Other answers that keep a nation safe from an attacker and take back the least information together."""
    others = others_than(knowledge, nation, attacker)
    best: tuple[float, list[Answer]] | None = None
    for goals in ways_to_be_safe(question):
        found = [find_answer(knowledge, question, others, goal, p_percent, kept, may_break) for goal in goals]
        answers = [answer for answer in found if answer is not None]
        broken = np.logical_or.reduce([answer.breaks for answer in answers]) if answers else np.zeros_like(kept)
        lost = float(knowledge.weight[broken].sum())
        if len(answers) == len(goals) and (best is None or lost < best[0]):
            best = lost, answers
    if best is None:
        who = _ANYBODY if attacker == OUTSIDER else knowledge.nations[attacker]
        raise EarlierReleasesExpose(knowledge.nations[nation], who)
    return best[1]
