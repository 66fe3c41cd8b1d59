"""What is wrong with a scenario folder: every fault at once, each with file, row, column, rule and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one file.

    Attributes
    ----------
    file
        Name of the file, such as ``lines.csv``.
    row
        Row as a spreadsheet numbers it; 1 is the header. In ``scenario.toml`` the line; 0 is the whole file.
    column
        Column or setting at fault; empty when the whole row or file is.
    rule
        What is broken.
    remedy
        What to do about it.
    value
        What the cell holds.
    """

    file: str
    row: int
    column: str
    rule: str
    remedy: str
    value: str = ""

    def __str__(self) -> str:
        where = (
            self.file + (f" row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        )
        return f"{where}: {self.rule} {self.remedy}"


class TablesRefused(ValueError):
    """Tables that cannot be used.

    Attributes
    ----------
    faults
        Every fault found, by file, row and column.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class ScenarioRefused(TablesRefused):
    """A scenario folder that cannot be used."""
