"""Movement tables of nations, read together."""

from collections.abc import Callable

import pytest

from movement.clean_plan import clean_plan, clean_problem
from muster.exchange import movement_table, nation_tables
from muster.movement.deconflict.merging import merge
from muster.movement.deconflict.nations import lines_by_nation, of_nation
from muster.movement.plan import Plan
from muster.movement.problem import Problem

SHORT = "uln,leg_no,carrier,carrier_id,from_node,to_node,dep_plan,arr_plan\n"


def own_plan(problem: Problem, nation: str) -> Plan:
    """A nation's part of the clean plan."""
    plan = clean_plan()
    own = of_nation(problem, nation)
    moves = tuple(move for move in plan.moves if move.load_id in own.load_of)
    aboard = {step.voyage_id for move in moves for step in move.steps}
    return Plan(
        version=plan.version,
        scenario_hash=plan.scenario_hash,
        case=plan.case,
        seed=plan.seed,
        voyages=tuple(voyage for voyage in plan.voyages if voyage.voyage_id in aboard),
        moves=moves,
        unmoved=tuple(unmoved for unmoved in plan.unmoved if unmoved.uln in own.line_of),
    )


def tables() -> dict[str, bytes]:
    """A table of each nation of the clean plan."""
    problem = clean_problem()
    return {
        f"{nation}.csv": movement_table.encode(of_nation(problem, nation), own_plan(problem, nation))
        for nation in lines_by_nation(problem)
    }


def faults_of(documents: dict[str, bytes]) -> list[tuple[str, int, str, str]]:
    with pytest.raises(nation_tables.NationTablesRefused) as refusal:
        nation_tables.decode(documents, clean_problem())
    return [(fault.file, fault.row, fault.column, fault.rule) for fault in refusal.value.faults]


def test_what_nations_wrote_is_read_back() -> None:
    problem = clean_problem()
    told = nation_tables.decode(tables(), problem)
    read = told.plans
    assert told.files == {nation: (f"{nation}.csv",) for nation in ("DEU", "FRA", "GBR")}
    assert list(read) == list(lines_by_nation(problem))
    written = {nation: own_plan(problem, nation) for nation in read}
    merged, expected = merge(problem, read), merge(problem, written)
    assert merged.voyages == expected.voyages
    assert {move.load_id: move for move in merged.moves} == {move.load_id: move for move in expected.moves}
    assert merged.unmoved == expected.unmoved


def test_a_table_made_by_hand_needs_eight_columns() -> None:
    problem = clean_problem()
    line = problem.line_of["DELTA"]
    moves = [move for move in clean_plan().moves if move.load_id in line.loads]
    rows = [
        f"DELTA,{number},convoy,,{leg.origin},{leg.destination},C+0 00:00,C+9 00:00"
        for number, leg in enumerate((problem.leg_of[step.leg_id] for step in moves[0].steps), start=1)
    ]
    read = nation_tables.decode({"hand.csv": (SHORT + "\n".join(rows) + "\n").encode()}, problem).plans
    plan = read[line.nation]
    assert [(move.load_id, move.itinerary_id) for move in plan.moves] == [
        (move.load_id, move.itinerary_id) for move in moves
    ]
    assert {(step.start_min, step.end_min) for move in plan.moves for step in move.steps} == {(0, 9 * 1440)}


SPOILED: list[tuple[Callable[[str], str], tuple[str, str]]] = [
    (lambda row: row.replace("DELTA,", "DELTE,", 1), ("uln", 'the scenario has no line "DELTE".')),
    (lambda row: row.replace(",1,convoy", ",,convoy", 1), ("leg_no", "is empty.")),
    (lambda row: row.replace(",convoy,,", ",train,,", 1), ("carrier_id", "a leg by train has no asset.")),
    (
        lambda row: row.replace(",convoy,,", ",train,train_9,", 1),
        ("carrier_id", 'the scenario has no asset "train_9".'),
    ),
    (
        lambda row: row.replace(",1,convoy", ",3,convoy", 1),
        ("leg_no", 'load "DELTA/wheels" has legs 3, not 1 to 1.'),
    ),
    (
        lambda row: row.replace("YARD", "CAMP", 1),
        ("from_node", 'load "DELTA/wheels" has no leg 1 by convoy from DEPOT to CAMP.'),
    ),
    (lambda row: row, ("to_node", 'load "DELTA/wheels" does not get to its destination.')),
    (lambda row: row.replace("C+0", "Monday", 1), ("dep_plan", "")),
]


@pytest.mark.parametrize(("spoil", "fault"), SPOILED)
def test_each_fault_is_told_with_its_row_and_column(spoil: Callable[[str], str], fault: tuple[str, str]) -> None:
    row = spoil("DELTA,1,convoy,,DEPOT,YARD,C+0,C+1\n")
    ((file, number, column, rule),) = faults_of({"hand.csv": (SHORT + row).encode()})
    assert (file, number, column) == ("hand.csv", 2, fault[0])
    assert rule == fault[1] or not fault[1]


def test_lines_of_others_and_lines_in_two_tables_are_told_together() -> None:
    written = tables()
    header, *rows = written["GBR.csv"].decode().splitlines(keepends=True)
    told = faults_of(
        {
            "DEU.csv": written["DEU.csv"] + rows[0].encode(),
            "GBR.csv": written["GBR.csv"],
            "again.csv": (header + rows[-1]).encode(),
        }
    )
    assert [(file, column, rule.partition(" ")[2]) for file, _, column, rule in told] == [
        ("DEU.csv", "uln", '"CHARLIE" is of GBR, and the table is that of DEU.'),
        ("again.csv", "uln", '"FOXTROT" stands in GBR.csv row 7 already.'),
    ]


def test_a_table_without_lines_is_told() -> None:
    assert faults_of({"empty.csv": SHORT.encode()}) == [("empty.csv", 0, "", "holds no line.")]
