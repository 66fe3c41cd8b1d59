"""The shortest list of causes that explains why a line is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from muster.movement.checks.finding import duration
from muster.movement.explanation.holdups import Cause, Wait
from muster.movement.explanation.waiting import HOLDERS

UNAVOIDABLE: Final = frozenset({Cause.READY, Cause.INTEGRATION})
"""Waits that are part of what a line needs in any case, like the way itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCause:
    """One thing that a line waited for on the way that decides its closure, all its waits for it together.

    Attributes
    ----------
    what
        The place, fleet, permit, caveat or override; empty for causes without one.
    """

    cause: Cause
    what: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Why a line is late.

    Attributes
    ----------
    causes
        The fewest causes whose minutes together reach the lateness, the longest first; all of them where they do not.
    in_any_case_min
        How late the line would be without any of its waits: ready date, ways and integration alone.
    """

    causes: tuple[LateCause, ...] = ()
    in_any_case_min: int = 0


NOT_LATE: Final = Lateness()


def explain_lateness(deciding: Iterable[Wait], lateness_min: int) -> Lateness:
    r"""The shortest list of causes of a lateness.

    .. math:: \min |K| \quad\text{with}\quad \sum_{c \in K} w_c \ge L

    Causes are taken longest first until they reach the lateness: no shorter list does, because no other causes of
    the same number wait longer together.

    Parameters
    ----------
    deciding
        Waits on the way that decides when the line closes, from
        :func:`muster.movement.explanation.waiting.deciding_waits`.
    """
    minutes: dict[tuple[Cause, str], int] = defaultdict(int)
    for wait in deciding:
        if wait.cause not in UNAVOIDABLE:
            minutes[wait.cause, wait.what if wait.cause in HOLDERS else ""] += wait.minutes
    causes = [LateCause(cause=cause, what=what, minutes=waited_min) for (cause, what), waited_min in minutes.items()]
    causes.sort(key=lambda cause: (-cause.minutes, cause.cause, cause.what))
    left_min, named = lateness_min, []
    for cause in causes:
        if left_min <= 0:
            break
        named.append(cause)
        left_min -= cause.minutes
    return Lateness(causes=tuple(named), in_any_case_min=max(0, left_min))


def as_words(lateness: Lateness) -> str:
    """The list as half a sentence."""
    parts = [f"{cause.what or _WORDS[cause.cause]} {duration(cause.minutes)}" for cause in lateness.causes]
    if lateness.in_any_case_min:
        parts.append(f"ready date and way alone {duration(lateness.in_any_case_min)}")
    return ", ".join(parts)


_WORDS: Final[Mapping[Cause, str]] = {
    Cause.PREDECESSOR: "lines that close before it",
    Cause.JOIN: "the rest of its line",
    Cause.PRIORITY: "more urgent lines",
    Cause.VOYAGE: "loads that share its voyage",
    Cause.TOGETHER: "keeping its line together",
    Cause.CHOICE: "the plan's own timing",
}
