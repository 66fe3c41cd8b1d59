"""The movement planner's commands on the ten-line example: one plan is made, the tests use copies of its folder."""

import gzip
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main
from muster.cli.folders import read_scenario_folder
from muster.exchange.plan_json import decode_plan, decode_problem
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.solve import solve
from muster.network import load_transport_network

FILES = {"problem.json.gz", "plan.json", "certificate.json.gz", "movement_table.csv", "summary.json", "report.html"}
KEYS = [
    "title", "case", "lines", "loads", "people", "vehicles", "mass_t", "unmoved",
    "closure_d", "closure_bound_d", "closure_gap", "closure_uncongested_d",
    "weighted_lateness_d", "lateness_bound_d", "lateness_gap", "mean_lateness_d", "asset_days",
    "findings", "first_plan_s", "solve_s", "iterations", "relaxation", "override_prices", "binding",
    "assumptions", "disputed_facts", "seed", "version", "scenario_hash",
]  # fmt: skip


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["movement", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A plan of the ten-line example, made from a scenario folder that is gone afterwards."""
    there = tmp_path_factory.mktemp("planned")
    scenario = Path(shutil.copytree(TEN_LINE, there / "scenario"))
    result = run("plan", scenario, "--time-limit-s", "3", "--seed", "7", "--out", there / "plan")
    shutil.rmtree(scenario)
    return there / "plan", result


@pytest.fixture
def folder(planned: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy of the plan that a test may spoil."""
    return Path(shutil.copytree(planned[0], tmp_path / "plan"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def summary_of(folder: Path) -> dict[str, Any]:
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert isinstance(summary, dict)
    return summary


def test_plan_writes_everything_that_a_plan_needs(planned: tuple[Path, Result]) -> None:
    folder, result = planned
    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} == FILES
    assert result.stdout.splitlines()[-1] == f"Plan: {folder}"


def test_summary_holds_every_key_figure_in_order(planned: tuple[Path, Result]) -> None:
    summary = summary_of(planned[0])
    assert list(summary) == KEYS
    problem = decode_problem((planned[0] / "problem.json.gz").read_bytes())
    plan = decode_plan((planned[0] / "plan.json").read_bytes())
    assert (summary["case"], summary["lines"], summary["loads"]) == ("base", 10, len(problem.loads))
    assert summary["people"] == sum(problem.load_of[move.load_id].people for move in plan.moves)
    assert (summary["unmoved"], summary["findings"]) == (0, 0)
    assert summary["closure_bound_d"] <= summary["closure_d"]
    assert summary["closure_uncongested_d"] <= summary["closure_d"]
    assert summary["lateness_bound_d"] <= summary["weighted_lateness_d"]
    unproved = (summary["closure_d"] - summary["closure_bound_d"]) / summary["closure_d"]
    assert summary["closure_gap"] == pytest.approx(unproved, abs=0.0005)
    assert (summary["seed"], summary["scenario_hash"]) == (7, problem.scenario_hash)
    assert [price["override_id"] for price in summary["override_prices"]] == ["NO-AIR-POL", "HET-TANKS"]


def test_plan_shows_the_figures_of_the_summary(planned: tuple[Path, Result]) -> None:
    folder, result = planned
    shown = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    summary = summary_of(folder)
    assert {key: shown[key] for key in ("closure_d", "closure_bound_d", "scenario_hash")} == {
        key: str(summary[key]) for key in ("closure_d", "closure_bound_d", "scenario_hash")
    }
    assert "price of NO-AIR-POL     closure " in result.stdout


def test_progress_tells_phase_closure_bound_and_gap_on_standard_error(planned: tuple[Path, Result]) -> None:
    lines = planned[1].stderr.splitlines()
    assert lines[0] == "preparing the problem: network, loads, itineraries"
    phases = [match[1] for line in lines if (match := re.match(r" *[\d.]+ s  (first plan|improve|bound|done)", line))]
    assert (phases[0], phases[-1]) == ("first plan", "done")
    done = next(line for line in lines if "  done " in line)
    assert re.search(
        r"closure [\d.]+ d  bound [\d.]+ d  gap [\d.]+%  weighted lateness [\d.]+ d  bound [\d.]+ d$", done
    )


def test_check_report_and_explain_need_no_scenario(folder: Path) -> None:
    before = contents(folder)
    checked, explained = run("check", folder), run("explain", folder, "FRA-02")
    assert (checked.exit_code, explained.exit_code) == (0, 0)
    assert checked.stdout.startswith("No findings: ")
    assert explained.stdout.startswith("FRA-02 Infantry company, protected (FRA, priority 2) closes at ")
    (folder / "report.html").unlink()
    drawn = run("report", folder)
    assert (drawn.exit_code, drawn.stdout) == (0, f"Report: {(folder / 'report.html').resolve()}\n")
    assert contents(folder) == before


def test_check_names_the_rule_when_somebody_edits_the_plan(folder: Path) -> None:
    plan = json.loads((folder / "plan.json").read_bytes())
    moved = plan["moves"].pop(0)
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    result = run("check", folder)
    assert result.exit_code == 1
    assert any(line.startswith("whole_line: ") and moved["load_id"] in line for line in result.stdout.splitlines())
    assert result.stderr.endswith("finding.\n") or result.stderr.endswith("findings.\n")


def _renamed_loads(plan: dict[str, Any]) -> None:
    plan["moves"][0]["load_id"] = "NOBODY/people/1"


def _strange_voyages(plan: dict[str, Any]) -> None:
    plan["voyages"][0]["leg_id"] = plan["voyages"][0]["asset_id"] = "NOTHING"


def _strange_steps(plan: dict[str, Any]) -> None:
    plan["moves"][0]["steps"][0]["leg_id"] = "NOWHERE"


@pytest.mark.parametrize("spoil", [_renamed_loads, _strange_voyages, _strange_steps])
@pytest.mark.parametrize("command", [("report",), ("explain", "FRA-01")])
def test_a_plan_of_something_else_is_refused_in_one_sentence(
    folder: Path, command: tuple[str, ...], spoil: Callable[[dict[str, Any]], None]
) -> None:
    plan = json.loads((folder / "plan.json").read_bytes())
    spoil(plan)
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    before = contents(folder)
    result = run(command[0], folder, *command[1:])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("plan.json does not fit problem.json.gz: ")
    assert result.stderr.endswith(f"See: muster movement check {folder}\n")
    assert contents(folder) == before
    assert "well_formed: " in run("check", folder).stdout


@pytest.mark.parametrize("command", [("check",), ("report",), ("explain", "FRA-01")])
@pytest.mark.parametrize("name", ["problem.json.gz", "plan.json", "summary.json"])
def test_a_missing_file_is_named(folder: Path, name: str, command: tuple[str, ...]) -> None:
    (folder / name).unlink()
    result = run(command[0], folder, *command[1:])
    assert result.exit_code == 1
    assert result.stderr == f"{folder} has no {name}; write it with `muster movement plan SCENARIO --out {folder}`.\n"


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        *product(["problem.json.gz", "plan.json", "summary.json"], [b"", b"{", b"[1, 2]", b"\xff\xfe"]),
        ("problem.json.gz", gzip.compress(b"{}", mtime=0)),
        ("problem.json.gz", gzip.compress(b"{}", mtime=0)[:-3]),
        ("plan.json", b'{"moves": 3}'),
    ],
)
def test_a_damaged_file_is_named_and_nothing_is_written(folder: Path, name: str, damaged: bytes) -> None:
    (folder / name).write_bytes(damaged)
    before = contents(folder)
    result = run("report", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{name}: ")
    assert result.stderr.endswith("; write it again with `muster movement plan`.\n")
    assert contents(folder) == before


def test_an_unknown_case_gets_a_suggestion(tmp_path: Path) -> None:
    result = run("plan", TEN_LINE, "--case", "bse", "--out", tmp_path / "plan")
    assert result.exit_code == 1
    assert result.stderr == 'The scenario has no case "bse". Did you mean "base"? Name one of: base, quick.\n'
    assert not (tmp_path / "plan").exists()


def test_an_unknown_line_gets_a_suggestion(folder: Path) -> None:
    result = run("explain", folder, "FRA02")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        'The plan has no line "FRA02". Did you mean "FRA-02"? Name one of: '
        "FRA-01, FRA-02, FRA-03, FRA-04, FRA-05, FRA-06, POL-01, POL-02, POL-03, POL-04.\n"
    )


@pytest.mark.parametrize("limit", ["0", "-3", "nan", "inf"])
def test_a_time_limit_is_above_nothing(tmp_path: Path, limit: str) -> None:
    result = run("plan", TEN_LINE, f"--time-limit-s={limit}", "--out", tmp_path / "plan")
    assert result.exit_code == 2
    assert "is no time to plan in; give seconds above 0." in result.stderr


def test_a_plan_is_not_put_into_a_scenario(tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(TEN_LINE, tmp_path / "scenario"))
    before = contents(scenario)
    result = run("plan", scenario, "--out", scenario)
    assert result.exit_code == 1
    assert result.stderr == f"{scenario} holds a scenario, which a plan would spoil; name another folder with --out.\n"
    assert contents(scenario) == before


def test_a_folder_that_cannot_be_written_is_refused_before_planning(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("plan", TEN_LINE, "--out", tmp_path / "file" / "plan")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "preparing" not in result.stderr


def test_a_scenario_with_faults_is_not_planned(tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(TEN_LINE, tmp_path / "scenario"))
    (scenario / "lift.csv").write_text("platform\n", encoding="utf-8")
    result = run("plan", scenario, "--out", tmp_path / "plan")
    assert result.exit_code == 1
    assert "nothing was done." in result.stderr
    assert not (tmp_path / "plan").exists()


def test_planning_again_replaces_the_plan_and_leaves_other_files(folder: Path) -> None:
    (folder / "notes.txt").write_text("seen by the chief of movement", encoding="utf-8")
    before = contents(folder)
    result = run("plan", TEN_LINE, "--case", "quick", "--time-limit-s", "1", "--out", folder)
    after = contents(folder)
    assert result.exit_code == 0
    assert set(after) == FILES | {"notes.txt"}
    assert [name for name in after if after[name] == before[name]] == ["notes.txt"]
    assert summary_of(folder)["case"] == "quick"
    assert run("check", folder).exit_code == 0


def test_equal_seeds_and_steps_give_equal_plans() -> None:
    problem = prepare_problem(read_scenario_folder(TEN_LINE).movement_inputs("base"), load_transport_network())
    one, other = (solve(problem, seed=3, time_limit_s=60, iteration_limit=4, with_bound=False).plan for _ in range(2))
    assert one == other


@pytest.mark.parametrize("sign", ["preparing", "improve"])
def test_ctrl_c_ends_with_a_whole_plan(tmp_path: Path, sign: str) -> None:
    words = ("movement", "plan", TEN_LINE, "--time-limit-s", "300", "--out", tmp_path / "plan")
    with subprocess.Popen(
        [sys.executable, "-c", "from muster.cli import main; main()", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        while sign not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "stopping with the best plan so far" in stderr
    assert "Traceback" not in stderr
    assert stdout.endswith(f"Plan: {tmp_path / 'plan'}\n")
    assert {path.name for path in (tmp_path / "plan").iterdir()} | {"certificate.json.gz"} == FILES
    assert summary_of(tmp_path / "plan")["unmoved"] == 0
    assert run("check", tmp_path / "plan").exit_code == 0
