"""Small matched forces: engineers for a camp, from France and Poland, with simple unit types."""

from typing import Any

from muster.forces import Component, Offer, OfferStatus, PlaceAllowed, Requirement, Size
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem, Rotation
from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset, Timeline
from muster.reference import Grade, Provenance, UnitType

CAMP, PORT, BELFORT, KRAKOW = "UA-YAVORIV-CAMP", "UA-LVIV", "FR-BELFORT", "PL-KRAKOW"
ORDER_D = -10
"""G-day: the order is given ten days before C-day."""


def day(number: int) -> DayOffset:
    return DayOffset(DayMark.C, number * MINUTES_PER_DAY)


def unit_type(name: str, people: int, containers_teu: int = 0, pallets: int = 0, **holdings: int) -> UnitType:
    return UnitType(
        unit_type_id=name,
        name=name.capitalize(),
        branch="engineer",
        people=people,
        containers_teu=containers_teu,
        pallets=pallets,
        notional=True,
        provenance=Provenance("story", Grade.ASSUMED),
        holdings={platform.replace("_", "-"): items for platform, items in holdings.items()},
    )


UNIT_TYPES = {
    "company": unit_type("company", 120, containers_teu=4, pallets=2, truck_6x6=12, lmv=5),
    "battalion": unit_type("battalion", 400, containers_teu=10, truck_6x6=42, lmv=1),
    "team": unit_type("team", 20),
}


def requirement(name: str = "ENG", place: str = CAMP, **more: Any) -> Requirement:
    facts: dict[str, Any] = {
        "name": "Engineers of the camp",
        "capability": "engineer",
        "size": Size.COMPANY,
        "quantity": 1,
        "needed_from": day(20),
        "criticality": 2,
        "component": Component.LAND,
    }
    return Requirement(requirement_id=name, place=place, **{**facts, **more})


def offer(name: str, nation: str = "FRA", home: str | None = BELFORT, **more: Any) -> Offer:
    facts: dict[str, Any] = {
        "capability": "engineer",
        "size": Size.COMPANY,
        "quantity": 4,
        "place_allowed": PlaceAllowed.IN_COUNTRY,
        "status": OfferStatus.FORMAL,
        "unit_type": "company",
        "notice_days": 5,
    }
    return Offer(offer_id=name, nation=nation, home=home, **{**facts, **more})


def force(
    *offers: Offer, requirements: tuple[Requirement, ...] = (requirement(),), ratio: int = 4, **more: Any
) -> MatchingProblem:
    """A problem of two years with tours of six months, an overlap of 8 days and 12 days for the way."""
    facts: dict[str, Any] = {
        "title": "Camp",
        "case": "base",
        "scenario_hash": "none",
        "timeline": Timeline(g_day_min=ORDER_D * MINUTES_PER_DAY),
        "months": 24,
    }
    return MatchingProblem(
        rotation=Rotation(ratio=ratio, tour_months=6, overlap_d=8, deploy_d=12),
        nations=(),
        requirements=requirements,
        offers=offers,
        caveats=(),
        gates=(),
        activations=(),
        countries={row.place: "UKR" for row in requirements},
        people_by_type={name: known.people for name, known in UNIT_TYPES.items()},
        status_likelihood={},
        **{**facts, **more},
    )


def tours(*rows: tuple[str, int, int, int], post: str = "ENG") -> Matching:
    """A matching of offer, unit, first month and months at one post."""
    return Matching(tuple(Tour(offer_id, unit, post, first, months) for offer_id, unit, first, months in rows))
