"""A scenario as one workbook, and back: a sheet for the settings and one for each table.

Texts stay texts, whole and decimal numbers become numbers, words are offered in a list. What is read back are the
files of a scenario folder, still to be checked.
"""

import json
from collections.abc import Sequence
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from muster.exchange.scenario import AREAS_FILE, SETTINGS_FILE, TABLES, Fault, Scenario, ScenarioRefused, TablesRefused
from muster.exchange.scenario.canonical import table_cells, write_table
from muster.exchange.workbook import empty_workbook, put, put_header, read_sheets, workbook_bytes, write_rows
from muster.measures import DayMark, DayOffset

SETTINGS_SHEET: Final = "scenario"
AREAS_SHEET: Final = "areas"
_CHUNK: Final = 30_000
_MARKS: Final = ("g_day", "d_day", "c_day")
_OPTIONAL: Final = "mission_country"


def encode(scenario: Scenario) -> bytes:
    """Workbook of a scenario."""
    book = empty_workbook()
    _write_settings(book.create_sheet(SETTINGS_SHEET), scenario)
    for name, rows in scenario.tables.items():
        if rows.records:
            header, cells = table_cells(rows)
            sheet = book.create_sheet(name)
            sheet.freeze_panes = "B2"
            write_rows(sheet, [rows.table.column_of[column] for column in header], cells)
    if scenario.areas is not None:
        sheet = book.create_sheet(AREAS_SHEET)
        text = json.dumps(scenario.areas, ensure_ascii=False)
        for number, start in enumerate(range(0, len(text), _CHUNK), start=1):
            put(sheet, number, [text[start : start + _CHUNK]])
    return workbook_bytes(book)


def decode(document: bytes, *, name: str = "workbook") -> dict[str, bytes]:
    """Files of the scenario folder that a workbook describes.

    Parameters
    ----------
    name
        What the workbook is called, for faults.

    Raises
    ------
    ScenarioRefused
        When the bytes are no workbook, or a sheet is no table.
    """
    try:
        sheets = read_sheets(document, name)
    except TablesRefused as refusal:
        raise ScenarioRefused(refusal.faults) from refusal
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    for title, rows in sheets.items():
        if title == SETTINGS_SHEET:
            files[SETTINGS_FILE] = _settings_file(rows)
        elif title == AREAS_SHEET:
            files[AREAS_FILE] = "".join(row[0] for row in rows if row).encode()
        elif title in TABLES:
            files[TABLES[title].file] = write_table(rows[0], rows[1:]) if rows else b""
        elif any(any(row) for row in rows):
            remedy = f"Call it one of: {SETTINGS_SHEET}, {', '.join(TABLES)}, {AREAS_SHEET}; or take it out."
            faults.append(Fault(name, 0, "", f'the sheet "{title}" is no table of a scenario.', remedy))
    if faults:
        raise ScenarioRefused(faults)
    return files


def _write_settings(sheet: Worksheet, scenario: Scenario) -> None:
    settings = scenario.settings
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
    put_header(sheet, 1, {"setting": "", "value": ""})
    timeline = settings.timeline
    values = {
        "title": settings.title,
        "summary": settings.summary,
        "default_case": settings.default_case,
        "mission_country": settings.mission_country or "",
        "g_day": str(DayOffset(DayMark.C, timeline.g_day_min)),
        "d_day": str(DayOffset(DayMark.C, timeline.d_day_min)),
        "c_day": "" if timeline.c_day is None else timeline.c_day.isoformat(),
    }
    for number, pair in enumerate(values.items(), start=2):
        put(sheet, number, pair)


def _settings_file(rows: Sequence[Sequence[str]]) -> bytes:
    """``scenario.toml`` of the settings sheet, whatever it says: reading the folder finds the faults."""
    values = {row[0]: row[1] if len(row) > 1 else "" for row in rows[1:] if row and row[0]}
    lines = ["format = 1"]
    lines += [
        f"{_bare(key)} = {_text(value)}"
        for key, value in values.items()
        if key not in _MARKS and (value or key != _OPTIONAL)
    ]
    lines.append("[marks]")
    for mark in _MARKS:
        if value := values.get(mark, ""):
            is_date = mark == "c_day" and len(value) == 10 and value.replace("-", "").isdigit() and value.isascii()
            lines.append(f"{mark} = {value if is_date else _text(value)}")
    return ("\n".join(lines) + "\n").encode()


def _bare(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _text(key)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
