"""What may be solved apart, and figures of a matching worked out by hand."""

import pytest

from benchmarks.matching_generator import Coalition, make_coalition
from forces.coalition import DAY_WORTH, caveat, coalition, day, gate, nation, offer, requirement, tours
from muster.forces import CaveatEffect, GateState, OfferStatus, Size
from muster.forces.matching.coverage import coverage, people_in_place
from muster.forces.matching.formulation.lexicographic import short_at_least
from muster.forces.matching.likelihood import gate_likelihood, kept_likelihood
from muster.forces.matching.objectives import Aim, Attainment, attained, fair_shares
from muster.forces.matching.part import lay_out, solve_part
from muster.forces.matching.plan import Tour
from muster.forces.matching.problem import MatchingProblem, Rotation
from muster.forces.matching.split import split

POSTS = (requirement("GUARD"), requirement("CLEAR", capability="clear"), requirement("GUARD-2"))
OFFERS = (offer("FRA-1"), offer("FRA-2", capability="clear"), offer("POL-1", capability="clear"), offer("POL-2"))


def parts(problem: MatchingProblem) -> list[tuple[list[str], list[str]]]:
    return [
        ([row.requirement_id for row in part.requirements], [row.offer_id for row in part.offers])
        for part in split(problem)
    ]


def few(people: int) -> MatchingProblem:
    row = caveat("few", effect=CaveatEffect.LIMITS, limit_people=people)
    return coalition(*OFFERS, requirements=POSTS, caveats=(row,))


def test_what_shares_no_offer_falls_apart() -> None:
    assert parts(coalition(*OFFERS, requirements=POSTS)) == [
        (["GUARD", "GUARD-2"], ["FRA-1", "POL-2"]),
        (["CLEAR"], ["FRA-2", "POL-1"]),
    ]


def test_a_limit_that_can_be_reached_joins_what_a_nation_offers() -> None:
    apart = parts(coalition(*OFFERS, requirements=POSTS))
    assert parts(few(200)) == apart
    assert parts(few(199)) == [(["GUARD", "CLEAR", "GUARD-2"], ["FRA-1", "FRA-2", "POL-1", "POL-2"])]
    assert parts(few(199).without_caveats("few")) == apart


def test_a_part_holds_only_rows_that_concern_it() -> None:
    problem = coalition(
        offer("FRA-1", gates=("vote",)),
        offer("POL-1", capability="clear"),
        requirements=POSTS[:2],
        gates=(gate("vote"), gate("other")),
        caveats=(caveat("no", "POL"), caveat("not", "FRA")),
        previous=(Tour("POL-1", 1, "CLEAR", 0, 6),),
    ).without_caveats("no")
    guard, clear = split(problem)
    assert [row.gate_id for row in guard.gates] == ["vote"]
    assert [row.caveat_id for row in guard.caveats] == ["not"]
    assert (guard.lifted, clear.lifted) == (frozenset(), frozenset({"no"}))
    assert (guard.previous, clear.previous) == ((), problem.previous)


def test_a_requirement_that_nobody_fits_is_a_part_of_its_own() -> None:
    assert parts(coalition(offer("FRA-1", size=Size.SHIP), requirements=POSTS[:1])) == [(["GUARD"], [])]


def test_cover_counts_what_is_needed_and_no_more() -> None:
    problem = coalition(
        offer("FRA-1", quantity=3), requirements=(requirement(quantity=2, needed_from=day(45)),), months=3
    )
    cover = coverage(problem, tours(("FRA-1", 1, 1, 2), ("FRA-1", 2, 1, 1), ("FRA-1", 3, 1, 1)))
    assert cover.needed.tolist() == [[0, 2, 2]]
    assert cover.in_place.tolist() == [[0, 3, 1]]
    assert cover.covered.tolist() == [[0, 2, 1]]
    assert cover.worth.tolist() == [[0, 15 * DAY_WORTH, 31 * DAY_WORTH]]
    assert (cover.value, cover.whole) == ((30 + 31) * DAY_WORTH, 92 * DAY_WORTH)


def test_of_nothing_needed_all_is_covered() -> None:
    assert coverage(coalition(requirements=()), tours()).share == 1.0


def test_people_in_place_are_counted_by_nation_and_month() -> None:
    problem = coalition(offer("FRA-1", people=80), offer("POL-1"), offer("POL-2"), months=3)
    found = people_in_place(problem, tours(("FRA-1", 1, 0, 2), ("POL-1", 1, 1, 1), ("POL-2", 1, 1, 2)))
    assert {name: months.tolist() for name, months in found.items()} == {"FRA": [80, 80, 0], "POL": [0, 200, 100]}


def test_an_offer_is_kept_by_its_status_and_all_its_gates() -> None:
    problem = coalition(
        offer("FRA-1", status=OfferStatus.PLEDGE, gates=("vote", "done", "unjudged")),
        gates=(
            gate("vote", likelihood=0.25),
            gate("done", GateState.OPEN, likelihood=0.1),
            gate("unjudged"),
        ),
    )
    assert gate_likelihood(problem) == {"vote": 0.25, "done": 1.0, "unjudged": 1.0}
    assert kept_likelihood(problem) == {"FRA-1": 0.8 * 0.25}


def test_shares_are_those_of_nations_that_offer() -> None:
    nations = (nation("FRA", 300), nation("POL", 100), nation("EST", 7), nation("LVA", 9), nation("LTU"))
    rows = (offer("FRA-1"), offer("POL-1"), offer("LVA-1", status=OfferStatus.WITHDRAWN), offer("LTU-1"))
    assert fair_shares(coalition(*rows, nations=nations)) == {"FRA": 0.75, "POL": 0.25}


def test_every_aim_of_a_matching_is_worked_out() -> None:
    """France has a pledge of four in five and half the key; it serves four of the six months, Poland two."""
    problem = coalition(
        offer("FRA-1", status=OfferStatus.PLEDGE),
        offer("POL-1"),
        months=6,
        nations=(nation("FRA", 100), nation("POL", 100)),
        previous=(Tour("FRA-1", 1, "GUARD", 0, 4), Tour("POL-1", 1, "GUARD", 3, 2)),
    )
    assert attained(problem, tours(("FRA-1", 1, 0, 4), ("POL-1", 1, 4, 2))) == {
        Aim.COVERAGE: 182 * DAY_WORTH,
        Aim.FIRMNESS: 121 * DAY_WORTH * 200 / 1000,
        Aim.COHESION: 2,
        Aim.BURDEN: 400 - 300,
        Aim.STABILITY: 1,
    }


@pytest.mark.parametrize(("bound", "gap", "is_proved"), [(None, None, False), (100.0, 0.0, True), (125.0, 0.2, False)])
def test_a_gap_is_a_share_of_the_larger(bound: float | None, gap: float | None, is_proved: bool) -> None:
    attainment = Attainment(Aim.COVERAGE, 100, bound)
    assert (attainment.gap, attainment.is_proved) == (gap, is_proved)


def test_a_rotation_in_which_nobody_could_serve_is_refused() -> None:
    with pytest.raises(ValueError, match="ratio and tour_months are 1 or more"):
        Rotation(ratio=0, tour_months=6, overlap_d=0, deploy_d=0)


def test_prices_prove_what_is_short_without_a_corner() -> None:
    problem = make_coalition(Coalition(nations=6, requirements=12, offers=16, months=12, capabilities=2), seed=4)
    for part in split(problem):
        board = lay_out(part)
        least, prices = short_at_least(board.options, board.tables, seconds=5)
        assert ((prices >= 0) & (prices <= board.tables.worth)).all()
        solved = solve_part(board, seed=1, seconds=5)
        assert solved.is_proved(Aim.COVERAGE)
        whole = sum(need.worth for need in board.options.needs)
        assert 0 <= least <= whole - solved.value + 1e-6
        assert least >= 0.9 * (whole - solved.value)
