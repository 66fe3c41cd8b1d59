"""Replays of a plan: what setbacks do to it, step by step."""

from dataclasses import replace

import numpy as np
import pytest

from movement.clean_plan import clean_plan, clean_problem
from movement.instances import random_problem
from movement.replays import Rerun
from muster.movement.checks import check
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.risk.replayer import Policy
from muster.movement.solve import solve

RULES_OF_PLACES = {"node_capacity", "one_place_at_a_time", "travel_time", "ready_before_moving", "asset_capacity"}
"""Rules that hold in every replay; windows may break, and staging areas take what comes."""


def planned(problem: Problem) -> Plan:
    return solve(problem, with_bound=False, iteration_limit=300).plan


@pytest.fixture(scope="module")
def six_companies() -> Rerun:
    return Rerun(clean_problem(), clean_plan())


@pytest.mark.parametrize("policy", list(Policy))
def test_a_plan_under_no_setbacks_is_the_plan(six_companies: Rerun, policy: Policy) -> None:
    closed_min = six_companies.closed_min(six_companies.nothing_wrong(), policy)
    planned_min = [list(activity.times_min) for activity in six_companies.activities]
    assert six_companies.replayer.times_min().tolist() == planned_min
    assert closed_min == {"ALPHA": 5_175, "BRAVO": 3_960, "DELTA": 5_400, "ECHO": 7_840, "FOXTROT": 6_400}


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("seed", range(4))
def test_a_plan_of_the_search_under_no_setbacks_is_the_plan(seed: int, policy: Policy) -> None:
    problem = random_problem(seed, line_count=12)
    rerun = Rerun(problem, planned(problem))
    rerun.closed_min(rerun.nothing_wrong(), policy)
    assert rerun.replayer.times_min().tolist() == [list(activity.times_min) for activity in rerun.activities]


def test_what_the_plan_waits_anyway_absorbs_a_late_bus(six_companies: Rerun) -> None:
    before = six_companies.closed_min(six_companies.nothing_wrong(), Policy.RIGHT_SHIFT)
    assert six_companies.closed_min(six_companies.late_asset("bus-2", 1_500), Policy.RIGHT_SHIFT) == before


def test_a_bus_late_by_more_holds_up_its_line_alone(six_companies: Rerun) -> None:
    before = six_companies.closed_min(six_companies.nothing_wrong(), Policy.RIGHT_SHIFT)
    after = six_companies.closed_min(six_companies.late_asset("bus-2", 2_440), Policy.RIGHT_SHIFT)
    assert after == {**before, "BRAVO": 3_200 + 720 + 900}


def test_a_dispatcher_sends_another_bus_for_the_late_one(six_companies: Rerun) -> None:
    before = six_companies.closed_min(six_companies.nothing_wrong(), Policy.DISPATCH)
    assert six_companies.closed_min(six_companies.late_asset("bus-2", 2_440), Policy.DISPATCH) == before


def test_a_late_permit_holds_the_border_not_the_barracks(six_companies: Rerun) -> None:
    granted_min = six_companies.nothing_wrong().granted_min + np.array([0, 4_000])
    after = six_companies.closed_min(six_companies.wrong(granted_min=granted_min), Policy.RIGHT_SHIFT)
    early = six_companies.closed_min(six_companies.nothing_wrong(), Policy.RIGHT_SHIFT)
    assert {uln: after[uln] - early[uln] for uln in after} == {
        "ALPHA": 0,
        "BRAVO": 0,
        "DELTA": (4_000 - 810) + 900 + 720 + 900 - 5_400,
        "ECHO": 0,
        "FOXTROT": 0,
    }


@pytest.mark.parametrize("seed", range(6))
def test_places_hold_no_more_in_a_replay_than_in_a_plan(seed: int) -> None:
    problem = random_problem(seed, line_count=12)
    rerun = Rerun(problem, planned(problem))
    draw = np.random.default_rng(seed)
    count = len(rerun.activities)
    setbacks = rerun.wrong(
        delay_min=draw.integers(0, 600, count) * (draw.random(count) < 0.4),
        load_min=draw.integers(0, 120, count),
        unload_min=draw.integers(0, 120, count),
    )
    closed_min = rerun.closed_min(setbacks, Policy.RIGHT_SHIFT)
    assert min(closed_min.values()) >= 0
    broken = {finding.rule for finding in check(problem, rerun.replayed())}
    assert broken & RULES_OF_PLACES == set()


@pytest.mark.parametrize("seed", range(6))
def test_longer_delays_close_no_line_earlier_where_places_have_room(seed: int) -> None:
    problem = replace(random_problem(seed, line_count=12), resources=())
    rerun = Rerun(problem, planned(problem))
    draw = np.random.default_rng(seed)
    delay_min = draw.integers(0, 900, len(rerun.activities))
    more_min = delay_min + draw.integers(0, 900, len(rerun.activities))
    less = rerun.closed_min(rerun.wrong(delay_min=delay_min), Policy.RIGHT_SHIFT)
    more = rerun.closed_min(rerun.wrong(delay_min=more_min), Policy.RIGHT_SHIFT)
    assert [uln for uln in less if more[uln] < less[uln]] == []


@pytest.mark.parametrize("policy", list(Policy))
def test_an_asset_that_comes_after_the_end_of_the_plan_makes_nothing(six_companies: Rerun, policy: Policy) -> None:
    for minute in (60 * 1_440 - 10, 61 * 1_440, 4_000 * 1_440):
        after = six_companies.closed_min(six_companies.late_asset("het-1", minute), policy)
        assert after == {"ALPHA": -1, "BRAVO": 3_960, "DELTA": 5_400, "ECHO": 7_840, "FOXTROT": 6_400}


def test_a_line_whose_asset_never_comes_never_closes(six_companies: Rerun) -> None:
    after = six_companies.closed_min(six_companies.late_asset("broad-1", 60 * 1_440), Policy.DISPATCH)
    assert after["ALPHA"] == -1
    assert after["BRAVO"] == 3_960
