"""``muster movement replan`` on the ten-line example, from a plan folder whose scenario is gone."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main
from muster.exchange.plan_json import decode_plan, decode_problem

FILES = {"problem.json.gz", "plan.json", "movement_table.csv", "summary.json", "report.html", "replan.json"}
STORM = "event_id,kind,at,until,place\nSTORM,place_closed,C+2,C+6,{place}\n"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["movement", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of the ten-line example, made from a scenario folder that is gone afterwards."""
    there = tmp_path_factory.mktemp("replanned")
    scenario = Path(shutil.copytree(TEN_LINE, there / "scenario"))
    run("plan", scenario, "--time-limit-s", "2", "--seed", "7", "--out", there / "plan")
    shutil.rmtree(scenario)
    return there / "plan"


@pytest.fixture(scope="module")
def busy_border(planned: Path) -> str:
    """A crossing that is still to be passed after C+2."""
    problem = decode_problem((planned / "problem.json.gz").read_bytes())
    plan = decode_plan((planned / "plan.json").read_bytes())
    steps = sorted((step for move in plan.moves for step in move.steps), key=lambda step: step.start_min)
    return next(
        passage.crossing
        for step in steps
        if step.start_min > 2 * 1440
        for passage in problem.leg_of[step.leg_id].passages
    )


@pytest.fixture(scope="module")
def replanned(planned: Path, busy_border: str) -> tuple[Path, Result]:
    events = planned.parent / "events.csv"
    events.write_text(STORM.format(place=busy_border))
    out = planned.parent / "new"
    return out, run("replan", planned, "--events", events, "--time-limit-s", "1", "--out", out)


def record_of(folder: Path) -> dict[str, Any]:
    record = json.loads((folder / "replan.json").read_text(encoding="utf-8"))
    assert isinstance(record, dict)
    return record


def test_a_replan_writes_a_plan_folder_like_any_other(replanned: tuple[Path, Result]) -> None:
    folder, result = replanned
    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} == FILES
    assert result.stdout.splitlines()[-1] == f"Plan: {folder}"
    checked, explained, drawn = run("check", folder), run("explain", folder, "FRA-02"), run("report", folder)
    assert (checked.exit_code, explained.exit_code, drawn.exit_code) == (0, 0, 0)
    assert checked.stdout.startswith("No findings: ")


def test_the_curve_is_shown_and_recorded_with_the_plan_that_was_taken(replanned: tuple[Path, Result]) -> None:
    folder, result = replanned
    record = record_of(folder)
    lines = result.stdout.splitlines()
    assert lines[0] == "now 030000Z MAR 27"
    assert lines[2].split() == [
        "legs", "moved", "lines", "assets", "nations", "unmet", "weight", "weighted", "lateness", "d", "closure", "d",
    ]  # fmt: skip
    shown = [line for line in lines[3 : 3 + len(record["curve"])] if line.startswith(">")]
    (taken,) = [row for row in record["curve"] if row["is_chosen"]]
    assert shown[0].split()[1:3] == [str(taken["legs_moved"]), str(taken["lines_changed"])]
    assert len(record["changes"]) == taken["lines_changed"]
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["weighted_lateness_d"] == taken["weighted_lateness_d"]


def test_changes_are_told_by_nation(replanned: tuple[Path, Result]) -> None:
    folder, result = replanned
    lines = result.stdout.splitlines()
    for change in record_of(folder)["changes"]:
        assert f"  {change['uln']}" in lines
        assert {f"    {sentence}" for sentence in change["words"]} <= set(lines)
        assert any(line.startswith(f"{change['nation']}: ") for line in lines)


def test_the_report_shows_what_changes(replanned: tuple[Path, Result]) -> None:
    folder, _ = replanned
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert '"curve":[{"legs_moved":' in page
    run("report", folder)
    assert (folder / "report.html").read_text(encoding="utf-8") == page


def test_a_record_beside_another_plan_says_nothing(
    replanned: tuple[Path, Result], planned: Path, tmp_path: Path
) -> None:
    mixed = Path(shutil.copytree(planned, tmp_path / "mixed"))
    shutil.copy(replanned[0] / "replan.json", mixed)
    assert run("check", mixed).stdout.startswith("No findings: ")
    assert run("report", mixed).exit_code == 0
    assert '"replan":null' in (mixed / "report.html").read_text(encoding="utf-8")


def test_a_replan_can_be_replanned_without_change(replanned: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = replanned
    again = run("replan", folder, "--now", "C+3", "--changes", "least", "--time-limit-s", "1", "--out", tmp_path / "x")
    assert again.exit_code == 0
    before, after = record_of(folder), record_of(tmp_path / "x")
    assert (after["curve"][0]["legs_moved"], after["changes"]) == (0, [])
    (taken,) = [row for row in before["curve"] if row["is_chosen"]]
    assert after["weighted_lateness_before_d"] == taken["weighted_lateness_d"]


def test_a_status_report_says_what_time_it_is(planned: Path, tmp_path: Path) -> None:
    header, *rows = (planned / "movement_table.csv").read_text(encoding="utf-8").splitlines()
    first = min((row for row in rows if ",planned," in row), key=lambda row: len(row))
    status = tmp_path / "status.csv"
    status.write_text("\n".join((f"{header},dep_act", *(row + (",C+4" if row == first else ",") for row in rows))))
    result = run("replan", planned, "--status", status, "--time-limit-s", "1", "--out", tmp_path / "x")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "now 050000Z MAR 27"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("STORM,place_closed,C+2,C+6,NOWHERE", 'events.csv row 2: the plan has no place "NOWHERE".'),
        ("STORM,storm,C+2,C+6,", 'events.csv row 2, column kind: "storm" is not a word of kind.'),
    ],
)
def test_events_with_faults_are_refused_and_nothing_is_written(
    planned: Path, tmp_path: Path, row: str, told: str
) -> None:
    events = tmp_path / "events.csv"
    events.write_text(f"event_id,kind,at,until,place\n{row}\n")
    result = run("replan", planned, "--events", events, "--out", tmp_path / "x")
    assert result.exit_code == 1
    assert told in result.stderr
    assert "1 fault in the events; nothing was done." in result.stderr
    assert not (tmp_path / "x").exists()


def test_a_replan_without_news_is_refused(planned: Path, tmp_path: Path) -> None:
    result = run("replan", planned, "--out", tmp_path / "x")
    assert (result.exit_code, result.stderr) == (
        1, "Nothing has happened: give --events, --status or --now.\n",
    )  # fmt: skip


@pytest.mark.parametrize("words", [("--changes", "few"), ("--now", "tomorrow"), ("--time-limit-s", "0")])
def test_a_choice_that_means_nothing_is_refused(planned: Path, tmp_path: Path, words: tuple[str, str]) -> None:
    assert run("replan", planned, "--now", "C+1", *words, "--out", tmp_path / "x").exit_code == 2
