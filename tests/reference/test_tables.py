"""What the packaged tables hold."""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from muster.reference import (
    Confidence,
    Grade,
    PlaceKind,
    PlatformKind,
    Provenance,
    UnknownFactor,
    get_factor,
    load_factors,
    load_places,
    load_platforms,
    load_sources,
    load_unit_symbols,
    load_unit_types,
)
from muster.reference.tables import DATA

SCENARIO = Path(__file__).resolve().parents[2] / "scenarios" / "mnf-u"
MIRRORS = ("pravda", "tass.com", "sputnik", "haqqin", "news.by")


def test_enough_of_each_kind_of_place() -> None:
    kinds = Counter(kind for place in load_places().values() for kind in place.kinds)
    least = {PlaceKind.PORT: 60, PlaceKind.AIRFIELD: 150, PlaceKind.GARRISON: 80, PlaceKind.BORDER: 40}
    assert {kind: kinds[kind] >= count for kind, count in least.items()} == dict.fromkeys(least, True)


def test_every_value_has_source_and_grade() -> None:
    sources = load_sources()
    for place in load_places().values():
        filled = {name for name in _CAPABILITIES if getattr(place, name) is not None}
        assert filled | {"position"} == set(place.provenance), place.place_id
        assert {where.source for where in place.provenance.values()} <= set(sources)
    for platform in load_platforms().values():
        texts = {"platform_id", "name", "kind", "note", "provenance"}
        filled = {name for name in platform.__slots__ if getattr(platform, name) is not None} - texts
        assert filled == set(platform.provenance), platform.platform_id


_CAPABILITIES = (
    "rail_gauges_mm", "rail_ramps", "rail_trains_per_day", "berths_roro", "berths_container", "depth_m", "runway_m",
    "runway_surface", "mog_spots", "staging_vehicles", "staging_people", "crossing_vehicles_per_day",
    "crossing_wagons_per_day", "crossing_credits_per_day", "transhipment_wagons_per_day", "mlc_wheeled_max",
    "mlc_tracked_max", "height_max_cm", "opens_min", "closes_min",
)  # fmt: skip


def test_no_source_is_a_partisan_mirror() -> None:
    assert [
        source.key
        for source in load_sources().values()
        for mirror in MIRRORS
        if mirror in f"{source.url} {source}".lower()
    ] == []


def test_assumptions_are_the_only_values_from_no_publisher() -> None:
    own = {key for key, source in load_sources().items() if source.publisher == "Muster"}
    assert own == {"ASSUMED", "GENERAL"}
    for place in load_places().values():
        for where in place.provenance.values():
            assert (where.source in own) == where.grade.needs_warning, (place.place_id, where)


def test_facts_of_a_place() -> None:
    crossing = load_places()["RAIL-HRUBIESZOW-IZOV"]
    assert (crossing.crossing_wagons_per_day, crossing.countries, crossing.rail_gauges_mm) == (
        431,
        ("POL", "UKR"),
        (1520,),
    )
    assert crossing.provenance["crossing_wagons_per_day"].grade is Grade.D
    rzeszow = load_places()["EPRZ"]
    assert (rzeszow.runway_m, rzeszow.runway_surface) == (3200, "paved")


def test_disputed_payload_keeps_both_ends_and_plans_with_the_smaller() -> None:
    globemaster = load_platforms()["c-17"]
    assert globemaster.capacity_mass_kg == 40_800
    assert globemaster.provenance["capacity_mass_kg"] == Provenance("S46", Grade.B, None, 40_800, 59_000, disputed=True)
    assert get_factor("air.c17.planload_hi").disputed


def test_vehicles_for_each_soldier_lie_in_the_seen_range() -> None:
    platforms = load_platforms()
    vehicles = people = 0
    for unit in load_unit_types().values():
        assert unit.notional
        assert unit.provenance.grade is Grade.ASSUMED
        people += unit.people
        driven = {PlatformKind.WHEELED, PlatformKind.TRACKED}
        vehicles += sum(items for key, items in unit.holdings.items() if platforms[key].kind in driven)
    assert 0.30 <= vehicles / people <= 0.44


def test_every_vehicle_of_a_unit_fits_a_train() -> None:
    platforms = load_platforms()
    train = platforms["train-1435"]
    assert train.item_mass_max_kg is not None
    held = {key for unit in load_unit_types().values() for key in unit.holdings}
    vehicles = [platforms[key] for key in held if platforms[key].kind in {PlatformKind.WHEELED, PlatformKind.TRACKED}]
    assert [v.platform_id for v in vehicles if v.mass_kg is None or v.mass_kg > train.item_mass_max_kg] == []
    assert [
        v.platform_id for v in vehicles if v.lane_cm is None or v.length_cm is None or v.lane_cm <= v.length_cm
    ] == []


def test_planning_factors_that_movement_needs() -> None:
    factors = load_factors()
    assert factors["road.convoy.vehicles"].planned == 24
    assert factors["rail.ramp.load_min"].planned == 240
    assert factors["air.opsday.options"].value is None
    assert factors["air.opsday.options"].planned == 16
    assert factors["port.apron"].planned == 30


def test_every_type_of_unit_has_a_symbol_the_demonstration_included() -> None:
    with (SCENARIO / "unit_types.csv").open(encoding="utf-8", newline="") as stream:
        own = {row["unit_type_id"] for row in csv.DictReader(stream)}
    assert load_unit_symbols().keys() == load_unit_types().keys() | own


@pytest.mark.parametrize(
    ("unit_type", "entity"),
    [
        ("inf-bn-light", "121100"),  # Infantry
        ("mech-bn-cv90", "121102"),  # Infantry, armored, mechanized or tracked
        ("tank-bn-abrams", "120500"),  # Armor
        ("recce-bn", "121300"),  # Reconnaissance
        ("art-bty-caesar", "130300"),  # Field artillery
        ("eng-coy", "140700"),  # Engineer
        ("eod-coy", "140800"),  # Explosive ordnance disposal
        ("cbrn-coy", "140100"),  # CBRN defense
        ("sig-coy", "111000"),  # Signal
        ("mp-coy", "141200"),  # Military police
        ("log-bn", "160600"),  # Combat service support
        ("maint-coy", "161100"),  # Maintenance
        ("med-coy-role2", "161400"),  # Medical treatment facility
        ("log-coy-transport", "163600"),  # Transportation
        ("avn-bn", "120600"),  # Aviation, rotary wing
        ("sof-coy", "121800"),  # Special operations forces
        ("isr-det", "121900"),  # Unmanned aerial systems
        ("minehunter", "120404"),  # Mine warfare ship, mine hunter
    ],
)
def test_entities_are_those_of_the_published_tables(unit_type: str, entity: str) -> None:
    assert load_unit_symbols()[unit_type].entity == entity


def test_unknown_factor_names_the_remedy() -> None:
    with pytest.raises(UnknownFactor, match=r'"rail\.magic" is not in factors\.csv; add it there'):
        get_factor("rail.magic")


def test_confidence_l_is_used_only_with_a_warning_or_a_note() -> None:
    low = {key for key, source in load_sources().items() if source.confidence is Confidence.L}
    for factor in load_factors().values():
        if factor.provenance.source in low:
            assert factor.provenance.grade.needs_warning or "relay" in factor.note, factor.factor_id


def test_all_tables_load_in_a_blink(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cold")
    for table in DATA.glob("*.csv"):
        (folder / table.name).write_bytes(table.read_bytes())
    start = time.perf_counter()
    load_places(folder), load_unit_types(folder), load_factors(folder)
    assert time.perf_counter() - start < 0.5
    assert load_places(folder) is load_places(folder)
