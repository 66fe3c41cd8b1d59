"""The commands of a headquarters, from an empty folder to a stop, each in a process of its own."""

import base64
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from muster.hq.people.one_time_codes import code_at

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "examples/small-coalition"


def muster(*words: object, code: int = 0) -> str:
    """Give a command, and what it says."""
    command = [sys.executable, "-c", "from muster.cli import main; main()", "hq", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def _letters(page: str) -> bytes:
    """The key that the page of one-time codes shows."""
    found = re.search(r'<p class="letters">([A-Z2-7]+)</p>', page)
    assert found is not None
    return base64.b32decode(found[1] + "=" * (-len(found[1]) % 8))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "hq"
    if (tmp_path / "hq").exists():
        muster("stop", tmp_path / "hq")


class Browser:
    """A browser that keeps its cookies."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, page: str) -> str:
        with self._opener.open(self._base + page) as answer:
            return str(answer.read().decode())

    def send(self, page: str, **values: str) -> tuple[str, str]:
        """Fill in the form of a page; gives the page that it leads to, and what is on it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page))
        assert token is not None
        data = urlencode({"csrfmiddlewaretoken": token[1], **values}).encode()
        with self._opener.open(urllib.request.Request(self._base + page, data)) as answer:
            return str(answer.url).removeprefix(self._base), str(answer.read().decode())


def test_from_an_empty_folder_to_a_stop(folder: Path, tmp_path: Path) -> None:
    said = muster("init", folder, "--scenario", SCENARIO, "--give", "LNO-FRA", "--give", "J5-PLANS")
    given = dict(re.findall(r"^  (\S+) +(\S+)$", said, re.MULTILINE))
    assert given.keys() == {"LNO-FRA", "J5-PLANS"}
    assert "holds a headquarters already" in muster("init", folder, "--scenario", SCENARIO, code=1)
    port = free_port()
    assert f"http://127.0.0.1:{port}/" in muster("serve", folder, "--port", port, "--background")

    browser, password = Browser(port), "four words and a few more"
    page, _ = browser.send("/sign-in", username="LNO-FRA", password=given["LNO-FRA"], next="")
    assert page == "/password"
    page, body = browser.send(
        "/password", old_password=given["LNO-FRA"], new_password1=password, new_password2=password
    )
    assert page == "/factors"
    assert "Everything else opens after that" in body
    letters = _letters(browser.get("/factors/codes"))
    page, body = browser.send("/factors/codes", name="application", code=code_at(letters, at=datetime.now(UTC)))
    assert "Recovery codes" in body
    body = browser.get("/tables/offers")
    assert "FRA-INF" in body
    assert "POL-ENG" not in body

    assert "keys: never kept elsewhere" in muster("doctor", folder, code=1)
    muster("backup", folder, "--to", tmp_path / "backup", "--keys-to", tmp_path / "keys")
    assert "boundary: holds." in muster("doctor", folder)
    assert "is served by process" in muster("upgrade", folder, code=1)
    assert "is served by process" in muster("serve", folder, "--port", free_port(), code=1)
    assert "There is no post" in muster("password", folder, "LNO-XXX", code=1)
    assert muster("password", folder, "LNO-FRA").startswith("LNO-FRA  ")
    assert "/sign-in" in urllib.request.urlopen(f"http://127.0.0.1:{port}/tables/offers").url
    assert "Requests are signed with a new key" in muster("keys", "rotate", folder, "context")
    assert all("/sign-in" in urllib.request.urlopen(f"http://127.0.0.1:{port}/tables/offers").url for _ in range(20))
    muster("keys", "rotate", folder, "site")
    assert "keys: never kept elsewhere" in muster("doctor", folder, code=1)
    journal = tmp_path / "journal.gz"
    muster("export-records", folder, "--out", journal)
    said = muster("verify-records", journal, "--key", folder / "site.pub")
    assert "No findings" in said
    assert "Key handed over: PAR#" in said
    assert muster("stop", folder) == "Stopped.\n"
    assert muster("stop", folder) == "Nothing of it was running.\n"


def test_a_folder_without_a_headquarters_is_refused_with_the_remedy(tmp_path: Path) -> None:
    for command in (
        ("serve",),
        ("doctor",),
        ("upgrade",),
        ("backup", "--to", tmp_path / "b"),
        ("export-records", "--out", tmp_path / "x"),
        ("password", "ADMIN"),
    ):
        name, *more = command
        words = [name, tmp_path, *more]
        assert "make one with: muster hq init" in muster(*words, code=1)
    assert "make one with: muster hq init" in muster("keys", "rotate", tmp_path, "site", code=1)
