"""Which names are known in which cases, and every cell that refers to one that is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from muster.exchange.scenario.catalogue import packaged
from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.reading import Record, TableRows
from muster.exchange.scenario.schema import Column, Known
from muster.reference import load_places

MOST_ASSETS: Final = 500
"""Assets of a fleet whose names are known; the lift table allows no more."""
_WHERE: Final[Mapping[Known, str]] = {
    Known.ASSETS: "Correct the id (fleet, hyphen, number from 01), or add the fleet to lift.csv.",
    Known.FACTORS: "Correct the id; only packaged factors can be set.",
}

_KEYED: Final = (
    Known.NATIONS, Known.PLACES, Known.PLATFORMS, Known.UNIT_TYPES, Known.LINES, Known.GATES, Known.OFFERS,
)  # fmt: skip
"""What the keys of a table name."""


@dataclass(slots=True)
class Register:
    """Names by what they are, each with the bits of the cases in which it is known.

    Attributes
    ----------
    all_cases
        Bits of every case.
    """

    case_ids: tuple[str, ...]
    known: dict[Known, dict[str, int]] = field(default_factory=dict)

    @property
    def all_cases(self) -> int:
        """Bits of every case; one bit where no case could be read, so that the other checks still run."""
        return (1 << max(1, len(self.case_ids))) - 1

    def faults(self, tables: Mapping[str, TableRows]) -> Iterator[Fault]:
        """Every reference to a name that is not known in a case of its row."""
        suggestions = {known: Suggestions(names, _wordings(known)) for known, names in self.known.items()}
        for rows in tables.values():
            columns = [column for column in rows.table.column_of.values() if column.refers_to]
            for record in rows.records:
                for column in columns:
                    value = record.values.get(column.name)
                    for name in value if isinstance(value, tuple) else (value,) if value is not None else ():
                        missing = record.cases & ~self._cases_of(column, name)
                        if missing:
                            yield self._fault(rows, record, column, str(name), missing, suggestions)

    def _cases_of(self, column: Column, name: str) -> int:
        assert column.refers_to is not None
        return self.known[column.refers_to].get(name, 0)

    def _fault(
        self,
        rows: TableRows,
        record: Record,
        column: Column,
        name: str,
        missing: int,
        suggestions: Mapping[Known, Suggestions],
    ) -> Fault:
        assert column.refers_to is not None
        what = column.refers_to
        if missing != record.cases:
            there = ", ".join(case for bit, case in enumerate(self.case_ids) if missing >> bit & 1)
            rule = f'"{name}" is not among the {what} of case {there}.'
            remedy = "Give both rows the same cases."
        else:
            rule = f'"{name}" is not among the {what}.'
            otherwise = _WHERE.get(what, f"Add it to {what}.csv or correct the id.")
            remedy = suggestions[what].remedy(name, otherwise)
        return Fault(rows.table.file, record.number, column.name, rule, remedy, record.cells.get(column.name, "")[:80])


def make_register(case_ids: tuple[str, ...], tables: Mapping[str, TableRows]) -> Register:
    """Register the packaged names and those of the scenario's tables."""
    register = Register(case_ids)
    every = register.all_cases
    register.known = {known: {} for known in Known}
    register.known[Known.CASES] = dict.fromkeys(case_ids, every)
    for known in (Known.PLACES, Known.PLATFORMS, Known.UNIT_TYPES, Known.FACTORS):
        register.known[known] |= dict.fromkeys(packaged(known), every)
    for known in _KEYED:
        names, key = register.known[known], tables[known].table.key[0]
        for record in tables[known].records:
            name = record.cells.get(key, "")
            names[name] = names.get(name, 0) | record.cases
    assets = register.known[Known.ASSETS]
    for record in tables["lift"].records:
        for number in range(1, min(MOST_ASSETS, record.values.get("count") or 0) + 1):
            name = f"{record.cells.get('fleet_id', '')}-{number:02d}"
            assets[name] = assets.get(name, 0) | record.cases
    return register


def key_faults(rows: TableRows) -> Iterator[Fault]:
    """Rows of one case that agree in the key of their table."""
    key = rows.table.key
    seen: dict[tuple[str, ...], list[Record]] = {}
    for record in rows.records if key else ():
        name = tuple(record.cells.get(column, "") for column in key)
        if not all(name):
            continue
        for earlier in seen.setdefault(name, []):
            if earlier.cases & record.cases:
                shown = " and ".join(f'"{part}"' for part in name)
                rule = f"{shown} stands in row {earlier.number} already."
                remedy = "Give each row its own key, merge the two, or give them different cases."
                yield Fault(rows.table.file, record.number, key[-1], rule, remedy, name[-1][:80])
                break
        if len(seen[name]) < 64:
            seen[name].append(record)


def _wordings(known: Known) -> Mapping[str, str]:
    """Other words under which people look for packaged names."""
    return {name: place.name for name, place in load_places().items()} if known is Known.PLACES else {}
