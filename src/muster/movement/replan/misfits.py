"""What events name that the plan does not have, told with a remedy."""

from collections.abc import Iterator, Sequence, Set
from typing import Final

from muster.movement.checks.places import STAGING_KINDS
from muster.movement.problem import Problem, Resource
from muster.movement.replan.events import (
    AssetOffered,
    CapacityChanged,
    Event,
    OpeningDelayed,
    Overridden,
    PermitChanged,
    PlaceClosed,
    UnitOffered,
)
from muster.movement.resources import ResourceKind

Fault = tuple[str, str, str]
"""Event, rule, remedy."""
UNCLOSED: Final = STAGING_KINDS | {ResourceKind.CAVEAT}
"""Kinds that stay as they are when a place is closed: what waits there may stay."""


def touched(problem: Problem, event: PlaceClosed | CapacityChanged | OpeningDelayed) -> tuple[Resource, ...]:
    """Resources that an event of a place changes."""
    if isinstance(event, CapacityChanged):
        return problem.resources_at.get((event.place, event.kind), ())
    at_place = (resource for resource in problem.resources if resource.place == event.place)
    if isinstance(event, OpeningDelayed):
        return tuple(resource for resource in at_place if len(resource.steps) > 1)
    return tuple(resource for resource in at_place if resource.kind not in UNCLOSED)


def misfits(problem: Problem, events: Sequence[Event], now_min: int) -> Iterator[Fault]:
    """Every name that leads nowhere, and every change of what is not there."""
    offered_lines = {event.uln for event in events if isinstance(event, UnitOffered)}
    offered_assets = {event.asset_id for event in events if isinstance(event, AssetOffered)}
    known: dict[str, Set[str]] = {
        "line": problem.line_of.keys() | offered_lines,
        "asset": problem.asset_of.keys() | offered_assets,
        "load": problem.load_of.keys(),
        "place": problem.site_of.keys(),
        "nation": {line.nation for line in problem.lines},
    }
    for event in events:
        unknown = [(what, name) for what, name in _named(event) if name is not None and name not in known[what]]
        for what, name in unknown:
            yield event.event_id, f'the plan has no {what} "{name}".', f"Correct the name of the {what}."
        yield from _offered(problem, event)
        if not unknown:
            yield from _unchangeable(problem, event, now_min)


def _named(event: Event) -> Iterator[tuple[str, str | None]]:
    """What an event names, by kind."""
    if isinstance(event, Overridden):
        yield from (("line", event.override.uln), ("asset", event.override.asset), ("place", event.override.place))
        yield "nation", event.override.nation
        return
    yield from (("line", getattr(event, "uln", None)), ("asset", getattr(event, "asset_id", None)))
    yield from (("load", getattr(event, "load_id", None)), ("place", getattr(event, "place", None)))
    yield "place", getattr(event, "home", None)
    if isinstance(event, PermitChanged):
        yield "nation", event.nation


def _offered(problem: Problem, event: Event) -> Iterator[Fault]:
    """What is offered has a name of its own, and is like something that is there."""
    if isinstance(event, UnitOffered):
        what, name, there = "line", event.uln, problem.line_of.keys()
    elif isinstance(event, AssetOffered):
        what, name, there = "asset", event.asset_id, problem.asset_of.keys()
    else:
        return
    if name in there:
        yield event.event_id, f'the plan has {what} "{name}" already.', "Give what is offered a name of its own."
    if event.like not in there:
        yield event.event_id, f'the plan has no {what} "{event.like}".', f"Name a {what} that is like it."


def _unchangeable(problem: Problem, event: Event, now_min: int) -> Iterator[Fault]:
    """What a place does not have can be neither closed nor changed nor late."""
    if isinstance(event, PlaceClosed) and not touched(problem, event):
        rule = f"{event.place} has nothing that can be closed."
        yield event.event_id, rule, "Name a terminal or crossing, or forbid the place by an override."
    if isinstance(event, CapacityChanged) and not touched(problem, event):
        kinds = sorted({str(r.kind) for r in problem.resources if r.place == event.place})
        remedy = f"Name one of its resources: {', '.join(kinds)}." if kinds else "Name a place that has one."
        yield event.event_id, f"{event.place} has no {event.kind}.", remedy
    if isinstance(event, OpeningDelayed):
        changes_min = [step.from_min for resource in touched(problem, event) for step in resource.steps]
        if max(changes_min, default=0) <= now_min:
            rule = f"nothing of {event.place} is planned to change from now on."
            yield event.event_id, rule, "Use place_closed with the date on which it opens."
