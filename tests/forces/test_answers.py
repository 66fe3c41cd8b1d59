"""What caveats, gates, nations and further offers are worth, how long the force lasts, and chance."""

from dataclasses import replace

import pytest

from forces.coalition import DAY_WORTH, YEAR_D, caveat, coalition, day, gate, nation, offer, requirement, tours
from muster.forces import CaveatEffect, GateState, OfferStatus, Part
from muster.forces.matching.answers.again import Again
from muster.forces.matching.answers.asks import list_asks
from muster.forces.matching.answers.chance import assess, lost_offers
from muster.forces.matching.answers.sustained import Sustained, sustained
from muster.forces.matching.answers.worth import ChangeKind, Worth
from muster.forces.matching.answers.worths import caveat_worths, gate_worths, withdrawal_worths
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import solve
from muster.trials import Draws

YEAR = YEAR_D * DAY_WORTH


def asked_again(problem: MatchingProblem) -> Again:
    return Again(problem, solve(problem, seed=1, time_limit_s=10).parts, seed=1)


def figures(worths: tuple[Worth, ...]) -> list[tuple[str, int, int]]:
    return [(worth.what, worth.gain, worth.gain_bound) for worth in worths]


BOTH = (requirement("GUARD"), requirement("CLEAR", capability="clear", criticality=2))
GATED = coalition(
    offer("FRA-1", gates=("vote",)),
    offer("POL-1", capability="clear"),
    requirements=BOTH,
    gates=(gate("vote", opens=day(334)), gate("done", GateState.OPEN)),
    caveats=(
        caveat("no", "POL", starts=day(304)),
        caveat("few", "POL", CaveatEffect.LIMITS, limit_people=100),
        caveat("road", "POL", mode="road"),
    ),
)


def test_a_gate_is_worth_what_its_nation_could_have_covered() -> None:
    (worth,) = gate_worths(asked_again(GATED))
    assert worth == Worth(
        kind=ChangeKind.GATE_OPEN,
        what="vote",
        nation="FRA",
        gain=334 * DAY_WORTH,
        gain_bound=334 * DAY_WORTH,
        by_requirement=(("GUARD", 334),),
    )


def test_a_caveat_of_service_is_worth_the_days_that_it_costs() -> None:
    assert figures(caveat_worths(asked_again(GATED))) == [
        ("no", 61 * DAY_WORTH // 2, 61 * DAY_WORTH // 2),
        ("few", 0, 0),
    ]


def test_a_nation_that_withdraws_costs_what_it_covered() -> None:
    lost = withdrawal_worths(asked_again(GATED))
    assert figures(lost) == [
        ("POL", -304 * DAY_WORTH // 2, -304 * DAY_WORTH // 2),
        ("FRA", -31 * DAY_WORTH, -31 * DAY_WORTH),
    ]
    assert [worth.by_requirement for worth in lost] == [(("CLEAR", -304),), (("GUARD", -31),)]


def test_a_withdrawal_that_others_make_good_costs_nothing() -> None:
    spare = coalition(offer("FRA-1"), offer("POL-1"))
    assert figures(withdrawal_worths(asked_again(spare))) == [("FRA", 0, 0), ("POL", 0, 0)]


NATIONS = (nation("FRA", 200), nation("POL", 100), nation("EST", 7), replace(nation("UKR", 900), part=Part.HOST))


def test_the_next_offer_is_asked_for_on_the_terms_that_nations_give() -> None:
    """Nobody clears. France would be late by its gate, Poland at once; Estonia offers nothing and is not asked."""
    problem = coalition(
        offer("FRA-1", gates=("vote",)),
        offer("POL-1"),
        requirements=BOTH,
        gates=(gate("vote", opens=day(182)),),
        nations=NATIONS,
        ratio=2,
    )
    asks = list_asks(asked_again(problem))
    clearing = [ask for ask in asks if ask.what == "clear, company"]
    assert [(ask.nation, ask.units, ask.gain, ask.gain_bound) for ask in clearing] == [
        ("POL", 2, YEAR // 2, YEAR // 2),
        ("FRA", 2, 183 * DAY_WORTH // 2, 183 * DAY_WORTH // 2),
    ]
    assert list_asks(asked_again(problem), most=1) == (asks[0],)


def test_nations_on_terms_as_good_are_one_ask() -> None:
    problem = coalition(offer("FRA-1"), offer("POL-1"), requirements=BOTH, nations=NATIONS)
    (ask,) = list_asks(asked_again(problem))
    assert (ask.nation, ask.note, ask.units) == ("FRA", "or of POL on terms as good", 1)


def test_others_are_asked_to_serve_beside_the_framework_nation() -> None:
    """France has one company of the two that it leads: a company of Poland is worth as much as one more of France."""
    led = requirement(quantity=2, framework="FRA")
    problem = coalition(offer("FRA-1"), offer("POL-1", capability="clear"), requirements=(led,), nations=NATIONS)
    asks = list_asks(asked_again(problem))
    assert [(ask.nation, ask.gain) for ask in asks] == [("FRA", YEAR), ("POL", YEAR)]


def test_a_nation_at_its_limit_is_not_asked_together_with_others() -> None:
    full = caveat("few", "FRA", CaveatEffect.LIMITS, limit_people=100)
    posts = (requirement(people=100), requirement("CLEAR", capability="clear", people=100))
    problem = coalition(offer("FRA-1"), offer("POL-1"), requirements=posts, caveats=(full,), nations=NATIONS)
    limited = coalition(*problem.offers[:1], requirements=posts, caveats=(full,), nations=NATIONS)
    assert list_asks(asked_again(limited)) == ()
    assert {(ask.nation, ask.note, ask.gain) for ask in list_asks(asked_again(problem))} == {
        ("FRA", "", YEAR),
        ("POL", "", YEAR),
    }


def test_nothing_is_asked_for_where_nothing_is_short() -> None:
    assert list_asks(asked_again(coalition(offer("FRA-1"), nations=NATIONS))) == ()


def test_a_force_with_four_units_for_one_in_place_is_sustained() -> None:
    problem = coalition(offer("FRA-1", quantity=4), requirements=(requirement(people=120),), ratio=4, months=24)
    assert sustained(asked_again(problem)) == Sustained(
        is_sustained=True,
        is_proved=True,
        months=24,
        ended_by=(),
        lost=0.0,
        people_in_place=120,
        people_needed=480,
        people_offered=400,
    )


def test_a_force_with_three_ends_after_a_year_and_a_half() -> None:
    """Three tours of six months; the unit of the first may go again after two years only."""
    problem = coalition(offer("FRA-1", quantity=3), requirements=(requirement(people=120),), ratio=4, months=24)
    found = sustained(asked_again(problem))
    assert (found.is_sustained, found.is_proved, found.months, found.ended_by) == (False, True, 18, ("GUARD",))
    assert found.lost == 181 / 730


RISKY = coalition(
    offer("FRA-1", gates=("vote",), status=OfferStatus.PLEDGE),
    offer("POL-1", capability="clear"),
    requirements=BOTH,
    gates=(gate("vote", opens=day(0), likelihood=0.5),),
)
KEPT = solve(RISKY, seed=1, time_limit_s=5).matching


def test_equal_seeds_draw_alike_for_any_matching() -> None:
    draws = [lost_offers(RISKY, Draws(7), run) for run in range(200)]
    assert draws == [lost_offers(RISKY, Draws(7), run) for run in range(200)]
    assert set(draws) == {frozenset(), frozenset({"FRA-1"})}
    assert draws != [lost_offers(RISKY, Draws(8), run) for run in range(200)]
    assert assess(RISKY, KEPT, runs=20, seed=7) == assess(RISKY, KEPT, runs=20, seed=7)


def test_what_is_certain_never_falls_and_what_is_withdrawn_always_does() -> None:
    sure = coalition(offer("FRA-1", gates=("done",)), gates=(gate("done", GateState.OPEN, likelihood=0.0),))
    assert {lost_offers(sure, Draws(1), run) for run in range(100)} == {frozenset()}
    gone = coalition(offer("FRA-1", status=OfferStatus.WITHDRAWN))
    assert {lost_offers(gone, Draws(1), run) for run in range(100)} == {frozenset({"FRA-1"})}


def test_each_run_covers_all_or_what_poland_clears() -> None:
    """Clearing is half as critical as guarding: a third of the whole."""
    risk = assess(RISKY, KEPT, runs=100, seed=3)
    assert set(risk.shares) == {1.0, 1 / 3}
    assert risk.rematched == risk.shares
    certain = dict(risk.full_likelihood)
    assert certain["CLEAR"] == 1.0
    assert certain["GUARD"] == pytest.approx(risk.shares.count(1.0) / 100)


def test_causes_are_weighed_by_their_chance() -> None:
    causes = dict(assess(RISKY, KEPT, runs=1, seed=3).causes)
    assert causes == {
        "vote": pytest.approx(0.5 * 2 / 3),
        "FRA-1": pytest.approx(0.2 * 2 / 3),
        "POL-1": 0.0,
    }


def test_matching_again_makes_good_what_others_can() -> None:
    """Estonia stands ready and takes over whenever the French word is not kept."""
    spare = coalition(offer("FRA-1", status=OfferStatus.STATEMENT), offer("EST-1"))
    risk = assess(spare, tours(("FRA-1", 1, 0, 6), ("FRA-1", 1, 6, 6)), runs=40, seed=1)
    assert set(risk.shares) == {0.0, 1.0}
    assert set(risk.rematched) == {1.0}


def test_nobody_stays_where_the_framework_nation_has_fallen_away() -> None:
    led = coalition(
        offer("FRA-1", status=OfferStatus.STATEMENT),
        offer("POL-1"),
        requirements=(requirement(quantity=2, framework="FRA"),),
    )
    risk = assess(led, solve(led, seed=1, time_limit_s=5).matching, runs=40, seed=1)
    assert set(risk.shares) == {0.0, 1.0}
    assert dict(risk.causes)["FRA-1"] == 0.5


def test_runs_that_were_stopped_are_those_done() -> None:
    told: list[int] = []
    risk = assess(RISKY, KEPT, runs=50, seed=1, on_progress=told.append, should_stop=lambda: len(told) == 3)
    assert (risk.runs, len(risk.shares), told) == (3, 3, [1, 2, 3])
