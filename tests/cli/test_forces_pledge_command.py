"""``muster forces pledge`` on the infantry that France offers in the ten-line example."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from exchange.scenario_files import TEN_LINE, cells
from muster.cli import main
from muster.cli.folders import read_scenario_folder, scenario_files
from muster.exchange.pledge_xlsx import CAVEATS, NOTE, blank, decode
from muster.forces import Size
from muster.forces.pledges import Establishment

FIRST_CAVEAT = len(NOTE.columns) + 4
"""Row of the first caveat in a workbook that Muster wrote."""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["forces", "pledge", *(str(word) for word in words)], catch_exceptions=False)


def field(path: Path, name: str, value: str | int | None) -> None:
    """Fill a field of the note."""
    book = load_workbook(path)
    row = [column.name for column in NOTE.columns].index(name) + 2
    assert book["note"].cell(row, 1).value == name
    book["note"].cell(row, 2).value = value
    book.save(path)


def caveat(path: Path, row: int, **values: str | None) -> None:
    """Fill cells of a caveat, by column; the first is row 0."""
    book = load_workbook(path)
    for number, column in enumerate(CAVEATS.columns, start=1):
        if column.name in values:
            book["note"].cell(FIRST_CAVEAT + row, number).value = values[column.name]
    book.save(path)


@pytest.fixture
def pledge(tmp_path: Path) -> Path:
    """What France is sent: the note of its four companies, with its three caveats."""
    path = tmp_path / "fra.xlsx"
    assert run("write", TEN_LINE, "O-2", path, "--contact-post", "Plans").exit_code == 0
    return path


def rows_of(folder: Path, table: str) -> dict[str, dict[str, str]]:
    """Filled cells of each row, by its key."""
    header, *rows = cells((folder / table).read_bytes())
    return {row[0]: {name: text for name, text in zip(header, row, strict=True) if text} for row in rows}


def test_the_template_is_the_blank_workbook(tmp_path: Path) -> None:
    done = run("template", tmp_path / "new" / "pledge.xlsx")
    assert (done.exit_code, done.output) == (0, f"Written: {tmp_path / 'new' / 'pledge.xlsx'}\n")
    fresh = tmp_path / "blank.xlsx"
    fresh.write_bytes(blank())
    written, expected = load_workbook(tmp_path / "new" / "pledge.xlsx"), load_workbook(fresh)
    assert [[*sheet.values] for sheet in written] == [[*sheet.values] for sheet in expected]


def test_an_offer_is_written_with_what_is_known_of_it(pledge: Path) -> None:
    written = decode(pledge.read_bytes())
    assert written.offer.offer_id == "O-2"
    assert written.contact_post == "Plans"
    assert [each.caveat_id for each in written.caveats] == ["FRA-air", "FRA-entry", "FRA-guard"]
    assert written.organisation == (
        Establishment(unit="Infantry company, protected wheeled", people=150, size=Size.COMPANY),
    )
    assert written.equipment != ()


def test_an_offer_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    done = run("write", TEN_LINE, "O2", tmp_path / "fra.xlsx")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == 'Case "base" has no offer "O2". Did you mean "O-2"? The offers stand in offers.csv.\n'
    assert not (tmp_path / "fra.xlsx").exists()


def test_a_case_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run("write", TEN_LINE, "O-2", tmp_path / "fra.xlsx", "--case", "bass")
    assert done.exit_code == 1
    assert done.stderr.startswith('The scenario has no case "bass". Did you mean "base"?')


def test_a_pledge_that_changes_nothing_leaves_the_scenario_as_it_is(pledge: Path, tmp_path: Path) -> None:
    done = run("read", pledge, TEN_LINE, "--out", tmp_path / "out")
    assert (done.exit_code, done.output) == (0, f"Scenario: {tmp_path / 'out'}\n")
    assert read_scenario_folder(tmp_path / "out").scenario_hash == read_scenario_folder(TEN_LINE).scenario_hash


def test_an_offer_and_its_caveats_replace_their_rows_and_others_stay(pledge: Path, tmp_path: Path) -> None:
    field(pledge, "quantity", 5)
    caveat(pledge, 1, limit_people_per_day="300")
    done = run("read", pledge, TEN_LINE, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert done.output == (f"caveats: 1 changed (FRA-entry)\noffers: 1 changed (O-2)\nScenario: {tmp_path / 'out'}\n")
    offers, before = rows_of(tmp_path / "out", "offers.csv"), rows_of(TEN_LINE, "offers.csv")
    assert offers == {**before, "O-2": {**before["O-2"], "quantity": "5"}}
    caveats, before = rows_of(tmp_path / "out", "caveats.csv"), rows_of(TEN_LINE, "caveats.csv")
    assert caveats == {**before, "FRA-entry": {**before["FRA-entry"], "limit_people_per_day": "300"}}


def test_a_new_offer_and_a_new_caveat_join_and_a_silent_one_is_kept(pledge: Path, tmp_path: Path) -> None:
    field(pledge, "offer_id", "O-4")
    field(pledge, "name", "Companies of the reserve")
    caveat(pledge, 2, caveat_id="FRA-camp")
    done = run("read", pledge, TEN_LINE, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert done.output == (
        "caveats: 1 added (FRA-camp)\noffers: 1 added (O-4)\n"
        f"Not declared in the pledge, and kept: FRA-guard\nScenario: {tmp_path / 'out'}\n"
    )
    assert list(rows_of(tmp_path / "out", "offers.csv")) == ["O-1", "O-2", "O-3", "O-4"]


def test_a_conflicting_report_stays_one_when_its_nation_pledges_it(tmp_path: Path) -> None:
    run("write", TEN_LINE, "O-3", tmp_path / "fra.xlsx", "--contact-post", "Plans")
    field(tmp_path / "fra.xlsx", "quantity", 7)
    run("read", tmp_path / "fra.xlsx", TEN_LINE, "--out", tmp_path / "out")
    offer = rows_of(tmp_path / "out", "offers.csv")["O-3"]
    assert (offer["quantity"], offer["disputes"]) == ("7", "O-2")


def test_grade_and_date_go_with_the_source_they_speak_of(pledge: Path, tmp_path: Path) -> None:
    graded = shutil.copytree(TEN_LINE, tmp_path / "graded")
    header, *rows = (graded / "offers.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{header},grade,as_of,note", *(f"{row},K,2026-11,seen" for row in rows)]
    (graded / "offers.csv").write_text("\n".join(lines), encoding="utf-8")
    run("read", pledge, graded, "--out", tmp_path / "same")
    assert rows_of(tmp_path / "same", "offers.csv") == rows_of(graded, "offers.csv")
    field(pledge, "source", "note of the embassy")
    run("read", pledge, graded, "--out", tmp_path / "other")
    offer = rows_of(tmp_path / "other", "offers.csv")["O-2"]
    assert (offer["source"], offer["note"]) == ("note of the embassy", "seen")
    assert "grade" not in offer
    assert "as_of" not in offer


@pytest.fixture
def two_cases(tmp_path: Path) -> Path:
    """The example, in whose case quick France gives two companies and not four."""
    folder = shutil.copytree(TEN_LINE, tmp_path / "two-cases")
    header, *rows = (folder / "offers.csv").read_text(encoding="utf-8").splitlines()
    quick = rows[1].replace("company,4", "company,2")
    lines = [f"{header},cases", f"{rows[0]},", f"{rows[1]},base", f"{rows[2]},", f"{quick},quick"]
    (folder / "offers.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("case", "after"), [("base", ["5", "2"]), ("quick", ["4", "5"])])
def test_the_row_of_the_case_is_replaced_and_that_of_another_case_stays(
    pledge: Path, two_cases: Path, tmp_path: Path, case: str, after: list[str]
) -> None:
    field(pledge, "quantity", 5)
    done = run("read", pledge, two_cases, "--case", case, "--out", tmp_path / "out")
    assert (done.exit_code, done.output) == (0, f"offers: 1 changed (O-2 [{case}])\nScenario: {tmp_path / 'out'}\n")
    header, *rows = cells((tmp_path / "out" / "offers.csv").read_bytes())
    assert [row[header.index("quantity")] for row in rows if row[0] == "O-2"] == after


def test_an_offer_of_another_case_joins_in_the_case_alone(pledge: Path, two_cases: Path, tmp_path: Path) -> None:
    offers = (two_cases / "offers.csv").read_text(encoding="utf-8").splitlines()
    (two_cases / "offers.csv").write_text("\n".join(offers[:2] + offers[4:]), encoding="utf-8")
    done = run("read", pledge, two_cases, "--out", tmp_path / "out")
    assert (done.exit_code, done.output) == (0, f"offers: 1 added (O-2 [base])\nScenario: {tmp_path / 'out'}\n")


def test_without_a_folder_it_is_told_what_would_change(pledge: Path) -> None:
    field(pledge, "quantity", 5)
    done = run("read", pledge, TEN_LINE)
    assert (done.exit_code, done.output) == (0, "offers: 1 changed (O-2)\nNothing was written.\n")


def test_a_scenario_takes_the_pledge_itself_where_it_may_be_replaced(pledge: Path, tmp_path: Path) -> None:
    own = shutil.copytree(TEN_LINE, tmp_path / "own")
    (own / "notes.txt").write_text("kept", encoding="utf-8")
    field(pledge, "quantity", 5)
    before = scenario_files(own)
    refused = run("read", pledge, own, "--out", own)
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"{own} is not empty; name another folder, or add --replace to write over its scenario.\n"
    )
    assert scenario_files(own) == before
    assert run("read", pledge, own, "--out", own, "--replace").exit_code == 0
    assert rows_of(own, "offers.csv")["O-2"]["quantity"] == "5"
    assert (own / "notes.txt").read_text(encoding="utf-8") == "kept"


def test_faults_of_the_workbook_are_told_together_and_nothing_is_written(pledge: Path, tmp_path: Path) -> None:
    field(pledge, "quantity", 0)
    field(pledge, "contact_post", None)
    done = run("read", pledge, TEN_LINE, "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (1, "")
    told = done.stderr.splitlines()
    assert [line.partition(":")[0] for line in told[:-1]] == [
        "fra.xlsx, sheet note row 7, column quantity",
        "fra.xlsx, sheet note row 22, column contact_post",
    ]
    assert told[-1] == f"{pledge} has 2 faults; nothing was done."
    assert not (tmp_path / "out").exists()


def test_names_that_the_scenario_does_not_know_are_told_by_field_and_caveat(pledge: Path, tmp_path: Path) -> None:
    field(pledge, "home", "FR-SUIPE")
    caveat(pledge, 0, place="NOWHERE-AT-ALL")
    done = run("read", pledge, TEN_LINE, "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (1, "")
    told = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in told[:-1]] == [
        'fra.xlsx, sheet note, caveat "FRA-air", in caveats.csv row 2, column place',
        "fra.xlsx, sheet note, in offers.csv row 3, column home",
    ]
    assert 'Did you mean "FR-SUIPPES"?' in told[1]
    assert told[-1] == "2 faults in the scenario with the pledge; nothing was done."
    assert not (tmp_path / "out").exists()


def test_units_that_are_offered_already_are_told(pledge: Path) -> None:
    field(pledge, "offer_id", "O-4")
    done = run("read", pledge, TEN_LINE)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "fra.xlsx, sheet note, in offers.csv row 5, column offer_id: the same units stand in row 3 already, for some of"
        ' the same days. Merge the two, name them apart, or write disputes "O-2".\n'
        "1 fault in the scenario with the pledge; nothing was done.\n"
    )


def test_a_pledge_takes_no_row_of_another_nation(pledge: Path, tmp_path: Path) -> None:
    field(pledge, "offer_id", "O-1")
    caveat(pledge, 0, caveat_id="POL-tanks")
    done = run("read", pledge, TEN_LINE, "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (1, "")
    remedy = "Give it another id, or correct the nation."
    assert done.stderr == (
        f'fra.xlsx, sheet note, column caveat_id: "POL-tanks" is of POL in caveats.csv, not of FRA. {remedy}\n'
        f'fra.xlsx, sheet note, column offer_id: "O-1" is of POL in offers.csv, not of FRA. {remedy}\n'
        "2 faults in the scenario with the pledge; nothing was done.\n"
    )
    assert not (tmp_path / "out").exists()


def test_what_is_no_workbook_is_told() -> None:
    done = run("read", TEN_LINE / "offers.csv", TEN_LINE)
    assert done.exit_code == 1
    assert done.stderr == (
        "offers.csv: is not a workbook that can be read (BadZipFile). Save it as .xlsx again.\n"
        f"{TEN_LINE / 'offers.csv'} has 1 fault; nothing was done.\n"
    )
