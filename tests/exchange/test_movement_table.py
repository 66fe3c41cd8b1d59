from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movement.clean_plan import clean_plan, clean_problem
from movement.hand_plan import hand_plan
from movement.instances import random_problem
from muster.exchange import movement_table
from muster.measures import DayMark, DayOffset, Timeline
from muster.movement.plan import Unmoved


def test_a_row_tells_line_loads_leg_carrier_and_times() -> None:
    rows = movement_table.list_rows(clean_problem(), clean_plan())
    first = rows[0]
    assert (first.uln, first.loads, first.leg_no, first.carrier_id, first.voyage) == (
        "ALPHA", ("ALPHA/people/1",), 1, "bus-1", "V02",
    )  # fmt: skip
    assert (str(first.load_start), str(first.dep_plan), str(first.arr_plan)) == ("C+0 12:00", "C+0 12:30", "C+1 11:50")
    assert (first.from_mgrs, first.dep_dtg, first.day_mark) == ("32UNA7166639109", None, "C")


def test_date_time_groups_stand_beside_offsets_where_c_day_has_a_date() -> None:
    problem = replace(clean_problem(), timeline=Timeline(c_day=date(2027, 3, 1)))
    first = movement_table.list_rows(problem, clean_plan())[0]
    assert (first.dep_plan, first.dep_dtg) == (DayOffset(DayMark.C, 750), "011230Z MAR 27")
    assert first.day_mark == "C 2027-03-01"


def test_an_unmoved_line_has_one_row_with_the_reason() -> None:
    plan = clean_plan()
    gone = [move for move in plan.moves if not move.load_id.startswith("ALPHA/")]
    stays = replace(plan, moves=tuple(gone), unmoved=(Unmoved(uln="ALPHA", reason="no trains, no buses"),))
    rows = [row for row in movement_table.list_rows(clean_problem(), stays) if row.uln == "ALPHA"]
    assert [(row.status, row.remark, row.leg_no, row.kind) for row in rows] == [
        ("unmoved", "no trains, no buses", None, "unit")
    ]
    assert rows[0].loads == clean_problem().line_of["ALPHA"].loads


@given(seed=st.integers(0, 400), revision=st.integers(1, 99), dated=st.booleans())
def test_what_is_written_is_read_back(seed: int, revision: int, dated: bool) -> None:
    problem = random_problem(seed)
    problem = replace(problem, timeline=Timeline(c_day=date(2026, 11, 24) if dated else None))
    plan = hand_plan(problem)
    rows = movement_table.list_rows(problem, plan, revision=revision)
    assert movement_table.decode(movement_table.encode(problem, plan, revision=revision)) == rows


def test_a_table_that_cannot_be_read_tells_every_fault() -> None:
    document = movement_table.encode(clean_problem(), clean_plan())
    broken = document.replace(b"uln,", b"unl,", 1).replace(b",road,bus,", b",road,coach,", 1)
    with pytest.raises(movement_table.MovementTableRefused) as refusal:
        movement_table.decode(broken)
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(1, "uln"), (1, "unl"), (2, "carrier")]
