"""Sheets of a workbook as rows of texts, and back: a described table becomes a sheet with its meanings and words.

Texts stay texts, whole and decimal numbers become numbers, words are offered in a list.
"""

import io
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

from muster.exchange.scenario import CellKind, Column, Fault, TablesRefused
from muster.exchange.scenario.cells import words_of

LARGEST_BYTES: Final = 300_000_000
"""A workbook that would unpack to more is refused."""
_HEADER_FILL: Final = PatternFill("solid", fgColor="1F3A4D")
_SPARE_ROWS: Final = 500
"""Rows below a table for which its words are offered too."""
_BROKEN: Final = (
    zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, ValueError, TypeError, OSError,
    AttributeError, IndexError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What a file that is no workbook, or a damaged one, makes the reader raise."""


def empty_workbook() -> Workbook:
    """Workbook without a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def workbook_bytes(book: Workbook) -> bytes:
    """Bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_sheets(document: bytes, name: str) -> dict[str, list[list[str]]]:
    """Sheets as rows of texts, by title; blank rows and columns at the end are left out.

    Parameters
    ----------
    name
        What the workbook is called, for the fault.

    Raises
    ------
    TablesRefused
        When the bytes are no workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the reader leaves out (charts, styles) is no part of a table
            return dict(_sheets(document))
    except _BROKEN as error:
        rule = f"is not a workbook that can be read ({type(error).__name__})."
        raise TablesRefused([Fault(name, 0, "", rule, "Save it as .xlsx again.")]) from error


def write_rows(sheet: Worksheet, columns: Sequence[Column], cells: Iterable[Sequence[str]], first_row: int = 1) -> None:
    """Write the header of a table and its rows, from a row of the sheet on."""
    rows = list(cells)
    for number, column in enumerate(columns):
        longest = max((len(row[number]) for row in rows[:200]), default=0)
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(48, max(len(column.name), longest) + 3)
        if column.words and not column.is_list:
            offer_words(
                sheet, column, get_column_letter(number + 1), first_row + 1, first_row + len(rows) + _SPARE_ROWS
            )
    put_header(sheet, first_row, {column.name: column.meaning for column in columns})
    for number, row in enumerate(rows, start=first_row + 1):
        put(sheet, number, [_number(column, text) for column, text in zip(columns, row, strict=True)])


def offer_words(sheet: Worksheet, column: Column, letter: str, first_row: int, last_row: int) -> None:
    """Offer the words of a column as a list in its cells."""
    words = ",".join(words_of(column))
    if len(words) <= 250:
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=not column.required)
        rule.add(f"{letter}{first_row}:{letter}{last_row}")
        sheet.add_data_validation(rule)


def _number(column: Column, text: str) -> str | int | float:
    """Number of a cell where it comes back as the same text, else the text."""
    if column.is_list or column.kind not in {CellKind.WHOLE, CellKind.NUMBER} or not text:
        return text
    number = int(text) if column.kind is CellKind.WHOLE or "." not in text else float(text)
    return number if _as_text(number) == text else text


def put_header(sheet: Worksheet, row: int, meanings: Mapping[str, str]) -> None:
    """Names in bold, each with its meaning as a comment."""
    put(sheet, row, list(meanings))
    for number, meaning in enumerate(meanings.values(), start=1):
        cell = sheet.cell(row, number)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER_FILL
        if meaning:
            cell.comment = Comment(meaning, "Muster")


def put(sheet: Worksheet, row: int, values: Sequence[str | int | float]) -> None:
    """Fill a row; a text that starts with an equals sign is no formula."""
    for number, value in enumerate(values, start=1):
        if value != "":
            cell = sheet.cell(row, number, value)
            if isinstance(value, str):
                cell.data_type = "s"


def _sheets(document: bytes) -> Iterator[tuple[str, list[list[str]]]]:
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
