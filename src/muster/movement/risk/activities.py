"""What a plan does, piece by piece: loaded voyages with those aboard, and legs that loads make themselves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from muster.movement.checks.facts import Trip, gather
from muster.movement.plan import Move, Plan, Step
from muster.movement.problem import Leg, Problem
from muster.movement.risk.tables import NONE
from muster.movement.search import Board
from muster.movement.search.choices import Service


@dataclass(frozen=True, slots=True)
class Activity:
    """A loaded voyage, or a leg that a load makes itself.

    Attributes
    ----------
    times_min
        Start, departure, arrival and end, as planned.
    asset_id
        None where a load moves itself.
    aboard
        Steps of loads, by their place among all steps of the plan.
    vehicles, people
        Of the load that moves itself; of a voyage, vehicles of the asset.
    stands_at
        Where the asset is before it leaves for the origin.
    empty_departure_min, empty_min
        When the asset leaves empty for the origin, and how long it travels; NONE where it is there already.
    """

    leg: Leg
    service: Service
    times_min: tuple[int, int, int, int]
    asset_id: str | None
    aboard: tuple[int, ...]
    vehicles: int
    people: int = 0
    stands_at: str = ""
    empty_departure_min: int = NONE
    empty_min: int = NONE


def list_activities(problem: Problem, plan: Plan, board: Board, moves: Sequence[Move]) -> list[Activity]:
    """Activities of a plan in the order of their planned times; steps count through the moves."""
    steps = [(move, step) for move in moves for step in move.steps]
    by_voyage: dict[str, list[int]] = defaultdict(list)
    found: list[Activity] = []
    for place, (move, step) in enumerate(steps):
        if step.voyage_id is None:
            found.append(_self_made(problem, board, move, step, place))
        else:
            by_voyage[step.voyage_id].append(place)
    found += _voyages(problem, plan, board, by_voyage)
    return sorted(found, key=lambda activity: (activity.times_min, activity.aboard))


def _self_made(problem: Problem, board: Board, move: Move, step: Step, place: int) -> Activity:
    leg, load = problem.leg_of[step.leg_id], problem.load_of[move.load_id]
    times_min = (step.start_min, step.departure_min, step.arrival_min, step.end_min)
    return Activity(leg, _service(board, leg, None), times_min, None, (place,), load.vehicles, load.people)


def _voyages(problem: Problem, plan: Plan, board: Board, aboard: Mapping[str, list[int]]) -> Iterator[Activity]:
    """Loaded voyages, each with the empty travel before it."""
    by_asset: dict[str, list[Trip]] = defaultdict(list)
    for trip in gather(problem, plan).trips.values():
        by_asset[trip.asset.asset_id].append(trip)
    for trips in by_asset.values():
        empty: list[Trip] = []
        for trip in sorted(trips, key=lambda each: (each.voyage.load_start_min, each.voyage.unload_end_min)):
            if trip.leg is None:
                empty.append(trip)
                continue
            voyage = trip.voyage
            yield Activity(
                leg=trip.leg,
                service=_service(board, trip.leg, trip.kind.asset_type_id),
                times_min=(voyage.load_start_min, voyage.departure_min, voyage.arrival_min, voyage.unload_end_min),
                asset_id=voyage.asset_id,
                aboard=tuple(aboard.get(voyage.voyage_id, ())),
                vehicles=trip.kind.vehicles,
                stands_at=(empty[0].voyage if empty else voyage).origin,
                empty_departure_min=empty[0].voyage.departure_min if empty else NONE,
                empty_min=sum(each.travel_min or 0 for each in empty) if empty else NONE,
            )
            empty = []


def _service(board: Board, leg: Leg, type_name: str | None) -> Service:
    """How a leg is made by an asset type, or by a load itself."""
    for service in board.hops[leg.leg_id].services:
        if type_name == (None if service.kind is None else service.kind.asset_type_id):
            return service
    raise AssertionError((leg.leg_id, type_name))
