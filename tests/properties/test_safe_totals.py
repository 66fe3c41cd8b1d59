"""Nobody who reads releases can bound what another nation contributes, or changes: attacked, not argued."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.attack import attack
from muster.disclosure import Cell, Contributions, Edition, PublishedSum, Release, Share, Statement, sums_of_table
from muster.disclosure.aggregates import safe_release

CELLS = tuple(Cell(row, month) for row in ("bridging", "mines", "medical") for month in ("May", "June", "July"))
NATIONS = ("DNK", "FRA", "GBR", "NOR", "POL")
AMOUNTS = st.one_of(st.integers(1, 4), st.integers(5, 60), st.integers(100, 900))
Table = dict[tuple[Cell, str], int]
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(CELLS), st.sampled_from(NATIONS)), AMOUNTS, min_size=4, max_size=len(CELLS) * 4
)
CHANGES = st.dictionaries(
    st.tuples(st.sampled_from(CELLS), st.sampled_from(NATIONS)), st.one_of(st.just(0), AMOUNTS), min_size=1, max_size=8
)
GROUPS = st.lists(st.sets(st.sampled_from(CELLS), min_size=2), max_size=4)
NUMBERS = sums_of_table(CELLS)
NEEDS = st.fixed_dictionaries({cell: st.sampled_from((1, 2, 3, 10, 80, 500)) for cell in CELLS})
PLACED = tuple(Cell(f"{what} {where}", month) for what in "ab" for where in "xy" for month in ("May", "June"))
IN_THREE_DIMENSIONS = tuple(
    PublishedSum(f"{what or '*'}{where or '*'}{month or '*'}", frozenset(cells))
    for what in ("a", "b", "")
    for where in ("x", "y", "")
    for month in ("May", "June", "")
    if (cells := [c for c in PLACED if what in c.row and where in c.row and month in c.column])
)
SLOW = settings(max_examples=25, deadline=None)


def contributions(table: Table) -> Contributions:
    return Contributions(tuple(Share(cell, nation, amount) for (cell, nation), amount in table.items() if amount))


def edition(table: Table, sums: Sequence[PublishedSum], *history: Edition) -> Edition:
    made = contributions(table)
    return Edition(made, tuple(sums), safe_release(made, sums, history=history))


def bands_and_totals(needed: dict[Cell, int]) -> tuple[PublishedSum, ...]:
    """Cells in bands and totals as numbers."""
    in_bands = {one.name: one for one in sums_of_table(CELLS, needed)}
    return tuple(in_bands[one.name] if len(one.cells) == 1 else one for one in NUMBERS)


@SLOW
@given(TABLES, GROUPS)
def test_numbers_give_nobodys_share_away(table: Table, groups: list[set[Cell]]) -> None:
    assert attack([edition(table, NUMBERS)], groups) == []


@SLOW
@given(TABLES, NEEDS, GROUPS)
def test_bands_give_nobodys_share_away(table: Table, needed: dict[Cell, int], groups: list[set[Cell]]) -> None:
    assert attack([edition(table, sums_of_table(CELLS, needed))], groups) == []
    assert attack([edition(table, bands_and_totals(needed))], groups) == []


@SLOW
@given(TABLES, CHANGES, GROUPS)
def test_numbers_before_and_after_give_nobodys_change_away(
    table: Table, changes: Table, groups: list[set[Cell]]
) -> None:
    first = edition(table, NUMBERS)
    assert attack([first, edition(table | changes, NUMBERS, first)], groups) == []


@SLOW
@given(TABLES, CHANGES, CHANGES, NEEDS)
def test_bands_of_three_releases_give_nobodys_change_away(
    table: Table, changes: Table, more: Table, needed: dict[Cell, int]
) -> None:
    sums = bands_and_totals(needed)
    first = edition(table, sums)
    second = edition(table | changes, sums, first)
    assert attack([first, second, edition(table | changes | more, sums, first, second)]) == []


@SLOW
@given(st.lists(st.one_of(st.just(0), AMOUNTS), min_size=len(PLACED) * 4, max_size=len(PLACED) * 4))
def test_totals_in_three_dimensions_give_nobodys_share_away(amounts: list[int]) -> None:
    keys = [(cell, nation) for cell in PLACED for nation in NATIONS[:4]]
    assert attack([edition(dict(zip(keys, amounts, strict=True)), IN_THREE_DIMENSIONS)]) == []


@SLOW
@given(TABLES, st.sampled_from(CELLS), AMOUNTS)
def test_without_suppression_the_attack_finds_who_is_alone(table: Table, cell: Cell, amount: int) -> None:
    alone = {key: value for key, value in table.items() if key[0] != cell} | {(cell, "LTU"): amount}
    open_release = Release(1, tuple(_open(contributions(alone), one) for one in NUMBERS))
    leaks = attack([Edition(contributions(alone), NUMBERS, open_release)])
    assert (None, "LTU", amount, amount) in {(leak.attacker, leak.nation, leak.low, leak.high) for leak in leaks}


def _open(made: Contributions, one: PublishedSum) -> Statement:
    total = sum(made.by_nation(one.cells).values())
    return Statement(one.name, total, total, total, 1)
