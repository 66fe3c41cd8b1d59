"""Finding a browser, and saying plainly when there is none."""

from pathlib import Path

import pytest

from tools import fetch_browser


def _command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH; no browser was unpacked before."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(fetch_browser, "LAUNCHER", tmp_path / "absent")
    return folder


def test_find_browser_when_one_is_on_the_path(commands: Path) -> None:
    _command(commands, "chromium", "exit 0")
    assert fetch_browser.find_browser() == commands / "chromium"
    assert fetch_browser.fetch_browser() == commands / "chromium"


def test_find_browser_when_there_is_none(commands: Path) -> None:
    assert fetch_browser.find_browser() is None


def test_find_browser_when_it_was_unpacked_before(
    commands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _command(tmp_path, "launcher", "exit 0")
    monkeypatch.setattr(fetch_browser, "LAUNCHER", tmp_path / "launcher")
    assert fetch_browser.find_browser() == tmp_path / "launcher"


def test_missing_packages_are_what_apt_would_install(commands: Path) -> None:
    _command(
        commands, "apt-get", 'echo "Inst libnss3 (3.87 Debian)"; echo "Conf libnss3"; echo "Inst chromium (150 Debian)"'
    )
    assert fetch_browser.missing_packages() == ["libnss3", "chromium"]


def test_message_when_apt_is_missing_or_fails(commands: Path) -> None:
    with pytest.raises(fetch_browser.NoBrowser, match="apt-get is not on this machine; install Chromium by hand"):
        fetch_browser.missing_packages()
    _command(commands, "apt-get", 'echo "E: Unable to locate package chromium" >&2; exit 100')
    with pytest.raises(fetch_browser.NoBrowser, match="Unable to locate package chromium; install Chromium by hand"):
        fetch_browser.missing_packages()
