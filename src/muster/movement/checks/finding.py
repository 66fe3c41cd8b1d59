"""A breach of one rule, and the small words with which findings are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from muster.measures import MINUTES_PER_DAY, MINUTES_PER_HOUR

_NAMED_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One breach of one rule by a plan.

    Attributes
    ----------
    rule
        The name of the rule, as in ``docs/formulation/movement.md``.
    subject
        The load, line, asset or resource that breaks it.
    line
        ULN of the line concerned; None where the breach belongs to no single line.
    leg, place
        Where; None where it does not matter.
    minute
        When, in minutes after C-day; None where no time is concerned.
    amount
        By how much the limit is passed, in the unit of the rule: minutes, vehicles, kilograms, ...
    limit
        The limit that is passed, in the same unit, or as a minute after C-day for a rule about an instant.
    message
        One sentence that names the thing, the rule, when and by how much.
    """

    rule: str
    subject: str
    line: str | None = None
    leg: str | None = None
    place: str | None = None
    minute: int | None = None
    amount: int | None = None
    limit: int | None = None
    message: str


def duration(minutes: int) -> str:
    """Minutes as people say them: ``1 d 2 h 5 min``."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    hours, left = divmod(rest, MINUTES_PER_HOUR)
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (left, "min")) if count]
    return " ".join(parts) or "0 min"


def listed(names: Iterable[str]) -> str:
    """Names in the order given, each once, the first few of them."""
    once = list(dict.fromkeys(names))
    more = f" and {len(once) - _NAMED_AT_MOST} more" if len(once) > _NAMED_AT_MOST else ""
    return ", ".join(once[:_NAMED_AT_MOST]) + more
