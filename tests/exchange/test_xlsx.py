import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.scenario_files import ten_line, with_cell
from muster.exchange import xlsx
from muster.exchange.scenario import Scenario, ScenarioRefused, read_scenario


def scenario(*edits: tuple[str, int, str, str]) -> Scenario:
    files = ten_line()
    for edit in edits:
        files = with_cell(files, *edit)
    return read_scenario(files)


def test_a_workbook_comes_back_as_equal_tables() -> None:
    before = scenario()
    after = read_scenario(xlsx.decode(xlsx.encode(before)))
    assert after.files() == before.files()
    assert after.scenario_hash == before.scenario_hash


def test_texts_that_look_like_formulas_numbers_or_dates_come_back_as_they_were() -> None:
    before = scenario(
        ("lines.csv", 2, "name", "=SUM(A1:A9)"),
        ("lines.csv", 3, "name", "007"),
        ("lines.csv", 4, "name", "1-2"),
        ("lines.csv", 5, "name", "two\nlines, and a comma"),
        ("nations.csv", 2, "as_of", "2025-07"),
    )
    assert read_scenario(xlsx.decode(xlsx.encode(before))).files() == before.files()


def test_areas_come_back_from_several_cells() -> None:
    square = '{"type": "FeatureCollection", "features": [], "note": "' + "é" * 70_000 + '"}'
    before = read_scenario({**ten_line(), "areas.geojson": square.encode()})
    assert read_scenario(xlsx.decode(xlsx.encode(before))).areas == before.areas


def test_numbers_are_numbers_and_words_are_offered_in_a_list() -> None:
    book = load_workbook(io.BytesIO(xlsx.encode(scenario())))
    lift = book["lift"]
    assert isinstance(lift, Worksheet)
    assert [cell.value for cell in lift[1]][:3] == ["fleet_id", "platform", "count"]
    assert lift["C2"].value == 4
    assert lift.freeze_panes == "B2"
    permits = book["permits"]
    assert isinstance(permits, Worksheet)
    offered = [rule.formula1 for rule in permits.data_validations.dataValidation]
    assert '"asked,granted,denied"' in offered


def test_rows_of_a_sheet_keep_their_numbers_in_faults() -> None:
    book = load_workbook(io.BytesIO(xlsx.encode(scenario())))
    book["lift"]["C4"] = "many"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(ScenarioRefused) as refusal:
        read_scenario(xlsx.decode(stream.getvalue()))
    assert [(fault.file, fault.row, fault.column) for fault in refusal.value.faults] == [("lift.csv", 4, "count")]


def test_a_file_that_is_no_workbook_is_refused() -> None:
    for document in (b"", b"uln,nation\n", xlsx.encode(scenario())[:2000], _empty_archive()):
        with pytest.raises(ScenarioRefused) as refusal:
            xlsx.decode(document, name="plan.xlsx")
        assert refusal.value.faults[0].rule.startswith("is not a workbook that can be read")


def test_a_sheet_that_is_no_table_is_refused() -> None:
    book = load_workbook(io.BytesIO(xlsx.encode(scenario())))
    book.create_sheet("Sheet9")["A1"] = "notes"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(ScenarioRefused) as refusal:
        xlsx.decode(stream.getvalue())
    assert refusal.value.faults[0].rule == 'the sheet "Sheet9" is no table of a scenario.'


def _empty_archive() -> bytes:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    return stream.getvalue()
