"""The seat moves from Paris to London while Kyiv is cut off and goes on working; then everything is everywhere."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.conftest import SCENARIO, WITHIN_MS, muster

pytestmark = pytest.mark.browser
POSTS = ("COS", "LNO-POL")
HELD = ("--may-hold", "POL", "--highest", "restricted")


class ThreeSites:
    """Paris, London and Kyiv, each served; journals are carried by hand."""

    def __init__(self, folder: Path, browser: Browser, stack: ExitStack) -> None:
        self._folder, self._browser, self._stack = folder, browser, stack
        self._address: dict[str, str] = {}
        gives = [word for post in POSTS for word in ("--give", post)]
        offered = ("--second-factor", "offered", *gives)
        self._given = {"PAR": _given(muster("init", self._of("PAR"), "--scenario", SCENARIO, *offered))}
        muster("sites", "describe", self._of("PAR"), "--out", folder / "like.json")
        for code, held in (("LON", ()), ("KYI", HELD)):
            said = muster("sites", "join", self._of(code), code, "--like", folder / "like.json", *held, *offered)
            self._given[code] = _given(said)
        for at, other, held in (
            ("PAR", "LON", ()), ("PAR", "KYI", HELD), ("LON", "KYI", HELD), ("KYI", "LON", ())
        ):  # fmt: skip
            muster("sites", "add", self._of(at), other, "--key", self._of(other) / "site.pub", *held)
        for code in ("PAR", "LON", "KYI"):
            self._serve(code)

    def carry(self, site: str, to: str) -> str:
        """Carry what one site wrote to another."""
        path = self._folder / "carried.zip"
        muster("journal", "export", self._of(site), "--to", to, "--out", path)
        return muster("journal", "import", self._of(to), path)

    def at_work(self, site: str, post: str) -> Page:
        """Open a browser for a post, which has set a password of its own."""
        context = self._stack.enter_context(self._browser.new_context(viewport={"width": 1280, "height": 900}))
        page = context.new_page()
        page.set_default_timeout(WITHIN_MS)
        given, own = self._given[site][post], f"words of {post} in {site} and more"
        page.goto(f"{self._address[site]}/sign-in")
        page.fill("#id_username", post)
        page.fill("#id_password", given)
        page.click("main button")
        page.fill("#id_old_password", given)
        page.fill("#id_new_password1", own)
        page.fill("#id_new_password2", own)
        page.click("main button")
        page.wait_for_selector("nav")
        return page

    def _serve(self, code: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        muster("serve", self._of(code), "--port", port, "--background")
        self._stack.callback(muster, "stop", self._of(code))
        self._address[code] = f"http://127.0.0.1:{port}"

    def _of(self, code: str) -> Path:
        return self._folder / code.lower()


def _given(said: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\S+) +(\S+)$", said, re.MULTILINE))


@pytest.fixture
def three(tmp_path: Path, browser: Browser) -> Iterator[ThreeSites]:
    with ExitStack() as stack:
        yield ThreeSites(tmp_path, browser, stack)


def press(page: Page, words: str) -> None:
    page.goto(page.evaluate("() => location.origin") + "/seat")
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.locator("h1")).to_have_text("The seat")


def test_the_seat_moves_to_london_while_kyiv_is_cut_off(three: ThreeSites) -> None:
    for to in ("LON", "KYI"):
        assert "new events" in three.carry("PAR", to)
    paris, london = three.at_work("PAR", "COS"), three.at_work("LON", "COS")
    kyiv = three.at_work("KYI", "LNO-POL")

    press(paris, "Plan the move")
    press(paris, "Freeze the seat here")
    expect(paris.locator("main")).to_contain_text("It is frozen while it moves")

    kyiv.click("nav >> text=Offers")
    kyiv.click("text=POL-LOG")
    kyiv.click("text=Edit")
    kyiv.fill("#id_quantity", "9")
    kyiv.click("main button >> text=Save")
    expect(kyiv.locator("dl.facts")).to_contain_text("9")

    three.carry("PAR", "LON")
    press(london, "Prove that everything is here")
    press(london, "Sign")
    three.carry("LON", "PAR")
    press(paris, "Sign")
    press(paris, "Accept for this site")
    three.carry("PAR", "LON")
    press(london, "Accept for this site")
    press(london, "Open the seat here")
    expect(london.locator("main")).to_contain_text("The seat is at LON, epoch 2. This is LON.")

    for site, to in (("KYI", "LON"), ("LON", "PAR"), ("LON", "KYI")):
        three.carry(site, to)
    for page in (paris, london):
        page.goto(page.evaluate("() => location.origin") + "/seat")
        expect(page.locator("main")).to_contain_text("The seat is at LON, epoch 2.")
        page.click("nav >> text=Offers")
        page.click("text=POL-LOG")
        expect(page.locator("dl.facts")).to_contain_text("9")
