"""Unit types: notional units, battalion-sized and smaller, with the people and vehicles they bring."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from muster.reference.platforms import load_platforms
from muster.reference.provenance import Provenance, source_and_grade
from muster.reference.sources import load_sources
from muster.reference.tables import DATA, Faults, Row, read_rows

_COLUMNS = (
    "unit_type_id", "name", "branch", "people", "containers_teu", "pallets", "notional",
    "source", "grade", "as_of", "note",
)  # fmt: skip
_HOLDING_COLUMNS = ("unit_type_id", "platform_id", "items", "unit", "source", "grade")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitType:
    """One type of unit.

    Attributes
    ----------
    branch
        Infantry, armour, logistics, and so on.
    people
        Strength.
    holdings
        Number of each platform it holds, by platform id; trailers and helicopters included.
    containers_teu, pallets
        What it brings beside its vehicles: 20-foot containers and 463L pallets.
    notional
        Whether it is made up to be plausible, not copied from an order of battle.
    provenance
        Source and grade of its people, containers and pallets.
    holdings_provenance
        Source and grade of each holding, by platform id.
    """

    unit_type_id: str
    name: str
    branch: str
    people: int
    containers_teu: int
    pallets: int
    notional: bool
    provenance: Provenance
    holdings: Mapping[str, int] = field(default_factory=dict)
    holdings_provenance: Mapping[str, Provenance] = field(default_factory=dict)
    note: str = ""


def load_unit_types(folder: Path = DATA) -> Mapping[str, UnitType]:
    """All unit types by id, with their holdings.

    Raises
    ------
    ReferenceRefused
        When a table has faults; all are named.
    """
    return _load(folder)


@cache
def _load(folder: Path) -> Mapping[str, UnitType]:
    sources, platforms = load_sources(folder), load_platforms(folder)
    faults = Faults()
    holdings = _read_holdings(folder, sources, platforms, faults)
    unit_types: dict[str, UnitType] = {}
    for row in read_rows(folder, "unit_types.csv", _COLUMNS, faults):
        unit_type_id = row.unique("unit_type_id", unit_types)
        source, grade = source_and_grade(row, sources)
        held = holdings.pop(unit_type_id, {})
        unit_types[unit_type_id] = UnitType(
            unit_type_id=unit_type_id,
            name=row.text("name"),
            branch=row.text("branch"),
            people=int(row.number_in("people", 1, 5000)),
            containers_teu=row.whole("containers_teu"),
            pallets=row.whole("pallets"),
            notional=row.yes("notional"),
            provenance=Provenance(source, grade, row.find_text("as_of"), note=row.cells["note"]),
            holdings=MappingProxyType({platform_id: items for platform_id, (items, _, _) in held.items()}),
            holdings_provenance=MappingProxyType({platform_id: where for platform_id, (_, where, _) in held.items()}),
            note=row.cells["note"],
        )
    _refuse_orphans(holdings)
    faults.refuse()
    return MappingProxyType(unit_types)


def _read_holdings(
    folder: Path, sources: Mapping[str, object], platforms: Mapping[str, object], faults: Faults
) -> dict[str, dict[str, tuple[int, Provenance, Row]]]:
    """Items, provenance and row of each holding, by unit type and platform."""
    holdings: defaultdict[str, dict[str, tuple[int, Provenance, Row]]] = defaultdict(dict)
    for row in read_rows(folder, "holdings.csv", _HOLDING_COLUMNS, faults):
        source, grade = source_and_grade(row, sources)
        unit_type_id, platform_id = row.text("unit_type_id"), row.text("platform_id")
        if platform_id and platform_id not in platforms:
            row.fault("platform_id", f'"{platform_id}" is not in platforms.csv.', "Add it there or correct the id.")
        if platform_id in holdings[unit_type_id]:
            row.fault("platform_id", f'"{platform_id}" appears twice for "{unit_type_id}".', "Add the two rows up.")
        if row.text("unit") not in {"items", ""}:
            row.fault("unit", f'"{row.cells["unit"]}" is not the unit of a holding.', "Write items.")
        items = int(row.number_in("items", 1, 5000))
        holdings[unit_type_id][platform_id] = items, Provenance(source, grade), row
    return dict(holdings)


def _refuse_orphans(holdings: Mapping[str, Mapping[str, tuple[int, Provenance, Row]]]) -> None:
    """Note the holdings of units that no row describes."""
    for unit_type_id, held in holdings.items():
        for _, _, row in held.values():
            rule = f'"{unit_type_id}" is not in unit_types.csv.'
            row.fault("unit_type_id", rule, "Add the unit type there or correct the id.")
