"""A pledge taken into a scenario: its offer and caveats stand in place of the rows of their ids, or join them.

A row that is replaced keeps what no pledge says: the cases in which it holds, the report that it disputes, its note.
Grade and date of its source stay while the source does. Rows of the same id for other cases are left alone.
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
        Caveats of the nation in the case that the pledge does not declare; they stay.
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


def take_pledge(scenario: Scenario, pledge: Pledge, *, case: str, name: str = "pledge") -> PledgedScenario:
    """A scenario in which the offer and the caveats of a pledge replace the rows of their ids, or join the table.

    Parameters
    ----------
    case
        Case whose rows are replaced. What joins holds in every case, or in this one alone where others have a row.
    name
        What the workbook of the pledge is called, for faults.

    Raises
    ------
    UnknownCase
        When the scenario has no such case.
    TablesRefused
        When a row has the id of another nation's, or the scenario has faults with the pledge: every fault, those of
        rows of the pledge by workbook and sheet, with the row in the table.
    """
    note, nation, current = sheet_of(name, NOTE.name), pledge.offer.nation, scenario.rows_of(case)
    offer = {pledge.offer.offer_id: cells_of(NOTE, pledge.offer)}
    caveats = {caveat.caveat_id: {**cells_of(CAVEATS, caveat), "nation": nation} for caveat in pledge.caveats}
    pledged = (("offers", offer), ("caveats", caveats))
    if foreign := [fault for table, rows in pledged for fault in _foreign(scenario.tables[table], rows, nation, note)]:
        raise TablesRefused(foreign)
    taken = [_take(scenario.tables[table], current[table], rows, case, note) for table, rows in pledged]
    files = {**scenario.files(), **{each.rows.table.file: each.document for each in taken if each.rows.records}}
    try:
        pledged_scenario = read_scenario(files)
    except ScenarioRefused as refusal:
        raise TablesRefused(_of_pledge(fault, taken) for fault in refusal.faults) from refusal
    own = [row.cells["caveat_id"] for row in current["caveats"] if row.cells["nation"] == nation]
    return PledgedScenario(pledged_scenario, tuple(name for name in own if name not in caveats))


def _foreign(rows: TableRows, pledged: Mapping[str, Mapping[str, str]], nation: str, note: str) -> Iterator[Fault]:
    """Rows of a pledge that have the id of another nation's row."""
    key = rows.table.key[0]
    for record in rows.records:
        if record.cells[key] in pledged and record.cells["nation"] != nation:
            rule = f'"{record.cells[key]}" is of {record.cells["nation"]} in {rows.table.file}, not of {nation}.'
            yield Fault(note, 0, key, rule, "Give it another id, or correct the nation.", record.cells[key])


def _take(
    rows: TableRows, current: Sequence[Record], pledged: Mapping[str, Mapping[str, str]], case: str, note: str
) -> _Taken:
    """Table with rows of a pledge, by id, in place of those of the case, or below the others."""
    table, key = rows.table, rows.table.key[0]
    replaced = {row.number for row in current if row.cells[key] in pledged}
    elsewhere = {row.cells[key] for row in rows.records}
    waiting = {name: _columns_of(table, cells) for name, cells in pledged.items()}
    origins: dict[int, str] = {}
    after: list[Mapping[str, str]] = []
    for record in rows.records:
        name, cells = record.cells[key], record.cells
        if record.number in replaced:
            cells = {**waiting.pop(name), **_unsaid(cells, pledged[name])}
            origins[len(after) + 2] = _origin(table, name, note)
        after.append(cells)
    for name, cells in waiting.items():
        origins[len(after) + 2] = _origin(table, name, note)
        after.append({**cells, "cases": case} if name in elsewhere else cells)
    records = [Record(number, cells, {}) for number, cells in enumerate(after, start=2)]
    return _Taken(TableRows(table, records), origins)


def _columns_of(table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """Filled cells of columns that a table has."""
    return {column: text for column, text in cells.items() if text and column in table.column_of}


def _unsaid(before: Mapping[str, str], pledged: Mapping[str, str]) -> Mapping[str, str]:
    """Cells of the row before that a pledge has no say in."""
    is_same_source = before.get("source", "") == pledged["source"]
    gone = {*pledged, *(() if is_same_source else _OF_THE_SOURCE)}
    return {column: text for column, text in before.items() if column not in gone}


def _origin(table: Table, name: str, note: str) -> str:
    return note if table is TABLES["offers"] else f'{note}, caveat "{name}"'


def _of_pledge(fault: Fault, taken: Sequence[_Taken]) -> Fault:
    """A fault of a row that came from the pledge, as one of its workbook; the row is that which it would have."""
    for each in taken:
        if fault.file == each.rows.table.file and fault.row in each.origins:
            return replace(fault, file=f"{each.origins[fault.row]}, in {fault.file}")
    return fault
