"""Which tours there are."""

import numpy as np
import pytest

from forces.coalition import caveat, coalition, day, gate, offer, requirement
from muster.forces import Caveat, CaveatEffect, GateState, Offer, Requirement, Size
from muster.forces.matching.needs import list_needs
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.tours import list_options
from muster.forces.matching.units import as_matching
from muster.measures import DayMark, DayOffset


def listed(problem: MatchingProblem) -> list[tuple[int, int]]:
    options = list_options(problem)
    return list(zip(options.first_month.tolist(), options.months.tolist(), strict=True))


def test_a_tour_is_as_long_as_usual_unless_the_plan_ends() -> None:
    assert listed(coalition(offer("FRA-1"), months=8)) == [
        (0, 6),
        (1, 6),
        (2, 6),
        (3, 5),
        (4, 4),
        (5, 3),
        (6, 2),
        (7, 1),
    ]


@pytest.mark.parametrize(
    ("row", "post", "expected"),
    [
        (offer("FRA-1", tour_max_months=2), requirement(), [(0, 2), (1, 2), (2, 2), (3, 1)]),
        (offer("FRA-1", tour_max_months=9), requirement(), [(0, 3), (1, 3), (2, 2), (3, 1)]),
        (offer("FRA-1", available_from=day(30)), requirement(), [(1, 3), (2, 2), (3, 1)]),
        (offer("FRA-1", available_from=DayOffset(DayMark.C, 1)), requirement(), [(1, 3), (2, 2), (3, 1)]),
        (offer("FRA-1", available_until=day(90)), requirement(), [(0, 2), (1, 1)]),
        (offer("FRA-1", available_until=day(91)), requirement(), [(0, 3), (1, 2), (2, 1)]),
        (offer("FRA-1"), requirement(needed_from=day(45)), [(1, 3), (2, 2), (3, 1)]),
        (offer("FRA-1"), requirement(needed_until=day(45)), [(0, 2), (1, 1)]),
        (offer("FRA-1", available_until=day(45)), requirement(needed_until=day(45)), [(0, 2), (1, 1)]),
        (offer("FRA-1"), requirement(needed_from=day(400)), []),
        (offer("FRA-1"), requirement(needed_from=day(60), needed_until=day(60)), []),
    ],
)
def test_a_tour_keeps_to_need_and_availability(row: Offer, post: Requirement, expected: list[tuple[int, int]]) -> None:
    assert listed(coalition(row, requirements=(post,), months=4, tour_months=3)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (caveat("no", starts=day(60)), [(0, 2), (1, 1)]),
        (caveat("no", starts=day(59)), [(0, 1)]),
        (caveat("no", until=day(60)), [(2, 2), (3, 1)]),
        (caveat("no", starts=day(30), until=day(60)), [(0, 1), (2, 2), (3, 1)]),
        (caveat("no", effect=CaveatEffect.NEEDS_APPROVAL, starts=day(60), approved=day(30)), [
            (0, 2), (0, 3), (1, 1), (1, 3), (2, 2), (3, 1),
        ]),
    ],
)  # fmt: skip
def test_a_tour_may_end_where_a_caveat_begins(row: Caveat, expected: list[tuple[int, int]]) -> None:
    assert listed(coalition(offer("FRA-1"), caveats=(row,), months=4, tour_months=3)) == expected


def test_lifting_a_caveat_only_adds_tours() -> None:
    problem = coalition(offer("FRA-1"), caveats=(caveat("no", starts=day(60)),), months=4, tour_months=3)
    assert listed(problem.without_caveats("no")) == [(0, 2), (0, 3), (1, 1), (1, 3), (2, 2), (3, 1)]


def test_a_relief_is_there_before_its_tour_begins() -> None:
    """The gate opens on the day on which month 2 begins: the first unit may begin then, a relief a month later."""
    gates = (gate("vote", GateState.CLOSED, day(60)),)
    row = offer("FRA-1", gates=("vote",))
    assert listed(coalition(row, gates=gates, months=4, tour_months=3, overlap_d=8)) == [(3, 1)]
    first = (requirement(needed_from=day(60)),)
    assert listed(coalition(row, requirements=first, gates=gates, months=4, tour_months=3, overlap_d=8)) == [
        (2, 2),
        (3, 1),
    ]


def test_nobody_has_to_be_there_before_the_need_begins() -> None:
    """The need begins within month 1; a unit that begins in month 2 overlaps from the first day of need at most."""
    posts = (requirement(needed_from=day(55)),)
    row = offer("FRA-1", notice_days=55)
    assert listed(coalition(row, requirements=posts, months=4, tour_months=3, overlap_d=10)) == [(1, 3), (2, 2), (3, 1)]


def test_others_serve_only_in_months_for_which_the_framework_nation_has_somebody() -> None:
    posts = (requirement(framework="FRA"),)
    options = list_options(
        coalition(offer("FRA-1", available_from=day(60)), offer("POL-1"), requirements=posts, months=4, tour_months=2)
    )
    by_offer = [options.problem.offers[options.pairings[number].offer].nation for number in options.pairing]
    assert list(zip(by_offer, options.first_month.tolist(), options.months.tolist(), strict=True)) == [
        ("FRA", 2, 2),
        ("FRA", 3, 1),
        ("POL", 2, 2),
        ("POL", 3, 1),
    ]


def test_needs_count_companies_and_weigh_units_by_criticality() -> None:
    posts = (
        requirement("BATTALIONS", size=Size.BATTALION, quantity=2, criticality=2),
        requirement("SHIP", size=Size.SHIP, criticality=5, needed_from=day(45), needed_until=day(70)),
    )
    battalions, ship = list_needs(coalition(requirements=posts, months=3))
    assert (battalions.elements, battalions.weight, battalions.days) == (8, 8 * 12 // 4, (30, 30, 31))
    assert battalions.worth == 8 * 24 * 91
    assert (ship.elements, ship.weight, ship.days) == (1, 12, (0, 15, 10))
    assert (ship.from_d, ship.until_d, ship.worth) == (45, 70, 12 * 25)


def test_units_take_turns_in_the_order_of_their_first_months() -> None:
    """Two units at 2:1 and tours of three months: a unit goes again after six months."""
    options = list_options(coalition(offer("FRA-1", quantity=2), ratio=2, tour_months=3))
    wanted = {(0, 3), (3, 3), (6, 3), (9, 3)}
    kinds = list(zip(options.first_month.tolist(), options.months.tolist(), strict=True))
    matching = as_matching(options, [(number, 1) for number, kind in enumerate(kinds) if kind in wanted])
    assert [(tour.unit, tour.first_month) for tour in matching.tours] == [(1, 0), (1, 6), (2, 3), (2, 9)]
    assert np.unique([tour.months for tour in matching.tours]).tolist() == [3]
