"""The pages of a deconfliction, for all and for one nation, in a real browser with no network."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import Watched, open_file
from movement.test_deconflict import alone, convoy_of, joint, problem_of, tanks_of
from muster.exchange import deconfliction_json
from muster.exchange.deconfliction_json import DeconflictionRecord, NationRecord
from muster.exchange.report_html.deconfliction_page import draw_deconfliction, draw_nation
from muster.movement.deconflict.agreeing import Choice, choose
from muster.movement.deconflict.clashes import clashes
from muster.movement.deconflict.conflicts import collide
from muster.movement.deconflict.nations import of_nation
from muster.movement.deconflict.view import views
from muster.movement.problem import Problem

Drawn = tuple[Problem, DeconflictionRecord, dict[str, NationRecord]]


@pytest.fixture(scope="module")
def found() -> Drawn:
    """Three nations at one crossing, two of them with one transporter; a name that would be markup."""
    convoys = (convoy_of("DEU", 1, 17), convoy_of("FRA", 1, 19), convoy_of("GBR", 1, 24))
    problem = problem_of(*convoys, tanks_of("DEU"), tanks_of("FRA"), hets=1)
    problem = replace(problem, title="Amber <Bridge>")
    plans = alone(problem)
    collision = collide(problem, plans)
    agreement = joint(problem, collision)
    proposed = choose(agreement.proposals, Choice.EVEN)
    by_place = clashes(problem, collision)
    record = deconfliction_json.record(
        problem, {nation: [f"{nation}.csv"] for nation in plans}, collision, by_place, agreement, proposed, b""
    )
    seen = {
        view.nation: deconfliction_json.nation_record(view)
        for view in views(problem, plans, collision, by_place, proposed)
    }
    return problem, record, seen


@pytest.fixture
def opened(browser: Browser, found: Drawn, tmp_path: Path) -> Iterator[Watched]:
    problem, record, _ = found
    path = tmp_path / "deconfliction.html"
    path.write_bytes(draw_deconfliction(problem, record))
    with open_file(browser, path) as watched:
        yield watched


@pytest.fixture
def opened_by_gbr(browser: Browser, found: Drawn, tmp_path: Path) -> Iterator[Watched]:
    problem, _, seen = found
    path = tmp_path / "gbr.html"
    path.write_bytes(draw_nation(of_nation(problem, "GBR"), seen["GBR"]))
    with open_file(browser, path) as watched:
        yield watched


def test_a_record_is_read_back(found: Drawn) -> None:
    _, record, _ = found
    assert deconfliction_json.decode(deconfliction_json.encode(record)) == record


def test_no_figure_of_one_nation_is_in_the_record_of_another(found: Drawn) -> None:
    _, _, seen = found
    figures = {(clash.subject, clash.own, clash.others) for clash in seen["GBR"].clashes if clash.limit == 40}
    assert figures == {("BORDER/crossing_vehicles", 24, 36)}
    told = {number for clash in seen["GBR"].clashes for number in (clash.own, clash.others, clash.to_give, clash.over)}
    assert told.isdisjoint({17, 19})
    text = deconfliction_json.encode(seen["GBR"]).decode()
    assert [word for word in ("DEU", "FRA", "het-1") if word in text] == []


@pytest.mark.browser
def test_the_page_asks_for_nothing_and_complains_of_nothing(opened: Watched) -> None:
    opened.page.wait_for_selector("html[data-drawn=yes]")
    assert (opened.asked, opened.complaints) == ([], [])
    assert opened.page.locator("h1").inner_text() == "Amber <Bridge>"


@pytest.mark.browser
def test_the_narrowest_place_and_the_burden_are_told(opened: Watched) -> None:
    rows = opened.page.locator("#places-table tbody tr")
    told = [rows.nth(place).inner_text().split("\t") for place in range(rows.count())]
    crossing = next(cells for cells in told if cells[1] == "road crossing, vehicles")
    assert (crossing[0], crossing[-2], crossing[-1]) == ("Road border", "DEU FRA GBR", "3")
    assert opened.page.locator("#burden-table tbody tr").count() == 3
    assert opened.page.locator("#places-grid svg").get_attribute("role") == "img"
    assert not opened.page.locator("#shared").is_visible()


@pytest.mark.browser
def test_a_nation_reads_others_as_one_figure(opened_by_gbr: Watched) -> None:
    opened_by_gbr.page.wait_for_selector("html[data-drawn=yes]")
    assert (opened_by_gbr.asked, opened_by_gbr.complaints) == ([], [])
    text = opened_by_gbr.page.locator("#places-table").inner_text()
    assert "others 36, GBR 24" in text
    assert "GBR/restricted/GBR" in opened_by_gbr.page.locator(".banner").first.inner_text()
    assert opened_by_gbr.page.locator("#shared-table tbody tr").count() > 0
