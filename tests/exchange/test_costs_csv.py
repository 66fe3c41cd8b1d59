"""Costs of one more unit, as a planner gives them."""

import pytest

from muster.exchange.costs_csv import CostsRefused, decode

KNOWN = {"bus", "ramp", "BORDER/credits"}


def read(text: str) -> dict[str, int | None]:
    return dict(decode(text.encode(), KNOWN.__contains__))


def faults(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(CostsRefused) as refusal:
        read(text)
    return [(fault.row, fault.column, fault.rule) for fault in refusal.value.faults]


def test_costs_by_name_and_kind_and_what_cannot_be_had() -> None:
    assert read("\ufeffwhat,cost\r\nbus,3\nramp, 10 \n\nBORDER/credits,\n") == {
        "bus": 3, "ramp": 10, "BORDER/credits": None,
    }  # fmt: skip


def test_every_fault_is_told_with_row_and_column() -> None:
    assert faults("what,cost\nbis,3\nbus,0\nbus,1.5\nramp,2\nramp,2\nbus\n") == [
        (2, "what", 'The problem has no "bis".'),
        (3, "cost", '"0" is no cost of one unit.'),
        (4, "cost", '"1.5" is no cost of one unit.'),
        (6, "what", '"ramp" has a cost already.'),
        (7, "", "The row has 1 cells."),
    ]


def test_other_columns_are_refused() -> None:
    assert faults("name,price\nbus,3\n") == faults("") == [(1, "", "The columns are not what and cost.")]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(CostsRefused, match="no CSV table in UTF-8"):
        decode(b"\xff\xfe", KNOWN.__contains__)


def test_a_fault_names_file_row_column_rule_and_remedy() -> None:
    with pytest.raises(CostsRefused) as refusal:
        decode(b"what,cost\nbus,-1\n", KNOWN.__contains__, name="mine.csv")
    assert str(refusal.value) == (
        'mine.csv row 2, column cost: "-1" is no cost of one unit. Give a whole number from 1 on, or leave the cell '
        "empty where no more can be had."
    )
