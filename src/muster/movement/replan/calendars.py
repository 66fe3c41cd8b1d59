"""Calendars of resources as events change them, and what is left of them beside what has begun."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from muster.movement.checks.facts import gather
from muster.movement.checks.places import STAGING_KINDS, Use, list_uses
from muster.movement.plan import Move, Plan
from muster.movement.problem import Problem
from muster.movement.replan.history import History
from muster.movement.resources import CapacityStep, Resource

Used = Mapping[str, Sequence[Use]]
"""What has begun takes of each resource, by resource."""
UNLIMITED: Final = 1 << 30
"""Room at a staging area before now: who stood there stood there."""


def begun_uses(problem: Problem, history: History) -> Used:
    """What has begun takes of each resource."""
    begun = [voyage for voyages in history.voyages.values() for voyage in voyages]
    moves = (
        Move(load_id=move.load_id, itinerary_id=move.itinerary_id, steps=history.steps[move.load_id])
        for move in history.moves
        if move.load_id in history.steps
    )
    plan: Plan = replace(history.plan, voyages=tuple(begun), moves=tuple(moves), unmoved=())
    return {resource.resource_id: uses for resource, uses in list_uses(gather(problem, plan))}


def within(
    resource: Resource, start_min: int, end_min: int, new: Callable[[int], int], uses: Sequence[Use]
) -> Resource:
    """A resource with another capacity for what begins from now on, in a stretch of time.

    Parameters
    ----------
    new
        The capacity that stands for the planned one.
    uses
        What has begun; the capacity does not fall below it.
    """

    def capacity(at_min: int) -> int:
        planned = resource.capacity_at(at_min)
        if not _touches(resource, at_min, start_min, end_min):
            return planned
        return max(new(planned), min(planned, _in_use(resource, uses, at_min)))

    return _from(resource, {*_ends(resource, uses), *_days(resource, start_min, end_min)}, capacity)


def shifted(resource: Resource, now_min: int, by_min: int, uses: Sequence[Use]) -> Resource:
    """A resource whose changes after now come later, or earlier, by some minutes."""
    steps = tuple(
        replace(step, from_min=max(now_min, step.from_min + by_min)) if step.from_min > now_min else step
        for step in resource.steps
    )
    moved = replace(resource, steps=tuple({step.from_min: step for step in steps}.values()))

    def capacity(at_min: int) -> int:
        return max(moved.capacity_at(at_min), min(resource.capacity_at(at_min), _in_use(resource, uses, at_min)))

    return _from(resource, {*_ends(moved, uses), *_ends(resource, uses)}, capacity)


def left_over(resource: Resource, now_min: int, uses: Sequence[Use]) -> Resource:
    """What a resource has left for what begins from now on."""
    is_staging = resource.kind in STAGING_KINDS
    if resource.period_min is None:
        uses = [use for use in uses if _end(use) > now_min]

    def capacity(at_min: int) -> int:
        if is_staging and at_min < now_min:
            return UNLIMITED
        return max(0, resource.capacity_at(at_min) - _in_use(resource, uses, at_min))

    return _from(resource, {*_ends(resource, uses), *((now_min,) if is_staging else ())}, capacity)


def widest(resource: Resource, now_min: int, uses: Sequence[Use]) -> Resource:
    """A resource with room for all that uses it from now on, where it has less; unchanged where it has enough."""
    late = [use for use in uses if _end(use) > now_min]
    changes = sorted({now_min, *(max(now_min, use.start_min) for use in late)})
    if all(_in_use(resource, late, at_min) <= resource.capacity_at(at_min) for at_min in changes):
        return resource

    def capacity(at_min: int) -> int:
        planned = resource.capacity_at(at_min)
        return planned if at_min < now_min else max(planned, _in_use(resource, late, at_min))

    return _from(resource, {now_min, *_ends(resource, late)}, capacity)


def _from(resource: Resource, times_min: Iterable[int], capacity: Callable[[int], int]) -> Resource:
    """A resource with the capacity at some minutes, each until the next of them."""
    steps: list[CapacityStep] = []
    for at_min in sorted({0, *times_min}):
        step = CapacityStep(from_min=at_min, capacity=capacity(at_min))
        if not steps or step.capacity != steps[-1].capacity:
            steps.append(step)
    return replace(resource, steps=tuple(steps))


def _touches(resource: Resource, at_min: int, start_min: int, end_min: int) -> bool:
    """Whether a minute, or the period in which it lies, meets a stretch of time."""
    if resource.period_min is None:
        return start_min <= at_min < end_min
    period_start_min = at_min // resource.period_min * resource.period_min
    return period_start_min < end_min and start_min < period_start_min + resource.period_min


def _in_use(resource: Resource, uses: Sequence[Use], at_min: int) -> int:
    """What is in use at a minute, or counted in the period in which it lies."""
    if resource.period_min is None:
        return sum(use.amount for use in uses if use.start_min <= at_min < _end(use))
    period = at_min // resource.period_min
    return sum(use.amount for use in uses if use.start_min // resource.period_min == period)


def _end(use: Use) -> int:
    return use.start_min + 1 if use.end_min is None else use.end_min


def _ends(resource: Resource, uses: Sequence[Use]) -> set[int]:
    """Minutes at which the capacity or what is in use may change."""
    times_min = {step.from_min for step in resource.steps}
    if resource.period_min is None:
        return times_min | {minute for use in uses for minute in (use.start_min, _end(use))}
    periods = {use.start_min // resource.period_min for use in uses}
    days = {at // resource.period_min for at in times_min} | periods
    return times_min | {(day + more) * resource.period_min for day in days for more in (0, 1)}


def _days(resource: Resource, start_min: int, end_min: int) -> set[int]:
    """Minutes at which a stretch of time begins and ends, to whole periods where the resource counts in periods."""
    if resource.period_min is None:
        return {start_min, end_min}
    period_min = resource.period_min
    first, last = start_min // period_min, -(-end_min // period_min)
    return {first * period_min, last * period_min}
