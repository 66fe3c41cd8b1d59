"""Places, platforms, unit types and factors of a case: the packaged ones with the scenario's rows laid over them.

A row without a grade counts as assumed: what nobody vouches for is listed among the assumptions of a plan. Rows that
lack what a new entry needs are passed over here; the rules refuse them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from muster.exchange.scenario.reading import Record
from muster.exchange.scenario.tables import TABLES
from muster.reference import (
    Factor,
    Grade,
    Place,
    PlaceKind,
    Platform,
    Provenance,
    UnitType,
    load_factors,
    load_places,
    load_platforms,
    load_unit_types,
)

OWN_SOURCE: Final = "scenario"
"""Source of a row that names none."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "places": ("name", "country", "latitude_deg", "longitude_deg", "kinds"),
    "platforms": ("name", "kind"),
    "unit_types": ("name", "people"),
}
"""Columns that a new entry of each packaged table must fill."""
_POSITION: Final = frozenset({"name", "country", "latitude_deg", "longitude_deg", "kinds", "countries"})
EXCEPTION_FORM: Final = re.compile(
    r"(?P<column>\w+)=(?P<source>[^:;]+):(?P<grade>A|B|D|K|assumed)"
    r"(?::(?P<low>\d+(?:\.\d+)?)\.\.(?P<high>\d+(?:\.\d+)?))?(?P<disputed>!)?"
)
"""One part of the ``exceptions`` of a platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What may be named in one case, by id.

    Attributes
    ----------
    adopted
        Factors that the scenario's own table names.
    """

    places: Mapping[str, Place]
    platforms: Mapping[str, Platform]
    unit_types: Mapping[str, UnitType]
    factors: Mapping[str, Factor]
    adopted: frozenset[str]


def packaged(table: str) -> Mapping[str, object]:
    """Packaged entries of a table by id."""
    loaders = {
        "places": load_places,
        "platforms": load_platforms,
        "unit_types": load_unit_types,
        "factors": load_factors,
    }
    return loaders[table]()


def lay_over(rows: Mapping[str, Iterable[Record]]) -> Catalogue:
    """Catalogue of the rows of one case, by table."""
    return Catalogue(
        places=_places(rows["places"]),
        platforms=_platforms(rows["platforms"]),
        unit_types=_unit_types(rows["unit_types"], rows["holdings"]),
        factors=_factors(rows["factors"]),
        adopted=frozenset(str(row.values.get("factor_id")) for row in rows["factors"]),
    )


def is_complete(table: str, row: Record) -> bool:
    """Whether a row says enough: it changes a packaged entry, or fills all that a new one needs."""
    return _key(table, row) in packaged(table) or all(
        row.values.get(column) not in {None, ()} for column in NEEDED[table]
    )


def provenance_of(row: Record) -> Provenance:
    """Source and grade of a row."""
    return Provenance(
        source=row.values.get("source") or OWN_SOURCE,
        grade=Grade(row.values.get("grade") or Grade.ASSUMED),
        as_of=row.values.get("as_of"),
        note=row.values.get("note") or "",
    )


def _key(table: str, row: Record) -> str:
    return str(row.values.get(TABLES[table].key[0]))


def _filled(table: str, row: Record) -> dict[str, Any]:
    """Values that the row fills, key, provenance and cases left out."""
    own = {column.name for column in TABLES[table].columns} - {TABLES[table].key[0], "exceptions"}
    return {name: row.values[name] for name in row.cells if name in own and name in row.values}


def _places(rows: Iterable[Record]) -> Mapping[str, Place]:
    places = dict(load_places())
    for row in rows:
        if not is_complete("places", row):
            continue
        values = _filled("places", row)
        if "kinds" in values:
            values["kinds"] = frozenset(map(PlaceKind, values["kinds"]))
        if "rail_gauges_mm" in values:
            values["rail_gauges_mm"] = tuple(map(int, values["rail_gauges_mm"]))
        if "country" in values and "countries" not in values:
            values["countries"] = (values["country"],)
        where = provenance_of(row)
        provenance = {("position" if name in _POSITION else name): where for name in values}
        place_id = _key("places", row)
        old = places.get(place_id)
        note = where.note or (old.note if old else "")
        places[place_id] = (
            replace(old, **values, note=note, provenance={**old.provenance, **provenance})
            if old
            else Place(place_id=place_id, **values, note=note, provenance=provenance)
        )
    return places


def _platforms(rows: Iterable[Record]) -> Mapping[str, Platform]:
    platforms = dict(load_platforms())
    for row in rows:
        if not is_complete("platforms", row):
            continue
        values = _filled("platforms", row)
        where = provenance_of(row)
        provenance = dict.fromkeys((name for name in values if name not in {"name", "kind"}), where)
        provenance |= _exceptions(row, where)
        platform_id = _key("platforms", row)
        old = platforms.get(platform_id)
        note = where.note or (old.note if old else "")
        platforms[platform_id] = (
            replace(old, **values, note=note, provenance={**old.provenance, **provenance})
            if old
            else Platform(platform_id=platform_id, **values, note=note, provenance=provenance)
        )
    return platforms


def _exceptions(row: Record, where: Provenance) -> Mapping[str, Provenance]:
    """Provenance of the columns that have one of their own."""
    found: dict[str, Provenance] = {}
    for part in str(row.values.get("exceptions") or "").split(";"):
        match = EXCEPTION_FORM.fullmatch(part.strip())
        if match is None:
            continue
        low, high = (None if match[end] is None else float(match[end]) for end in ("low", "high"))
        if low is None or high is None or low <= high:
            found[match["column"]] = Provenance(
                match["source"], Grade(match["grade"]), where.as_of, low, high, match["disputed"] is not None
            )
    return found


def _unit_types(rows: Iterable[Record], holdings: Iterable[Record]) -> Mapping[str, UnitType]:
    units = dict(load_unit_types())
    for row in rows:
        if not is_complete("unit_types", row):
            continue
        values, where, unit_type_id = _filled("unit_types", row), provenance_of(row), _key("unit_types", row)
        old = units.get(unit_type_id)
        usual = {"branch": "", "containers_teu": 0, "pallets": 0, "notional": True, "note": where.note}
        units[unit_type_id] = (
            replace(old, **values, provenance=where)
            if old
            else UnitType(unit_type_id=unit_type_id, **{**usual, **values}, provenance=where)
        )
    own: dict[str, dict[str, Record]] = {}
    for row in holdings:
        own.setdefault(_key("holdings", row), {})[str(row.values.get("platform_id"))] = row
    for unit_type_id, rows_of in own.items():
        if unit := units.get(unit_type_id):
            items = {**unit.holdings, **{name: row.values.get("items") or 0 for name, row in rows_of.items()}}
            units[unit_type_id] = replace(
                unit,
                holdings={name: count for name, count in items.items() if count},
                holdings_provenance={
                    **unit.holdings_provenance,
                    **{name: provenance_of(row) for name, row in rows_of.items()},
                },
            )
    return units


def _factors(rows: Iterable[Record]) -> Mapping[str, Factor]:
    factors = dict(load_factors())
    for row in rows:
        factor_id, likely = _key("factors", row), row.values.get("likely")
        old = factors.get(factor_id)
        if old is None or likely is None:
            continue
        low, high = row.values.get("low"), row.values.get("high")
        if low is not None and high is not None and low > high:
            continue
        why = str(row.values.get("reason") or "")
        where = replace(provenance_of(row), low=low, high=high, note=why)
        factors[factor_id] = replace(old, value=likely, low=low, likely=likely, high=high, provenance=where, note=why)
    return factors
