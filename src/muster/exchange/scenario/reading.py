"""From the bytes of a table to its rows, typed cell by cell; what is wrong is noted, and reading goes on."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from muster.exchange.scenario.cells import CellReader, UnreadableCell
from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.schema import Table


@dataclass(slots=True)
class Record:
    """One row of a table.

    Attributes
    ----------
    number
        Row as a spreadsheet numbers it.
    cells
        Filled cells as written, by column.
    values
        What they say; empty cells have their default. A cell that cannot be read is not here.
    cases
        Bits of the cases in which the row holds, in the order of the ``cases`` table.
    """

    number: int
    cells: Mapping[str, str]
    values: dict[str, Any]
    cases: int = 0


@dataclass(slots=True)
class TableRows:
    """A table as read.

    Attributes
    ----------
    records
        Rows in order, blank ones left out.
    """

    table: Table
    records: list[Record] = field(default_factory=list)

    def get(self, record: Record, column: str) -> Any:
        """Value of a cell, None when it is empty or cannot be read."""
        return record.values.get(column)


def decode_text(file: str, document: bytes, faults: list[Fault]) -> str | None:
    """Text of a file in UTF-8 with line feeds, a byte order mark left out; None beside a fault."""
    if document.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.append(Fault(file, 0, "", "is written in UTF-16.", "Save it as CSV in UTF-8."))
        return None
    if b"\x00" in document:
        row = document[: document.index(b"\x00")].count(b"\n") + 1
        faults.append(Fault(file, row, "", "holds a NUL byte.", "Save the file again as plain text in UTF-8."))
        return None
    try:
        return document.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        row = document[: error.start].count(b"\n") + 1
        rule = f"byte {error.start + 1} of the file is not UTF-8."
        faults.append(Fault(file, row, "", rule, "Save the file as CSV in UTF-8."))
        return None


def read_table(table: Table, document: bytes, faults: list[Fault]) -> TableRows:
    """Rows of a table; what is wrong goes to ``faults``."""
    rows = TableRows(table)
    text = decode_text(table.file, document, faults)
    if text is None:
        return rows
    lines = _Lines(table.file, text, faults)
    header = next(lines.rows(), None)
    if header is None:
        if not lines.broken:
            faults.append(Fault(table.file, 1, "", "is empty.", f"Write its header: {_header(table)}."))
        return rows
    if not _check_header(table, header[1], faults):
        return rows
    readers = [
        CellReader(table.column_of[name]) if name in table.column_of else None
        for name in (cell.strip() for cell in header[1])
    ]
    rest = [column for column in table.column_of.values() if column.name not in header[1]]
    absent = {column.name: CellReader(column).default() for column in rest}
    for number, cells in lines.rows():
        if len(cells) != len(readers):
            rule = f"the row has {len(cells)} cells, the header {len(readers)}."
            remedy = "Add or remove commas; put quotes round a text that holds one."
            faults.append(Fault(table.file, number, "", rule, remedy))
            continue
        rows.records.append(_record(table, number, readers, cells, absent, faults))
    return rows


@dataclass(slots=True)
class _Lines:
    """Rows of cells of a CSV text with their numbers; blank rows are counted and left out."""

    file: str
    text: str
    faults: list[Fault]
    broken: bool = False
    _iterator: Iterator[tuple[int, list[str]]] | None = None

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        if self._iterator is None:
            self._iterator = self._all()
        return self._iterator

    def _all(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.broken = True
                remedy = "Put each text with a comma, quote or line break in double quotes, and double its own quotes."
                self.faults.append(Fault(self.file, number, "", f"cannot be read as CSV: {error}.", remedy))
                return
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield number, cells


def _check_header(table: Table, header: Sequence[str], faults: list[Fault]) -> bool:
    """Whether the rows under a header can be read; what is wrong with it goes to ``faults``."""
    if len(header) == 1 and len(table.columns) > 1:
        for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if sign in header[0]:
                rule, remedy = f"cells are separated by {name}.", "Save the file as CSV with commas."
                faults.append(Fault(table.file, 1, "", rule, remedy, header[0][:80]))
                return False
    known = Suggestions(table.column_of)
    for name in sorted({name for name in header if name not in table.column_of}):
        rule = f'table {table.name} has no column "{name[:60]}".' if name else "a column has no name."
        faults.append(Fault(table.file, 1, name[:60], rule, known.remedy(name, "Correct its name or remove it.")))
    faults.extend(
        Fault(table.file, 1, name[:60], "the column appears twice.", "Keep one of the two.")
        for name in sorted({name for name in header if name and header.count(name) > 1})
    )
    for column in table.columns:
        if column.required and column.name not in header:
            rule = f'the column "{column.name}" is missing.'
            faults.append(Fault(table.file, 1, column.name, rule, "Add it to the header and fill it in every row."))
    return len(set(header)) == len(header)


def _header(table: Table) -> str:
    return ",".join(column.name for column in table.columns)


def _record(
    table: Table,
    number: int,
    readers: Sequence[CellReader | None],
    cells: Sequence[str],
    absent: Mapping[str, Any],
    faults: list[Fault],
) -> Record:
    """One row, typed."""
    filled: dict[str, str] = {}
    values = dict(absent)
    for reader, text in zip(readers, cells, strict=True):
        if reader is None:
            continue
        column = reader.column
        if text:
            filled[column.name] = text
            try:
                values[column.name] = reader.read(text)
            except UnreadableCell as refusal:
                shown = text[:80]
                faults.append(Fault(table.file, number, column.name, refusal.rule, refusal.remedy, shown))
        elif column.required:
            rule, remedy = "is empty.", f"Every row of {table.name} needs its {column.name}; fill it or drop the row."
            faults.append(Fault(table.file, number, column.name, rule, remedy))
        else:
            values[column.name] = reader.default()
    return Record(number, filled, values)
