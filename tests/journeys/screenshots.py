"""Pictures of the main pages for the documentation; written only when asked for, by `make screenshots`."""

from collections.abc import Callable
from typing import Final, Literal

import pytest
from playwright.sync_api import Page

from journeys.conftest import ROOT

FOLDER: Final = ROOT / "docs" / "_static" / "hq"
PICTURES: Final[tuple[tuple[str, str, str, Literal["light", "dark"], str], ...]] = (
    ("offers", "J5-PLANS", "/tables/offers", "light", "EN, English"),
    ("offer-form-uk", "LNO-POL", "/tables/offers/new", "light", "УКР, Українська"),
    ("scenario-fr", "LNO-FRA", "/scenario", "light", "FR, Français"),
)
"""Name, post, page, scheme and language of each."""


@pytest.mark.parametrize(("name", "post", "path", "scheme", "language"), PICTURES)
def test_picture(
    at_work: Callable[[str], Page], name: str, post: str, path: str, scheme: Literal["light", "dark"], language: str
) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = at_work(post)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(page.evaluate("() => location.origin") + path)
    page.get_by_role("button", name=language).click()
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png")
