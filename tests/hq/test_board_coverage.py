"""Cover of requirements on the board: months for the headquarters, released bands and its own units for a nation."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction

from forces import camp_and_hospital
from hq.seeded import account_of, look_as, signed_in, without_token
from hq.test_plans import second_planner
from muster.disclosure.bands import Band
from muster.exchange import answers_json, matching_json
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.hq.board.released_coverage import BandCell, OwnTour, band_map
from muster.hq.plans.actions import keep_plan, propose_release, release_plan, send_for_review
from muster.hq.plans.matchings import release_forms, told_matching
from muster.hq.plans.models import Plan

pytestmark = pytest.mark.usefixtures("headquarters")
PAGE = "/board/coverage"
NOTHING = "There is no plan that you may see."


def british(problem: MatchingProblem) -> MatchingProblem:
    """The same with the hospital from Britain, which has a liaison officer here."""
    return replace(
        problem,
        nations=tuple(replace(row, nation="GBR") if row.nation == "NOR" else row for row in problem.nations),
        offers=tuple(replace(row, nation="GBR") if row.nation == "NOR" else row for row in problem.offers),
        gates=tuple(replace(row, nation="GBR") for row in problem.gates),
    )


PROBLEM, MATCHING = british(camp_and_hospital.problem()), camp_and_hospital.matching()


def files_of(problem: MatchingProblem, matching: Matching) -> dict[str, bytes]:
    told = matching_json.encode_matching(matching)
    return {
        "problem.json.gz": matching_json.encode_problem(problem),
        "matching.json": told,
        "answers.json": answers_json.encode_answers(camp_and_hospital.answered(), told),
        "summary.json": b"{}",
    }


def kept(problem: MatchingProblem, matching: Matching, *, sent: bool = False, released: bool = False) -> Plan:
    """A matching that the headquarters keeps, sends for review, and releases by a second person."""
    look_as("J5-PLANS")
    by, at, files = account_of("J5-PLANS"), datetime.now(UTC), files_of(problem, matching)
    made = told_matching(problem, matching, files)
    plan = keep_plan(title="Cover", made=made, inputs="0" * 64, asked={}, of_version=None, by=by, at=at)
    if sent or released:
        plan = send_for_review(plan=plan.pk, version=plan.version, by=by, at=at)
    if released:
        edition, forms = release_forms(files, ())
        editions = answers_json.encode_releases((edition,))
        plan = propose_release(plan=plan.pk, version=plan.version, forms=forms, editions=editions, by=by, at=at)
        plan = release_plan(plan=plan.pk, version=plan.version, by=second_planner(), at=at)
    look_as(None)
    return plan


@pytest.fixture(autouse=True)
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        second_planner()
        yield
        transaction.set_rollback(True)


def cells(body: str) -> list[str]:
    """Cells of the map as they are read, row by row."""
    table = body.partition('class="heat-map"')[2].partition("</table>")[0]
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<td.*?</td>", table)]


def test_the_headquarters_sees_months_in_figures() -> None:
    kept(PROBLEM, MATCHING)
    body = signed_in("J5-PLANS").get(PAGE).text
    assert ("Engineers of the camp" in body, "RESTRICTED, headquarters only" in body) == (True, True)
    assert {"0/1", "1/2", "2/2"} <= set(cells(body))


@pytest.mark.parametrize("viewer", ["LNO-FRA", "LNO-GBR", "LNO-POL", "OBSERVER-1", "ADMIN"])
def test_before_it_is_sent_nobody_else_sees_that_there_is_a_matching(viewer: str) -> None:
    client = signed_in(viewer)
    before = without_token(client.get(PAGE).text)
    kept(PROBLEM, MATCHING)
    assert without_token(client.get(PAGE).text) == before
    assert NOTHING in before


def test_in_review_a_nation_sees_its_own_units_and_no_band() -> None:
    kept(PROBLEM, MATCHING, sent=True)
    body = signed_in("LNO-FRA").get(PAGE).text
    assert "No bands of this plan were released yet." in body
    assert [cell for cell in cells(body) if cell] == ["2", "3", "1", "1"]
    assert ("MED" in body, "GBR" in body, "RESTRICTED, releasable to FRA" in body) == (False, False, True)
    assert ("MED" in signed_in("LNO-GBR").get(PAGE).text, "ENG" in signed_in("LNO-GBR").get(PAGE).text) == (True, False)
    for viewer in ("LNO-POL", "OBSERVER-1"):
        assert NOTHING in signed_in(viewer).get(PAGE).text


def test_what_was_released_is_shown_in_bands_with_units_of_ones_own_and_nothing_of_others() -> None:
    kept(PROBLEM, MATCHING, released=True)
    shown = {viewer: cells(signed_in(viewer).get(PAGE).text) for viewer in ("LNO-FRA", "LNO-GBR", "LNO-POL")}
    bare = {viewer: [re.sub(r" [0-9]+ units? of yours", "", cell) for cell in told] for viewer, told in shown.items()}
    plain = bare["LNO-FRA"]
    assert plain == bare["LNO-GBR"] == bare["LNO-POL"] == shown["LNO-POL"]
    assert {cell for cell in plain if not cell.isdigit()} <= {"", "unmet", "partly", "met", "surplus", "kept back"}
    own = [cell for cell in shown["LNO-FRA"] if "of yours" in cell]
    assert [re.findall("[0-9]+", cell) for cell in own] == [["2"], ["3"], ["1"], ["1"]]
    for viewer in shown:
        body = signed_in(viewer).get(PAGE).text
        assert not {word for word in ("NOR-MED", "POL-ENG", "STORTING", "FRA-ENG", "Norway") if word in body}
    assert NOTHING in signed_in("OBSERVER-1").get(PAGE).text


def test_what_a_nation_sees_does_not_depend_on_who_of_the_others_brings_it() -> None:
    with transaction.atomic():
        kept(PROBLEM, MATCHING, released=True)
        before = cells(signed_in("LNO-FRA").get(PAGE).text)
        transaction.set_rollback(True)
    offers = tuple(
        replace(offer, nation="POL", gates=()) if offer.nation == "GBR" else offer for offer in PROBLEM.offers
    )
    kept(replace(PROBLEM, offers=offers), MATCHING, released=True)
    assert cells(signed_in("LNO-FRA").get(PAGE).text) == before


def test_a_form_that_cannot_be_read_shows_no_bands() -> None:
    tours = [OwnTour("ENG", "FRA-ENG 1", 0, 91), OwnTour("ENG", "FRA-ENG 2", 30, 60)]
    for form in (None, b"plain", b'<script type="application/json" id="data">{"rows": 1}</script>'):
        drawn = band_map(form, tours, {"ENG": "CAMP"})
        assert drawn is not None
        assert (drawn.has_bands, drawn.quarter_starts_d) == (False, (0,))
        assert drawn.rows[0].cells == (BandCell(None, is_needed=False, own=2),)
    assert band_map(None, [], {}) is None


def test_bands_of_a_form_are_those_that_were_released() -> None:
    edition, forms = release_forms(files_of(PROBLEM, MATCHING), ())
    drawn = band_map(forms["ALL"], [], {})
    assert drawn is not None
    said = {statement.name: statement.shown for statement in edition.release.statements}
    told = [cell.band for row in drawn.rows for cell in row.cells if cell.is_needed]
    assert sorted(str(band) for band in told) == sorted(
        str(band) for name, band in said.items() if name.startswith("requirement")
    )
    assert {band for band in told if band is not None} <= {*Band}
