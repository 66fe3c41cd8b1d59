"""The commands of the forces room on a small coalition of which everything is known."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from muster.cli import main
from pages import ROOT

SMALL = ROOT / "examples/small-coalition"
QUICK = ("--time-limit-s", "20", "--answers-s", "60")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["forces", *(str(word) for word in words)], catch_exceptions=False)


def summary_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "summary.json").read_bytes())
    return read


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small coalition matched; its scenario is gone by then."""
    scenario = tmp_path_factory.mktemp("scenario") / "small"
    shutil.copytree(SMALL, scenario)
    folder = tmp_path_factory.mktemp("matched")
    done = run("match", scenario, "--out", folder, *QUICK)
    assert done.exit_code == 0, done.output
    shutil.rmtree(scenario)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "matched")


def test_match_writes_everything_needed_to_use_it_again(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == [
        "answers.json", "coverage.csv", "matching.json", "matching.xlsx", "problem.json.gz", "report.html",
        "summary.json", "unit_types.json",
    ]  # fmt: skip
    summary = summary_of(made)
    assert {
        key: summary[key]
        for key in ("coverage", "bound", "gap", "requirements", "unfilled", "offers", "offers_used", "findings")
    } == {
        "coverage": 0.72913, "bound": 0.72913, "gap": 0.0, "requirements": 6, "unfilled": 3, "offers": 7,
        "offers_used": 5, "findings": 0,
    }  # fmt: skip
    assert (summary["rotation_sustained"], summary["people_needed"], summary["people_offered"]) == (True, 5200, 5160)
    assert (summary["case"], summary["months"], summary["gate_scenario"], summary["seed"]) == (
        "base",
        24,
        "expected",
        1,
    )
    assert [aim["aim"] for aim in summary["aims"]] == ["coverage", "firmness", "cohesion", "burden"]
    answers = json.loads((made / "answers.json").read_bytes())["answered"]
    assert {row["requirement_id"]: row["reasons"] for row in answers["unfilled"]} == {
        "MED": [{"kind": "gate", "what": "STORTING"}],
        "TRN": [{"kind": "caveat", "what": "DEU-UKR"}],
        "RCN": [{"kind": "no offer", "what": ""}],
    }


def test_tables_hold_coverage_and_tours(made: Path) -> None:
    rows = list(csv.reader(io.StringIO((made / "coverage.csv").read_text(encoding="utf-8"))))
    assert rows[0][:8] == [
        "requirement_id", "name", "component", "place", "criticality", "element", "covered_share", "M1",
    ]  # fmt: skip
    hospital = rows[1]
    assert hospital[:6] == ["MED", "Field hospital", "medical", "UA-LVIV", "1", "team"]
    assert hospital[7:] == ["", *["0.0"] * 4, *["1.0"] * 19]
    book = load_workbook(made / "matching.xlsx")
    assert book.sheetnames == ["coverage", "tours", "unfilled", "asks", "burden"]
    assert [cell.value for cell in book["coverage"][2]][7:13] == [None, "0/1", "0/1", "0/1", "0/1", "1/1"]
    assert book["unfilled"].max_row == 4


def test_check_finds_nothing_and_then_what_was_tampered_with(folder: Path) -> None:
    done = run("check", folder)
    assert (done.exit_code, done.stdout) == (0, "No findings: 19 tours of 5 offers keep every rule.\n")
    matching = json.loads((folder / "matching.json").read_bytes())
    for tour in matching["tours"]:
        if tour["offer_id"] == "NOR-MED":
            tour["first_month"] -= 4
    (folder / "matching.json").write_text(json.dumps(matching))
    broken = run("check", folder)
    assert broken.exit_code == 1
    assert "gates_open: Unit" in broken.stdout
    stale = run("report", folder)
    assert (stale.exit_code, "belongs to another matching.json" in stale.stderr) == (1, True)


def test_asks_are_told_kept_and_drawn(folder: Path) -> None:
    done = run("asks", folder, "--most", "3")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "  +8.45 points  4 × training, team of FRA, or of NLD on terms as good"
    asks = json.loads((folder / "answers.json").read_bytes())["answered"]["asks"]
    assert asks[0]["by_requirement"] == [["TRN", 670]]
    assert "training, team" in (folder / "report.html").read_text(encoding="utf-8")
    assert load_workbook(folder / "matching.xlsx")["asks"].max_row > 1


def test_what_if_tells_before_and_after_and_keeps_the_answer(folder: Path) -> None:
    done = run("whatif", folder, "--gate", "STORTING=open", "--lift", "DEU-UKR")
    assert done.stdout.splitlines()[:-1] == [
        "supposed                lift DEU-UKR, gate STORTING=open",
        "covered before          72.91%",
        "covered after           95.96%, proved",
        "change                  +23.05 points",
        "  gains                 TRN Trainers: +1340 element-days",
        "  gains                 MED Field hospital: +122 element-days",
        "  serves more           DEU: +1840 people-months",
        "  serves more           NOR: +550 people-months",
    ]
    assert run("whatif", folder, "--gate", "STORTING=open", "--lift", "DEU-UKR").exit_code == 0
    whatifs = json.loads((folder / "answers.json").read_bytes())["answered"]["whatifs"]
    assert [row["changes"] for row in whatifs] == [["lift DEU-UKR", "gate STORTING=open"]]


def test_what_if_writes_the_matching_under_the_supposition(folder: Path, tmp_path: Path) -> None:
    done = run("whatif", folder, "--withdraw", "FRA", "--out", tmp_path / "without", "--time-limit-s", "2")
    assert done.exit_code == 0
    matching = json.loads((tmp_path / "without/matching.json").read_bytes())
    assert {tour["offer_id"] for tour in matching["tours"]} == {"NLD-INF", "NOR-MED", "POL-LOG"}
    stability = summary_of(tmp_path / "without")["aims"][-1]
    assert stability["aim"] == "stability"
    same = run("whatif", folder, "--withdraw", "FRA", "--out", folder)
    assert (same.exit_code, "holds the matching as it is" in same.stderr) == (1, True)


def test_risk_is_told_and_equal_for_equal_seeds(folder: Path) -> None:
    first, again = (run("risk", folder, "--runs", "20", "--seed", "3") for _ in range(2))
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    assert first.stdout.splitlines()[0] == "runs                    20, seed 3"
    assert "P50 " in first.stdout.splitlines()[1]


def test_views_are_drawn_and_releases_kept(folder: Path, tmp_path: Path) -> None:
    done = run("report", folder, "--view", "releasable")
    assert done.stdout.startswith("Release 1: ")
    nation = run("report", folder, "--view", "nation:NOR", "--out", tmp_path / "nor.html")
    assert nation.stdout.startswith("Release 1: ")
    text = (tmp_path / "nor.html").read_text(encoding="utf-8")
    assert [word for word in ("FRA-", "POL-", "NLD-", "DEU-", "Reconnaissance") if word in text] == []
    assert "NOR-MED" in text
    everybodys = (folder / "report-releasable.html").read_text(encoding="utf-8")
    assert [word for word in ("FRA-", "NOR-MED", "STORTING", "DEU-UKR") if word in everybodys] == []
    assert len(json.loads((folder / "releases.json").read_bytes())) == 1
    assert run("report", folder).exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("whatif", "--withdraw", "NOW"), 'No nation "NOW" offers anything. Did you mean "NOR"?'),
        (("whatif", "--lift", "DEU-UKT"), 'No caveat of service "DEU-UKT" is called that. Did you mean "DEU-UKR"?'),
        (("whatif", "--gate", "STORTINGET=open"), 'No gate is called "STORTINGET"; the gates are: STORTING.'),
        (("whatif", "--gate", "STORTING=ajar"), '"ajar" is no state of gate "STORTING"'),
        (("report", "--view", "nation:NOX"), 'No offer is of nation "NOX". Did you mean "NOR"?'),
    ],
)  # fmt: skip
def test_names_that_are_not_there_are_told_with_the_nearest(made: Path, words: tuple[str, ...], told: str) -> None:
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    done = run(words[0], made, *words[1:])
    assert done.exit_code == 1
    assert told in done.stderr
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


def test_several_unknown_names_are_told_together(made: Path) -> None:
    done = run("whatif", made, "--withdraw", "XXX", "--lift", "YYY")
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("match", str(SMALL), "--case", "bass", "--out", "out"), "bass"),
        (("match", str(SMALL), "--gate", "STORT=open", "--out", "out"), 'Did you mean "STORTING"?'),
        (("match", str(SMALL), "--out", str(SMALL)), "holds a scenario, which a plan would spoil"),
    ],
)
def test_match_refuses_in_words_and_writes_nothing(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    words = tuple(str(tmp_path / word) if word == "out" else word for word in words)
    done = run(*words)
    assert done.exit_code == 1
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_mistakes_on_the_command_line_are_told_as_such(made: Path, tmp_path: Path) -> None:
    assert run("whatif", made).exit_code == 2
    assert run("report", made, "--view", "everyone").exit_code == 2
    assert run("match", SMALL, "--out", tmp_path, "--time-limit-s", "0").exit_code == 2
    assert run("match", SMALL, "--out", tmp_path, "--gates", "ajar").exit_code == 2


def test_gates_as_today_close_the_hospital(tmp_path: Path) -> None:
    done = run("match", SMALL, "--gates", "today", "--months", "12", "--out", tmp_path, *QUICK)
    assert done.exit_code == 0
    matching = json.loads((tmp_path / "matching.json").read_bytes())
    assert "NOR-MED" not in {tour["offer_id"] for tour in matching["tours"]}
    assert summary_of(tmp_path)["gate_scenario"] == "today"


def test_an_earlier_matching_is_kept_where_nothing_speaks_against_it(made: Path, folder: Path, tmp_path: Path) -> None:
    run("report", folder, "--view", "releasable")
    done = run("match", SMALL, "--previous", folder, "--out", tmp_path / "again", *QUICK)
    assert done.exit_code == 0
    assert (tmp_path / "again/releases.json").read_bytes() == (folder / "releases.json").read_bytes()
    assert summary_of(tmp_path / "again")["aims"][-1]["aim"] == "stability"
    assert summary_of(tmp_path / "again")["coverage"] == summary_of(made)["coverage"]
