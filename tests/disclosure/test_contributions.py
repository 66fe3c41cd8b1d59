import pytest

from muster.disclosure import AggregatesRefused, Cell, Contributions, PublishedSum, Share, sums_of_table

REMEDY = "give a nation and a whole number of at least 1, or leave the share out."
MAY, JUNE = Cell("mines", "May"), Cell("mines", "June")


def test_all_faults_of_contributions_come_together() -> None:
    with pytest.raises(AggregatesRefused) as refused:
        Contributions((Share(MAY, "FRA", 3), Share(MAY, "FRA", 4), Share(JUNE, "POL", 0), Share(JUNE, "", 2)))
    assert refused.value.faults == (
        f'POL contributes 0 to "mines / June"; {REMEDY}',
        f'A nation without a code contributes 2 to "mines / June"; {REMEDY}',
        'FRA is in "mines / May" twice; add its shares up.',
    )


def test_contributions_add_up_by_nation() -> None:
    made = Contributions((Share(MAY, "FRA", 3), Share(JUNE, "FRA", 4), Share(JUNE, "POL", 2)))
    assert made.by_nation([MAY, JUNE]) == {"FRA": 7, "POL": 2}


def test_a_table_has_cells_rows_columns_and_a_total() -> None:
    assert sums_of_table([MAY, JUNE], {MAY: 4, JUNE: 6}) == (
        PublishedSum("mines / June", frozenset({JUNE}), 6),
        PublishedSum("mines", frozenset({MAY, JUNE}), 10),
        PublishedSum("June", frozenset({JUNE}), 6),
        PublishedSum("all", frozenset({MAY, JUNE}), 10),
        PublishedSum("mines / May", frozenset({MAY}), 4),
        PublishedSum("May", frozenset({MAY}), 4),
    )


def test_names_that_would_stand_for_two_sums_are_refused() -> None:
    with pytest.raises(AggregatesRefused, match='"May" would name two sums; rename the row or the column.'):
        sums_of_table([Cell("May", "May")])


@pytest.mark.parametrize(("cells", "needed"), [(frozenset(), None), (frozenset({MAY}), 0)])
def test_a_sum_of_nothing_and_a_need_of_nothing_are_refused(cells: frozenset[Cell], needed: int | None) -> None:
    with pytest.raises(AggregatesRefused, match='The sum "x"'):
        PublishedSum("x", cells, needed)
