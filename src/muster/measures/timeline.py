"""Day marks and offsets: a plan counts minutes after C-day, and a date turns them into instants at the end.

C-day is when deployment begins, G-day when the order is given, D-day when the operation begins. Offsets are written
``C+12`` or ``G+3 06:30``: days, then a time of day, after 00:00 UTC of the mark.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from muster.measures.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

_OFFSET: Final = re.compile(r"^([GCD])([+-]\d{1,4})(?:[ T](\d{2}):(\d{2}))?$")


class DayMark(StrEnum):
    """The days from which a plan counts."""

    G = "G"
    """The order is given."""
    C = "C"
    """Deployment begins."""
    D = "D"
    """The operation begins."""


class UnreadableOffset(ValueError):
    """A text that is no offset from a day mark."""

    def __init__(self, text: str) -> None:
        super().__init__(f'"{text}" is not an offset from a day mark; write it like C+12 or G+3 06:30.')
        self.text = text


@dataclass(frozen=True, slots=True, order=True)
class DayOffset:
    """An instant as minutes after 00:00 UTC of a day mark."""

    mark: DayMark
    offset_min: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``C+12`` or ``G+3 06:30``.

        Raises
        ------
        UnreadableOffset
            When the text has another form, or its time of day does not exist.
        """
        found = _OFFSET.match(text.strip())
        if found is None:
            raise UnreadableOffset(text)
        mark, day, hour, minute = found.groups()
        hours, minutes = int(hour or 0), int(minute or 0)
        if hours >= 24 or minutes >= MINUTES_PER_HOUR:
            raise UnreadableOffset(text)
        return cls(DayMark(mark), int(day) * MINUTES_PER_DAY + hours * MINUTES_PER_HOUR + minutes)

    def __str__(self) -> str:
        """Give the form that :meth:`parse` reads."""
        day, minute = divmod(self.offset_min, MINUTES_PER_DAY)
        clock = f" {minute // MINUTES_PER_HOUR:02d}:{minute % MINUTES_PER_HOUR:02d}" if minute else ""
        return f"{self.mark}{day:+d}{clock}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where the marks lie against C-day, and the date of C-day once it is known.

    Attributes
    ----------
    g_day_min, d_day_min
        Minutes from 00:00 UTC of C-day to 00:00 UTC of the mark; G-day is usually negative.
    c_day
        The date of C-day, or None while no date is set.
    """

    g_day_min: int = 0
    d_day_min: int = 0
    c_day: date | None = None

    def minute(self, offset: DayOffset) -> int:
        """Minutes after C-day of an offset."""
        start = {DayMark.G: self.g_day_min, DayMark.C: 0, DayMark.D: self.d_day_min}[offset.mark]
        return start + offset.offset_min

    def instant(self, minute: int) -> datetime | None:
        """The instant of a plan minute, or None while C-day has no date."""
        if self.c_day is None:
            return None
        return datetime(self.c_day.year, self.c_day.month, self.c_day.day, tzinfo=UTC) + timedelta(minutes=minute)

    def label(self, minute: int) -> str:
        """A plan minute as people read it: a date-time group where a date is set, else ``C+12 06:30``."""
        at = self.instant(minute)
        return str(DayOffset(DayMark.C, minute)) if at is None else date_time_group(at)


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch ``[start_min, end_min)`` of plan minutes."""

    start_min: int
    end_min: int

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end_min < self.start_min:
            raise ValueError(
                f"Period ends at minute {self.end_min}, before it starts at {self.start_min}; swap the two."
            )

    def contains(self, minute: int) -> bool:
        """Whether the minute lies in the period."""
        return self.start_min <= minute < self.end_min

    def overlaps(self, other: "Period") -> bool:
        """Whether the two periods share a minute."""
        return self.start_min < other.end_min and other.start_min < self.end_min


def date_time_group(at: datetime) -> str:
    """Military date-time group of an aware instant, in Zulu time: ``241530Z NOV 26``."""
    zulu = at.astimezone(UTC)
    return f"{zulu:%d%H%M}Z {zulu:%b}".upper() + f" {zulu:%y}"
