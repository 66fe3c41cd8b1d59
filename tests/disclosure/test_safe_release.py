"""Stories of what may be said, small enough to follow by hand."""

import pytest

from disclosure.attack import attack
from muster.disclosure import (
    AggregatesRefused,
    Band,
    Cell,
    Contributions,
    Edition,
    PublishedSum,
    Release,
    Share,
    Statement,
    sums_of_table,
)
from muster.disclosure.aggregates import safe_release

MINES_MAY, MINES_JUNE = Cell("mines", "May"), Cell("mines", "June")
BRIDGING_MAY, BRIDGING_JUNE = Cell("bridging", "May"), Cell("bridging", "June")
TABLE = sums_of_table([MINES_MAY, MINES_JUNE, BRIDGING_MAY, BRIDGING_JUNE])
THREE_EVERYWHERE = tuple(
    Share(cell, nation, amount)
    for cell in (MINES_MAY, MINES_JUNE, BRIDGING_MAY, BRIDGING_JUNE)
    for nation, amount in (("FRA", 40), ("GBR", 35), ("NOR", 30))
)
ONLY_MINES = (PublishedSum("mines", frozenset({MINES_MAY})),)


def in_band(needed: int) -> tuple[PublishedSum, ...]:
    return (PublishedSum("mines", frozenset({MINES_MAY}), needed),)


def said(release: Release) -> dict[str, str]:
    return {statement.name: str(statement) for statement in release.statements}


def shares(cell: Cell, **amounts: int) -> tuple[Share, ...]:
    return tuple(Share(cell, nation, amount) for nation, amount in amounts.items())


def test_three_of_like_size_hide_each_other_everywhere() -> None:
    assert said(safe_release(Contributions(THREE_EVERYWHERE), TABLE)) == {
        "bridging / June": "105",
        "bridging": "210",
        "June": "210",
        "all": "420",
        "bridging / May": "105",
        "May": "210",
        "mines / June": "105",
        "mines": "210",
        "mines / May": "105",
    }


def test_a_nation_that_is_alone_in_one_cell_costs_a_rectangle_of_cells() -> None:
    alone = Contributions(
        tuple(share for share in THREE_EVERYWHERE if share.cell != MINES_MAY) + shares(MINES_MAY, POL=12)
    )
    release = safe_release(alone, TABLE)
    assert said(release) == {
        "bridging / June": "not released",
        "bridging": "210",
        "June": "210",
        "all": "327",
        "bridging / May": "not released",
        "May": "117",
        "mines / June": "not released",
        "mines": "117",
        "mines / May": "not released",
    }
    assert attack([Edition(alone, TABLE, release)]) == []


def test_two_names_of_one_sum_are_kept_back_together() -> None:
    one_cell = sums_of_table([MINES_MAY])
    release = safe_release(Contributions(shares(MINES_MAY, FRA=1, GBR=1, NOR=1)), one_cell)
    assert set(said(release).values()) == {"not released"}


def test_what_has_not_changed_is_said_again() -> None:
    made = Contributions(THREE_EVERYWHERE)
    first = Edition(made, TABLE, safe_release(made, TABLE))
    second = safe_release(made, TABLE, history=[first])
    assert {statement.release for statement in second.statements} == {2}
    assert said(second) == said(first.release)


def test_two_contributors_would_see_each_other() -> None:
    release = safe_release(Contributions(shares(MINES_MAY, FRA=40, GBR=35)), ONLY_MINES)
    assert release == Release(1, (Statement("mines", None),))


def test_one_frigate_each_is_told_by_their_number() -> None:
    release = safe_release(Contributions(shares(MINES_MAY, FRA=1, GBR=1, NOR=1)), ONLY_MINES)
    assert said(release) == {"mines": "not released"}


def test_what_nobody_contributes_is_no_secret() -> None:
    assert safe_release(Contributions(()), ONLY_MINES) == Release(1, (Statement("mines", 0, 0, 0, 1),))
    assert safe_release(Contributions(()), in_band(100)) == Release(1, (Statement("mines", Band.UNMET, 0, 24, 1),))


def test_a_need_met_by_one_nation_is_told_without_an_upper_end() -> None:
    for amount in (100, 400):
        release = safe_release(Contributions(shares(MINES_MAY, FRA=amount)), in_band(100))
        assert release == Release(1, (Statement("mines", Band.MET, 100, None, 1),))


def test_a_band_so_narrow_that_it_is_a_number_is_not_released() -> None:
    assert said(safe_release(Contributions(shares(MINES_MAY, FRA=1)), in_band(2))) == {"mines": "not released"}


def test_a_band_that_a_partner_can_take_its_own_part_off_is_not_released() -> None:
    nearly = Contributions(shares(MINES_MAY, FRA=98, GBR=1))
    assert said(safe_release(nearly, in_band(100))) == {"mines": "not released"}
    half = Contributions(shares(MINES_MAY, FRA=60, GBR=10))
    assert said(safe_release(half, in_band(100))) == {"mines": "partly"}


def test_the_old_number_stays_until_enough_nations_have_changed() -> None:
    before = Contributions(shares(MINES_MAY, FRA=40, GBR=35, NOR=30))
    first = Edition(before, ONLY_MINES, safe_release(before, ONLY_MINES))
    france_more = Contributions(shares(MINES_MAY, FRA=60, GBR=35, NOR=30))
    second = Edition(france_more, ONLY_MINES, safe_release(france_more, ONLY_MINES, history=[first]))
    assert second.release == Release(2, (Statement("mines", 105, 105, 105, 1),))
    all_more = Contributions(shares(MINES_MAY, FRA=70, GBR=55, NOR=50))
    third = safe_release(all_more, ONLY_MINES, history=[first, second])
    assert third == Release(3, (Statement("mines", 175, 175, 175, 3),))
    assert attack([first, second, Edition(all_more, ONLY_MINES, third)]) == []


def test_the_old_band_stays_where_the_new_one_would_tell_a_change() -> None:
    before = Contributions(shares(MINES_MAY, FRA=97, GBR=2))
    after = Contributions(shares(MINES_MAY, FRA=98, GBR=2))
    first = Edition(before, in_band(100), Release(1, (Statement("mines", Band.PARTLY, 25, 99, 1),)))
    assert safe_release(after, in_band(100), history=[first]).statements[0].release == 1


def test_a_change_within_wide_bands_is_told_at_once() -> None:
    before, after = Contributions(shares(MINES_MAY, FRA=60)), Contributions(shares(MINES_MAY, FRA=130))
    first = Edition(before, in_band(100), safe_release(before, in_band(100)))
    release = safe_release(after, in_band(100), history=[first])
    assert release == Release(2, (Statement("mines", Band.MET, 100, None, 2),))


def test_all_that_makes_a_release_impossible_is_told_at_once() -> None:
    first = Edition(Contributions(()), ONLY_MINES, Release(3, ()))
    with pytest.raises(AggregatesRefused) as refused:
        safe_release(Contributions(()), ONLY_MINES * 2, history=[first], threshold=2, p_percent=50)
    assert refused.value.faults == (
        '2 sums are called "mines"; give each a name of its own.',
        "The earlier releases are numbered [3]; give all of one series, from 1 on, oldest first.",
        "A threshold of 2 lets each of two contributors see the other's part; give 3 or more.",
        "The p % rule cannot be kept with p = 50; give 1 to 49.",
    )
