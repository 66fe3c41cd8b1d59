"""Movement tables that nations made for themselves, read together as one plan a nation.

A table holds lines of one nation, one row for each leg that loads make together, as
:mod:`muster.exchange.movement_table` writes it. It needs ``uln``, ``leg_no``, ``carrier``, ``from_node``, ``to_node``,
``dep_plan`` and ``arr_plan``, and ``carrier_id`` where an asset makes the leg; the rest may be left out: a leg without
``via`` goes the quickest way, a row without ``loads`` is every load of its line, loading and unloading take what the
asset takes. A line with one row of status ``unmoved`` stays.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import muster
from muster.exchange import movement_table
from muster.exchange.scenario import Fault, Table, TablesRefused
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.reading import Record, read_table
from muster.movement.plan import Move, Plan, Step, Unmoved, Voyage
from muster.movement.problem import AssetType, Itinerary, Leg, Load, Problem

_COLUMNS: Final = tuple(
    dataclasses.replace(column, required=column.name == "uln") for column in movement_table.TABLE.columns
)
_NEEDED: Final = ("leg_no", "carrier", "from_node", "to_node", "dep_plan", "arr_plan")


class NationTablesRefused(TablesRefused):
    """Movement tables of nations that cannot be read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationTables:
    """Movement tables of nations, read together.

    Attributes
    ----------
    plans
        By nation, nations by code; loaded voyages only.
    files
        The tables in which each nation's lines stand.
    """

    plans: Mapping[str, Plan]
    files: Mapping[str, tuple[str, ...]]


def decode(documents: Mapping[str, bytes], problem: Problem) -> NationTables:
    """Plans of nations.

    Parameters
    ----------
    documents
        Tables by name of their file.

    Raises
    ------
    NationTablesRefused
        When tables cannot be read, contradict each other, or speak of what the problem does not have; every fault of
        all tables is told.
    """
    reader = _Reader(problem)
    for name, document in documents.items():
        reader.read(name, document)
    if reader.faults:
        raise NationTablesRefused(reader.faults)
    return NationTables(
        plans={nation: reader.plan(nation) for nation in sorted(reader.files)},
        files={nation: tuple(reader.files[nation]) for nation in sorted(reader.files)},
    )


@dataclass(slots=True)
class _Part:
    """What a row says of one load."""

    file: str
    record: Record
    load: Load

    def value(self, name: str) -> Any:
        return self.record.values.get(name)


@dataclass(slots=True)
class _Reader:
    """Reads tables one after the other; what is wrong is noted, and reading goes on."""

    problem: Problem
    faults: list[Fault] = field(default_factory=list)
    file_of: dict[str, tuple[str, int]] = field(default_factory=dict)
    moves: dict[str, Move] = field(default_factory=dict)
    voyages: dict[str, dict[tuple[Any, ...], Voyage]] = field(default_factory=dict)
    unmoved: dict[str, Unmoved] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)

    def read(self, name: str, document: bytes) -> None:
        """Read one table."""
        table = Table(name=name.removesuffix(".csv"), meaning=movement_table.TABLE.meaning, columns=_COLUMNS)
        before = len(self.faults)
        records = read_table(table, document, self.faults).records
        records = [record for record in records if self._is_of_line(name, record)]
        nations = Counter(self.problem.line_of[record.values["uln"]].nation for record in records)
        if not nations:
            if len(self.faults) == before:
                self._fault(name, None, "", "holds no line.", "Fill in a row for each leg of each line.")
            return
        nation = nations.most_common(1)[0][0]
        self.files.setdefault(nation, []).append(name)
        by_line: dict[str, list[Record]] = {}
        for record in records:
            if self._is_own(name, record, nation):
                by_line.setdefault(record.values["uln"], []).append(record)
        for uln, own in by_line.items():
            self._read_line(name, uln, own)

    def plan(self, nation: str) -> Plan:
        """What a nation planned, its loaded voyages only."""
        own = {line.uln for line in self.problem.lines if line.nation == nation}
        return Plan(
            version=muster.__version__,
            scenario_hash=self.problem.scenario_hash,
            case=self.problem.case,
            seed=0,
            voyages=tuple(self.voyages.get(nation, {}).values()),
            moves=tuple(move for name, move in self.moves.items() if self.problem.load_of[name].uln in own),
            unmoved=tuple(unmoved for uln, unmoved in self.unmoved.items() if uln in own),
        )

    def _is_of_line(self, name: str, record: Record) -> bool:
        uln = record.values.get("uln")
        if uln is None:
            return False
        if uln in self.problem.line_of:
            return True
        remedy = Suggestions(self.problem.line_of).remedy(uln, "Correct the line, or take it out.")
        self._fault(name, record, "uln", f'the scenario has no line "{uln}".', remedy)
        return False

    def _is_own(self, name: str, record: Record, nation: str) -> bool:
        uln = record.values["uln"]
        owner = self.problem.line_of[uln].nation
        if owner != nation:
            rule = f'line "{uln}" is of {owner}, and the table is that of {nation}.'
            self._fault(name, record, "uln", rule, "Give each nation a table of its own.")
            return False
        file, row = self.file_of.setdefault(uln, (name, record.number))
        if file != name:
            rule = f'line "{uln}" stands in {file} row {row} already.'
            self._fault(name, record, "uln", rule, "Keep it in one of the two tables.")
            return False
        return True

    def _read_line(self, name: str, uln: str, records: Sequence[Record]) -> None:
        if any(record.values.get("status") == "unmoved" for record in records):
            if len(records) > 1:
                rule = f'line "{uln}" is unmoved and has other rows too.'
                self._fault(name, records[0], "status", rule, "Keep the row that says unmoved, or the others.")
            reason = records[0].values.get("remark") or "Its nation leaves it where it is."
            self.unmoved[uln] = Unmoved(uln=uln, reason=reason)
            return
        parts: dict[str, list[_Part]] = {load_id: [] for load_id in self.problem.line_of[uln].loads}
        before, are_whole = len(self.faults), [self._is_whole(name, record) for record in records]
        for record in records:
            for load_id in record.values.get("loads") or parts:
                if load_id not in parts:
                    rule = f'line "{uln}" has no load "{load_id}".'
                    remedy = Suggestions(parts).remedy(load_id, f"Its loads are {', '.join(parts)}.")
                    self._fault(name, record, "loads", rule, remedy)
                else:
                    parts[load_id].append(_Part(name, record, self.problem.load_of[load_id]))
        if len(self.faults) > before or not all(are_whole):
            return
        for load_id, own in parts.items():
            if not own:
                rule = f'load "{load_id}" of line "{uln}" has no row.'
                self._fault(name, records[0], "loads", rule, "A line moves whole: add its legs, or say unmoved.")
            else:
                self._read_load(load_id, sorted(own, key=lambda part: part.value("leg_no")))

    def _is_whole(self, name: str, record: Record) -> bool:
        """Whether a row says all that a leg needs."""
        missing = [column for column in _NEEDED if record.values.get(column) is None and column not in record.cells]
        for column in missing:
            self._fault(name, record, column, "is empty.", "A leg needs its number, carrier, ends, departure, arrival.")
        carrier, asset_id = record.values.get("carrier"), record.values.get("carrier_id")
        if missing or any(record.values.get(column) is None for column in _NEEDED) or carrier is None:
            return False
        if carrier.is_self:
            return True
        if asset_id in self.problem.asset_of:
            return True
        if asset_id is None:
            self._fault(name, record, "carrier_id", f"a leg by {carrier} has no asset.", "Name the asset.")
        else:
            alike = [a.asset_id for a in self.problem.assets if self._kind(a.asset_id).carrier is carrier]
            remedy = Suggestions(self.problem.asset_of).remedy(asset_id, f"{len(alike)} assets are a {carrier}.")
            self._fault(name, record, "carrier_id", f'the scenario has no asset "{asset_id}".', remedy)
        return False

    def _read_load(self, load_id: str, parts: Sequence[_Part]) -> None:
        """Find the itinerary that the rows of a load follow, and write its move down."""
        numbers = [part.value("leg_no") for part in parts]
        if numbers != list(range(1, len(parts) + 1)):
            told = ", ".join(map(str, numbers))
            rule = f'load "{load_id}" has legs {told}, not 1 to {len(parts)}.'
            self._fault(parts[0].file, parts[0].record, "leg_no", rule, "Number its legs from 1, each once.")
            return
        ways = [self.problem.itinerary_of[name] for name in parts[0].load.itineraries]
        for place, part in enumerate(parts):
            following = [way for way in ways if self._follows(way, place, part)]
            if not following:
                self._tell_astray(load_id, place, part, ways)
                return
            ways = following
        ways = [way for way in ways if len(way.legs) == len(parts)]
        if not ways:
            rule = f'load "{load_id}" does not get to its destination.'
            self._fault(parts[-1].file, parts[-1].record, "to_node", rule, "Add the legs that are missing.")
            return
        way = min(ways, key=lambda way: self._quickness(way, parts))
        steps = tuple(
            self._step(part, self.problem.leg_of[leg_id]) for part, leg_id in zip(parts, way.legs, strict=True)
        )
        self.moves[load_id] = Move(load_id=load_id, itinerary_id=way.itinerary_id, steps=steps)

    def _follows(self, way: Itinerary, place: int, part: _Part) -> bool:
        if place >= len(way.legs):
            return False
        leg = self.problem.leg_of[way.legs[place]]
        ends = (part.value("from_node"), part.value("to_node"))
        via = tuple(part.value("via") or ())
        crossings = tuple(dict.fromkeys(passage.crossing for passage in leg.passages))
        return (
            leg.carrier is part.value("carrier") and (leg.origin, leg.destination) == ends and via in {(), crossings}
        )  # fmt: skip

    def _quickness(self, way: Itinerary, parts: Sequence[_Part]) -> tuple[int, int]:
        """How well a way fits rows that name no crossing: legs over crossings where none is named, and minutes."""
        legs = [self.problem.leg_of[name] for name in way.legs]
        says_via = any(part.value("via") for part in parts)
        over = sum(bool(leg.passages) and not part.value("via") for leg, part in zip(legs, parts, strict=True))
        return (over if says_via else 0, sum(min(leg.travel_min.values()) for leg in legs))

    def _tell_astray(self, load_id: str, place: int, part: _Part, ways: Sequence[Itinerary]) -> None:
        legs = [self.problem.leg_of[way.legs[place]] for way in ways if place < len(way.legs)]
        known = dict.fromkeys(f"{leg.carrier} {leg.origin} to {leg.destination}{_over(leg)}" for leg in legs)
        said = f"{part.value('carrier')} from {part.value('from_node')} to {part.value('to_node')}"
        via = part.value("via")
        said += f" over {', '.join(via)}" if via else ""
        rule = f'load "{load_id}" has no leg {place + 1} by {said}.'
        some = "; ".join(list(known)[:5])
        remedy = f"It may take: {some}{' ...' if len(known) > 5 else ''}." if known else "Take the leg out."
        self._fault(part.file, part.record, "from_node", rule, remedy)

    def _step(self, part: _Part, leg: Leg) -> Step:
        minute = self.problem.timeline.minute
        departure_min, arrival_min = minute(part.value("dep_plan")), minute(part.value("arr_plan"))
        if leg.carrier.is_self:
            return Step(leg_id=leg.leg_id, voyage_id=None, start_min=departure_min, departure_min=departure_min,
                        arrival_min=arrival_min, end_min=arrival_min)  # fmt: skip
        kind = self._kind(part.value("carrier_id"))
        start, end = part.value("load_start"), part.value("unload_end")
        start_min = departure_min - kind.load_min if start is None else minute(start)
        end_min = arrival_min + kind.unload_min if end is None else minute(end)
        voyage = self._voyage(part, leg, (start_min, departure_min, arrival_min, end_min))
        return Step(leg_id=leg.leg_id, voyage_id=voyage.voyage_id, start_min=start_min, departure_min=departure_min,
                    arrival_min=arrival_min, end_min=end_min)  # fmt: skip

    def _voyage(self, part: _Part, leg: Leg, times_min: tuple[int, int, int, int]) -> Voyage:
        """The voyage of an asset on a leg at these minutes; all loads of a nation that say so share it."""
        asset_id, nation = part.value("carrier_id"), self.problem.line_of[part.load.uln].nation
        own = self.voyages.setdefault(nation, {})
        start_min, departure_min, arrival_min, end_min = times_min
        return own.setdefault(
            (asset_id, leg.leg_id, *times_min),
            Voyage(
                voyage_id=f"{nation}-{len(own) + 1:04d}",
                asset_id=asset_id,
                leg_id=leg.leg_id,
                origin=leg.origin,
                destination=leg.destination,
                load_start_min=start_min,
                departure_min=departure_min,
                arrival_min=arrival_min,
                unload_end_min=end_min,
            ),
        )

    def _kind(self, asset_id: str) -> AssetType:
        return self.problem.asset_type_of[self.problem.asset_of[asset_id].asset_type_id]

    def _fault(self, name: str, record: Record | None, column: str, rule: str, remedy: str) -> None:
        self.faults.append(Fault(name, 0 if record is None else record.number, column, rule, remedy))


def _over(leg: Leg) -> str:
    crossings = ", ".join(passage.crossing for passage in leg.passages)
    return f" over {crossings}" if crossings else ""
