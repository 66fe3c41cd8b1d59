"""Made-up coalitions: a few nations, posts and offers with every kind of rule, small enough to be proved."""

from typing import Any

from hypothesis import strategies as st

from forces.coalition import POST, REAR, caveat, coalition, day, gate, offer, requirement
from muster.forces import CaveatEffect, GateState, OfferStatus, PlaceAllowed, Size
from muster.forces.matching.problem import MatchingProblem

NATIONS = ("FRA", "POL", "EST")
DAYS = st.sampled_from((0, 30, 45, 91, 200))
LATER = st.one_of(st.none(), DAYS.map(day))
WORDS = st.sampled_from(("guard", "guard", "guard", "clear"))


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """What is usual, or now and then something else."""
    return st.integers(0, 5).flatmap(lambda draw: st.just(usual) if draw else st.sampled_from((usual, *others)))


@st.composite
def offers(draw: st.DrawFn, number: int) -> Any:
    quantity = draw(st.integers(1, 4))
    return offer(
        f"{draw(st.sampled_from(NATIONS))}-{number}",
        capability=draw(WORDS),
        size=draw(mostly(Size.COMPANY, Size.BATTALION)),
        quantity=quantity,
        in_place_max=draw(st.one_of(st.none(), st.integers(1, quantity))),
        people=draw(st.sampled_from((40, 100))),
        notice_days=draw(mostly(0, 20, None)),
        place_allowed=draw(mostly(*PlaceAllowed)),
        status=draw(mostly(OfferStatus.FORMAL, *OfferStatus)),
        gates=draw(mostly((), ("vote",), ("mandate",))),
        has=draw(st.sampled_from(((), ("night",)))),
        tour_max_months=draw(mostly(None, 2)),
        available_from=draw(mostly(None, day(30), day(91))),
        available_until=draw(mostly(None, day(150))),
    )


@st.composite
def posts(draw: st.DrawFn, number: int) -> Any:
    return requirement(
        f"R{number}",
        capability=draw(WORDS),
        size=draw(st.sampled_from((Size.COMPANY, Size.BATTALION))),
        quantity=draw(st.integers(1, 2)),
        place=draw(mostly(POST, REAR)),
        criticality=draw(st.integers(1, 5)),
        needed_from=draw(DAYS.map(day)),
        needed_until=draw(mostly(None, day(210))),
        must_have=draw(mostly((), ("night",))),
        max_nations=draw(st.sampled_from((None, None, 1, 2))),
        framework=draw(mostly(None, "FRA")),
        notice_max_d=draw(mostly(None, 10)),
    )


@st.composite
def caveats(draw: st.DrawFn, number: int) -> Any:
    effect = draw(st.sampled_from((*CaveatEffect, CaveatEffect.LIMITS)))
    return caveat(
        f"caveat-{number}",
        draw(st.sampled_from(NATIONS)),
        effect,
        country=draw(st.sampled_from((None, "UKR"))),
        starts=draw(LATER),
        until=draw(LATER),
        approved=draw(LATER) if effect is CaveatEffect.NEEDS_APPROVAL else None,
        limit_people=draw(st.sampled_from((100, 200))) if effect is CaveatEffect.LIMITS else None,
    )


@st.composite
def coalitions(draw: st.DrawFn) -> MatchingProblem:
    return coalition(
        *(draw(offers(number)) for number in range(draw(st.integers(1, 5)))),
        requirements=tuple(draw(posts(number)) for number in range(draw(st.integers(1, 3)))),
        caveats=tuple(draw(caveats(number)) for number in range(draw(st.integers(0, 2)))),
        gates=(
            gate("vote", draw(st.sampled_from(tuple(GateState))), draw(LATER), 0.5),
            gate("mandate", GateState.CLOSED, draw(LATER)),
        ),
        ratio=draw(st.integers(1, 4)),
        tour_months=draw(st.sampled_from((2, 3))),
        overlap_d=draw(st.sampled_from((0, 10, 35))),
        months=draw(st.sampled_from((6, 9))),
    )
