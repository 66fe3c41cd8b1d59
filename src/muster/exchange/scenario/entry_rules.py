"""What must hold within the rows that are laid over packaged tables: places, platforms, unit types, factors."""

from collections.abc import Callable, Iterator
from typing import Final

from muster.exchange.scenario.catalogue import EXCEPTION_FORM, NEEDED, packaged, provenance_of
from muster.exchange.scenario.faults import Fault
from muster.exchange.scenario.names import Suggestions
from muster.exchange.scenario.rules import CaseView, cell_fault
from muster.exchange.scenario.tables import TABLES
from muster.exchange.scenario.tables_situation import GAUGES_MM
from muster.reference import PlaceKind, PlatformKind, load_factors


def new_entry_is_complete(view: CaseView) -> Iterator[Fault]:
    """A place, platform or unit type that is not packaged says all that is needed of it."""
    for table, needed in NEEDED.items():
        key = TABLES[table].key[0]
        for row in view.rows[table]:
            name = row.values.get(key)
            if name is None or name in packaged(table):
                continue
            near = Suggestions(packaged(table)).find(name) if any(c not in row.cells for c in needed) else None
            for column in needed:
                if column not in row.cells:
                    rule = f'"{name}" is not packaged, and the row has no {column}.'
                    remedy = f'Did you mean "{near}"? A new entry needs {column}.' if near else f"Fill {column}."
                    yield cell_fault(table, row, column, rule, remedy)


def place_is_somewhere(view: CaseView) -> Iterator[Fault]:
    """A place lies on the earth, a border has two sides, and a place that opens also closes."""
    for row in view.rows["places"]:
        if row.values.get("latitude_deg") == 0 == row.values.get("longitude_deg"):
            rule = "0, 0 stands for an unknown position."
            yield cell_fault("places", row, "latitude_deg", rule, "Find the position or drop the place.")
        place = view.catalogue.places.get(str(row.values.get("place_id")))
        if place is None:
            continue
        if PlaceKind.BORDER in place.kinds and (len(place.countries) != 2 or place.country not in place.countries):
            rule = "a border joins its own country and one other."
            yield cell_fault("places", row, "countries", rule, "Write both, such as POL;UKR.")
        hours = (place.opens_min, place.closes_min)
        if (None in hours and hours != (None, None)) or (
            place.opens_min is not None and place.closes_min is not None and place.opens_min >= place.closes_min
        ):
            rule = f"it opens at minute {hours[0]} and closes at minute {hours[1]}."
            yield cell_fault("places", row, "closes_min", rule, "Fill both, opens_min before closes_min, or neither.")


def train_has_a_gauge(view: CaseView) -> Iterator[Fault]:
    """A train runs on a gauge."""
    for row in view.rows["platforms"]:
        platform = view.catalogue.platforms.get(str(row.values.get("platform_id")))
        if platform is None or platform.kind is not PlatformKind.TRAIN:
            continue
        if platform.gauge_mm not in GAUGES_MM:
            remedy = f"Fill gauge_mm with one of: {', '.join(map(str, GAUGES_MM))}."
            yield cell_fault("platforms", row, "gauge_mm", f"the gauge of the train is {platform.gauge_mm}.", remedy)


def exceptions_are_readable(view: CaseView) -> Iterator[Fault]:
    """The exceptions of a platform name columns, with source and grade."""
    columns = {column.name for column in TABLES["platforms"].columns}
    for row in view.rows["platforms"]:
        for part in filter(None, map(str.strip, str(row.values.get("exceptions") or "").split(";"))):
            match = EXCEPTION_FORM.fullmatch(part)
            if match is None:
                rule = f'"{part[:60]}" is no exception.'
                yield cell_fault(
                    "platforms", row, "exceptions", rule, "Write column=source:grade or column=source:K:1..2."
                )
            elif match["column"] not in columns:
                rule = f'"{match["column"]}" is no column of platforms.'
                remedy = Suggestions(columns).remedy(match["column"], "Correct its name.")
                yield cell_fault("platforms", row, "exceptions", rule, remedy)
            elif match["low"] is not None and float(match["low"]) > float(match["high"]):
                rule = f'the range of "{match["column"]}" does not rise.'
                yield cell_fault("platforms", row, "exceptions", rule, "Write the lower number first.")


def factor_shows_its_range(view: CaseView) -> Iterator[Fault]:
    """A factor is in the unit of the packaged one, its range rises, and a weak one shows the range."""
    for row in view.rows["factors"]:
        known = load_factors().get(str(row.values.get("factor_id")))
        unit = row.values.get("unit")
        if known is not None and unit is not None and unit != known.unit:
            rule = f'{known.factor_id} is written in "{known.unit}", not "{unit[:40]}".'
            yield cell_fault("factors", row, "unit", rule, "Convert the numbers and the unit.")
        low, likely, high = (row.values.get(column) for column in ("low", "likely", "high"))
        numbers = [number for number in (low, likely, high) if number is not None]
        if numbers != sorted(numbers):
            yield cell_fault("factors", row, "likely", "the range does not rise.", "Keep low <= likely <= high.")
        if provenance_of(row).grade.needs_warning:
            for column in ("low", "high"):
                if column not in row.cells:
                    rule = f"a factor of grade {provenance_of(row).grade} shows no range."
                    yield cell_fault("factors", row, column, rule, f"Fill {column}, or name a source and its grade.")


ENTRY_RULES: Final[tuple[Callable[[CaseView], Iterator[Fault]], ...]] = (
    new_entry_is_complete,
    place_is_somewhere,
    train_has_a_gauge,
    exceptions_are_readable,
    factor_shows_its_range,
)
"""Rules of rows that are laid over packaged tables."""
