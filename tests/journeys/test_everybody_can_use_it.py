"""Every page as four posts: no violation of WCAG 2.2 AA, light and dark, and no page that must be scrolled sideways."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import ROOT, WITHIN_MS

AXE: Final = ROOT / "front" / "node_modules" / "axe-core" / "axe.min.js"
"""Installed by `make front`, with its hash in the lock file."""
STANDARD: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS: Final[tuple[tuple[int, str], ...]] = ((1280, "light"), (768, "dark"))
WIDTHS: Final = (768, 640, 320)
"""A tablet; a screen of 1280 at twice its size; and the narrowest that the standard asks for."""
POSTS: Final = ("J5-PLANS", "LNO-FRA", "OBSERVER-1", "ADMIN")
WRITERS: Final = POSTS[:2]
"""Posts that add documents."""
PAGES: Final = (
    "/", "/board", "/board/gantt", "/board/coverage", "/board/print", "/tables/offers", "/tables/offers?text=nothing",
    "/tables/requirements", "/tables/offers/new", "/tables/caveats/new", "/plans", "/plans/make", "/released",
    "/documents", "/documents?text=nothing", "/documents/new", "/jobs", "/notices", "/scenario", "/scenario/check",
    "/imports", "/posts", "/posts/new", "/records", "/search", "/search?q=fra", "/keys", "/password", "/factors",
    "/factors/codes", "/sessions", "/nowhere",
)  # fmt: skip
BEYOND: Final = {
    "/tables/offers": (r"^/rows/[^/]+$", ("", "/edit", "/label")),
    "/plans": (r"^/plans/[^/]+-[^/]+$", ("",)),
    "/scenario": (r"^/versions/[^/]+$", ("",)),
    "/documents": (r"^/documents/[^/]+-[^/]+$", ("", "/versions/new", "/edit", "/label")),
    "/posts": (r"^/posts/[A-Z0-9-]+$", ("", "/edit")),
}
"""Pages that a list leads to: what their address is like, and what stands behind it."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed; run `make front` first."),
]


def pages(page: Page, address: str) -> Iterator[str]:
    """Addresses of all pages, and of one of each kind that lists lead to."""
    yield from PAGES
    for listing, (like, ends) in BEYOND.items():
        page.goto(f"{address}{listing}")
        links = page.eval_on_selector_all("main a[href]", "each => each.map(link => link.getAttribute('href'))")
        found = next((link for link in links if re.match(like, link)), None)
        yield from (f"{found}{end}" for end in ends if found)


def violations(page: Page) -> list[str]:
    """What axe finds on a page, as rule and element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        """standard => axe.run({ runOnly: standard }).then(({ violations }) =>
          violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))""",
        STANDARD,
    )
    return found


def show_in(page: Page, *, dark: bool) -> None:
    """Change the scheme; a page with a map loads itself again for that, once the map stands."""
    is_other = page.evaluate("dark => matchMedia('(prefers-color-scheme: dark)').matches !== dark", dark)
    with ExitStack() as waits:
        if is_other and page.locator("[data-layers]").count():
            expect(page.locator("[data-drawn=yes]")).to_have_count(1, timeout=WITHIN_MS)
            waits.enter_context(page.expect_navigation())
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")


def wrong_with(page: Page) -> Iterator[str]:
    """What is wrong with an open page in any of the views."""
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        show_in(page, dark=scheme == "dark")
        yield from (f"{width} {scheme} {each}" for each in violations(page))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            yield f"{width} is exceeded by {beyond}"


def add_document(page: Page, address: str, title: str) -> None:
    """Add a document, so that there is one to look at."""
    page.goto(f"{address}/documents/new")
    page.fill("#id_title", title)
    page.set_input_files("#id_file", {"name": "order.txt", "mimeType": "text/plain", "buffer": title.encode()})
    page.click("main button")
    expect(page.locator("h1")).to_contain_text(title)


@pytest.mark.parametrize("post", POSTS)
def test_every_page_can_be_used_by_everybody(at_work: Callable[[str], Page], post: str) -> None:
    page = at_work(post)
    address = page.evaluate("() => location.origin")
    if post in WRITERS:
        add_document(page, address, f"Order of {post}")
    found = {}
    for path in list(pages(page, address)):
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status in {200, 403, 404}, path
        found[path] = list(wrong_with(page))
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_page_of_whoever_is_not_signed_in(at_work: Callable[[str], Page]) -> None:
    page = at_work("LNO-FRA")
    page.click("header >> text=Sign out")
    expect(page.locator("h1")).to_have_text("Sign in")
    assert list(wrong_with(page)) == []


def test_a_fault_of_a_page_is_found(at_work: Callable[[str], Page]) -> None:
    page = at_work("LNO-FRA")
    page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<input><hr width=2000>')")
    found = list(wrong_with(page))
    assert "1280 light label: <input>" in found
    assert any(each.startswith("320 is exceeded by ") for each in found)


def test_what_is_wrong_with_a_form_is_listed_first_and_leads_to_the_fields(at_work: Callable[[str], Page]) -> None:
    page = at_work("LNO-FRA")
    page.goto(page.evaluate("() => location.origin") + "/tables/offers/new")
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.fill("#id_offer_id", "FRA-NEW")
    page.fill("#id_quantity", "many")
    page.click("main button >> text=Save")
    listed = page.locator(".faults")
    expect(listed).to_be_focused()
    assert list(wrong_with(page)) == []
    listed.get_by_role("link", name="Quantity").press("Enter")
    page.keyboard.press("Tab")
    described = page.locator("#id_quantity").get_attribute("aria-describedby") or ""
    assert [page.locator(f"#{each}").count() for each in described.split()] == [1, 1]
    assert page.locator("#id_quantity").get_attribute("aria-invalid") == "true"


def test_by_keys_alone_from_signing_in_to_a_saved_offer(at_work: Callable[[str], Page]) -> None:
    """France signs in, looks for an offer everywhere, opens it, edits it and saves, and never touches a mouse."""
    page = at_work("LNO-FRA")
    page.keyboard.press("/")
    page.keyboard.type("FRA-ENG")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Search")
    tab_to(page, "FRA-ENG")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("FRA-ENG")
    page.keyboard.press("e")
    expect(page.locator("h1")).to_contain_text("Edit FRA-ENG")
    tab_to_field(page, "id_note")
    page.keyboard.type("Bridges of class 60")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.locator("dl.facts")).to_contain_text("Bridges of class 60")


def tab_to(page: Page, text: str) -> None:
    """Go on by Tab until what has the focus says a text."""
    _tab(page, "text => document.activeElement.textContent.trim() === text", text)


def tab_to_field(page: Page, field: str) -> None:
    """Go on by Tab until a field has the focus."""
    _tab(page, "field => document.activeElement.id === field", field)


def _tab(page: Page, is_there: str, what: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(is_there, what):
            assert page.evaluate("() => document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"Tab does not lead to {what}.")


def test_the_language_is_switched_without_a_script_and_stays(at_work: Callable[[str], Page]) -> None:
    page = at_work("LNO-POL")
    page.goto(page.evaluate("() => location.origin") + "/tables/offers?text=POL")
    page.get_by_role("button", name="УКР, Українська").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("h1")).to_contain_text("Пропозиції")
    assert page.url.endswith("/tables/offers?text=POL")
    page.click("text=POL-LOG")
    expect(page.locator("dl.facts")).to_contain_text("Готовність до виходу, діб")
    assert list(wrong_with(page)) == []
    page.get_by_role("button", name="EN, English").click()
    expect(page.locator("dl.facts")).to_contain_text("Notice days")
