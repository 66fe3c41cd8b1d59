"""Symbols of unit types after APP-6 and MIL-STD-2525: codes of twenty digits, from one table.

Versions D and later of both standards share the tables of land units and ships that are used here. A code says
version, identity, symbol set, status, headquarters, size, entity and two modifiers, in this order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from muster.reference.sources import load_sources
from muster.reference.tables import DATA, Faults, read_rows

_COLUMNS: Final = (
    "unit_type_id", "symbol_set", "entity", "modifier_1", "modifier_2", "size", "headquarters", "meaning", "source",
)  # fmt: skip
_VERSION_AND_FRIEND: Final = "1303"
LAND_UNIT: Final = "10"
SEA_SURFACE: Final = "30"


class UnitSize(StrEnum):
    """Size of a unit, told by the mark above its frame."""

    TEAM = "team"
    SECTION = "section"
    PLATOON = "platoon"
    """A detachment too."""
    COMPANY = "company"
    """A battery, and a squadron of that size, too."""
    BATTALION = "battalion"
    REGIMENT = "regiment"
    BRIGADE = "brigade"
    DIVISION = "division"


SIZE_CODES: Final[Mapping[UnitSize | None, str]] = MappingProxyType({
    None: "00", UnitSize.TEAM: "11", UnitSize.SECTION: "13", UnitSize.PLATOON: "14", UnitSize.COMPANY: "15",
    UnitSize.BATTALION: "16", UnitSize.REGIMENT: "17", UnitSize.BRIGADE: "18", UnitSize.DIVISION: "21",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSymbol:
    """What the symbol of a type of unit shows.

    Attributes
    ----------
    symbol_set
        Land unit or ship, two digits.
    entity
        What it is, six digits.
    modifier_1, modifier_2
        What it can and how it moves, two digits each; 00 says nothing.
    size
        None where none is shown, as of a ship.
    headquarters
        Whether it is one.
    meaning
        What the table of the standard calls it.
    """

    symbol_set: str
    entity: str
    modifier_1: str = "00"
    modifier_2: str = "00"
    size: UnitSize | None = None
    headquarters: bool = False
    meaning: str = ""

    @property
    def code(self) -> str:
        """Twenty digits.

        Examples
        --------
        >>> UnitSymbol(symbol_set="10", entity="140700", modifier_1="06", size=UnitSize.COMPANY).code
        '13031000151407000600'
        """
        head = f"{_VERSION_AND_FRIEND}{self.symbol_set}0{2 if self.headquarters else 0}"
        return f"{head}{SIZE_CODES[self.size]}{self.entity}{self.modifier_1}{self.modifier_2}"


PLAIN: Final = UnitSymbol(symbol_set=LAND_UNIT, entity="000000", meaning="a friendly land unit, and no more is said")
"""What has no type, or one that the table does not have."""


def load_unit_symbols(folder: Path = DATA) -> Mapping[str, UnitSymbol]:
    """Symbols by unit type.

    Raises
    ------
    ReferenceRefused
        When the table has faults; all are named.
    """
    return _load(folder)


@cache
def _load(folder: Path) -> Mapping[str, UnitSymbol]:
    sources, faults = load_sources(folder), Faults()
    symbols: dict[str, UnitSymbol] = {}
    for row in read_rows(folder, "unit_symbols.csv", _COLUMNS, faults):
        for column, digits in (("symbol_set", 2), ("entity", 6), ("modifier_1", 2), ("modifier_2", 2)):
            value = row.text(column)
            if value and not (len(value) == digits and value.isascii() and value.isdecimal()):
                row.fault(column, f'"{value}" is no code.', f"Write {digits} digits as the standard has them.")
        if row.text("source") and row.cells["source"] not in sources:
            row.fault("source", f'"{row.cells["source"]}" is not in sources.csv.', "Add it there or correct the key.")
        symbols[row.unique("unit_type_id", symbols)] = UnitSymbol(
            symbol_set=row.cells["symbol_set"],
            entity=row.cells["entity"],
            modifier_1=row.cells["modifier_1"],
            modifier_2=row.cells["modifier_2"],
            size=row.word("size", UnitSize) if row.has("size") else None,
            headquarters=row.yes("headquarters"),
            meaning=row.text("meaning"),
        )
    faults.refuse()
    return MappingProxyType(symbols)
