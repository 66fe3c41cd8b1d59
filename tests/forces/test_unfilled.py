"""Why a line is unfilled: each reason where it is the only one, and the shortest lists against every shorter one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forces.coalition import caveat, coalition, day, gate, offer, requirement, tours
from forces.made_up import mostly
from muster.forces import Activation, ActivationState, CaveatEffect, GateState, OfferStatus, PlaceAllowed, Size
from muster.forces.matching.answers.again import Again
from muster.forces.matching.answers.unfilled import Reason, ReasonKind, list_unfilled
from muster.forces.matching.answers.unused import Unused, Why, list_unused
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import solve

FEW = caveat("few", effect=CaveatEffect.LIMITS, limit_people=150)


def asked_again(problem: MatchingProblem) -> Again:
    return Again(problem, solve(problem, seed=1, time_limit_s=10).parts, seed=1)


def reasons(problem: MatchingProblem) -> dict[str, tuple[Reason, ...]]:
    unfilled = list_unfilled(asked_again(problem))
    assert all(row.is_shortest for row in unfilled if row.reasons != (Reason(ReasonKind.NO_OFFER),))
    return {row.requirement_id: row.reasons for row in unfilled}


def alone(row: Any, post: Any = None, **more: Any) -> MatchingProblem:
    return coalition(row, requirements=(post or requirement(),), **more)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (coalition(), Reason(ReasonKind.NO_OFFER)),
        (alone(offer("FRA-1"), requirement(quantity=2)), Reason(ReasonKind.NO_OFFER)),
        (alone(offer("FRA-1", size=Size.TEAM)), Reason(ReasonKind.NO_OFFER)),
        (alone(offer("FRA-1", status=OfferStatus.WITHDRAWN)), Reason(ReasonKind.NO_OFFER)),
        (alone(offer("FRA-1"), caveats=(caveat("no"),)), Reason(ReasonKind.CAVEAT, "no")),
        (alone(offer("FRA-1"), caveats=(caveat("no", starts=day(300)),)), Reason(ReasonKind.CAVEAT, "no")),
        (alone(offer("FRA-1", gates=("vote",)), gates=(gate("vote"),)), Reason(ReasonKind.GATE, "vote")),
        (
            alone(offer("FRA-1", gates=("vote",)), gates=(gate("vote", opens=day(31)),)),
            Reason(ReasonKind.GATE, "vote"),
        ),
        (alone(offer("FRA-1", notice_days=30)), Reason(ReasonKind.READINESS, "FRA")),
        (
            alone(offer("FRA-1"), activations=(Activation(state=ActivationState.REQUEST, at=day(0)),)),
            Reason(ReasonKind.READINESS, "FRA"),
        ),
        (alone(offer("FRA-1", notice_days=None)), Reason(ReasonKind.NOTICE, "FRA")),
        (
            alone(offer("FRA-1", place_allowed=PlaceAllowed.NEIGHBOUR_ONLY)),
            Reason(ReasonKind.PLACE, "FRA"),
        ),
        (alone(offer("FRA-1"), requirement(must_have=("night",))), Reason(ReasonKind.ATTRIBUTE, "night")),
        (alone(offer("FRA-1"), ratio=2), Reason(ReasonKind.ROTATION)),
        (alone(offer("FRA-1", quantity=2), requirement(quantity=2), caveats=(FEW,)), Reason(ReasonKind.LIMIT)),
    ],
    ids=lambda value: f"{value.kind} {value.what}".strip() if isinstance(value, Reason) else "",
)
def test_a_reason_that_is_the_only_one_is_given(problem: MatchingProblem, reason: Reason) -> None:
    assert reasons(problem) == {"GUARD": (reason,)}


def test_rules_about_nations_are_the_reason_where_units_are_enough() -> None:
    one_nation = requirement(quantity=2, max_nations=1)
    assert reasons(coalition(offer("FRA-1"), offer("POL-1"), requirements=(one_nation,))) == {
        "GUARD": (Reason(ReasonKind.COHESION),)
    }


def test_a_post_that_nobody_leads_needs_only_somebody_to_lead() -> None:
    led = requirement(framework="FRA")
    assert reasons(coalition(offer("POL-1"), requirements=(led,))) == {"GUARD": (Reason(ReasonKind.COHESION),)}
    rested = coalition(offer("POL-1", quantity=2), requirements=(led,), ratio=2)
    assert reasons(rested) == {"GUARD": (Reason(ReasonKind.COHESION),)}


def test_the_gate_of_the_framework_nation_lets_others_serve_too() -> None:
    """France leads and is not through its vote; Poland has a company that may serve beside it at once."""
    post = requirement(quantity=2, framework="FRA")
    problem = coalition(
        offer("FRA-1", gates=("vote",)),
        offer("POL-1"),
        requirements=(post,),
        gates=(gate("vote"),),
    )
    assert reasons(problem) == {"GUARD": (Reason(ReasonKind.GATE, "vote"),)}


def test_units_that_serve_where_more_is_at_stake_are_a_shortage() -> None:
    posts = (requirement("VITAL"), requirement("USEFUL", criticality=5))
    assert reasons(coalition(offer("FRA-1"), requirements=posts)) == {"USEFUL": (Reason(ReasonKind.SHORTAGE),)}


def test_other_reasons_come_before_a_shortage_where_lists_are_as_long() -> None:
    """The useful post lacks somebody to lead: France could leave the vital one, or Poland could go without it."""
    posts = (requirement("VITAL", must_have=("french",)), requirement("USEFUL", criticality=5, framework="FRA"))
    problem = coalition(offer("FRA-1", has=("french",)), offer("POL-1"), requirements=posts)
    assert reasons(problem) == {"USEFUL": (Reason(ReasonKind.COHESION),)}


def test_two_things_are_named_where_both_stand_in_the_way() -> None:
    problem = coalition(
        offer("FRA-1", gates=("vote",)), gates=(gate("vote"),), requirements=(requirement(must_have=("night",)),)
    )
    assert reasons(problem) == {"GUARD": (Reason(ReasonKind.ATTRIBUTE, "night"), Reason(ReasonKind.GATE, "vote"))}


def test_what_is_short_is_told_by_month() -> None:
    (unfilled,) = list_unfilled(asked_again(alone(offer("FRA-1", notice_days=60), months=4)))
    assert unfilled.short == (1, 1, 0, 0)


def test_an_answer_that_was_stopped_knows_no_reasons() -> None:
    problem = coalition()
    stopped = Again(problem, solve(problem, seed=1, time_limit_s=5).parts, seed=1, should_stop=lambda: True)
    (unfilled,) = list_unfilled(stopped)
    assert (unfilled.reasons, unfilled.is_shortest) == ((Reason(ReasonKind.NOT_KNOWN),), False)


@st.composite
def lines(draw: st.DrawFn) -> MatchingProblem:
    """One post and what keeps it from being filled."""
    rows = [
        offer(
            f"{draw(st.sampled_from(('FRA', 'POL')))}-{number}",
            quantity=draw(st.integers(1, 3)),
            gates=draw(mostly((), ("vote",), ("mandate",))),
            has=draw(st.sampled_from(((), ("night",)))),
            place_allowed=draw(mostly(PlaceAllowed.IN_COUNTRY, PlaceAllowed.NEIGHBOUR_ONLY)),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    post = requirement(
        quantity=draw(st.integers(1, 3)),
        must_have=draw(st.sampled_from(((), ("night",)))),
        max_nations=draw(st.sampled_from((None, 1))),
        framework=draw(mostly(None, "FRA", "POL")),
    )
    return coalition(
        *rows,
        requirements=(post,),
        gates=(gate("vote", opens=draw(st.sampled_from((None, day(30))))), gate("mandate")),
        caveats=(caveat("no", starts=draw(st.sampled_from((None, day(60))))), FEW)[: draw(st.integers(0, 2))],
        ratio=draw(st.integers(1, 2)),
        tour_months=2,
        months=4,
    )


def otherwise(problem: MatchingProblem, reason: Reason) -> MatchingProblem:
    """The problem with what is a reason otherwise."""
    post = problem.requirements[0]
    match reason.kind:
        case ReasonKind.CAVEAT:
            return problem.without_caveats(reason.what)
        case ReasonKind.LIMIT:
            return problem.without_caveats(FEW.caveat_id)
        case ReasonKind.GATE:
            return problem.with_gates({reason.what: gate(reason.what, GateState.OPEN)})
        case ReasonKind.ATTRIBUTE:
            return replace(problem, requirements=(replace(post, must_have=()),))
        case ReasonKind.COHESION:
            return replace(problem, requirements=(replace(post, max_nations=None, framework=None),))
        case ReasonKind.ROTATION:
            return problem.without_rotation()
        case _:
            let = {reason.what: PlaceAllowed.IN_COUNTRY}
            return replace(
                problem,
                offers=tuple(
                    replace(row, place_allowed=let.get(row.nation, row.place_allowed)) for row in problem.offers
                ),
            )


CANDIDATES = (
    Reason(ReasonKind.CAVEAT, "no"),
    Reason(ReasonKind.LIMIT),
    Reason(ReasonKind.GATE, "vote"),
    Reason(ReasonKind.GATE, "mandate"),
    Reason(ReasonKind.ATTRIBUTE, "night"),
    Reason(ReasonKind.COHESION),
    Reason(ReasonKind.ROTATION),
    Reason(ReasonKind.PLACE, "FRA"),
    Reason(ReasonKind.PLACE, "POL"),
)


def is_filled(problem: MatchingProblem, lifted: tuple[Reason, ...]) -> bool:
    for reason in lifted:
        problem = otherwise(problem, reason)
    result = solve(problem, seed=1, time_limit_s=5)
    assert result.coverage.is_proved
    return result.coverage.gap == 0 and result.coverage.value == 192 * 121 * problem.requirements[0].quantity


def shorter_lists(problem: MatchingProblem, length: int) -> Iterator[tuple[Reason, ...]]:
    changes = [reason for reason in CANDIDATES if otherwise(problem, reason) != problem]
    for size in range(length):
        yield from combinations(changes, size)


def compare(problem: MatchingProblem) -> None:
    found = reasons(problem).get("GUARD", ())
    if found == (Reason(ReasonKind.NO_OFFER),):
        assert not is_filled(problem, CANDIDATES)
        return
    assert is_filled(problem, found)
    assert not any(is_filled(problem, shorter) for shorter in shorter_lists(problem, len(found)))


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(lines())
def test_no_shorter_list_fills_the_line(problem: MatchingProblem) -> None:
    compare(problem)


@pytest.mark.proofs
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(lines())
def test_no_shorter_list_fills_hundreds_of_lines(problem: MatchingProblem) -> None:
    compare(problem)


UNUSED: Mapping[str, tuple[MatchingProblem, Unused]] = {
    "withdrawn": (
        coalition(offer("FRA-1", status=OfferStatus.WITHDRAWN)),
        Unused("FRA-1", 1, Why.WITHDRAWN),
    ),
    "of no use": (coalition(offer("FRA-1", capability="clear")), Unused("FRA-1", 1, Why.NO_REQUIREMENT)),
    "behind a gate, though ready at once": (
        coalition(offer("FRA-1", gates=("vote",)), gates=(gate("vote"),)),
        Unused("FRA-1", 1, Why.HINDERED, (Reason(ReasonKind.GATE, "vote"),)),
    ),
    "beside nobody": (
        coalition(offer("POL-1"), requirements=(requirement(framework="FRA"),)),
        Unused("POL-1", 1, Why.HINDERED, (Reason(ReasonKind.COHESION),)),
    ),
    "too late": (
        coalition(offer("FRA-1", available_from=day(100)), requirements=(requirement(needed_until=day(60)),)),
        Unused("FRA-1", 1, Why.NOT_AVAILABLE),
    ),
}


@pytest.mark.parametrize("story", UNUSED)
def test_an_offer_that_nobody_uses_says_why(story: str) -> None:
    problem, expected = UNUSED[story]
    assert list_unused(problem, tours()) == (expected,)


def test_an_offer_beside_a_better_one_is_not_needed_and_another_report_is_none() -> None:
    problem = coalition(offer("FRA-1"), offer("POL-1"), offer("POL-2", disputes="POL-1"))
    assert list_unused(problem, tours(("FRA-1", 1, 0, 6))) == (Unused("POL-1", 1, Why.NOT_NEEDED),)
