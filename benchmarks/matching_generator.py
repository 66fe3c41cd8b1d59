"""Made-up coalitions of any size: requirements, offers, caveats and gates by fixed seeds.

What makes a coalition hard is stated here and nowhere else: how much is offered for what is needed under the rotation
rule, how many offers a gate, a place or an attribute keeps from a requirement, how long notice is. A change of these
figures is a change of the measure and is recorded in ``docs/benchmarks/matching.md`` with results before and after.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

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
from muster.forces.matching.problem import MatchingProblem, Rotation
from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset, Timeline

ATTRIBUTES: Final = ("english", "night", "interoperable")
TASKS: Final = ("patrol", "guard", "train", "clear", "supply")
CATEGORIES: Final = ("area", "task", "night", "transit")
SIZES: Final = (Size.COMPANY, Size.COMPANY, Size.BATTALION, Size.TEAM, Size.SHIP)
STATUS: Final = (OfferStatus.STATEMENT, OfferStatus.PLEDGE, OfferStatus.FORMAL)
STATUS_LIKELIHOOD: Final = {OfferStatus.STATEMENT: 0.5, OfferStatus.PLEDGE: 0.8, OfferStatus.FORMAL: 0.95}
PLACES: Final = {"hub-north": "UKR", "hub-west": "UKR", "hub-south": "UKR", "rear-north": "POL", "rear-south": "ROU"}
ROTATION: Final = Rotation(ratio=4, tour_months=6, overlap_d=10, deploy_d=20)


@dataclass(frozen=True, slots=True)
class Coalition:
    """Size of a made-up coalition.

    Attributes
    ----------
    supply
        Units offered for each unit needed all the time under the rotation rule, before anything hinders them.
    """

    nations: int
    requirements: int
    offers: int
    months: int
    capabilities: int
    supply: float = 1.1


def make_coalition(size: Coalition, *, seed: int) -> MatchingProblem:
    """A coalition; equal sizes and seeds give equal problems."""
    draw = np.random.default_rng((seed, size.nations, size.requirements, size.offers, size.months))
    codes = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}X" for n in range(size.nations)]
    capabilities = [f"capability-{number:02d}" for number in range(size.capabilities)]
    requirements = tuple(_requirement(number, draw, size, capabilities) for number in range(size.requirements))
    needed = sum(row.quantity * (row.size.companies or 1) for row in requirements)
    offered = max(1.0, needed * ROTATION.ratio * size.supply / size.offers)
    offers = tuple(_offer(number, draw, offered, capabilities, codes) for number in range(size.offers))
    return MatchingProblem(
        title="Made-up coalition",
        case=f"{size.nations} nations",
        scenario_hash="",
        timeline=Timeline(g_day_min=-5 * MINUTES_PER_DAY, d_day_min=7 * MINUTES_PER_DAY),
        months=size.months,
        rotation=ROTATION,
        nations=tuple(
            Nation(nation=code, name=code, part=Part.CONTRIBUTOR, armed_forces_k=float(draw.integers(5, 300)))
            for code in codes
        ),
        requirements=tuple(_led(row, offers, draw) for row in requirements),
        offers=offers,
        caveats=tuple(caveat for code in codes for caveat in _caveats(code, draw)),
        gates=tuple(_gate(code, draw) for code in codes),
        activations=(),
        countries=PLACES,
        people_by_type={},
        status_likelihood=STATUS_LIKELIHOOD,
        mission_country="UKR",
    )


def _day(day: int) -> DayOffset:
    return DayOffset(DayMark.C, day * MINUTES_PER_DAY)


def _size_of(capability: str) -> Size:
    return SIZES[int(capability[-2:]) % len(SIZES)]


def _requirement(number: int, draw: np.random.Generator, size: Coalition, capabilities: list[str]) -> Requirement:
    capability = capabilities[draw.integers(len(capabilities))]
    units, starts = int(draw.integers(1, 4)), int(draw.integers(0, 6) * 30 + draw.integers(0, 20))
    lasts = int(draw.integers(8, size.months)) * 30 if draw.random() < 0.3 and size.months > 9 else None
    companies = _size_of(capability) is Size.BATTALION
    return Requirement(
        requirement_id=f"R{number:04d}",
        name=f"{capability} {number}",
        capability=capability,
        size=_size_of(capability),
        quantity=units,
        people=150,
        place=list(PLACES)[draw.choice(5, p=[0.25, 0.25, 0.2, 0.15, 0.15])],
        needed_from=_day(starts),
        needed_until=None if lasts is None else _day(starts + lasts),
        criticality=int(draw.integers(1, 6)),
        component=Component.LAND,
        notice_max_d=60 if draw.random() < 0.2 else None,
        must_have=(ATTRIBUTES[draw.integers(3)],) if draw.random() < 0.3 else (),
        tolerates=(CATEGORIES[draw.integers(4)],) if draw.random() < 0.2 else (),
        task=TASKS[draw.integers(5)],
        max_nations=2 if companies or (units == 3 and draw.random() < 0.3) else None,
    )


def _led(row: Requirement, offers: tuple[Offer, ...], draw: np.random.Generator) -> Requirement:
    """One in ten of the largest requirements is led by a nation that offers the capability."""
    if row.quantity < 3 or draw.random() >= 0.1:
        return row
    nations = sorted({offer.nation for offer in offers if offer.capability == row.capability})
    return replace(row, framework=nations[draw.integers(len(nations))]) if nations else row


def _offer(number: int, draw: np.random.Generator, offered: float, capabilities: list[str], codes: list[str]) -> Offer:
    capability, nation = capabilities[draw.integers(len(capabilities))], codes[draw.integers(len(codes))]
    size = _size_of(capability)
    if size is Size.BATTALION and draw.random() < 0.4:
        size = Size.COMPANY
    quantity = 1 + int(draw.poisson(max(0.0, offered / (size.companies or 1) - 1)))
    return Offer(
        offer_id=f"O{number:04d}",
        nation=nation,
        capability=capability,
        size=size,
        quantity=quantity,
        in_place_max=-(-quantity // ROTATION.ratio) if draw.random() < 0.5 else None,
        place_allowed=PlaceAllowed.IN_COUNTRY if draw.random() < 0.7 else PlaceAllowed.NEIGHBOUR_ONLY,
        status=STATUS[draw.integers(3)],
        people=150,
        notice_days=int(draw.choice((5, 10, 20, 30, 60, 90))),
        available_from=_day(int(draw.integers(1, 12)) * 30) if draw.random() < 0.1 else None,
        gates=(f"gate-{nation}",) if draw.random() < 0.4 else (),
        has=tuple(attribute for attribute in ATTRIBUTES if draw.random() < 0.7),
        tour_max_months=4 if draw.random() < 0.2 else None,
    )


def _caveats(nation: str, draw: np.random.Generator) -> list[Caveat]:
    return [
        Caveat(
            caveat_id=f"{nation}-{category}",
            nation=nation,
            category=category,
            effect=CaveatEffect.FORBIDS,
            place=None if category == "task" else list(PLACES)[draw.integers(5)],
            task=TASKS[draw.integers(5)] if category == "task" else None,
        )
        for category in CATEGORIES[:3]
        if draw.random() < 0.5
    ]


def _gate(nation: str, draw: np.random.Generator) -> Gate:
    opens = None if draw.random() < 0.2 else _day(int(draw.integers(0, 120)))
    return Gate(
        gate_id=f"gate-{nation}",
        nation=nation,
        kind="parliament",
        state=GateState.CLOSED,
        opens=opens,
        likelihood=float(draw.integers(3, 10)) / 10,
    )
