"""A problem prepared from real tables and the real network; each test changes one thing in the ten-line example."""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from muster.cli.folders import read_scenario_folder
from muster.forces import Caveat, CaveatEffect
from muster.measures import MINUTES_PER_DAY, DayOffset
from muster.movement.inputs import CalendarRow, LinkRow, MovementInputs, OverrideRow, PermitRule, PermitState
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.problem import (
    SELF,
    CapacityStep,
    CargoClass,
    Carrier,
    Leg,
    OverrideKind,
    Problem,
    ResourceKind,
)
from muster.network import Mode, load_transport_network

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ten-line"


@cache
def example() -> MovementInputs:
    return read_scenario_folder(EXAMPLE).movement_inputs("base")


def only(*ulns: str) -> MovementInputs:
    """The example with some of its lines."""
    return replace(example(), lines=tuple(line for line in example().lines if line.uln in ulns))


@cache
def french_company() -> Problem:
    return prepare_problem(only("FRA-02"), load_transport_network())


def ways_of(problem: Problem, uln: str, cargo: CargoClass) -> list[list[Leg]]:
    """Legs of every itinerary of a line's first load of a class."""
    load = next(load for load in problem.loads if (load.uln, load.cargo) == (uln, cargo))
    return [[problem.leg_of[leg] for leg in problem.itinerary_of[name].legs] for name in load.itineraries]


def crossings_of(ways: list[list[Leg]]) -> set[str]:
    return {passage.crossing for way in ways for leg in way for passage in leg.passages}


def test_every_itinerary_runs_from_origin_over_the_staging_area_to_the_destination() -> None:
    problem = french_company()
    line = problem.line_of["FRA-02"]
    for load in problem.loads:
        assert load.itineraries
        for name in load.itineraries:
            itinerary = problem.itinerary_of[name]
            legs = [problem.leg_of[leg] for leg in itinerary.legs]
            stops = [legs[0].origin, *(leg.destination for leg in legs)]
            assert (stops[0], stops[-1]) == (line.origin, line.destination)
            assert itinerary.staged_after is not None
            assert stops[itinerary.staged_after] == line.staging
            assert all(before.destination == after.origin for before, after in pairwise(legs))


def test_wheeled_vehicles_are_offered_road_and_rail() -> None:
    carriers = {tuple(leg.carrier for leg in way) for way in ways_of(french_company(), "FRA-02", CargoClass.WHEELED)}
    assert (Carrier.TRAIN, Carrier.CONVOY) in carriers
    assert all(Carrier.AIRCRAFT not in way for way in carriers)


def test_a_train_never_runs_through_a_change_of_gauge() -> None:
    problem = french_company()
    gauges = {leg.leg_id.split(":")[1] for leg in problem.legs if leg.carrier is Carrier.TRAIN}
    assert gauges <= {"1435", "1520"}
    for leg in problem.legs:
        if leg.carrier is Carrier.TRAIN:
            assert set(leg.travel_min) == {f"train-{leg.leg_id.split(':')[1]}"}


def test_the_way_into_ukraine_passes_one_listed_crossing_and_may_go_round_it() -> None:
    onward = [
        leg
        for leg in french_company().legs
        if leg.carrier is Carrier.CONVOY and (leg.origin, leg.destination) == ("PLRZE", "UA-YAVORIV-CAMP")
    ]
    crossings = [tuple(passage.crossing for passage in leg.passages) for leg in onward]
    assert len(crossings) >= 2
    assert len(set(crossings)) == len(crossings)
    assert all(len(passed) == 1 for passed in crossings)
    assert all([entry.country for entry in leg.countries] == ["POL", "UKR"] for leg in onward)


def test_a_convoy_rests_when_its_driving_day_is_over() -> None:
    problem = prepare_problem(only("POL-01", "POL-02"), load_transport_network())
    convoy = max((leg for leg in problem.legs if leg.carrier is Carrier.CONVOY), key=lambda leg: leg.distance_m)
    driving_min = -(-convoy.distance_m * 60 // 40_000)
    rests = (driving_min - 1) // 600
    assert convoy.travel_min == {SELF: driving_min + rests * 840}
    assert rests >= 1


def test_permits_follow_the_regime_and_the_nation() -> None:
    granted = {permit.country: permit.granted_min for permit in french_company().permits}
    three_days_after_the_order = max(0, (-10 + 3) * MINUTES_PER_DAY)
    assert granted["POL"] == three_days_after_the_order
    assert granted["UKR"] == max(0, -5 * MINUTES_PER_DAY)
    assert "FRA" not in granted


def test_a_denied_permit_leaves_no_way_and_says_so() -> None:
    refusal = PermitRule(
        permit_id="UKR-NO",
        country="UKR",
        nation="FRA",
        requested=DayOffset.parse("G+0"),
        lead_h=1,
        state=PermitState.DENIED,
    )
    inputs = only("FRA-02")
    problem = prepare_problem(replace(inputs, permits=(*inputs.permits, refusal)), load_transport_network())
    assert {(no_way.uln, no_way.reason) for no_way in problem.no_ways} == {
        ("FRA-02", "permit UKR-NO for UKR is denied")
    }


def test_a_country_that_refuses_to_be_crossed_is_gone_round() -> None:
    refusal = PermitRule(
        permit_id="DEU-NO",
        country="DEU",
        nation="FRA",
        requested=DayOffset.parse("G+0"),
        lead_h=1,
        state=PermitState.DENIED,
    )
    inputs = only("FRA-02")
    others = tuple(rule for rule in inputs.permits if rule.country != "DEU")
    problem = prepare_problem(replace(inputs, permits=(*others, refusal)), load_transport_network())
    entered = {entry.country for leg in problem.legs for entry in leg.countries}
    assert any("DEU" in {entry.country for entry in leg.countries} for leg in french_company().legs)
    assert (problem.no_ways, "DEU" in entered, {"CHE", "AUT"} <= entered) == ((), False, True)
    assert all(load.itineraries for load in problem.loads)


def test_a_caveat_that_forbids_a_country_leaves_no_way_and_is_named() -> None:
    caveat = Caveat(
        caveat_id="FRA-OUT", nation="FRA", category="area", effect=CaveatEffect.FORBIDS, country="UKR", place=None
    )
    problem = prepare_problem(replace(only("FRA-02"), caveats=(caveat,)), load_transport_network())
    assert {no_way.reason for no_way in problem.no_ways} == {"caveat FRA-OUT of FRA forbids it"}


def test_a_caveat_that_limits_is_a_resource_of_its_nation() -> None:
    limit = next(resource for resource in french_company().resources if resource.kind is ResourceKind.CAVEAT)
    assert (limit.place, limit.nation, limit.period_min) == ("UKR", "FRA", MINUTES_PER_DAY)
    assert limit.steps == (CapacityStep(from_min=0, capacity=400),)


def test_calendars_change_a_capacity_for_a_while() -> None:
    row = CalendarRow(
        place="PLRZE",
        resource=ResourceKind.STAGING_VEHICLES,
        starts=DayOffset.parse("C+5"),
        until=DayOffset.parse("C+7"),
        capacity=30,
    )
    problem = prepare_problem(replace(only("FRA-02"), calendars=(row,)), load_transport_network())
    usual = example().places["PLRZE"].staging_vehicles
    assert usual is not None
    assert problem.resource_of["PLRZE/staging_vehicles"].steps == (
        CapacityStep(from_min=0, capacity=usual),
        CapacityStep(from_min=5 * MINUTES_PER_DAY, capacity=30),
        CapacityStep(from_min=7 * MINUTES_PER_DAY, capacity=usual),
    )


def test_chosen_ports_are_offered_and_pinned() -> None:
    problem = prepare_problem(only("FRA-05"), load_transport_network())
    pins = {(pin.place, pin.cargo) for pin in problem.overrides if pin.is_chosen_port}
    assert ("PLGDN", CargoClass.CONTAINER) in pins
    ends = [
        {end for leg in way for end in (leg.origin, leg.destination)}
        for way in ways_of(problem, "FRA-05", CargoClass.CONTAINER)
    ]
    assert any({"FRLPE", "PLGDN"} <= passed for passed in ends)


def test_an_override_that_leaves_no_way_is_named() -> None:
    row = OverrideRow(override_id="STAY", kind=OverrideKind.FORBID, uln="FRA-02", place="UA-YAVORIV-CAMP")
    problem = prepare_problem(replace(only("FRA-02"), overrides=(row,)), load_transport_network())
    assert {no_way.reason for no_way in problem.no_ways} == {"override STAY leaves no way"}


def test_a_low_bridge_sends_high_vehicles_round_it() -> None:
    company = only("POL-01")
    links = [
        LinkRow(
            link_id=f"LOW-{crossing}",
            mode=Mode.ROAD,
            from_place="PLRZE",
            to_place="UA-LVIV",
            mlc_max=30,
            crossing=crossing,
        )
        for crossing in ("ROAD-KORCZOWA-KRAKOVETS",)
    ]
    problem = prepare_problem(replace(company, links=tuple(links)), load_transport_network())
    tanks = ways_of(problem, "POL-01", CargoClass.CARRIED)
    light = ways_of(problem, "POL-01", CargoClass.PEOPLE)
    assert "ROAD-KORCZOWA-KRAKOVETS" not in crossings_of(tanks)
    assert "ROAD-KORCZOWA-KRAKOVETS" in crossings_of(light)
    limited = [leg for leg in problem.legs if any(p.crossing == "ROAD-KORCZOWA-KRAKOVETS" for p in leg.passages)]
    assert {leg.mlc_tracked_max for leg in limited} == {30}


def test_assets_are_named_after_their_fleet_and_packets_carry_as_many() -> None:
    problem = french_company()
    coaches = [asset for asset in problem.assets if asset.fleet_id == "COACH-FRA"]
    assert [asset.asset_id for asset in coaches] == ["COACH-FRA-01", "COACH-FRA-02", "COACH-FRA-03"]
    kind = problem.asset_type_of[coaches[0].asset_type_id]
    assert (kind.capacity.people, kind.vehicles) == (5 * 48, 5)
    transporter = problem.asset_type_of[problem.asset_of["HET-POL-01"].asset_type_id]
    assert (transporter.capacity.vehicles, transporter.load_min, transporter.unload_min) == (8, 60, 45)


def test_equal_inputs_give_equal_problems() -> None:
    assert prepare_problem(only("FRA-02"), load_transport_network()) == french_company()


@pytest.mark.parametrize("cargo", [CargoClass.PEOPLE, CargoClass.CONTAINER])
def test_no_itinerary_is_offered_twice(cargo: CargoClass) -> None:
    load = next(load for load in french_company().loads if load.cargo is cargo)
    chains = [french_company().itinerary_of[name].legs for name in load.itineraries]
    assert len(set(chains)) == len(chains)


def test_a_chosen_port_that_no_way_uses_is_noted_and_not_pinned() -> None:
    company = only("FRA-02")
    line = replace(company.lines[0], poe="UA-KYIV")
    problem = prepare_problem(replace(company, lines=(line,)), load_transport_network())
    assert not [pin for pin in problem.overrides if pin.is_chosen_port]
    noted = next(entry for entry in problem.assumptions if entry.subject == "FRA-02 poe")
    assert (noted.value, noted.why) == ("UA-KYIV", "not kept: no way offered to the line uses it by any mode")


def test_a_line_that_waits_for_one_without_a_way_has_none_either() -> None:
    company = only("FRA-02", "FRA-03", "POL-03")
    after = {"FRA-03": ("FRA-02",), "POL-03": ("FRA-03",)}
    stays = OverrideRow(override_id="STAY", kind=OverrideKind.FORBID, uln="FRA-02", place="PLRZE")
    lines = tuple(replace(line, after=after.get(line.uln, ())) for line in company.lines)
    problem = prepare_problem(replace(company, lines=lines, overrides=(stays,)), load_transport_network())
    assert [(no_way.uln, no_way.reason) for no_way in problem.no_ways if no_way.load_id is None] == [
        ("FRA-03", 'It waits for line "FRA-02", which has no way.'),
        ("POL-03", 'It waits for line "FRA-03", which has no way.'),
    ]
