from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.measures import DayMark, DayOffset, Period, Timeline, UnreadableOffset, date_time_group


def test_offset_with_time_of_day_counts_minutes() -> None:
    assert DayOffset.parse("C+12 06:30") == DayOffset(DayMark.C, 12 * 1440 + 390)


def test_offset_before_its_mark_keeps_the_clock_running_forward() -> None:
    assert DayOffset.parse("G-3 06:00") == DayOffset(DayMark.G, -3 * 1440 + 360)
    assert str(DayOffset.parse("G-3 06:00")) == "G-3 06:00"


@given(st.sampled_from(DayMark), st.integers(-9999 * 1440, 9999 * 1440))
def test_offset_reads_what_it_writes(mark: DayMark, offset_min: int) -> None:
    offset = DayOffset(mark, offset_min)
    assert DayOffset.parse(str(offset)) == offset


@pytest.mark.parametrize("text", ["", "12", "X+3", "C12", "C+3 24:00", "C+3 10:61", "C+3 1:00", "C+12345"])
def test_offset_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(UnreadableOffset) as refused:
        DayOffset.parse(text)
    assert refused.value.text == text


def test_marks_and_date_turn_offsets_into_instants() -> None:
    timeline = Timeline(g_day_min=-10 * 1440, d_day_min=30 * 1440, c_day=date(2027, 3, 1))
    assert timeline.minute(DayOffset.parse("G+3")) == -7 * 1440
    assert timeline.minute(DayOffset.parse("D-1 12:00")) == 29 * 1440 + 720
    assert timeline.instant(720) == datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    assert timeline.label(720) == "011200Z MAR 27"


def test_without_a_date_minutes_stay_offsets() -> None:
    assert Timeline().instant(5) is None
    assert Timeline().label(1500) == "C+1 01:00"


def test_date_time_group_is_zulu() -> None:
    assert date_time_group(datetime(2026, 11, 24, 15, 30, tzinfo=UTC)) == "241530Z NOV 26"


def test_period_is_half_open() -> None:
    period = Period(10, 20)
    assert (period.contains(10), period.contains(20)) == (True, False)
    assert (period.overlaps(Period(20, 30)), period.overlaps(Period(19, 30))) == (False, True)
    with pytest.raises(ValueError, match="swap the two"):
        Period(20, 10)
