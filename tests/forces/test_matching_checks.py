"""Every rule finds its breach, and nothing else does."""

from typing import Any

import pytest

from forces.coalition import REAR, caveat, coalition, day, gate, offer, requirement, tours
from muster.forces import Activation, ActivationState, CaveatEffect, GateState, OfferStatus, PlaceAllowed, Size
from muster.forces.matching.checks import check
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import solve

CLEAN = tours(("FRA-1", 1, 0, 6), ("FRA-1", 2, 6, 6))


def problem(post: dict[str, Any] | None = None, terms: dict[str, Any] | None = None, **more: Any) -> MatchingProblem:
    """Two French companies that take turns at the post for a year; they could at 2:1."""
    row = offer("FRA-1", **{"quantity": 2, **(terms or {})})
    return coalition(row, offer("POL-1", quantity=2), requirements=(requirement(**(post or {})),), ratio=2, **more)


def rules(broken: MatchingProblem, matching: Matching = CLEAN) -> set[str]:
    return {finding.rule for finding in check(broken, matching)}


def test_the_clean_matching_keeps_every_promise() -> None:
    assert check(problem(), CLEAN) == ()


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("offer_stands", problem(terms={"status": OfferStatus.WITHDRAWN})),
        ("offer_stands", problem(terms={"disputes": "POL-1"})),
        ("capability_fits", problem(post={"capability": "clear"})),
        ("capability_fits", problem(post={"unit_type": "tracked"})),
        ("capability_fits", problem(terms={"size": Size.BATTALION})),
        ("place_allowed", problem(terms={"place_allowed": PlaceAllowed.NEIGHBOUR_ONLY})),
        ("place_allowed", problem(terms={"place_allowed": PlaceAllowed.HOME_ONLY})),
        ("must_have", problem(post={"must_have": ("night",)})),
        ("notice_to_move", problem(terms={"notice_days": None})),
        ("ready_before_serving", problem(deploy_d=1)),
        ("ready_before_serving", problem(activations=(Activation(state=ActivationState.WARNING, at=day(0)),))),
        ("gates_open", problem(terms={"gates": ("vote",)}, gates=(gate("vote", opens=day(1)),))),
        ("gates_open", problem(terms={"gates": ("vote",)}, gates=(gate("vote", GateState.REFUSED, day(0)),))),
        ("caveats_kept", problem(caveats=(caveat("no", starts=day(364)),))),
        ("caveats_kept", problem(caveats=(caveat("no", effect=CaveatEffect.NEEDS_APPROVAL, approved=day(1)),))),
        ("within_availability", problem(terms={"available_from": day(1)})),
        ("within_availability", problem(terms={"available_until": day(364)})),
        ("within_need", problem(post={"needed_from": day(30)})),
        ("within_need", problem(post={"needed_until": day(334)})),
        ("tour_length", problem(tour_months=5)),
        ("tour_length", problem(terms={"tour_max_months": 5})),
        ("max_nations", problem(post={"max_nations": 0})),
        ("framework_nation", problem(post={"framework": "POL"})),
        (
            "people_limits",
            problem(caveats=(caveat("few", effect=CaveatEffect.LIMITS, limit_people=99, starts=day(200)),)),
        ),
    ],
)
def test_a_rule_finds_its_breach_and_no_other_does(rule: str, broken: MatchingProblem) -> None:
    assert rules(broken) == {rule}


def test_notice_beyond_what_is_borne_is_found() -> None:
    late = tours(("FRA-1", 1, 1, 6))
    assert rules(problem(post={"notice_max_d": 19}, terms={"notice_days": 20}), late) == {"notice_to_move"}


@pytest.mark.parametrize(
    ("rule", "matching"),
    [
        ("well_formed", tours(("EST-1", 1, 0, 6))),
        ("well_formed", tours(("FRA-1", 3, 0, 6))),
        ("well_formed", tours(("FRA-1", 0, 0, 6))),
        ("well_formed", tours(("FRA-1", 1, 0, 6), at="NOWHERE")),
        ("rotation", tours(("FRA-1", 1, 0, 6), ("FRA-1", 1, 11, 1))),
        ("tour_length", tours(("FRA-1", 1, 0, 7))),
        ("within_need", tours(("FRA-1", 1, 10, 3))),
    ],
)
def test_a_breach_of_the_tours_is_found(rule: str, matching: Matching) -> None:
    assert rules(problem(), matching) == {rule}


def test_a_tour_that_stands_twice_is_no_matching() -> None:
    assert rules(problem(), tours(("FRA-1", 1, 0, 6), ("FRA-1", 1, 0, 6))) == {"well_formed", "rotation"}


def test_more_in_place_than_a_nation_allows_are_found() -> None:
    both = tours(("FRA-1", 1, 0, 6), ("FRA-1", 2, 5, 6))
    assert [finding.message for finding in check(problem(terms={"in_place_max": 1}), both)] == [
        "2 units of offer FRA-1 are in place in month 5; 1 may be."
    ]


def test_nations_beyond_the_most_and_beside_nobody_are_found() -> None:
    both = tours(("FRA-1", 1, 0, 6), ("POL-1", 1, 5, 6))
    assert [finding.message for finding in check(problem(post={"max_nations": 1}), both)] == [
        "FRA, POL serve in requirement GUARD in month 5; 1 may."
    ]
    assert len(check(problem(post={"framework": "FRA"}), both)) == 5


def test_a_caveat_that_is_over_before_it_begins_is_broken_by_nobody() -> None:
    never = caveat("no", effect=CaveatEffect.NEEDS_APPROVAL, starts=day(90), approved=day(60))
    assert rules(problem(caveats=(never,))) == set()


@pytest.mark.parametrize("elsewhere", [{"place": REAR}, {"country": "POL"}, {"task": "patrol"}])
def test_a_limit_counts_only_what_it_names(elsewhere: dict[str, str]) -> None:
    few = caveat("few", effect=CaveatEffect.LIMITS, limit_people=99, **elsewhere)
    assert rules(problem(caveats=(few,))) == set()


def test_a_limit_holds_in_its_time_alone() -> None:
    """Until C+91 a hundred people are too many: the first tour begins in month 3."""
    few = caveat("few", effect=CaveatEffect.LIMITS, limit_people=99, until=day(91))
    limited = coalition(offer("FRA-1"), caveats=(few,), months=6)
    found = solve(limited, seed=1, time_limit_s=5)
    assert found.matching == tours(("FRA-1", 1, 3, 3))
    assert found.coverage.is_proved
    assert check(limited, found.matching) == ()
    assert rules(limited, Matching((Tour("FRA-1", 1, "GUARD", 2, 4),))) == {"people_limits"}
