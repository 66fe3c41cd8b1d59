"""Lines that wait for others: the port opens before the main body moves."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movement.clean_plan import clean_plan, clean_problem
from movement.instances import random_problem
from movement.replays import Rerun
from movement.test_replan import some_events
from movement.test_search_stories import DAY_MIN, a_problem, planned, tanks, times, wheels
from muster.movement.checks import check
from muster.movement.explanation.critical_chain import critical_chain
from muster.movement.explanation.explain import as_text, explain
from muster.movement.explanation.holdups import open_book
from muster.movement.formulation import bound
from muster.movement.plan import Plan
from muster.movement.problem import InconsistentProblem, NoWay, Problem
from muster.movement.replan.curve import replan
from muster.movement.replan.events import Held
from muster.movement.replan.review import split
from muster.movement.risk.replayer import Policy
from muster.movement.solve import solve, uncongested

CONVOY_MIN = 3420
"""From when a line with one convoy sets out until it closes, integration included."""


def waiting(problem: Problem, **after: tuple[str, ...]) -> Problem:
    """The problem with lines that wait for others."""
    lines = tuple(replace(line, after=after.get(line.uln, ())) for line in problem.lines)
    return replace(problem, lines=lines)


def in_a_row(seed: int, count: int = 6) -> Problem:
    """A random problem in which every second line waits for the one before it, and the last for the first two."""
    problem = random_problem(seed, line_count=count, horizon_d=90)
    names = [line.uln for line in problem.lines]
    after = {uln: (ahead,) for ahead, uln in zip(names[::2], names[1::2], strict=True)}
    return waiting(problem, **{**after, names[-1]: tuple(names[:2])})


def test_a_line_sets_out_when_the_one_before_it_has_closed() -> None:
    plan = planned(waiting(a_problem(wheels("OPENS"), wheels("BODY")), BODY=("OPENS",)))
    assert times(plan, "BODY/wheeled") == [
        ("convoy:BARRACKS>YARD", CONVOY_MIN, CONVOY_MIN + 1800),
        ("convoy:YARD>CAMP", CONVOY_MIN + 2520, 2 * CONVOY_MIN),
    ]


def test_a_less_urgent_line_goes_first_when_an_urgent_one_waits_for_it() -> None:
    opens, body = wheels("OPENS", priority=5, required_min=20 * DAY_MIN), wheels("BODY", priority=1)
    plan = planned(waiting(a_problem(body, opens), BODY=("OPENS",)))
    assert [times(plan, f"{uln}/wheeled")[0][1] for uln in ("OPENS", "BODY")] == [0, CONVOY_MIN]


def test_a_line_waits_for_the_last_of_several() -> None:
    late = wheels("LATE", ready_min=DAY_MIN)
    problem = waiting(a_problem(wheels("BODY"), wheels("EARLY"), late), BODY=("EARLY", "LATE"))
    assert times(planned(problem), "BODY/wheeled")[0][1] == DAY_MIN + CONVOY_MIN
    assert uncongested(problem) == {
        "BODY": DAY_MIN + 2 * CONVOY_MIN, "EARLY": CONVOY_MIN, "LATE": DAY_MIN + CONVOY_MIN
    }  # fmt: skip


def test_a_line_that_waits_for_one_that_cannot_move_stays() -> None:
    line, loads = wheels("STUCK")
    stuck = (line, tuple(replace(load, itineraries=()) for load in loads))
    problem = waiting(a_problem(stuck, wheels("NEXT"), wheels("LAST")), NEXT=("STUCK",), LAST=("NEXT",))
    problem = replace(problem, no_ways=(NoWay(uln="STUCK", load_id="STUCK/wheeled", reason="no way"),))
    assert [(unmoved.uln, unmoved.reason) for unmoved in planned(problem).unmoved] == [
        ("STUCK", "no way"),
        ("NEXT", 'It waits for line "STUCK", which does not move.'),
        ("LAST", 'It waits for line "NEXT", which does not move.'),
    ]


def test_lines_that_wait_for_one_another_are_refused() -> None:
    problem = a_problem(wheels("A"), wheels("B"), wheels("C"))
    with pytest.raises(InconsistentProblem) as refused:
        waiting(problem, A=("C",), B=("A",), C=("B",))
    assert refused.value.faults == ("Lines A after C after B after A wait for one another; let one of them go first.",)
    with pytest.raises(InconsistentProblem, match='names "D", which is not among the lines'):
        waiting(problem, A=("D",))


@pytest.mark.parametrize("seed", range(12))
def test_plans_with_waiting_lines_are_clean_and_above_their_bound(seed: int) -> None:
    problem = in_a_row(seed)
    result = solve(problem, seed=seed, with_bound=False, iteration_limit=300)
    assert check(problem, result.plan) == ()
    assert result.plan.unmoved == ()
    proved = bound(problem, time_limit_s=1.0)
    assert max(uncongested(problem).values()) <= proved.closure_min <= result.score.closure_min
    assert proved.weighted_lateness_min <= result.score.weighted_lateness_min


def test_the_bound_adds_up_lines_that_follow_one_another() -> None:
    problem = waiting(a_problem(wheels("A"), wheels("B"), wheels("C")), B=("A",), C=("B",))
    proved = bound(problem, time_limit_s=1.0)
    assert proved.closure_min == 3 * CONVOY_MIN == solve(problem, with_bound=False, iteration_limit=5).score.closure_min


def test_the_bound_counts_a_fleet_that_must_be_done_before_others_set_out() -> None:
    pairs = [tanks(f"T{number}", item_kg=70_000) for number in range(4)]
    free = a_problem(*pairs, wheels("BODY"))
    held = waiting(free, BODY=tuple(line.uln for line, _ in pairs))
    before, after = (bound(problem, time_limit_s=4.0).closure_min for problem in (free, held))
    assert after == before + CONVOY_MIN


def test_a_line_that_goes_without_the_one_it_waits_for_is_found() -> None:
    problem = waiting(clean_problem(), DELTA=("CHARLIE",))
    (found,) = check(problem, clean_plan())
    assert (found.rule, found.subject, found.amount, found.limit) == ("predecessors_closed", "DELTA/wheels", None, None)
    assert found.message.endswith('waits for line "CHARLIE", which does not move.')


def explained() -> tuple[Problem, Plan]:
    problem = waiting(a_problem(wheels("OPENS"), wheels("BODY", required_min=DAY_MIN)), BODY=("OPENS",))
    return problem, planned(problem)


def test_the_wait_for_a_line_is_explained() -> None:
    told = as_text(explain(*explained(), "BODY"))
    assert "BODY/wheeled waited 2 d 9 h at BARRACKS (C+0 to C+2 09:00) for line OPENS to close." in told
    assert "The shortest list of causes for that: lines that close before it 2 d 9 h" in told


def test_the_critical_chain_goes_back_through_the_line_before() -> None:
    chain = critical_chain(open_book(*explained()))
    assert chain is not None
    assert (chain.uln, chain.begins_with, chain.begin_min, chain.closure_min) == ("BODY", "OPENS", 0, 2 * CONVOY_MIN)
    assert [(link.load_id, link.cause) for link in chain.links] == [
        ("OPENS/wheeled", None), ("OPENS/wheeled", "integration"), ("OPENS/wheeled", None),
        ("BODY/wheeled", None), ("BODY/wheeled", "integration"), ("BODY/wheeled", None),
    ]  # fmt: skip


@cache
def standing(seed: int) -> tuple[Problem, Plan]:
    problem = in_a_row(seed, count=8)
    return problem, solve(problem, with_bound=False, iteration_limit=50, seed=seed).plan


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(1, 4), now_min=st.integers(0, 12_000), chance=st.integers(0, 10_000))
def test_every_replan_of_waiting_lines_keeps_every_rule(seed: int, now_min: int, chance: int) -> None:
    problem, plan = standing(seed)
    events = some_events(chance, problem, now_min)
    replanned = replan(problem, plan, events, now_min=now_min, iteration_limit=8)
    for point in replanned.points:
        assert split(check(point.problem, point.plan), replanned.history)[0] == ()


def test_a_replan_without_events_is_the_plan_in_force() -> None:
    problem, plan = standing(1)
    least = replan(problem, plan, (), now_min=4_000, iteration_limit=8).points[0]
    assert least.changes.legs == 0


def test_what_sets_out_before_the_line_it_waits_for_is_told() -> None:
    problem, plan = explained()
    held = Held(event_id="E1", at_min=9_000, load_id="OPENS/wheeled", place="YARD")
    (point, *_) = replan(problem, plan, (held,), now_min=CONVOY_MIN + 60, iteration_limit=8).points
    assert point.strains == ("BODY has set out before OPENS closes.",)
    assert check(point.problem, point.plan) == ()


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("seed", range(3))
def test_a_replay_without_setbacks_is_the_plan(seed: int, policy: Policy) -> None:
    rerun = Rerun(*standing(seed))
    rerun.closed_min(rerun.nothing_wrong(), policy)
    assert rerun.replayer.times_min().tolist() == [list(activity.times_min) for activity in rerun.activities]


@pytest.mark.parametrize("policy", list(Policy))
def test_a_line_that_closes_late_holds_up_the_one_that_waits_for_it(policy: Policy) -> None:
    rerun = Rerun(*explained())
    setbacks = rerun.nothing_wrong()
    setbacks.ready_min[rerun.lines["OPENS"]] = 100
    assert rerun.closed_min(setbacks, policy) == {"OPENS": CONVOY_MIN + 100, "BODY": 2 * CONVOY_MIN + 100}
