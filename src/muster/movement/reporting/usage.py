"""What a plan uses of every resource and fleet, and how that compares with capacity day by day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import Facts
from muster.movement.checks.places import STAGING_KINDS, Use, list_uses
from muster.movement.plan import Plan
from muster.movement.problem import Problem, Resource, ResourceKind

BUSY_SHARE: Final = 0.9
"""A resource is busy on a day on which it carries more than this share of its capacity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyLoad:
    """Load on one resource or fleet against its capacity, by day after C-day.

    Attributes
    ----------
    resource_id
        A resource of the problem, or a fleet.
    kind
        The kind of resource, or ``fleet``.
    unit
        What ``used`` and ``capacity`` count, for people.
    used, capacity
        By day. Counted resources: the day's sum. Staging areas: the most at one time. Ramps, berths, working spots and
        fleets: the average in use while open. Capacity None is a day on which it is closed or not there.
    """

    resource_id: str
    name: str
    place: str
    kind: str
    unit: str
    used: tuple[float, ...]
    capacity: tuple[float | None, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Used over capacity by day; None where there is none."""
        return tuple(None if not room else used / room for used, room in zip(self.used, self.capacity, strict=True))

    def busy_share(self, first_day: int, end_day: int) -> float:
        """Share of the days ``[first_day, end_day)`` above :data:`BUSY_SHARE`."""
        days = self.shares[first_day:end_day]
        return sum(share is not None and share > BUSY_SHARE for share in days) / max(1, len(days))


UNITS: Final[Mapping[ResourceKind, str]] = {
    ResourceKind.RAMP: "ramps",
    ResourceKind.TRAINS: "trains a day",
    ResourceKind.BERTH_RORO: "berths",
    ResourceKind.BERTH_CONTAINER: "berths",
    ResourceKind.MOG: "wide-body spots × 100",
    ResourceKind.STAGING_VEHICLES: "vehicles",
    ResourceKind.STAGING_PEOPLE: "people",
    ResourceKind.CROSSING_VEHICLES: "vehicles a day",
    ResourceKind.CROSSING_WAGONS: "wagons a day",
    ResourceKind.CREDITS: "march credits a day",
    ResourceKind.TRANSHIPMENT: "wagons a day",
    ResourceKind.GANGS: "gangs",
    ResourceKind.CAVEAT: "people a day",
}


def daily_loads(facts: Facts, *, days: int) -> tuple[DailyLoad, ...]:
    """Load on every resource and every fleet, by day.

    Parameters
    ----------
    facts
        Problem and plan, and who uses what, as the checks count it.
    days
        How many days after C-day to tell.
    """
    problem = facts.problem
    uses = {resource.resource_id: used for resource, used in list_uses(facts)}
    resources = [
        _resource_load(problem, resource, uses.get(resource.resource_id, ()), days) for resource in problem.resources
    ]
    return (*resources, *_fleet_loads(problem, facts.plan, days))


def _resource_load(problem: Problem, resource: Resource, uses: Sequence[Use], days: int) -> DailyLoad:
    if resource.kind in STAGING_KINDS:
        used, capacity = _most_at_once(resource, uses, days)
    elif resource.period_min is None:
        used, capacity = _average_in_use(resource, uses, days)
    else:
        used, capacity = _counted(resource, resource.period_min, uses, days)
    site = problem.site_of.get(resource.place)
    return DailyLoad(
        resource_id=resource.resource_id,
        name=site.name if site else resource.place,
        place=resource.place,
        kind=resource.kind,
        unit=UNITS[resource.kind],
        used=tuple(round(float(value), 3) for value in used),
        capacity=tuple(round(float(value), 3) if value > 0 else None for value in capacity),
    )


def _counted(
    resource: Resource, period_min: int, uses: Sequence[Use], days: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum by day; a period longer than a day spreads evenly over its days."""
    used, capacity = np.zeros(days), np.zeros(days)
    end_min = days * MINUTES_PER_DAY
    for use in uses:
        if period_min > MINUTES_PER_DAY:
            start = use.start_min // period_min * period_min
            _spread(used, start, start + period_min, use.amount / period_min)
        else:
            _spread(used, use.start_min, use.start_min + 1, use.amount)
    for start in range(0, end_min, period_min):
        _spread(capacity, start, start + period_min, resource.capacity_at(start) / period_min)
    return used, capacity


def _average_in_use(
    resource: Resource, uses: Sequence[Use], days: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Average in use and available over the open minutes of each day."""
    used, capacity = np.zeros(days), np.zeros(days)
    opens, closes = resource.hours or (0, MINUTES_PER_DAY)
    open_min = max(1, closes - opens)
    for use in uses:
        _spread(used, use.start_min, use.end_min or use.start_min, use.amount / open_min)
    bounds = [*(step.from_min for step in resource.steps), days * MINUTES_PER_DAY]
    for step, until in zip(resource.steps, bounds[1:], strict=True):
        _spread(capacity, step.from_min, until, step.capacity / MINUTES_PER_DAY)
    return used, capacity


def _most_at_once(
    resource: Resource, uses: Sequence[Use], days: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Most in use at one time, and the most that fits, on each day."""
    used = np.zeros(days)
    changes: dict[int, int] = defaultdict(int)
    for use in uses:
        changes[use.start_min] += use.amount
        changes[use.end_min or use.start_min] -= use.amount
    level, since = 0, 0
    for minute in sorted(changes):
        _raise(used, since, minute, level)
        level, since = level + changes[minute], minute
    capacity = np.zeros(days)
    bounds = [*(step.from_min for step in resource.steps), days * MINUTES_PER_DAY]
    for step, until in zip(resource.steps, bounds[1:], strict=True):
        _raise(capacity, step.from_min, min(until, days * MINUTES_PER_DAY), step.capacity)
    return used, capacity


def _fleet_loads(problem: Problem, plan: Plan, days: int) -> Iterator[DailyLoad]:
    """Average number of each fleet's assets on voyages, empty ones too, against those available."""
    used: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(days))
    capacity: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(days))
    homes: dict[str, tuple[str, str]] = {}
    for asset in problem.assets:
        homes.setdefault(asset.fleet_id, (asset.home, problem.asset_type_of[asset.asset_type_id].name))
        _spread(capacity[asset.fleet_id], asset.available_from_min, asset.available_until_min, 1 / MINUTES_PER_DAY)
    for voyage in plan.voyages:
        fleet = problem.asset_of[voyage.asset_id].fleet_id
        _spread(used[fleet], voyage.load_start_min, voyage.unload_end_min, 1 / MINUTES_PER_DAY)
    for fleet, (home, name) in homes.items():
        yield DailyLoad(
            resource_id=fleet,
            name=name,
            place=home,
            kind="fleet",
            unit="assets",
            used=tuple(round(float(value), 3) for value in used[fleet]),
            capacity=tuple(round(float(value), 3) if value > 0 else None for value in capacity[fleet]),
        )


def _spread(by_day: NDArray[np.float64], start_min: int, end_min: int, rate: float) -> None:
    """Add a rate a minute over a stretch to the days that it touches."""
    start_min, end_min = max(0, start_min), min(end_min, len(by_day) * MINUTES_PER_DAY)
    while start_min < end_min:
        day = start_min // MINUTES_PER_DAY
        until = min(end_min, (day + 1) * MINUTES_PER_DAY)
        by_day[day] += rate * (until - start_min)
        start_min = until


def _raise(by_day: NDArray[np.float64], start_min: int, end_min: int, level: float) -> None:
    """Raise the days that a stretch touches to at least a level."""
    if end_min > start_min:
        days = slice(max(0, start_min) // MINUTES_PER_DAY, (end_min - 1) // MINUTES_PER_DAY + 1)
        by_day[days] = np.maximum(by_day[days], level)
