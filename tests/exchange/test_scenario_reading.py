import pytest

from exchange.scenario_files import faults, only, ten_line, with_cell, with_row
from muster.exchange.scenario import Fault, read_scenario


def test_a_cell_that_is_no_number_is_named_with_row_column_and_remedy() -> None:
    assert only(with_cell(ten_line(), "lift.csv", 2, "count", "four")) == Fault(
        file="lift.csv",
        row=2,
        column="count",
        rule='"four" is not a whole number.',
        remedy="Write digits alone, in assets, without the unit.",
        value="four",
    )


def test_a_fault_reads_as_one_sentence_with_its_place() -> None:
    fault = only(with_cell(ten_line(), "links.csv", 2, "distance_km", "12,5"))
    assert str(fault) == (
        'links.csv row 2, column distance_km: "12,5" is not a number. '
        "Write a plain decimal with a point, such as 12.5, in km, without the unit."
    )


def test_a_number_out_of_range_tells_the_range_and_the_unit() -> None:
    fault = only(with_cell(ten_line(), "places.csv", 2, "latitude_deg", "4995"))
    assert (fault.rule, fault.remedy) == (
        "4995 lies outside -90 to 90.",
        "Correct the number; latitude_deg is written in degrees north, WGS 84.",
    )


def test_an_offset_without_a_sign_is_refused() -> None:
    fault = only(with_cell(ten_line(), "lines.csv", 3, "rld", "C2"))
    assert fault.rule == '"C2" is not an offset from a day mark.'
    assert fault.remedy.startswith("Write it like C+12, D-3 or G+3 06:30")


def test_a_word_that_is_nearly_right_gets_the_right_one_suggested() -> None:
    fault = only(with_cell(ten_line(), "permits.csv", 2, "state", "grantd"))
    assert fault.rule == '"grantd" is not a word of state.'
    assert fault.remedy == 'Did you mean "granted"? Use one of: asked, granted, denied.'


def test_a_place_that_is_nearly_right_gets_the_right_one_suggested_by_id_or_by_name() -> None:
    by_id = only(with_cell(ten_line(), "lines.csv", 3, "origin", "FR-SUIPES"))
    by_name = only(with_cell(ten_line(), "lines.csv", 3, "origin", "Suippes"))
    assert by_id.rule == '"FR-SUIPES" is not among the places.'
    assert by_id.remedy == 'Did you mean "FR-SUIPPES"? Add it to places.csv or correct the id.'
    assert by_name.remedy == by_id.remedy


@pytest.mark.parametrize(
    ("file", "row", "column", "wrong", "what"),
    [
        ("lines.csv", 3, "unit_type", "inf-coi", "unit_types"),
        ("lines.csv", 3, "nation", "DEU", "nations"),
        ("lines.csv", 3, "parent_uln", "FRA-99", "lines"),
        ("lines.csv", 3, "cases", "bse", "cases"),
        ("cargo.csv", 2, "platform", "container-21", "platforms"),
        ("cargo.csv", 2, "uln", "FRA-55", "lines"),
        ("lift.csv", 2, "home", "DE-NOWHERE", "places"),
        ("lift.csv", 2, "users", "FRA;DEU", "nations"),
        ("overrides.csv", 3, "asset", "HET-POL-03", "assets"),
        ("overrides.csv", 3, "uln", "POL-11", "lines"),
        ("factors.csv", 2, "factor_id", "rail.speed", "factors"),
        ("calendars.csv", 2, "place", "ROAD-NOWHERE", "places"),
        ("offers.csv", 2, "gates", "G-1;G-2", "gates"),
        ("offers.csv", 2, "disputes", "O-9", "offers"),
        ("requirements.csv", 2, "framework", "GBR", "nations"),
        ("activations.csv", 5, "nation", "GBR", "nations"),
        ("holdings.csv", 2, "unit_type_id", "port-teem", "unit_types"),
    ],
)
def test_a_name_that_is_nowhere_is_refused(file: str, row: int, column: str, wrong: str, what: str) -> None:
    found = [fault for fault in faults(with_cell(ten_line(), file, row, column, wrong)) if fault.column == column]
    assert [(fault.file, fault.row) for fault in found] == [(file, row)]
    assert found[0].rule.endswith(f"is not among the {what}.")


def test_a_country_that_does_not_exist_is_refused() -> None:
    fault = only(with_cell(ten_line(), "permits.csv", 2, "country", "GER"))
    assert fault.rule == '"GER" is not a country code.'


def test_a_row_of_every_case_may_not_name_what_one_case_lacks() -> None:
    fault = only(with_cell(ten_line(), "lines.csv", 8, "parent_uln", "FRA-06"))
    assert fault.rule == '"FRA-06" is not among the lines of case quick.'
    assert fault.remedy == "Give both rows the same cases."


def test_every_fault_is_told_at_once_in_order_of_file_row_and_column() -> None:
    files = with_cell(ten_line(), "lines.csv", 5, "priority", "9")
    files = with_cell(files, "lines.csv", 5, "rdd", "soon")
    files = with_cell(files, "lines.csv", 2, "dest", "UA-LVIW")
    files = with_cell(files, "caveats.csv", 2, "effect", "bans")
    assert [(fault.file, fault.row, fault.column) for fault in faults(files)] == [
        ("caveats.csv", 2, "effect"),
        ("lines.csv", 2, "dest"),
        ("lines.csv", 5, "priority"),
        ("lines.csv", 5, "rdd"),
    ]


def test_a_missing_table_is_named() -> None:
    files = ten_line()
    del files["lines.csv"]
    assert Fault("lines.csv", 0, "", "is missing.", "A scenario needs the table lines; write it.") in faults(files)


def test_a_table_of_a_wrong_name_is_named_with_the_right_one() -> None:
    files = {**ten_line(), "line.csv": b"uln\n"}
    assert only(files).remedy == 'Did you mean "lines.csv"? Correct its name or take it out of the folder.'


def test_an_unknown_column_gets_the_nearest_suggested_and_a_missing_one_is_named() -> None:
    files = ten_line()
    files["lift.csv"] = files["lift.csv"].replace(b",home,", b",homes,", 1)
    assert [(fault.row, fault.column, fault.rule) for fault in faults(files)] == [
        (1, "home", 'the column "home" is missing.'),
        (1, "homes", 'table lift has no column "homes".'),
    ]


def test_a_column_that_appears_twice_is_refused() -> None:
    files = {**ten_line(), "nations.csv": b"nation,name,part,name\nFRA,France,contributor,France\n"}
    assert Fault("nations.csv", 1, "name", "the column appears twice.", "Keep one of the two.") in faults(files)


def test_an_empty_table_and_a_table_of_a_header_alone_are_different_faults() -> None:
    assert any(fault.rule == "is empty." for fault in faults({**ten_line(), "lines.csv": b""}))
    header = ten_line()["lines.csv"].split(b"\n")[0] + b"\n"
    assert any(fault.rule == "has no rows." for fault in faults({**ten_line(), "lines.csv": header}))


def test_a_required_cell_that_is_empty_is_named() -> None:
    fault = only(with_cell(ten_line(), "lift.csv", 3, "home", ""))
    assert (fault.rule, fault.remedy) == ("is empty.", "Every row of lift needs its home; fill it or drop the row.")


@pytest.mark.parametrize(("sign", "name"), [(b";", "semicolons"), (b"\t", "tabs")])
def test_cells_separated_by_other_signs_are_named_as_such(sign: bytes, name: str) -> None:
    files = {**ten_line(), "nations.csv": ten_line()["nations.csv"].replace(b",", sign)}
    found = [fault for fault in faults(files) if fault.file == "nations.csv"]
    assert [(fault.rule, fault.remedy) for fault in found] == [
        (f"cells are separated by {name}.", "Save the file as CSV with commas.")
    ]


def test_bytes_that_are_not_utf_8_are_told_with_their_row() -> None:
    files = ten_line()
    files["gates.csv"] = files["gates.csv"].replace(b"parliament", "Sénat".encode("latin-1"))
    found = [fault for fault in faults(files) if fault.file == "gates.csv"]
    assert [(fault.row, fault.rule) for fault in found] == [(2, "byte 53 of the file is not UTF-8.")]


def test_a_nul_byte_and_utf_16_are_told() -> None:
    nul = {**ten_line(), "events.csv": ten_line()["events.csv"] + b"E-2,\x00\n"}
    assert (only(nul).row, only(nul).rule) == (3, "holds a NUL byte.")
    wide = {**ten_line(), "events.csv": ten_line()["events.csv"].decode().encode("utf-16")}
    assert only(wide).rule == "is written in UTF-16."


def test_a_ragged_row_is_told_with_both_lengths() -> None:
    files = {**ten_line(), "cargo.csv": ten_line()["cargo.csv"] + b"FRA-01,het\n"}
    assert (only(files).row, only(files).rule) == (5, "the row has 2 cells, the header 4.")


def test_a_quote_that_never_closes_is_told_with_its_row() -> None:
    files = {**ten_line(), "events.csv": ten_line()["events.csv"] + b'E-2,"closed,,,,,,\n'}
    assert (only(files).row, only(files).rule) == (3, "cannot be read as CSV: unexpected end of data.")


def test_two_rows_of_one_key_are_refused_unless_their_cases_differ() -> None:
    twice = with_row(
        ten_line(), "lift.csv", fleet_id="COACH-POL", platform="bus-coach", count="1", home="PL-WARSAW", nation="POL"
    )
    assert (only(twice).row, only(twice).rule) == (12, '"COACH-POL" stands in row 5 already.')


def test_byte_order_mark_line_ends_spaces_and_blank_rows_do_not_count() -> None:
    files = ten_line()
    files["nations.csv"] = b"\xef\xbb\xbf" + files["nations.csv"].replace(b"\n", b"\r\n")
    files["gates.csv"] = files["gates.csv"].replace(b",", b" , ").replace(b"\n", b"\n\n,,,,,\n")
    assert read_scenario(files).scenario_hash == read_scenario(ten_line()).scenario_hash


def test_row_numbers_count_blank_rows_as_a_spreadsheet_does() -> None:
    files = with_cell(ten_line(), "gates.csv", 2, "likelihood", "1.5")
    files["gates.csv"] = files["gates.csv"].replace(b"\n", b"\n\n", 1)
    assert only(files).row == 3


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "rule"),
    [
        ("format = 1", "format = 2", 1, "format", "is not a format that this version reads."),
        ('default_case = "base"', 'default_case = "bas"', 0, "default_case", '"bas" is no case.'),
        ('g_day = "C-10"', 'g_day = "G-10"', 8, "g_day", "is not an offset from C-day."),
        ("c_day = 2027-03-01", 'c_day = "1 March"', 10, "c_day", "is not a date."),
        ("title =", "titel =", 2, "titel", "the setting is not known."),
        ("[marks]", "[marks", 7, "", "is not TOML"),
    ],
)
def test_settings_are_checked_with_their_line(old: str, new: str, line: int, column: str, rule: str) -> None:
    files = {**ten_line(), "scenario.toml": ten_line()["scenario.toml"].replace(old.encode(), new.encode())}
    found = [fault for fault in faults(files) if fault.column == column]
    assert [(fault.file, fault.row) for fault in found] == [("scenario.toml", line)]
    assert found[0].rule.startswith(rule)


def test_areas_that_are_no_feature_collection_are_refused() -> None:
    assert only({**ten_line(), "areas.geojson": b'{"type": "Feature"}'}).rule == "is no FeatureCollection."
    assert only({**ten_line(), "areas.geojson": b"{"}).rule.startswith("is not JSON")
