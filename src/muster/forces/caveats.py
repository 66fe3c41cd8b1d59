"""National caveats as data: who limits what, where, by which means, from when."""

from dataclasses import dataclass
from enum import StrEnum

from muster.measures import DayOffset


class CaveatEffect(StrEnum):
    """What a caveat does."""

    FORBIDS = "forbids"
    NEEDS_APPROVAL = "needs approval"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """A row of the ``caveats`` table.

    Attributes
    ----------
    country, place, mode, cargo
        Conditions; what is None does not narrow the caveat. ``mode`` and ``cargo`` are the words of the movement room.
    approved
        When approval is expected, for a caveat that needs it; None is never.
    limit_people_per_day
        For a caveat that limits: people that may enter the country in a day.
    """

    caveat_id: str
    nation: str
    category: str
    effect: CaveatEffect
    country: str | None = None
    place: str | None = None
    mode: str | None = None
    cargo: str | None = None
    approved: DayOffset | None = None
    limit_people_per_day: int | None = None
    note: str = ""
    source: str = ""
