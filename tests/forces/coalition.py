"""Small coalitions in one capability: a guard post at the capital, kept by companies from France and Poland."""

from typing import Any

from muster.forces import (
    Caveat,
    CaveatEffect,
    Component,
    Gate,
    GateState,
    Nation,
    Offer,
    OfferStatus,
    Part,
    PlaceAllowed,
    Requirement,
    Size,
)
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem, Rotation
from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset, Timeline

POST, REAR = "Kyiv", "Rzeszow"
COUNTRIES = {POST: "UKR", REAR: "POL"}
DAY_WORTH = 192
"""A company of a vital requirement for a day: 16 for what is vital, 12 for a twelfth of a brigade."""
YEAR_D, HALF_YEAR_D = 365, 182


def day(number: int) -> DayOffset:
    return DayOffset(DayMark.C, number * MINUTES_PER_DAY)


def requirement(name: str = "GUARD", **more: Any) -> Requirement:
    facts: dict[str, Any] = {
        "name": name.capitalize(),
        "capability": "guard",
        "size": Size.COMPANY,
        "quantity": 1,
        "place": POST,
        "needed_from": day(0),
        "criticality": 1,
        "component": Component.LAND,
    }
    return Requirement(requirement_id=name, **{**facts, **more})


def offer(name: str, nation: str | None = None, **more: Any) -> Offer:
    """An offer of one company that can be there at once; the nation is what its name begins with."""
    facts: dict[str, Any] = {
        "capability": "guard",
        "size": Size.COMPANY,
        "quantity": 1,
        "people": 100,
        "notice_days": 0,
        "place_allowed": PlaceAllowed.IN_COUNTRY,
        "status": OfferStatus.FORMAL,
    }
    return Offer(offer_id=name, nation=nation or name[:3], **{**facts, **more})


def caveat(name: str, nation: str = "FRA", effect: CaveatEffect = CaveatEffect.FORBIDS, **more: Any) -> Caveat:
    return Caveat(caveat_id=name, nation=nation, category="area", effect=effect, **more)


def gate(
    name: str, state: GateState = GateState.CLOSED, opens: DayOffset | None = None, likelihood: float | None = None
) -> Gate:
    return Gate(gate_id=name, nation="FRA", kind="parliament", state=state, opens=opens, likelihood=likelihood)


def coalition(
    *offers: Offer,
    requirements: tuple[Requirement, ...] = (requirement(),),
    ratio: int = 1,
    tour_months: int = 6,
    overlap_d: int = 0,
    deploy_d: int = 0,
    **more: Any,
) -> MatchingProblem:
    """A problem of a year in which the order is given on C-day."""
    facts: dict[str, Any] = {
        "months": 12,
        "timeline": Timeline(),
        "nations": (),
        "caveats": (),
        "gates": (),
        "activations": (),
        "countries": COUNTRIES,
        "people_by_type": {},
        "mission_country": "UKR",
        "status_likelihood": {OfferStatus.FORMAL: 1.0, OfferStatus.PLEDGE: 0.8, OfferStatus.STATEMENT: 0.5},
    }
    return MatchingProblem(
        title="Capital",
        case="base",
        scenario_hash="none",
        rotation=Rotation(ratio=ratio, tour_months=tour_months, overlap_d=overlap_d, deploy_d=deploy_d),
        requirements=requirements,
        offers=offers,
        **{**facts, **more},
    )


def nation(code: str, forces_k: float | None = None) -> Nation:
    return Nation(nation=code, name=code.capitalize(), part=Part.CONTRIBUTOR, armed_forces_k=forces_k)


def tours(*rows: tuple[str, int, int, int], at: str = "GUARD") -> Matching:
    """A matching of offer, unit, first month and months at one requirement."""
    return Matching(tuple(Tour(name, unit, at, first, months) for name, unit, first, months in rows))
