"""``muster movement deconflict`` on the ten-line example: two nations that planned for themselves."""

import gzip
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exchange.scenario_files import TEN_LINE
from muster.cli import main
from muster.exchange.plan_json import decode_plan, decode_problem
from muster.movement.deconflict.agreeing import Choice

FILES = {
    "problem.json.gz", "plan.json", "movement_table.csv", "summary.json", "report.html", "deconfliction.json",
    "deconfliction.html", "nations",
}  # fmt: skip
NATION_FILES = {"movement_table.csv", "movement_table_before.csv", "deconfliction.json", "deconfliction.html"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["movement", *(str(word) for word in words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def nations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of plans that France and Poland made, each as if it were alone."""
    there = tmp_path_factory.mktemp("deconflicted")
    for nation in ("FRA", "POL"):
        words = ("--nation", nation, "--time-limit-s", "1", "--out", there / "tables" / nation)
        assert run("plan", TEN_LINE, *words).exit_code == 0
    return there / "tables"


@pytest.fixture(scope="module")
def joint(nations: Path) -> tuple[Path, Result]:
    out = nations.parent / "joint"
    return out, run("deconflict", TEN_LINE, nations, "--time-limit-s", "1", "--out", out)


def record_of(folder: Path) -> dict[str, Any]:
    record = json.loads((folder / "deconfliction.json").read_text(encoding="utf-8"))
    assert isinstance(record, dict)
    return record


def unpacked(content: bytes) -> Iterator[bytes]:
    """The bytes of a file, and of everything packed in it."""
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(content))
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))


def test_a_plan_of_one_nation_holds_its_lines_only(nations: Path) -> None:
    problem = decode_problem((nations / "POL/problem.json.gz").read_bytes())
    assert [line.uln for line in problem.lines] == ["POL-01", "POL-02", "POL-03", "POL-04"]
    assert run("check", nations / "POL").exit_code == 0


def test_a_nation_without_lines_is_refused(tmp_path: Path) -> None:
    result = run("plan", TEN_LINE, "--nation", "POK", "--out", tmp_path / "plan")
    assert result.exit_code == 1
    assert 'No line is of nation "POK". Did you mean "POL"?' in result.stderr
    assert not (tmp_path / "plan").exists()


def test_it_writes_a_plan_folder_and_a_folder_for_each_nation(joint: tuple[Path, Result]) -> None:
    folder, result = joint
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, f"Plan: {folder}")
    assert {path.name for path in folder.iterdir()} == FILES
    assert {path.name: {file.name for file in path.iterdir()} for path in (folder / "nations").iterdir()} == {
        "FRA": NATION_FILES, "POL": NATION_FILES,
    }  # fmt: skip
    assert run("check", folder).stdout.startswith("No findings: ")


def test_conflicts_burden_and_curve_are_told_and_recorded(joint: tuple[Path, Result]) -> None:
    folder, result = joint
    record = record_of(folder)
    count = len(record["conflicts"])
    assert count > 0
    assert result.stdout.splitlines()[0] == (
        f"{count} conflicts; {record['lines_in_conflict']} of 10 lines are in one"
    )  # fmt: skip
    assert all({share["nation"] for share in conflict["shares"]} == {"FRA", "POL"} for conflict in record["conflicts"])
    assert [(row["nation"], row["lines"]) for row in record["burdens"]] == [("FRA", 6), ("POL", 4)]
    assert sum(row["is_proposed"] for row in record["curve"]) == 1
    assert record["tables"] == {"FRA": ["FRA/movement_table.csv"], "POL": ["POL/movement_table.csv"]}


def test_nothing_of_a_nation_is_in_the_folder_of_another(joint: tuple[Path, Result]) -> None:
    folder, _ = joint
    problem = decode_problem((folder / "problem.json.gz").read_bytes())
    plan = decode_plan((folder / "plan.json").read_bytes())
    secrets: dict[str, set[str]] = {"FRA": set(), "POL": set()}
    for line in problem.lines:
        secrets[line.nation] |= {line.uln, line.name, *line.loads}
    lines = {load.load_id: problem.line_of[load.uln].nation for load in problem.loads}
    used: dict[str, set[str]] = {"FRA": set(), "POL": set()}
    asset_of = {voyage.voyage_id: voyage.asset_id for voyage in plan.voyages}
    for move in plan.moves:
        used[lines[move.load_id]] |= {asset_of[step.voyage_id] for step in move.steps if step.voyage_id}
    for nation, other in (("FRA", "POL"), ("POL", "FRA")):
        table = (folder / "nations" / nation / "movement_table_before.csv").read_text(encoding="utf-8")
        own_assets = {asset for asset in asset_of.values() if asset in table} | used[nation]
        hidden = secrets[other] | {f'"{other}"', f"{other}/"} | (used[other] - own_assets)
        assert secrets[other], "there is something to leak"
        for path in (folder / "nations" / nation).iterdir():
            for content in unpacked(path.read_bytes()):
                text = content.decode("utf-8", errors="replace")
                found = [word for word in hidden if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]
                assert found == [], f"{path.name} of {nation} holds {found}"
                assert secrets[nation] & set(re.findall(r"[\w-]+", text)), "and it holds the nation's own"


def test_a_nation_reads_its_label_in_its_folder(joint: tuple[Path, Result]) -> None:
    folder, _ = joint
    assert record_of(folder / "nations/POL")["label"] == "POL/restricted/POL"
    table = (folder / "nations/POL/movement_table.csv").read_text(encoding="utf-8").splitlines()
    column = table[0].split(",").index("release_to")
    assert {row.split(",")[column] for row in table[1:]} == {"POL"}


def test_the_folder_of_a_plan_will_do_when_the_scenario_is_gone(joint: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = joint
    tables = [path / "movement_table_before.csv" for path in sorted((folder / "nations").iterdir())]
    copies = [Path(shutil.copy(path, tmp_path / f"{path.parent.name}.csv")) for path in tables]
    result = run("deconflict", folder, *copies, "--time-limit-s", "0.5", "--changes", "least", "--out", tmp_path / "o")
    assert result.exit_code == 0
    assert record_of(tmp_path / "o")["conflicts_by_rule"] == record_of(folder)["conflicts_by_rule"]


def test_faults_of_all_tables_are_told_and_nothing_is_written(nations: Path, tmp_path: Path) -> None:
    for nation in ("FRA", "POL"):
        text = (nations / nation / "movement_table.csv").read_text(encoding="utf-8")
        (tmp_path / f"{nation}.csv").write_text(text.replace(f"{nation}-02", f"{nation}-92"), encoding="utf-8")
    result = run("deconflict", TEN_LINE, tmp_path / "FRA.csv", tmp_path / "POL.csv", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "FRA.csv row " in result.stderr
    assert 'column uln: the scenario has no line "POL-92". Did you mean "POL-02"?' in result.stderr
    assert "faults in the tables; nothing was done." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_tables_and_a_wrong_choice_are_refused(nations: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    empty = run("deconflict", TEN_LINE, tmp_path / "none", "--out", tmp_path / "out")
    assert (empty.exit_code, "holds no movement table" in empty.stderr) == (1, True)
    wrong = run("deconflict", TEN_LINE, nations, "--changes", "some", "--out", tmp_path / "out")
    assert (wrong.exit_code, all(choice in wrong.stderr for choice in Choice)) == (2, True)
