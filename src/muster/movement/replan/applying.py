"""The problem as events leave it: calendars, lift, lines, dates, permits and what planners fix.

What has begun keeps the room that it has: a ship alongside when the port closes unloads. Calendars that count by the
day change for every day that an event touches.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.places import Use
from muster.movement.permissions import OverrideKind, Permit
from muster.movement.problem import Problem, Resource
from muster.movement.replan.calendars import Used, shifted, within
from muster.movement.replan.events import (
    AssetLate,
    AssetLost,
    AssetOffered,
    CapacityChanged,
    DatesMoved,
    Event,
    EventRefused,
    LineLate,
    OpeningDelayed,
    Overridden,
    PermitChanged,
    PlaceClosed,
    UnitOffered,
    UnitWithdrawn,
)
from muster.movement.replan.history import History
from muster.movement.replan.misfits import misfits, touched

FOREVER_MIN: Final = 1 << 40
"""Later than any plan ends."""


def apply_events(problem: Problem, events: Sequence[Event], history: History, used: Used) -> Problem:
    """The problem after some events: calendars first, then the others in their order.

    Parameters
    ----------
    used
        What has begun takes of each resource.

    Raises
    ------
    EventRefused
        When events name what the problem does not have; all of them are told.
    """
    faults = list(misfits(problem, events, history.now_min))
    if faults:
        raise EventRefused(faults)
    resources = {resource.resource_id: resource for resource in problem.resources}
    for event in events:
        if isinstance(event, PlaceClosed | CapacityChanged | OpeningDelayed):
            for resource in touched(problem, event):
                own = resources[resource.resource_id]
                resources[own.resource_id] = _changed(own, event, history, used.get(own.resource_id, ()))
    problem = replace(_without_missed_locks(problem, history), resources=tuple(resources.values()))
    for event in events:
        if (apply := _APPLIED.get(type(event))) is not None:
            problem = apply(problem, event, history)
    return problem


def _changed(
    resource: Resource, event: PlaceClosed | CapacityChanged | OpeningDelayed, history: History, uses: Sequence[Use]
) -> Resource:
    """A resource as an event leaves it."""
    if isinstance(event, OpeningDelayed):
        return shifted(resource, history.now_min, event.by_min, uses)

    def new(capacity: int) -> int:
        if isinstance(event, PlaceClosed):
            return 0
        return capacity * (event.percent or 0) // 100 if event.capacity is None else event.capacity

    start_min = max(event.start_min, history.now_min)
    return within(resource, start_min, FOREVER_MIN if event.end_min is None else event.end_min, new, uses)


def _without_missed_locks(problem: Problem, history: History) -> Problem:
    """Drop locked starts that have passed: they were kept, or they were missed."""
    kept = tuple(
        override
        for override in problem.overrides
        if override.kind is not OverrideKind.LOCK or (override.start_min or 0) >= history.now_min
    )
    return replace(problem, overrides=kept)


def _lose(problem: Problem, event: AssetLost, history: History) -> Problem:
    begun = history.voyages.get(event.asset_id, ())
    last_min = max(event.at_min, history.now_min, *(voyage.unload_end_min for voyage in begun))
    assets = tuple(
        replace(asset, available_until_min=min(asset.available_until_min, last_min))
        if asset.asset_id == event.asset_id
        else asset
        for asset in problem.assets
    )
    return replace(problem, assets=assets)


def _delay_asset(problem: Problem, event: AssetLate, history: History) -> Problem:
    """Where an asset has made voyages, :mod:`muster.movement.replan.rest` keeps it where it is."""
    if event.asset_id in history.voyages:
        return problem
    assets = tuple(
        replace(asset, available_from_min=max(asset.available_from_min, event.until_min))
        if asset.asset_id == event.asset_id
        else asset
        for asset in problem.assets
    )
    return replace(problem, assets=assets)


def _offer_asset(problem: Problem, event: AssetOffered, _history: History) -> Problem:
    like = problem.asset_of[event.like]
    offered = replace(
        like,
        asset_id=event.asset_id,
        fleet_id=event.asset_id,
        nation=event.nation or like.nation,
        home=event.home or like.home,
        available_from_min=event.from_min,
        available_until_min=problem.horizon_min,
    )
    return replace(problem, assets=(*problem.assets, offered))


def _offer_unit(problem: Problem, event: UnitOffered, _history: History) -> Problem:
    like = problem.line_of[event.like]
    loads = tuple(
        replace(load, load_id=event.uln + load.load_id.removeprefix(like.uln), uln=event.uln)
        for load in (problem.load_of[name] for name in like.loads)
    )
    required_min = event.required_min
    line = replace(
        like,
        uln=event.uln,
        nation=event.nation or like.nation,
        ready_min=event.ready_min,
        required_min=event.ready_min + like.required_min - like.ready_min if required_min is None else required_min,
        loads=tuple(load.load_id for load in loads),
    )
    return replace(problem, lines=(*problem.lines, line), loads=(*problem.loads, *loads))


def _withdraw(problem: Problem, event: UnitWithdrawn, _history: History) -> Problem:
    return replace(
        problem,
        lines=tuple(
            replace(line, after=tuple(uln for uln in line.after if uln != event.uln))
            for line in problem.lines
            if line.uln != event.uln
        ),
        loads=tuple(load for load in problem.loads if load.uln != event.uln),
        overrides=tuple(override for override in problem.overrides if override.uln != event.uln),
        no_ways=tuple(no_way for no_way in problem.no_ways if no_way.uln != event.uln),
    )


def _change_permit(problem: Problem, event: PermitChanged, _history: History) -> Problem:
    others = tuple(p for p in problem.permits if (p.nation, p.country) != (event.nation, event.country))
    mine = [p for p in problem.permits if p not in others]
    name = mine[0].permit_id if mine else f"{event.nation}-{event.country}"
    own = Permit(permit_id=name, nation=event.nation, country=event.country, granted_min=event.granted_min)
    return replace(problem, permits=(*others, own))


def _move_dates(problem: Problem, event: DatesMoved, history: History) -> Problem:
    moved = {
        line.uln: line
        for line in problem.lines
        if event.uln in {None, line.uln} and event.nation in {None, line.nation}
    }
    begun = {problem.load_of[load_id].uln for load_id in history.steps if load_id in problem.load_of}
    lines = tuple(
        replace(
            line,
            ready_min=line.ready_min if line.uln in begun else max(0, line.ready_min + event.by_min),
            required_min=max(0, line.required_min + event.by_min),
        )
        if line.uln in moved
        else line
        for line in problem.lines
    )
    overrides = tuple(
        replace(override, start_min=override.start_min + event.by_min)
        if override.kind is OverrideKind.LOCK
        and override.start_min is not None
        and (event.uln, event.nation) in {(None, None), (override.uln, None), (None, override.nation)}
        else override
        for override in problem.overrides
    )
    horizon_min = problem.horizon_min + -(-max(0, event.by_min) // MINUTES_PER_DAY) * MINUTES_PER_DAY
    assets = tuple(
        replace(asset, available_until_min=horizon_min) if asset.available_until_min >= problem.horizon_min else asset
        for asset in problem.assets
    )
    return replace(problem, lines=lines, overrides=overrides, horizon_min=horizon_min, assets=assets)


def _delay_line(problem: Problem, event: LineLate, history: History) -> Problem:
    begun = {problem.load_of[load_id].uln for load_id in history.steps if load_id in problem.load_of}
    lines = tuple(
        replace(line, ready_min=max(line.ready_min, event.ready_min))
        if line.uln == event.uln and line.uln not in begun
        else line
        for line in problem.lines
    )
    return replace(problem, lines=lines)


def _override(problem: Problem, event: Overridden, _history: History) -> Problem:
    others = tuple(o for o in problem.overrides if o.override_id != event.override.override_id)
    return replace(problem, overrides=(*others, event.override))


_APPLIED: Final[Mapping[type[Event], Callable[..., Problem]]] = {
    AssetLost: _lose,
    AssetLate: _delay_asset,
    AssetOffered: _offer_asset,
    UnitOffered: _offer_unit,
    UnitWithdrawn: _withdraw,
    PermitChanged: _change_permit,
    DatesMoved: _move_dates,
    LineLate: _delay_line,
    Overridden: _override,
}
