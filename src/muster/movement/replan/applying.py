"""The problem as events leave it: calendars, lift, lines, dates, permits and what planners fix.

What has begun keeps the room that it has: a ship alongside when the port closes unloads. Calendars that count by the
day change for every day that an event touches.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.places import STAGING_KINDS
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
    Movement,
    OpeningDelayed,
    Overridden,
    PermitChanged,
    PlaceClosed,
    UnitOffered,
    UnitWithdrawn,
)
from muster.movement.replan.history import History
from muster.movement.resources import ResourceKind

Fault = tuple[str, str, str]
"""Event, rule, remedy."""
UNCLOSED: Final = STAGING_KINDS | {ResourceKind.CAVEAT}
"""Kinds that stay as they are when a place is closed: what waits there may stay."""


def apply_events(problem: Problem, events: Sequence[Event], history: History, used: Used) -> Problem:
    """The problem after some events, in their order.

    Parameters
    ----------
    used
        What has begun takes of each resource.

    Raises
    ------
    EventRefused
        When events name what the problem does not have; all of them are told.
    """
    faults = [fault for event in events for fault in _misfits(problem, events, event, history)]
    if faults:
        raise EventRefused(faults)
    problem = _without_missed_locks(problem, history)
    for event in events:
        if not isinstance(event, Movement):
            problem = _APPLIED[type(event)](problem, event, history, used)
    return problem


def _misfits(problem: Problem, events: Sequence[Event], event: Event, history: History) -> Iterator[Fault]:
    """What an event names that is not there."""
    lines = {*problem.line_of, *(other.uln for other in events if isinstance(other, UnitOffered))}
    assets = {*problem.asset_of, *(other.asset_id for other in events if isinstance(other, AssetOffered))}
    override = event.override if isinstance(event, Overridden) else None
    named: tuple[tuple[str, str | None, set[str]], ...] = (
        ("line", getattr(override or event, "uln", None), lines),
        ("asset", getattr(event, "asset_id", None) or (override.asset if override else None), assets),
        ("load", getattr(event, "load_id", None), set(problem.load_of)),
        ("place", getattr(override or event, "place", None) or getattr(event, "home", None), set(problem.site_of)),
    )
    for what, name, known in named:
        if name is not None and name not in known:
            yield event.event_id, f'the plan has no {what} "{name}".', f"Correct the name of the {what}."
    if isinstance(event, UnitOffered | AssetOffered):
        is_unit = isinstance(event, UnitOffered)
        mine, like = (event.uln, problem.line_of) if isinstance(event, UnitOffered) else (event.asset_id, problem.asset_of)
        if mine in like:
            yield event.event_id, f'"{mine}" is there already.', "Give what is offered a name of its own."
        if event.like not in like:
            yield event.event_id, f'the plan has no {"line" if is_unit else "asset"} "{event.like}".', "Name one like it."
    if isinstance(event, PlaceClosed) and not list(_closable(problem, event.place)):
        remedy = "Use an override of kind forbid, or name the terminal or crossing that is closed."
        yield event.event_id, f"{event.place} has nothing that can be closed.", remedy
    if isinstance(event, CapacityChanged) and not problem.resources_at.get((event.place, event.kind)):
        kinds = sorted({r.kind for r in problem.resources if r.place == event.place})
        yield event.event_id, f"{event.place} has no {event.kind}.", f"Name one of its resources: {', '.join(kinds)}."
    if isinstance(event, OpeningDelayed) and not list(_opening_later(problem, event, history.now_min)):
        yield event.event_id, f"nothing of {event.place} changes later than now.", "Use place_closed with an end."


def _without_missed_locks(problem: Problem, history: History) -> Problem:
    """Drop locked starts that have passed: they were kept, or they were missed."""
    kept = tuple(
        override
        for override in problem.overrides
        if override.kind is not OverrideKind.LOCK or (override.start_min or 0) >= history.now_min
    )
    return replace(problem, overrides=kept)


def _closable(problem: Problem, place: str) -> Iterator[Resource]:
    return (r for r in problem.resources if r.place == place and r.kind not in UNCLOSED)


def _opening_later(problem: Problem, event: OpeningDelayed, now_min: int) -> Iterator[Resource]:
    return (r for r in problem.resources if r.place == event.place and any(s.from_min > now_min for s in r.steps))


def _with_resources(problem: Problem, changed: Mapping[str, Resource]) -> Problem:
    return replace(problem, resources=tuple(changed.get(r.resource_id, r) for r in problem.resources))


def _close(problem: Problem, event: PlaceClosed, history: History, used: Used) -> Problem:
    return _limit(problem, event, list(_closable(problem, event.place)), lambda _: 0, history, used)


def _change_capacity(problem: Problem, event: CapacityChanged, history: History, used: Used) -> Problem:
    def new(capacity: int) -> int:
        return capacity * (event.percent or 0) // 100 if event.capacity is None else event.capacity

    return _limit(problem, event, problem.resources_at[event.place, event.kind], new, history, used)


def _limit(
    problem: Problem,
    event: PlaceClosed | CapacityChanged,
    resources: Sequence[Resource],
    new: Callable[[int], int],
    history: History,
    used: Used,
) -> Problem:
    start_min = max(event.start_min, history.now_min)
    end_min = problem.horizon_min if event.end_min is None else event.end_min
    changed = {r.resource_id: within(r, start_min, end_min, new, used.get(r.resource_id, ())) for r in resources}
    return _with_resources(problem, changed)


def _delay_opening(problem: Problem, event: OpeningDelayed, history: History, used: Used) -> Problem:
    later = _opening_later(problem, event, history.now_min)
    return _with_resources(
        problem, {r.resource_id: shifted(r, history.now_min, event.by_min, used.get(r.resource_id, ())) for r in later}
    )


def _lose(problem: Problem, event: AssetLost, history: History, _used: Used) -> Problem:
    begun = history.voyages.get(event.asset_id, ())
    last_min = max(event.at_min, history.now_min, *(voyage.unload_end_min for voyage in begun))
    assets = tuple(
        replace(asset, available_until_min=min(asset.available_until_min, last_min))
        if asset.asset_id == event.asset_id
        else asset
        for asset in problem.assets
    )
    return replace(problem, assets=assets)


def _delay_asset(problem: Problem, event: AssetLate, history: History, _used: Used) -> Problem:
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


def _offer_asset(problem: Problem, event: AssetOffered, _history: History, _used: Used) -> Problem:
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


def _offer_unit(problem: Problem, event: UnitOffered, _history: History, _used: Used) -> Problem:
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


def _withdraw(problem: Problem, event: UnitWithdrawn, _history: History, _used: Used) -> Problem:
    return replace(
        problem,
        lines=tuple(line for line in problem.lines if line.uln != event.uln),
        loads=tuple(load for load in problem.loads if load.uln != event.uln),
        overrides=tuple(override for override in problem.overrides if override.uln != event.uln),
        no_ways=tuple(no_way for no_way in problem.no_ways if no_way.uln != event.uln),
    )


def _change_permit(problem: Problem, event: PermitChanged, _history: History, _used: Used) -> Problem:
    others = tuple(p for p in problem.permits if (p.nation, p.country) != (event.nation, event.country))
    mine = [p for p in problem.permits if p not in others]
    name = mine[0].permit_id if mine else f"{event.nation}-{event.country}"
    own = Permit(permit_id=name, nation=event.nation, country=event.country, granted_min=event.granted_min)
    return replace(problem, permits=(*others, own))


def _move_dates(problem: Problem, event: DatesMoved, history: History, _used: Used) -> Problem:
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
        replace(asset, available_until_min=horizon_min)
        if asset.available_until_min >= problem.horizon_min
        else asset
        for asset in problem.assets
    )
    return replace(problem, lines=lines, overrides=overrides, horizon_min=horizon_min, assets=assets)


def _delay_line(problem: Problem, event: LineLate, history: History, _used: Used) -> Problem:
    begun = {problem.load_of[load_id].uln for load_id in history.steps if load_id in problem.load_of}
    lines = tuple(
        replace(line, ready_min=max(line.ready_min, event.ready_min))
        if line.uln == event.uln and line.uln not in begun
        else line
        for line in problem.lines
    )
    return replace(problem, lines=lines)


def _override(problem: Problem, event: Overridden, _history: History, _used: Used) -> Problem:
    others = tuple(o for o in problem.overrides if o.override_id != event.override.override_id)
    return replace(problem, overrides=(*others, event.override))


_APPLIED: Final[Mapping[type[Event], Callable[..., Problem]]] = {
    PlaceClosed: _close,
    OpeningDelayed: _delay_opening,
    CapacityChanged: _change_capacity,
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
