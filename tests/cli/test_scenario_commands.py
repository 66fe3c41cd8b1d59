import json
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE, ten_line, with_cell
from movement.clean_plan import clean_plan, clean_problem
from muster.cli import main
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.exchange.scenario import read_scenario


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A folder with the ten-line scenario, which the test may change."""
    return Path(shutil.copytree(TEN_LINE, tmp_path / "scenario"))


@pytest.fixture
def broken(scenario: Path) -> Path:
    files = with_cell(ten_line(), "lines.csv", 3, "origin", "FR-SUIPES")
    files = with_cell(files, "lift.csv", 2, "count", "four")
    for name in ("lines.csv", "lift.csv"):
        (scenario / name).write_bytes(files[name])
    return scenario


@pytest.fixture
def plan_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "problem.json.gz").write_bytes(encode_problem(clean_problem()))
    (folder / "plan.json").write_bytes(encode_plan(clean_plan()))
    return folder


def test_check_tells_a_clean_scenario_in_a_paragraph(scenario: Path) -> None:
    result = run("check", scenario)
    assert result.exit_code == 0
    assert result.stdout.startswith("Amber Bridge, a ten-line example: no faults. It has 2 cases: base moves ")
    assert "in 10 lines with 21 lift assets" in result.stdout
    assert result.stdout.count("\n") == 1


def test_check_tells_every_fault_and_ends_with_1(broken: Path) -> None:
    result = run("check", broken)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        'lift.csv row 2, column count: "four" is not a whole number. Write digits alone, in assets, without the unit.',
        (
            'lines.csv row 3, column origin: "FR-SUIPES" is not among the places. Did you mean "FR-SUIPPES"? '
            "Add it to places.csv or correct the id."
        ),
    ]
    assert result.stderr == f"{broken} has 2 faults.\n"


def test_check_tells_programs_the_same(scenario: Path) -> None:
    told = json.loads(run("check", scenario, "--json").stdout)
    assert (told["ok"], told["faults"], [case["case"] for case in told["cases"]]) == (True, [], ["base", "quick"])
    (scenario / "lines.csv").unlink()
    result = run("check", scenario, "--json")
    assert result.exit_code == 1
    assert {
        "file": "lines.csv", "row": 0, "column": "", "rule": "is missing.",
        "remedy": "A scenario needs the table lines; write it.", "value": "",
    } in json.loads(result.stdout)["faults"]  # fmt: skip


def test_check_reads_two_thousand_lines_in_two_seconds(scenario: Path) -> None:
    lines = (scenario / "lines.csv").read_text(encoding="utf-8")
    police = next(row for row in lines.splitlines() if row.startswith("POL-03,"))
    more = [police.replace("POL-03", f"POL-{number}", 1) for number in range(1000, 2990)]
    (scenario / "lines.csv").write_text(lines + "\n".join(more) + "\n", encoding="utf-8")
    best_s = min(_checked_in_s(scenario) for _ in range(3))
    assert best_s < 2 * _patience()


def _checked_in_s(folder: Path) -> float:
    """Seconds of processor time that the command takes, start included."""
    code = "import sys, time; from muster.cli import main; main(sys.argv[1:], standalone_mode=False)"
    code += "; print(time.process_time())"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(folder)], capture_output=True, text=True, check=True
    )
    return float(done.stdout.splitlines()[-1])


def _patience() -> float:
    """How much slower this machine is than the one of the target, by a loop that takes it 0.1 s; at least 1."""
    start = time.process_time()
    sum(number * number for number in range(2_000_000))
    return max(1.0, (time.process_time() - start) / 0.1)


def test_a_workbook_goes_out_and_comes_back_equal(scenario: Path, tmp_path: Path) -> None:
    assert run("export", "xlsx", scenario, tmp_path / "book.xlsx").exit_code == 0
    result = run("import", "xlsx", tmp_path / "book.xlsx", tmp_path / "new")
    assert result.exit_code == 0
    assert "lines: 10 added (FRA-01, FRA-02, FRA-03, FRA-04, FRA-05 and 5 more)" in result.stdout
    again = read_scenario({path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()})
    assert again.scenario_hash == read_scenario(ten_line()).scenario_hash


def test_import_writes_over_nothing_unless_told_and_keeps_other_files(scenario: Path, tmp_path: Path) -> None:
    run("export", "xlsx", scenario, tmp_path / "book.xlsx")
    files = with_cell(ten_line(), "lift.csv", 2, "count", "9")
    (scenario / "lift.csv").write_bytes(files["lift.csv"])
    (scenario / "README.md").write_text("keep me", encoding="utf-8")
    (scenario / "areas.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    before = {path.name: path.read_bytes() for path in scenario.iterdir()}

    refused = run("import", "xlsx", tmp_path / "book.xlsx", scenario)
    assert refused.exit_code == 1
    assert refused.stdout == "lift: 1 changed (TRAIN-W)\n"
    assert "add --replace" in refused.stderr
    previewed = run("import", "xlsx", tmp_path / "book.xlsx", scenario, "--preview")
    assert previewed.stdout.endswith("Nothing was written.\n")
    assert {path.name: path.read_bytes() for path in scenario.iterdir()} == before

    assert run("import", "xlsx", tmp_path / "book.xlsx", scenario, "--replace").exit_code == 0
    assert (scenario / "README.md").read_text(encoding="utf-8") == "keep me"
    assert not (scenario / "areas.geojson").exists()
    assert (
        read_scenario(
            {path.name: path.read_bytes() for path in scenario.iterdir() if path.name != "README.md"}
        ).scenario_hash
        == read_scenario(ten_line()).scenario_hash
    )
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_import_of_a_file_that_is_no_workbook_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"uln,nation\n")
    result = run("import", "xlsx", tmp_path / "book.xlsx", tmp_path / "new")
    assert result.exit_code == 1
    assert result.stdout.startswith("book.xlsx: is not a workbook that can be read")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["geojson", "kml", "gpkg"])
def test_maps_of_a_scenario_and_of_a_plan_are_written(name: str, scenario: Path, plan_folder: Path) -> None:
    for folder in (scenario, plan_folder):
        out = folder / f"map.{name}"
        result = run("export", name, folder, out)
        assert (result.exit_code, result.stdout) == (0, f"Written: {out}\n")
        assert out.stat().st_size > 1000
    assert run("export", name, scenario, scenario / "quick", "--case", "quick").exit_code == 0


def test_a_geopackage_on_disk_opens(plan_folder: Path) -> None:
    run("export", "gpkg", plan_folder, plan_folder / "plan.gpkg")
    connection = sqlite3.connect(plan_folder / "plan.gpkg")
    assert connection.execute("SELECT count(*) FROM places").fetchone() == (len(clean_problem().sites),)
    connection.close()


def test_an_export_that_cannot_be_done_says_why(scenario: Path, broken: Path, plan_folder: Path) -> None:
    unknown = run("export", "kml", plan_folder, plan_folder / "x", "--case", "base")
    assert (unknown.exit_code, unknown.stderr) == (
        1, f"{plan_folder} holds a plan, which is of one case; leave out --case.\n",
    )  # fmt: skip
    assert run("export", "xlsx", broken, broken / "x.xlsx").stderr.endswith(
        f"{broken} has 2 faults; nothing was done.\n"
    )
    (plan_folder / "plan.json").write_bytes(b"{}")
    assert "plan.json: " in run("export", "kml", plan_folder, plan_folder / "x").stderr
    assert not (broken / "x.xlsx").exists()


def test_help_lists_every_command_without_loading_the_planner() -> None:
    result = run("--help")
    assert all(f"  {name} " in result.stdout for name in ("check", "export", "import", "movement"))
