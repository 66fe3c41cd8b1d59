import pytest

from muster.disclosure import Band, band_interval, band_of


def test_a_need_of_a_hundred_is_told_in_quarters() -> None:
    told = {covered: band_of(covered, 100) for covered in (0, 24, 25, 99, 100, 124, 125)}
    assert told == {
        0: Band.UNMET,
        24: Band.UNMET,
        25: Band.PARTLY,
        99: Band.PARTLY,
        100: Band.MET,
        124: Band.MET,
        125: Band.SURPLUS,
    }


def test_no_surplus_is_told_where_few_contribute() -> None:
    assert band_of(900, 100, tells_surplus=False) is Band.MET
    assert band_interval(Band.MET, 100, tells_surplus=False) == (100, None)
    assert band_interval(Band.MET, 100) == (100, 124)


@pytest.mark.parametrize("tells_surplus", [True, False])
@pytest.mark.parametrize("needed", [1, 2, 3, 4, 5, 7, 100])
def test_the_interval_of_a_band_is_all_that_falls_into_it(needed: int, tells_surplus: bool) -> None:
    for band in Band:
        inside = [x for x in range(3 * needed) if band_of(x, needed, tells_surplus=tells_surplus) is band]
        low, high = band_interval(band, needed, tells_surplus=tells_surplus)
        if band is not Band.SURPLUS or tells_surplus:
            assert inside == list(range(low, 3 * needed if high is None else high + 1))
