"""From bookings to a plan that names everything."""

from collections.abc import Mapping
from typing import Any

from muster.movement.plan import Move, Plan, Step, Unmoved, Voyage
from muster.movement.problem import Asset, Leg
from muster.movement.search.board import Board
from muster.movement.search.choices import Unit
from muster.movement.search.diary import FREE_CHOICE
from muster.movement.search.tables import NONE, OVERTAKES, STOPPED, Books, Tables


def write_plan(board: Board, tables: Tables, books: Books, *, version: str, seed: int) -> Plan:
    """Write what is booked down as a plan."""
    voyages: list[Voyage] = []
    names: dict[int, str] = {}
    for index in range(len(board.problem.assets)):
        voyages += _write_diary(board, tables, books, index, names)
    return Plan(
        version=version,
        scenario_hash=board.problem.scenario_hash,
        case=board.problem.case,
        seed=seed,
        voyages=tuple(voyages),
        moves=tuple(
            _move(board, tables, books, freight.index, names)
            for freight in board.freights
            if books.closed_min[freight.unit.index] != NONE
        ),
        unmoved=tuple(
            Unmoved(uln=unit.line.uln, reason=_reason(board, books, unit))
            for unit in board.units
            if books.closed_min[unit.index] == NONE
        ),
    )


def _write_diary(board: Board, tables: Tables, books: Books, index: int, names: dict[int, str]) -> list[Voyage]:
    """Write the voyages of one asset in order, empty ones just in time for loading where nothing else binds them."""
    asset, diary = board.problem.assets[index], tables.diaries[index]
    place, row = asset.home, int(diary["home_row"])
    voyages: list[Voyage] = []
    first = int(diary["trips_first"])
    for number, trip_index in enumerate(books.diary_trips[first : first + int(books.diary_count[index])].tolist(), 1):
        trip = books.trips[trip_index]
        service = tables.services[trip["service"]]
        leg = board.problem.legs[service["hop"]]
        if place != leg.origin:
            way = diary["travel_first"] + row * diary["rows"] + service["origin_row"]
            voyages.append(
                _empty_voyage(f"{asset.asset_id}/{number}e", asset, place, leg, trip, tables.travel_min[way])
            )
        names[trip_index] = f"{asset.asset_id}/{number}"
        voyages.append(
            Voyage(
                voyage_id=names[trip_index],
                asset_id=asset.asset_id,
                leg_id=leg.leg_id,
                origin=leg.origin,
                destination=leg.destination,
                load_start_min=int(trip["start_min"]),
                departure_min=int(trip["departure_min"]),
                arrival_min=int(trip["arrival_min"]),
                unload_end_min=int(trip["end_min"]),
            )
        )
        place, row = leg.destination, int(service["destination_row"])
    return voyages


def _empty_voyage(name: str, asset: Asset, place: str, leg: Leg, trip: Any, travel_min: int) -> Voyage:
    """Write the empty trip before a loaded one."""
    departure_min = int(trip["empty_departure_min"])
    if departure_min == FREE_CHOICE:
        departure_min = int(trip["start_min"] - travel_min)
    arrival_min = departure_min + int(travel_min)
    return Voyage(
        voyage_id=name,
        asset_id=asset.asset_id,
        leg_id=None,
        origin=place,
        destination=leg.origin,
        load_start_min=departure_min,
        departure_min=departure_min,
        arrival_min=arrival_min,
        unload_end_min=arrival_min,
    )


def _move(board: Board, tables: Tables, books: Books, freight: int, names: Mapping[int, str]) -> Move:
    """Write down how a load moves."""
    own, journey = tables.freights[freight], books.journeys[freight]
    ways = tables.ways[own["ways_first"] : own["ways_last"]]
    is_taken = ways["onward"] == journey["onward"]
    if own["is_staged"]:
        is_taken &= ways["front"] == journey["front"]
    itinerary = board.problem.itineraries[ways[is_taken][0]["itinerary"]]
    slots = range(own["slot"], own["slot"] + len(itinerary.legs))
    return Move(
        load_id=board.freights[freight].load.load_id,
        itinerary_id=itinerary.itinerary_id,
        steps=tuple(
            _step(leg_id, books.rides[slot], names) for leg_id, slot in zip(itinerary.legs, slots, strict=True)
        ),
    )


def _step(leg_id: str, ride: Any, names: Mapping[int, str]) -> Step:
    return Step(
        leg_id=leg_id,
        voyage_id=names.get(int(ride["trip"])),
        start_min=int(ride["start_min"]),
        departure_min=int(ride["departure_min"]),
        arrival_min=int(ride["arrival_min"]),
        end_min=int(ride["end_min"]),
    )


def _reason(board: Board, books: Books, unit: Unit) -> str:
    """Say in words why a line could not be placed."""
    for no_way in board.problem.no_ways:
        if no_way.uln == unit.line.uln:
            return no_way.reason
    for freight in unit.freights:
        if not freight.ways:
            return f'Load "{freight.load.load_id}" has no way that its carriers, permits, caveats and overrides allow.'
        if len(freight.locked_min) > 1:
            return f'Load "{freight.load.load_id}" is locked to more than one start; keep one of the overrides.'
    for ahead in unit.after:
        if books.closed_min[ahead.index] == NONE:
            return f'It waits for line "{ahead.line.uln}", which does not move.'
    return _refusal(board, books, unit)


def _refusal(board: Board, books: Books, unit: Unit) -> str:
    """Say in words what stood in the way when the search tried a line."""
    subject, other, full_until_min = (int(value) for value in books.refusals[unit.index])
    if subject == STOPPED:
        return "Planning was stopped before this line had its turn."
    if subject == OVERTAKES:
        return f'It would take the place of the more urgent line "{board.units[other].line.uln}".'
    if subject == NONE:
        return "Its loads cannot come together within its windows before the end of the plan."
    leg, freight = board.problem.legs[other], board.freights[subject]
    load_id = freight.load.load_id
    if full_until_min != NONE:
        return f'The staging area before or after leg "{leg.leg_id}" has no room for load "{load_id}" in time.'
    if freight.locked_min:
        return f'Load "{load_id}" cannot start leg "{leg.leg_id}" at the minute to which it is locked.'
    return (
        f'Load "{load_id}" finds no room on {leg.carrier} from {leg.origin} to {leg.destination} '
        "before the end of the plan."
    )
