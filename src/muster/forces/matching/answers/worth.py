"""What a change is worth: coverage gained or lost when the matching is made again with it."""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What is changed."""

    CAVEAT_LIFTED = "caveat lifted"
    GATE_OPEN = "gate open"
    NATION_WITHDRAWN = "nation withdrawn"
    NEXT_OFFER = "next offer"


@dataclass(frozen=True, slots=True)
class Worth:
    """A change and what it does to coverage, worked out by matching again.

    Attributes
    ----------
    what
        Id of the caveat or gate, code of the nation, or for an offer the capability and size.
    nation
        Nation it concerns; empty where it is everyone's.
    gain
        Weighted element-days gained; negative when they are lost.
    gain_bound
        What cannot be exceeded; equal to ``gain`` where it is proved.
    by_requirement
        Element-days gained or lost by requirement, those that change most first; only those that change.
    """

    kind: ChangeKind
    what: str
    nation: str
    gain: int
    gain_bound: int
    by_requirement: tuple[tuple[str, int], ...] = ()
    units: int = 0
    note: str = ""
