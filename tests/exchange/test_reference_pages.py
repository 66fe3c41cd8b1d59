import json
import re

import jsonschema  # type: ignore[import-untyped]
import pytest

from movement.clean_plan import clean_plan
from muster.exchange.plan_json import encode_plan, plan_schema
from muster.exchange.scenario import TABLES, read_scenario
from muster.movement.preparation.prepare import prepare_problem
from muster.network import load_transport_network
from tools.reference_pages import PLAN_SCHEMA, SCENARIO_PAGE, generated_pages

FILES = re.compile(r"^`([a-z_]+\.(?:csv|toml))`:[^\n]*\n\n```(?:csv|toml)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["scenario.md", "packaged.md", "plan.schema.json"])
def test_generated_pages_say_what_the_code_says(name: str) -> None:
    path, text = next((path, text) for path, text in generated_pages().items() if path.name == name)
    assert path.read_text(encoding="utf-8") == text, f"{name} is stale; run python -m tools.reference_pages"


def test_the_page_describes_every_table_and_column() -> None:
    page = SCENARIO_PAGE.read_text(encoding="utf-8")
    for table in TABLES.values():
        part = page.split(f"### `{table.file}`", 1)[1].split("\n### ", 1)[0]
        assert all(f"`{column.name}`" in part for column in table.columns)


def test_the_worked_example_of_the_page_can_be_planned() -> None:
    files = {name: text.encode() for name, text in FILES.findall(SCENARIO_PAGE.read_text(encoding="utf-8"))}
    assert set(files) >= {"scenario.toml", "cases.csv", "nations.csv", "lines.csv", "cargo.csv", "lift.csv"}
    problem = prepare_problem(read_scenario(files).movement_inputs(), load_transport_network())
    assert len(problem.lines) == 3
    assert problem.no_ways == ()


def test_the_published_schema_is_that_of_the_plan_and_accepts_one() -> None:
    published = json.loads(PLAN_SCHEMA.read_text(encoding="utf-8"))
    assert published == plan_schema()
    validator = jsonschema.Draft202012Validator(published)
    jsonschema.Draft202012Validator.check_schema(published)
    plan = json.loads(encode_plan(clean_plan()))
    validator.validate(plan)
    plan["voyages"][0]["departure_min"] = "noon"
    assert not validator.is_valid(plan)
