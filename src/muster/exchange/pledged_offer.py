"""A pledge taken into a scenario: its offer and caveats stand in place of the rows of their names, or join them.

A row that is replaced keeps what no pledge says: the cases in which it holds, the report that it disputes, its note.
Grade and date of its source stay while the source does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from muster.exchange.pledge_xlsx import CAVEATS, NOTE, cells_of, sheet_of
from muster.exchange.scenario import TABLES, Fault, Scenario, ScenarioRefused, Table, TablesRefused, read_scenario
from muster.exchange.scenario.canonical import table_cells, write_table
from muster.exchange.scenario.reading import Record, TableRows
from muster.forces.pledges import Pledge

_OF_THE_SOURCE: Final = ("grade", "as_of")
"""Columns that speak of the source of a row."""


@dataclass(frozen=True, slots=True)
class PledgedScenario:
    """A scenario with a pledge.

    Attributes
    ----------
    undeclared
        Caveats of the nation that the pledge does not declare; they stay.
    """

    scenario: Scenario
    undeclared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A table with rows of a pledge.

    Attributes
    ----------
    origins
        Where the pledge says what a row of the table says, by the number of the row.
    """

    rows: TableRows
    origins: Mapping[int, str]

    @property
    def document(self) -> bytes:
        return write_table(*table_cells(self.rows))


def take_pledge(scenario: Scenario, pledge: Pledge, *, name: str = "pledge") -> PledgedScenario:
    """A scenario in which the offer and the caveats of a pledge replace the rows of their ids, or join the table.

    Parameters
    ----------
    name
        What the workbook of the pledge is called, for faults.

    Raises
    ------
    TablesRefused
        When a row has the id of another nation's, or the scenario has faults with the pledge: every fault, those of
        rows of the pledge by workbook and sheet, with the row in the table.
    """
    note = sheet_of(name, NOTE.name)
    nation = pledge.offer.nation
    offer = {pledge.offer.offer_id: cells_of(NOTE, pledge.offer)}
    caveats = {caveat.caveat_id: {**cells_of(CAVEATS, caveat), "nation": nation} for caveat in pledge.caveats}
    pledged = (("offers", offer), ("caveats", caveats))
    if foreign := [fault for table, rows in pledged for fault in _foreign(scenario.tables[table], rows, nation, note)]:
        raise TablesRefused(foreign)
    taken = [_take(scenario.tables[table], rows, note) for table, rows in pledged]
    files = {**scenario.files(), **{each.rows.table.file: each.document for each in taken if each.rows.records}}
    try:
        pledged_scenario = read_scenario(files)
    except ScenarioRefused as refusal:
        raise TablesRefused(_of_pledge(fault, taken) for fault in refusal.faults) from refusal
    own = [row.cells["caveat_id"] for row in scenario.tables["caveats"].records if row.cells["nation"] == nation]
    return PledgedScenario(pledged_scenario, tuple(name for name in dict.fromkeys(own) if name not in caveats))


def _foreign(rows: TableRows, pledged: Mapping[str, Mapping[str, str]], nation: str, note: str) -> Iterator[Fault]:
    """Rows of a pledge that have the id of another nation's row."""
    key = rows.table.key[0]
    for record in rows.records:
        if record.cells[key] in pledged and record.cells["nation"] != nation:
            rule = f'"{record.cells[key]}" is of {record.cells["nation"]} in {rows.table.file}, not of {nation}.'
            yield Fault(note, 0, key, rule, "Give it another id, or correct the nation.", record.cells[key])


def _take(rows: TableRows, pledged: Mapping[str, Mapping[str, str]], note: str) -> _Taken:
    """Table with rows of a pledge, by id, in place of those of their ids, or below the others."""
    table, key = rows.table, rows.table.key[0]
    waiting = {name: _columns_of(table, cells) for name, cells in pledged.items()}
    kept: list[Mapping[str, str]] = []
    for record in rows.records:
        name = record.cells[key]
        if name not in pledged:
            kept.append(record.cells)
        elif name in waiting:
            before = [row.cells for row in rows.records if row.cells[key] == name]
            kept.append({**waiting.pop(name), **_unsaid(before, pledged[name])})
    records = [Record(number, cells, {}) for number, cells in enumerate([*kept, *waiting.values()], start=2)]
    origins = {row.number: _origin(table, row.cells[key], note) for row in records if row.cells[key] in pledged}
    return _Taken(TableRows(table, records), origins)


def _columns_of(table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """Filled cells of columns that a table has."""
    return {column: text for column, text in cells.items() if text and column in table.column_of}


def _unsaid(before: Sequence[Mapping[str, str]], pledged: Mapping[str, str]) -> Mapping[str, str]:
    """Cells of the rows before that a pledge has no say in; it holds in every case in which one of them did."""
    first = before[0]
    is_same_source = first.get("source", "") == pledged.get("source", "")
    unsaid = {
        column: text
        for column, text in first.items()
        if column not in {*pledged, "cases"} and (is_same_source or column not in _OF_THE_SOURCE)
    }
    cases = [row.get("cases", "") for row in before]
    return {**unsaid, "cases": ";".join(cases)} if all(cases) else unsaid


def _origin(table: Table, name: str, note: str) -> str:
    return note if table is TABLES["offers"] else f'{note}, caveat "{name}"'


def _of_pledge(fault: Fault, taken: Sequence[_Taken]) -> Fault:
    """A fault of a row that came from the pledge, as one of its workbook; the row is that which it would have."""
    for each in taken:
        if fault.file == each.rows.table.file and fault.row in each.origins:
            return replace(fault, file=f"{each.origins[fault.row]}, in {fault.file}")
    return fault
