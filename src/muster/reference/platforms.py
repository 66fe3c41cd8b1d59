"""Platforms: vehicles, aircraft and boxes that are moved, and trains, ships, aircraft and lorries that move them.

A row of ``platforms.csv`` has one source and grade; where a field has another, or a range, the ``exceptions`` column
says so: ``field=source:grade``, then, if wanted, ``:low..high``, then ``!`` when disputed; separated by ``;``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from muster.reference.provenance import Grade, Provenance, source_and_grade
from muster.reference.sources import load_sources
from muster.reference.tables import DATA, Faults, Row, read_rows


class PlatformKind(StrEnum):
    """What a platform is: cargo first, then lift."""

    WHEELED = "wheeled"
    TRACKED = "tracked"
    TRAILER = "trailer"
    HELICOPTER = "helicopter"
    CONTAINER = "container"
    """A 20-foot container, as cargo."""
    PALLET = "pallet"
    """A 463L aircraft pallet, as cargo."""
    TRAIN = "train"
    RORO_SHIP = "roro_ship"
    CONTAINER_SHIP = "container_ship"
    AIRCRAFT = "aircraft"
    BUS = "bus"
    TRUCK = "truck"
    HET = "het"
    """A heavy equipment transporter: tractor and low-loader for tanks."""

    @property
    def is_lift(self) -> bool:
        """Whether it carries the loads of others."""
        return self in _LIFT


_LIFT: Final = frozenset(list(PlatformKind)[list(PlatformKind).index(PlatformKind.TRAIN) :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One type of vehicle, box or lift asset; a field is None where it does not apply or is not known.

    Attributes
    ----------
    length_cm, width_cm, height_cm, mass_kg
        As shipped, mass in combat or loaded state.
    mlc
        Military load class, of the tracked scale for tracked vehicles.
    lane_cm
        Deck length it takes on a ship or train, with the gap to the next.
    people
        Seats, crew included.
    fuel_l_per_100km
        On roads.
    capacity_lane_cm, capacity_mass_kg, capacity_teu, capacity_people, capacity_pallets
        What one asset carries, each a limit of its own.
    item_mass_max_kg, item_height_max_cm, item_mlc_max
        Largest single item.
    speed_kmh
        Block speed: distance over time under way, ordinary stops included.
    load_min, unload_min
        Time to load and to unload one asset.
    gauge_mm
        Gauge of a train.
    runway_min_m
        Shortest runway.
    daily_limit_min
        Time an asset may travel in a day.
    wagons
        Wagons of a train.
    range_km
        Longest leg with a usual load.
    mog_share
        Part of one wide-body spot that it takes.
    provenance
        Source and grade by field name.
    """

    platform_id: str
    name: str
    kind: PlatformKind
    length_cm: int | None = None
    width_cm: int | None = None
    height_cm: int | None = None
    mass_kg: int | None = None
    mlc: int | None = None
    lane_cm: int | None = None
    people: int | None = None
    fuel_l_per_100km: int | None = None
    capacity_lane_cm: int | None = None
    capacity_mass_kg: int | None = None
    capacity_teu: int | None = None
    capacity_people: int | None = None
    capacity_pallets: int | None = None
    item_mass_max_kg: int | None = None
    item_height_max_cm: int | None = None
    item_mlc_max: int | None = None
    speed_kmh: float | None = None
    load_min: int | None = None
    unload_min: int | None = None
    gauge_mm: int | None = None
    runway_min_m: int | None = None
    daily_limit_min: int | None = None
    wagons: int | None = None
    range_km: int | None = None
    mog_share: float | None = None
    note: str = ""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)


_DECIMAL: Final = ("speed_kmh", "mog_share")
_WHOLE: Final = (
    "length_cm", "width_cm", "height_cm", "mass_kg", "mlc", "lane_cm", "people", "fuel_l_per_100km",
    "capacity_lane_cm", "capacity_mass_kg", "capacity_teu", "capacity_people", "capacity_pallets",
    "item_mass_max_kg", "item_height_max_cm", "item_mlc_max", "load_min", "unload_min", "gauge_mm",
    "runway_min_m", "daily_limit_min", "wagons", "range_km",
)  # fmt: skip
PLATFORM_COLUMNS: Final = (
    "platform_id", "name", "kind", *_WHOLE, *_DECIMAL, "source", "grade", "as_of", "exceptions", "note",
)  # fmt: skip
_EXCEPTION: Final = re.compile(
    r"(?P<field>\w+)=(?P<source>[\w-]+):(?P<grade>\w+)"
    r"(?::(?P<low>[0-9]{1,12}(?:\.[0-9]+)?)\.\.(?P<high>[0-9]{1,12}(?:\.[0-9]+)?))?(?P<disputed>!)?"
)


def load_platforms(folder: Path = DATA) -> Mapping[str, Platform]:
    """All platforms by id.

    Raises
    ------
    ReferenceRefused
        When a table has faults; all are named.
    """
    return _load(folder)


@cache
def _load(folder: Path) -> Mapping[str, Platform]:
    sources = load_sources(folder)
    faults = Faults()
    platforms: dict[str, Platform] = {}
    for row in read_rows(folder, "platforms.csv", PLATFORM_COLUMNS, faults):
        before = len(faults.found)
        platform_id, name = row.unique("platform_id", platforms), row.text("name")
        kind = row.word("kind", PlatformKind)
        values = _values(row)
        provenance = _provenance(row, values, sources)
        if kind is None or len(faults.found) > before:
            continue
        platforms[platform_id] = Platform(
            platform_id=platform_id, name=name, kind=kind, note=row.cells["note"], provenance=provenance, **values
        )
    faults.refuse()
    return MappingProxyType(platforms)


def _values(row: Row) -> dict[str, Any]:
    """Numbers that the row gives, by field."""
    whole = {column: row.find_whole(column) for column in _WHOLE if row.has(column)}
    decimal = {column: row.find_number(column) for column in _DECIMAL if row.has(column)}
    values = {column: value for column, value in (whole | decimal).items() if value is not None}
    for column in [column for column, value in values.items() if value <= 0]:
        row.fault(column, "0 stands for nothing here.", "Give a positive number, or leave it empty if unknown.")
    return values


def _provenance(row: Row, values: Mapping[str, object], sources: Mapping[str, object]) -> Mapping[str, Provenance]:
    """Source and grade of each number of the row."""
    source, grade = source_and_grade(row, sources)
    as_of = row.find_text("as_of")
    provenance = dict.fromkeys(values, Provenance(source, grade, as_of))
    for text in filter(None, map(str.strip, row.cells["exceptions"].split(";"))):
        found = _EXCEPTION.fullmatch(text)
        if found is None:
            row.fault("exceptions", f'"{text}" cannot be read.', "Write field=source:grade or field=source:grade:1..2!")
            continue
        _add_exception(row, found.groupdict(), sources, provenance)
    for column, where in provenance.items():
        if where.grade is Grade.ASSUMED and (where.low is None or where.high is None):
            row.fault(
                column, "an assumed value shows no range.", f"Add {column}=SOURCE:assumed:low..high to exceptions."
            )
    return MappingProxyType(provenance)


def _add_exception(
    row: Row, parts: Mapping[str, str | None], sources: Mapping[str, object], provenance: dict[str, Provenance]
) -> None:
    column, source, grade = str(parts["field"]), str(parts["source"]), str(parts["grade"])
    if column not in provenance:
        row.fault("exceptions", f'"{column}" has no value in this row.', "Give the value, or drop its exception.")
    elif source not in sources:
        row.fault("exceptions", f'"{source}" is not in sources.csv.', "Add the source there or correct the key.")
    elif grade not in set(Grade):
        row.fault("exceptions", f'"{grade}" is not a grade.', f"Use one of {', '.join(Grade)}.")
    else:
        low, high = (None if parts[end] is None else float(str(parts[end])) for end in ("low", "high"))
        if low is not None and high is not None and not low <= float(row.cells[column]) <= high:
            row.fault("exceptions", f'"{column}" lies outside its range.', "Keep low <= value <= high.")
            return
        provenance[column] = Provenance(
            source, Grade(grade), provenance[column].as_of, low, high, parts["disputed"] is not None
        )  # fmt: skip
