"""The pages of a matched force: what each view holds and leaks not, in a real browser with no network."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from playwright.sync_api import Browser

from browser import Watched, open_file
from forces.camp_and_hospital import answered, matching, problem
from muster.exchange.report_html.matching_page import draw_matching, draw_nation_matching, draw_releasable_matching
from muster.forces.matching.answers.answered import Answered
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.nation_view import nation_report
from muster.forces.matching.reporting.releasable import edition_of, releasable
from muster.forces.matching.reporting.report import report

T = TypeVar("T")
Opener = Callable[[bytes], Watched]
TITLE = "Amber <Bridge> </script>"
PROBLEM = replace(problem(), title=TITLE)
RELEASE = edition_of(PROBLEM, matching()).release
UNASKED = Answered(attainments=(), solve_s=0.0)


def full() -> bytes:
    return draw_matching(report(PROBLEM, matching(), answered()))


def own(nation: str) -> bytes:
    seen = nation_report(PROBLEM, matching(), nation, release=RELEASE, unused=answered().unused)
    return draw_nation_matching(seen)


def everybodys() -> bytes:
    return draw_releasable_matching(releasable(PROBLEM, RELEASE))


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    with ExitStack() as opened:

        def opening(document: bytes) -> Watched:
            path = tmp_path / "page.html"
            path.write_bytes(document)
            watched = opened.enter_context(open_file(browser, path))
            watched.page.wait_for_selector("html[data-drawn=yes]")
            return watched

        yield opening


SECRETS = {
    "FRA": ("ZZF", "Zfrance", "zparis", "7919"),
    "NOR": ("ZZN", "Znorway", "ZSTORTING", "7907"),
    "POL": ("ZZP", "Zpoland", "7901"),
}
"""Codes, names, gates, sources and numbers of people that nothing else has."""


def telling() -> tuple[MatchingProblem, Matching, Answered]:
    """The camp and the hospital with names and numbers that show wherever they leak."""
    changes = {
        "FRA": "ZZF", "France": "Zfrance", "paris": "zparis", "NOR": "ZZN", "Norway": "Znorway",
        "STORTING": "ZSTORTING", "POL": "ZZP", "Poland": "Zpoland", '"people":120': '"people":7919',
        '"people":80': '"people":7907', '"people":110': '"people":7901',
    }  # fmt: skip

    def renamed(value: T) -> T:
        text = msgspec.json.encode(value).decode()
        for old, new in changes.items():
            text = text.replace(old, new)
        return msgspec.json.decode(text, type=type(value))

    return renamed(PROBLEM), renamed(matching()), renamed(answered())


@pytest.mark.parametrize("nation", SECRETS)
def test_the_whole_file_of_a_nation_tells_nothing_of_another(nation: str) -> None:
    told, tours, answers = telling()
    release, code = edition_of(told, tours).release, SECRETS[nation][0]
    text = draw_nation_matching(nation_report(told, tours, code, release=release, unused=answers.unused)).decode()
    everything = draw_matching(report(told, tours, answers)).decode()
    secrets = [word for other, words in SECRETS.items() if other != nation for word in words]
    assert [word for word in secrets if word not in everything] == []
    assert [word for word in secrets if word in text] == []
    assert code in text


def test_the_whole_releasable_file_tells_nothing_of_any_nation() -> None:
    told, tours, _ = telling()
    text = draw_releasable_matching(releasable(told, edition_of(told, tours).release)).decode()
    assert [word for words in SECRETS.values() for word in words if word in text] == []


def test_equal_reports_are_equal_bytes() -> None:
    assert (full(), own("FRA"), everybodys()) == (full(), own("FRA"), everybodys())


@pytest.mark.browser
@pytest.mark.parametrize("draw", [full, lambda: own("FRA"), everybodys], ids=["hq", "nation", "releasable"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(open_page: Opener, draw: Callable[[], bytes]) -> None:
    watched = open_page(draw())
    assert (watched.asked, watched.complaints) == ([], [])
    assert watched.page.locator("h1").inner_text() == TITLE


@pytest.mark.browser
def test_the_headquarters_reads_coverage_reasons_and_asks(open_page: Opener) -> None:
    page = open_page(full()).page
    brief = page.locator("#brief").inner_text()
    assert "The offers cover 67.5 % of what is needed" in brief.replace("\u00a0", " ")
    assert "Field hospital (MED), because parliament of NOR is outstanding" in brief
    assert "1 × engineer, company of POL, +15.21 points" in brief
    assert page.locator("#unfilled-table tbody tr").count() == 2
    assert page.locator("#burden-chart svg").get_attribute("role") == "img"
    assert "+580" in page.locator("#burden-table tbody tr").first.inner_text()
    assert page.locator("#whatifs-table tbody th").inner_text() == "withdraw NOR, gate STORTING=open"
    assert "240 to 480" in page.locator("#disputes-table").inner_text()
    assert not page.locator("#bands").is_visible()


@pytest.mark.browser
def test_cells_and_tours_are_read_with_the_keyboard(open_page: Opener) -> None:
    page = open_page(full()).page
    page.locator("#heat-scroll").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    assert page.locator("#heat-live").inner_text() == (
        "Engineers of the camp (ENG · CAMP); M7, C+182 to C+212; 1 company of 2, 50\u00a0%: FRA 1"
    )
    page.locator("#rota-scroll").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#rota-live").inner_text() == (
        "FRA FRA-ENG, unit 1, 120 people; ENG Engineers of the camp; in place C+30 to C+152; away until C+273"
    )
    page.keyboard.press("ArrowRight")
    assert "in place C+273 to C+365, there 10 days before" in page.locator("#rota-live").inner_text()


@pytest.mark.browser
def test_a_nation_reads_its_own_offers_and_bands(open_page: Opener) -> None:
    page = open_page(own("FRA")).page
    assert "FRA/restricted/FRA" in page.locator(".banner").first.inner_text()
    assert page.locator("#offers-table tbody th").all_inner_texts() == ["FRA-ENG"]
    assert page.locator("#bands-table tbody th").all_inner_texts() == ["ENG"]
    for section in ("heat", "unfilled", "asks", "prices", "withdrawals", "burden", "likely"):
        assert not page.locator(f"#{section}").is_visible()


@pytest.mark.browser
def test_everybody_reads_bands_only(open_page: Opener) -> None:
    page = open_page(everybodys()).page
    assert page.locator("#totals-table tbody th").all_inner_texts() == ["the force", "land", "medical"]
    visible = page.locator("main > section:visible").evaluate_all("nodes => nodes.map((node) => node.id)")
    assert visible == ["summary", "bands", "assumptions", "how"]


@pytest.mark.browser
def test_a_matching_of_nothing_says_so(open_page: Opener) -> None:
    nothing = replace(PROBLEM, requirements=(), offers=(), gates=(), caveats=(), assumptions=())
    watched = open_page(draw_matching(report(nothing, Matching(()), UNASKED)))
    assert (watched.asked, watched.complaints) == ([], [])
    page = watched.page
    assert page.locator("#brief").inner_text() == "Nothing is required within the months planned."
    assert page.locator("#asks-table").inner_text() == "Nobody asked yet: muster forces asks works it out."
    assert page.locator("#offers-table").inner_text() == "Nothing is offered."
