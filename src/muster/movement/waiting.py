"""What loads wait for: each wait of a plan cut into pieces, each piece with the one cause that best accounts for it.

A load that could go on but does not waits first for what is certain (a lock of the planner, the join at the staging
area, a permit, a caveat). What is left is laid on the fullest resource or fleet that its next leg uses, where one is
nearly full on the days of the wait; else on the plan's own timing: loads that share a voyage or keep a unit together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.plan import Move, Plan, Step
from muster.movement.problem import Carrier, Leg, Line, Load, OverrideKind, Problem, ResourceKind
from muster.movement.usage import DailyLoad

FULL_SHARE: Final = 0.75
"""Mean share of capacity over the days of a wait from which a resource accounts for it."""


class WaitCause(StrEnum):
    """Why a load waits."""

    LOCK = "lock"
    """The planner fixed the start."""
    JOIN = "join"
    """The rest of its line is not at the staging area, or is being integrated."""
    PERMIT = "permit"
    CAVEAT = "caveat"
    RESOURCE = "resource"
    """A place is full."""
    FLEET = "fleet"
    """No asset is free."""
    TIMING = "timing"
    """The plan's own choice: a shared voyage, a unit kept together, opening hours."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A load waits at a place during ``[start_min, end_min)`` before its step number ``step``.

    Attributes
    ----------
    what
        The resource, fleet, permit, caveat or override; empty where the cause needs none.
    """

    load_id: str
    step: int
    place: str
    start_min: int
    end_min: int
    cause: WaitCause
    what: str = ""

    @property
    def minutes(self) -> int:
        """How long it waits."""
        return self.end_min - self.start_min


def list_waits(problem: Problem, plan: Plan, loads: Sequence[DailyLoad]) -> list[Wait]:
    """Every wait of every load, in the order of the plan's moves."""
    moves = {move.load_id: move for move in plan.moves}
    by_id = {load.resource_id: load for load in loads}
    assets = {voyage.voyage_id: voyage.asset_id for voyage in plan.voyages}
    waits: list[Wait] = []
    for move in plan.moves:
        load = problem.load_of[move.load_id]
        line = problem.line_of[load.uln]
        staged_after = problem.itinerary_of[move.itinerary_id].staged_after
        from_min = line.ready_min
        for number, step in enumerate(move.steps):
            if step.start_min > from_min:
                joined_min = _joined_min(problem, line, moves) if number == staged_after else None
                certain = _certain_causes(problem, line, load, step, first=number == 0, joined_min=joined_min)
                place = problem.leg_of[step.leg_id].origin
                fleet = problem.asset_of[assets[step.voyage_id]].fleet_id if step.voyage_id is not None else None
                at_min = from_min
                for cause, what, until_min in certain:
                    if min(until_min, step.start_min) > at_min:
                        waits.append(
                            Wait(load.load_id, number, place, at_min, min(until_min, step.start_min), cause, what)
                        )
                        at_min = min(until_min, step.start_min)
                if step.start_min > at_min:
                    cause, what = _fullest(problem, problem.leg_of[step.leg_id], fleet, by_id, at_min, step.start_min)
                    waits.append(Wait(load.load_id, number, place, at_min, step.start_min, cause, what))
            from_min = step.end_min
    return waits


def _joined_min(problem: Problem, line: Line, moves: Mapping[str, Move]) -> int | None:
    """When the line is joined and integrated at its staging area."""
    ends: list[int] = []
    for load_id in line.loads:
        move = moves.get(load_id)
        staged_after = problem.itinerary_of[move.itinerary_id].staged_after if move is not None else None
        if move is not None and staged_after is not None and 0 < staged_after <= len(move.steps):
            ends.append(move.steps[staged_after - 1].end_min)
    return max(ends) + line.integration_min if ends else None


def _certain_causes(
    problem: Problem, line: Line, load: Load, step: Step, *, first: bool, joined_min: int | None
) -> Iterator[tuple[WaitCause, str, int]]:
    """Causes that the rules name, each with the minute until which it holds the load."""
    leg = problem.leg_of[step.leg_id]
    for override in problem.overrides:
        whose = override.uln in {None, line.uln} and override.nation in {None, line.nation}
        if first and whose and override.kind is OverrideKind.LOCK and override.start_min is not None:
            yield WaitCause.LOCK, override.override_id, override.start_min
    if joined_min is not None:
        yield WaitCause.JOIN, "", joined_min
    loading_min = step.departure_min - step.start_min
    travel_min = step.arrival_min - step.departure_min
    for entry in leg.countries[1:]:
        for permit in problem.permits:
            if permit.nation == line.nation and permit.country == entry.country and permit.granted_min is not None:
                reach_min = travel_min * entry.distance_m // max(1, leg.distance_m)
                yield WaitCause.PERMIT, permit.permit_id, permit.granted_min - loading_min - reach_min
    countries = {entry.country for entry in leg.countries}
    places = {leg.origin, leg.destination, *(passage.crossing for passage in leg.passages)}
    for caveat in problem.caveats:
        if caveat.nation == line.nation and caveat.allowed_from_min is not None:
            applies = (
                (caveat.country is None or caveat.country in countries)
                and (caveat.place is None or caveat.place in places)
                and caveat.mode in {None, leg.mode}
                and caveat.cargo in {None, load.cargo}
            )
            if applies:
                yield WaitCause.CAVEAT, caveat.caveat_id, caveat.allowed_from_min


_AT_ENDS: Final[Mapping[Carrier, tuple[ResourceKind, ...]]] = {
    Carrier.TRAIN: (ResourceKind.RAMP, ResourceKind.TRAINS, ResourceKind.TRANSHIPMENT),
    Carrier.RORO_SHIP: (ResourceKind.BERTH_RORO,),
    Carrier.CONTAINER_SHIP: (ResourceKind.BERTH_CONTAINER,),
    Carrier.AIRCRAFT: (ResourceKind.MOG,),
}
_ON_ROAD: Final = (ResourceKind.CROSSING_VEHICLES, ResourceKind.CREDITS)


def _fullest(
    problem: Problem, leg: Leg, fleet: str | None, by_id: Mapping[str, DailyLoad], start_min: int, end_min: int
) -> tuple[WaitCause, str]:
    """Find the fullest of what the leg uses, over the days of the wait."""
    keys = [(place, kind) for place in (leg.origin, leg.destination) for kind in _AT_ENDS.get(leg.carrier, ())]
    kinds = (ResourceKind.CROSSING_WAGONS,) if leg.carrier is Carrier.TRAIN else _ON_ROAD
    keys += [(passage.crossing, kind) for passage in leg.passages for kind in kinds]
    keys += [(leg.destination, kind) for kind in (ResourceKind.STAGING_VEHICLES, ResourceKind.STAGING_PEOPLE)]
    candidates = [resource.resource_id for key in keys for resource in problem.resources_at.get(key, ())]
    if fleet is not None:
        candidates.append(fleet)
    first_day, end_day = start_min // MINUTES_PER_DAY, (end_min - 1) // MINUTES_PER_DAY + 1
    ranked = [(_mean_share(by_id[name], first_day, end_day), name) for name in candidates if name in by_id]
    share, name = max(ranked, default=(0.0, ""))
    if share < FULL_SHARE:
        return WaitCause.TIMING, ""
    return (WaitCause.FLEET if name == fleet else WaitCause.RESOURCE), name


def _mean_share(load: DailyLoad, first_day: int, end_day: int) -> float:
    """Divide use by capacity, over days together."""
    days = slice(max(0, first_day), max(first_day + 1, end_day))
    room = sum(value or 0.0 for value in load.capacity[days])
    return sum(load.used[days]) / room if room else 0.0
