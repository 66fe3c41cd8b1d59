"""Pictures of a plan: the whole force for the headquarters, and for a nation nothing that depends on others."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.hand_plan import hand_plan
from movement.instances import DAY_MIN, random_problem
from muster.hq.board.layers import encode_layers
from muster.hq.board.pictures import LeftOut, WarningKind, list_warnings, picture
from muster.hq.board.symbols import DRAWINGS, drawings, list_codes, symbol_of
from muster.hq.board.units import State, whereabouts
from muster.movement.deconflict.nations import NO_ROOM
from muster.movement.deconflict.own_part import own_part
from muster.movement.plan import Plan, Unmoved
from muster.movement.problem import Problem

SUMMARY = {"closure_bound_d": 3.5, "binding": [{"name": "DEPOT/ramp", "price": 0.7}]}


def planned(seed: int = 1) -> tuple[Problem, Plan]:
    problem = random_problem(seed, line_count=12)
    return problem, hand_plan(problem)


def without_others(problem: Problem, plan: Plan, nation: str) -> tuple[Problem, Plan]:
    """The same for one nation, and everything different for the others: they are larger, later and stay at home."""
    foreign = {line.uln for line in problem.lines if line.nation != nation}
    loads = tuple(
        replace(load, people=load.people + 1000, pieces=load.pieces + 7) if load.uln in foreign else load
        for load in problem.loads
    )
    lines = tuple(
        replace(line, name="Hidden", ready_min=line.ready_min + 77, weight=line.weight + 3) if line.uln in foreign
        else line
        for line in problem.lines
    )  # fmt: skip
    own = tuple(move for move in plan.moves if problem.load_of[move.load_id].uln not in foreign)
    aboard = {step.voyage_id for move in own for step in move.steps}
    return replace(problem, lines=lines, loads=loads), replace(
        plan,
        moves=own,
        voyages=tuple(voyage for voyage in plan.voyages if voyage.voyage_id in aboard),
        unmoved=tuple(Unmoved(uln=uln, reason="Stays.") for uln in sorted(foreign)),
    )


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), nation=st.sampled_from(["DEU", "FRA", "GBR"]))
def test_nothing_in_the_picture_of_a_nation_depends_on_the_others(seed: int, nation: str) -> None:
    problem, plan = planned(seed)
    shown = picture(problem, plan, SUMMARY, nation=nation)
    changed = picture(*without_others(problem, plan, nation), {"closure_bound_d": 9.0}, nation=nation)
    assert encode_layers(shown) == encode_layers(changed)
    assert shown == changed
    part = own_part(problem, plan, nation)
    assert part == own_part(*without_others(problem, plan, nation), nation) == own_part(*part, nation)
    assert picture(*part, {}, nation=nation) == shown


def test_the_picture_of_a_nation_holds_its_lines_and_says_what_it_leaves_out() -> None:
    problem, plan = planned()
    shown = picture(problem, plan, SUMMARY, nation="FRA")
    own = [line for line in problem.lines if line.nation == "FRA"]
    assert [row.line.uln for row in shown.report.lines] == [line.uln for line in own]
    assert shown.report.figures.closure_bound_d is None
    assert shown.left_out == tuple(LeftOut)
    body = b"".join(encode_layers(shown).values()).decode()
    assert [line.uln for line in problem.lines if line.nation != "FRA" and f"{line.uln}/" in body] == []


def test_a_reason_that_may_name_others_is_told_to_a_nation_in_other_words() -> None:
    problem, _ = planned()
    line = next(line for line in problem.lines if line.nation == "FRA")
    plan = hand_plan(problem, unmoved=[line.uln])
    plan = replace(plan, unmoved=(Unmoved(uln=line.uln, reason="GBR has the ramp."),))
    warned = {row.kind: row for row in list_warnings(picture(problem, plan, SUMMARY, nation="FRA"))}
    assert warned[WarningKind.UNMOVED].reason == NO_ROOM
    whole = {row.kind: row for row in list_warnings(picture(problem, plan, SUMMARY, nation=None))}
    assert whole[WarningKind.UNMOVED].reason == "GBR has the ramp."


def test_the_picture_of_the_headquarters_holds_every_line() -> None:
    problem, plan = planned()
    shown = picture(problem, plan, SUMMARY, nation=None)
    assert sorted(uln for unit in shown.units for uln in unit.lines) == sorted(line.uln for line in problem.lines)
    assert sum(unit.people for unit in shown.units) == sum(load.people for load in problem.loads)
    assert (shown.report.figures.closure_bound_d, shown.left_out) == (3.5, ())


def test_a_unit_is_at_its_origin_then_moves_then_is_closed() -> None:
    problem, plan = planned()
    shown = picture(problem, plan, SUMMARY, nation=None)
    unit = shown.units[0]
    assert unit.start_min is not None
    assert unit.closure_min is not None

    def state(at_min: int) -> State:
        return next(whereabouts(shown.units, shown.report, at_min=at_min)).state

    first = min(m.steps[0].departure_min for m in plan.moves if m.load_id in unit.loads)
    assert state(0) is State.AT_ORIGIN
    assert state(first) is State.MOVING
    assert (state(unit.closure_min - 1), state(unit.closure_min)) != (State.CLOSED, State.MOVING)
    assert state(unit.closure_min) is State.CLOSED
    end = next(whereabouts(shown.units, shown.report, at_min=100 * DAY_MIN))
    assert (end.place, end.towards, end.closed) == (unit.destination, None, len(unit.loads))


def test_load_on_a_place_is_the_fullest_of_its_resources_by_day() -> None:
    problem, plan = planned()
    shown = picture(problem, plan, SUMMARY, nation=None)
    layer = msgspec.json.decode(encode_layers(shown)["places"])
    for row in layer["loads"]:
        place = layer["places"][row["place"]]["place"]
        days = [
            max(
                (load.shares[day] or 0.0) for load in shown.report.loads if load.place == place and load.kind != "fleet"
            )
            for day in range(len(row["share"]))
        ]
        assert row["share"] == [round(share, 3) for share in days]


@pytest.mark.parametrize(
    ("unit_type", "symbol"),
    [
        ("inf-bn-wheeled", "13031000161211040051"),
        ("inf-bn-airborne", "13031000161211000001"),
        ("ad-bty-short", "13031000151301000043"),
        ("hq-brigade", "13031002181100000000"),
        ("training-team", "13031000151600003500"),
        ("minehunter", "13033000001204040000"),
        ("something-new", "13031000000000000000"),
        (None, "13031000000000000000"),
    ],
)
def test_a_symbol_is_that_of_the_type_of_a_unit(unit_type: str | None, symbol: str) -> None:
    assert symbol_of(unit_type) == symbol


def test_a_unit_has_the_type_of_its_first_line_that_has_one_and_an_unknown_one_is_told() -> None:
    problem, plan = planned()
    first, *_, last = picture(problem, plan, SUMMARY, nation=None).units
    typed = {first.lines[0]: "eng-coy", first.lines[-1]: "mp-coy", last.lines[-1]: "trebuchet"}
    lines = tuple(replace(line, unit_type=typed.get(line.uln)) for line in problem.lines)
    shown = picture(replace(problem, lines=lines), plan, SUMMARY, nation=None)
    assert [unit.symbol for unit in (shown.units[0], shown.units[-1])] == [symbol_of("eng-coy"), symbol_of(None)]
    told = {row.subject: row.amount for row in list_warnings(shown) if row.kind is WarningKind.NO_SYMBOL}
    assert told == {"": len(shown.units) - 2, "trebuchet": 1}


@pytest.mark.skipif(not DRAWINGS.exists(), reason="The scripts are not built; run `make front` first.")
def test_every_code_is_drawn() -> None:
    drawn = drawings()
    assert list(drawn) == list(list_codes())
    assert {code for code, drawing in drawn.items() if not drawing["valid"]} == set()
    assert {part["text"] for part in drawn[symbol_of("mp-coy")]["parts"] if "text" in part} == {"MP"}
