"""Links between pages lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages import PAGES, name, without_code

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub and MyST make them."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def broken_links(path: Path) -> Iterator[str]:
    for link in LINK.findall(without_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        there = (path.parent / target).resolve() if target else path
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            yield link


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_of_a_page_lead_somewhere(path: Path) -> None:
    assert list(broken_links(path)) == []


def test_every_page_of_the_documentation_is_in_its_contents() -> None:
    index = next(path for path in PAGES if name(path) == "docs/index.md").read_text(encoding="utf-8")
    folders = {pattern.rstrip("*") for pattern in re.findall(r"^([a-z/]+\*)$", index, re.MULTILINE)}
    for path in PAGES:
        page = name(path).removeprefix("docs/").removesuffix(".md")
        if name(path).startswith("docs/") and page != "index" and not page.startswith("reference/api/"):
            assert page in index.split() or any(page.startswith(folder) for folder in folders), page
