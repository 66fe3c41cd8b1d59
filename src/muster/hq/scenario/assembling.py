"""From rows to the files of a scenario folder, and from a place in a file back to its row."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muster.exchange.scenario import SETTINGS_FILE, Fault, ScenarioRefused, read_scenario
from muster.exchange.scenario.canonical import take_in, write_table
from muster.hq.scenario.models import Row
from muster.hq.scenario.tables import CONTENT, DOCUMENTS, TABLES

_FIRST_ROW = 2
"""Row of a file as a spreadsheet numbers it, under the header."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """The files of a scenario folder.

    Attributes
    ----------
    files
        Content of each file by its name.
    rows
        Rows of each file, in their order.
    """

    files: Mapping[str, bytes]
    rows: Mapping[str, tuple[Row, ...]]

    def fingerprint(self) -> str:
        """SHA-256 over names and contents; equal where nothing differs."""
        digest = hashlib.sha256()
        take_in(digest, sorted(self.files.items()))
        return digest.hexdigest()

    def row_of(self, fault: Fault) -> Row | None:
        """The row that a fault is about; None where it is about a whole file."""
        rows, place = self.rows.get(fault.file, ()), fault.row - _FIRST_ROW
        if fault.file in DOCUMENTS.values():
            return rows[0] if rows else None
        return rows[place] if 0 <= place < len(rows) else None


def assemble(rows: Iterable[Row]) -> Assembled:
    """Write rows as the files of a folder; each file has the rows in the order given."""
    of_file: dict[str, list[Row]] = {}
    for row in rows:
        of_file.setdefault(DOCUMENTS.get(row.table) or TABLES[row.table].file, []).append(row)
    files = {name: _file(name, kept) for name, kept in of_file.items()}
    return Assembled(files, {name: tuple(kept) for name, kept in of_file.items()})


def list_faults(assembled: Assembled) -> tuple[Fault, ...]:
    """Everything that keeps the files from being a scenario; empty is as it must be."""
    try:
        read_scenario(assembled.files)
    except ScenarioRefused as refused:
        return refused.faults
    return ()


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive; equal files make equal archives."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items(), key=lambda item: (item[0] != SETTINGS_FILE, item[0])):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def from_zip(archive: bytes) -> dict[str, bytes]:
    """The files of an archive that :func:`as_zip` made."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _file(name: str, rows: list[Row]) -> bytes:
    if name in DOCUMENTS.values():
        return str(rows[0].cells.get(CONTENT, "")).encode()
    table = TABLES[rows[0].table]
    filled = {column for row in rows for column in row.cells}
    header = [column.name for column in table.column_of.values() if column.required or column.name in filled]
    return write_table(header, ([row.cells.get(column, "") for column in header] for row in rows))
