"""Small coalitions of which the best matching is worked out by hand."""

import pytest

from forces.coalition import (
    DAY_WORTH,
    HALF_YEAR_D,
    REAR,
    YEAR_D,
    caveat,
    coalition,
    day,
    gate,
    nation,
    offer,
    requirement,
    tours,
)
from muster.forces import CaveatEffect, OfferStatus, Size
from muster.forces.matching.checks import check
from muster.forces.matching.objectives import Aim
from muster.forces.matching.plan import Tour
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import Result, solve


def solved(problem: MatchingProblem) -> Result:
    """A matching that keeps every promise, and is proved to cover most."""
    result = solve(problem, seed=1, time_limit_s=20)
    assert check(problem, result.matching) == ()
    assert result.coverage.is_proved
    return result


def covered_d(problem: MatchingProblem) -> float:
    """Element-days of a vital company requirement that can be covered."""
    return solved(problem).coverage.value / DAY_WORTH


def values(result: Result) -> dict[Aim, float]:
    return {attainment.aim: attainment.value for attainment in result.attainments}


def proved(result: Result) -> set[Aim]:
    return {attainment.aim for attainment in result.attainments if attainment.is_proved}


def test_nothing_offered_covers_nothing_and_that_is_proved() -> None:
    result = solved(coalition())
    assert (result.matching, result.coverage.value, result.coverage.bound) == (tours(), 0, 0)


def test_one_company_keeps_a_post_for_a_year_when_it_need_not_rest() -> None:
    result = solved(coalition(offer("FRA-1")))
    assert result.matching == tours(("FRA-1", 1, 0, 6), ("FRA-1", 1, 6, 6))


@pytest.mark.parametrize(("units", "covered"), [(4, 730), (3, 549), (1, 183)])
def test_four_units_keep_one_in_place_at_four_to_one_and_fewer_do_not(units: int, covered: int) -> None:
    """Each unit goes once in two years; where months are left uncovered, they are those with the fewest days."""
    result = solved(coalition(offer("FRA-1", quantity=units), ratio=4, months=24))
    assert result.coverage.value == covered * DAY_WORTH
    assert [tour.months for tour in result.matching.tours] == [6] * units


def test_no_more_are_in_place_than_a_nation_lets() -> None:
    posts = (requirement(quantity=3),)
    assert covered_d(coalition(offer("FRA-1", quantity=3, in_place_max=2), requirements=posts)) == 2 * YEAR_D


def test_a_gate_that_opens_in_month_3_lets_a_unit_begin_then() -> None:
    row = offer("FRA-1", gates=("vote",))
    assert covered_d(coalition(row, gates=(gate("vote", opens=day(91)),))) == YEAR_D - 91
    assert covered_d(coalition(row, gates=(gate("vote", opens=day(92)),))) == YEAR_D - 121
    assert covered_d(coalition(row, gates=(gate("vote"),))) == 0


def test_one_nation_alone_may_serve_where_cohesion_asks_for_it() -> None:
    posts = (requirement(quantity=2, max_nations=1),)
    assert covered_d(coalition(offer("FRA-1"), offer("POL-1"), requirements=posts)) == YEAR_D
    assert covered_d(coalition(offer("FRA-1"), offer("FRA-2"), requirements=posts)) == 2 * YEAR_D


def test_others_serve_only_beside_the_framework_nation() -> None:
    posts = (requirement(quantity=2, framework="FRA"),)
    assert covered_d(coalition(offer("POL-1"), requirements=posts)) == 0
    # At 2:1 one French unit leads for six months of the year, and Poland serves beside it.
    assert covered_d(coalition(offer("FRA-1"), offer("POL-1"), requirements=posts, ratio=2)) == 2 * 183


def test_a_limit_on_people_keeps_the_second_company_at_home() -> None:
    few = caveat("few", effect=CaveatEffect.LIMITS, limit_people=199)
    posts = (requirement(quantity=2),)
    limited = coalition(offer("FRA-1", quantity=2), requirements=posts, caveats=(few,))
    assert covered_d(limited) == YEAR_D
    assert covered_d(limited.without_caveats("few")) == 2 * YEAR_D


def test_what_is_vital_goes_first() -> None:
    posts = (requirement("USEFUL", criticality=5), requirement("VITAL", criticality=1))
    result = solved(coalition(offer("FRA-1"), requirements=posts))
    assert {tour.requirement_id for tour in result.matching.tours} == {"VITAL"}


def test_companies_fill_a_battalion_in_quarters() -> None:
    posts = (requirement(size=Size.BATTALION),)
    assert (
        solved(coalition(offer("FRA-1", quantity=3), requirements=posts)).coverage.value == 3 * YEAR_D * DAY_WORTH // 4
    )


def test_cover_comes_before_firmness_and_firmness_before_cohesion() -> None:
    """Two posts. A statement of Poland covers the year; formal words cover half of it each, of two nations."""
    statement = offer("POL-1", status=OfferStatus.STATEMENT)
    formal = (offer("FRA-1", available_until=day(HALF_YEAR_D)), offer("EST-1", available_from=day(HALF_YEAR_D)))
    assert values(solved(coalition(statement, formal[0]))) == {
        Aim.COVERAGE: YEAR_D * DAY_WORTH,
        Aim.FIRMNESS: (YEAR_D - HALF_YEAR_D) * DAY_WORTH * 0.5,
        Aim.COHESION: 2,
        Aim.BURDEN: 0,
        Aim.STABILITY: 2,
    }
    assert values(solved(coalition(statement, *formal)))[Aim.FIRMNESS] == 0


def test_equal_words_are_taken_of_few_nations() -> None:
    offers = offer("FRA-1", quantity=2), offer("POL-1", quantity=2)
    result = solved(coalition(*offers, requirements=(requirement(quantity=2),)))
    assert values(result)[Aim.COHESION] == 1
    assert {Aim.COVERAGE, Aim.FIRMNESS, Aim.COHESION} <= proved(result)


def test_a_burden_is_shared_by_the_key_where_nothing_else_differs() -> None:
    """France has three quarters of the key: it takes three of four posts in the rear."""
    posts = tuple(requirement(f"R{number}", place=REAR) for number in range(4))
    offers = (offer("FRA-1", quantity=4), offer("POL-1", quantity=4))
    result = solved(coalition(*offers, requirements=posts, months=6, nations=(nation("FRA", 300), nation("POL", 100))))
    assert values(result)[Aim.BURDEN] == 0
    assert Aim.BURDEN in proved(result)
    assert sorted(tour.offer_id for tour in result.matching.tours) == ["FRA-1", "FRA-1", "FRA-1", "POL-1"]


def test_tours_of_the_matching_before_stay_though_the_burden_cannot_be_fair() -> None:
    """One post, two nations with equal shares: either carries three people-months too many; it stays with Poland."""
    before = Tour("POL-1", 1, "GUARD", 0, 6)
    result = solved(
        coalition(
            offer("FRA-1"),
            offer("POL-1"),
            months=6,
            nations=(nation("FRA", 100), nation("POL", 100)),
            previous=(before,),
        )
    )
    assert values(result)[Aim.BURDEN] == 300
    assert values(result)[Aim.STABILITY] == 0
    assert proved(result) == set(Aim)
    assert result.matching.tours == (before,)


def test_later_aims_never_cost_cover() -> None:
    """The matching before had one tour fewer: to be as stable as it is would leave half a year uncovered."""
    result = solved(coalition(offer("FRA-1"), previous=(Tour("FRA-1", 1, "GUARD", 0, 6),)))
    assert values(result)[Aim.COVERAGE] == YEAR_D * DAY_WORTH
    assert values(result)[Aim.STABILITY] == 1


def test_equal_seeds_give_equal_matchings() -> None:
    problem = coalition(
        *(offer(f"FRA-{n}", quantity=2) for n in range(3)), requirements=(requirement(quantity=2),), ratio=3
    )
    assert solved(problem).matching == solved(problem).matching


def test_progress_is_told_part_by_part_and_a_stop_gives_a_first_matching() -> None:
    posts = (requirement("GUARD"), requirement("CLEAR", capability="clear"))
    problem = coalition(offer("FRA-1"), offer("POL-1", capability="clear"), requirements=posts)
    told: list[tuple[int, int]] = []
    solve(problem, seed=1, time_limit_s=5, on_progress=lambda far: told.append((far.parts_done, far.parts)))
    assert sorted(told) == [(1, 2), (2, 2)]
    stopped = solve(problem, seed=1, time_limit_s=5, should_stop=lambda: True)
    assert check(problem, stopped.matching) == ()
    assert len(stopped.matching.tours) == 4
