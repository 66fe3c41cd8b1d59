"""The lines of a matched force as tables of a scenario, and a scenario in which they stand in place of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from muster.exchange.scenario import AREAS_FILE, SETTINGS_FILE, TABLES, Scenario, Table
from muster.exchange.scenario.canonical import write_table
from muster.exchange.scenario.settings import write_settings
from muster.measures import MINUTES_PER_DAY
from muster.movement.lines import MatchedLines

AFTER_LAST_D: Final = 90
"""Days that a case goes on at least after the last line is required: late lines still arrive within the plan."""
_OF_LINES: Final[Mapping[str, str]] = {"overrides": "uln", "events": "line"}
"""Tables whose rows may name a line, and in which column."""

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LinedScenario:
    """A scenario with the lines of a matched force.

    Attributes
    ----------
    files
        Contents by file name.
    remarks
        What else than the lines differs from the scenario before, in sentences.
    """

    files: Mapping[str, bytes]
    remarks: tuple[str, ...]


def encode_tables(matched: MatchedLines) -> Mapping[str, bytes]:
    """``lines.csv`` and ``cargo.csv``; a note names the requirement of each line."""
    return {TABLES[name].file: _encode(TABLES[name], rows) for name, rows in _tables(matched).items()}


def replace_lines(scenario: Scenario, case: str, matched: MatchedLines) -> LinedScenario:
    """One case of a scenario, with the lines of a matched force in place of its own.

    The scenario then has this case alone. Overrides and events that name a line that is gone are left out, and the case
    lasts until late lines have arrived; both is remarked.

    Raises
    ------
    UnknownCase
        When the scenario has no such case.
    """
    tables = {
        name: [{column: text for column, text in row.cells.items() if column != "cases"} for row in rows]
        for name, rows in scenario.rows_of(case).items()
    } | _tables(matched)
    remarks = [
        *_keep_case(tables, case, scenario.cases),
        *_drop_strangers(tables),
        *_lengthen(tables, scenario, matched),
    ]
    files = {SETTINGS_FILE: write_settings(replace(scenario.settings, default_case=case))}
    files |= {TABLES[name].file: _encode(TABLES[name], rows) for name, rows in tables.items() if rows}
    if scenario.areas is not None:
        files[AREAS_FILE] = scenario.files()[AREAS_FILE]
    return LinedScenario(files, tuple(remarks))


def _tables(matched: MatchedLines) -> dict[str, list[dict[str, str]]]:
    notes = {uln: f"requirement {move.tour.requirement_id}" for move, ulns in matched.ulns_of.items() for uln in ulns}
    return {
        "lines": [{**_cells(TABLES["lines"], line), "note": notes[line.uln]} for line in matched.lines],
        "cargo": [_cells(TABLES["cargo"], item) for item in matched.cargo],
    }


def _cells(table: Table, value: object) -> dict[str, str]:
    """Filled cells of a row whose columns are the attributes of a value."""
    cells = {column.name: _text(getattr(value, column.name)) for column in table.columns}
    return {name: text for name, text in cells.items() if text}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return ";".join(value) if isinstance(value, tuple) else str(value)


def _encode(table: Table, rows: Sequence[Cells]) -> bytes:
    """Table as CSV with its filled and required columns."""
    filled = {column for row in rows for column in row}
    header = [name for name, column in table.column_of.items() if column.required or name in filled]
    return write_table(header, ([row.get(name, "") for name in header] for row in rows))


def _keep_case(tables: dict[str, list[dict[str, str]]], case: str, cases: Sequence[str]) -> Iterator[str]:
    tables["cases"] = [row for row in tables["cases"] if row["case_id"] == case]
    if len(cases) > 1:
        yield f"The scenario has case {case} alone; its other cases have other lines."


def _drop_strangers(tables: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    """Leave out rows that name a line which is not there any more."""
    known = {row["uln"] for row in tables["lines"]}
    for name, column in _OF_LINES.items():
        gone = [row for row in tables[name] if row.get(column, "") not in {*known, ""}]
        tables[name] = [row for row in tables[name] if row not in gone]
        for row in gone:
            key = TABLES[name].key[0]
            yield f'{TABLES[name].file}: "{row[key]}" names line "{row[column]}", which is gone; the row is left out.'


def _lengthen(tables: dict[str, list[dict[str, str]]], scenario: Scenario, matched: MatchedLines) -> Iterator[str]:
    """Let the case last until late lines have arrived."""
    row = tables["cases"][0]
    last_min = max(scenario.settings.timeline.minute(line.rdd) for line in matched.lines)
    least_d = -(-last_min // MINUTES_PER_DAY) + AFTER_LAST_D
    if int(row["horizon_d"]) < least_d:
        yield f"The plan of the case ends on day {least_d}, not {row['horizon_d']}, so that late lines still arrive."
        row["horizon_d"] = str(least_d)
