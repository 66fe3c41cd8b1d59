"""What the audit says of releases that nobody made safe."""

from muster.disclosure import Cell, Contributions, Edition, PublishedSum, Release, Share, Statement, sums_of_table
from muster.disclosure.exposures import Exposure, list_exposures

MAY, JUNE = Cell("mines", "May"), Cell("mines", "June")


def release(number: int, **totals: int) -> Release:
    return Release(number, tuple(Statement(name, total, total, total, number) for name, total in totals.items()))


def test_a_cell_that_is_kept_back_is_worked_out_from_the_row() -> None:
    made = Contributions(
        (Share(MAY, "POL", 12), Share(JUNE, "FRA", 40), Share(JUNE, "GBR", 35), Share(JUNE, "NOR", 30))
    )
    edition = Edition(made, sums_of_table([MAY, JUNE]), release(1, **{"mines": 117, "mines / June": 105}))
    (found,) = list_exposures([edition])
    assert found == Exposure("POL", None, (1,), (MAY,), 12, 12, 12)
    assert str(found) == "Anybody can tell that POL contributes exactly 12 in mines / May."


def test_a_partner_takes_its_own_part_off() -> None:
    made = Contributions((Share(MAY, "FRA", 40), Share(MAY, "GBR", 35)))
    edition = Edition(made, (PublishedSum("mines", frozenset({MAY})),), release(1, mines=75))
    assert list_exposures([edition]) == (
        Exposure("FRA", "GBR", (1,), (MAY,), 40, 40, 40),
        Exposure("GBR", "FRA", (1,), (MAY,), 35, 35, 35),
    )


def test_a_change_of_one_nation_is_the_difference_of_two_numbers() -> None:
    sums = (PublishedSum("mines", frozenset({MAY})),)
    before = Contributions((Share(MAY, "FRA", 40), Share(MAY, "GBR", 35), Share(MAY, "NOR", 30)))
    after = Contributions((Share(MAY, "FRA", 60), Share(MAY, "GBR", 35), Share(MAY, "NOR", 30)))
    editions = [Edition(before, sums, release(1, mines=105)), Edition(after, sums, release(2, mines=125))]
    assert list_exposures(editions[:1]) == ()
    assert list_exposures(editions) == (Exposure("FRA", None, (1, 2), (MAY,), 20, 20, 20),)
    assert str(list_exposures(editions)[0]) == "Anybody can tell that FRA changes by exactly 20 in mines / May."
