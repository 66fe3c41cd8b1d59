"""Each rule of the reference tables is broken once, and the refusal must name file, row, column and remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from muster.reference import (
    Fault,
    ReferenceRefused,
    load_factors,
    load_places,
    load_platforms,
    load_sources,
    load_unit_symbols,
    load_unit_types,
)
from reference.planted import copy_of_tables, plant, row_of

LOADERS: dict[str, Callable[[Path], object]] = {
    "sources": load_sources,
    "places": load_places,
    "terminals": load_places,
    "platforms": load_platforms,
    "unit_types": load_unit_types,
    "unit_symbols": load_unit_symbols,
    "holdings": load_unit_types,
    "factors": load_factors,
}


def faults(folder: Path, table: str) -> tuple[Fault, ...]:
    with pytest.raises(ReferenceRefused) as refusal:
        LOADERS[table](folder)
    return refusal.value.faults


PLANTED = [
    ("terminals", {"unit": ""}, "unit", "is empty"),
    ("terminals", {"source": ""}, "source", "is empty"),
    ("terminals", {"grade": ""}, "grade", "is empty"),
    ("terminals", {"source": "HEARSAY"}, "source", '"HEARSAY" is not in sources.csv'),
    ("terminals", {"grade": "C"}, "grade", '"C" is not known'),
    ("terminals", {"unit": "feet"}, "unit", 'not "feet"'),
    ("terminals", {"attribute": "cranes"}, "attribute", '"cranes" is not known'),
    ("terminals", {"value": "1435.5"}, "value", "not a whole number"),
    ("terminals", {"place_id": "ATLANTIS"}, "place_id", '"ATLANTIS" is not in places.csv'),
    ("terminals", {"low": "9", "high": "1"}, "low", "does not rise"),
    ("places", {"source": ""}, "source", "is empty"),
    ("places", {"grade": ""}, "grade", "is empty"),
    ("places", {"latitude_deg": "91"}, "latitude_deg", "91 lies outside -90 to 90"),
    ("places", {"longitude_deg": "-180.5"}, "longitude_deg", "lies outside -180 to 180"),
    ("places", {"latitude_deg": "north"}, "latitude_deg", '"north" is not a number'),
    ("places", {"latitude_deg": ""}, "latitude_deg", "is empty"),
    ("places", {"latitude_deg": "0", "longitude_deg": "0"}, "latitude_deg", "unknown position"),
    ("places", {"country": "Ukraine"}, "country", "is not a country code"),
    ("places", {"kinds": "castle"}, "kinds", '"castle" is not known'),
    ("places", {"kinds": "border"}, "countries", "joins its own country and one other"),
    ("platforms", {"source": ""}, "source", "is empty"),
    ("platforms", {"grade": ""}, "grade", "is empty"),
    ("platforms", {"grade": "assumed"}, "fuel_l_per_100km", "shows no range"),
    ("platforms", {"kind": "zeppelin"}, "kind", '"zeppelin" is not known'),
    ("platforms", {"mass_kg": "heavy"}, "mass_kg", "is not a whole number"),
    ("platforms", {"mass_kg": "0"}, "mass_kg", "0 stands for nothing"),
    ("platforms", {"exceptions": "mass_kg: S48"}, "exceptions", "cannot be read"),
    ("platforms", {"exceptions": "mass_kg=HEARSAY:B"}, "exceptions", '"HEARSAY" is not in sources.csv'),
    ("platforms", {"exceptions": "mass_kg=S48:C"}, "exceptions", '"C" is not a grade'),
    ("platforms", {"exceptions": "wagons=S48:B"}, "exceptions", '"wagons" has no value'),
    ("platforms", {"exceptions": "mass_kg=S48:B:9..1"}, "exceptions", "lies outside its range"),
    ("unit_types", {"source": ""}, "source", "is empty"),
    ("unit_types", {"grade": ""}, "grade", "is empty"),
    ("unit_types", {"people": "0"}, "people", "lies outside 1 to 5000"),
    ("unit_types", {"notional": "perhaps"}, "notional", "neither yes nor no"),
    ("holdings", {"source": ""}, "source", "is empty"),
    ("holdings", {"grade": ""}, "grade", "is empty"),
    ("holdings", {"unit": ""}, "unit", "is empty"),
    ("holdings", {"unit": "dozen"}, "unit", '"dozen" is not the unit'),
    ("holdings", {"platform_id": "zeppelin"}, "platform_id", '"zeppelin" is not in platforms.csv'),
    ("holdings", {"unit_type_id": "ghost-bn"}, "unit_type_id", '"ghost-bn" is not in unit_types.csv'),
    ("unit_symbols", {"entity": "1211"}, "entity", '"1211" is no code'),
    ("unit_symbols", {"modifier_1": ""}, "modifier_1", "is empty"),
    ("unit_symbols", {"size": "horde"}, "size", '"horde" is not known'),
    ("unit_symbols", {"headquarters": "perhaps"}, "headquarters", "neither yes nor no"),
    ("unit_symbols", {"source": "HEARSAY"}, "source", '"HEARSAY" is not in sources.csv'),
    ("factors", {"unit": ""}, "unit", "is empty"),
    ("factors", {"source": ""}, "source", "is empty"),
    ("factors", {"grade": ""}, "grade", "is empty"),
    ("factors", {"value": ""}, "value", "neither a value nor a range"),
    ("factors", {"low": "9", "high": "1"}, "low", "does not rise"),
    ("factors", {"value": "5", "low": "1", "high": "2"}, "low", "does not rise"),
    ("factors", {"grade": "assumed"}, "low", "shows no range"),
    ("factors", {"disputed": "yes"}, "disputed", "shows no range"),
    ("sources", {"publisher": ""}, "publisher", "is empty"),
    ("sources", {"url": "ftp://old"}, "url", "is not a web address"),
    ("sources", {"confidence": "X"}, "confidence", '"X" is not known'),
]


@pytest.mark.parametrize(("table", "cells", "column", "rule"), PLANTED)
def test_table_is_refused_when_a_rule_is_broken(
    tmp_path: Path, table: str, cells: dict[str, str], column: str, rule: str
) -> None:
    folder = copy_of_tables(tmp_path)
    plant(folder, table, 2, **cells)
    found = [fault for fault in faults(folder, table) if fault.column == column and fault.row == 2]
    assert [(fault.file, rule in fault.rule, bool(fault.remedy)) for fault in found] == [(f"{table}.csv", True, True)]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("sources", "key"),
        ("places", "place_id"),
        ("platforms", "platform_id"),
        ("unit_types", "unit_type_id"),
        ("unit_symbols", "unit_type_id"),
        ("factors", "factor_id"),
    ],
)
def test_table_is_refused_when_an_id_appears_twice(tmp_path: Path, table: str, key: str) -> None:
    folder = copy_of_tables(tmp_path)
    taken = row_of(folder, table, 2)[key]
    plant(folder, table, 3, **{key: taken})
    twice = Fault(
        f"{table}.csv", 3, key, f'"{taken}" appears twice.', "Give each row its own key, or merge the two rows."
    )
    assert [fault for fault in faults(folder, table) if fault.file == twice.file] == [twice]


def test_capability_is_refused_when_a_place_has_it_twice(tmp_path: Path) -> None:
    folder = copy_of_tables(tmp_path)
    plant(folder, "terminals", 3, **row_of(folder, "terminals", 2))
    (fault,) = faults(folder, "terminals")
    assert (fault.row, fault.column) == (3, "attribute")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = copy_of_tables(tmp_path)
    plant(folder, "places", 2, latitude_deg="91", source="HEARSAY")
    plant(folder, "places", 5, kinds="castle")
    plant(folder, "terminals", 7, unit="")
    found = faults(folder, "places")
    assert [(fault.file, fault.row, fault.column) for fault in found] == [
        ("places.csv", 2, "latitude_deg"),
        ("places.csv", 2, "source"),
        ("places.csv", 5, "kinds"),
        ("terminals.csv", 7, "unit"),
    ]
    assert str(found[0]) == (
        "places.csv row 2, column latitude_deg: 91 lies outside -90 to 90. Correct the number or its unit."
    )


def test_table_is_refused_when_a_column_is_missing_or_unknown(tmp_path: Path) -> None:
    folder = copy_of_tables(tmp_path)
    path = folder / "factors.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("grade", "mark", 1), encoding="utf-8")
    assert [(fault.column, fault.rule) for fault in faults(folder, "factors")] == [
        ("grade", "the column is missing."),
        ("mark", "the column is not known."),
    ]


def test_table_is_refused_when_a_row_has_too_many_cells(tmp_path: Path) -> None:
    folder = copy_of_tables(tmp_path)
    lines = (folder / "holdings.csv").read_text(encoding="utf-8").splitlines()
    lines[4] += ",stray"
    (folder / "holdings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (fault,) = faults(folder, "holdings")
    assert (fault.row, fault.rule) == (5, "the row has 7 cells, the header 6.")


def test_tables_are_refused_when_one_is_missing(tmp_path: Path) -> None:
    folder = copy_of_tables(tmp_path)
    (folder / "terminals.csv").unlink()
    (fault,) = faults(folder, "places")
    assert (fault.file, fault.rule) == ("terminals.csv", "the table is missing.")
