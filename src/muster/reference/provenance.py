"""Where a value comes from and how far it is trusted: no value in Muster's tables is without this."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from muster.reference.tables import Row


class Grade(StrEnum):
    """How well a value is supported."""

    A = "A"
    """An official or primary page was read."""
    B = "B"
    """A secondary page was read."""
    D = "D"
    """Derived by arithmetic from values of grade A or B."""
    K = "K"
    """General knowledge, not confirmed: used with a visible warning only."""
    ASSUMED = "assumed"
    """An assumption of this table, with low, likely and high; stands in until a source is found."""

    @property
    def needs_warning(self) -> bool:
        """Whether a plan that uses the value must list it among its assumptions."""
        return self in {Grade.K, Grade.ASSUMED}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known about a value beside the value.

    Attributes
    ----------
    source
        Key in ``sources.csv``.
    grade
        How well the value is supported.
    as_of
        Date the value was true or published, as written in the source (``2025``, ``2025-07``, ``2025-07-10``).
    low, high
        Range in the unit of the value, where one is known or assumed.
    disputed
        Whether sources disagree; ``low`` and ``high`` then span what they say.
    note
        What a reader should know.
    """

    source: str
    grade: Grade
    as_of: str | None = None
    low: float | None = None
    high: float | None = None
    disputed: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if not self.source:
            raise ValueError("A provenance names no source; name a key of sources.csv.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"A provenance has low {self.low:g} above high {self.high:g}; swap them.")


def source_and_grade(row: Row, sources: Container[str]) -> tuple[str, Grade]:
    """Source and grade of a row; a missing or unknown one is a fault of the row, and a stand-in comes back."""
    source = row.text("source")
    if source and source not in sources:
        row.fault("source", f'"{source}" is not in sources.csv.', "Add the source there or correct the key.")
    return source or "?", row.word("grade", Grade) or Grade.K


def span_is_ordered(row: Row, *columns: str) -> bool:
    """Whether the filled cells of the columns rise from left to right; a fault of the row when they do not."""
    values = [value for value in (row.find_number(column) for column in columns) if value is not None]
    if values == sorted(values):
        return True
    row.fault(columns[0], f"the range {values} does not rise.", f"Keep {' <= '.join(columns)}.")
    return False
