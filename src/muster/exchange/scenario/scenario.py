"""A scenario folder as a value: read whole, checked whole, and asked for one case."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from muster.exchange.scenario.canonical import scenario_hash, table_cells, write_table
from muster.exchange.scenario.catalogue import Catalogue, lay_over
from muster.exchange.scenario.entry_rules import ENTRY_RULES
from muster.exchange.scenario.faults import Fault, ScenarioRefused
from muster.exchange.scenario.force_rules import FORCE_RULES
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.reading import Record, TableRows, decode_text, read_table
from muster.exchange.scenario.register import key_faults, make_register
from muster.exchange.scenario.rules import RULES, CaseView
from muster.exchange.scenario.settings import Settings, read_settings, write_settings
from muster.exchange.scenario.tables import AREAS_FILE, SETTINGS_FILE, TABLES
from muster.forces import Caveat
from muster.movement.inputs import (
    CalendarRow,
    CargoItem,
    Fleet,
    LinkRow,
    MovementInputs,
    OverrideRow,
    PermitRule,
    RequirementLine,
)

Row = TypeVar("Row")


class UnknownCase(ValueError):
    """A case that the scenario does not have.

    Attributes
    ----------
    case
        The case asked for.
    """

    def __init__(self, case: str, cases: Sequence[str]) -> None:
        remedy = Suggestions(cases).remedy(case, f"Name one of: {', '.join(cases)}.")
        super().__init__(f'The scenario has no case "{case}". {remedy}')
        self.case = case


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A scenario without faults.

    Attributes
    ----------
    cases
        Ids of the cases, in the order of their table.
    tables
        Rows of each table, by its name; a table that is not there has none.
    areas
        GeoJSON of ``areas.geojson``, None without the file.
    """

    settings: Settings
    cases: tuple[str, ...]
    tables: Mapping[str, TableRows]
    areas: Any = None

    @cached_property
    def scenario_hash(self) -> str:
        """SHA-256 over what the tables say, the same for every way of writing it."""
        return scenario_hash(write_settings(self.settings), self.tables, self.areas)

    def files(self) -> Mapping[str, bytes]:
        """Canonical files of the scenario: what they say, written anew."""
        files = {SETTINGS_FILE: write_settings(self.settings)}
        files |= {rows.table.file: write_table(*table_cells(rows)) for rows in self.tables.values() if rows.records}
        if self.areas is not None:
            files[AREAS_FILE] = json.dumps(self.areas, ensure_ascii=False, indent=1).encode() + b"\n"
        return files

    def rows_of(self, case: str) -> Mapping[str, Sequence[Record]]:
        """Rows that hold in a case, by table.

        Raises
        ------
        UnknownCase
            When the scenario has no such case.
        """
        if case not in self.cases:
            raise UnknownCase(case, self.cases)
        return _rows_of(self.tables, self.cases.index(case))

    def catalogue(self, case: str) -> Catalogue:
        """Places, platforms, unit types and factors of a case."""
        return lay_over(self.rows_of(case))

    def list_values(self, table: str, case: str, kind: type[Row]) -> tuple[Row, ...]:
        """Rows of a table that hold in a case, as values of a room.

        Parameters
        ----------
        kind
            Dataclass whose attributes are columns of the table.
        """
        return _values(self.rows_of(case)[table], kind)

    def movement_inputs(self, case: str | None = None) -> MovementInputs:
        """Everything the scenario says about the deployment in a case.

        Parameters
        ----------
        case
            None is the scenario's default case.

        Raises
        ------
        UnknownCase
            When the scenario has no such case.
        """
        name = self.settings.default_case if case is None else case
        rows = self.rows_of(name)
        about = next(row.values for row in rows["cases"] if row.values["case_id"] == name)
        catalogue = lay_over(rows)

        def values(table: str, kind: type[Row]) -> tuple[Row, ...]:
            return _values(rows[table], kind)

        return MovementInputs(
            title=self.settings.title,
            case=name,
            scenario_hash=self.scenario_hash,
            timeline=self.settings.timeline,
            horizon_d=about["horizon_d"],
            permit_regime=about["permit_regime"],
            lines=values("lines", RequirementLine),
            cargo=values("cargo", CargoItem),
            fleets=values("lift", Fleet),
            permits=values("permits", PermitRule),
            caveats=tuple(row for row in values("caveats", Caveat) if row.concerns_movement),
            calendars=values("calendars", CalendarRow),
            links=values("links", LinkRow),
            overrides=values("overrides", OverrideRow),
            places=catalogue.places,
            platforms=catalogue.platforms,
            unit_types=catalogue.unit_types,
            factors=catalogue.factors,
            adopted=catalogue.adopted,
        )


def read_scenario(files: Mapping[str, bytes]) -> Scenario:
    """Read and check a scenario folder.

    Parameters
    ----------
    files
        Contents of ``scenario.toml``, of every ``.csv`` file and of ``areas.geojson``, by file name.

    Raises
    ------
    ScenarioRefused
        When anything is wrong, with every fault found.
    """
    faults: list[Fault] = []
    _refuse_unknown_files(files, faults)
    settings = _settings(files, faults)
    tables = {name: _table(name, files, faults) for name in TABLES}
    areas = _areas(files, faults)
    cases = _number_cases(tables, settings, faults)
    register = make_register(cases, tables)
    faults += register.faults(tables)
    for rows in tables.values():
        faults += key_faults(rows)
    faults += _rule_faults(tables, cases, settings)
    if faults:
        raise ScenarioRefused(faults)
    return Scenario(settings=settings, cases=cases, tables=tables, areas=areas)


def _refuse_unknown_files(files: Mapping[str, bytes], faults: list[Fault]) -> None:
    known = [table.file for table in TABLES.values()]
    suggestions = Suggestions(known)
    for name in files:
        if name not in {*known, SETTINGS_FILE, AREAS_FILE}:
            remedy = suggestions.remedy(name, "Correct its name or take it out of the folder.")
            faults.append(Fault(name, 0, "", "is not a table of a scenario.", remedy))


def _settings(files: Mapping[str, bytes], faults: list[Fault]) -> Settings:
    if SETTINGS_FILE not in files:
        faults.append(Fault(SETTINGS_FILE, 0, "", "is missing.", "Write it with format, title and default_case."))
    text = decode_text(SETTINGS_FILE, files[SETTINGS_FILE], faults) if SETTINGS_FILE in files else None
    if text is None:
        return read_settings('format = 1\ntitle = "?"\ndefault_case = "?"\n', [])
    return read_settings(text, faults)


def _table(name: str, files: Mapping[str, bytes], faults: list[Fault]) -> TableRows:
    table = TABLES[name]
    if table.file not in files:
        if table.required:
            faults.append(Fault(table.file, 0, "", "is missing.", f"A scenario needs the table {name}; write it."))
        return TableRows(table)
    before = len(faults)
    rows = read_table(table, files[table.file], faults)
    if table.required and not rows.records and len(faults) == before:
        faults.append(Fault(table.file, 1, "", "has no rows.", f"A scenario needs at least one row of {name}."))
    return rows


def _areas(files: Mapping[str, bytes], faults: list[Fault]) -> object:
    """Document of ``areas.geojson``, None without the file or beside a fault."""
    text = decode_text(AREAS_FILE, files[AREAS_FILE], faults) if AREAS_FILE in files else None
    if text is None:
        return None
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        faults.append(Fault(AREAS_FILE, 0, "", f"is not JSON: {error}.", "Export the areas as GeoJSON again."))
        return None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        faults.append(Fault(AREAS_FILE, 0, "", "is no FeatureCollection.", "Export the areas as GeoJSON again."))
        return None
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _number_cases(tables: Mapping[str, TableRows], settings: Settings, faults: list[Fault]) -> tuple[str, ...]:
    """Ids of the cases; every row gets the bits of those in which it holds."""
    ids = [row.values.get("case_id") for row in tables["cases"].records]
    cases = tuple(dict.fromkeys(case for case in ids if isinstance(case, str)))
    if cases and settings.default_case not in {*cases, "", "?"}:
        remedy = Suggestions(cases).remedy(settings.default_case, f"Name one of: {', '.join(cases)}.")
        rule = f'"{settings.default_case[:60]}" is no case.'
        faults.append(Fault(SETTINGS_FILE, 0, "default_case", rule, remedy, settings.default_case[:60]))
    bits = {case: 1 << number for number, case in enumerate(cases)}
    every = (1 << max(1, len(cases))) - 1
    for rows in tables.values():
        for row in rows.records:
            named = row.values.get("cases") or ()
            row.cases = sum(bits.get(case, 0) for case in named) or every
    return cases


def _rows_of(tables: Mapping[str, TableRows], number: int) -> Mapping[str, Sequence[Record]]:
    return {name: [row for row in rows.records if row.cases >> number & 1] for name, rows in tables.items()}


def _rule_faults(tables: Mapping[str, TableRows], cases: Sequence[str], settings: Settings) -> Iterator[Fault]:
    """Faults between the cells of each case."""
    regimes = frozenset(str(row.values.get("permit_regime")) for row in tables["cases"].records)
    horizons = {row.values.get("case_id"): row.values.get("horizon_d") for row in tables["cases"].records}
    rules: tuple[Callable[[CaseView], Iterator[Fault]], ...] = (*RULES, *FORCE_RULES, *ENTRY_RULES)
    for number, case in enumerate(cases or ("",)):
        rows = _rows_of(tables, number)
        view = CaseView(
            case=case,
            horizon_d=horizons.get(case),
            timeline=settings.timeline,
            rows=rows,
            catalogue=lay_over(rows),
            regimes=regimes,
        )
        for rule in rules:
            yield from rule(view)


def _values(rows: Iterable[Record], kind: type[Row]) -> tuple[Row, ...]:
    """Rows as values of a room: attributes take the columns of their names."""
    assert dataclasses.is_dataclass(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return tuple(kind(**{name: row.values[name] for name in names}) for row in rows)
