"""``muster movement close-by`` on a copy of a plan of the ten-line example, which one ship holds up."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["movement", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned") / "plan"
    assert run("plan", TEN_LINE, "--time-limit-s", "2", "--out", folder).exit_code == 0
    return folder


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(planned, tmp_path / "plan"))


def written(folder: Path) -> dict[str, Any]:
    document = json.loads((folder / "close_by.json").read_bytes())
    assert isinstance(document, dict)
    return document


def test_a_day_that_needs_a_second_ship(folder: Path) -> None:
    result = run("close-by", folder, "C+13", "--steps", "400", "--out", folder / "with-it")
    told = result.stdout.splitlines()
    assert result.exit_code == 0
    assert told[0].endswith("asked is C+13, 140000Z MAR 27.")
    assert told[1].startswith("Cheapest found, cost 1; with it the force closes at ")
    assert told[2] == "  SHIP-1 1 × one asset"
    assert told[-1] == f"Plan: {folder / 'with-it'}"
    document = written(folder)
    assert document["answer"] == "found"
    assert document["added"] == [{"name": "SHIP-1", "units": 1, "unit": "one asset"}]
    assert document["closure_with_it_d"] <= 13.0
    summary = json.loads((folder / "with-it" / "summary.json").read_bytes())
    assert (summary["closure_d"], summary["findings"]) == (document["closure_with_it_d"], 0)
    assert run("check", folder / "with-it").exit_code == 0


def test_a_day_that_the_plan_keeps_needs_nothing(folder: Path) -> None:
    result = run("close-by", folder, "C+20")
    assert result.stdout.splitlines()[1:] == ["Nothing need be added."]
    assert written(folder)["answer"] == "already"


def test_a_day_that_no_reinforcement_makes_possible_names_the_lines(folder: Path) -> None:
    result = run("close-by", folder, "C+6", "--out", folder / "with-it")
    assert result.exit_code == 0
    assert "Proved impossible, whatever is added of what can be had:\n  FRA-05 cannot close before " in result.stdout
    assert written(folder)["too_late"][0].keys() == {"uln", "earliest_min"}
    assert result.stdout.endswith("No plan was made, and none was written.\n")
    assert not (folder / "with-it").exists()


def test_what_can_be_had_is_for_the_planner_to_say(folder: Path, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("what,cost\nSHIP-1,\n", encoding="utf-8")
    result = run("close-by", folder, "C+12", "--costs", costs)
    assert "  SHIP-1 holds the force up, and no more of it can be had.\n" in result.stdout
    costs.write_text("what,cost\nSHIP-1,50\n", encoding="utf-8")
    assert "cost 50;" in run("close-by", folder, "C+13", "--costs", costs, "--steps", "400").stdout


def test_faults_of_costs_are_told_together_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("what,cost\nSHIP-9,1\nSHIP-1,dear\n", encoding="utf-8")
    result = run("close-by", folder, "C+12", "--costs", costs)
    assert result.exit_code == 1
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "costs.csv row 2, column what", "costs.csv row 3, column cost",
    ]  # fmt: skip
    assert not (folder / "close_by.json").exists()


def test_a_day_that_is_none_is_refused(folder: Path) -> None:
    result = run("close-by", folder, "soon")
    assert result.exit_code == 1
    assert "write it like C+12 or G+3 06:30" in result.stderr


def test_progress_tells_every_plan_on_standard_error(folder: Path) -> None:
    stderr = run("close-by", folder, "C+13", "--steps", "400").stderr.splitlines()
    assert stderr[0] == "proving what is necessary"
    assert all("closure " in line for line in stderr[1:])
    assert any(line.endswith("SHIP-1 1 × one asset") for line in stderr)
