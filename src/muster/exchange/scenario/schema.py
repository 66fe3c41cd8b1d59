"""How a table of a scenario is described: once, for reading, faults, spreadsheets, documentation and fuzzing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

MOST: Final = 10**9
"""Largest number in a cell whose column names no smaller one."""


class CellKind(StrEnum):
    """How the text of a cell is read; the values are the words of the documentation."""

    KEY = "id"
    TEXT = "text"
    WORD = "word"
    COUNTRY = "country"
    """ISO 3166-1 alpha-3."""
    WHOLE = "whole number"
    NUMBER = "number"
    OFFSET = "offset"
    """Offset from a day mark."""
    YES_NO = "yes or no"


class Known(StrEnum):
    """What a cell may refer to: a table's keys, or names that follow from several tables."""

    CASES = "cases"
    NATIONS = "nations"
    PLACES = "places"
    PLATFORMS = "platforms"
    UNIT_TYPES = "unit_types"
    FACTORS = "factors"
    LINES = "lines"
    GATES = "gates"
    OFFERS = "offers"
    ASSETS = "assets"
    """Assets of the lift table: the fleet, a hyphen and a number of two digits, counted from 01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    meaning
        What the cell says, for the documentation.
    unit
        Unit of the number.
    required
        Whether every row fills it.
    default
        What an empty cell stands for, as it would be written; None is unknown or absent.
    empty
        What is done when the cell is empty, where that is neither the default nor simply unknown.
    is_list
        Whether the cell holds several values, separated by semicolons.
    low, high
        Smallest and largest number, both allowed.
    words
        Words allowed: an enumeration of the room that uses them, or plain words.
    refers_to
        Where the value must be known.
    """

    name: str
    kind: CellKind
    meaning: str
    unit: str = ""
    required: bool = False
    default: str | None = None
    empty: str = ""
    is_list: bool = False
    low: float = 0
    high: float = MOST
    words: type[StrEnum] | tuple[str, ...] = ()
    refers_to: Known | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a scenario.

    Attributes
    ----------
    key
        Columns that tell rows apart: no two rows of a case agree in all of them. Empty where rows may repeat.
    required
        Whether a scenario must have it, with a row at least.
    adds_to
        Packaged table over which the rows are laid; None is none.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    adds_to: str | None = None

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.csv"

    @cached_property
    def column_of(self) -> Mapping[str, Column]:
        """Columns by name, the common ones last."""
        return {column.name: column for column in (*self.columns, *self.common)}

    @property
    def common(self) -> tuple[Column, ...]:
        """Common columns that it may carry."""
        return COMMON[1:] if self.name == Known.CASES else COMMON


COMMON: Final = (
    Column(
        name="cases",
        kind=CellKind.KEY,
        is_list=True,
        refers_to=Known.CASES,
        meaning="cases in which the row holds",
        empty="the row holds in every case",
    ),
    Column(name="source", kind=CellKind.TEXT, default="", meaning="who says so, where and when", empty="`scenario`"),
    Column(
        name="grade",
        kind=CellKind.WORD,
        words=("A", "B", "D", "K", "assumed"),
        meaning="how well the row is supported: official page read, secondary page read, derived, general knowledge,"
        " assumption",
        empty="`assumed`: values of the row are listed among the plan's assumptions",
    ),
    Column(name="as_of", kind=CellKind.TEXT, meaning="date of the source, as 2025, 2025-07 or 2025-07-10"),
    Column(name="note", kind=CellKind.TEXT, default="", meaning="what a reader should know"),
)
"""Columns that every table may carry."""
