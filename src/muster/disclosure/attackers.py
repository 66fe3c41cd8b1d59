"""Who may try to work out a share: somebody outside, or one contributor who knows its own part everywhere."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from muster.disclosure.knowledge import Floats, Ints, Knowledge

OUTSIDER: Final = -1
"""Somebody who contributes nothing."""
STRONGEST: Final = -2
"""Nobody real: knows in each slot the largest of the other shares. What is safe from it is safe from every attacker."""


@dataclass(frozen=True, slots=True)
class Others:
    """What all nations but one may have together, as an attacker sees it.

    Attributes
    ----------
    slots
        Slots that others are in. Shape (n_others,).
    least, most
        Between which sums of theirs each lies; infinite is no end. Shapes (n_others,).
    """

    slots: Ints
    least: Floats
    most: Floats


def others_than(knowledge: Knowledge, nation: int, attacker: int) -> Others:
    """What an attacker knows of the others: at least one each, and exactly its own."""
    other = knowledge.nation != nation
    slot, amount = knowledge.slot[other], knowledge.amount[other]
    count = np.bincount(slot, minlength=knowledge.slot_count).astype(np.float64)
    known, is_known = np.zeros_like(count), np.zeros(len(count), dtype=bool)
    mine = other if attacker == STRONGEST else knowledge.nation == attacker
    np.maximum.at(known, knowledge.slot[mine], knowledge.amount[mine])
    is_known[knowledge.slot[mine]] = True
    least = np.where(is_known, known + count - 1, count)
    most = np.where(is_known & (count == 1), known, np.inf)
    slots = np.flatnonzero(count)
    return Others(slots, least[slots], most[slots])


def list_attackers(knowledge: Knowledge, nation: int) -> list[int]:
    """The outsider, and every nation but the one that is wondered about."""
    return [OUTSIDER, *(other for other in range(len(knowledge.nations)) if other != nation)]


def is_possible_to(knowledge: Knowledge, nation: int, attacker: int, sums: Ints) -> bool:
    """Whether what others have together in each slot may be so for all that an attacker knows of itself.

    Parameters
    ----------
    sums
        What others than the nation have together. Shape (n_others,), in the order of :func:`others_than`.
    """
    others = others_than(knowledge, nation, attacker)
    return bool(((others.least <= sums) & (sums <= others.most)).all())
