"""How much of a resource is left, and when there is room again: by periods, or at every minute.

Both profiles answer one question, ``earliest``: the first minute from which an amount fits. What is booked is given
back with the amount negated, and leaves the profile as it was.
"""

from bisect import bisect_right
from typing import Final

from muster.measures.units import MINUTES_PER_DAY
from muster.movement.problem import Resource

NEVER: Final = 1 << 40
"""Later than any horizon."""


class PeriodProfile:
    """Amounts that fall into periods of equal length.

    Attributes
    ----------
    resource_id
        Whose profile it is.
    """

    __slots__ = ("_capacity", "_hours", "_period_min", "_used", "resource_id")

    def __init__(self, resource: Resource, horizon_min: int) -> None:
        self.resource_id = resource.resource_id
        self._period_min = resource.period_min or 1
        self._hours = resource.hours
        starts = range(0, horizon_min, self._period_min)
        self._capacity = [resource.capacity_at(start_min) for start_min in starts]
        self._used = [0] * len(self._capacity)

    def earliest(self, from_min: int, amount: int) -> int:
        """First minute at or after ``from_min`` at which the amount may fall; :data:`NEVER` when there is none."""
        period_min, used, capacity = self._period_min, self._used, self._capacity
        while True:
            if self._hours is not None:
                from_min = next_opening(from_min, 1, self._hours)
            period = from_min // period_min
            if period >= len(used):
                return NEVER
            if used[period] + amount <= capacity[period]:
                return from_min
            from_min = (period + 1) * period_min

    def book(self, at_min: int, amount: int) -> None:
        """Take the amount in the period of a minute; a negative amount gives it back."""
        self._used[at_min // self._period_min] += amount

    def clear(self) -> None:
        """Forget every booking."""
        self._used = [0] * len(self._used)


class StepProfile:
    """Amounts in use from minute to minute, as a step function of what is free."""

    __slots__ = ("_calendar", "_free", "_hours", "_times", "resource_id")

    def __init__(self, resource: Resource) -> None:
        self.resource_id = resource.resource_id
        self._hours = resource.hours
        self._calendar = tuple((step.from_min, step.capacity) for step in resource.steps)
        self._times: list[int] = []
        self._free: list[int] = []
        self.clear()

    def clear(self) -> None:
        """Forget every booking."""
        self._times = [from_min for from_min, _capacity in self._calendar]
        self._free = [capacity for _from_min, capacity in self._calendar]

    def earliest(self, from_min: int, duration_min: int, amount: int) -> int:
        """First minute at or after ``from_min`` from which the amount is free for the duration; else :data:`NEVER`."""
        if duration_min <= 0:
            return from_min
        while from_min < NEVER:
            if self._hours is not None:
                from_min = next_opening(from_min, duration_min, self._hours)
            later_min = self._after_shortage(from_min, duration_min, amount)
            if later_min == from_min:
                return from_min
            from_min = later_min
        return NEVER

    def _after_shortage(self, from_min: int, duration_min: int, amount: int) -> int:
        """The minute itself when the amount fits there, else the end of the first shortage in its way."""
        times, free = self._times, self._free
        count = len(times)
        index = bisect_right(times, from_min) - 1
        end_min = from_min + duration_min
        while index < count and times[index] < end_min:
            if free[index] < amount:
                index += 1
                while index < count and free[index] < amount:
                    index += 1
                return times[index] if index < count else NEVER
            index += 1
        return from_min

    def clear_from(self, start_min: int, end_min: int, amount: int) -> int:
        """First minute from which the amount is free all the time until ``end_min``; ``end_min`` when it never is."""
        times, free = self._times, self._free
        index = bisect_right(times, end_min - 1) - 1
        clear_min = end_min
        while index >= 0 and free[index] >= amount:
            clear_min = times[index]
            if clear_min <= start_min:
                return start_min
            index -= 1
        return clear_min

    def book(self, start_min: int, end_min: int, amount: int) -> None:
        """Take the amount during ``[start_min, end_min)``; a negative amount gives it back."""
        if end_min <= start_min or amount == 0:
            return
        times, free = self._times, self._free
        first, last = self._cut(start_min), self._cut(end_min)
        for index in range(first, last):
            free[index] -= amount
        for index in (last, first):
            if index > 0 and free[index] == free[index - 1]:
                del times[index], free[index]

    def _cut(self, at_min: int) -> int:
        """Index of the step that begins at the minute, made where there is none."""
        times = self._times
        index = bisect_right(times, at_min)
        if times[index - 1] == at_min:
            return index - 1
        times.insert(index, at_min)
        self._free.insert(index, self._free[index - 1])
        return index


def next_opening(from_min: int, duration_min: int, hours: tuple[int, int]) -> int:
    """First minute at or after ``from_min`` from which a use lies within the opening hours of one UTC day."""
    opens_min, closes_min = hours
    if closes_min - opens_min < duration_min:
        return NEVER
    day_min, minute = from_min - from_min % MINUTES_PER_DAY, from_min % MINUTES_PER_DAY
    if minute < opens_min:
        return day_min + opens_min
    if minute + duration_min > closes_min:
        return day_min + MINUTES_PER_DAY + opens_min
    return from_min
