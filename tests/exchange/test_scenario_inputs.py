from dataclasses import fields
from datetime import date

import pytest

from exchange.scenario_files import ten_line, with_cell
from muster.exchange.scenario import COMMON_COLUMNS, TABLES, UnknownCase, read_scenario
from muster.forces import Gate, Nation, Offer, Part, Requirement
from muster.measures import DayMark, DayOffset, Timeline
from muster.movement.inputs import CalendarRow, CargoItem, Fleet, RequirementLine
from muster.movement.problem import ResourceKind
from muster.reference import Grade, Place, PlaceKind, Platform, Provenance, UnitType, load_places


def c_day(days: int) -> DayOffset:
    return DayOffset(DayMark.C, days * 1440)


def test_the_tables_of_a_case_become_the_values_of_the_movement_room() -> None:
    inputs = read_scenario(ten_line()).movement_inputs()
    assert (inputs.title, inputs.case) == ("Amber Bridge, a ten-line example", "base")
    assert (inputs.horizon_d, inputs.permit_regime) == (45, "eu")
    assert inputs.timeline == Timeline(g_day_min=-14400, d_day_min=28800, c_day=date(2027, 3, 1))
    assert inputs.lines[6] == RequirementLine(
        uln="POL-01",
        nation="POL",
        name="Tank company",
        priority=3,
        rld=DayOffset(DayMark.G, 12 * 1440 + 360),
        rdd=DayOffset(DayMark.D, 5 * 1440),
        origin="PL-SWIETOSZOW",
        dest="UA-YAVORIV-CAMP",
        unit_type="tank-coy-leopard",
        staging="PLRZE",
        join_window_d=6.0,
        cohesion_window_d=4.0,
    )
    assert inputs.cargo[0] == CargoItem(uln="FRA-05", platform="container-20", quantity=24)
    assert inputs.fleets[5] == Fleet(
        fleet_id="HET-POL",
        platform="het",
        count=2,
        packet=8,
        home="PL-KRAKOW",
        nation="POL",
        users=("POL", "FRA"),
        available_until=c_day(40),
        load_min=60,
        unload_min=45,
    )
    assert inputs.calendars[2] == CalendarRow(
        place="PLRZE", resource=ResourceKind.STAGING_VEHICLES, starts=c_day(10), capacity=240
    )


def test_a_case_has_its_own_rows_and_those_of_every_case() -> None:
    scenario = read_scenario(ten_line())
    base, quick = scenario.movement_inputs("base"), scenario.movement_inputs("quick")
    assert [line.uln for line in base.lines if line not in quick.lines] == ["FRA-06"]
    assert [(fleet.fleet_id, fleet.count) for fleet in quick.fleets if fleet not in base.fleets] == [("COACH-POL", 1)]
    assert quick.scenario_hash == base.scenario_hash


def test_an_unknown_case_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownCase, match='no case "bas". Did you mean "base"?'):
        read_scenario(ten_line()).movement_inputs("bas")


def test_rows_are_laid_over_packaged_places_cell_by_cell() -> None:
    places = read_scenario(ten_line()).movement_inputs().places
    packaged, laid = load_places()["PLRZE"], places["PLRZE"]
    assert (laid.rail_ramps, laid.staging_vehicles, laid.staging_people) == (3, 240, 900)
    assert (laid.name, laid.rail_trains_per_day) == (packaged.name, packaged.rail_trains_per_day)
    assert laid.provenance["rail_ramps"] == Provenance(
        "scenario", Grade.ASSUMED, note="ramps and waiting room kept for the force"
    )
    assert laid.provenance["rail_trains_per_day"] == packaged.provenance["rail_trains_per_day"]
    camp = places["UA-YAVORIV-CAMP"]
    assert (camp.country, camp.kinds) == ("UKR", frozenset({PlaceKind.GARRISON, PlaceKind.TRAINING}))


def test_rows_are_laid_over_unit_types_holdings_platforms_and_factors() -> None:
    inputs = read_scenario(ten_line()).movement_inputs()
    team = inputs.unit_types["port-team"]
    assert (team.people, team.containers_teu, team.holdings["truck-4x4"]) == (90, 6, 12)
    assert inputs.platforms["container-spares"].mass_kg == 9000
    speed = inputs.factors["rail.speed.military_kmh"]
    assert (speed.planned, speed.low, speed.high) == (30, 25, 45)
    assert inputs.adopted == {"rail.speed.military_kmh", "staging.integration_h"}


def test_values_of_the_forces_room_come_from_their_tables() -> None:
    scenario = read_scenario(ten_line())
    assert scenario.list_values("nations", "base", Nation)[2] == Nation(
        nation="UKR", name="Ukraine", part=Part.HOST, source="made up for this example"
    )
    assert len(scenario.list_values("requirements", "base", Requirement)) == 1
    assert scenario.list_values("offers", "base", Offer)[0].gate == "G-1"
    assert scenario.list_values("gates", "base", Gate)[0].likelihood == 0.9


def test_the_hash_changes_with_what_a_table_says_and_with_the_order_of_rows_alone() -> None:
    files = ten_line()
    plain = read_scenario(files).scenario_hash
    assert read_scenario(with_cell(files, "lift.csv", 2, "count", "5")).scenario_hash != plain
    assert read_scenario(with_cell(files, "lift.csv", 2, "note", "")).scenario_hash == plain
    header, *rows = files["calendars.csv"].splitlines(keepends=True)
    turned = {**files, "calendars.csv": header + b"".join(reversed(rows))}
    assert read_scenario(turned).scenario_hash != plain


def test_what_is_written_anew_says_the_same() -> None:
    scenario = read_scenario(ten_line())
    again = read_scenario(dict(scenario.files()))
    assert again.files() == scenario.files()
    assert again.movement_inputs() == scenario.movement_inputs()


@pytest.mark.parametrize(
    ("table", "kind", "not_columns"),
    [
        ("places", Place, {"note", "provenance"}),
        ("platforms", Platform, {"note", "provenance"}),
        ("unit_types", UnitType, {"note", "provenance", "holdings", "holdings_provenance"}),
        ("lines", RequirementLine, set()),
        ("lift", Fleet, set()),
    ],
)
def test_the_tables_have_a_column_for_every_attribute(table: str, kind: type, not_columns: set[str]) -> None:
    columns = {column.name for column in TABLES[table].columns} - {"exceptions"}
    assert columns == {field.name for field in fields(kind)} - not_columns
    assert not columns & {column.name for column in COMMON_COLUMNS}
