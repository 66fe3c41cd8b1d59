"""Gates: what must happen before an offer counts, such as the vote of a parliament."""

from dataclasses import dataclass
from enum import StrEnum

from muster.measures import DayOffset


class GateState(StrEnum):
    """How a gate stands today."""

    OPEN = "open"
    CLOSED = "closed"
    REFUSED = "refused"
    """The answer was no; it stays shut unless a planner asks what would be if it opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A row of the ``gates`` table: what must happen first, when it is expected, and how likely it is held to be.

    Attributes
    ----------
    nation
        Nation whose gate it is; None is everyone's.
    kind
        Parliament, mandate of the United Nations, backing of another state, cease-fire.
    opens
        Day on which a closed gate is expected to open; None is not known, and then it is not counted on.
    likelihood
        Chance that it opens, 0 to 1; None is not judged.
    """

    gate_id: str
    nation: str | None
    kind: str
    state: GateState
    opens: DayOffset | None
    likelihood: float | None
    source: str = ""
