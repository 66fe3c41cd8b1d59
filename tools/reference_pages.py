"""Write the generated parts of the reference pages: `python -m tools.reference_pages`, or `--check` to compare only."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from muster.exchange.plan_json import plan_schema
from muster.exchange.scenario.page import factors_section, packaged_section, tables_section
from muster.reference import load_factors

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SCENARIO_PAGE = REFERENCE / "scenario.md"
PACKAGED_PAGE = REFERENCE / "packaged.md"
PLAN_SCHEMA = REFERENCE / "plan.schema.json"
_QUOTED = re.compile(r'f?"([a-z0-9_.{}]+)"')


def used_factors() -> frozenset[str]:
    """Ids of packaged factors that the movement room names in its code."""
    named = {
        text for path in (ROOT / "src/muster/movement").rglob("*.py") for text in _QUOTED.findall(path.read_text())
    }
    weights = {name for name in load_factors() if name.startswith("priority.weight.")}
    return frozenset((named & set(load_factors())) | weights)


def between(page: str, mark: str, content: str) -> str:
    """Page with the part between the comments of a mark replaced."""
    form = re.compile(rf"(<!-- {mark}: generated -->\n).*?(\n<!-- {mark}: end -->)", re.DOTALL)
    assert form.search(page), f"The page has no part {mark}; put its two comments back."
    return form.sub(lambda found: f"{found[1]}\n{content}{found[2]}", page)


def generated_pages() -> Mapping[Path, str]:
    """Pages as they should be."""
    page = SCENARIO_PAGE.read_text(encoding="utf-8")
    page = between(page, "tables", tables_section())
    page = between(page, "factors", factors_section(used_factors()))
    packaged = between(PACKAGED_PAGE.read_text(encoding="utf-8"), "packaged", packaged_section())
    schema = json.dumps(plan_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return {SCENARIO_PAGE: page, PACKAGED_PAGE: packaged, PLAN_SCHEMA: schema}


def main() -> int:
    """Write the pages, or with ``--check`` name those that are stale."""
    stale = [
        path
        for path, text in generated_pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        print("\n".join(f"{path.relative_to(ROOT)} is stale; run python -m tools.reference_pages" for path in stale))
        return 1 if stale else 0
    for path, text in generated_pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
