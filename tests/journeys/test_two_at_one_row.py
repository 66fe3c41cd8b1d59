"""Two people at one row, and a row that is edited without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

pytestmark = pytest.mark.browser


def test_whoever_saves_second_sees_both_and_nothing_is_lost(at_work: Callable[[str], Page]) -> None:
    first, second = at_work("LNO-POL"), at_work("LNO-POL")
    for page in (first, second):
        page.click("nav >> text=Offers")
        page.click("text=POL-LOG")
        page.click("text=Edit")
    first.fill("#id_quantity", "5")
    first.click("main button >> text=Save")
    expect(first.locator("dl.facts")).to_contain_text("5")
    second.fill("#id_quantity", "7")
    second.click("main button >> text=Save")
    expect(second.locator("h1")).to_have_text("Somebody saved this before you")
    expect(second.locator("tbody")).to_contain_text("Quantity")
    second.click("text=Look at it as it is now")
    expect(second.locator("dl.facts")).to_contain_text("5")
    second.click("text=Undo last change")
    expect(second.locator("dl.facts")).to_contain_text("4")


def test_an_offer_is_found_edited_and_saved_by_keys_alone(at_work: Callable[[str], Page]) -> None:
    page = at_work("LNO-FRA")
    page.click("nav >> text=Offers")
    page.locator("main input[type=search]").focus()
    page.keyboard.type("FRA-ENG-2")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("FRA-ENG-2")
    page.keyboard.press("e")
    expect(page.locator("h1")).to_contain_text("Edit")
    page.locator("#id_quantity").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("dl.facts")).to_contain_text("3")
    expect(page.locator("ol.events li").first).to_contain_text("quantity: 4 → 3")


def test_work_that_is_not_saved_is_not_left_by_accident(at_work: Callable[[str], Page]) -> None:
    page = at_work("LNO-FRA")
    page.click("nav >> text=Offers")
    page.click("text=FRA-ENG-2")
    page.click("text=Edit")
    page.fill("#id_quantity", "9")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("() => { setTimeout(() => { location.href = '/scenario'; }, 0); }")
    page.wait_for_timeout(1_000)
    assert asked == ["beforeunload"]
    expect(page.locator("#id_quantity")).to_have_value("9")
