"""Faults of requirements, offers, gates, caveats and activations: one each, with its remedy, all at once."""

import pytest

from exchange.scenario_files import Files, faults, only, ten_line, with_cell, with_row
from muster.exchange.scenario import read_scenario


def edited(*edits: tuple[str, int, str, str]) -> Files:
    files = ten_line()
    for edit in edits:
        files = with_cell(files, *edit)
    return files


AGAIN = {
    "nation": "FRA",
    "name": "Infantry companies",
    "capability": "infantry",
    "size": "company",
    "quantity": "2",
    "unit_type": "inf-coy",
    "place_allowed": "in country",
    "status": "pledge",
}


@pytest.mark.parametrize(
    ("edit", "rule", "remedy"),
    [
        (
            ("requirements.csv", 2, "needed_until", "C+30"),
            "it ends at C+30, not after it starts at C+30.",
            "Give needed_until a later time than needed_from.",
        ),
        (
            ("offers.csv", 3, "available_until", "C+10"),
            "it ends at C+10, not after it starts at C+20.",
            "Give available_until a later time than available_from.",
        ),
        (
            ("caveats.csv", 5, "until", "C+299"),
            "it ends at C+299, not after it starts at C+300.",
            "Give until a later time than starts.",
        ),
        (
            ("offers.csv", 4, "disputes", "O-3"),
            "the offer disputes itself.",
            "Name another row, or none.",
        ),
        (
            ("offers.csv", 4, "disputes", "O-1"),
            '"O-1" is an offer of POL.',
            "Name an offer of the same nation.",
        ),
        (
            ("offers.csv", 3, "gates", "G-1"),
            '"G-1" is a gate of POL, not of FRA.',
            "Name a gate of the nation, or leave nation empty there.",
        ),
        (
            ("caveats.csv", 2, "task", "camp guard"),
            "mode is about the way alone and task about service alone.",
            "Make two caveats of it.",
        ),
        (
            ("caveats.csv", 6, "country", "UGA"),
            '"UGA" is no nation of the scenario and has no known place.',
            "Correct the code, or add the nation, or a place there.",
        ),
        (
            ("activations.csv", 3, "at", "G+1"),
            "the order at G+0 comes before the request at G+1.",
            "Keep warning, request and order in this order.",
        ),
        (
            ("activations.csv", 5, "nation", ""),
            "the order stands in row 4 already.",
            "Keep one of the two.",
        ),
    ],
)
def test_a_rule_that_is_broken_is_named(edit: tuple[str, int, str, str], rule: str, remedy: str) -> None:
    fault = only(edited(edit))
    assert (fault.file, fault.rule, fault.remedy) == (edit[0], rule, remedy)


def test_an_offer_stated_twice_for_the_same_days_is_refused() -> None:
    fault = only(with_row(ten_line(), "offers.csv", offer_id="O-4", **AGAIN))
    assert (fault.row, fault.column) == (5, "offer_id")
    assert fault.rule == "the same units stand in row 3 already, for some of the same days."
    assert fault.remedy == 'Merge the two, name them apart, or write disputes "O-2".'


@pytest.mark.parametrize(
    "told_apart",
    [
        {"available_from": "C+400"},
        {"available_until": "C+20"},
        {"name": "More infantry companies"},
        {"place_allowed": "neighbour only"},
        {"status": "withdrawn"},
        {"disputes": "O-2"},
    ],
)
def test_an_offer_of_other_days_or_other_units_is_another_offer(told_apart: dict[str, str]) -> None:
    read_scenario(with_row(ten_line(), "offers.csv", offer_id="O-4", **{**AGAIN, **told_apart}))


def test_a_dispute_of_a_dispute_is_refused() -> None:
    fault = only(with_row(ten_line(), "offers.csv", offer_id="O-4", **AGAIN, disputes="O-3"))
    assert fault.rule == '"O-3" disputes "O-2" itself.'
    assert fault.remedy == "Let every other report dispute the one row that is planned with."


def test_a_rotation_in_which_nobody_could_serve_is_refused() -> None:
    row = {"low": "0", "likely": "0", "high": "4", "unit": "ratio", "grade": "assumed", "reason": "a slip"}
    fault = only(with_row(ten_line(), "factors.csv", factor_id="force.rotation_ratio", **row))
    assert (fault.column, fault.rule) == ("likely", "force.rotation_ratio lies outside 1 to 100.")


def test_a_host_and_an_observer_offer_nothing() -> None:
    for part, rule in (("host", "POL is a host."), ("observer", "POL is an observer.")):
        assert only(edited(("nations.csv", 3, "part", part))).rule == rule


def test_a_requirement_that_nobody_in_the_world_could_fill_is_a_slip() -> None:
    fault = only(edited(("requirements.csv", 2, "unit_type", ""), ("requirements.csv", 2, "capability", "infantery")))
    assert fault.rule == 'nobody offers "infantery", and no type of unit has it as its branch.'
    assert fault.remedy.startswith('Did you mean "infantry"?')


def test_a_requirement_that_nobody_offers_to_fill_is_a_gap_and_no_fault() -> None:
    read_scenario(edited(("requirements.csv", 2, "unit_type", ""), ("requirements.csv", 2, "capability", "medical")))


def test_all_faults_of_the_force_come_together() -> None:
    files = edited(
        ("requirements.csv", 2, "framework", "GBR"),
        ("requirements.csv", 2, "needed_until", "C+1"),
        ("requirements.csv", 2, "max_nations", "0"),
        ("offers.csv", 3, "gates", "G-1"),
        ("caveats.csv", 6, "country", "UGA"),
    )
    assert [(fault.file, fault.column) for fault in faults(files)] == [
        ("caveats.csv", "country"),
        ("offers.csv", "gates"),
        ("requirements.csv", "framework"),
        ("requirements.csv", "max_nations"),
        ("requirements.csv", "needed_until"),
    ]


def test_a_country_of_the_mission_that_does_not_exist_is_refused() -> None:
    files = ten_line()
    files["scenario.toml"] = files["scenario.toml"].replace(b'"UKR"', b'"UKA"')
    fault = only(files)
    assert (fault.column, fault.rule) == ("mission_country", "is not a country code.")
