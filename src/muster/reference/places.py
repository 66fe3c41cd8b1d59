"""Places: where units live, and where they load, cross, wait, train and arrive, with what each place can do a day.

``places.csv`` says where a place is; ``terminals.csv`` says what it can do, one value a row with unit,
source and grade. What neither table says stays None: nothing is filled silently.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from muster.reference.provenance import Grade, Provenance, source_and_grade, span_is_ordered
from muster.reference.sources import load_sources
from muster.reference.tables import DATA, Faults, Row, read_rows

PLACE_COLUMNS: Final = (
    "place_id", "name", "country", "latitude_deg", "longitude_deg", "kinds", "countries",
    "source", "source_ref", "grade", "as_of", "note",
)  # fmt: skip
TERMINAL_COLUMNS: Final = (
    "place_id", "attribute", "value", "low", "high", "unit", "source", "grade", "as_of", "disputed", "note",
)  # fmt: skip


class PlaceKind(StrEnum):
    """What a place is used for; a place may be several."""

    GARRISON = "garrison"
    """Where units live and start from."""
    RAILHEAD = "railhead"
    """Where vehicles load on or off trains."""
    PORT = "port"
    AIRFIELD = "airfield"
    BORDER = "border"
    """A crossing between two countries."""
    GAUGE_POINT = "gauge_point"
    """Where loads change from one railway gauge to another."""
    STAGING = "staging"
    """Where people and vehicles wait and join (reception, staging, onward movement)."""
    TRAINING = "training"
    HQ = "hq"
    BRIDGE = "bridge"
    """A bridge that limits a route of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place; every capability is None when unknown.

    Attributes
    ----------
    place_id
        UN/LOCODE without its space for ports and some cities, ICAO code for airfields, else an own id.
    country
        ISO 3166-1 alpha-3 code.
    countries
        Both sides of a border crossing, else the country alone.
    rail_gauges_mm
        Gauges of the tracks that reach it.
    rail_ramps
        Trains that load or unload at the same time.
    rail_trains_per_day
        Trains that leave, and as many that arrive, in a day.
    berths_roro, berths_container
        Ships of each kind alongside at the same time.
    depth_m
        Water at the berths that such ships use.
    runway_m, runway_surface
        Longest runway; ``paved`` or ``unpaved``.
    mog_spots
        Aircraft worked at the same time, in wide-body equivalents (maximum on ground, working).
    staging_vehicles, staging_people
        How many may wait there at one time.
    crossing_vehicles_per_day, crossing_wagons_per_day
        Through a border in one direction.
    crossing_credits_per_day
        Convoys admitted over a border in a day.
    transhipment_wagons_per_day
        Wagons reloaded or re-bogied in a day.
    mlc_wheeled_max, mlc_tracked_max
        Largest military load class admitted.
    height_max_cm
        Largest height of a load.
    opens_min, closes_min
        Daily hours, minutes after 00:00 UTC; both None is always open.
    provenance
        Source and grade by field name; the position's is under ``position``.
    """

    place_id: str
    name: str
    country: str
    latitude_deg: float
    longitude_deg: float
    kinds: frozenset[PlaceKind]
    countries: tuple[str, ...] = ()
    rail_gauges_mm: tuple[int, ...] | None = None
    rail_ramps: int | None = None
    rail_trains_per_day: int | None = None
    berths_roro: int | None = None
    berths_container: int | None = None
    depth_m: float | None = None
    runway_m: int | None = None
    runway_surface: str | None = None
    mog_spots: float | None = None
    staging_vehicles: int | None = None
    staging_people: int | None = None
    crossing_vehicles_per_day: int | None = None
    crossing_wagons_per_day: int | None = None
    crossing_credits_per_day: int | None = None
    transhipment_wagons_per_day: int | None = None
    mlc_wheeled_max: int | None = None
    mlc_tracked_max: int | None = None
    height_max_cm: int | None = None
    opens_min: int | None = None
    closes_min: int | None = None
    note: str = ""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude_deg <= 90 and -180 <= self.longitude_deg <= 180):
            where = f"{self.latitude_deg:g}, {self.longitude_deg:g}"
            raise ValueError(f'Place "{self.place_id}" lies at {where}, which is not on the earth; correct it.')
        if not self.countries:
            object.__setattr__(self, "countries", (self.country,))


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("not a whole number, zero or more")
    return int(text)


def _positive(text: str) -> float:
    number = float(text)
    if not 0 <= number < 1e6:
        raise ValueError("not a number of zero or more")
    return number


def _gauges(text: str) -> tuple[int, ...]:
    gauges = tuple(_whole(part) for part in text.split("|"))
    if not set(gauges) <= {1000, 1435, 1520, 1524, 1600, 1668}:
        raise ValueError("not railway gauges of 1000, 1435, 1520, 1524, 1600 or 1668 mm, separated by |")
    return gauges


def _surface(text: str) -> str:
    if text not in {"paved", "unpaved"}:
        raise ValueError("neither paved nor unpaved")
    return text


def _minute_of_day(text: str) -> int:
    minute = _whole(text)
    if minute > 1440:
        raise ValueError("not a minute of the day, 0 to 1440")
    return minute


_CAPABILITIES: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "rail_gauges_mm": ("mm", _gauges),
    "rail_ramps": ("trains at one time", _whole),
    "rail_trains_per_day": ("trains/day", _whole),
    "berths_roro": ("ships at one time", _whole),
    "berths_container": ("ships at one time", _whole),
    "depth_m": ("m", _positive),
    "runway_m": ("m", _whole),
    "runway_surface": ("paved or unpaved", _surface),
    "mog_spots": ("wide-body spots", _positive),
    "staging_vehicles": ("vehicles at one time", _whole),
    "staging_people": ("people at one time", _whole),
    "crossing_vehicles_per_day": ("vehicles/day", _whole),
    "crossing_wagons_per_day": ("wagons/day", _whole),
    "crossing_credits_per_day": ("convoys/day", _whole),
    "transhipment_wagons_per_day": ("wagons/day", _whole),
    "mlc_wheeled_max": ("class", _whole),
    "mlc_tracked_max": ("class", _whole),
    "height_max_cm": ("cm", _whole),
    "opens_min": ("min after 00:00 UTC", _minute_of_day),
    "closes_min": ("min after 00:00 UTC", _minute_of_day),
}
"""What ``terminals.csv`` may say: attribute, its unit, and how its value is read."""
_WORDS: Final = frozenset({"rail_gauges_mm", "runway_surface", "opens_min", "closes_min"})
"""Attributes that have no range, even when assumed."""


def load_places(folder: Path = DATA) -> Mapping[str, Place]:
    """All places by id, each with its capabilities.

    Raises
    ------
    ReferenceRefused
        When a table has faults; all are named.
    """
    return _load(folder)


@cache
def _load(folder: Path) -> Mapping[str, Place]:
    sources = load_sources(folder)
    faults = Faults()
    positions: dict[str, dict[str, Any]] = {}
    for row in read_rows(folder, "places.csv", PLACE_COLUMNS, faults):
        positions[row.unique("place_id", positions)] = _position(row, sources)
    abilities: defaultdict[str, dict[str, tuple[Any, Provenance]]] = defaultdict(dict)
    for row in read_rows(folder, "terminals.csv", TERMINAL_COLUMNS, faults):
        _read_ability(row, sources, positions, abilities)
    faults.refuse()
    return MappingProxyType({key: _place(position, abilities[key]) for key, position in positions.items()})


def _place(position: Mapping[str, Any], abilities: Mapping[str, tuple[Any, Provenance]]) -> Place:
    values = {attribute: value for attribute, (value, _) in abilities.items()}
    provenance = {"position": position["provenance"]} | {name: where for name, (_, where) in abilities.items()}
    return Place(**{**position, **values, "provenance": MappingProxyType(provenance)})


def _position(row: Row, sources: Mapping[str, object]) -> dict[str, Any]:
    """Read what ``places.csv`` says of a place."""
    source, grade = source_and_grade(row, sources)
    latitude_deg = row.number_in("latitude_deg", -90, 90)
    longitude_deg = row.number_in("longitude_deg", -180, 180)
    if latitude_deg == longitude_deg == 0:
        row.fault("latitude_deg", "0, 0 stands for an unknown position.", "Find the position or drop the place.")
    country = _country(row, "country", row.text("country"))
    countries = tuple(_country(row, "countries", code) for code in row.cells["countries"].split("|") if code)
    kinds = row.words("kinds", PlaceKind)
    if PlaceKind.BORDER in kinds and (len(countries) != 2 or country not in countries):
        row.fault("countries", "a border joins its own country and one other.", "Write both, such as POL|UKR.")
    return {
        "place_id": row.cells["place_id"],
        "name": row.text("name"),
        "country": country,
        "latitude_deg": latitude_deg,
        "longitude_deg": longitude_deg,
        "kinds": kinds,
        "countries": countries,
        "note": row.cells["note"],
        "provenance": Provenance(source, grade, row.find_text("as_of"), note=row.cells["note"]),
    }


def _country(row: Row, column: str, code: str) -> str:
    if code and not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        row.fault(column, f'"{code}" is not a country code.', "Use three capital letters, such as UKR.")
    return code


def _read_ability(
    row: Row,
    sources: Mapping[str, object],
    places: Mapping[str, object],
    abilities: dict[str, dict[str, tuple[Any, Provenance]]],
) -> None:
    """Read one value of ``terminals.csv`` into ``abilities``."""
    place_id, attribute = row.text("place_id"), row.text("attribute")
    source, grade = source_and_grade(row, sources)
    disputed, unit, text = row.yes("disputed"), row.text("unit"), row.text("value")
    if place_id and place_id not in places:
        row.fault("place_id", f'"{place_id}" is not in places.csv.', "Add the place there or correct the id.")
    if attribute in abilities[place_id]:
        row.fault("attribute", f'"{attribute}" of "{place_id}" appears twice.', "Keep one row, disputed if need be.")
    if grade is Grade.ASSUMED and attribute not in _WORDS and not (row.has("low") and row.has("high")):
        row.fault("low", "an assumed value shows no range.", "Fill low and high.")
    span = ("low", "high") if attribute in _WORDS else ("low", "value", "high")
    if not span_is_ordered(row, *span):
        return
    value = _capability(row, attribute, text, unit)
    spread = row.find_number("low"), row.find_number("high")
    if value is not None:
        where = Provenance(source, grade, row.find_text("as_of"), *spread, disputed, row.cells["note"])
        abilities[place_id][attribute] = value, where


def _capability(row: Row, attribute: str, text: str, unit: str) -> object | None:
    """Value of one capability, None beside a fault."""
    if attribute not in _CAPABILITIES:
        row.fault("attribute", f'"{attribute}" is not known.', f"Use one of {', '.join(_CAPABILITIES)}.")
        return None
    expected, reader = _CAPABILITIES[attribute]
    if unit and unit != expected:
        row.fault("unit", f'{attribute} is written in "{expected}", not "{unit}".', "Convert the value and the unit.")
    try:
        return reader(text) if text else None
    except ValueError as refusal:
        row.fault("value", f'"{text}" is {refusal}.', f"Write {attribute} in {expected}.")
        return None
