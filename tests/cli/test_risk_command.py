"""``muster movement risk`` on a small plan folder that needs no scenario."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from movement.clean_plan import clean_plan, clean_problem, shifted
from muster.cli import main
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.movement.risk import Hazard


def run(folder: Path, *words: str) -> Result:
    arguments = ["movement", "risk", str(folder), "--workers", "1", *words]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan folder; its scenario never was there."""
    (tmp_path / "problem.json.gz").write_bytes(encode_problem(clean_problem()))
    (tmp_path / "plan.json").write_bytes(encode_plan(clean_plan()))
    (tmp_path / "summary.json").write_text('{"closure_bound_d": 3.5}')
    return tmp_path


def test_risk_is_told_and_written_and_equal_for_equal_seeds(folder: Path) -> None:
    first = run(folder, "--runs", "40")
    assert first.exit_code == 0
    assert first.stdout.splitlines()[:2] == ["plan closes             day 5.44", "no plan closes before   day 3.50"]
    assert "replays" in first.stderr
    written = {name: (folder / name).read_bytes() for name in ("risk.json", "risk.html")}
    again = run(folder, "--runs", "40", "--workers", "2")
    assert again.stdout == first.stdout
    assert {name: (folder / name).read_bytes() for name in written} == written
    document = json.loads(written["risk.json"])
    assert (document["seed"], document["runs"], document["bound_d"]) == (1, 40, 3.5)
    assert [policy["policy"] for policy in document["policies"]] == ["right-shift", "dispatch"]
    assert {line["uln"] for line in document["lines"]} == {"ALPHA", "BRAVO", "DELTA", "ECHO", "FOXTROT"}
    assert {figure["grade"] for figure in document["figures"]} == {"B", "D", "assumed"}


def test_hazards_and_policies_can_be_left_out(folder: Path) -> None:
    result = run(folder, "--runs", "20", "--policy", "dispatch", "--without", "no-show", "--without", "weather")
    assert result.exit_code == 0
    document = json.loads((folder / "risk.json").read_bytes())
    assert [policy["policy"] for policy in document["policies"]] == ["dispatch"]
    assert {"no-show", "weather"} & {effect["hazard"] for effect in document["effects"]} == set()


def test_a_plan_that_breaks_rules_is_not_replayed(folder: Path) -> None:
    (folder / "plan.json").write_bytes(encode_plan(shifted(clean_plan(), "V11", -600)))
    result = run(folder)
    assert result.exit_code == 1
    assert "so it cannot be replayed; see: muster movement check" in result.stderr
    assert not (folder / "risk.json").exists()


def test_a_plan_that_moves_nothing_bears_no_risk(folder: Path) -> None:
    problem, plan = clean_problem(), clean_plan()
    unmoved = tuple(replace(plan.unmoved[0], uln=line.uln) for line in problem.lines)
    (folder / "plan.json").write_bytes(encode_plan(replace(plan, voyages=(), moves=(), unmoved=unmoved)))
    result = run(folder)
    assert result.exit_code == 1
    assert "The plan moves nothing" in result.stderr


def test_no_cluster_at_the_address_is_told_in_a_sentence(folder: Path) -> None:
    result = run(folder, "--cluster", "nonsense")
    assert result.exit_code == 1
    assert "No Dask scheduler answers at nonsense" in result.stderr
    assert not (folder / "risk.json").exists()


def test_no_hazard_left_is_a_mistake_on_the_command_line(folder: Path) -> None:
    words = [word for hazard in Hazard for word in ("--without", hazard.value)]
    result = run(folder, *words)
    assert result.exit_code == 2
    assert "--without leaves no hazard" in result.stderr
