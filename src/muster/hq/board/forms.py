"""What an address of the board asks for: a time, a window of days, whose rows. What makes no sense is not asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from muster.hq.board.gantt import By, Row, Window
from muster.measures import MINUTES_PER_DAY

PAGE: Final = 60
"""Rows of a page of bars."""
SHORTEST_D: Final = 2
"""The closest one can look: two days."""


def _number(text: str, least: int, most: int, otherwise: int) -> int:
    """A whole number of an address, kept within its bounds."""
    return min(most, max(least, int(text))) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


class TimeForm:
    """The time that an address asks for: ``at``, minutes after C-day."""

    def __init__(self, asked: QueryDict) -> None:
        self._asked = asked

    def at_min(self, end_min: int) -> int:
        """The time, within the plan; C-day where none is asked for."""
        return _number(self._asked.get("at", ""), 0, end_min, 0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is drawn: rows, whose, and the window of days of a plan that ends with day ``end_day``."""

    by: By
    nation: str
    window: Window
    end_day: int
    page: str

    def page_of(self, rows: Sequence[Row]) -> Page[Any]:
        """The rows of the page that is asked for."""
        return Paginator(rows, PAGE).get_page(self.page)

    @property
    def closer(self) -> Window | None:
        """Half the window about its middle; None where it is as close as one can look."""
        span = self.window.end_day - self.window.first_day
        half = max(SHORTEST_D, span // 2)
        return None if half >= span else self._from(self.window.first_day + (span - half) // 2, half)

    @property
    def wider(self) -> Window | None:
        """Twice the window; None where it shows everything."""
        span = self.window.end_day - self.window.first_day
        return None if span >= self.end_day else self._from(self.window.first_day - span // 2, 2 * span)

    @property
    def earlier(self) -> Window | None:
        """Half a window earlier; None at the beginning."""
        span = self.window.end_day - self.window.first_day
        return self._from(self.window.first_day - span // 2, span) if self.window.first_day else None

    @property
    def later(self) -> Window | None:
        """Half a window later; None at the end."""
        span = self.window.end_day - self.window.first_day
        at_end = self.window.end_day >= self.end_day
        return None if at_end else self._from(self.window.first_day + max(1, span // 2), span)

    def _from(self, first_day: int, span: int) -> Window:
        span = min(span, self.end_day)
        first_day = min(max(0, first_day), self.end_day - span)
        return replace(self.window, first_day=first_day, end_day=first_day + span)


class GanttForm:
    """Rows and window that an address asks for: ``by``, ``nation``, ``from`` and ``to`` in days after C-day."""

    def __init__(self, asked: QueryDict) -> None:
        self._asked = asked

    def chosen(self, end_min: int) -> Chosen:
        """What is drawn; all days and one row a nation where nothing else is asked for."""
        end_day = -(-end_min // MINUTES_PER_DAY)
        first = _number(self._asked.get("from", ""), 0, max(0, end_day - SHORTEST_D), 0)
        last = _number(self._asked.get("to", ""), first + SHORTEST_D, end_day, end_day)
        by = self._asked.get("by", "")
        return Chosen(
            by=By(by) if by in {*By} else By.NATION,
            nation=self._asked.get("nation", "").strip(),
            window=Window(first_day=first, end_day=max(last, first + SHORTEST_D)),
            end_day=end_day,
            page=self._asked.get("page", ""),
        )
