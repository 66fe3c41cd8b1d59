"""A small matched force: engineers for a camp and a field hospital, from three nations, over a year.

The camp needs two engineer companies from C+30, the hospital is needed from C-day and nobody but Norway has one. France
offers engineers in two conflicting reports, Poland only outside the country; a vote in Oslo is still to come.
"""

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
from muster.forces.matching.answers.answered import Answered
from muster.forces.matching.answers.chance import CoverageRisk
from muster.forces.matching.answers.sustained import Sustained
from muster.forces.matching.answers.unfilled import Reason, ReasonKind, Unfilled
from muster.forces.matching.answers.unused import Unused, Why
from muster.forces.matching.answers.whatif import WhatIf
from muster.forces.matching.answers.worth import ChangeKind, Worth
from muster.forces.matching.objectives import Aim, Attainment
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import Assumption, MatchingProblem, Rotation
from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset, Timeline

MONTHS = 12


def day(number: int) -> DayOffset:
    """An offset from C-day."""
    return DayOffset(DayMark.C, number * MINUTES_PER_DAY)


CAMP = Requirement(
    requirement_id="ENG", name="Engineers of the camp", capability="engineer", size=Size.COMPANY, quantity=2,
    people=100, place="CAMP", needed_from=day(30), criticality=2, component=Component.LAND, task="build",
)  # fmt: skip
HOSPITAL = Requirement(
    requirement_id="MED", name="Field hospital", capability="hospital", size=Size.TEAM, quantity=1,
    people=80, place="TOWN", needed_from=day(0), criticality=1, component=Component.MEDICAL,
)  # fmt: skip
FRENCH = Offer(
    offer_id="FRA-ENG", nation="FRA", capability="engineer", size=Size.COMPANY, quantity=4, people=120,
    place_allowed=PlaceAllowed.IN_COUNTRY, status=OfferStatus.FORMAL, notice_days=10, said_on="2026-01-06",
    source="paris",
)  # fmt: skip
FRENCH_TOO = Offer(
    offer_id="FRA-ENG-2", nation="FRA", capability="engineer", size=Size.COMPANY, quantity=2, people=120,
    place_allowed=PlaceAllowed.IN_COUNTRY, status=OfferStatus.STATEMENT, notice_days=10, disputes="FRA-ENG",
    said_on="2026-02-01", source="press",
)  # fmt: skip
POLISH = Offer(
    offer_id="POL-ENG", nation="POL", capability="engineer", size=Size.COMPANY, quantity=4, people=110,
    place_allowed=PlaceAllowed.NEIGHBOUR_ONLY, status=OfferStatus.PLEDGE, notice_days=10,
)  # fmt: skip
NORWEGIAN = Offer(
    offer_id="NOR-MED", nation="NOR", capability="hospital", size=Size.TEAM, quantity=2, people=80,
    place_allowed=PlaceAllowed.IN_COUNTRY, status=OfferStatus.PLEDGE, notice_days=10, gates=("STORTING",),
)  # fmt: skip
NIGHT = Caveat(
    caveat_id="FRA-NIGHT", nation="FRA", category="night", effect=CaveatEffect.FORBIDS, task="patrol", source="paris"
)  # fmt: skip
STORTING = Gate(
    gate_id="STORTING", nation="NOR", kind="parliament", state=GateState.CLOSED, opens=day(91), likelihood=0.75
)  # fmt: skip


def problem() -> MatchingProblem:
    """Tours of four months, one unit in place for every two, ten days beside each other."""
    return MatchingProblem(
        title="Camp and hospital",
        case="base",
        scenario_hash="0123456789abcdef",
        timeline=Timeline(g_day_min=-30 * MINUTES_PER_DAY),
        months=MONTHS,
        rotation=Rotation(ratio=2, tour_months=4, overlap_d=10, deploy_d=10),
        nations=(
            Nation(nation="FRA", name="France", part=Part.CONTRIBUTOR, armed_forces_k=200.0),
            Nation(nation="NOR", name="Norway", part=Part.CONTRIBUTOR, armed_forces_k=20.0),
            Nation(nation="POL", name="Poland", part=Part.CONTRIBUTOR, armed_forces_k=180.0),
        ),
        requirements=(CAMP, HOSPITAL),
        offers=(FRENCH, FRENCH_TOO, POLISH, NORWEGIAN),
        caveats=(NIGHT,),
        gates=(STORTING,),
        activations=(),
        countries={"CAMP": "UKR", "TOWN": "UKR"},
        people_by_type={},
        status_likelihood={OfferStatus.STATEMENT: 0.5, OfferStatus.PLEDGE: 0.8, OfferStatus.FORMAL: 1.0},
        mission_country="UKR",
        assumptions=(
            Assumption(factor_id="force.rotation_ratio", value=2, unit="", source="story", grade="D"),
            Assumption(factor_id="force.deploy_d", value=10, unit="d", source="story", grade="assumed", low=5, high=20),
        ),
    )  # fmt: skip


def matching() -> Matching:
    """France fills half the camp with two units in turn and one more for four months; Norway comes after its vote."""
    return Matching(
        (
            Tour("FRA-ENG", 1, "ENG", 1, 4),
            Tour("FRA-ENG", 2, "ENG", 5, 4),
            Tour("FRA-ENG", 1, "ENG", 9, 3),
            Tour("FRA-ENG", 3, "ENG", 1, 4),
            Tour("NOR-MED", 1, "MED", 4, 4),
            Tour("NOR-MED", 2, "MED", 8, 4),
        )
    )


def answered() -> Answered:
    """Answers as somebody may have got them."""
    return Answered(
        attainments=(Attainment(Aim.COVERAGE, 90_720, 100_800), Attainment(Aim.FIRMNESS, 18_662.4, None)),
        solve_s=1.5,
        unfilled=(
            Unfilled("ENG", (0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1), (Reason(ReasonKind.PLACE, "POL"),), True),
            Unfilled("MED", (1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0), (Reason(ReasonKind.GATE, "STORTING"),), False),
        ),
        unused=(
            Unused("POL-ENG", 4, Why.HINDERED, (Reason(ReasonKind.PLACE, "POL"),)),
        ),
        asks=(Worth(ChangeKind.NEXT_OFFER, "engineer, company", "POL", 20_448, 20_448, (("ENG", 213),), 1),),
        caveats=(Worth(ChangeKind.CAVEAT_LIFTED, "FRA-NIGHT", "FRA", 0, 0),),
        gates=(Worth(ChangeKind.GATE_OPEN, "STORTING", "NOR", 11_712, 23_424, (("MED", 61),)),),
        withdrawals=(
            Worth(ChangeKind.NATION_WITHDRAWN, "NOR", "NOR", -46_848, -46_848, (("MED", -244),)),
            Worth(ChangeKind.NATION_WITHDRAWN, "FRA", "FRA", -43_872, -43_872, (("ENG", -457),)),
        ),
        sustained=Sustained(
            is_sustained=False, is_proved=True, months=5, ended_by=("ENG",), lost=0.08,
            people_in_place=320, people_needed=640, people_offered=1_080,
        ),
        whatifs=(
            WhatIf(
                changes=("withdraw NOR", "gate STORTING=open"), before=90_720, after=43_872, after_bound=43_872,
                by_requirement=(("MED", -244),), by_nation=(("NOR", -640),),
            ),
        ),
        risk=CoverageRisk(
            runs=4, seed=1, shares=(0.7, 0.4, 0.7, 0.7), rematched=(0.7, 0.5, 0.7, 0.7),
            full_likelihood=(("ENG", 0.0), ("MED", 0.0)), causes=(("STORTING", 0.06),),
        ),
    )  # fmt: skip
