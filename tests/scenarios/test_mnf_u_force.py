"""Requirements and offers of the notional force say what the mission facts say, and strain it in every way."""

from collections import Counter
from functools import cache

import pytest

from muster.exchange.scenario import Scenario, matching_problem, read_scenario
from muster.forces import OfferStatus, PlaceAllowed, Size
from muster.forces.matching.pairing import HindranceKind, list_pairings
from muster.forces.matching.problem import MatchingProblem
from tools.build_scenarios import SCENARIOS

REQUIRED = {
    "low": {"in Ukraine": 9867, "beside it": 1300, "at sea": 290, "elsewhere": 280},
    "base": {"in Ukraine": 15339, "beside it": 2965, "at sea": 540, "elsewhere": 535},
    "high": {"in Ukraine": 24734, "beside it": 4405, "at sea": 630, "elsewhere": 605},
    "stress": {"in Ukraine": 57756, "beside it": 5790, "at sea": 630, "elsewhere": 710},
}


@cache
def scenario() -> Scenario:
    return read_scenario({path.name: path.read_bytes() for path in (SCENARIOS / "mnf-u").iterdir()})


@cache
def problem(case: str) -> MatchingProblem:
    return matching_problem(scenario(), case)


def people_required(case: str) -> Counter[str]:
    """People of all needs that do not end, by where they are."""
    of, people = problem(case), Counter[str]()
    for row in of.requirements:
        if row.needed_until is None:
            country = of.countries[row.place]
            where = {"UKR": "in Ukraine", "POL": "beside it", "ROU": "beside it"}.get(country, "elsewhere")
            people["at sea" if row.size is Size.SHIP else where] += of.people_of(row) * row.quantity
    return people


def people_offered(case: str) -> int:
    """People of all offers, those that rest included; other reports of an offer do not count."""
    of = problem(case)
    return sum(of.people_of(row) * row.quantity for row in of.offers if row.disputes is None)


def test_twenty_six_nations_pledge_and_twenty_one_of_them_say_when() -> None:
    offers = problem("base").offers
    assert len({offer.nation for offer in offers}) == 26
    assert len({offer.nation for offer in offers if offer.notice_days is not None}) == 21


def test_ten_nations_pledge_infantry_for_ukraine() -> None:
    ready = {
        offer.nation
        for offer in problem("base").offers
        if offer.capability == "infantry"
        and offer.place_allowed is PlaceAllowed.IN_COUNTRY
        and offer.status in {OfferStatus.PLEDGE, OfferStatus.FORMAL}
    }
    assert ready == {"AUS", "DNK", "EST", "FRA", "GBR", "LTU", "LVA", "NLD", "NOR", "TUR"}


def test_nobody_offers_for_ukraine_what_its_government_ruled_out() -> None:
    for case in scenario().cases:
        offers = problem(case).offers
        outside = {"POL", "ROU", "ITA", "DEU"}
        assert {o.place_allowed for o in offers if o.nation in outside} == {
            PlaceAllowed.NEIGHBOUR_ONLY,
            PlaceAllowed.HOME_ONLY,
        }
        assert not {"GRC", "SVK", "HUN", "USA", "JPN"} & {offer.nation for offer in offers}


def test_the_cases_require_about_the_people_of_the_mission_facts() -> None:
    assert {case: dict(people_required(case)) for case in scenario().cases} == REQUIRED


def test_offers_suffice_for_four_to_one_up_to_the_base_case_only() -> None:
    enough = {case: people_offered(case) >= 4 * people_required(case).total() for case in scenario().cases}
    assert enough == {"low": True, "base": True, "high": False, "stress": False}
    assert people_required("stress").total() >= 64_000
    assert people_offered("stress") == 133_188


def test_larger_cases_have_more_requirements_and_offers() -> None:
    counts = {case: (len(problem(case).requirements), len(problem(case).offers)) for case in scenario().cases}
    assert counts == {"low": (77, 203), "base": (127, 203), "high": (147, 220), "stress": (147, 228)}


def test_every_component_has_requirements_in_the_base_case() -> None:
    counts = Counter(row.component.value for row in problem("base").requirements)
    assert counts == {"headquarters": 12, "land": 51, "air": 18, "sea": 9, "logistic": 16, "medical": 9, "training": 12}


def test_conflicting_reports_are_kept_beside_the_row_that_is_planned_with() -> None:
    disputed = {offer.offer_id: offer.disputes for offer in problem("base").offers if offer.disputes is not None}
    assert disputed == {
        "FRA-STAFF-200": "FRA-STAFF",
        "FRA-WHEELED-8K": "FRA-WHEELED",
        "FRA-WHEELED-10K": "FRA-WHEELED",
        "GBR-STAFF-200": "GBR-STAFF",
        "GBR-LIGHT-10K": "GBR-LIGHT",
        "EST-COY-250": "EST-COY",
    }


@pytest.mark.parametrize("kind", HindranceKind)
def test_every_kind_of_hindrance_bars_somebody(kind: HindranceKind) -> None:
    hindrances = [hindrance for pairing in list_pairings(problem("base")) for hindrance in pairing.hindrances]
    assert any(hindrance.kind is kind for hindrance in hindrances)


def test_two_requirements_of_the_base_case_are_offered_by_nobody() -> None:
    offered = {pairing.requirement for pairing in list_pairings(problem("base"))}
    names = [row.name for number, row in enumerate(problem("base").requirements) if number not in offered]
    assert names == ["Bridging on the entry routes", "CBRN defence"]


def test_caveats_of_service_come_in_many_categories_and_leave_movement_alone() -> None:
    caveats = problem("base").caveats
    assert len(caveats) == 42
    assert {caveat.category for caveat in caveats} == {
        "area", "command", "mandate", "night", "numbers", "riot control", "task", "time", "transit", "weather",
    }  # fmt: skip
    assert len(scenario().movement_inputs("base").caveats) == 12


def test_armed_forces_and_product_of_every_contributor_are_known() -> None:
    contributors = {offer.nation for offer in problem("stress").offers}
    known = {n.nation for n in problem("stress").nations if n.armed_forces_k is not None and n.gdp_busd is not None}
    assert contributors <= known
