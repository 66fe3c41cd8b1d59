"""Lines of a matched force in the tables of a scenario: the infantry company of the ten-line example and its relief."""

from dataclasses import replace

import pytest

from exchange.scenario_files import cells, ten_line, with_row
from muster.exchange.matched_lines import encode_tables, replace_lines
from muster.exchange.scenario import Scenario, UnknownCase, read_scenario
from muster.exchange.scenario.matching_inputs import matching_problem
from muster.forces.matching.plan import Matching, Tour
from muster.movement.inputs import CargoItem, RequirementLine
from muster.movement.lines import LineTerms, MatchedLines, movement_lines
from muster.movement.preparation.prepare import prepare_problem
from muster.network import load_transport_network
from muster.reference import load_unit_types

MATCHING = Matching((Tour("O-2", 1, "R-1", 1, 4), Tour("O-2", 2, "R-1", 5, 4)))
ULNS = [
    *(f"FRA-O-2-01-E-{part}" for part in ("01", "02", "S")),
    *(f"FRA-O-2-01-H-{part}" for part in ("01", "02", "S")),
    *(f"FRA-O-2-02-R1-{part}" for part in ("01", "02", "S")),
]


def matched(scenario: Scenario) -> MatchedLines:
    terms = LineTerms(until_d=160, cohesion_window_d=2.5)
    return movement_lines(matching_problem(scenario), MATCHING, unit_types=load_unit_types(), terms=terms)


def test_the_tables_have_the_columns_of_a_scenario_and_say_which_requirement_a_line_is_for() -> None:
    tables = encode_tables(matched(read_scenario(ten_line())))
    header, first, *_ = cells(tables["lines.csv"])
    assert dict(zip(header, first, strict=True)) == {
        "uln": "FRA-O-2-01-E-01",
        "parent_uln": "",
        "nation": "FRA",
        "name": "Infantry companies, unit 1, entry, part 1 of 2",
        "unit_type": "inf-coy",
        "priority": "2",
        "rld": "C+0",
        "rdd": "C+30",
        "origin": "FR-SUIPPES",
        "dest": "UA-YAVORIV-CAMP",
        "pax": "75",
        "cohesion_window_d": "2.5",
        "after": "",
        "note": "requirement R-1",
    }
    assert [row[0] for row in cells(tables["lines.csv"])[1:]] == ULNS
    assert cells(tables["cargo.csv"])[:2] == [
        ["uln", "platform", "quantity"],
        ["FRA-O-2-01-E-01", "ambulance-light", "1"],
    ]


def test_what_is_written_reads_back_as_the_lines_that_were_made() -> None:
    scenario = read_scenario(ten_line())
    lined = replace_lines(scenario, "quick", matched(scenario))
    again = read_scenario(lined.files)
    assert again.cases == ("quick",)
    assert again.list_values("lines", "quick", RequirementLine) == matched(scenario).lines
    assert again.list_values("cargo", "quick", CargoItem) == matched(scenario).cargo


def test_everything_else_of_the_case_stays_and_what_differs_is_told() -> None:
    files = with_row(ten_line(), "events.csv", event_id="E-2", kind="line withdrawn", line="FRA-04")
    scenario = read_scenario(files)
    lined = replace_lines(scenario, "quick", matched(scenario))
    assert lined.remarks == (
        "The scenario has case quick alone; its other cases have other lines.",
        'overrides.csv: "HET-TANKS" names line "POL-01", which is gone; the row is left out.',
        'events.csv: "E-2" names line "FRA-04", which is gone; the row is left out.',
        "The plan of the case ends on day 256, not 45, so that late lines still arrive.",
    )
    before, after = scenario.movement_inputs("quick"), read_scenario(lined.files).movement_inputs("quick")
    assert (
        replace(
            after,
            lines=before.lines,
            cargo=before.cargo,
            overrides=before.overrides,
            horizon_d=before.horizon_d,
            scenario_hash=before.scenario_hash,
        )
        == before
    )
    assert [row.override_id for row in after.overrides] == ["NO-AIR-POL"]
    assert after.horizon_d == 256


def test_a_case_that_is_not_there_is_refused() -> None:
    scenario = read_scenario(ten_line())
    with pytest.raises(UnknownCase):
        replace_lines(scenario, "slow", matched(scenario))


def test_every_load_of_a_matched_force_has_a_way_there_and_back() -> None:
    scenario = read_scenario(ten_line())
    lined = read_scenario(replace_lines(scenario, "base", matched(scenario)).files)
    problem = prepare_problem(lined.movement_inputs(), load_transport_network())
    assert problem.no_ways == ()
    assert [line.uln for line in problem.lines] == ULNS
    assert problem.line_of["FRA-O-2-01-H-01"].after == ("FRA-O-2-02-R1-01",)
