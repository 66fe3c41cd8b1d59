"""From which starting minutes a step would find a place full or closed, with all other uses of it as planned."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.places import STAGING_KINDS, Use
from muster.movement.problem import Resource

Span = tuple[int, int]
"""Minutes ``[start, end)``."""

_HOLDERS_NAMED: Final = 3


def full_spans(resource: Resource, own: Use, others: Sequence[Use], start_min: int, ready_min: int) -> Iterator[Span]:
    """Starting minutes in ``[ready_min, start_min)`` at which a use would find its resource full or closed.

    Parameters
    ----------
    own
        The use as planned, of a step that starts at ``start_min``; an earlier start moves it as much earlier. At a
        staging area it would begin as much earlier and end when the planned one begins.
    others
        Every other use of the resource, in the order in which they start.
    """
    after_min = own.start_min - start_min
    if resource.kind in STAGING_KINDS:
        for _first, last in _crowded(resource, own.amount, others, ready_min + after_min, own.start_min):
            yield ready_min, min(start_min, last - after_min)
        return
    if resource.period_min is not None:
        for first, last in _spent(
            resource, own.amount, others, resource.period_min, ready_min + after_min, own.start_min
        ):
            yield first - after_min, last - after_min
    else:
        lasts_min = 1 if own.end_min is None else own.end_min - own.start_min
        if lasts_min > 0:
            for first, last in _crowded(resource, own.amount, others, ready_min + after_min, own.start_min + lasts_min):
                yield first - after_min - lasts_min + 1, last - after_min
    yield from _closed(resource, own, after_min, start_min, ready_min)


def holders_of(
    resource: Resource, own: Sequence[Use], others: Sequence[Use], first_shift_min: int, last_shift_min: int
) -> tuple[str, ...]:
    """Who holds a resource while a step would use it at starts moved by these shifts, largest share first.

    Parameters
    ----------
    first_shift_min, last_shift_min
        Minutes by which the first and the last start considered differ from the planned one; not positive.
    """
    share: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
    period_min = resource.period_min
    from_min = min(use.start_min for use in own) + first_shift_min
    until_min = max(use.start_min if use.end_min is None else use.end_min for use in own) + last_shift_min
    if period_min is not None:
        from_min, until_min = from_min // period_min * period_min, -(-until_min // period_min) * period_min
    for use in others:
        end_min = use.start_min + 1 if use.end_min is None else use.end_min
        overlap_min = min(end_min, until_min) - max(use.start_min, from_min)
        if overlap_min > 0:
            share[use.user, use.lines] += use.amount if period_min is not None else use.amount * overlap_min
    ranked = sorted(share, key=lambda user: (-share[user], user))
    return tuple(f"{user} ({', '.join(lines)})" if lines else user for user, lines in ranked[:_HOLDERS_NAMED])


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans without overlap."""
    together: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return together


def _crowded(resource: Resource, amount: int, others: Sequence[Use], from_min: int, until_min: int) -> Iterator[Span]:
    """Stretches of ``[from_min, until_min)`` in which others leave less than the amount."""
    changes: dict[int, int] = defaultdict(int)
    in_use = 0
    for use in others:
        if use.start_min >= until_min:
            break
        end_min = use.start_min + 1 if use.end_min is None else use.end_min
        if end_min <= from_min or end_min <= use.start_min:
            continue
        changes[max(use.start_min, from_min)] += use.amount
        changes[min(end_min, until_min)] -= use.amount
    for step in resource.steps:
        if from_min < step.from_min < until_min:
            changes[step.from_min] += 0
    changes[from_min] += 0
    changes[until_min] += 0
    minutes = sorted(changes)
    began: int | None = None
    for minute in minutes[:-1]:
        in_use += changes[minute]
        is_full = in_use + amount > resource.capacity_at(minute)
        if is_full and began is None:
            began = minute
        elif not is_full and began is not None:
            yield began, minute
            began = None
    if began is not None:
        yield began, until_min


def _spent(
    resource: Resource, amount: int, others: Sequence[Use], period_min: int, from_min: int, until_min: int
) -> Iterator[Span]:
    """Periods that touch ``[from_min, until_min)`` in which others leave less than the amount."""
    counted: dict[int, int] = defaultdict(int)
    periods = range(from_min // period_min, (until_min - 1) // period_min + 1)
    first = bisect_left(others, periods.start * period_min, key=lambda use: use.start_min)
    for use in islice(others, first, None):
        if use.start_min >= periods.stop * period_min:
            break
        counted[use.start_min // period_min] += use.amount
    for period in periods:
        if counted[period] + amount > resource.capacity_at(period * period_min):
            yield period * period_min, (period + 1) * period_min


def _closed(resource: Resource, own: Use, after_min: int, start_min: int, ready_min: int) -> Iterator[Span]:
    """Starts at which the use would not begin and end within the opening hours of one day."""
    if resource.hours is None:
        return
    opens, closes = resource.hours
    lasts_min = 1 if own.end_min is None else own.end_min - own.start_min
    first_day = (ready_min + after_min) // MINUTES_PER_DAY - 1
    for day in range(first_day, (start_min + after_min) // MINUTES_PER_DAY + 1):
        last_start_min = day * MINUTES_PER_DAY + closes - lasts_min - after_min
        yield last_start_min + 1, (day + 1) * MINUTES_PER_DAY + opens - after_min
