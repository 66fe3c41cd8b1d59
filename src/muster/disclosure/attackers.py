"""Who may try to work out a share: somebody outside, or one contributor who knows its own part everywhere."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from muster.disclosure.knowledge import Flags, Floats, Ints, Knowledge

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
    fair_least, fair_most
        The same for the strongest attacker. Shapes (n_others,).
    """

    slots: Ints
    least: Floats
    most: Floats
    fair_least: Floats
    fair_most: Floats


def others_than(knowledge: Knowledge, nation: int, attacker: int) -> Others:
    """What an attacker knows of the others: at least one each, and exactly its own."""
    other = knowledge.nation != nation
    count = np.bincount(knowledge.slot[other], minlength=knowledge.slot_count).astype(np.float64)
    slots = np.flatnonzero(count)
    fair_least, fair_most = _thought(knowledge, other, count)
    least, most = _thought(knowledge, other if attacker == STRONGEST else knowledge.nation == attacker, count)
    return Others(slots, least[slots], most[slots], fair_least[slots], fair_most[slots])


def _thought(knowledge: Knowledge, known: Flags, count: Floats) -> tuple[Floats, Floats]:
    """Between which sums the others of each slot lie for somebody who knows the largest of some shares there."""
    largest, is_known = np.zeros_like(count), np.zeros(len(count), dtype=bool)
    np.maximum.at(largest, knowledge.slot[known], knowledge.amount[known])
    is_known[knowledge.slot[known]] = True
    return np.where(is_known, largest + count - 1, count), np.where(is_known & (count == 1), largest, np.inf)


def list_attackers(knowledge: Knowledge, nation: int) -> list[int]:
    """The outsider, and every nation but the one that is wondered about."""
    return [OUTSIDER, *(other for other in range(len(knowledge.nations)) if other != nation)]
