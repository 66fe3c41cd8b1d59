"""The board in a real browser: what is drawn, what moves, what the keyboard does, and what the page asks of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from hq.board_pages import Planned, planned, served, session_of
from muster.hq.board.pictures import picture
from muster.hq.board.showing import unit_rows

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "front" / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "src" / "muster" / "hq" / "static" / "dist" / "board.js"
DAY_MIN = 1440

pytestmark = [
    pytest.mark.usefixtures("headquarters"),
    pytest.mark.browser,
    pytest.mark.skipif(not BUILT.exists(), reason="The scripts are not built; run `make front` first."),
]


@dataclass
class Opened:
    """The board in a browser, with what it asked of other hosts and what it complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, post: str = "J5-PLANS", *, dark: bool = False, calm: bool = False) -> Iterator[Opened]:
    with served() as address:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if calm else "no-preference",
        )
        context.add_cookies([{"name": "sessionid", "value": session_of(post), "url": address}])
        seen = Opened(context.new_page(), address)
        seen.page.add_init_script(
            "window.breaches = [];"
            "addEventListener('securitypolicyviolation', e => breaches.push(e.violatedDirective + ' ' + e.blockedURI))"
        )
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
        try:
            yield seen
        finally:
            context.close()


def go(seen: Opened, page: str = "/board") -> Page:
    seen.page.goto(f"{seen.address}{page}")
    if page.startswith("/board") and page.partition("?")[0] == "/board":
        seen.page.wait_for_selector("#map[data-drawn=yes]")
    return seen.page


@pytest.fixture
def plan() -> Iterator[Planned]:
    with transaction.atomic():
        yield planned()
        transaction.set_rollback(True)


COLOURS = """() => {
  const drawn = document.querySelector('#map canvas'), small = document.createElement('canvas');
  small.width = 160; small.height = 100;
  const pen = small.getContext('2d');
  pen.drawImage(drawn, 0, 0, 160, 100);
  const { data } = pen.getImageData(0, 0, 160, 100), found = new Set();
  for (let i = 0; i < data.length; i += 4) found.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return [...found];
}"""


def test_the_map_is_drawn_and_nothing_is_asked_of_anybody_else(plan: Planned, browser: Browser) -> None:
    with opened(browser) as seen:
        page = go(seen)
        assert len(page.evaluate(COLOURS)) > 100
        assert [url for url in seen.asked if not url.startswith((seen.address, "blob:"))] == []
        assert (page.evaluate("breaches"), seen.complaints) == ([], [])


def test_the_slider_moves_the_units_and_the_table_says_what_the_server_says(plan: Planned, browser: Browser) -> None:
    shown = picture(plan.problem, plan.plan, {}, nation=None)
    with opened(browser) as seen:
        page = go(seen)
        before = page.locator("#map canvas").screenshot()
        for at_min in range(0, 20 * DAY_MIN, 17 * 60):
            page.locator("#at").evaluate(
                "(slider, at) => { slider.value = at; slider.dispatchEvent(new Event('input')) }", at_min
            )
            told = page.locator("#units tbody tr").evaluate_all(
                "rows => rows.map(row => ['.state', '.where'].map(cell => row.querySelector(cell).textContent))"
            )
            assert told == [[row.state, row.where] for row in unit_rows(shown, at_min=at_min)]
        page.wait_for_timeout(500)
        assert page.locator("#map canvas").screenshot() != before


def test_the_keyboard_does_everything_with_time(plan: Planned, browser: Browser) -> None:
    with opened(browser, calm=True) as seen:
        page = go(seen)
        page.locator("#at").focus()
        page.keyboard.press("ArrowRight")
        assert page.locator("#at-says").inner_text() == "C+0 01:00"
        assert page.locator("#at").get_attribute("aria-valuetext") == "C+0 01:00"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("#at-says").inner_text() == "C+0 07:00"
        page.locator("#play").focus()
        page.keyboard.press("Space")
        assert page.locator("#play").get_attribute("aria-pressed") == "true"
        expect(page.locator("#at-says")).not_to_have_text("C+0 07:00")
        page.keyboard.press("Space")
        stopped = page.locator("#at-says").inner_text()
        page.wait_for_timeout(1200)
        assert (page.locator("#play").inner_text(), page.locator("#at-says").inner_text()) == ("Play", stopped)
        assert stopped in {"C+0 13:00", "C+0 19:00", "C+1 01:00"}


def test_a_switch_takes_a_layer_off_the_map(plan: Planned, browser: Browser) -> None:
    with opened(browser) as seen:
        page = go(seen)
        before = set(page.evaluate(COLOURS))
        for name in ("road", "rail", "sea", "borders", "units", "places", "flows"):
            page.locator(f"[data-shows={name}]").uncheck()
        page.wait_for_timeout(800)
        assert len(set(page.evaluate(COLOURS))) < len(before) / 2


def test_the_list_of_units_leads_to_each_on_the_map(plan: Planned, browser: Browser) -> None:
    unit = picture(plan.problem, plan.plan, {}, nation=None).units[0]
    with opened(browser) as seen:
        page = go(seen)
        page.locator("#units button").first.focus()
        page.keyboard.press("Enter")
        told = page.locator("#chosen").inner_text().split("\n")
        assert (told[0], [line for line in told if line == unit.uln]) == (f"{unit.nation} {unit.name}", [unit.uln])
        page.wait_for_timeout(800)
        page.locator("#map canvas").click()
        assert "Barracks" in page.locator("#chosen").inner_text() or "Depot" in page.locator("#chosen").inner_text()


def test_the_picture_of_the_map_carries_the_marking(plan: Planned, browser: Browser, tmp_path: Path) -> None:
    with opened(browser) as seen:
        page = go(seen)
        with page.expect_download() as saving:
            page.locator("#picture").click()
        saving.value.save_as(tmp_path / "board.png")
        height = page.locator("#map canvas").evaluate("canvas => canvas.height")
        assert int.from_bytes((tmp_path / "board.png").read_bytes()[20:24], "big") == height + 2 * 34
        assert page.evaluate("breaches") == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("page", ["/board", "/board/gantt?by=unit", "/board/print"])
def test_axe_finds_nothing(plan: Planned, browser: Browser, page: str, dark: bool) -> None:
    with opened(browser, dark=dark) as seen:
        shown = go(seen, page)
        # The page's policy lets no script of others in, and is not what is looked at here.
        found = shown.evaluate(
            f"async () => {{ {AXE.read_text(encoding='utf-8')}; const told = await axe.run(document);"
            " return told.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')) }"
        )
        assert found == []


@pytest.mark.parametrize(("post", "whom"), [("J5-PLANS", "headquarters only"), ("LNO-FRA", "releasable to FRA")])
def test_the_print_carries_the_marking_on_every_page(plan: Planned, browser: Browser, post: str, whom: str) -> None:
    with opened(browser, post) as seen:
        page = go(seen, "/board/print")
        page.emulate_media(media="print")
        shown = page.locator(".running").evaluate_all(
            "lines => lines.map(line => [line.textContent, getComputedStyle(line).position])"
        )
        assert shown == [[f"RESTRICTED, {whom}", "fixed"]] * 2
        assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
