"""The report of a matching, as values."""

from dataclasses import replace

from forces.camp_and_hospital import MONTHS, answered, matching, problem
from muster.forces.matching.objectives import Aim
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.reporting.answer_rows import UnfilledRow, WhatIfRow, WorthRow
from muster.forces.matching.reporting.burden import NationBurden
from muster.forces.matching.reporting.cover import CoverGroup, CoverRow, Grouping
from muster.forces.matching.reporting.likely import reached_with
from muster.forces.matching.reporting.offer_rows import DisputedOffer, OfferReport
from muster.forces.matching.reporting.report import AimRow, KeyFigures, report
from muster.forces.matching.reporting.rotation import TourBar
from muster.forces.matching.reporting.terms import CaveatRow, GateRow

TOLD = report(problem(), matching(), answered())


def test_key_figures_of_the_camp_and_the_hospital() -> None:
    assert TOLD.figures == KeyFigures(
        coverage=0.675, bound=0.75, gap=0.1, requirements=2, needed=2, filled=0, offers=3, offers_used=2, nations=3,
        nations_serving=2, people_max=320, people_max_month=4, solve_s=1.5,
    )  # fmt: skip
    assert TOLD.people == (0, 240, 240, 240, 320, 200, 200, 200, 200, 200, 200, 200)
    assert TOLD.shares == (0.0, 0.5, 0.5, 0.5, 1.0, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75)
    assert TOLD.month_starts_d == (0, 30, 60, 91, 121, 152, 182, 212, 243, 273, 304, 334, 365)
    assert TOLD.aims == (
        AimRow(aim=Aim.COVERAGE, value=90_720, bound=100_800, gap=0.1, is_proved=False),
        AimRow(aim=Aim.FIRMNESS, value=18_662.4, bound=None, gap=None, is_proved=False),
    )


def test_cover_counts_elements_month_by_month() -> None:
    camp, hospital = TOLD.cover
    assert camp == CoverRow(
        requirement_id="ENG", name="Engineers of the camp", component="land", capability="engineer", place="CAMP",
        phase="", criticality=2, size="company", quantity=2, element="company", from_d=30, until_d=365,
        needed=(0, *(2,) * 11), in_place=(0, 2, 2, 2, 2, *(1,) * 7), share=457 / 670, nations=("FRA",),
    )  # fmt: skip
    assert (hospital.in_place, hospital.share, hospital.is_filled) == ((0,) * 4 + (1,) * 8, 244 / 365, False)


def test_requirements_are_taken_together_by_component_place_and_criticality() -> None:
    assert [(group.grouping.value, group.name) for group in TOLD.groups] == [
        ("component", "land"), ("component", "medical"), ("criticality", "1"), ("criticality", "2"),
        ("place", "CAMP"), ("place", "TOWN"),
    ]  # fmt: skip
    assert TOLD.groups[0] == CoverGroup(
        grouping=Grouping.COMPONENT, name="land", requirements=1, share=457 / 670,
        months=(None, *(1.0,) * 4, *(0.5,) * 7),
    )  # fmt: skip


def test_burden_is_told_beside_the_fair_share() -> None:
    france, norway, poland = TOLD.burdens
    assert france == NationBurden(
        nation="FRA", name="France", offers=1, offers_used=1, units=3, people=(0, *(240,) * 4, *(120,) * 7),
        people_months=1800, fair_share=0.5, fair_people_months=1220.0,
    )  # fmt: skip
    assert (france.beyond, norway.beyond, poland.beyond) == (580.0, 518.0, -1098.0)


def test_a_relief_is_there_before_the_unit_that_it_relieves_goes() -> None:
    second = next(tour for tour in TOLD.tours if tour.unit == 2 and tour.offer_id == "FRA-ENG")
    assert second == TourBar(
        offer_id="FRA-ENG", nation="FRA", unit=2, requirement_id="ENG", people=120, elements=1,
        there_d=142, start_d=152, end_d=273, away_until_d=395,
    )  # fmt: skip
    first = next(tour for tour in TOLD.tours if tour.unit == 1 and tour.offer_id == "FRA-ENG")
    assert (first.there_d, first.start_d, first.end_d) == (30, 30, 152)


def test_what_is_unfilled_comes_by_criticality_with_reasons_in_words() -> None:
    assert TOLD.unfilled is not None
    assert [row.requirement_id for row in TOLD.unfilled] == ["MED", "ENG"]
    assert TOLD.unfilled[0] == UnfilledRow(
        requirement_id="MED", name="Field hospital", component="medical", place="TOWN", criticality=1, element="team",
        short=(1, 1, 1, 1, *(0,) * 8), short_element_months=4, kinds=("gate",),
        reasons="parliament of NOR is outstanding, expected C+91 (gate STORTING)", is_shortest=False,
    )  # fmt: skip
    assert TOLD.unfilled[1].reasons == "POL does not offer it for this country"


def test_offers_say_what_became_of_them() -> None:
    french, polish, norwegian = TOLD.offers
    assert (french.units, french.serving, french.most, french.unit_months, french.unused_units) == (4, 3, 2, 15, 1)
    assert (polish.serving, polish.why_unused) == (0, "hindered everywhere: POL does not offer it for this country")
    assert (norwegian.kept, norwegian.why_unused) == (0.6, "")


def test_reports_that_contradict_each_other_stand_beside_each_other() -> None:
    assert TOLD.disputes == (
        DisputedOffer(
            nation="FRA", capability="engineer", people_low=240, people_high=480,
            reports=(
                OfferReport(
                    offer_id="FRA-ENG", units="4 companies", people=480, status="formal", said_on="2026-01-06",
                    source="paris", is_used=True,
                ),
                OfferReport(
                    offer_id="FRA-ENG-2", units="2 companies", people=240, status="statement", said_on="2026-02-01",
                    source="press", is_used=False,
                ),
            ),
        ),
    )  # fmt: skip


def test_changes_are_told_by_size_as_shares_of_all_that_is_needed() -> None:
    assert TOLD.asks == (
        WorthRow(
            what="engineer, company", nation="POL", says="1 × engineer, company of POL", units=1,
            share=20_448 / 134_400, share_bound=20_448 / 134_400, is_proved=True, touches=(("ENG", 213),), note="",
        ),
    )  # fmt: skip
    assert TOLD.withdrawals is not None
    assert [row.says for row in TOLD.withdrawals] == ["NOR withdraws", "FRA withdraws"]
    assert TOLD.caveat_prices is not None
    assert TOLD.caveat_prices[0].says == "caveat FRA-NIGHT lifted: FRA no longer forbids task patrol"
    assert TOLD.gate_prices is not None
    assert (TOLD.gate_prices[0].says, TOLD.gate_prices[0].is_proved) == ("gate STORTING open", False)


def test_suppositions_are_told_before_and_after() -> None:
    assert TOLD.whatifs == (
        WhatIfRow(
            changes="withdraw NOR, gate STORTING=open", before=0.675, after=43_872 / 134_400,
            after_bound=43_872 / 134_400, is_proved=True, touches=(("MED", -244),), by_nation=(("NOR", -640),),
        ),
    )  # fmt: skip


def test_gates_and_caveats_are_told_in_words() -> None:
    assert TOLD.gates == (
        GateRow(
            gate_id="STORTING", nation="NOR", kind="parliament", state="closed", opens="C+91", likelihood=0.75,
            says="parliament of NOR is outstanding, expected C+91", offers=1, source="",
        ),
    )  # fmt: skip
    assert TOLD.caveats == (
        CaveatRow(
            caveat_id="FRA-NIGHT", nation="FRA", category="night", effect="forbids", says="forbids task patrol",
            is_lifted=False, source="paris",
        ),
    )  # fmt: skip


def test_coverage_that_is_reached_with_a_likelihood() -> None:
    assert TOLD.risk is not None
    assert TOLD.risk.standing.reached == (0.7, 0.4, 0.4)
    assert TOLD.risk.rematched.reached == (0.7, 0.5, 0.5)
    assert TOLD.risk.standing.curve == (0.4,) * 25 + (0.7,) * 75
    assert reached_with((0.5,), 0.95) == 0.5


def test_what_nobody_asked_is_none_and_nothing_matched_is_told() -> None:
    asked = replace(
        answered(), unfilled=None, unused=None, asks=None, caveats=None, gates=None, withdrawals=None, risk=None
    )
    told = report(problem(), Matching(()), asked)
    assert (told.unfilled, told.asks, told.caveat_prices, told.gate_prices, told.withdrawals) == (None,) * 5
    assert (told.figures.coverage, told.people, told.tours) == (0.0, (0,) * MONTHS, ())
    nothing = report(replace(problem(), requirements=(), offers=()), Matching(()), asked)
    assert (nothing.figures.coverage, nothing.shares, nothing.people) == (1.0, (None,) * MONTHS, (0,) * MONTHS)


def test_one_tour_more_never_lowers_cover() -> None:
    more = Matching((*matching().tours, Tour("FRA-ENG", 4, "ENG", 5, 4)))
    told = report(problem(), more, answered())
    pairs = zip(TOLD.cover, told.cover, strict=True)
    assert all(after >= before for old, new in pairs for before, after in zip(old.in_place, new.in_place, strict=True))
    assert told.figures.coverage > TOLD.figures.coverage
