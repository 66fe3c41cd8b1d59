"""What another version of a scenario adds, changes and removes, row by row."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.reading import Record, TableRows, read_table
from muster.exchange.scenario.settings import Settings, read_settings
from muster.exchange.scenario.tables import SETTINGS_FILE, TABLES


@dataclass(frozen=True, slots=True)
class TableChange:
    """What changes in one table.

    Attributes
    ----------
    added, changed, removed
        Names of rows: their key, and their cases where they have any. Rows of a table without a key are never
        changed: the old one is removed, the new one added.
    """

    table: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def list_changes(
    before: Mapping[str, bytes], settings: Settings, after: Mapping[str, TableRows]
) -> Iterator[TableChange]:
    """Changes from the files of a folder, which may have faults, to a scenario; tables that stay are left out."""
    unread: list[Fault] = []
    if SETTINGS_FILE in before:
        text = before[SETTINGS_FILE].decode(errors="replace")
        if read_settings(text, unread) != settings:
            yield TableChange(SETTINGS_FILE, (), ("settings",), ())
    else:
        yield TableChange(SETTINGS_FILE, ("settings",), (), ())
    for name, table in TABLES.items():
        old = read_table(table, before[table.file], unread) if table.file in before else TableRows(table)
        change = _compare(name, old, after[name])
        if change.added or change.changed or change.removed:
            yield change


def _compare(name: str, old: TableRows, new: TableRows) -> TableChange:
    if not old.table.key:
        was, now = Counter(map(_all_cells, old.records)), Counter(map(_all_cells, new.records))
        return TableChange(name, tuple((now - was).elements()), (), tuple((was - now).elements()))
    before = {_key(old, row): row.cells for row in old.records}
    after = {_key(new, row): row.cells for row in new.records}
    return TableChange(
        name,
        added=tuple(key for key in after if key not in before),
        changed=tuple(key for key, cells in after.items() if key in before and before[key] != cells),
        removed=tuple(key for key in before if key not in after),
    )


def _key(rows: TableRows, record: Record) -> str:
    name = " ".join(record.cells.get(column, "?") for column in rows.table.key)
    return f"{name} [{record.cells['cases']}]" if "cases" in record.cells else name


def _all_cells(record: Record) -> str:
    return ", ".join(record.cells.values())
