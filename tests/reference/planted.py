"""A copy of the packaged tables in which a test plants a fault."""

import csv
import shutil
from pathlib import Path

from muster.reference.tables import DATA

TABLES = ("sources", "places", "terminals", "platforms", "unit_types", "holdings", "factors", "unit_symbols")


def copy_of_tables(folder: Path) -> Path:
    for table in TABLES:
        shutil.copy(DATA / f"{table}.csv", folder)
    return folder


def row_of(folder: Path, table: str, number: int) -> dict[str, str]:
    """The cells of a row, numbered as a spreadsheet does."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))[number - 2]


def plant(folder: Path, table: str, number: int, **cells: str) -> None:
    """Write cells into a row of a table, numbered as a spreadsheet does."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[number - 2].update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
