"""Units as the room speaks of them: the lines of one parent together, and where they are at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from muster.hq.board.symbols import symbol_of
from muster.movement.plan import Move, Step
from muster.movement.reporting.report import LineRow, LineStatus, Report


class State(StrEnum):
    """What a unit does at a time."""

    AT_ORIGIN = "at origin"
    MOVING = "moving"
    """At least one of its loads is between departure and arrival."""
    ON_THE_WAY = "on the way"
    """Nothing of it moves, and not all of it is at its destination."""
    CLOSED = "closed"
    STAYS = "stays"
    """The plan moves no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The lines of one parent.

    Attributes
    ----------
    uln
        ULN of the parent, or of the line where it has none.
    unit_type
        That of its first line that has one.
    symbol
        APP-6 code of twenty digits.
    loads
        In the order of the plan's moves; those that do not move come last.
    origin, destination
        Of its first line.
    start_min
        When its first load starts; None where none does.
    required_min
        The latest of its lines.
    closure_min
        None where a line of it does not move.
    lateness_min
        The most of its lines.
    """

    uln: str
    name: str
    nation: str
    unit_type: str | None
    symbol: str
    lines: tuple[str, ...]
    loads: tuple[str, ...]
    origin: str
    destination: str
    people: int
    vehicles: int
    mass_t: float
    priority: int
    start_min: int | None
    required_min: int
    closure_min: int | None
    lateness_min: int
    status: LineStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where most loads of a unit are at a time, and how many are in which state.

    Attributes
    ----------
    place, towards
        A place; or the two ends of the leg that they move on.
    leg_id, share
        That leg, and how much of it the first of them has behind it, 0 to 1; None and 0 at a place.
    """

    state: State
    place: str
    towards: str | None
    at_origin: int
    under_way: int
    closed: int
    leg_id: str | None = None
    share: float = 0.0


def list_units(report: Report) -> tuple[Unit, ...]:
    """Units of a plan in the order of its lines."""
    groups: dict[str, list[LineRow]] = {}
    for row in report.lines:
        groups.setdefault(row.line.parent_uln or row.line.uln, []).append(row)
    moves = {move.load_id: move for move in report.moves if move.steps}
    order = {move.load_id: number for number, move in enumerate(report.moves)}
    units = []
    for uln, rows in groups.items():
        loads = sorted((load for row in rows for load in row.line.loads), key=lambda load: order.get(load, len(order)))
        units.append(_unit(uln, rows, tuple(loads), [moves[load] for load in loads if load in moves], report))
    return tuple(units)


def _unit(uln: str, rows: Sequence[LineRow], loads: tuple[str, ...], moves: Sequence[Move], report: Report) -> Unit:
    closures = [row.closure_min for row in rows if row.closure_min is not None]
    name = _shared_name([row.line.name for row in rows])
    unit_type = next((row.line.unit_type for row in rows if row.line.unit_type), None)
    worst = max(rows, key=lambda row: list(LineStatus).index(row.status))
    return Unit(
        uln=uln,
        name=name,
        nation=rows[0].line.nation,
        unit_type=unit_type,
        symbol=symbol_of(unit_type),
        lines=tuple(row.line.uln for row in rows),
        loads=loads,
        origin=rows[0].line.origin,
        destination=rows[0].line.destination,
        people=sum(row.amount.people for row in rows),
        vehicles=sum(row.amount.vehicles for row in rows),
        mass_t=round(sum(report.amounts[load].mass_t for load in loads), 1),
        priority=min(row.line.priority for row in rows),
        start_min=min((move.steps[0].start_min for move in moves), default=None),
        required_min=max(row.line.required_min for row in rows),
        closure_min=max(closures) if len(closures) == len(rows) else None,
        lateness_min=max(row.lateness_min for row in rows),
        status=worst.status,
    )


def _shared_name(names: Sequence[str]) -> str:
    """The words that the names of a unit's lines begin with, without the number of the part."""
    shared = names[0].split()
    for name in names[1:]:
        shared = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(shared, name.split(), strict=False))]
    words = " ".join(shared).partition(", part")[0].rstrip(" ,")
    return words or names[0]


def whereabouts(units: Sequence[Unit], report: Report, *, at_min: int) -> Iterator[Whereabouts]:
    """Where each unit is at a minute after C-day.

    A load is under way from departure to arrival, closed once it is unloaded at its destination, and else at the place
    where its last leg ended, or at its origin.
    """
    moves = {move.load_id: move for move in report.moves if move.steps}
    ends = {leg.leg_id: (leg.origin, leg.destination) for leg in report.legs}
    origins = origins_of_loads(report)
    for unit in units:
        yield _whereabouts([(moves.get(load), origins[load]) for load in unit.loads], ends, at_min)


def origins_of_loads(report: Report) -> dict[str, str]:
    """Where each load begins."""
    return {load: row.line.origin for row in report.lines for load in row.line.loads}


def _whereabouts(
    moves: Sequence[tuple[Move | None, str]], ends: dict[str, tuple[str, str]], at_min: int
) -> Whereabouts:
    spots: dict[tuple[str, str | None], int] = {}
    on_legs: dict[tuple[str, str | None], Step] = {}
    at_origin = under_way = closed = 0
    for move, origin in moves:
        spot, last = _spot(move, ends, at_min, origin)
        started = last is not None
        spots[spot] = spots.get(spot, 0) + 1
        if last is not None and spot[1] is not None:
            on_legs.setdefault(spot, last)
        at_origin += not started
        under_way += spot[1] is not None
        closed += move is not None and move.steps[-1].end_min <= at_min
    place, towards = most = max(spots, key=spots.__getitem__)
    step = on_legs.get(most)
    if not any(move for move, _ in moves):
        state = State.STAYS
    elif closed == len(moves):
        state = State.CLOSED
    elif under_way:
        state = State.MOVING
    else:
        state = State.AT_ORIGIN if at_origin == len(moves) else State.ON_THE_WAY
    return Whereabouts(
        state=state,
        place=place,
        towards=towards,
        at_origin=at_origin,
        under_way=under_way,
        closed=closed,
        leg_id=None if step is None else step.leg_id,
        share=0.0 if step is None else (at_min - step.departure_min) / (step.arrival_min - step.departure_min),
    )


def _spot(
    move: Move | None, ends: dict[str, tuple[str, str]], at_min: int, origin: str
) -> tuple[tuple[str, str | None], Step | None]:
    """Where a load is, and the last step on which it departed."""
    last = None if move is None else next((s for s in reversed(move.steps) if s.departure_min <= at_min), None)
    if last is None:
        return (origin, None), None
    if at_min < last.arrival_min:
        return ends[last.leg_id], last
    return (ends[last.leg_id][1], None), last
