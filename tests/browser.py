"""A real browser for tests: Chromium through Playwright, with every way to a network shut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tools.fetch_browser import find_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the machine, or Debian's unpacked under .cache; nothing is fetched here."""
    executable = find_browser()
    if executable is None:
        pytest.skip("There is no Chromium; run `python tools/fetch_browser.py` first.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, the addresses it asked for beyond its own file, and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def open_file(
    browser: Browser, path: Path, *, width: int = 1440, height: int = 900, dark: bool = False
) -> Iterator[Watched]:
    """Open a local file with the network blocked."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", accept_downloads=True
    )
    watched = Watched(context.new_page())

    def judge(route: Route) -> None:
        if route.request.url == path.as_uri() or route.request.url.startswith(("blob:", "data:")):
            route.continue_()
        else:
            watched.asked.append(route.request.url)
            route.abort()

    context.route("**/*", judge)
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on(
        "console",
        lambda message: watched.complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    try:
        watched.page.goto(path.as_uri())
        yield watched
    finally:
        context.close()
