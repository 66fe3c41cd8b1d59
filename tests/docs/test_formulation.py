"""Every rule has its row, and every factor that the movement room uses is packaged and documented."""

import re

from muster.forces.matching.checks import well_formed
from muster.forces.matching.checks.alone import ALONE
from muster.forces.matching.checks.together import TOGETHER
from muster.forces.matching.formulation import model
from muster.movement.checks import RULES
from muster.reference import load_factors
from pages import DOCS, ROOT

ROW = re.compile(r"^\| `([a-z_]+)` \|(.*)\|$", re.MULTILINE)
FACTOR = re.compile(r'"((?:air|border|cargo|cohesion|load|port|priority|rail|road|sea|staging|vehicle)\.[a-z0-9_.]+)"')


def test_every_rule_has_one_row_in_order() -> None:
    page = (DOCS / "formulation/movement.md").read_text(encoding="utf-8")
    rows = ROW.findall(page)
    assert [rule for rule, _ in rows] == list(RULES)
    for rule, cells in rows:
        formula, meaning, check, bound = (cell.strip() for cell in cells.split(" | "))
        assert formula, rule
        assert meaning, rule
        assert check == f"`{rule}`"
        assert bound, rule


def test_every_rule_of_the_matching_has_one_row_in_order() -> None:
    page = (DOCS / "formulation/forces.md").read_text(encoding="utf-8")
    rules = [rule.__name__ for rule in (well_formed, *ALONE, *TOGETHER)]
    assert [rule for rule, _ in ROW.findall(page)] == rules


def test_rules_of_the_programme_have_the_names_of_their_checks() -> None:
    assert [rule.__name__ for rule in TOGETHER if not hasattr(model, rule.__name__)] == []


def test_every_factor_of_the_movement_room_is_packaged_and_described_as_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/muster/movement").rglob("*.py"))
    named = set(FACTOR.findall(code))
    assert named
    assert sorted(named - set(load_factors())) == []
    page = (DOCS / "reference/scenario.md").read_text(encoding="utf-8")
    used = page.split("### Factors that a movement plan uses", 1)[1].split("\n### ", 1)[0]
    assert sorted(factor for factor in named if f"| `{factor}` |" not in used) == []
