"""Planning factors: rates, times and limits that planners use where nothing better is known of a place or a vehicle."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from muster.reference.provenance import Grade, Provenance, source_and_grade, span_is_ordered
from muster.reference.sources import load_sources
from muster.reference.tables import DATA, Faults, Row, read_rows

_COLUMNS = (
    "factor_id", "domain", "name", "value", "low", "likely", "high", "unit",
    "source", "grade", "as_of", "disputed", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Factor:
    """One planning factor.

    Attributes
    ----------
    factor_id
        Dotted name such as ``rail.ramp.load_min``.
    domain
        Air, sea, port, rail, road, and so on.
    name
        What it is, in words.
    value
        The value a source gives; None when it gives only a range.
    low, likely, high
        The range to plan with; None where the source gives no range. A grade ``assumed`` has all three.
    unit
        Unit of all four numbers.
    provenance
        Source and grade.
    note
        What a reader should know.
    disputed
        Whether sources disagree.
    """

    factor_id: str
    domain: str
    name: str
    value: float | None
    low: float | None
    likely: float | None
    high: float | None
    unit: str
    provenance: Provenance
    note: str = ""
    disputed: bool = False

    @property
    def planned(self) -> float:
        """The number a plan uses: the value, else the likely one, else the low end of the range."""
        for number in (self.value, self.likely, self.low):
            if number is not None:
                return number
        raise ValueError(f'Factor "{self.factor_id}" holds no number; give it a value or a range.')


class UnknownFactor(KeyError):
    """A planning factor that no table holds."""

    def __init__(self, factor_id: str) -> None:
        super().__init__(factor_id)
        self.factor_id = factor_id

    def __str__(self) -> str:
        return f'Planning factor "{self.factor_id}" is not in factors.csv; add it there with unit, source and grade.'


def load_factors(folder: Path = DATA) -> Mapping[str, Factor]:
    """All planning factors by id.

    Raises
    ------
    ReferenceRefused
        When a table has faults; all are named.
    """
    return _load(folder)


def get_factor(factor_id: str) -> Factor:
    """One packaged planning factor.

    Raises
    ------
    UnknownFactor
        When no table holds it.
    """
    try:
        return load_factors()[factor_id]
    except KeyError:
        raise UnknownFactor(factor_id) from None


@cache
def _load(folder: Path) -> Mapping[str, Factor]:
    sources = load_sources(folder)
    faults = Faults()
    factors: dict[str, Factor] = {}
    for row in read_rows(folder, "factors.csv", _COLUMNS, faults):
        before = len(faults.found)
        factor_id = row.unique("factor_id", factors)
        source, grade = source_and_grade(row, sources)
        _check_numbers(row, grade)
        texts = row.text("domain"), row.text("name"), row.text("unit")
        disputed = row.yes("disputed")
        if len(faults.found) > before:
            continue
        value, low, likely, high = (row.find_number(column) for column in ("value", "low", "likely", "high"))
        note = row.cells["note"]
        provenance = Provenance(source, grade, row.find_text("as_of"), low, high, disputed, note)
        domain, name, unit = texts
        factors[factor_id] = Factor(
            factor_id, domain, name, value, low, likely, high, unit, provenance, note, disputed
        )  # fmt: skip
    faults.refuse()
    return MappingProxyType(factors)


def _check_numbers(row: Row, grade: Grade) -> None:
    """Check that a factor has a number, that its range rises, and that an assumed one shows it whole."""
    if span_is_ordered(row, "low", "likely", "high"):
        span_is_ordered(row, "low", "value", "high")
    if not row.has("value") and not (row.has("low") and row.has("high")):
        row.fault("value", "neither a value nor a range is given.", "Fill value, or low and high.")
    if grade is Grade.ASSUMED and not all(map(row.has, ("low", "likely", "high"))):
        row.fault("low", "an assumed factor shows no range.", "Fill low, likely and high.")
    if row.cells["disputed"] == "yes" and not (row.has("low") and row.has("high")):
        row.fault("disputed", "a disputed factor shows no range.", "Fill low and high with what the sources say.")
