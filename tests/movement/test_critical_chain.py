"""The critical chain: every minute from a ready date to the closure, laid on one load after the other."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.clean_plan import clean_plan, clean_problem, driven, with_move
from movement.hand_plan import hand_plan
from movement.instances import DAY_MIN, random_problem, steady
from muster.movement.explanation.critical_chain import CriticalChain, chain_as_text, critical_chain, shares
from muster.movement.explanation.holdups import Cause, open_book
from muster.movement.plan import Move, Plan
from muster.movement.problem import Problem, ResourceKind
from muster.movement.solve import solve


def chain_of(problem: Problem, plan: Plan) -> CriticalChain:
    chain = critical_chain(open_book(problem, plan))
    assert chain is not None
    return chain


def told(chain: CriticalChain) -> list[tuple[str, Cause | None, str, int, str]]:
    return [(link.load_id, link.cause, link.what, link.minutes, link.behind) for link in chain.links]


def assert_adds_up(problem: Problem, plan: Plan) -> None:
    chain = chain_of(problem, plan)
    assert chain.begin_min == problem.line_of[chain.begins_with].ready_min
    assert chain.closure_min == max(move.steps[-1].end_min for move in plan.moves)
    at_min = chain.begin_min
    for link in chain.links:
        assert link.start_min == at_min
        assert link.minutes > 0
        at_min = link.end_min
    assert at_min == chain.closure_min
    assert sum(minutes for _, minutes in shares(chain)) == chain.closure_min - chain.begin_min


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), line_count=st.integers(1, 12))
def test_links_follow_each_other_and_add_up_to_the_closure(seed: int, line_count: int) -> None:
    problem = random_problem(seed, line_count=line_count)
    assert_adds_up(problem, hand_plan(problem))


@pytest.mark.parametrize("seed", range(4))
def test_links_add_up_in_plans_of_the_search(seed: int) -> None:
    problem = random_problem(seed, line_count=10)
    assert_adds_up(problem, solve(problem, seed=seed, with_bound=False, iteration_limit=20).plan)


def only(problem: Problem, plan: Plan, *ulns: str) -> tuple[Problem, Plan]:
    """Some of the lines, alone."""
    loads = {load.load_id for load in problem.loads if load.uln in ulns}
    lines = tuple(line for line in problem.lines if line.uln in ulns)
    kept = tuple(move for move in plan.moves if move.load_id in loads)
    aboard = {step.voyage_id for move in kept for step in move.steps}
    voyages = tuple(voyage for voyage in plan.voyages if voyage.voyage_id in aboard)
    loads_kept = tuple(load for load in problem.loads if load.load_id in loads)
    fewer = replace(problem, lines=lines, loads=loads_kept, overrides=())
    return fewer, replace(plan, moves=kept, voyages=voyages, unmoved=())


def test_tanks_close_behind_the_train_that_had_to_come_to_them() -> None:
    chain = chain_of(*only(clean_problem(), clean_plan(), "ALPHA"))
    assert (chain.uln, chain.begins_with, chain.begin_min, chain.closure_min) == ("ALPHA", "ALPHA", 600, 5_175)
    assert told(chain) == [
        ("ALPHA/tracks", Cause.FLEET, "train_1435", 120, ""),
        ("ALPHA/tracks", None, "normal-1 on V05", 1_905, ""),
        ("ALPHA/tracks", None, "broad-1 on V07", 660, ""),
        ("ALPHA/tracks", Cause.INTEGRATION, "ALPHA", 720, ""),
        ("ALPHA/tracks", None, "het-1 on V08", 1_170, ""),
    ]


def drives(load_id: str, departure_min: int) -> Move:
    """From the depot to the camp, with twelve hours in the yard."""
    there_min = departure_min + 900
    steps = (
        driven("convoy:DEPOT>YARD", departure_min, there_min),
        driven("convoy:YARD>CAMP", there_min + 720, there_min + 1_620),
    )
    return Move(load_id=load_id, itinerary_id="wheels-road:DEPOT", steps=steps)


def queue_at_the_border() -> tuple[Problem, Plan]:
    """Delta finds the border full of Bravo's vehicles, and crosses on the first minute of the next day."""
    problem, plan = only(clean_problem(), clean_plan(), "BRAVO", "DELTA")
    border = steady("BORDER", ResourceKind.CROSSING_VEHICLES, 12, period_min=DAY_MIN)
    plan = with_move(plan, "DELTA/wheels", lambda _: drives("DELTA/wheels", 2_880 - 810))
    return replace(problem, resources=(border,), caveats=()), plan


def test_a_convoy_closes_behind_the_one_that_filled_the_border() -> None:
    chain = chain_of(*queue_at_the_border())
    assert told(chain) == [
        ("BRAVO/people/1", Cause.CHOICE, "", 60, ""),
        ("DELTA/wheels", Cause.RESOURCE, "BORDER/crossing_vehicles", 630, "BRAVO/people/1"),
        ("DELTA/wheels", None, "itself", 900, ""),
        ("DELTA/wheels", Cause.INTEGRATION, "DELTA", 720, ""),
        ("DELTA/wheels", None, "itself", 900, ""),
    ]
    assert shares(chain) == (
        ("moving", 1_800), ("integration", 720), ("BORDER/crossing_vehicles", 630), ("choice", 60),
    )  # fmt: skip


def test_text_tells_the_chain_in_the_order_of_time() -> None:
    problem, plan = queue_at_the_border()
    assert chain_as_text(chain_of(problem, plan), problem.timeline) == (
        "The force closes at C+3 04:30 with line DELTA. The chain behind it begins when line BRAVO is ready at "
        "C+0 23:00 and takes 2 d 5 h 30 min:\n"
        "  BRAVO/people/1 waited 1 h at DEPOT (C+0 23:00 to C+1) by the plan's own timing; no rule forbade an earlier "
        "start.\n"
        "  DELTA/wheels waited 10 h 30 min at DEPOT (C+1 to C+1 10:30) for BORDER/crossing_vehicles, which was full or "
        "closed: behind BRAVO/people/1.\n"
        "  DELTA/wheels moved 15 h from DEPOT to YARD (C+1 10:30 to C+2 01:30) by itself.\n"
        "  DELTA/wheels waited 12 h at YARD (C+2 01:30 to C+2 13:30) while line DELTA was integrated.\n"
        "  DELTA/wheels moved 15 h from YARD to CAMP (C+2 13:30 to C+3 04:30) by itself.\n"
        "In all: moving 1 d 6 h, integration 12 h, BORDER/crossing_vehicles 10 h 30 min, choice 1 h.\n"
    )


def test_a_line_closes_behind_the_voyage_that_its_only_bus_made_before() -> None:
    problem = random_problem(3, line_count=6, buses=1)
    chain = chain_of(problem, hand_plan(problem))
    waits = [link for link in chain.links if link.cause is Cause.FLEET]
    assert waits
    assert {link.what for link in waits} == {"bus"}
    assert all(link.behind for link in waits)


def test_there_is_no_chain_where_nothing_moves() -> None:
    problem = random_problem(1, line_count=2)
    assert critical_chain(open_book(problem, hand_plan(problem, unmoved=["L001", "L002"]))) is None
