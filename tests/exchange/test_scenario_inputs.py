from dataclasses import fields
from datetime import date

import pytest

from exchange.scenario_files import ten_line, with_cell
from muster.exchange.scenario import COMMON_COLUMNS, TABLES, UnknownCase, matching_problem, read_scenario
from muster.forces import (
    Activation,
    ActivationState,
    Caveat,
    Component,
    Gate,
    GateState,
    Nation,
    Offer,
    OfferStatus,
    Part,
    PlaceAllowed,
    Requirement,
    Size,
)
from muster.forces.matching.gate_scenarios import GateScenario
from muster.forces.matching.problem import Assumption, Rotation
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
    assert scenario.list_values("requirements", "base", Requirement) == (
        Requirement(
            requirement_id="R-1",
            name="Infantry at the camp",
            component=Component.LAND,
            capability="infantry",
            size=Size.COMPANY,
            quantity=1,
            unit_type="inf-coy",
            place="UA-YAVORIV-CAMP",
            phase="build-up",
            needed_from=c_day(30),
            needed_until=c_day(365),
            notice_max_d=20,
            must_have=("english", "night"),
            tolerates=("time",),
            task="camp guard",
            criticality=2,
            max_nations=2,
            framework="FRA",
        ),
    )
    assert scenario.list_values("offers", "base", Offer)[1] == Offer(
        offer_id="O-2",
        nation="FRA",
        name="Infantry companies",
        capability="infantry",
        size=Size.COMPANY,
        quantity=4,
        unit_type="inf-coy",
        notice_days=10,
        available_from=c_day(20),
        available_until=c_day(400),
        place_allowed=PlaceAllowed.IN_COUNTRY,
        status=OfferStatus.PLEDGE,
        has=("english", "night"),
        tour_max_months=4,
        home="FR-SUIPPES",
        said_on="2026-11-02",
        source="made up for this example",
    )
    assert scenario.list_values("gates", "base", Gate) == (
        Gate(gate_id="G-1", nation="POL", kind="parliament", state=GateState.CLOSED, opens=c_day(3), likelihood=0.9),
    )


def test_caveats_of_service_do_not_reach_the_movement_room() -> None:
    scenario = read_scenario(ten_line())
    told = [caveat.caveat_id for caveat in scenario.list_values("caveats", "base", Caveat)]
    assert told == ["FRA-air", "POL-tanks", "FRA-entry", "FRA-guard", "POL-strength"]
    assert [caveat.caveat_id for caveat in scenario.movement_inputs().caveats] == told[:3]


def test_a_matching_problem_has_the_rows_places_and_factors_of_its_case() -> None:
    problem = matching_problem(read_scenario(ten_line()), months=12)
    assert (problem.case, problem.months, problem.mission_country) == ("base", 12, "UKR")
    assert problem.countries == {"UA-YAVORIV-CAMP": "UKR"}
    assert problem.people_by_type == {"inf-coy": 150, "tank-coy-leopard": 110}
    assert problem.rotation == Rotation(ratio=4, tour_months=6, overlap_d=7, deploy_d=14)
    assert problem.status_likelihood == {"statement": 0.6, "pledge": 0.8, "formal": 0.95, "withdrawn": 0.0}
    assert problem.activations[3] == Activation(
        state=ActivationState.ORDER,
        at=DayOffset(DayMark.G, 2 * 1440),
        nation="POL",
        source="made up for this example",
    )
    assert problem.assumptions[0] == Assumption(
        factor_id="force.rotation_ratio", value=4, unit="ratio", source="M22", grade="D"
    )
    assert [factor.low for factor in problem.assumptions[1:]] == [4, 3, 7, 0.4, 0.65, 0.85]


def test_a_matching_problem_takes_the_gates_as_supposed() -> None:
    scenario = read_scenario(ten_line())
    states = {
        gates: [(gate.state, gate.opens) for gate in matching_problem(scenario, gates=gates).gates]
        for gates in GateScenario
    }
    assert states == {
        "expected": [(GateState.CLOSED, c_day(3))],
        "today": [(GateState.CLOSED, None)],
        "open": [(GateState.OPEN, c_day(3))],
    }


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
        ("nations", Nation, {"source"}),
        ("requirements", Requirement, {"source"}),
        ("offers", Offer, {"source"}),
        ("gates", Gate, {"source"}),
        ("activations", Activation, {"source"}),
        ("caveats", Caveat, {"source", "note"}),
    ],
)
def test_the_tables_have_a_column_for_every_attribute(table: str, kind: type, not_columns: set[str]) -> None:
    columns = {column.name for column in TABLES[table].columns} - {"exceptions"}
    assert columns == {field.name for field in fields(kind)} - not_columns
    assert not columns & {column.name for column in COMMON_COLUMNS}
