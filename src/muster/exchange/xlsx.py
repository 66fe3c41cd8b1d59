"""A scenario as one workbook, and back: a sheet for the settings and one for each table.

Texts stay texts, whole and decimal numbers become numbers, words are offered in a list. What is read back are the
files of a scenario folder, still to be checked.
"""

import io
import json
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from muster.exchange.scenario import (
    AREAS_FILE,
    SETTINGS_FILE,
    TABLES,
    CellKind,
    Column,
    Fault,
    Scenario,
    ScenarioRefused,
    Table,
)
from muster.exchange.scenario.canonical import table_cells, write_table
from muster.exchange.scenario.cells import words_of
from muster.measures import DayMark, DayOffset

SETTINGS_SHEET: Final = "scenario"
AREAS_SHEET: Final = "areas"
LARGEST_BYTES: Final = 300_000_000
"""A workbook that would unpack to more is refused."""
_CHUNK: Final = 30_000
_MARKS: Final = ("g_day", "d_day", "c_day")
_OPTIONAL: Final = "mission_country"
_HEADER_FILL: Final = PatternFill("solid", fgColor="1F3A4D")
_BROKEN: Final = (
    zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, ValueError, TypeError, OSError,
    AttributeError, IndexError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What a file that is no workbook, or a damaged one, makes the reader raise."""


def encode(scenario: Scenario) -> bytes:
    """Workbook of a scenario."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_settings(book.create_sheet(SETTINGS_SHEET), scenario)
    for name, rows in scenario.tables.items():
        if rows.records:
            header, cells = table_cells(rows)
            _write_table(book.create_sheet(name), rows.table, header, cells)
    if scenario.areas is not None:
        sheet = book.create_sheet(AREAS_SHEET)
        text = json.dumps(scenario.areas, ensure_ascii=False)
        for number, start in enumerate(range(0, len(text), _CHUNK), start=1):
            _put(sheet, number, [text[start : start + _CHUNK]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the reader leaves out (charts, styles) is no part of a table
            sheets = dict(_sheets(document))
    except _BROKEN as error:
        rule = f"is not a workbook that can be read ({type(error).__name__})."
        raise ScenarioRefused([Fault(name, 0, "", rule, "Save it as .xlsx again.")]) from error
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
    _put_header(sheet, {"setting": "", "value": ""})
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
        _put(sheet, number, pair)


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


def _write_table(sheet: Worksheet, table: Table, header: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    columns = [table.column_of[name] for name in header]
    sheet.freeze_panes = "B2"
    rows = list(cells)
    for number, column in enumerate(columns):
        longest = max((len(row[number]) for row in rows[:200]), default=0)
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(48, max(len(column.name), longest) + 3)
        if column.words and not column.is_list:
            _offer_words(sheet, column, get_column_letter(number + 1), len(rows) + 500)
    _put_header(sheet, {column.name: column.meaning for column in columns})
    for number, row in enumerate(rows, start=2):
        _put(sheet, number, [_number(column, text) for column, text in zip(columns, row, strict=True)])


def _offer_words(sheet: Worksheet, column: Column, letter: str, last_row: int) -> None:
    words = ",".join(words_of(column))
    if len(words) <= 250:
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=not column.required)
        rule.add(f"{letter}2:{letter}{last_row}")
        sheet.add_data_validation(rule)


def _number(column: Column, text: str) -> str | int | float:
    """Number of a cell where it comes back as the same text, else the text."""
    if column.is_list or column.kind not in {CellKind.WHOLE, CellKind.NUMBER} or not text:
        return text
    number = int(text) if column.kind is CellKind.WHOLE or "." not in text else float(text)
    return number if _as_text(number) == text else text


def _put_header(sheet: Worksheet, meanings: Mapping[str, str]) -> None:
    """First row: names in bold, each with its meaning as a comment."""
    _put(sheet, 1, list(meanings))
    for cell, meaning in zip(sheet[1], meanings.values(), strict=True):
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER_FILL
        if meaning:
            cell.comment = Comment(meaning, "Muster")


def _put(sheet: Worksheet, row: int, values: Sequence[str | int | float]) -> None:
    """Fill a row; a text that starts with an equals sign is no formula."""
    for number, value in enumerate(values, start=1):
        if value != "":
            cell = sheet.cell(row, number, value)
            if isinstance(value, str):
                cell.data_type = "s"


def _sheets(document: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Sheets as texts, by title; blank rows and columns at the end are left out."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_BYTES:
            raise ValueError(f"the workbook unpacks to more than {LARGEST_BYTES} bytes")
    book = load_workbook(io.BytesIO(document), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = [[_as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        while rows and not any(rows[-1]):
            rows.pop()
        width = max((number for row in rows for number, text in enumerate(row, start=1) if text), default=0)
        yield sheet.title, [(row + [""] * width)[:width] for row in rows]


def _as_text(value: Any) -> str:
    """Value of a cell as a table writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value).strip()
