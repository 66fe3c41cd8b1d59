"""From an offer that is withdrawn to a plan that is released: what each of five posts does and sees."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PLAN_WITHIN_MS = 120_000
"""A first plan makes the machine code of the matching."""


def make_plan(page: Page, title: str) -> None:
    """Ask for a matching, watch how far it is, and go to the plan."""
    page.click("nav >> text=Plans")
    page.click("text=Make a plan")
    page.select_option("#id_kind", "matching")
    page.fill("#id_title", title)
    page.fill("#id_time_limit_s", "6")
    page.click("main button >> text=Make it")
    expect(page.locator("h1")).to_have_text(title)
    page.click("text=To what it made", timeout=PLAN_WITHIN_MS)
    expect(page.locator("h1")).to_contain_text(title)


def covered(page: Page) -> str:
    """What share of the requirements the plan on a page covers."""
    figure = page.locator("dl.facts div", has_text="covered, by criticality").locator("dd")
    return figure.inner_text()


def test_an_offer_is_withdrawn_and_a_plan_is_released(at_work: Callable[[str], Page]) -> None:
    planner, france = at_work("J5-PLANS"), at_work("LNO-FRA")
    make_plan(planner, "With the French battalions")
    before = covered(planner)

    france.click("nav >> text=Offers")
    france.click("text=FRA-INF")
    france.click("main button >> text=Withdraw")
    expect(france.locator("dl.facts")).to_contain_text("withdrawn")

    make_plan(planner, "Without the French battalions")
    after = covered(planner)
    assert float(after.rstrip("%")) < float(before.rstrip("%"))
    planner.select_option("select[name=with]", index=0)
    planner.click("text=Compare")
    expect(planner.locator("table").first).to_contain_text(before)
    expect(planner.locator("table").first).to_contain_text(after)
    expect(planner.locator("main")).to_contain_text("left out")
    planner.go_back()

    poland = at_work("LNO-POL")
    poland.click("nav >> text=Plans")
    expect(poland.locator("main")).to_contain_text("There is no plan that you may see")
    planner.click("main button >> text=Send to nations for review")
    poland.reload()
    poland.click("text=Without the French battalions")
    expect(poland.locator("#lines")).not_to_contain_text(re.compile(r"\bFRA\b"))
    expect(poland.locator("main")).not_to_contain_text("covered, by criticality")
    poland.select_option("#id_verdict", "objects")
    poland.fill("#id_text", "Our engineers are needed elsewhere in the first month.")
    poland.click("main button >> text=Say it")

    planner.reload()
    expect(planner.locator("main")).to_contain_text("Our engineers are needed elsewhere")
    planner.click("main button >> text=Propose for release")
    planner.click("text=To what it made", timeout=PLAN_WITHIN_MS)
    expect(planner.locator("h1")).to_contain_text("proposed for release")
    expect(planner.locator("main button >> text=Release")).to_have_count(0)

    observer = at_work("OBSERVER-1")
    expect(observer.locator("main")).to_contain_text("Nothing has been released to you yet.")
    chief = at_work("COS")
    chief.click("nav >> text=Plans")
    chief.click("text=Without the French battalions")
    chief.click("main button >> text=Release")
    expect(chief.locator("h1")).to_contain_text("released")

    observer.reload()
    expect(observer.locator("tbody tr")).to_have_count(1)
    observer.get_by_role("link", name="open", exact=True).click()
    expect(observer.locator("body")).to_contain_text("Coverage in bands")
    expect(observer.locator("body")).not_to_contain_text("POL-ENG")
