"""The page of the risk of the closure date, in a real browser with no network."""

from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import Watched, open_file
from muster.exchange.report_html.risk_page import draw_risk
from muster.exchange.risk_json import risk_document
from muster.movement.problem import Carrier
from muster.movement.risk import Hazard, Policy, RiskResult, Severity
from muster.movement.risk.hazards import list_figures
from muster.movement.risk.result import (
    Comparison,
    HazardEffect,
    LineRisk,
    PolicyRisk,
    SeverityEffect,
    SpareEffect,
)
from muster.reference import load_factors
from muster.trials.summary import Estimate

CHANGE = Comparison(runs=200, p80_d=Estimate(2.0, 1.5, 2.5), weighted_lateness_d=Estimate(30.0, 20.0, 40.0))
NEVER = Comparison(runs=200, p80_d=Estimate(inf, -inf, inf), weighted_lateness_d=Estimate(90.0, 80.0, 100.0))


def policy(name: Policy, later_d: float) -> PolicyRisk:
    return PolicyRisk(
        policy=name,
        runs=2_000,
        p50_d=Estimate(22.0 + later_d, 21.8 + later_d, 22.2 + later_d),
        p80_d=Estimate(25.0 + later_d, 24.5 + later_d, 25.5 + later_d),
        p95_d=Estimate(inf, 30.0, inf),
        in_time=Estimate(0.25, 0.2, 0.3),
        unclosed=0.06,
        weighted_lateness_d=Estimate(120.0, 110.0, 130.0),
        curve_d=tuple(20.0 + later_d + place / 10 if place < 94 else inf for place in range(100)),
    )


@pytest.fixture(scope="module")
def result() -> RiskResult:
    """A result with everything in it that a page must cope with."""
    return RiskResult(
        title="Amber <Bridge>",
        case="base",
        scenario_hash="0123456789abcdef0123",
        seed=3,
        runs=2_000,
        version="0.1.0",
        planned_d=20.5,
        bound_d=19.0,
        planned_weighted_lateness_d=12.0,
        policies=(policy(Policy.RIGHT_SHIFT, 2.0), policy(Policy.DISPATCH, 0.0)),
        lines=(
            LineRisk(
                uln="POL-01",
                name="</script><b>Company</b>",
                nation="POL",
                priority=1,
                required_d=21.0,
                planned_d=20.5,
                late=(Estimate(0.4, 0.35, 0.45), Estimate(0.2, 0.18, 0.22)),
                p80_d=(24.0, inf),
            ),
        ),
        effects=(
            HazardEffect(hazard=Hazard.SLOW_PLEDGE, among_all=CHANGE, alone=NEVER),
            HazardEffect(hazard=Hazard.WEATHER, among_all=CHANGE, alone=None),
        ),
        severities=(SeverityEffect(severity=Severity.SEVERE, change=NEVER),),
        spares=(SpareEffect(carrier=Carrier.RORO_SHIP, fleets=4, change=CHANGE),),
        figures=list_figures(load_factors()),
    )


@pytest.fixture
def opened(browser: Browser, result: RiskResult, tmp_path: Path) -> Iterator[Watched]:
    path = tmp_path / "risk.html"
    path.write_bytes(draw_risk(result))
    with open_file(browser, path) as watched:
        yield watched


def test_never_is_null_in_the_document(result: RiskResult) -> None:
    document = risk_document(result)
    assert document["policies"][0]["p95_d"] == {"value": None, "low": 30.0, "high": None}
    assert document["lines"][0]["p80_d"] == [24.0, None]


def test_the_page_is_the_same_bytes_for_the_same_result(result: RiskResult) -> None:
    assert draw_risk(result) == draw_risk(result)


@pytest.mark.browser
def test_the_page_asks_for_nothing_and_complains_of_nothing(opened: Watched) -> None:
    opened.page.wait_for_selector("html[data-drawn=yes]")
    assert opened.asked == []
    assert opened.complaints == []


@pytest.mark.browser
def test_the_page_tells_the_promise_and_what_adds_most(opened: Watched) -> None:
    brief = opened.page.locator("#brief").inner_text()
    assert "kept in 80 of 100 runs with the plan's order is day 27.0, 6.5 days later" in brief
    assert "What adds most is slow-pledge (a fleet is available later than pledged): 2.0 days" in brief
    assert opened.page.locator("h1").inner_text() == "Amber <Bridge>"
    assert "never" in opened.page.locator("#tiles").inner_text()


@pytest.mark.browser
def test_charts_are_told_as_tables_too(opened: Watched) -> None:
    assert opened.page.locator("#tornado svg").get_attribute("role") == "img"
    rows = opened.page.locator("#tornado-table tbody tr")
    assert rows.count() == 2
    assert rows.nth(0).inner_text().split("\t")[:4] == [
        "slow-pledge",
        "a fleet is available later than pledged",
        "+2.0",
        "+1.5 to +2.5",
    ]
    assert opened.page.locator("#lines-table tbody th").inner_text() == "POL-01"
    assert opened.page.locator("#figures-table tbody tr").count() == len(list_figures(load_factors()))


@pytest.mark.browser
def test_lines_are_sorted_with_the_keyboard(opened: Watched) -> None:
    opened.page.locator("#lines-table thead button").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#lines-table thead th").first.get_attribute("aria-sort") == "ascending"
