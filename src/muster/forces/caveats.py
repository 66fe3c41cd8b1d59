"""National caveats as data: who limits what, where, at which task, by which means, from when until when."""

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
    country, place, mode, cargo, task
        Conditions; what is None does not narrow the caveat. ``mode`` and ``cargo`` are the words of the movement room,
        ``task`` is that of a requirement. A caveat with a mode or a cargo concerns movement only, one with a task or a
        number of people in place concerns service only.
    starts, until
        When it holds, for service; None is from the beginning, and to the end. Movement keeps to it at all times.
    approved
        When approval is expected, for a caveat that needs it; None is never.
    limit_people_per_day
        For a caveat that limits: people that may enter the country in a day.
    limit_people
        For a caveat that limits: people that may be in place at one time.
    """

    caveat_id: str
    nation: str
    category: str
    effect: CaveatEffect
    country: str | None = None
    place: str | None = None
    mode: str | None = None
    cargo: str | None = None
    task: str | None = None
    starts: DayOffset | None = None
    until: DayOffset | None = None
    approved: DayOffset | None = None
    limit_people_per_day: int | None = None
    limit_people: int | None = None
    note: str = ""
    source: str = ""

    @property
    def concerns_service(self) -> bool:
        """Whether it says something about serving, and not only about the way there."""
        return self.mode is None and self.cargo is None and self.limit_people_per_day is None

    @property
    def concerns_movement(self) -> bool:
        """Whether it says something about the way there, and not only about serving."""
        return self.task is None and self.limit_people is None
