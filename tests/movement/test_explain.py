"""Why a line arrives when it does: each story gives a load one thing to wait for, and the explanation must find it."""

from dataclasses import replace

import pytest

from movement.clean_plan import clean_plan, clean_problem, driven, shifted, with_move, with_step
from movement.instances import DAY_MIN, steady
from muster.movement.explanation.explain import Explanation, UnknownLine, as_text, explain, sentence
from muster.movement.explanation.holdups import Cause, Wait
from muster.movement.plan import Plan, Step
from muster.movement.problem import NoWay, Problem, ResourceKind


def before(explanation: Explanation, load_id: str, index: int) -> list[tuple[Cause, str, int]]:
    """What a load waited for before a step, and for how many minutes."""
    load = next(load for load in explanation.loads if load.load_id == load_id)
    return [(wait.cause, wait.what, wait.minutes) for wait in load.steps[index].waits]


def waited(problem: Problem, plan: Plan, uln: str, load_id: str, index: int) -> list[tuple[Cause, str, int]]:
    return before(explain(problem, plan, uln), load_id, index)


def roomy(problem: Problem) -> Problem:
    """The yard holds any number of vehicles."""
    yard = steady("YARD", ResourceKind.STAGING_VEHICLES, 999)
    return replace(
        problem, resources=tuple(yard if r.resource_id == yard.resource_id else r for r in problem.resources)
    )


def test_tanks_wait_until_ready_then_for_the_locked_start_then_for_integration() -> None:
    explanation = explain(clean_problem(), clean_plan(), "ALPHA")
    assert before(explanation, "ALPHA/tracks", 0) == [(Cause.READY, "ALPHA", 600), (Cause.LOCK, "O4", 120)]
    assert before(explanation, "ALPHA/tracks", 1) == []
    assert before(explanation, "ALPHA/tracks", 2) == [(Cause.INTEGRATION, "ALPHA", 720)]
    assert (explanation.closing_load, explanation.joining_load) == ("ALPHA/tracks", "ALPHA/tracks")
    assert (explanation.closed_min, explanation.late_min) == (5_175, -3_825)
    assert [(wait.cause, wait.minutes) for wait in explanation.chain] == [
        (Cause.INTEGRATION, 720), (Cause.READY, 600), (Cause.LOCK, 120),
    ]  # fmt: skip


def test_people_wait_for_the_permit_then_by_choice() -> None:
    assert waited(clean_problem(), clean_plan(), "ALPHA", "ALPHA/people/1", 0) == [
        (Cause.READY, "ALPHA", 600), (Cause.PERMIT, "DEU-UKR", 110), (Cause.CHOICE, "", 10),
    ]  # fmt: skip


def test_people_wait_in_the_yard_for_the_tanks_which_came_last() -> None:
    assert waited(clean_problem(), clean_plan(), "ALPHA", "ALPHA/people/1", 1) == [
        (Cause.JOIN, "ALPHA/tracks", 1_105), (Cause.INTEGRATION, "ALPHA", 720),
    ]  # fmt: skip


def test_a_convoy_waits_for_a_caveat() -> None:
    assert waited(clean_problem(), clean_plan(), "BRAVO", "BRAVO/wheels", 0) == [
        (Cause.READY, "BRAVO", 1_380), (Cause.CAVEAT, "FRA-1", 60),
    ]  # fmt: skip


def test_a_convoy_waits_for_room_at_the_border_and_who_had_it_is_named() -> None:
    explanation = explain(roomy(clean_problem()), clean_plan(), "DELTA")
    assert before(explanation, "DELTA/wheels", 0) == [
        (Cause.READY, "DELTA", 1_440), (Cause.RESOURCE, "BORDER/crossing_vehicles", 630), (Cause.CHOICE, "", 810),
    ]  # fmt: skip
    border = explanation.loads[0].steps[0].waits[1]
    assert sentence(border, explanation.timeline) == (
        "DELTA/wheels waited 10 h 30 min at DEPOT (C+1 to C+1 10:30) for BORDER/crossing_vehicles, which was full or "
        "closed: ALPHA/wheels (ALPHA); BRAVO/wheels (BRAVO); V02 (ALPHA)."
    )


def test_a_convoy_waits_for_room_in_the_yard() -> None:
    explanation = explain(clean_problem(), clean_plan(), "DELTA")
    assert before(explanation, "DELTA/wheels", 0)[1] == (Cause.STAGING, "YARD/staging_vehicles", 720)
    assert explanation.loads[0].steps[0].waits[1].holders == ("BRAVO/wheels (BRAVO)", "ALPHA/wheels (ALPHA)")


def test_a_train_waits_for_a_ramp_until_it_opens() -> None:
    problem = roomy(clean_problem())
    ramp = replace(steady("GAUGE", ResourceKind.RAMP, 1), resource_id="ramp", hours=(480, 1_439))
    plan = shifted(clean_plan(), "V07", 2_940 - 2_625)
    explanation = explain(replace(problem, resources=(*problem.resources, ramp)), plan, "ALPHA")
    assert before(explanation, "ALPHA/tracks", 1) == [(Cause.CHOICE, "", 15), (Cause.RESOURCE, "ramp", 300)]


def scarce_buses(problem: Problem) -> Problem:
    """Echo and Foxtrot share one bus until another comes on C+4."""
    changes = {
        "bus-1": {"users": ("DEU",)},
        "bus-2": {"users": ("FRA",)},
        "bus-4": {"users": ("FRA",)},
        "bus-6": {"available_from_min": 5_760},
    }
    return replace(
        problem,
        assets=tuple(replace(asset, **changes.get(asset.asset_id, {})) for asset in problem.assets),  # type: ignore[arg-type]
    )


def test_the_less_urgent_wait_for_a_bus_and_then_for_the_more_urgent() -> None:
    explanation = explain(scarce_buses(clean_problem()), clean_plan(), "ECHO")
    assert before(explanation, "ECHO/people/1", 0) == [
        (Cause.READY, "ECHO", 2_880), (Cause.FLEET, "bus", 1_440), (Cause.PRIORITY, "V14", 1_440),
    ]  # fmt: skip
    assert explanation.loads[0].steps[0].waits[2].holders == ("FOXTROT/people/1 (priority 1)",)


def swapped(plan: Plan) -> Plan:
    steps = {move.load_id: move.steps for move in plan.moves}
    plan = with_move(plan, "ECHO/people/1", lambda move: replace(move, steps=steps["FOXTROT/people/1"]))
    return with_move(plan, "FOXTROT/people/1", lambda move: replace(move, steps=steps["ECHO/people/1"]))


def test_the_urgent_wait_for_a_bus_and_where_the_buses_were_is_told() -> None:
    explanation = explain(scarce_buses(clean_problem()), swapped(clean_plan()), "FOXTROT")
    fleet = explanation.loads[0].steps[0].waits[1]
    assert (fleet.cause, fleet.what, fleet.minutes) == (Cause.FLEET, "bus", 2_880)
    assert fleet.holders == ("bus-5 DEPOT to YARD (ECHO)",)
    assert explanation.late_min == 1_440
    assert explanation.chain[0].cause is Cause.READY


def test_a_load_waits_for_another_on_its_voyage() -> None:
    plan = clean_plan()
    first: tuple[Step, ...] = next(move.steps for move in plan.moves if move.load_id == "FOXTROT/people/1")
    shared = with_step(plan, "ECHO/people/1", 0, first[0])
    problem = clean_problem()
    lines = tuple(replace(line, ready_min=4_300) if line.uln == "FOXTROT" else line for line in problem.lines)
    assert waited(replace(problem, lines=lines), shared, "ECHO", "ECHO/people/1", 0) == [
        (Cause.READY, "ECHO", 2_880), (Cause.VOYAGE, "FOXTROT/people/1", 1_420), (Cause.CHOICE, "", 20),
    ]  # fmt: skip


def test_a_convoy_is_held_so_that_its_line_joins_in_one_window() -> None:
    problem = clean_problem()
    lines = tuple(replace(line, join_window_min=765) if line.uln == "ALPHA" else line for line in problem.lines)
    assert waited(replace(problem, lines=lines), clean_plan(), "ALPHA", "ALPHA/wheels", 0) == [
        (Cause.READY, "ALPHA", 600), (Cause.TOGETHER, "YARD", 120),
    ]  # fmt: skip


def test_a_convoy_is_held_so_that_its_line_arrives_in_one_window() -> None:
    late = driven("convoy:YARD>CAMP", 3_100, 4_000)
    problem = clean_problem()
    lines = tuple(replace(line, cohesion_window_min=300) if line.uln == "BRAVO" else line for line in problem.lines)
    plan = shifted(shifted(with_step(clean_plan(), "BRAVO/wheels", 1, late), "V11", 40), "V13", 40)
    assert waited(replace(problem, lines=lines), plan, "BRAVO", "BRAVO/people/1", 1) == [
        (Cause.JOIN, "BRAVO/wheels", 140), (Cause.INTEGRATION, "BRAVO", 720), (Cause.TOGETHER, "CAMP", 40),
    ]  # fmt: skip


def test_waits_of_a_step_add_up_to_the_time_between_readiness_and_start() -> None:
    problem, plan = clean_problem(), clean_plan()
    for line in problem.lines:
        for load in explain(problem, plan, line.uln).loads:
            at_min = 0
            for step in load.steps:
                assert sum(wait.minutes for wait in step.waits) == step.start_min - at_min
                at_min = step.end_min


def test_a_line_that_does_not_move_is_explained_by_its_reasons() -> None:
    nowhere = NoWay(uln="CHARLIE", load_id="CHARLIE/people/1", reason="No bus may enter UKR.")
    explanation = explain(replace(clean_problem(), no_ways=(nowhere,)), clean_plan(), "CHARLIE")
    assert explanation.unmoved_because == ("Left to the second wave.", "No bus may enter UKR.")
    assert (explanation.closed_min, explanation.chain, explanation.loads) == (None, (), ())
    assert as_text(explanation) == (
        "CHARLIE Company Charlie (GBR, priority 4) does not move.\n"
        "  Left to the second wave.\n"
        "  No bus may enter UKR.\n"
    )


DELTA_TOLD = """\
DELTA Company Delta (GBR, priority 4) closes at C+3 18:00, 2 d 12 h before its required C+6 06:00.
The last to arrive is load DELTA/wheels.
The last to join at the staging area was load DELTA/wheels.

What decided it, longest first:
  DELTA/wheels waited 1 d at DEPOT (C+0 to C+1) because line DELTA was not ready.
  DELTA/wheels waited 13 h 30 min at DEPOT (C+1 10:30 to C+2) by the plan's own timing; @
  DELTA/wheels waited 12 h at YARD (C+2 15:00 to C+3 03:00) while line DELTA was integrated.
  DELTA/wheels waited 10 h 30 min at DEPOT (C+1 to C+1 10:30) for BORDER/crossing_vehicles, which was @

DELTA/wheels arrives at C+3 18:00:
    DELTA/wheels waited 1 d at DEPOT (C+0 to C+1) because line DELTA was not ready.
    DELTA/wheels waited 10 h 30 min at DEPOT (C+1 to C+1 10:30) for BORDER/crossing_vehicles, which was @
    DELTA/wheels waited 13 h 30 min at DEPOT (C+1 10:30 to C+2) by the plan's own timing; @
  DEPOT to YARD by itself, C+2 to C+2 15:00
    DELTA/wheels waited 12 h at YARD (C+2 15:00 to C+3 03:00) while line DELTA was integrated.
  YARD to CAMP by itself, C+3 03:00 to C+3 18:00
"""


def test_text_tells_the_line_then_what_decided_it_then_every_load() -> None:
    told = as_text(explain(roomy(clean_problem()), clean_plan(), "DELTA"))
    holders = "ALPHA/wheels (ALPHA); BRAVO/wheels (BRAVO); V02 (ALPHA)."
    choice = "no rule forbade an earlier start."
    assert told == DELTA_TOLD.replace("was @", f"was full or closed: {holders}").replace(
        "timing; @", f"timing; {choice}"
    )


def test_an_unknown_line_is_refused_by_name() -> None:
    with pytest.raises(UnknownLine, match='no line "ZULU"'):
        explain(clean_problem(), clean_plan(), "ZULU")


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_a_sentence(cause: Cause) -> None:
    wait = Wait("X/1", "leg", "HERE", cause, "thing", 0, DAY_MIN, 60)
    assert sentence(wait, clean_problem().timeline).startswith("X/1 waited 1 h at HERE (C+0 to C+1) ")
