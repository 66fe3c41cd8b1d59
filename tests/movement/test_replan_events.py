"""Each thing that may happen, as a story of the five companies on their way to CAMP."""

from dataclasses import replace

import pytest

from movement.clean_plan import clean_plan, clean_problem
from movement.instances import DAY_MIN
from muster.movement.checks import check
from muster.movement.checks.places import Use
from muster.movement.plan import Move, Plan
from muster.movement.problem import CapacityStep, Override, OverrideKind, Problem, Resource, ResourceKind
from muster.movement.replan.calendars import left_over, shifted, within
from muster.movement.replan.changes import compare
from muster.movement.replan.curve import Point, replan
from muster.movement.replan.events import (
    Arrived,
    AssetLate,
    AssetLost,
    AssetOffered,
    CapacityChanged,
    DatesMoved,
    Departed,
    Event,
    EventRefused,
    Held,
    LineLate,
    OpeningDelayed,
    Overridden,
    PermitChanged,
    PlaceClosed,
    UnitOffered,
    UnitWithdrawn,
)
from muster.movement.replan.review import split

NOW_MIN = 2_700
"""Alpha's people and vehicles, and Bravo, wait at YARD; Alpha's tanks are on the last train; Delta is just coming."""


def story() -> Problem:
    """The problem of the five companies that move; Charlie stays at home for good."""
    problem = clean_problem()
    return replace(
        problem,
        lines=tuple(line for line in problem.lines if line.uln != "CHARLIE"),
        loads=tuple(load for load in problem.loads if load.uln != "CHARLIE"),
    )


def told() -> Plan:
    """The plan for them."""
    return replace(clean_plan(), unmoved=())


def least(*events: Event, now_min: int = NOW_MIN, problem: Problem | None = None, plan: Plan | None = None) -> Point:
    """The least changed plan; it keeps every rule but what has happened."""
    replanned = replan(
        problem or story(), plan or told(), events, now_min=now_min, iteration_limit=20
    )  # fmt: skip
    point = replanned.points[0]
    assert split(check(point.problem, point.plan), replanned.history)[0] == ()
    return point


def move_of(point: Point, load_id: str) -> Move:
    return next(move for move in point.plan.moves if move.load_id == load_id)


def changed(point: Point) -> list[str]:
    return [line.uln for line in point.changes.lines]


def test_nothing_happens_and_nothing_changes() -> None:
    point = least()
    assert {move.load_id: move.steps for move in point.plan.moves} == {
        move.load_id: replace_ids(move, point.plan) for move in clean_plan().moves
    }


def replace_ids(move: Move, plan: Plan) -> tuple[object, ...]:
    """Steps of a move with the voyage ids of another plan that has the same moves."""
    there = {other.load_id: other.steps for other in plan.moves}[move.load_id]
    return tuple(
        replace(step, voyage_id=other.voyage_id) for step, other in zip(move.steps, there, strict=True)
    )  # fmt: skip


def test_a_border_that_closes_holds_up_who_has_not_left_or_sends_them_by_rail() -> None:
    point = least(PlaceClosed(event_id="E", place="BORDER", start_min=NOW_MIN, end_min=6 * DAY_MIN))
    crossed = {
        load_id: move_of(point, load_id).steps[0].end_min >= 6 * DAY_MIN
        for load_id in ("DELTA/wheels", "ECHO/people/1", "FOXTROT/people/1")
    }
    assert crossed == {"DELTA/wheels": False, "ECHO/people/1": True, "FOXTROT/people/1": True}
    assert move_of(point, "DELTA/wheels").itinerary_id == "wheels-rail:DEPOT"
    assert changed(point) == ["DELTA", "ECHO", "FOXTROT"]


def test_a_ship_alongside_unloads_when_its_port_closes() -> None:
    berth = Resource(resource_id="PORT/berth", place="PORT", kind=ResourceKind.BERTH_RORO,
                     steps=(CapacityStep(from_min=0, capacity=3),))  # fmt: skip
    alongside = Use("PORT", ResourceKind.BERTH_RORO, 900, 1_200, 1, "S/1", ("L",), "sea")
    closed = within(berth, 1_000, 2_000, lambda _: 0, [alongside])
    assert [(step.from_min, step.capacity) for step in closed.steps] == [(0, 3), (1_000, 1), (1_200, 0), (2_000, 3)]
    left = left_over(closed, 1_000, [alongside])
    assert [(step.from_min, step.capacity) for step in left.steps] == [(0, 3), (900, 2), (1_000, 0), (2_000, 3)]


def test_a_day_on_which_trains_are_halved_keeps_those_that_have_gone() -> None:
    trains = Resource(resource_id="R/trains", place="R", kind=ResourceKind.TRAINS, period_min=DAY_MIN,
                      steps=(CapacityStep(from_min=0, capacity=4),))  # fmt: skip
    gone = [Use("R", ResourceKind.TRAINS, minute, None, 1, "T", ("L",), "rail") for minute in (10, 20, 30)]
    halved = within(trains, 600, 2 * DAY_MIN, lambda planned: planned // 2, gone)
    assert [(step.from_min, step.capacity) for step in halved.steps] == [(0, 3), (DAY_MIN, 2), (2 * DAY_MIN, 4)]
    assert left_over(halved, 600, gone).capacity_at(0) == 0


def test_a_bridge_that_is_late_opens_later() -> None:
    bridge = Resource(
        resource_id="B/credits", place="B", kind=ResourceKind.CREDITS, period_min=DAY_MIN,
        steps=(CapacityStep(from_min=0, capacity=1), CapacityStep(from_min=10 * DAY_MIN, capacity=9)),
    )  # fmt: skip
    late = shifted(bridge, 3 * DAY_MIN, 5 * DAY_MIN, ())
    assert late.steps == (CapacityStep(from_min=0, capacity=1), CapacityStep(from_min=15 * DAY_MIN, capacity=9))


def test_a_late_opening_changes_the_calendar_of_the_plan() -> None:
    problem = story()
    opening = (CapacityStep(from_min=0, capacity=24), CapacityStep(from_min=4 * DAY_MIN, capacity=40))
    wider = replace(
        problem,
        resources=tuple(
            replace(r, steps=opening) if r.kind is ResourceKind.CROSSING_VEHICLES else r for r in problem.resources
        ),
    )
    point = least(OpeningDelayed(event_id="E", place="BORDER", by_min=2 * DAY_MIN), problem=wider)
    vehicles = point.problem.resource_of["BORDER/crossing_vehicles"]
    assert vehicles.steps == (opening[0], CapacityStep(from_min=6 * DAY_MIN, capacity=40))


def test_fewer_march_credits_are_kept_from_now_on() -> None:
    credits_ = CapacityChanged(event_id="E", place="BORDER", kind=ResourceKind.CREDITS, start_min=NOW_MIN, percent=0)
    point = least(credits_)
    assert [unmoved.uln for unmoved in point.plan.unmoved] == ["ECHO", "FOXTROT"]


def test_a_lost_bus_ends_its_voyage_and_goes_no_more() -> None:
    point = least(AssetLost(event_id="E", asset_id="bus-5", at_min=4_500), now_min=4_500)
    assert [voyage.leg_id for voyage in point.plan.voyages if voyage.asset_id == "bus-5"] == ["bus:DEPOT>YARD"]
    assert point.problem.asset_of["bus-5"].available_until_min == 5_080
    assert changed(point) == ["FOXTROT"]
    assert point.changes.assets[0] in {"bus-1", "bus-2", "bus-4", "bus-5", "bus-6"}


def test_a_late_bus_takes_nothing_before() -> None:
    point = least(AssetLate(event_id="E", asset_id="bus-6", until_min=9_000))
    assert all(v.load_start_min >= 9_000 for v in point.plan.voyages if v.asset_id == "bus-6")
    assert move_of(point, "ECHO/people/1").steps[0].start_min >= NOW_MIN


def test_an_offered_bus_is_there_from_its_day_on() -> None:
    point = least(AssetOffered(event_id="E", asset_id="bus-9", like="bus-5", from_min=3_000, nation="FRA", home="YARD"))
    asset = point.problem.asset_of["bus-9"]
    assert (asset.nation, asset.home, asset.available_from_min, asset.asset_type_id) == ("FRA", "YARD", 3_000, "bus")
    assert point.changes.lines == ()


def test_an_offered_unit_moves_as_well() -> None:
    point = least(UnitOffered(event_id="E", uln="GOLF", like="DELTA", ready_min=3_000, nation="ITA"))
    golf = move_of(point, "GOLF/wheels")
    assert golf.steps[0].start_min >= 3_000
    assert point.problem.line_of["GOLF"].required_min == 3_000 + 9_000 - 1_440
    (change,) = point.changes.lines
    assert (change.uln, change.nation, change.legs, change.later_min) == ("GOLF", "ITA", 0, None)
    assert change.words[0].startswith("Moves as well. Closes on C+")


def test_a_withdrawn_unit_is_in_the_plan_no_more_and_its_bus_is_free() -> None:
    point = least(UnitWithdrawn(event_id="E", uln="FOXTROT"))
    assert "FOXTROT" not in {point.problem.load_of[move.load_id].uln for move in point.plan.moves}
    assert "bus-5" not in {voyage.asset_id for voyage in point.plan.voyages}
    assert (point.changes.lines, point.changes.assets) == ((), ("bus-5",))


def test_a_refused_permit_stops_who_has_not_left_and_is_a_fact_for_the_others() -> None:
    replanned = replan(
        story(), told(), [PermitChanged(event_id="E", nation="GBR", country="UKR")], now_min=4_400,
        iteration_limit=5,
    )  # fmt: skip
    point = replanned.points[0]
    open_findings, facts = split(check(point.problem, point.plan), replanned.history)
    assert [unmoved.uln for unmoved in point.plan.unmoved] == ["ECHO"]
    assert open_findings == ()
    assert {(fact.rule, fact.line) for fact in facts} == {
        ("permit_before_crossing", "DELTA"), ("permit_before_crossing", "FOXTROT"),
    }  # fmt: skip


def test_a_cease_fire_that_comes_later_moves_the_dates_of_who_has_not_begun() -> None:
    point = least(DatesMoved(event_id="E", by_min=7 * DAY_MIN))
    lines = {line.uln: (line.ready_min, line.required_min) for line in point.problem.lines}
    assert (lines["ALPHA"], lines["ECHO"]) == ((600, 9_000 + 7 * DAY_MIN), (2_880 + 7 * DAY_MIN, 20_000 + 7 * DAY_MIN))
    assert move_of(point, "ECHO/people/1").steps[0].start_min >= 2_880 + 7 * DAY_MIN
    assert move_of(point, "ALPHA/tracks").steps == tuple(
        replace(step, voyage_id=new.voyage_id)
        for step, new in zip(clean_plan().moves[2].steps, move_of(point, "ALPHA/tracks").steps, strict=True)
    )


def test_a_line_that_is_late_starts_when_it_is_ready() -> None:
    point = least(LineLate(event_id="E", uln="ECHO", ready_min=7_000))
    assert move_of(point, "ECHO/people/1").steps[0].start_min >= 7_000
    assert changed(point) == ["ECHO"]


def test_what_a_planner_forbids_is_kept_from_now_on() -> None:
    forbidden = Override(override_id="E", kind=OverrideKind.FIX_ASSET, uln="ECHO", asset="bus-4")
    point = least(Overridden(event_id="E", override=forbidden))
    asset_of = {voyage.voyage_id: voyage.asset_id for voyage in point.plan.voyages}
    assert {asset_of[str(step.voyage_id)] for step in move_of(point, "ECHO/people/1").steps} == {"bus-4"}


def test_a_late_arrival_holds_up_the_whole_line() -> None:
    late = Arrived(event_id="E", place="YARD", at_min=4_000, load_id="ALPHA/tracks")
    point = least(late, now_min=4_001)
    tracks, people = move_of(point, "ALPHA/tracks"), move_of(point, "ALPHA/people/1")
    assert (tracks.steps[1].arrival_min, tracks.steps[1].end_min) == (4_000, 4_180)
    assert people.steps[1].start_min >= 4_180 + 720
    assert changed(point) == ["ALPHA"]


def test_a_late_departure_arrives_later() -> None:
    late = Departed(event_id="E", place="DEPOT", at_min=3_300, uln="DELTA")
    point = least(late, now_min=3_300)
    assert (move_of(point, "DELTA/wheels").steps[0].departure_min, move_of(point, "DELTA/wheels").steps[0].end_min) == (
        3_300, 4_200,
    )  # fmt: skip


def test_a_convoy_that_is_held_leaves_later() -> None:
    point = least(Held(event_id="E", place="DEPOT", at_min=5_000, uln="DELTA"), now_min=3_000)
    assert move_of(point, "DELTA/wheels").steps[0].start_min >= 5_000


def test_a_bus_that_is_held_leaves_later_with_its_load() -> None:
    point = least(Held(event_id="E", place="YARD", at_min=4_000, asset_id="bus-2"), now_min=3_100)
    assert all(v.load_start_min >= 4_000 for v in point.plan.voyages if v.asset_id == "bus-2" and v.origin == "YARD")


def test_a_line_that_stands_on_the_way_is_told_and_moves_on_when_it_can() -> None:
    closed = CapacityChanged(event_id="E", place="YARD", kind=ResourceKind.RAMP, start_min=2_000, capacity=0)
    stuck = least(closed, now_min=2_000)
    assert ("ALPHA", "It stands at GAUGE, YARD.") in [
        (unmoved.uln, unmoved.reason[:25]) for unmoved in stuck.plan.unmoved
    ]
    assert [move.load_id for move in stuck.stranded] == ["ALPHA/people/1", "ALPHA/wheels", "ALPHA/tracks"]
    opened = replace(stuck.problem, resources=tuple(r for r in stuck.problem.resources if r.resource_id != "YARD/ramp"))
    again = replan(opened, stuck.plan, (), now_min=3_500, stranded=stuck.stranded, iteration_limit=5)
    tracks = move_of(again.points[-1], "ALPHA/tracks")
    assert tracks.steps[0] == next(m for m in clean_plan().moves if m.load_id == "ALPHA/tracks").steps[0]
    assert tracks.steps[1].start_min >= 3_500


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        (PlaceClosed(event_id="E", place="NOWHERE", start_min=0), 'the plan has no place "NOWHERE".'),
        (PlaceClosed(event_id="E", place="CAMP", start_min=0), "CAMP has nothing that can be closed."),
        (AssetLost(event_id="E", asset_id="bus-99", at_min=0), 'the plan has no asset "bus-99".'),
        (UnitWithdrawn(event_id="E", uln="ZULU"), 'the plan has no line "ZULU".'),
        (PermitChanged(event_id="E", nation="ZZZ", country="UKR"), 'the plan has no nation "ZZZ".'),
        (UnitOffered(event_id="E", uln="ALPHA", like="BRAVO", ready_min=0), 'the plan has line "ALPHA" already.'),
        (UnitOffered(event_id="E", uln="GOLF", like="ZULU", ready_min=0), 'the plan has no line "ZULU".'),
        (OpeningDelayed(event_id="E", place="BORDER", by_min=60), "nothing of BORDER is planned to change from now on."),  # noqa: E501
        (
            CapacityChanged(event_id="E", place="CAMP", kind=ResourceKind.RAMP, start_min=0, capacity=1),
            "CAMP has no ramp.",
        ),
        (
            Departed(event_id="E", place="CAMP", at_min=0, uln="ALPHA"),
            'the plan has no such movement of "ALPHA" at CAMP.',
        ),
    ],
)  # fmt: skip
def test_events_that_do_not_fit_the_plan_are_refused(event: Event, rule: str) -> None:
    with pytest.raises(EventRefused) as refusal:
        least(event)
    ((name, told, remedy),) = refusal.value.faults
    assert (name, told) == ("E", rule)
    assert remedy


def test_changes_are_told_in_words_by_nation() -> None:
    before, problem = told(), story()
    later = least(Held(event_id="E", place="DEPOT", at_min=5_000, uln="DELTA"), now_min=3_000).plan
    changes = compare(problem, before, later)
    assert changes.by_nation().keys() == {"GBR"}
    (delta,) = changes.lines
    assert delta.words[0].startswith("wheels: DEPOT to YARD by road on C+3 ")
    assert delta.words[0].endswith("(as convoy) instead of on C+2 (as convoy).")
    assert delta.words[-1] == "Closes on C+5 05:20, 1 d 11 h 20 min later."


def test_who_stands_at_a_full_yard_stands_there_and_it_is_told() -> None:
    """The yard shrinks to nothing while Alpha and Bravo stand there and the last train with tanks is still to come."""
    shrunk = CapacityChanged(
        event_id="E", place="YARD", kind=ResourceKind.STAGING_VEHICLES, start_min=NOW_MIN, capacity=0
    )
    replanned = replan(story(), told(), [shrunk], now_min=NOW_MIN, iteration_limit=5)
    point = replanned.points[0]
    assert split(check(point.problem, point.plan), replanned.history)[0] == ()
    assert {unmoved.uln for unmoved in point.plan.unmoved} & {"ALPHA", "BRAVO"} == set()
    assert point.strains == (
        "YARD holds more than its staging_vehicles have room for, because what has begun stands there.",
    )


def test_a_line_that_came_apart_gets_the_window_it_needs_and_it_is_told() -> None:
    late = Arrived(event_id="E", place="GAUGE", at_min=9_000, load_id="ALPHA/tracks")
    point = least(late, now_min=NOW_MIN)
    alpha = point.problem.line_of["ALPHA"]
    joined = [move_of(point, name).steps[cut - 1].end_min for name, cut in (("ALPHA/tracks", 2), ("ALPHA/people/1", 1))]
    assert alpha.join_window_min == joined[0] - joined[1] > 4 * DAY_MIN
    assert len(point.strains) == 1
    assert point.strains[0].startswith("ALPHA joins over ")
    assert point.strains[0].endswith(" instead of 4 d.")


def test_a_bus_whose_only_load_is_held_has_not_left_either() -> None:
    point = least(Held(event_id="E", place="DEPOT", at_min=7_000, uln="FOXTROT"), now_min=4_500)
    assert move_of(point, "FOXTROT/people/1").steps[0].start_min >= 7_000
    assert all(v.load_start_min >= 7_000 for v in point.plan.voyages if v.asset_id == "bus-5")
