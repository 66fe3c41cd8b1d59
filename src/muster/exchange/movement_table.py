"""The movement table as CSV: one row for each leg that loads of a line make together, and one for each unmoved line.

Times stand twice: as offsets from C-day, and as military date-time groups where C-day has a date. Positions stand as
military grid references. What is read back are the rows; the problem itself is in ``problem.json.gz``.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from muster.disclosure import EVERY_NATION
from muster.exchange.scenario import CellKind, Column, Fault, Table, TablesRefused
from muster.exchange.scenario.canonical import write_table
from muster.exchange.scenario.reading import read_table
from muster.measures import DayMark, DayOffset, Timeline, date_time_group
from muster.measures.geodesy import to_mgrs
from muster.movement.plan import Move, Plan, Step, Unmoved
from muster.movement.problem import CargoClass, Carrier, Leg, Line, Load, Problem
from muster.network import Mode

FILE: Final = "movement_table.csv"
LEVEL: Final = 2
"""Level of detail of the rows: totals by class, no single items."""
_KINDS: Final = ("unit", "cargo", "people")
_STATES: Final = ("planned", "unmoved")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRow:
    """A row of the movement table; None is unknown, or does not apply to the leg.

    Attributes
    ----------
    kind
        ``people``, ``cargo``, or ``unit`` for people and cargo together.
    ald, ead, lad
        Available to load at ``poe``; planned arrival at ``pod``; latest arrival there that keeps ``rdd`` when the rest
        of the way goes as planned.
    loads
        Loads of the line that make the leg together.
    via
        Crossings that the leg goes over.
    carrier_id, voyage
        Asset and its voyage; None where the loads move themselves.
    """

    plan_id: str
    plan_rev: int
    level: int
    uln: str
    parent_uln: str | None = None
    kind: str
    nation: str
    release_to: str
    name: str
    priority: int
    day_mark: str
    rld: DayOffset
    ald: DayOffset | None = None
    ead: DayOffset | None = None
    lad: DayOffset | None = None
    rdd: DayOffset
    origin: str
    poe: str | None = None
    pod: str | None = None
    dest: str
    loads: tuple[str, ...]
    pieces: int
    vehicles: int
    pax: int
    mass_t: float
    lane_m: float
    teu: int
    pallets: int
    leg_no: int | None = None
    mode: Mode | None = None
    carrier: Carrier | None = None
    carrier_id: str | None = None
    voyage: str | None = None
    from_node: str | None = None
    from_mgrs: str | None = None
    to_node: str | None = None
    to_mgrs: str | None = None
    via: tuple[str, ...] = ()
    load_start: DayOffset | None = None
    dep_plan: DayOffset | None = None
    dep_dtg: str | None = None
    arr_plan: DayOffset | None = None
    arr_dtg: str | None = None
    unload_end: DayOffset | None = None
    status: str
    remark: str | None = None


def _column(name: str, kind: CellKind, meaning: str, **more: Any) -> Column:
    return Column(name=name, kind=kind, meaning=meaning, **more)


TABLE: Final = Table(
    name="movement_table",
    meaning="The movement table of a plan.",
    columns=(
        _column("plan_id", CellKind.TEXT, "scenario hash, shortened, and case", required=True),
        _column("plan_rev", CellKind.WHOLE, "revision of the plan", required=True),
        _column("level", CellKind.WHOLE, "level of detail", required=True, low=1, high=6),
        _column("uln", CellKind.TEXT, "line", required=True),
        _column("parent_uln", CellKind.TEXT, "line of the formation"),
        _column("kind", CellKind.WORD, "what moves", words=_KINDS, required=True),
        _column("nation", CellKind.TEXT, "owner", required=True),
        _column("release_to", CellKind.TEXT, "who may see it: nations, or ALL", required=True),
        _column("name", CellKind.TEXT, "name of the line", required=True),
        _column("priority", CellKind.WHOLE, "1 is the most urgent", required=True),
        _column("day_mark", CellKind.TEXT, "mark of the offsets, and its date where one is set", required=True),
        _column("rld", CellKind.OFFSET, "ready to load at the origin", required=True),
        _column("ald", CellKind.OFFSET, "available to load at the port of embarkation"),
        _column("ead", CellKind.OFFSET, "planned arrival at the port of debarkation"),
        _column("lad", CellKind.OFFSET, "latest arrival there that keeps the required date"),
        _column("rdd", CellKind.OFFSET, "required at the destination", required=True),
        _column("origin", CellKind.TEXT, "place where the line starts", required=True),
        _column("poe", CellKind.TEXT, "port of embarkation"),
        _column("pod", CellKind.TEXT, "port of debarkation"),
        _column("dest", CellKind.TEXT, "place where the line is needed", required=True),
        _column("loads", CellKind.TEXT, "loads that make the leg together", is_list=True),
        _column("pieces", CellKind.WHOLE, "people, vehicles, containers, pallets or helicopters", required=True),
        _column("vehicles", CellKind.WHOLE, "road vehicles", required=True),
        _column("pax", CellKind.WHOLE, "people, crews included", required=True),
        _column("mass_t", CellKind.NUMBER, "mass", unit="t", required=True),
        _column("lane_m", CellKind.NUMBER, "deck length", unit="m", required=True),
        _column("teu", CellKind.WHOLE, "containers", unit="TEU", required=True),
        _column("pallets", CellKind.WHOLE, "pallets", required=True),
        _column("leg_no", CellKind.WHOLE, "leg of the itinerary, from 1"),
        _column("mode", CellKind.WORD, "mode of the leg", words=Mode),
        _column("carrier", CellKind.WORD, "what makes the leg", words=Carrier),
        _column("carrier_id", CellKind.TEXT, "asset"),
        _column("voyage", CellKind.TEXT, "voyage of the asset"),
        _column("from_node", CellKind.TEXT, "place where the leg starts"),
        _column("from_mgrs", CellKind.TEXT, "its military grid reference"),
        _column("to_node", CellKind.TEXT, "place where the leg ends"),
        _column("to_mgrs", CellKind.TEXT, "its military grid reference"),
        _column("via", CellKind.TEXT, "crossings on the way, in order", is_list=True),
        _column("load_start", CellKind.OFFSET, "loading starts"),
        _column("dep_plan", CellKind.OFFSET, "departure"),
        _column("dep_dtg", CellKind.TEXT, "departure as a date-time group"),
        _column("arr_plan", CellKind.OFFSET, "arrival"),
        _column("arr_dtg", CellKind.TEXT, "arrival as a date-time group"),
        _column("unload_end", CellKind.OFFSET, "unloading ends"),
        _column("status", CellKind.WORD, "whether it moves", words=_STATES, required=True),
        _column("remark", CellKind.TEXT, "why a line does not move"),
    ),
)
"""Columns of the file, in order; the attributes of :class:`MovementRow` have the same names."""


class MovementTableRefused(TablesRefused):
    """A movement table that cannot be read."""


def encode(problem: Problem, plan: Plan, *, revision: int = 1, release_to: str = EVERY_NATION) -> bytes:
    """Movement table of a plan as CSV.

    Parameters
    ----------
    release_to
        Who may see it: a nation, or everyone.
    """
    rows = (dataclasses.replace(row, release_to=release_to) for row in list_rows(problem, plan, revision=revision))
    return write_rows(rows)


def decode(document: bytes) -> tuple[MovementRow, ...]:
    """Rows of a movement table.

    Raises
    ------
    MovementTableRefused
        When the bytes are no movement table; every fault is told.
    """
    faults: list[Fault] = []
    rows = read_table(TABLE, document, faults)
    if faults:
        raise MovementTableRefused(faults)
    names = [field.name for field in dataclasses.fields(MovementRow)]
    return tuple(MovementRow(**{name: record.values[name] for name in names}) for record in rows.records)


def write_rows(rows: Iterable[MovementRow]) -> bytes:
    """Rows as CSV."""
    names = [column.name for column in TABLE.columns]
    return write_table(names, ([_cell(getattr(row, name)) for name in names] for row in rows))


def list_rows(problem: Problem, plan: Plan, *, revision: int = 1) -> tuple[MovementRow, ...]:
    """Rows of a plan: legs in the order of lines, then of time; unmoved lines at their place."""
    moves: dict[str, list[Move]] = {}
    for move in plan.moves:
        moves.setdefault(problem.load_of[move.load_id].uln, []).append(move)
    unmoved = {line.uln: line for line in plan.unmoved}
    writer = _Writer(problem, plan, revision)
    rows: list[MovementRow] = []
    for line in problem.lines:
        if line.uln in moves:
            rows += writer.moved(line, moves[line.uln])
        elif line.uln in unmoved:
            rows.append(writer.unmoved(line, unmoved[line.uln]))
    return tuple(rows)


@dataclass(slots=True)
class _Writer:
    """Makes the rows of a plan."""

    problem: Problem
    plan: Plan
    revision: int
    _grid: dict[str, str] = dataclasses.field(default_factory=dict)

    def moved(self, line: Line, moves: Sequence[Move]) -> Iterator[MovementRow]:
        """Rows of a line that moves: loads that make a leg at the same time with the same asset share one."""
        groups: dict[tuple[int, Step, tuple[Any, ...]], list[str]] = {}
        for move in moves:
            ports = self._ports(line, move)
            for number, step in enumerate(move.steps, start=1):
                groups.setdefault((number, step, ports), []).append(move.load_id)
        asset_of = {voyage.voyage_id: voyage.asset_id for voyage in self.plan.voyages}
        order = sorted(groups.items(), key=lambda item: (item[0][1].start_min, item[0][0], item[0][1].leg_id, item[1]))
        for (number, step, (poe, pod, ald, ead, lad)), names in order:
            leg = self.problem.leg_of[step.leg_id]
            yield MovementRow(
                **self._about(line, [self.problem.load_of[name] for name in names]),
                ald=ald,
                ead=ead,
                lad=lad,
                poe=poe,
                pod=pod,
                leg_no=number,
                mode=leg.mode,
                carrier=leg.carrier,
                carrier_id=asset_of.get(step.voyage_id) if step.voyage_id else None,
                voyage=step.voyage_id,
                **self._way(leg, step),
                status="planned",
            )

    def unmoved(self, line: Line, unmoved: Unmoved) -> MovementRow:
        """Row of a line that stays, with the reason."""
        loads = [self.problem.load_of[name] for name in line.loads]
        return MovementRow(**self._about(line, loads), status="unmoved", remark=unmoved.reason or None)

    def _about(self, line: Line, loads: Sequence[Load]) -> dict[str, Any]:
        """What the line is, and how much of it the loads are."""
        timeline = self.problem.timeline
        return {
            "plan_id": f"{self.plan.scenario_hash[:12]}-{self.plan.case}",
            "plan_rev": self.revision,
            "level": LEVEL,
            "uln": line.uln,
            "parent_uln": line.parent_uln,
            "kind": _kind(loads),
            "nation": line.nation,
            "release_to": EVERY_NATION,
            "name": line.name,
            "priority": line.priority,
            "day_mark": "C" if timeline.c_day is None else f"C {timeline.c_day.isoformat()}",
            "rld": _offset(line.ready_min),
            "rdd": _offset(line.required_min),
            "origin": line.origin,
            "dest": line.destination,
            "loads": tuple(load.load_id for load in loads),
            "pieces": sum(load.pieces for load in loads),
            "vehicles": sum(load.vehicles for load in loads),
            "pax": sum(load.people for load in loads),
            "mass_t": sum(load.size.mass_kg for load in loads) / 1000,
            "lane_m": sum(load.size.lane_cm for load in loads) / 100,
            "teu": sum(load.size.teu for load in loads),
            "pallets": sum(load.size.pallets for load in loads),
        }

    def _way(self, leg: Leg, step: Step) -> dict[str, Any]:
        """Where the leg goes, and when."""
        timeline = self.problem.timeline
        return {
            "from_node": leg.origin,
            "from_mgrs": self._mgrs(leg.origin),
            "to_node": leg.destination,
            "to_mgrs": self._mgrs(leg.destination),
            "via": tuple(passage.crossing for passage in leg.passages),
            "load_start": _offset(step.start_min),
            "dep_plan": _offset(step.departure_min),
            "dep_dtg": _date_time_group(timeline, step.departure_min),
            "arr_plan": _offset(step.arrival_min),
            "arr_dtg": _date_time_group(timeline, step.arrival_min),
            "unload_end": _offset(step.end_min),
        }

    def _ports(self, line: Line, move: Move) -> tuple[Any, ...]:
        """Ports of a move by sea or air, and its dates there."""
        hauls = [
            (index, step)
            for index, step in enumerate(move.steps)
            if self.problem.leg_of[step.leg_id].mode in {Mode.SEA, Mode.AIR}
        ]
        if not hauls:
            return (None, None, None, None, None)
        (first, outward), (_, inward) = hauls[0], hauls[-1]
        available_min = move.steps[first - 1].end_min if first else line.ready_min
        slack_min = line.required_min - move.steps[-1].end_min
        return (
            self.problem.leg_of[outward.leg_id].origin,
            self.problem.leg_of[inward.leg_id].destination,
            _offset(available_min),
            _offset(inward.arrival_min),
            _offset(inward.arrival_min + slack_min),
        )

    def _mgrs(self, place: str) -> str:
        if place not in self._grid:
            site = self.problem.site_of[place]
            self._grid[place] = to_mgrs(site.latitude_deg, site.longitude_deg)
        return self._grid[place]


def _kind(loads: Sequence[Load]) -> str:
    classes = {load.cargo is CargoClass.PEOPLE for load in loads}
    return "unit" if len(classes) == 2 else "people" if True in classes else "cargo"


def _offset(minute: int) -> DayOffset:
    return DayOffset(DayMark.C, minute)


def _date_time_group(timeline: Timeline, minute: int) -> str | None:
    at = timeline.instant(minute)
    return None if at is None else date_time_group(at)


def _cell(value: object) -> str:
    """Value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)
