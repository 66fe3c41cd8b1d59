"""The canonical form of a scenario: what its tables say, whatever program wrote them.

Byte order marks, line ends, spaces round cells, blank rows, the order of columns and empty columns do not count; the
order of rows does, because later rows of a calendar win.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from muster.exchange.scenario.reading import TableRows


def table_cells(rows: TableRows) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cells of a table: its filled columns in the order of the description."""
    filled = {column for record in rows.records for column in record.cells}
    header = tuple(column.name for column in rows.table.column_of.values() if column.required or column.name in filled)
    return header, [tuple(record.cells.get(name, "") for name in header) for record in rows.records]


def write_table(header: Sequence[str], cells: Iterable[Sequence[str]]) -> bytes:
    """Table as CSV in UTF-8 with line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(cells)
    return text.getvalue().encode()


def take_in(digest: "hashlib._Hash", documents: Iterable[tuple[str, bytes]]) -> None:
    """Let a digest take in documents, each with its name and length, in the order given."""
    for name, document in documents:
        digest.update(f"{name} {len(document)}\n".encode())
        digest.update(document)


def scenario_hash(settings: bytes, tables: Mapping[str, TableRows], areas: object) -> str:
    """SHA-256 over settings, tables that have rows, and areas."""
    digest = hashlib.sha256()
    parts = [("settings", settings)]
    parts += [(name, write_table(*table_cells(rows))) for name, rows in tables.items() if rows.records]
    if areas is not None:
        parts.append(("areas", json.dumps(areas, sort_keys=True, ensure_ascii=False).encode()))
    take_in(digest, parts)
    return digest.hexdigest()
