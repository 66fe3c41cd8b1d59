"""The ten-line scenario as files in memory, and small edits of it."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from muster.exchange.scenario import Fault, ScenarioRefused, read_scenario

TEN_LINE = Path(__file__).resolve().parents[2] / "examples" / "ten-line"

Files = dict[str, bytes]


@cache
def _ten_line() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(TEN_LINE.iterdir())}


def ten_line() -> Files:
    """Files of ``examples/ten-line``."""
    return dict(_ten_line())


def cells(document: bytes) -> list[list[str]]:
    """Rows of a table, header first."""
    return list(csv.reader(io.StringIO(document.decode(), newline="")))


def table(rows: list[list[str]]) -> bytes:
    """Table of rows, header first."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def with_cell(files: Files, file: str, row: int, column: str, value: str) -> Files:
    """Files with one cell changed; rows are numbered as a spreadsheet does. A column that is not there is added."""
    rows = cells(files[file])
    if column not in rows[0]:
        rows = [[*rows[0], column], *([*line, ""] for line in rows[1:])]
    rows[row - 1][rows[0].index(column)] = value
    return {**files, file: table(rows)}


def with_row(files: Files, file: str, **values: str) -> Files:
    """Files with one row more."""
    rows = cells(files[file])
    rows.append([values.pop(name, "") for name in rows[0]])
    assert not values, f"{file} has no column {', '.join(values)}"
    return {**files, file: table(rows)}


def faults(files: Files) -> tuple[Fault, ...]:
    """Faults of a scenario that is refused."""
    with pytest.raises(ScenarioRefused) as refusal:
        read_scenario(files)
    return refusal.value.faults


def only(files: Files) -> Fault:
    """The one fault of a scenario that has one."""
    found = faults(files)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]
