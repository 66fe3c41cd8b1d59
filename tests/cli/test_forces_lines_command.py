"""``muster forces lines`` on the matched infantry of the ten-line example."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main
from muster.cli.folders import read_scenario_folder
from muster.exchange.matching_json import encode_matching, encode_problem, encode_unit_types
from muster.exchange.scenario.matching_inputs import matching_problem
from muster.forces.matching.plan import Matching, Tour
from muster.reference import load_unit_types

MATCHING = Matching((Tour("O-2", 1, "R-1", 1, 4), Tour("O-2", 2, "R-1", 5, 4)))
TOLD = """\
                 units  lines  people  vehicles and stores
entry                1      3     150                   69
relief in place      1      3     150                   69
way home             1      3     150                   69
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A matched force: one company, and four months later its relief."""
    folder = tmp_path / "matched"
    folder.mkdir()
    (folder / "problem.json.gz").write_bytes(encode_problem(matching_problem(read_scenario_folder(TEN_LINE))))
    (folder / "matching.json").write_bytes(encode_matching(MATCHING))
    return folder


def test_the_tables_of_the_lines_are_written_with_no_scenario_at_hand(folder: Path, tmp_path: Path) -> None:
    done = run("forces", "lines", folder, "--out", tmp_path / "tables")
    assert (done.exit_code, done.stdout) == (0, f"{TOLD}Lines: {tmp_path / 'tables'}\n")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["cargo.csv", "lines.csv"]


def test_a_matched_force_moves_with_no_retyping(folder: Path, tmp_path: Path) -> None:
    done = run("forces", "lines", folder, "--scenario", TEN_LINE, "--out", tmp_path / "moved", "--until-d", "160")
    assert done.exit_code == 0
    assert done.stdout.endswith(f"{TOLD}Scenario: {tmp_path / 'moved'}\n")
    assert done.stderr == ""
    assert run("check", tmp_path / "moved").exit_code == 0
    planned = run(
        "movement", "plan", tmp_path / "moved", "--time-limit-s", "2", "--seed", "7", "--out", tmp_path / "plan"
    )
    assert planned.exit_code == 0
    assert run("movement", "check", tmp_path / "plan").exit_code == 0


def test_units_take_the_staging_areas_that_lines_of_the_scenario_use(folder: Path, tmp_path: Path) -> None:
    run("forces", "lines", folder, "--scenario", TEN_LINE, "--out", tmp_path / "moved")
    lines = read_scenario_folder(tmp_path / "moved").movement_inputs().lines
    assert {(line.uln[8:12].strip("-"), line.staging) for line in lines} == {
        ("01-E", "PLRZE"),
        ("01-H", None),
        ("02-R", "PLRZE"),
    }


def test_unit_types_beside_the_matching_stand_in_where_there_is_no_scenario(folder: Path, tmp_path: Path) -> None:
    light = load_unit_types()["inf-coy-light"]
    (folder / "unit_types.json").write_bytes(encode_unit_types({"inf-coy": light}))
    done = run("forces", "lines", folder, "--out", tmp_path / "tables", "--until-d", "100")
    assert done.exit_code == 0
    assert b"griffon" not in (tmp_path / "tables" / "cargo.csv").read_bytes()


def test_a_changed_scenario_is_told_and_used(folder: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(TEN_LINE, tmp_path / "changed")
    (changed / "sites.csv").unlink()
    done = run("forces", "lines", folder, "--scenario", changed, "--out", tmp_path / "moved")
    assert done.exit_code == 0
    assert done.stderr == f"{changed} is not quite the scenario that was matched; the lines follow the matching.\n"


def test_faults_that_the_lines_make_in_a_scenario_are_told_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(TEN_LINE, tmp_path / "other")
    places = (other / "places.csv").read_text(encoding="utf-8")
    assert "UA-YAVORIV-CAMP" in places
    for path in other.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("UA-YAVORIV-CAMP", "UA-CAMP"), encoding="utf-8")
    done = run("forces", "lines", folder, "--scenario", other, "--out", tmp_path / "moved")
    assert done.exit_code == 1
    assert 'lines.csv row 2, column dest: "UA-YAVORIV-CAMP" is not among the places.' in done.stderr
    assert "faults in the scenario with the new lines; nothing was done." in done.stderr
    assert not (tmp_path / "moved").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--out", "{scenario}"), "{scenario} holds a scenario, whose lines would be lost"),
        (("--scenario", "{scenario}", "--out", "{scenario}", "--replace"), "{scenario} is the scenario itself"),
        (("--scenario", "{scenario}", "--out", "{folder}"), "{folder} is not empty"),
        (("--out", "{folder}", "--until-d", "10"), "No unit moves before C+10"),
    ],
)
def test_what_would_spoil_something_or_do_nothing_is_refused(
    folder: Path, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    scenario = shutil.copytree(TEN_LINE, tmp_path / "scenario")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    named = [word.format(scenario=scenario, folder=folder) for word in words]
    done = run("forces", "lines", folder, *named)
    assert done.exit_code == 1
    assert done.stderr.startswith(why.format(scenario=scenario, folder=folder))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_a_scenario_made_before_is_replaced_when_asked(folder: Path, tmp_path: Path) -> None:
    words = ("forces", "lines", folder, "--scenario", TEN_LINE, "--out", tmp_path / "moved")
    assert run(*words).exit_code == 0
    assert run(*words).exit_code == 1
    assert run(*words, "--replace", "--people-per-line", "30", "--without-stores").exit_code == 0
    assert len(read_scenario_folder(tmp_path / "moved").movement_inputs().lines) == 15


def test_a_folder_without_a_matching_or_with_a_foreign_one_is_refused(folder: Path, tmp_path: Path) -> None:
    strangers = Matching((Tour("O-2", 9, "R-1", 1, 4), Tour("O-9", 1, "R-1", 1, 4), Tour("O-2", 1, "R-9", 1, 4)))
    (folder / "matching.json").write_bytes(encode_matching(strangers))
    done = run("forces", "lines", folder, "--out", tmp_path / "tables")
    assert (done.exit_code, done.stderr) == (
        1,
        (
            'matching.json does not fit problem.json.gz: it has no requirement "R-9"; offer "O-2" has no unit 9; '
            'it has no offer "O-9". Write both again with `muster forces match`.\n'
        ),
    )
    (folder / "matching.json").unlink()
    done = run("forces", "lines", folder, "--out", tmp_path / "tables")
    assert (done.exit_code, done.stderr) == (
        1,
        f"{folder} has no matching.json; write it with `muster forces match SCENARIO --out {folder}`.\n",
    )
