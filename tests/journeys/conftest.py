"""A headquarters that is founded and served as an administrator would, and people at work in browsers of their own."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.exchange.plan_json import encode_plan, encode_problem

ROOT: Final = Path(__file__).resolve().parents[2]
SCENARIO: Final = ROOT / "examples/small-coalition"
POSTS: Final = ("J5-PLANS", "COS", "LNO-FRA", "LNO-POL", "OBSERVER-1", "ADMIN")
WITHIN_MS: Final = 30_000
"""Longest wait for a page; machines of tests do other things too."""


@dataclass(frozen=True)
class Served:
    """A headquarters that answers.

    Attributes
    ----------
    passwords
        That of each post, its own by now.
    """

    address: str
    passwords: dict[str, str]


def muster(*words: object) -> str:
    """Give a command that must be done, and what it says."""
    command = [sys.executable, "-c", "from muster.cli import main; main()", "hq", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Everybody has set a password of their own; rows of all nations are those of a small coalition."""
    folder = tmp_path_factory.mktemp("journeys") / "hq"
    gives = [word for post in POSTS for word in ("--give", post)]
    plan = _plan(folder.with_name("plan"))
    said = muster("init", folder, "--scenario", SCENARIO, "--plan", plan, "--second-factor", "offered", *gives)
    given = dict(re.findall(r"^  (\S+) +(\S+)$", said, re.MULTILINE))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    muster("serve", folder, "--port", port, "--background")
    try:
        made = Served(f"http://127.0.0.1:{port}", {post: f"words of {post} and more of them" for post in POSTS})
        for post in POSTS:
            _set_password(browser, made, post, given[post])
        yield made
    finally:
        muster("stop", folder)


@pytest.fixture
def at_work(browser: Browser, served: Served) -> Iterator[Callable[[str], Page]]:
    """Opens a browser for a post, signed in at its first page."""
    with ExitStack() as opened:

        def open_for(post: str) -> Page:
            context = opened.enter_context(_context(browser))
            page = context.new_page()
            page.set_default_timeout(WITHIN_MS)
            page.goto(f"{served.address}/sign-in")
            page.fill("#id_username", post)
            page.fill("#id_password", served.passwords[post])
            page.click("main button")
            page.wait_for_selector("nav")
            return page

        yield open_for


def _plan(folder: Path) -> Path:
    """A deployment that was planned elsewhere: twelve lines by road and rail."""
    problem = random_problem(1, line_count=12)
    folder.mkdir()
    (folder / "problem.json.gz").write_bytes(encode_problem(problem))
    (folder / "plan.json").write_bytes(encode_plan(hand_plan(problem)))
    (folder / "summary.json").write_bytes(b'{"findings": 0, "scenario_hash": "none", "seed": 1}')
    return folder


def _context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")


def _set_password(browser: Browser, served: Served, post: str, given: str) -> None:
    with _context(browser) as context:
        page = context.new_page()
        page.set_default_timeout(WITHIN_MS)
        page.goto(f"{served.address}/sign-in")
        page.fill("#id_username", post)
        page.fill("#id_password", given)
        page.click("main button")
        page.fill("#id_old_password", given)
        page.fill("#id_new_password1", served.passwords[post])
        page.fill("#id_new_password2", served.passwords[post])
        page.click("main button")
        page.wait_for_selector("nav")
