"""When a post is empty, from when its holders come and go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A time in a post, from a day to before another; None is without an end."""

    starts_on: date
    ends_on: date | None


def list_gaps(terms: Iterable[Term], *, start: date, end: date) -> list[Term]:
    """Times from a day on in which nobody holds a post, in their order; later than ``end`` is not looked.

    The last has no end where nobody comes before ``end``.

    Examples
    --------
    >>> held = [Term(date(2027, 1, 1), date(2027, 3, 1)), Term(date(2027, 5, 1), None)]
    >>> (gap,) = list_gaps(held, start=date(2027, 1, 1), end=date(2028, 1, 1))
    >>> str(gap.starts_on), str(gap.ends_on)
    ('2027-03-01', '2027-05-01')
    """
    gaps, free_from = [], start
    for term in sorted(terms, key=lambda each: each.starts_on):
        if term.starts_on >= end or free_from >= end:
            break
        if term.starts_on > free_from:
            gaps.append(Term(free_from, term.starts_on))
        free_from = max(free_from, end if term.ends_on is None else term.ends_on)
    if free_from < end:
        gaps.append(Term(free_from, None))
    return gaps
