"""Plans that nations made for themselves: every conflict found, one plan made of them, nobody sees another's lines."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.instances import DAY_MIN, random_problem
from muster.movement.checks import check
from muster.movement.deconflict.agreeing import Agreement, Choice, agree, choose
from muster.movement.deconflict.clashes import ClashKind, clashes
from muster.movement.deconflict.conflicts import Collision, collide
from muster.movement.deconflict.contest import Share, in_proportion
from muster.movement.deconflict.merging import NO_TABLE, merge
from muster.movement.deconflict.nations import NO_ROOM, lines_by_nation, of_nation
from muster.movement.deconflict.view import views
from muster.movement.plan import Plan, Unmoved
from muster.movement.problem import CargoClass, Line, Load, Problem, Size
from muster.movement.solve import solve

STEPS = 30


def convoy_of(nation: str, number: int, vehicles: int) -> tuple[Line, Load]:
    """A line of one convoy that drives from the depot over the border to the camp."""
    uln = f"{nation}-{number}"
    load = Load(load_id=f"{uln}/wheels", uln=uln, cargo=CargoClass.WHEELED, pieces=vehicles, people=2 * vehicles,
                vehicles=vehicles, size=Size(lane_cm=900 * vehicles, mass_kg=12_000 * vehicles), item_mass_kg=12_000,
                itineraries=("wheels-road:DEPOT",))  # fmt: skip
    line = Line(uln=uln, name=f"Company {uln}", nation=nation, priority=3, weight=3, ready_min=0,
                required_min=5 * DAY_MIN, origin="DEPOT", destination="CAMP", staging="YARD", loads=(load.load_id,),
                join_window_min=DAY_MIN, integration_min=720, cohesion_window_min=DAY_MIN)  # fmt: skip
    return line, load


def tanks_of(nation: str) -> tuple[Line, Load]:
    """A line of tanks that takes the train to the yard and transporters from there."""
    uln = f"{nation}-T"
    load = Load(load_id=f"{uln}/tanks", uln=uln, cargo=CargoClass.CARRIED, pieces=5, people=10, vehicles=5,
                size=Size(lane_cm=5_500, mass_kg=300_000), item_mass_kg=60_000,
                itineraries=("tracks-rail:DEPOT",))  # fmt: skip
    line = Line(uln=uln, name=f"Tanks {uln}", nation=nation, priority=3, weight=3, ready_min=0,
                required_min=9 * DAY_MIN, origin="DEPOT", destination="CAMP", staging="YARD", loads=(load.load_id,),
                join_window_min=DAY_MIN, integration_min=720, cohesion_window_min=DAY_MIN)  # fmt: skip
    return line, load


def problem_of(*lines: tuple[Line, Load], hets: int = 2) -> Problem:
    """The common problem of some lines; everybody has every permit from the start, 40 vehicles cross a day."""
    return replace(
        random_problem(1, line_count=1, hets=hets),
        lines=tuple(line for line, _ in lines),
        loads=tuple(load for _, load in lines),
        permits=(),
    )


def alone(problem: Problem) -> Mapping[str, Plan]:
    """What each nation plans when it plans for itself."""
    return {
        nation: solve(of_nation(problem, nation), with_bound=False, iteration_limit=STEPS).plan
        for nation in lines_by_nation(problem)
    }


def joint(problem: Problem, collision: Collision) -> Agreement:
    return agree(problem, collision, iteration_limit=STEPS)


def test_two_nations_at_one_crossing_each_have_room_alone_and_not_together() -> None:
    problem = problem_of(convoy_of("DEU", 1, 24), convoy_of("FRA", 1, 26))
    collision = collide(problem, alone(problem))
    (conflict,) = collision.conflicts
    assert collision.own_faults == {}
    assert (conflict.rule, conflict.subject, conflict.start_min, conflict.end_min, conflict.amount, conflict.limit) == (
        "node_capacity", "BORDER/crossing_vehicles", 0, DAY_MIN, 10, 40,
    )  # fmt: skip
    assert conflict.shares == (
        Share(nation="FRA", amount=26, to_give=5, ulns=("FRA-1",)),
        Share(nation="DEU", amount=24, to_give=5, ulns=("DEU-1",)),
    )
    assert conflict.message == (
        "BORDER, crossing_vehicles: 50 wanted from C+0 to C+1, 10 over 40. "
        "FRA wants 26 (FRA-1) and would give 5; DEU wants 24 (DEU-1) and would give 5."
    )


def test_the_joint_plan_keeps_every_rule_and_leaves_one_of_two_as_it_stands() -> None:
    problem = problem_of(convoy_of("DEU", 1, 24), convoy_of("FRA", 1, 26))
    collision = collide(problem, alone(problem))
    proposal = choose(joint(problem, collision).proposals, Choice.EVEN)
    assert check(problem, proposal.plan) == ()
    assert (len(proposal.changes.lines), sorted(burden.changed for burden in proposal.burdens)) == (1, [0, 1])


def test_a_nation_alone_has_no_conflict_and_nothing_changes() -> None:
    problem = problem_of(convoy_of("DEU", 1, 24), convoy_of("DEU", 2, 30), tanks_of("DEU"))
    collision = collide(problem, alone(problem))
    assert (collision.own_faults, collision.conflicts) == ({}, ())
    proposal = choose(joint(problem, collision).proposals, Choice.EVEN)
    assert (proposal.changes.legs, proposal.changes.lines, proposal.changes.assets) == (0, (), ())


def test_one_transporter_is_promised_twice() -> None:
    problem = problem_of(tanks_of("DEU"), tanks_of("FRA"), hets=1)
    collision = collide(problem, alone(problem))
    promised = [clash for clash in clashes(problem, collision) if clash.kind is ClashKind.FLEET]
    assert "het" in {clash.subject for clash in promised}
    assert {clash.nations for clash in promised} == {("DEU", "FRA")}
    (told,) = {conflict.message for conflict in collision.conflicts if conflict.subject == "het-1"}
    assert told.startswith("het-1 is promised to DEU (DEU-T) and FRA (FRA-T) from C+")
    assert told.endswith(", and no other asset of het is free. One of the voyages gives way.")
    assert check(problem, choose(joint(problem, collision).proposals, Choice.EVEN).plan) == ()


def test_assets_of_a_fleet_stand_in_for_each_other() -> None:
    problem = problem_of(tanks_of("DEU"), tanks_of("FRA"), hets=2)
    collision = collide(problem, alone(problem))
    by_transporter = {v.asset_id for v in collision.merged.voyages if v.leg_id == "het:YARD>CAMP"}
    assert by_transporter == {"het-1", "het-2"}
    assert {conflict.subject for conflict in collision.conflicts}.isdisjoint({"het-1", "het-2"})


def test_three_nations_give_way_evenly() -> None:
    convoys = [convoy_of(nation, number, 20) for nation in ("DEU", "FRA", "GBR") for number in (1, 2)]
    problem = problem_of(*convoys)
    collision = collide(problem, alone(problem))
    (crossing,) = [clash for clash in clashes(problem, collision) if clash.subject == "BORDER/crossing_vehicles"]
    assert [dict(day.wants) for day in crossing.days] == [{"DEU": 40, "FRA": 40, "GBR": 40}]
    assert [dict(day.gives) for day in crossing.days] == [{"DEU": 27, "FRA": 27, "GBR": 26}]
    proposal = choose(joint(problem, collision).proposals, Choice.EVEN)
    assert sorted(burden.changed for burden in proposal.burdens) == [1, 1, 2]
    assert check(problem, proposal.plan) == ()


def test_what_is_wrong_with_a_plan_by_itself_is_no_conflict() -> None:
    problem = problem_of(convoy_of("DEU", 1, 24), convoy_of("FRA", 1, 10))
    plans = dict(alone(problem))
    late = replace(problem.line_of["DEU-1"], ready_min=60)
    problem = replace(problem, lines=(late, problem.line_of["FRA-1"]))
    collision = collide(problem, plans)
    assert [finding.rule for finding in collision.own_faults["DEU"]] == ["ready_before_moving"]
    assert (set(collision.own_faults), collision.conflicts) == ({"DEU"}, ())
    assert check(problem, choose(joint(problem, collision).proposals, Choice.EVEN).plan) == ()


def test_lines_in_no_table_are_moved_where_there_is_room() -> None:
    problem = problem_of(convoy_of("DEU", 1, 24), convoy_of("FRA", 1, 26))
    plans = {"DEU": alone(problem)["DEU"]}
    collision = collide(problem, plans)
    assert [(unmoved.uln, unmoved.reason) for unmoved in collision.merged.unmoved] == [("FRA-1", NO_TABLE)]
    proposal = choose(joint(problem, collision).proposals, Choice.EVEN)
    assert [(change.uln, change.legs) for change in proposal.changes.lines] == [("FRA-1", 0)]
    assert [(burden.nation, burden.changed) for burden in proposal.burdens] == [("DEU", 0), ("FRA", 0)]
    (fra,) = [v for v in views(problem, plans, collision, (), proposal) if v.nation == "FRA"]
    assert [(unmoved.uln, unmoved.reason) for unmoved in fra.before.unmoved] == [("FRA-1", NO_TABLE)]


def test_an_excess_is_shared_out_in_whole_units() -> None:
    assert in_proportion(10, {"DEU": 24, "FRA": 26}) == {"DEU": 5, "FRA": 5}
    assert in_proportion(1, {"DEU": 1, "FRA": 1, "GBR": 1}) == {"DEU": 1, "FRA": 0, "GBR": 0}
    assert in_proportion(7, {"DEU": 50, "FRA": 0}) == {"DEU": 7, "FRA": 0}


def test_a_nation_sees_the_others_as_one_figure() -> None:
    problem = problem_of(convoy_of("DEU", 1, 17), convoy_of("FRA", 1, 19), convoy_of("GBR", 1, 23))
    plans = alone(problem)
    collision = collide(problem, plans)
    proposal = choose(joint(problem, collision).proposals, Choice.EVEN)
    seen = {view.nation: view for view in views(problem, plans, collision, clashes(problem, collision), proposal)}
    assert list(seen) == ["DEU", "FRA", "GBR"]
    (own,) = seen["DEU"].clashes
    assert (own.subject, own.own, own.others, own.over, own.limit, own.ulns) == (
        "BORDER/crossing_vehicles", 17, 42, 19, 40, ("DEU-1",),
    )  # fmt: skip
    assert {move.load_id for move in seen["DEU"].after.moves} == {"DEU-1/wheels"}
    assert [line.uln for line in seen["DEU"].problem.lines] == ["DEU-1"]
    assert all(use.own > 0 and use.own + use.others <= use.capacity for use in seen["DEU"].uses)
    assert str(seen["DEU"].label) == "DEU/restricted/DEU"


def test_why_a_line_stays_is_told_to_its_nation_without_naming_others() -> None:
    problem = problem_of(convoy_of("DEU", 1, 24), convoy_of("FRA", 1, 26))
    plans = alone(problem)
    collision = collide(problem, plans)
    proposal = choose(joint(problem, collision).proposals, Choice.EVEN)
    stays = Unmoved(uln="DEU-1", reason='It would take the place of the more urgent line "FRA-1".')
    moves = tuple(move for move in proposal.plan.moves if move.load_id == "FRA-1/wheels")
    left = replace(proposal, plan=replace(proposal.plan, moves=moves, unmoved=(stays,)))
    deu, _ = views(problem, plans, collision, clashes(problem, collision), left)
    assert [unmoved.reason for unmoved in deu.after.unmoved] == [NO_ROOM]
    assert [change.words for change in deu.changes] == [(f"Moves no more. {NO_ROOM}",)]


@pytest.mark.parametrize("choice", [Choice.EVEN, Choice.LEAST, Choice.FREE, 3])
def test_every_choice_is_a_plan_that_moves_all_that_any_plan_moves(choice: Choice | int) -> None:
    problem, _, collision = crowd(2)
    proposals = joint(problem, collision).proposals
    chosen = choose(proposals, choice)
    assert chosen.score.unmet_weight == min(proposal.score.unmet_weight for proposal in proposals)
    assert check(problem, chosen.plan) == ()


@cache
def crowd(seed: int) -> tuple[Problem, Mapping[str, Plan], Collision]:
    """A random move of three nations that planned for themselves, laid over each other."""
    problem = random_problem(seed, line_count=9)
    plans = alone(problem)
    return problem, plans, collide(problem, plans)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(1, 12))
def test_conflicts_are_between_nations_and_without_their_lines_nothing_is_wrong(seed: int) -> None:
    problem, plans, collision = crowd(seed)
    assert collision.own_faults == {}
    assert all(len(conflict.nations) >= 2 for conflict in collision.conflicts)
    rest = replace(
        problem,
        lines=tuple(line for line in problem.lines if line.uln not in collision.ulns),
        loads=tuple(load for load in problem.loads if load.uln not in collision.ulns),
    )
    quiet = {
        nation: replace(
            plan,
            moves=tuple(move for move in plan.moves if move.load_id in rest.load_of),
            unmoved=tuple(unmoved for unmoved in plan.unmoved if unmoved.uln in rest.line_of),
        )
        for nation, plan in plans.items()
    }
    assert check(rest, merge(rest, quiet)) == ()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(1, 8))
def test_joint_plans_keep_every_rule_and_the_least_moves_no_more_than_is_in_conflict(seed: int) -> None:
    problem, _, collision = crowd(seed)
    agreement = joint(problem, collision)
    for proposal in agreement.proposals:
        assert check(problem, proposal.plan) == ()
        assert sum(burden.legs for burden in proposal.burdens) == proposal.changes.legs
    legs = [proposal.changes.legs for proposal in agreement.proposals]
    assert legs == sorted(legs)
    in_conflict = [move for move in collision.merged.moves if problem.load_of[move.load_id].uln in collision.ulns]
    assert legs[0] <= sum(len(move.steps) for move in in_conflict)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(1, 12))
def test_it_does_not_matter_whose_table_is_read_first(seed: int) -> None:
    problem, plans, collision = crowd(seed)
    turned = collide(problem, {nation: plans[nation] for nation in sorted(plans, reverse=True)})
    assert turned.conflicts == collision.conflicts
