"""What one more of a resource or fleet on one day would take off the bound on lateness: its price on that day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.certificate import Certificate, PeriodPrices, WindowPrices
from muster.movement.formulation.moments import UNIT
from muster.movement.formulation.supplies import PERIOD_MIN
from muster.movement.formulation.worths import COST, NO_ROOM, NO_ROOM_A_MIN
from muster.movement.problem import Problem


def daily_prices(problem: Problem, certificate: Certificate) -> Mapping[str, tuple[float | None, ...]]:
    r"""Weighted days of lateness that one more unit on a day takes off the bound, to the first order.

    .. math:: s_{rd} = \sum_{\rho \in r} \lambda_\rho\, \Delta_{\rho d}

    where :math:`\Delta_{\rho d}` is what one more unit on day *d* adds to the room of the period or window: one for
    what is counted, its minutes for what is in use for some time.

    Returns
    -------
    Mapping
        By resource or fleet, a value a day until the last with a price; None on days without any room, of which the
        price says nothing. Only resources and fleets that have a price are there; alike fleets that are priced together
        have the same.
    """
    by_day: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    shut: dict[str, set[int]] = defaultdict(set)
    if certificate.by_periods is not None:
        for name, day, saved_min in _by_periods(problem, certificate.by_periods):
            if saved_min is None:
                shut[name].add(day)
            else:
                by_day[name][day] += saved_min
    if certificate.by_windows is not None:
        for name, day, saved_min in _by_windows(problem, certificate.by_windows):
            by_day[name][day] += saved_min
    return {
        name: tuple(
            None if day in shut[name] else days.get(day, 0.0) / MINUTES_PER_DAY for day in range(max(days) + 1)
        )
        for name, days in by_day.items()
    }  # fmt: skip


def _by_periods(problem: Problem, own: PeriodPrices) -> Iterator[tuple[str, int, float | None]]:
    """Name, day and weighted minutes, once for each day that a period with a price touches."""
    for supply in own.supplies:
        resource = None if supply.is_fleet else problem.resource_of[supply.name]
        period_min = PERIOD_MIN if resource is None or resource.period_min is None else resource.period_min
        is_counted = resource is not None and resource.period_min is not None
        most = NO_ROOM if is_counted else NO_ROOM_A_MIN
        for period, price in enumerate(supply.prices):
            start_min, end_min = period * period_min, (period + 1) * period_min
            for day in range(start_min // MINUTES_PER_DAY, (end_min - 1) // MINUTES_PER_DAY + 1):
                lasts_min = min(end_min, (day + 1) * MINUTES_PER_DAY) - max(start_min, day * MINUTES_PER_DAY)
                if price:
                    saved_min = None if price == most else price * UNIT / COST * (1 if is_counted else lasts_min)
                    yield from ((name, day, saved_min) for name in supply.name.split(", "))


def _by_windows(problem: Problem, own: WindowPrices) -> Iterator[tuple[str, int, float]]:
    """Name, day and weighted minutes, once for each day of each window with a price."""
    for row in own.deadlines:
        window = own.windows[row.window]
        resource = None if window.is_fleet else problem.resource_of[window.name]
        is_counted = resource is not None and resource.period_min is not None
        price = row.price / (1 << own.price_bits)
        for day in range(max(0, window.begin_min) // MINUTES_PER_DAY, row.end_min // MINUTES_PER_DAY + 1):
            begin_min, end_min = day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY
            inside_min = max(0, min(end_min, row.end_min) - max(begin_min, window.begin_min))
            saved_min = price * (1 if is_counted else inside_min)
            yield from ((name, day, saved_min) for name in window.name.split(", "))
