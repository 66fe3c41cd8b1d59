"""The report page: in a real browser with no network, and as a document."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser import Watched, open_file
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.exchange.replan_json import CurveRow, ReplanRecord
from muster.exchange.report_html.courses import course, simplified
from muster.exchange.report_html.page import draw_report
from muster.measures import Timeline
from muster.movement.problem import Assumption, DisputedFact, Leg, Problem, Site
from muster.movement.reinforcing.unit_values import Outcome, UnitValue, UnitValues
from muster.movement.replan.changes import LineChange
from muster.movement.reporting.march import MarchFactors
from muster.movement.reporting.report import Report, report
from muster.network import Mode
from muster.reference import load_factors

HOSTILE = "<script>alert(1)</script>"
SUMMARY = {"closure_bound_d": 26.1, "closure_gap": 0.149, "closure_uncongested_d": 14.5, "lateness_bound_d": 980.2}


def _problem() -> Problem:
    problem = random_problem(1, line_count=60, trains_1435=5, trains_1520=4, buses=6, hets=4)
    first = replace(problem.lines[0], name=HOSTILE)
    sites = (replace(problem.sites[0], name=f"Barracks {HOSTILE}"), *problem.sites[1:])
    return replace(
        problem,
        title=f"Exercise {HOSTILE}",
        lines=(first, *problem.lines[1:]),
        sites=sites,
        timeline=Timeline(g_day_min=-14_400, d_day_min=43_200, c_day=date(2027, 3, 1)),
        assumptions=(Assumption(subject=HOSTILE, value="240", unit="min", low="180", high="360", why="not known"),),
        disputed_facts=(DisputedFact(subject="Border", used="40", unit="/d", others="25", sources="press"),),
    )


@pytest.fixture(scope="module")
def told() -> Report:
    problem = _problem()
    factors = MarchFactors.from_reference(load_factors())
    plan = hand_plan(problem, unmoved=["L003"])
    return report(
        problem, plan, summary=SUMMARY, findings=[], march_factors=factors, unit_values=one_more_bus(),
        daily_prices_d={"bus": (None, 0.25, 2.5), "BORDER/credits": (0.0, 0.0, 12.0)},
    )  # fmt: skip


def one_more_bus() -> UnitValues:
    """A bus more saves two days of closure; what it saves of lateness may be luck."""
    bus = UnitValue(
        name="bus", kind="fleet", unit="one asset", price=0.6, dual_min=4_320, closure_min=2_880,
        weighted_lateness_min=1_440, unmet_weight=0, is_closure_clear=True, is_lateness_clear=False,
    )  # fmt: skip
    unchanged = tuple(
        Outcome(seed=seed, unmet_weight=0, weighted_lateness_min=9_000 + seed * 720, closure_min=40_000)
        for seed in (1, 3)
    )
    return UnitValues(
        steps=50, unchanged=unchanged, closure_spread_min=0, lateness_spread_min=1_440, values=(bus,), left_out=()
    )


@pytest.fixture(scope="module")
def page_path(told: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(draw_report(told))
    return path


@pytest.fixture
def opened(browser: Browser, page_path: Path) -> Iterator[Watched]:
    with open_file(browser, page_path) as watched:
        watched.page.wait_for_selector("html[data-drawn=yes]")
        yield watched


def _page_data(document: bytes) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', document.decode(), re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


def test_report_is_the_same_bytes_for_the_same_plan(told: Report) -> None:
    assert draw_report(told) == draw_report(told)


def test_report_names_no_address_that_could_be_fetched(told: Report) -> None:
    document = draw_report(told).decode()
    assert not re.search(r"""(src|href)\s*=\s*["'](?!#|data:,)""", document)
    assert not re.search(r"@import|url\((?!#)", document)
    assert "default-src 'none'" in document


def test_texts_of_the_data_cannot_end_the_script_element(told: Report) -> None:
    document = draw_report(told)
    assert HOSTILE.encode() not in document
    assert _page_data(document)["lines"][0]["name"] == HOSTILE


def test_page_data_holds_every_step_and_voyage(told: Report) -> None:
    data = _page_data(draw_report(told))
    assert len(data["steps"]["leg"]) == sum(len(move.steps) for move in told.moves)
    assert len(data["voyages"]["id"]) == len(told.voyages)
    assert [row["resource_id"] for row in data["resources"]] == [row.resource_id for row in told.bottlenecks]


def test_marking_is_shown_above_and_below(told: Report) -> None:
    document = draw_report(told, marking="NOTIONAL & RELEASABLE").decode()
    assert document.count("NOTIONAL &amp; RELEASABLE") == 2


def _leg(mode: Mode, origin: Site, destination: Site) -> Leg:
    return Leg(leg_id="leg", mode=mode, carrier=random_problem(1).legs[0].carrier, origin=origin.place,
               destination=destination.place, distance_m=1, travel_min={"self": 1})  # fmt: skip


def test_course_by_air_follows_the_great_circle() -> None:
    paris = Site(place="P", name="P", country="FRA", latitude_deg=49.0, longitude_deg=0.0)
    kyiv = Site(place="K", name="K", country="UKR", latitude_deg=49.0, longitude_deg=40.0)
    points = course(_leg(Mode.AIR, paris, kyiv), None, paris, kyiv)
    assert points[:2] == [0, 49_000]
    assert points[-2:] == [40_000, 49_000]
    assert max(points[1::2]) > 50_500


def test_simplified_course_keeps_corners_and_drops_what_lies_on_a_line() -> None:
    shape = [(50.0, 10.0), (50.0, 10.5), (50.001, 11.0), (50.0, 12.0), (52.0, 12.0)]
    assert simplified(shape) == [(50.0, 10.0), (50.0, 12.0), (52.0, 12.0)]


@pytest.mark.browser
def test_page_asks_for_nothing_and_complains_of_nothing(opened: Watched) -> None:
    opened.page.wait_for_timeout(200)
    assert opened.asked == []
    assert opened.complaints == []


@pytest.mark.browser
def test_page_shows_hostile_names_as_text(opened: Watched) -> None:
    expect(opened.page.locator("h1")).to_have_text(f"Exercise {HOSTILE}")
    expect(opened.page.locator("#lines-table tbody tr").first.locator("td").first).to_have_text(HOSTILE)
    expect(opened.page.locator("#assumptions-table tbody th")).to_have_text(HOSTILE)
    assert opened.page.locator("script").count() == 2


@pytest.mark.browser
def test_key_figures_are_told(opened: Watched, told: Report) -> None:
    figures = told.figures
    tiles = opened.page.locator("#tiles")
    assert figures.closure_min is not None
    expect(tiles).to_contain_text(f"C+{figures.closure_min // 1440}")
    expect(tiles).to_contain_text(f"{figures.moved.people:,}")
    expect(tiles).to_contain_text("gap to the proven bound 15 %")
    expect(tiles).to_contain_text("every rule is kept")
    expect(opened.page.locator("#marks")).to_contain_text("C-day 010000Z MAR 27")


@pytest.mark.browser
def test_what_a_replan_changes_is_shown(browser: Browser, told: Report, tmp_path: Path) -> None:
    change = LineChange(uln="L001", nation="DEU", legs=2, later_min=2_160, words=("wheeled/1: by rail.", f"{HOSTILE}."))
    rows = [
        CurveRow(legs_moved=legs, lines_changed=1, assets_retasked=1, nations_affected=1, unmet_weight=0,
                 weighted_lateness_d=10.0 - legs, closure_d=20.0, leg_price_h=None, is_chosen=legs == 2)
        for legs in (0, 2)
    ]  # fmt: skip
    record = ReplanRecord(
        plan_sha256="", now_min=1_440, now="C+1", weighted_lateness_before_d=5.0, closure_before_d=19.0,
        curve=tuple(rows), changes=(change,), held_until_min={}, strains=(), facts=(), stranded=(),
    )  # fmt: skip
    path = tmp_path / "report.html"
    path.write_bytes(draw_report(told, replan=record))
    with open_file(browser, path) as watched:
        watched.page.wait_for_selector("html[data-drawn=yes]")
        expect(watched.page.locator("#changes-brief")).to_contain_text("Replanned at C+1.")
        expect(watched.page.locator("#curve-of-change tbody tr")).to_have_count(2)
        expect(watched.page.locator("#curve-of-change strong")).to_have_text("yes")
        expect(watched.page.locator("#changes-table tbody td").nth(2)).to_have_text("1.5")
        expect(watched.page.locator("#changes-table tbody")).to_contain_text(f"{HOSTILE}.")
        assert watched.complaints == []


@pytest.mark.browser
def test_a_plan_that_no_replan_made_shows_no_changes(opened: Watched) -> None:
    expect(opened.page.locator("#changes")).to_be_hidden()


@pytest.mark.browser
def test_map_changes_with_the_time_and_the_modes(opened: Watched) -> None:
    page = opened.page
    canvas = page.locator("#map-canvas")

    def picture() -> str:
        page.wait_for_timeout(120)
        return str(canvas.evaluate("node => node.toDataURL()"))

    pictures = [picture()]
    page.locator("#time").evaluate("node => { node.value = 20 * 1440; node.dispatchEvent(new Event('input')); }")
    pictures.append(picture())
    expect(page.locator("#map-clock")).to_contain_text("C+20")
    page.locator("#map-modes button", has_text="road").click()
    pictures.append(picture())
    canvas.press("+")
    pictures.append(picture())
    assert len(set(pictures)) == 4


@pytest.mark.browser
def test_flows_are_told_as_a_table_too(opened: Watched, told: Report) -> None:
    page = opened.page
    page.select_option("#map-span", "all")
    page.locator("#map details summary").click()
    rows = page.locator("#map-table tbody tr")
    expect(rows).to_have_count(len({flow.leg_id for flow in told.flows}))


@pytest.mark.browser
def test_gantt_is_worked_with_keys(opened: Watched) -> None:
    page = opened.page
    chart = page.locator("#gantt-scroll")
    page.locator("#gantt-close").click()
    expect(page.locator("#gantt-count")).to_have_text("3 rows")
    chart.press("ArrowRight")
    expect(page.locator("#gantt-count")).to_have_text("6 rows")
    chart.press("ArrowDown")
    expect(page.locator("#gantt-live")).to_contain_text("lines")
    page.fill("#gantt-find", "L007/")
    expect(page.locator("#gantt-count")).to_contain_text("row")
    page.select_option("#gantt-view", "asset")
    page.fill("#gantt-find", "het-1")
    expect(page.locator("#gantt-count")).to_have_text("2 rows")


@pytest.mark.browser
def test_load_is_told_cell_by_cell(opened: Watched, told: Report) -> None:
    page = opened.page
    strips = page.locator("#heat-scroll")
    strips.press("ArrowRight")
    load = told.loads[0]
    share = load.shares[1]
    assert share is not None
    expect(page.locator("#heat-live")).to_contain_text(load.name)
    expect(page.locator("#heat-live")).to_contain_text("C+1")


@pytest.mark.browser
def test_lines_sort_search_and_leave_as_csv(opened: Watched, told: Report) -> None:
    page = opened.page
    expect(page.locator("#nations-table tbody th")).to_have_text(["DEU", "FRA", "GBR"])
    table = page.locator("#lines-table")
    table.locator("thead button", has_text="Late").click()
    worst = max(told.lines, key=lambda row: row.lateness_min)
    expect(table.locator("tbody th").first).to_have_text(worst.line.uln)
    expect(table.locator("thead th[aria-sort=descending]")).to_have_text("Late")
    table.locator("input[type=search]").fill("L014")
    expect(table.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        table.locator("button.csv").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.splitlines()[0].startswith("ULN,Name,Nation,Priority")
    assert text.splitlines()[1].startswith("L014,")


@pytest.mark.browser
def test_what_one_more_saves_is_told_and_luck_is_told_apart(opened: Watched) -> None:
    cells = opened.page.locator("#unit-values-table tbody tr td")
    expect(cells).to_have_text(["one asset", "60 %", "3.0", "2.0", "not distinguishable"])
    expect(opened.page.locator("#unit-values-table caption")).to_contain_text("1.0 weighted days of lateness apart")


@pytest.mark.browser
@pytest.mark.browser
def test_prices_by_day_are_drawn_and_told(opened: Watched) -> None:
    assert opened.page.locator("#prices-charts figure").count() == 2
    drawn = opened.page.locator("#prices-charts svg").nth(1)
    assert drawn.get_attribute("aria-label") == (
        "fleet bus: one more is worth most on C+2, 2.5 weighted days of lateness, and 2.8 over all days"
    )
    opened.page.locator("#prices summary").click()
    rows = opened.page.locator("#prices-table tbody tr")
    assert [rows.nth(row).locator("td").last.inner_text() for row in range(3)] == ["12.0", "2.5", "0.3"]


def test_the_critical_chain_is_told_link_by_link(opened: Watched, told: Report) -> None:
    assert told.chain is not None
    rows = opened.page.locator("#chain-table tbody tr")
    expect(rows).to_have_count(len(told.chain.links))
    last = told.chain.links[-1]
    expect(rows.last.locator("th")).to_have_text(last.load_id)
    expect(rows.last).to_contain_text("moves to Camp")


@pytest.mark.browser
def test_a_late_line_tells_the_fewest_causes_of_its_lateness(opened: Watched, told: Report) -> None:
    table = opened.page.locator("#lines-table")
    worst = max(told.lines, key=lambda row: row.lateness_min)
    table.locator("input[type=search]").fill(worst.line.uln)
    text = table.locator("tbody tr td").last.inner_text()
    assert len(text.split("; ")) == len(worst.late_because.causes)
    assert text.startswith("full staging area (Staging yard, staging, people) ")


@pytest.mark.browser
def test_movement_graph_draws_the_convoys_of_the_days_chosen(opened: Watched, told: Report) -> None:
    page = opened.page
    graph = told.graphs[0]
    page.fill("#march-from", "0")
    page.select_option("#march-days", "14")
    shown = [line for line in graph.lines if line.points[0].head_min < 14 * 1440]
    expect(page.locator("#march-graph polygon")).to_have_count(len(shown))
    page.select_option("#march-which", "all")
    expect(page.locator("#march-table .table-tools")).to_contain_text(f"of {len(told.convoys)}")


@pytest.mark.browser
def test_page_prints_and_has_a_dark_form(browser: Browser, page_path: Path) -> None:
    with open_file(browser, page_path, dark=True, width=1040) as watched:
        page = watched.page
        page.wait_for_selector("html[data-drawn=yes]")
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.emulate_media(media="print")
        printed = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark != printed == "rgb(255, 255, 255)"
        assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
        assert watched.complaints == []


@pytest.mark.browser
def test_page_when_nothing_moves(browser: Browser, tmp_path: Path) -> None:
    problem = random_problem(2, line_count=2)
    path = tmp_path / "report.html"
    path.write_bytes(draw_report(report(problem, hand_plan(problem, unmoved=["L001", "L002"]), summary={})))
    with open_file(browser, path) as watched:
        watched.page.wait_for_selector("html[data-drawn=yes]")
        expect(watched.page.locator("#brief")).to_contain_text("None of the 2 lines moves")
        expect(watched.page.locator("#unmoved-table tbody tr")).to_have_count(2)
        expect(watched.page.locator("#chain-table")).to_have_text("Nothing moves.")
        expect(watched.page.locator("#unit-values")).to_be_hidden()
        assert watched.complaints == []


@pytest.mark.browser
def test_contrast_of_texts_meets_aa(browser: Browser, page_path: Path) -> None:
    for dark in (False, True):
        with open_file(browser, page_path, dark=dark) as watched:
            watched.page.wait_for_selector("html[data-drawn=yes]")
            for ink, ground in (("ink", "surface"), ("muted", "surface"), ("muted", "faint"), ("late", "surface"),
                                ("late", "faint"), ("good", "surface"), ("good", "faint"), ("accent", "surface"),
                                ("accent-ink", "accent"), ("head-ink", "head")):  # fmt: skip
                pair = [_colour(watched, name) for name in (ink, ground)]
                assert _contrast(*pair) >= 4.5, f"{ink} on {ground}, {'dark' if dark else 'light'}"


def _colour(watched: Watched, name: str) -> str:
    return str(watched.page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()"))


def _contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
