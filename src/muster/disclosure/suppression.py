"""Complementary suppression: what else must be kept back so that what is said does not give away what is not."""

import numpy as np

from muster.disclosure.attackers import STRONGEST, list_attackers, others_than
from muster.disclosure.audit import find_answers, is_allowed_by
from muster.disclosure.knowledge import Flags, Knowledge
from muster.disclosure.questions import Question, list_questions


def suppress(knowledge: Knowledge, edition_count: int, p_percent: int) -> Flags:
    """Statements of the last edition that must be taken back. Shape (n_statements,).

    Nation by nation, question by question and attacker by attacker, other answers are found that take back as little
    information as possible. What was found for one stays true when more is taken back for another: one pass is enough.
    """
    may_break = knowledge.edition == edition_count - 1
    kept = np.ones(len(may_break), dtype=bool)
    for nation in range(len(knowledge.nations)):
        for question in list_questions(knowledge, nation, edition_count):
            if may_break[kept].any():
                _keep_safe(knowledge, question, nation, p_percent, kept, may_break)
    return ~kept


def _keep_safe(
    knowledge: Knowledge, question: Question, nation: int, p_percent: int, kept: Flags, may_break: Flags
) -> None:
    """Take back, in place, what gives the answer to a question away to any attacker."""
    strongest = others_than(knowledge, nation, STRONGEST)
    if find_answers(knowledge, question, strongest, p_percent, kept, np.zeros_like(may_break)) is not None:
        return
    left = list_attackers(knowledge, nation)
    while left:
        others = others_than(knowledge, nation, left.pop(0))
        answers = find_answers(knowledge, question, others, p_percent, kept, may_break)
        if answers is None:
            kept &= ~may_break  # a release that says nothing new is safe
            return
        for answer in answers:
            kept &= ~answer.breaks
        left = [attacker for attacker in left if not is_allowed_by(knowledge, nation, attacker, answers)]
