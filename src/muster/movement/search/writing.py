"""From bookings to a plan that names everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.movement.plan import Move, Plan, Step, Unmoved, Voyage
from muster.movement.search.board import Board
from muster.movement.search.choices import Freight
from muster.movement.search.diary import FREE_CHOICE, Diary, Trip
from muster.movement.search.ledger import Journey
from muster.movement.search.rides import Ride


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was booked at one moment.

    Attributes
    ----------
    trips
        Voyages and the departures of the empty trips before them, by asset.
    reasons
        Why lines do not move, by ULN.
    """

    journeys: Mapping[Freight, Journey]
    trips: Sequence[tuple[Sequence[Trip], Sequence[int]]]
    reasons: Mapping[str, str]


def remember(board: Board, journeys: Mapping[Freight, Journey], reasons: Mapping[str, str]) -> Snapshot:
    """Note what is booked now."""
    trips = [(tuple(diary.trips), tuple(diary.empty_departures_min)) for diary in board.diaries]
    return Snapshot(dict(journeys), trips, dict(reasons))


def write_plan(board: Board, snapshot: Snapshot, *, version: str, seed: int) -> Plan:
    """Write a snapshot down as a plan."""
    problem = board.problem
    voyages: list[Voyage] = []
    names: dict[Trip, str] = {}
    for diary, (trips, departures) in zip(board.diaries, snapshot.trips, strict=True):
        _write_diary(diary, trips, departures, voyages, names)
    moves = tuple(
        Move(
            load_id=freight.load.load_id,
            itinerary_id=snapshot.journeys[freight].way.itinerary_id,
            steps=tuple(_step(ride, names) for ride in snapshot.journeys[freight].rides),
        )
        for freight in board.freights
        if freight in snapshot.journeys
    )
    return Plan(
        version=version,
        scenario_hash=problem.scenario_hash,
        case=problem.case,
        seed=seed,
        voyages=tuple(voyages),
        moves=moves,
        unmoved=tuple(Unmoved(uln=uln, reason=reason) for uln, reason in snapshot.reasons.items()),
    )


def _write_diary(
    diary: Diary,
    trips: Sequence[Trip],
    departures_min: Sequence[int],
    voyages: list[Voyage],
    names: dict[Trip, str],
) -> None:
    """Write the voyages of one asset in order, empty ones just in time for loading where nothing else binds them."""
    asset_id, place, row = diary.asset.asset_id, diary.asset.home, diary.home
    for index, trip in enumerate(trips):
        leg = trip.service.hop.leg
        if place != leg.origin:
            assert row is not None
            travel_min = diary.travel_min[row][trip.service.origin_row]
            departure_min = departures_min[index] if departures_min else FREE_CHOICE
            if departure_min == FREE_CHOICE:
                departure_min = trip.start_min - travel_min
            arrival_min = departure_min + travel_min
            voyages.append(
                Voyage(
                    voyage_id=f"{asset_id}/{index + 1}e",
                    asset_id=asset_id,
                    leg_id=None,
                    origin=place,
                    destination=leg.origin,
                    load_start_min=departure_min,
                    departure_min=departure_min,
                    arrival_min=arrival_min,
                    unload_end_min=arrival_min,
                )
            )
        names[trip] = f"{asset_id}/{index + 1}"
        voyages.append(
            Voyage(
                voyage_id=names[trip],
                asset_id=asset_id,
                leg_id=leg.leg_id,
                origin=leg.origin,
                destination=leg.destination,
                load_start_min=trip.start_min,
                departure_min=trip.departure_min,
                arrival_min=trip.arrival_min,
                unload_end_min=trip.end_min,
            )
        )
        place, row = leg.destination, trip.service.destination_row


def _step(ride: Ride, names: Mapping[Trip, str]) -> Step:
    return Step(
        leg_id=ride.hop.leg.leg_id,
        voyage_id=None if ride.trip is None else names[ride.trip],
        start_min=ride.start_min,
        departure_min=ride.departure_min,
        arrival_min=ride.arrival_min,
        end_min=ride.end_min,
    )
