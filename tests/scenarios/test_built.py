"""The scenario folders are what their builders write, and say what their sources say."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tools.build_scenarios import BUILDERS, SCENARIOS
from tools.scenario_mnf_u_force import CASES, CONTRIBUTIONS, HUBS

Rows = list[dict[str, str]]


def rows_of(scenario: str, table: str) -> Rows:
    with (SCENARIOS / scenario / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def in_case(rows: Rows, case: str) -> Rows:
    return [row for row in rows if not row.get("cases") or case in row["cases"].split(";")]


@pytest.mark.parametrize("scenario", BUILDERS)
def test_building_again_gives_the_committed_bytes(scenario: str, tmp_path: Path) -> None:
    BUILDERS[scenario]().write(tmp_path)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in (SCENARIOS / scenario).iterdir()}
    assert built == kept


def test_cases_of_the_force_have_their_people() -> None:
    lines = rows_of("mnf-u", "lines")
    people = {case: sum(int(row["pax"]) for row in in_case(lines, case)) for case in CASES}
    assert people == {"low": 10_000, "base": 18_000, "high": 30_000, "stress": 64_000}


def test_the_base_case_puts_15_000_people_into_ukraine_by_nation_as_reported() -> None:
    people: Counter[str] = Counter()
    for row in in_case(rows_of("mnf-u", "lines"), "base"):
        if row["dest"].startswith("UA-"):
            people[row["nation"]] += int(row["pax"])
    others = {nation: number for nation, number in people.items() if nation not in {"FRA", "GBR"}}
    assert (people["FRA"], people["GBR"], len(others), sum(others.values())) == (6000, 5000, 10, 4000)


def test_cases_have_about_their_lines() -> None:
    lines = rows_of("mnf-u", "lines")
    wanted = {"low": 250, "base": 400, "high": 800, "stress": 2000}
    assert {case: round(len(in_case(lines, case)) / wanted[case], 1) for case in CASES} == dict.fromkeys(CASES, 1.0)


def test_no_nation_sends_into_ukraine_what_its_caveat_forbids() -> None:
    forbidden = {
        row["nation"]
        for row in rows_of("mnf-u", "caveats")
        if row["effect"] == "forbids" and row["country"] == "UKR" and not row["task"]
    }
    assert forbidden == {"POL", "ROU", "ITA", "GRC"}
    senders = {part.nation for part in CONTRIBUTIONS for hub in part.hubs if HUBS[hub].place.startswith("UA-")}
    assert not forbidden & senders


@pytest.mark.parametrize(
    "table",
    [
        "cases", "nations", "sites", "lift", "permits", "caveats", "gates", "offers", "requirements", "activations",
        "unit_types",
    ],
)  # fmt: skip
def test_every_row_names_a_source_or_says_notional(table: str) -> None:
    assert [row for row in rows_of("mnf-u", table) if not row["source"]] == []


def test_task_force_eagle_has_its_documented_people() -> None:
    people: Counter[str] = Counter()
    for row in rows_of("task-force-eagle", "lines"):
        people[row["dest"][:2]] += int(row["pax"])
    assert people == {"BA": 18_400, "HR": 2_000, "HU": 4_600}


def test_the_brigade_of_2017_has_its_documented_pieces() -> None:
    pieces: Counter[str] = Counter()
    for row in rows_of("abct-2017", "cargo"):
        pieces[row["platform"]] += int(row["quantity"])
    assert (pieces.total(), pieces["m1a2"], pieces["bradley-m2"], pieces["m109"]) == (2500, 87, 144, 18)
