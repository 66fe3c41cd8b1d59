"""What hinders an offer, kind by kind."""

import pytest

from forces.coalition import REAR, caveat, coalition, day, gate, offer, requirement
from muster.forces import (
    Activation,
    ActivationState,
    Caveat,
    CaveatEffect,
    Gate,
    GateState,
    Offer,
    OfferStatus,
    PlaceAllowed,
    Requirement,
    Size,
)
from muster.forces.matching.pairing import Hindrance, HindranceKind, fits, list_pairings
from muster.forces.matching.problem import MatchingProblem
from muster.measures import DayMark, DayOffset

FRA = offer("FRA-1")


def hindrances(problem: MatchingProblem) -> tuple[Hindrance, ...]:
    """All that hinders the only pairing, but for a readiness that is over on C-day."""
    (pairing,) = list_pairings(problem)
    return tuple(each for each in pairing.hindrances if each != Hindrance(HindranceKind.READINESS, "FRA-1", None, 0))


def test_nothing_hinders_a_unit_that_is_ready_and_may_go() -> None:
    assert hindrances(coalition(FRA)) == ()


@pytest.mark.parametrize(
    ("brings", "asks", "quantity", "is_fit"),
    [
        (Size.COMPANY, Size.BATTALION, 1, True),
        (Size.BATTALION, Size.COMPANY, 3, False),
        (Size.BATTALION, Size.COMPANY, 4, True),
        (Size.BRIGADE, Size.BATTALION, 3, True),
        (Size.TEAM, Size.COMPANY, 1, False),
        (Size.TEAM, Size.TEAM, 1, True),
        (Size.SHIP, Size.SQUADRON, 1, False),
    ],
)
def test_units_of_companies_stand_in_for_each_other(brings: Size, asks: Size, quantity: int, is_fit: bool) -> None:
    assert fits(offer("FRA-1", size=brings), requirement(size=asks, quantity=quantity)) is is_fit


def test_an_offer_of_another_capability_or_type_does_not_fit() -> None:
    assert not fits(offer("FRA-1", capability="clear"), requirement())
    assert not fits(offer("FRA-1", unit_type="wheeled"), requirement(unit_type="tracked"))
    assert fits(offer("FRA-1", unit_type="tracked"), requirement(unit_type="tracked"))


def test_what_is_withdrawn_or_another_report_is_paired_with_nothing() -> None:
    gone, other = offer("FRA-1", status=OfferStatus.WITHDRAWN), offer("FRA-2", disputes="FRA-1")
    assert list_pairings(coalition(gone, other)) == ()


@pytest.mark.parametrize(
    ("allowed", "place", "hinders"),
    [
        (PlaceAllowed.IN_COUNTRY, "Kyiv", False),
        (PlaceAllowed.NEIGHBOUR_ONLY, "Kyiv", True),
        (PlaceAllowed.NEIGHBOUR_ONLY, REAR, False),
        (PlaceAllowed.HOME_ONLY, REAR, True),
        (PlaceAllowed.HOME_ONLY, "Brest", False),
    ],
)
def test_a_unit_serves_where_its_nation_lets_it(allowed: PlaceAllowed, place: str, hinders: bool) -> None:
    problem = coalition(
        offer("FRA-1", place_allowed=allowed),
        requirements=(requirement(place=place),),
        countries={"Kyiv": "UKR", REAR: "POL", "Brest": "FRA"},
    )
    assert hindrances(problem) == ((Hindrance(HindranceKind.PLACE, "FRA-1"),) if hinders else ())


@pytest.mark.parametrize(
    ("state", "until_d"),
    [
        (gate("vote", GateState.OPEN), 0),
        (gate("vote", GateState.CLOSED, day(61)), 61),
        (gate("vote", GateState.CLOSED, DayOffset(DayMark.C, 60 * 1440 + 1)), 61),
        (gate("vote", GateState.CLOSED), None),
        (gate("vote", GateState.REFUSED, day(61)), None),
    ],
)
def test_a_gate_hinders_until_it_opens(state: Gate, until_d: int | None) -> None:
    problem = coalition(offer("FRA-1", gates=("vote",)), gates=(state,))
    shut = () if state.state is GateState.OPEN else (Hindrance(HindranceKind.GATE, "vote", None, until_d),)
    assert hindrances(problem) == shut


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (caveat("no"), (None, None)),
        (caveat("no", starts=day(40), until=day(80)), (40, 80)),
        (caveat("no", effect=CaveatEffect.NEEDS_APPROVAL, approved=day(50)), (None, 50)),
        (caveat("no", effect=CaveatEffect.NEEDS_APPROVAL), (None, None)),
        (caveat("no", country="POL"), "elsewhere"),
        (caveat("no", place=REAR), "elsewhere"),
        (caveat("no", task="patrol"), "another task"),
        (caveat("no", nation="POL"), "another nation"),
        (caveat("no", mode="road"), "the way"),
        (caveat("no", effect=CaveatEffect.LIMITS, limit_people=50), "a number"),
    ],
)
def test_a_caveat_hinders_where_when_and_what_it_names(row: Caveat, found: object) -> None:
    expected = (Hindrance(HindranceKind.CAVEAT, "no", *found),) if isinstance(found, tuple) else ()
    assert hindrances(coalition(FRA, caveats=(row,))) == expected


def test_a_caveat_that_is_lifted_or_tolerated_hinders_nobody() -> None:
    no = caveat("no")
    assert hindrances(coalition(FRA, caveats=(no,)).without_caveats("no")) == ()
    assert hindrances(coalition(FRA, caveats=(no,), requirements=(requirement(tolerates=("area",)),))) == ()


def test_an_approval_that_comes_before_its_caveat_begins_leaves_nothing_to_hinder() -> None:
    over = Hindrance(HindranceKind.CAVEAT, "no", from_d=90, until_d=60)
    assert not over.bars(0, 365)


def test_a_hindrance_stands_on_its_days_alone() -> None:
    standing = Hindrance(HindranceKind.CAVEAT, "no", from_d=40, until_d=80)
    assert [standing.bars(*days) for days in ((0, 40), (0, 41), (79, 90), (80, 90))] == [False, True, True, False]


@pytest.mark.parametrize(
    ("row", "post", "found"),
    [
        (offer("FRA-1", notice_days=None), requirement(), (HindranceKind.NOTICE, "FRA-1", None)),
        (offer("FRA-1", notice_days=30), requirement(notice_max_d=29), (HindranceKind.NOTICE, "FRA-1", None)),
        (FRA, requirement(must_have=("night",)), (HindranceKind.ATTRIBUTE, "night", None)),
    ],
)
def test_notice_and_attributes_hinder_at_all_times(
    row: Offer, post: Requirement, found: tuple[HindranceKind, str, None]
) -> None:
    kept = [each for each in hindrances(coalition(row, requirements=(post,))) if each.kind is found[0]]
    assert kept == [Hindrance(*found)]


def test_a_unit_is_there_after_order_notice_and_way() -> None:
    ordered = Activation(state=ActivationState.ORDER, at=day(10), nation="FRA")
    problem = coalition(offer("FRA-1", notice_days=20), activations=(ordered,), deploy_d=5)
    assert hindrances(problem) == (Hindrance(HindranceKind.READINESS, "FRA-1", None, 35),)


def test_a_nation_that_is_only_warned_is_never_ready() -> None:
    warned = Activation(state=ActivationState.WARNING, at=day(10), nation="FRA")
    assert hindrances(coalition(FRA, activations=(warned,))) == (
        Hindrance(HindranceKind.READINESS, "FRA-1", None, None),
    )
