"""Every decision is numbered and says its status, context, decision and consequences."""

from pathlib import Path

import pytest

from pages import DOCS, name

DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PARTS = ("**Status**", "**Context.**", "**Decision.**", "**Consequences.**")


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_has_its_four_parts_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    places = [text.find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
