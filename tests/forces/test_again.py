"""Matching again: what a change touches, and what it is compared with."""

from dataclasses import replace

import pytest

from benchmarks.matching_generator import Coalition, make_coalition
from forces.coalition import DAY_WORTH, YEAR_D, coalition, nation, offer, requirement
from muster.forces.matching.answers import asks
from muster.forces.matching.answers.again import Again
from muster.forces.matching.answers.worths import withdrawal_worths
from muster.forces.matching.objectives import Aim
from muster.forces.matching.part import Part
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import solve
from muster.forces.matching.split import split

YEAR = YEAR_D * DAY_WORTH
BOTH = coalition(
    offer("FRA-1"),
    offer("POL-1", capability="clear"),
    requirements=(requirement("GUARD", quantity=2), requirement("CLEAR", capability="clear", quantity=2)),
    nations=(nation("FRA", 200), nation("POL", 100)),
)


def nothing_found(problem: MatchingProblem) -> tuple[Part, ...]:
    """Parts in which a poor search found nothing and proved little."""
    return tuple(Part(part, Matching(()), {Aim.COVERAGE: 0}, {Aim.COVERAGE: 3 * YEAR}) for part in split(problem))


def test_a_change_is_not_given_what_is_only_more_time() -> None:
    """Both parts could cover a year; one offer more of France adds one to its own part, and nothing to the other."""
    again = Again(BOTH, nothing_found(BOTH), seed=1)
    found = again.compare(BOTH.with_offers(offer("FRA-2")))
    assert (found.gain, found.gain_bound) == (YEAR, YEAR)
    assert [part.problem.requirements[0].requirement_id for part in found.untouched.parts] == ["CLEAR"]
    assert again.base.value == 0


def test_what_no_change_touches_has_no_part_in_a_bound() -> None:
    again = Again(BOTH, nothing_found(BOTH), seed=1)
    assert [(worth.gain, worth.gain_bound) for worth in withdrawal_worths(again)] == [(-YEAR, -YEAR)] * 2


def test_without_parts_the_problem_is_matched_at_once() -> None:
    again = Again(BOTH, (), seed=1)
    assert (again.base.value, again.base.is_proved) == (2 * YEAR, True)


@pytest.mark.parametrize("seed", range(3))
def test_kinds_that_cannot_come_among_the_first_are_not_looked_at(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    problem = make_coalition(Coalition(nations=6, requirements=40, offers=30, months=12, capabilities=12), seed=seed)
    again = Again(problem, solve(problem, seed=1, time_limit_s=3).parts, seed=1)
    looked_at: list[str] = []
    distinct = asks._distinct

    def noted(problem, kind, asked_of, short):  # type: ignore[no-untyped-def]
        looked_at.append(kind.requirement_id)
        return distinct(problem, kind, asked_of, short)

    monkeypatch.setattr(asks, "_distinct", noted)
    few = asks._candidates(again, 3)
    some = len(looked_at)
    every = asks._candidates(again, 1000)
    assert few == every[:3]
    assert some < len(looked_at) - some


def test_a_stop_leaves_out_what_was_not_begun() -> None:
    again = Again(replace(BOTH, title="stopped"), nothing_found(BOTH), seed=1, should_stop=lambda: True)
    assert withdrawal_worths(again) == ()
