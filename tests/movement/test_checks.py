"""The checker names each breach: a clean plan is spoiled by hand in one way, and exactly that rule is named."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from movement.clean_plan import (
    HORIZON_MIN,
    clean_plan,
    clean_problem,
    driven,
    shifted,
    with_move,
    with_step,
    with_voyage,
)
from movement.instances import DAY_MIN, steady
from muster.movement import checks
from muster.movement.checks import RULES, Finding, check
from muster.movement.plan import Plan, Step, Unmoved, Voyage
from muster.movement.problem import (
    CapacityStep,
    Caveat,
    Gangs,
    Override,
    OverrideKind,
    Permit,
    Problem,
    Resource,
    ResourceKind,
)
from muster.network import Mode

Where = tuple[str, str | None, str | None, str | None, int | None, int | None, int | None]


def where(finding: Finding) -> Where:
    """All of a finding but its rule and its words."""
    return (finding.subject, finding.line, finding.leg, finding.place, finding.minute, finding.amount, finding.limit)


def only(plan: Plan, rule: str, problem: Problem | None = None) -> Finding:
    """The one finding of a plan that breaks one rule once."""
    findings = check(problem or clean_problem(), plan)
    assert [finding.rule for finding in findings] == [rule], [finding.message for finding in findings]
    return findings[0]


def empty_trip(asset_id: str, origin: str, destination: str, start_min: int, end_min: int) -> Voyage:
    return Voyage(voyage_id="EXTRA", asset_id=asset_id, leg_id=None, origin=origin, destination=destination,
                  load_start_min=start_min, departure_min=start_min, arrival_min=end_min,
                  unload_end_min=end_min)  # fmt: skip


def test_a_clean_plan_has_no_findings() -> None:
    assert check(clean_problem(), clean_plan()) == ()


@pytest.mark.parametrize("resource_id", [resource.resource_id for resource in clean_problem().resources])
def test_one_more_of_any_resource_never_breaks_a_clean_plan(resource_id: str) -> None:
    problem = clean_problem()
    more = tuple(
        replace(each, steps=tuple(replace(step, capacity=step.capacity + 1) for step in each.steps))
        if each.resource_id == resource_id
        else each
        for each in problem.resources
    )
    assert check(replace(problem, resources=more), clean_plan()) == ()


def test_well_formed_when_the_plan_was_made_for_another_case() -> None:
    found = only(replace(clean_plan(), case="high"), "well_formed")
    assert where(found) == ("high", None, None, None, None, None, None)
    assert (
        found.message == 'The plan was made for case "high", and the problem is case "base"; check it against its own.'
    )


def test_well_formed_when_a_load_keeps_another_time_than_its_voyage() -> None:
    plan = clean_plan()
    step = replace(plan.moves[3].steps[1], arrival_min=3_640)
    found = only(with_step(plan, "BRAVO/people/1", 1, step), "well_formed")
    assert where(found) == ("BRAVO/people/1", "BRAVO", "bus:YARD>CAMP", None, 3_060, None, None)


def test_well_formed_when_a_load_moves_twice() -> None:
    plan = clean_plan()
    found = only(replace(plan, moves=(*plan.moves, plan.moves[0])), "well_formed")
    assert where(found) == ("ALPHA/people/1", "ALPHA", None, None, None, 1, 1)


def test_within_horizon_when_an_empty_bus_comes_home_too_late() -> None:
    trip = empty_trip("bus-5", "CAMP", "YARD", HORIZON_MIN - 100, HORIZON_MIN + 440)
    found = only(replace(clean_plan(), voyages=(*clean_plan().voyages, trip)), "within_horizon")
    assert where(found) == ("bus-5", None, None, None, HORIZON_MIN + 440, 440, HORIZON_MIN)
    assert found.message == 'Voyage "EXTRA" ends at C+60 07:20, 7 h 20 min after the horizon C+60.'


def test_ready_before_moving_when_a_convoy_starts_an_hour_early() -> None:
    early = driven("convoy:BARRACKS>YARD", 540, 2_340)
    found = only(with_step(clean_plan(), "ALPHA/wheels", 0, early), "ready_before_moving")
    assert where(found) == ("ALPHA/wheels", "ALPHA", "convoy:BARRACKS>YARD", "BARRACKS", 540, 60, 600)
    assert found.message == (
        'Load "ALPHA/wheels" starts from BARRACKS at C+0 09:00, 1 h before line "ALPHA" is ready at C+0 10:00.'
    )


def test_one_place_at_a_time_when_tanks_board_the_second_train_before_leaving_the_first() -> None:
    found = only(shifted(clean_plan(), "V07", -60), "one_place_at_a_time")
    assert where(found) == ("ALPHA/tracks", "ALPHA", "train:GAUGE>YARD", "GAUGE", 2_565, 60, 2_625)


def test_one_place_at_a_time_when_the_load_skips_a_leg() -> None:
    plan = with_move(clean_plan(), "ALPHA/tracks", lambda move: replace(move, steps=(move.steps[0], move.steps[2])))
    findings = check(clean_problem(), plan)
    assert {finding.rule for finding in findings} == {"one_place_at_a_time"}
    assert [finding.place for finding in findings] == ["BARRACKS", "YARD"]


def test_one_place_at_a_time_when_the_load_takes_the_itinerary_of_another() -> None:
    other = with_move(clean_plan(), "DELTA/wheels", lambda move: replace(move, itinerary_id="people-road:DEPOT"))
    found = only(other, "one_place_at_a_time")
    assert where(found) == ("DELTA/wheels", "DELTA", "convoy:DEPOT>YARD", "DEPOT", 2_880, None, None)


def test_travel_time_when_a_convoy_arrives_an_hour_too_soon() -> None:
    fast = driven("convoy:BARRACKS>YARD", 720, 2_460)
    found = only(with_step(clean_plan(), "ALPHA/wheels", 0, fast), "travel_time")
    assert where(found) == ("ALPHA/wheels", "ALPHA", "convoy:BARRACKS>YARD", "BARRACKS", 720, 60, 1_800)


def test_travel_time_when_a_train_is_loaded_too_quickly() -> None:
    found = only(with_voyage(clean_plan(), "V07", load_start_min=2_645), "travel_time")
    assert where(found) == ("broad-1", None, "train:GAUGE>YARD", "GAUGE", 2_645, 20, 240)


def test_travel_time_when_an_empty_trip_is_too_fast() -> None:
    found = only(with_voyage(clean_plan(), "V01", departure_min=10, load_start_min=10), "travel_time")
    assert where(found) == ("bus-1", None, None, "DEPOT", 10, 10, 700)


def test_whole_line_when_the_vehicles_of_a_battery_are_left_behind() -> None:
    plan = clean_plan()
    torn = replace(plan, moves=tuple(move for move in plan.moves if move.load_id != "BRAVO/wheels"))
    found = only(torn, "whole_line")
    assert where(found) == ("BRAVO", "BRAVO", None, "DEPOT", None, 1, 0)


@pytest.mark.parametrize(
    ("unmoved", "subject", "amount", "limit"),
    [((), "CHARLIE", 1, 1), (("CHARLIE", "CHARLIE"), "CHARLIE", 1, 1), (("CHARLIE", "DELTA"), "DELTA", 1, 0)],
)
def test_whole_line_when_a_line_is_told_of_never_or_twice(
    unmoved: tuple[str, ...], subject: str, amount: int, limit: int
) -> None:
    told = replace(clean_plan(), unmoved=tuple(Unmoved(uln=uln, reason="No ship.") for uln in unmoved))
    found = only(told, "whole_line")
    assert (found.subject, found.amount, found.limit) == (subject, amount, limit)


def test_asset_capacity_when_two_busloads_ride_in_one() -> None:
    first = clean_plan().moves[3].steps[0]
    found = only(with_step(clean_plan(), "BRAVO/people/2", 0, first), "asset_capacity")
    assert where(found) == ("bus-2", "BRAVO", "bus:DEPOT>YARD", "DEPOT", 1_440, 15, 100)
    assert found.message == (
        'Voyage "V10" of asset "bus-2" at C+1 00:30 carries people 115, 15 over its 100: '
        "BRAVO/people/1, BRAVO/people/2."
    )


def test_asset_continuity_when_a_train_is_sent_on_before_it_has_come_back() -> None:
    found = only(shifted(clean_plan(), "V06", 400), "asset_continuity")
    assert where(found) == ("broad-1", None, "train:GAUGE>YARD", "GAUGE", 2_625, 15, 2_640)


def test_asset_continuity_when_a_bus_begins_away_from_home() -> None:
    plan = clean_plan()
    found = only(replace(plan, voyages=plan.voyages[1:]), "asset_continuity")
    assert where(found) == ("bus-1", None, "bus:BARRACKS>YARD", "BARRACKS", 720, None, None)


def test_asset_continuity_when_the_asset_is_withdrawn_before_it_is_done() -> None:
    problem = clean_problem()
    leaving = tuple(
        replace(asset, available_until_min=7_800) if asset.asset_id == "bus-6" else asset for asset in problem.assets
    )
    found = only(clean_plan(), "asset_continuity", replace(problem, assets=leaving))
    assert where(found) == ("bus-6", None, "bus:YARD>CAMP", "YARD", 7_840, 40, 7_800)


def test_asset_daily_limit_when_transporters_turn_round_the_same_day() -> None:
    found = only(shifted(clean_plan(), "V09", 5_175 - 5_760), "asset_daily_limit")
    assert where(found) == ("het-1", None, None, None, 4_320, 305, 1_000)


def test_asset_users_when_a_bus_is_lent_to_a_nation_that_may_not_use_it() -> None:
    found = only(with_voyage(clean_plan(), "V13", asset_id="bus-4"), "asset_users")
    assert where(found) == ("BRAVO/people/2", "BRAVO", "bus:YARD>CAMP", "YARD", 3_060, None, None)


def test_mode_compatibility_when_tanks_ride_on_transporters_too_light_for_them() -> None:
    plan = with_voyage(with_voyage(clean_plan(), "V08", asset_id="light-1"), "V09", asset_id="light-1")
    found = only(plan, "mode_compatibility")
    assert where(found) == ("ALPHA/tracks", "ALPHA", "het:YARD>CAMP", "YARD", 4_005, 10_000, 50_000)


def test_mode_compatibility_when_a_bus_makes_the_leg_of_a_transporter() -> None:
    plan = with_voyage(clean_plan(), "V08", asset_id="bus-4")
    plan = replace(plan, voyages=tuple(voyage for voyage in plan.voyages if voyage.voyage_id != "V09"))
    rules = [finding.rule for finding in check(clean_problem(), plan)]
    assert rules.count("mode_compatibility") == 2
    assert set(rules) == {"mode_compatibility", "asset_users", "overrides"}


def test_node_capacity_when_one_more_convoy_crosses_the_border_in_a_day() -> None:
    same_day = driven("convoy:DEPOT>YARD", 1_500, 2_400)
    plan = with_step(clean_plan(), "DELTA/wheels", 0, same_day)
    problem = clean_problem()
    room = steady("YARD", ResourceKind.STAGING_VEHICLES, 200)
    roomy = tuple(room if each.resource_id == room.resource_id else each for each in problem.resources)
    found = only(plan, "node_capacity", replace(problem, resources=roomy))
    assert where(found) == ("BORDER/crossing_vehicles", None, None, "BORDER", DAY_MIN, 6, 24)


def test_node_capacity_when_two_trains_want_one_ramp() -> None:
    problem = clean_problem()
    shut = Resource(resource_id="ramp", place="GAUGE", kind=ResourceKind.RAMP,
                    steps=(CapacityStep(from_min=0, capacity=1), CapacityStep(from_min=2_700, capacity=0)))  # fmt: skip
    found = only(clean_plan(), "node_capacity", replace(problem, resources=(*problem.resources, shut)))
    assert where(found) == ("ramp", "ALPHA", "train:GAUGE>YARD", "GAUGE", 2_700, 1, 0)


def test_node_capacity_when_a_crossing_is_met_outside_its_hours() -> None:
    problem = clean_problem()
    open_hours = replace(steady("BORDER", ResourceKind.CREDITS, 9, period_min=DAY_MIN), hours=(600, 1_200))
    resources = (*(each for each in problem.resources if each.kind is not ResourceKind.CREDITS), open_hours)
    found = only(clean_plan(), "node_capacity", replace(problem, resources=resources))
    assert where(found) == ("BORDER/credits", "ALPHA", "bus:BARRACKS>YARD", "BORDER", 2_010, 30, 600)
    assert found.message == (
        '"V02" uses resource "BORDER/credits" at BORDER at C+1 09:30, 30 min outside its hours 10:00 to 20:00.'
    )


def test_node_capacity_when_a_nation_sends_more_people_than_its_caveat_allows() -> None:
    problem = clean_problem()
    limit = Resource(resource_id="FRA-a-day", place="UKR", kind=ResourceKind.CAVEAT, nation="FRA", period_min=DAY_MIN,
                     steps=(CapacityStep(from_min=0, capacity=100),))  # fmt: skip
    found = only(clean_plan(), "node_capacity", replace(problem, resources=(*problem.resources, limit)))
    assert where(found) == ("FRA-a-day", "BRAVO", None, "UKR", DAY_MIN, 31, 100)


def test_staging_capacity_when_vehicles_stay_on_in_a_full_yard() -> None:
    stays = driven("convoy:YARD>CAMP", 3_300, 4_200)
    found = only(with_step(clean_plan(), "BRAVO/wheels", 1, stays), "staging_capacity")
    assert where(found) == ("YARD/staging_vehicles", None, None, "YARD", 3_285, 2, 20)


def test_permit_before_crossing_when_a_bus_is_at_the_border_ten_minutes_early() -> None:
    found = only(shifted(clean_plan(), "V02", -20), "permit_before_crossing")
    assert where(found) == ("ALPHA/people/1", "ALPHA", "bus:BARRACKS>YARD", "UKR", 1_990, 10, 2_000)


def test_permit_before_crossing_when_it_is_never_granted() -> None:
    never = Permit(permit_id="FRA-UKR", nation="FRA", country="UKR", granted_min=None)
    findings = check(replace(clean_problem(), permits=(never,)), clean_plan())
    assert [(each.rule, each.line, each.amount) for each in findings] == [("permit_before_crossing", "BRAVO", None)] * 3


def test_caveats_when_a_convoy_starts_before_its_nation_allows() -> None:
    early = driven("convoy:DEPOT>YARD", 1_400, 2_300)
    found = only(with_step(clean_plan(), "BRAVO/wheels", 0, early), "caveats")
    assert where(found) == ("BRAVO/wheels", "BRAVO", "convoy:DEPOT>YARD", "DEPOT", 1_400, 40, 1_440)


def test_caveats_when_a_country_is_forbidden_for_good() -> None:
    never = Caveat(caveat_id="DEU-1", nation="DEU", country="UKR", mode=Mode.RAIL)
    found = only(clean_plan(), "caveats", replace(clean_problem(), caveats=(never,)))
    assert where(found) == ("ALPHA/tracks", "ALPHA", "train:GAUGE>YARD", "GAUGE", 2_625, None, None)


def test_rsom_join_when_vehicles_move_on_before_the_battery_is_integrated() -> None:
    early = driven("convoy:YARD>CAMP", 3_000, 3_960)
    found = only(with_step(clean_plan(), "BRAVO/wheels", 1, early), "rsom_join")
    assert where(found) == ("BRAVO/wheels", "BRAVO", "convoy:YARD>CAMP", "YARD", 3_000, 60, 3_060)


def test_rsom_join_when_the_tanks_come_too_long_after_the_people() -> None:
    problem = clean_problem()
    lines = tuple(replace(line, join_window_min=1_000) if line.uln == "ALPHA" else line for line in problem.lines)
    found = only(clean_plan(), "rsom_join", replace(problem, lines=lines))
    assert where(found) == ("ALPHA", "ALPHA", None, "YARD", 3_285, 105, 1_000)


def test_unit_cohesion_when_the_convoy_rests_too_long() -> None:
    slow = driven("convoy:YARD>CAMP", 3_060, 4_460)
    found = only(with_step(clean_plan(), "BRAVO/wheels", 1, slow), "unit_cohesion")
    assert where(found) == ("BRAVO", "BRAVO", None, "CAMP", 4_460, 80, 720)


def test_predecessors_closed_when_the_company_that_opens_the_camp_is_on_the_way() -> None:
    found = only(clean_plan(), "predecessors_closed", change_line(clean_problem(), "DELTA", after=("BRAVO",)))
    assert where(found) == ("DELTA/wheels", "DELTA", "convoy:DEPOT>YARD", "DEPOT", 2_880, 1_080, 3_960)
    assert found.message == (
        'Load "DELTA/wheels" starts from DEPOT at C+2, but its line "DELTA" waits for line "BRAVO", 18 h before it '
        "closes at C+2 18:00."
    )


def test_node_capacity_when_two_buses_are_loaded_by_one_gang() -> None:
    problem = clean_problem()
    legs = tuple(
        replace(leg, gangs=(Gangs(party="PORTERS", count=1),)) if leg.leg_id == "bus:DEPOT>YARD" else leg
        for leg in problem.legs
    )
    porters = steady("PORTERS", ResourceKind.GANGS, 1)
    problem = replace(problem, legs=legs, resources=(*problem.resources, porters))
    found = only(clean_plan(), "node_capacity", problem)
    assert where(found) == (porters.resource_id, "BRAVO", "bus:DEPOT>YARD", "PORTERS", 1_440, 1, 1)


def swapped(plan: Plan) -> Plan:
    """Echo takes the early buses and Foxtrot, which is urgent, the late ones."""
    steps = {move.load_id: move.steps for move in plan.moves}
    plan = with_move(plan, "ECHO/people/1", lambda move: replace(move, steps=steps["FOXTROT/people/1"]))
    return with_move(plan, "FOXTROT/people/1", lambda move: replace(move, steps=steps["ECHO/people/1"]))


def test_priority_order_when_the_urgent_company_waits_for_the_late_bus() -> None:
    found = only(swapped(clean_plan()), "priority_order")
    assert where(found) == ("FOXTROT/people/1", "FOXTROT", "bus:DEPOT>YARD", "DEPOT", 4_350, 1_440, 4_350)
    assert found.message == (
        'Load "FOXTROT/people/1" (priority 1) leaves DEPOT at C+4 00:30, 1 d after load "ECHO/people/1" (priority 5) '
        'took its place on voyage "V14", and line "FOXTROT" closes late.'
    )


def change_line(problem: Problem, uln: str, **changes: Any) -> Problem:
    lines = tuple(replace(line, **changes) if line.uln == uln else line for line in problem.lines)
    return replace(problem, lines=lines)


@pytest.mark.parametrize(
    "excused",
    [
        lambda problem: change_line(problem, "FOXTROT", required_min=7_840),
        lambda problem: change_line(problem, "FOXTROT", ready_min=4_330),
        lambda problem: change_line(problem, "FOXTROT", priority=5),
        lambda problem: change_line(problem, "ECHO", required_min=7_839),
        lambda problem: replace(problem, permits=(Permit(permit_id="GBR-UKR", nation="GBR", country="UKR",
                                                         granted_min=4_981),)),
    ],
    ids=["in time", "not ready", "no more urgent", "the other would be late", "no permit yet"],
)  # fmt: skip
def test_priority_order_when_there_is_an_excuse(excused: Callable[[Problem], Problem]) -> None:
    findings = check(excused(clean_problem()), swapped(clean_plan()))
    assert "priority_order" not in {finding.rule for finding in findings}


def test_overrides_when_a_locked_start_is_missed() -> None:
    found = only(with_voyage(clean_plan(), "V05", load_start_min=760), "overrides")
    assert where(found) == ("ALPHA/tracks", "ALPHA", "train:BARRACKS>GAUGE", "BARRACKS", 760, 40, 720)


@pytest.mark.parametrize(
    ("override", "subject", "place"),
    [
        (Override(override_id="X", kind=OverrideKind.PIN, uln="DELTA", place="GAUGE"), "DELTA/wheels", "GAUGE"),
        (Override(override_id="X", kind=OverrideKind.PIN, uln="ECHO", place="BORDER", mode=Mode.SEA), "ECHO/people/1",
         "BORDER"),
        (Override(override_id="X", kind=OverrideKind.FORBID, uln="DELTA", place="BORDER"), "DELTA/wheels", "BORDER"),
        (Override(override_id="X", kind=OverrideKind.FORBID, nation="DEU", place="GAUGE", mode=Mode.RAIL),
         "ALPHA/tracks", "GAUGE"),
        (Override(override_id="X", kind=OverrideKind.FIX_ASSET, uln="ECHO", asset="bus-1"), "ECHO/people/1", "DEPOT"),
    ],
)  # fmt: skip
def test_overrides_when_the_plan_does_not_keep_what_the_planner_fixed(
    override: Override, subject: str, place: str
) -> None:
    findings = check(replace(clean_problem(), overrides=(override,)), clean_plan())
    assert {(finding.rule, finding.subject) for finding in findings} == {("overrides", subject)}
    assert findings[0].place == place


STRANGE = (
    lambda plan: replace(plan, scenario_hash="other"),
    lambda plan: with_voyage(plan, "V08", asset_id="nobody"),
    lambda plan: with_voyage(plan, "V08", leg_id="nowhere"),
    lambda plan: with_voyage(plan, "V08", voyage_id="V07"),
    lambda plan: with_voyage(plan, "V09", destination="ATLANTIS"),
    lambda plan: with_voyage(plan, "V08", origin="CAMP"),
    lambda plan: with_move(plan, "ALPHA/tracks", lambda move: replace(move, load_id="stowaway")),
    lambda plan: with_move(plan, "ALPHA/tracks", lambda move: replace(move, itinerary_id="nowhere")),
    lambda plan: with_step(plan, "ALPHA/tracks", 1, replace(plan.moves[2].steps[1], leg_id="nowhere")),
    lambda plan: with_step(plan, "ALPHA/tracks", 1, replace(plan.moves[2].steps[1], voyage_id="V99")),
    lambda plan: with_step(plan, "ALPHA/tracks", 1, replace(plan.moves[2].steps[1], voyage_id=None)),
    lambda plan: replace(plan, unmoved=(*plan.unmoved, Unmoved(uln="ZULU", reason="Unknown."))),
)


@pytest.mark.parametrize("edit", STRANGE)
def test_well_formed_when_the_plan_names_what_is_not_there(edit: Callable[[Plan], Plan]) -> None:
    assert "well_formed" in {finding.rule for finding in check(clean_problem(), edit(clean_plan()))}


@pytest.mark.parametrize("seed", range(40))
def test_any_mangled_plan_is_judged_and_never_crashes(seed: int) -> None:
    draw = random.Random(seed)
    plan = clean_plan()
    names = ["", "V01", "V08", "ALPHA/tracks", "het:YARD>CAMP", "bus-1", "CAMP", "nothing"]

    def mangled_field(fields: tuple[str, ...]) -> dict[str, Any]:
        field = draw.choice(fields)
        return {field: draw.randint(-9_999, 99_999) if field.endswith("_min") else draw.choice(names)}

    def mangle_step(step: Step) -> Step:
        return replace(step, **mangled_field(("leg_id", "voyage_id", "start_min", "departure_min", "end_min")))

    def mangle_voyage(voyage: Voyage) -> Voyage:
        return replace(voyage, **mangled_field(("voyage_id", "asset_id", "leg_id", "origin", "departure_min")))

    moves = tuple(
        replace(move, steps=tuple(mangle_step(step) for step in move.steps[draw.randint(0, 1) :]))
        for move in plan.moves
    )
    mangled = replace(plan, moves=moves, voyages=tuple(mangle_voyage(voyage) for voyage in plan.voyages))
    findings = check(clean_problem(), mangled)
    assert findings
    assert {finding.rule for finding in findings} <= set(RULES)
    assert all(finding.message.endswith(".") for finding in findings)


def test_rules_functions_page_and_tests_agree_by_name() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formulation" / "movement.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if re.match(r"\| `\w+` \|", line)]
    assert tuple(row[1].strip(" `") for row in rows) == RULES
    assert [row[1].strip() for row in rows] == [row[-3].strip() for row in rows]
    for rule in RULES:
        function = getattr(checks, rule)
        assert ".. math::" in (function.__doc__ or "")
        assert "Why:" in (function.__doc__ or "")
        assert any(name.startswith(f"test_{rule}_when_") for name in globals()), rule
