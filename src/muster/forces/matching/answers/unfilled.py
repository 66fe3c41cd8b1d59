"""Why a requirement is not filled: the shortest list of things that would have to be otherwise."""

from dataclasses import dataclass
from enum import StrEnum


class ReasonKind(StrEnum):
    """What stands between a requirement and its filling."""

    NO_OFFER = "no offer"
    """Nobody offers enough units with the capability and size, whatever else were lifted."""
    CAVEAT = "caveat"
    GATE = "gate"
    READINESS = "readiness"
    NOTICE = "notice"
    PLACE = "place"
    ATTRIBUTE = "attribute"
    ROTATION = "rotation"
    """Units would have to go again before their rest is over."""
    COHESION = "cohesion"
    """The largest number of nations, or the framework nation, keeps units out."""
    LIMIT = "limit"
    """A caveat limits the people of a nation in place."""
    SHORTAGE = "shortage"
    """The units there are serve in requirements that are worth more."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing on a list of reasons.

    Attributes
    ----------
    what
        Id of the caveat or gate; the attribute; the nation for readiness, notice and place; empty where the kind says
        it all.
    """

    kind: ReasonKind
    what: str = ""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A requirement that is short, and the reasons.

    Attributes
    ----------
    short
        Elements missing in each month. Length: the months planned.
    reasons
        Lifting all of these fills it with no less coverage elsewhere; no shorter list does where ``is_shortest``.
    """

    requirement_id: str
    short: tuple[int, ...]
    reasons: tuple[Reason, ...]
    is_shortest: bool
