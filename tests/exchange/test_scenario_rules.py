import pytest

from exchange.scenario_files import Files, faults, only, ten_line, with_cell, with_row
from muster.exchange.scenario import read_scenario


def edited(*edits: tuple[str, int, str, str]) -> Files:
    files = ten_line()
    for file, row, column, value in edits:
        files = with_cell(files, file, row, column, value)
    return files


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (("lines.csv", 8, "rdd", "C+1"), "the line is required at C+1, before it is ready at G+12 06:00."),
        (("lines.csv", 3, "dest", "FR-SUIPPES"), "the line ends where it begins."),
        (("lines.csv", 3, "after", "FRA-02"), "lines wait for one another: FRA-02 after FRA-02."),
        (("lines.csv", 3, "after", "FRA-99"), '"FRA-99" is not among the lines.'),
        (("lines.csv", 6, "poe", "UA-YAVORIV-CAMP"), '"UA-YAVORIV-CAMP" is no port, airfield or railhead.'),
        (("cargo.csv", 3, "platform", "het"), '"het" is of kind het, which is lift.'),
        (("holdings.csv", 2, "platform_id", "bus-coach"), '"bus-coach" is of kind bus, which is lift.'),
        (("lift.csv", 2, "platform", "truck-8x8"), '"truck-8x8" is of kind wheeled, which carries no loads of others.'),
        (("lift.csv", 9, "available_until", "C+1"), "it ends at C+1, not after it starts at C+2."),
        (("calendars.csv", 2, "until", "C+0"), "it ends at C+0, not after it starts at C+0."),
        (("calendars.csv", 2, "resource", "caveat"), '"caveat" is the limit of a caveat, which has no calendar.'),
        (("calendars.csv", 2, "resource", "gangs"), '"gangs" is nothing that places have, which has no calendar.'),
        (("permits.csv", 2, "regime", "eurozone"), 'no case has the permit regime "eurozone".'),
        (("caveats.csv", 4, "country", ""), "a caveat that limits entry leaves it empty."),
        (("caveats.csv", 4, "limit_people_per_day", ""), "a caveat that limits says no number."),
        (("caveats.csv", 5, "limit_people", "10"), 'a caveat that "forbids" sets no limit.'),
        (("caveats.csv", 2, "approved", "C+1"), 'a caveat that "forbids" awaits no approval.'),
        (("caveats.csv", 2, "limit_people_per_day", "10"), 'a caveat that "forbids" sets no limit.'),
        (("links.csv", 2, "mode", "air"), "the air has no links."),
        (("links.csv", 2, "to_place", "PL-PRZEMYSL"), "the link ends where it begins."),
        (("links.csv", 2, "crossing", "UA-LVIV"), '"UA-LVIV" is neither border nor bridge.'),
        (("overrides.csv", 2, "nation", ""), "the override binds nobody."),
        (("overrides.csv", 2, "mode", ""), '"forbid" needs place or mode.'),
        (("overrides.csv", 3, "asset", ""), '"fix_asset" needs asset.'),
        (("factors.csv", 2, "low", "31"), "the range does not rise."),
        (("factors.csv", 2, "unit", "kn"), 'rail.speed.military_kmh is written in "km/h", not "kn".'),
        (("factors.csv", 2, "high", ""), "a factor of grade assumed shows no range."),
        (("places.csv", 2, "latitude_deg", ""), '"UA-YAVORIV-CAMP" is not packaged, and the row has no latitude_deg.'),
        (("places.csv", 2, "kinds", "border"), "a border joins its own country and one other."),
        (("places.csv", 2, "opens_min", "360"), "it opens at minute 360 and closes at minute None."),
        (("platforms.csv", 2, "kind", ""), '"container-spares" is not packaged, and the row has no kind.'),
        (("platforms.csv", 2, "exceptions", "mass=X:K"), '"mass" is no column of platforms.'),
    ],
)
def test_a_rule_that_is_broken_is_named(edit: tuple[str, int, str, str], rule: str) -> None:
    fault = only(edited(edit))
    assert (fault.file, fault.row, fault.rule) == (edit[0], edit[1], rule)


def test_a_line_without_people_and_cargo_is_refused() -> None:
    fault = only(edited(("lines.csv", 3, "unit_type", "")))
    assert fault.rule == "the line has neither people nor cargo."
    assert fault.remedy == "Fill pax or unit_type, or add rows to cargo.csv."


def test_a_closed_link_without_a_crossing_is_refused() -> None:
    fault = only(edited(("links.csv", 2, "crossing", ""), ("links.csv", 2, "closed", "yes")))
    assert fault.rule == "a closed link names no crossing."


def test_a_train_of_no_gauge_is_refused() -> None:
    files = with_row(
        ten_line(), "platforms.csv", platform_id="train-mine", name="My train", kind="train", grade="assumed"
    )
    assert only(files).rule == "the gauge of the train is None."


def test_a_case_without_lines_is_refused() -> None:
    files = with_row(ten_line(), "cases.csv", case_id="idle", name="Idle", permit_regime="eu", horizon_d="10")
    for row in range(2, 12):
        files = with_cell(files, "lines.csv", row, "cases", "base;quick" if row != 7 else "base")
    told = [fault.rule for fault in faults(files) if fault.file == "cases.csv"]
    assert told == ['case "idle" has no line.']


def test_a_line_that_is_ready_when_the_plan_has_ended_is_refused() -> None:
    files = edited(("lines.csv", 2, "rld", "C+60"), ("lines.csv", 2, "rdd", "C+70"))
    assert {fault.rule for fault in faults(files)} == {
        "the line is ready at C+60, when the plan of case base has ended.",
        "the line is ready at C+60, when the plan of case quick has ended.",
    }


def test_an_own_permit_regime_is_allowed_when_a_case_has_it() -> None:
    files = edited(("permits.csv", 2, "regime", "treaty"), ("cases.csv", 3, "permit_regime", "treaty"))
    assert read_scenario(files).movement_inputs("quick").permit_regime == "treaty"
