"""Hybrid logical clocks: times that stay near the wall clock and yet never contradict what caused what.

S. S. Kulkarni and others, "Logical Physical Clocks", OPODIS 2014. A time is a wall-clock millisecond and a counter; the
counter orders events that one millisecond, or a wall clock set back, cannot.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

LAST_WALL_MS: Final = 253_402_300_799_999
"""The last millisecond of the year 9999."""
LAST_COUNTER: Final = 999_999
"""After this the clock goes on with the next millisecond, ahead of the wall."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_FORM: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3})Z\+([0-9]{6})")


class TimeRefused(ValueError):
    """A time that no hybrid clock shows."""

    def __init__(self, what: str, rule: str) -> None:
        super().__init__(f"Hybrid time {what} {rule}; write it like 2026-10-04T12:00:00.123Z+000007.")
        self.what, self.rule = what, rule


@dataclass(frozen=True, slots=True, order=True)
class HybridTime:
    """An instant of a hybrid logical clock; later ones are greater.

    Attributes
    ----------
    wall_ms
        Milliseconds since the start of 1970, UTC, without leap seconds: the latest wall clock that was heard of.
    counter
        Which event at this millisecond, from 0.
    """

    wall_ms: int
    counter: int

    def __post_init__(self) -> None:
        """Refuse what the text form cannot say."""
        if not 0 <= self.wall_ms <= LAST_WALL_MS or not 0 <= self.counter <= LAST_COUNTER:
            raise TimeRefused(
                f"({self.wall_ms} ms, {self.counter})",
                f"is outside the years 1970 to 9999 or the counters 0 to {LAST_COUNTER}",
            )

    def __str__(self) -> str:
        """Give the form that :meth:`parse` reads; texts sort as their times do."""
        instant = _EPOCH + self.wall_ms * _MILLISECOND
        return f"{instant.isoformat(timespec='milliseconds')[:23]}Z+{self.counter:06d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-10-04T12:00:00.123Z+000007``.

        Raises
        ------
        TimeRefused
            When the text has another form, or names no instant.
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise TimeRefused(f'"{text}"', "has another form")
        try:
            instant = datetime.fromisoformat(f"{found[1]}+00:00")
        except ValueError:
            raise TimeRefused(f'"{text}"', "is not in the calendar") from None
        return cls((instant - _EPOCH) // _MILLISECOND, int(found[2]))


def tick(last: HybridTime | None, now_ms: int) -> HybridTime:
    """Time of an event of one's own: later than the last, and not behind the wall clock.

    Parameters
    ----------
    last
        The latest time that this site has given or received, None before its first.
    now_ms
        The wall clock, milliseconds since the start of 1970.
    """
    if last is None or now_ms > last.wall_ms:
        return HybridTime(now_ms, 0)
    return _next(last)


def receive(last: HybridTime | None, received: HybridTime, now_ms: int) -> HybridTime:
    """Time after an event of another site has arrived: later than its time and than one's own last.

    Parameters
    ----------
    last
        The latest time that this site has given or received, None before its first.
    received
        Time of the event that arrived.
    now_ms
        The wall clock, milliseconds since the start of 1970.
    """
    return tick(received if last is None else max(last, received), now_ms)


def _next(time: HybridTime) -> HybridTime:
    if time.counter < LAST_COUNTER:
        return HybridTime(time.wall_ms, time.counter + 1)
    return HybridTime(time.wall_ms + 1, 0)
