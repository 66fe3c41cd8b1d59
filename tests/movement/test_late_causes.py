"""The shortest list of causes of a lateness."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from movement.clean_plan import clean_plan, clean_problem
from muster.movement.explanation.explain import as_text, explain
from muster.movement.explanation.holdups import Cause, Wait
from muster.movement.explanation.late_causes import NOT_LATE, LateCause, Lateness, as_words, explain_lateness


def waited(cause: Cause, what: str, minutes: int) -> Wait:
    return Wait("X/1", "leg", "HERE", cause, what, 0, minutes, minutes)


BUS = waited(Cause.FLEET, "bus", 300)
BORDER = waited(Cause.RESOURCE, "BORDER/credits", 200)
PERMIT = waited(Cause.PERMIT, "DEU-UKR", 250)


def test_the_longest_wait_alone_where_it_reaches_the_lateness() -> None:
    assert explain_lateness([BORDER, BUS, PERMIT], 300) == Lateness(
        causes=(LateCause(cause=Cause.FLEET, what="bus", minutes=300),)
    )


def test_waits_for_one_thing_count_together() -> None:
    lateness = explain_lateness([BORDER, BUS, PERMIT, BORDER], 320)
    assert [(cause.what, cause.minutes) for cause in lateness.causes] == [("BORDER/credits", 400)]


def test_voyages_that_went_to_the_more_urgent_are_one_cause() -> None:
    urgent = [waited(Cause.PRIORITY, name, 100) for name in ("V1", "V2")]
    assert explain_lateness(urgent, 150).causes == (LateCause(cause=Cause.PRIORITY, what="", minutes=200),)


def test_what_waits_do_not_explain_is_ready_date_and_way() -> None:
    fixed = [waited(Cause.READY, "X", 900), waited(Cause.INTEGRATION, "X", 720)]
    lateness = explain_lateness([*fixed, BUS], 1_000)
    assert lateness.in_any_case_min == 700
    assert as_words(lateness) == "bus 5 h, ready date and way alone 11 h 40 min"


def test_a_line_in_time_has_no_causes() -> None:
    assert explain_lateness([BUS], 0) == explain_lateness([BUS], -60) == NOT_LATE


@given(
    minutes=st.lists(st.integers(1, 50), min_size=1, max_size=7),
    lateness_min=st.integers(1, 400),
)
def test_no_shorter_list_reaches_the_lateness(minutes: list[int], lateness_min: int) -> None:
    waits = [waited(Cause.FLEET, f"fleet-{number}", each) for number, each in enumerate(minutes)]
    lateness = explain_lateness(waits, lateness_min)
    shorter = combinations(minutes, len(lateness.causes) - 1)
    assert not any(sum(some) >= lateness_min for some in shorter)
    assert sum(cause.minutes for cause in lateness.causes) + lateness.in_any_case_min >= lateness_min


def test_explain_tells_the_list_for_a_late_line() -> None:
    problem = clean_problem()
    lines = tuple(replace(line, required_min=6_000) if line.uln == "ECHO" else line for line in problem.lines)
    told = as_text(explain(replace(problem, lines=lines), clean_plan(), "ECHO"))
    assert "\nThe shortest list of causes for that: the plan's own timing 2 d.\n" in told
    assert "shortest list" not in as_text(explain(problem, clean_plan(), "ECHO"))
