"""Pages of long lists: a page costs as little where a list is long, because rows are counted up to a limit only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.db.models import Model, QuerySet

PAGE: Final = 50
"""Rows of a page."""
COUNTED: Final = 200
"""Rows up to which a list is counted. Each of them is held against the label of the viewer, so more would cost more."""
_DIGITS: Final = 6
"""Of the number of a page; nobody leafs that far."""

Shown = TypeVar("Shown", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Shown]):
    """Some rows of a list.

    Attributes
    ----------
    number
        From 1.
    count
        Rows of the list; None for more than :data:`COUNTED` of which nobody knows how many.
    has_next
        Whether more rows follow.
    """

    number: int
    rows: tuple[Shown, ...]
    count: int | None
    has_next: bool

    def __iter__(self) -> Iterator[Shown]:
        """Give the rows."""
        return iter(self.rows)

    @property
    def more_than(self) -> int:
        """Rows that the list has in any case, where they are not counted to the end."""
        return COUNTED

    @property
    def last(self) -> int | None:
        """Number of the last page; None where nobody knows."""
        return None if self.count is None else max(1, -(-self.count // PAGE))

    @property
    def before(self) -> int:
        """Number of the page before; 0 for none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """Number of the page that follows; 0 for none."""
        return self.number + 1 if self.has_next else 0


def page_of(found: QuerySet[Shown], asked: str | None) -> Page[Shown]:
    """The page of a list that is asked for; the first where that is no number, the last for one beyond the end.

    Rows are counted in any order: where few are found among many, that is the one time that all of them are read.
    """
    number = max(1, int(asked)) if asked and asked.isdecimal() and len(asked) <= _DIGITS else 1
    keys = list(found.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    if len(keys) > COUNTED:
        return _page_of_many(found, number)
    number = min(number, max(1, -(-len(keys) // PAGE)))
    rows = tuple(found.filter(pk__in=keys)[PAGE * (number - 1) : PAGE * number])
    return Page(number, rows, len(keys), has_next=len(keys) > PAGE * number)


def _page_of_many(found: QuerySet[Shown], number: int) -> Page[Shown]:
    """Have an index say which rows are of the page, and read those alone."""
    begin = PAGE * (number - 1)
    rows = tuple(found.filter(pk__in=found.values("pk")[begin : begin + PAGE + 1]))
    if not rows:
        return _page_of_many(found, COUNTED // PAGE)
    return Page(number, rows[:PAGE], None, has_next=len(rows) > PAGE)
