"""Reading the packaged tables: every fault of a table is found and told at once, with file, row, column and remedy.

A :class:`Row` hands out its cells by meaning (a text, a whole number, one of several words). A cell that cannot be read
is noted as a :class:`Fault` and yields a harmless stand-in, so that reading goes on; :meth:`Faults.refuse` then raises
once with all of them. Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

DATA: Final = Path(__file__).with_name("data")
"""The folder of the packaged tables."""

_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_WHOLE: Final = re.compile(r"[0-9]{1,12}")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one table.

    Attributes
    ----------
    file
        Name of the table, such as ``places.csv``.
    row
        Row as a spreadsheet numbers it; 1 is the header.
    column
        Column at fault; empty when the whole row or file is.
    rule
        What is broken, naming the value.
    remedy
        What to do about it.
    """

    file: str
    row: int
    column: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.rule} {self.remedy}"


class ReferenceRefused(ValueError):
    """Reference tables that cannot be used.

    Attributes
    ----------
    faults
        Every fault found, by file and row.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        count = f"{len(self.faults)} fault{'s' if len(self.faults) > 1 else ''}"
        super().__init__(f"The reference tables have {count}; correct each, then load again:\n{lines}")


@dataclass(slots=True)
class Faults:
    """The faults found so far while tables are read."""

    found: list[Fault] = field(default_factory=list)

    def refuse(self) -> None:
        """Raise when anything is wrong.

        Raises
        ------
        ReferenceRefused
            With every fault found so far.
        """
        if self.found:
            raise ReferenceRefused(self.found)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, read cell by cell; what is wrong goes to ``faults``."""

    file: str
    number: int
    cells: Mapping[str, str]
    faults: Faults

    def fault(self, column: str, rule: str, remedy: str) -> None:
        """Note what is wrong with a column of this row."""
        self.faults.found.append(Fault(self.file, self.number, column, rule, remedy))

    def has(self, column: str) -> bool:
        """Whether the cell is filled."""
        return bool(self.cells[column])

    def find_text(self, column: str) -> str | None:
        """Text of a cell, None when it is empty."""
        return self.cells[column] or None

    def text(self, column: str) -> str:
        """Text of a cell that must be filled."""
        value = self.cells[column]
        if not value:
            self.fault(column, "is empty.", f"Every row needs its {column}; fill it or drop the row.")
        return value

    def find_number(self, column: str) -> float | None:
        """The number in a cell, None when it is empty."""
        value = self.cells[column]
        if not value:
            return None
        if not _DECIMAL.fullmatch(value):
            self.fault(column, f'"{value}" is not a number.', "Write a plain decimal such as 12.5, or leave it empty.")
            return None
        return float(value)

    def number_in(self, column: str, low: float, high: float) -> float:
        """The number in a cell that must be filled, within ``low`` and ``high``, both allowed."""
        number = self.find_number(column)
        if number is None:
            if not self.has(column):
                self.text(column)
            return low
        if not low <= number <= high:
            self.fault(column, f"{number:g} lies outside {low:g} to {high:g}.", "Correct the number or its unit.")
        return number

    def find_whole(self, column: str) -> int | None:
        """Whole number, zero or more, in a cell; None when it is empty."""
        value = self.cells[column]
        if not value:
            return None
        if not _WHOLE.fullmatch(value):
            self.fault(column, f'"{value}" is not a whole number.', "Write digits only, zero or more.")
            return None
        return int(value)

    def whole(self, column: str) -> int:
        """Whole number, zero or more, in a cell that must be filled."""
        number = self.find_whole(column)
        if number is None:
            if not self.has(column):
                self.text(column)
            return 0
        return number

    def yes(self, column: str) -> bool:
        """Whether a cell that must be filled says yes."""
        value = self.text(column)
        if value not in {"yes", "no", ""}:
            self.fault(column, f'"{value}" is neither yes nor no.', "Write yes or no.")
        return value == "yes"

    def word(self, column: str, words: type[Word]) -> Word | None:
        """One word of an enumeration, from a cell that must be filled; None only beside a fault."""
        value = self.text(column)
        if not value:
            return None
        try:
            return words(value)
        except ValueError:
            self.fault(column, f'"{value}" is not known.', f"Use one of {', '.join(words)}.")
            return None

    def words(self, column: str, words: type[Word]) -> frozenset[Word]:
        """Words of an enumeration separated by ``|``, from a cell that must be filled."""
        found: set[Word] = set()
        for value in filter(None, self.text(column).split("|")):
            try:
                found.add(words(value))
            except ValueError:
                self.fault(column, f'"{value}" is not known.', f"Use some of {', '.join(words)}, separated by |.")
        return frozenset(found)

    def unique(self, column: str, seen: Mapping[str, object]) -> str:
        """Key of the row, refused when it is empty or already taken."""
        key = self.text(column)
        if key in seen:
            self.fault(column, f'"{key}" appears twice.', "Give each row its own key, or merge the two rows.")
        return key


def read_rows(folder: Path, file: str, columns: Sequence[str], faults: Faults) -> Iterator[Row]:
    """Rows of a table, stripped of spaces around cells; nothing when the table or a column of it is missing."""
    before = len(faults.found)
    lines = _lines(folder / file, faults)
    header = next(lines, [])
    if len(faults.found) > before:
        return
    if sorted(header) != sorted(columns):
        faults.found.extend(_header_faults(file, header, columns))
        return
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            rule = f"the row has {len(cells)} cells, the header {len(header)}."
            faults.found.append(Fault(file, number, "", rule, "Add or remove commas; quote cells that hold one."))
            continue
        yield Row(file, number, dict(zip(header, map(str.strip, cells), strict=True)), faults)


def _lines(path: Path, faults: Faults) -> Iterator[list[str]]:
    """Cells of each line of a table, header first; what cannot be read is a fault and ends them."""
    if not path.is_file():
        faults.found.append(Fault(path.name, 1, "", "the table is missing.", f"Put {path.name} beside the others."))
        return
    remedy = "Save it as CSV in UTF-8."
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as refusal:
        faults.found.append(Fault(path.name, 1, "", f"the table is not UTF-8 text ({refusal.reason}).", remedy))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as refusal:
        faults.found.append(Fault(path.name, reader.line_num, "", f"the table is broken here ({refusal}).", remedy))


def _header_faults(file: str, header: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    for column in sorted(set(columns) - set(header)):
        yield Fault(file, 1, column, "the column is missing.", "Add it to the header; cells may be empty if unknown.")
    for column in sorted(set(header) - set(columns)):
        yield Fault(file, 1, column, "the column is not known.", "Correct its name or remove it.")
    for column in sorted({name for name in header if header.count(name) > 1}):
        yield Fault(file, 1, column, "the column appears twice.", "Keep one of the two.")
