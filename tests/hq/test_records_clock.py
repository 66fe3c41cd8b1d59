"""Hybrid logical clocks: later, never behind the wall, and in the order of what caused what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.hq.records.clock import LAST_COUNTER, LAST_WALL_MS, HybridTime, TimeRefused, receive, tick

WALLS = st.integers(0, LAST_WALL_MS - 10)
TIMES = st.builds(HybridTime, WALLS, st.one_of(st.integers(0, LAST_COUNTER), st.just(LAST_COUNTER)))


def test_a_clock_follows_the_wall_and_counts_where_the_wall_stands_still_or_goes_back() -> None:
    first = tick(None, 1000)
    second = tick(first, 1000)
    third = tick(second, 400)
    assert [first, second, third] == [HybridTime(1000, 0), HybridTime(1000, 1), HybridTime(1000, 2)]
    assert tick(third, 1001) == HybridTime(1001, 0)


def test_what_arrives_from_a_site_ahead_takes_the_clock_with_it() -> None:
    ahead = HybridTime(5000, 7)
    assert receive(HybridTime(1000, 0), ahead, 1001) == HybridTime(5000, 8)
    assert receive(HybridTime(5000, 9), ahead, 1001) == HybridTime(5000, 10)
    assert receive(None, ahead, 6000) == HybridTime(6000, 0)


def test_a_counter_that_is_full_takes_the_next_millisecond() -> None:
    assert tick(HybridTime(1000, LAST_COUNTER), 1000) == HybridTime(1001, 0)


def test_the_text_is_an_instant_and_a_counter() -> None:
    time = HybridTime(1_791_115_200_123, 7)
    assert str(time) == "2026-10-04T12:00:00.123Z+000007"
    assert HybridTime.parse("2026-10-04T12:00:00.123Z+000007") == time


@pytest.mark.parametrize(
    "text",
    ["", "2026-10-04T12:00:00.123Z", "2026-10-04 12:00:00.123Z+000007", "2026-02-30T12:00:00.123Z+000007",
     "2026-10-04T12:00:00.123Z+000007\n", "2026-10-04T12:00:00.123Z+00000٧"],
)  # fmt: skip
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(TimeRefused):
        HybridTime.parse(text)


@given(TIMES, WALLS)
def test_a_tick_is_later_and_not_behind_the_wall(last: HybridTime, now_ms: int) -> None:
    time = tick(last, now_ms)
    assert time > last
    assert time.wall_ms >= now_ms


@given(TIMES, TIMES, WALLS)
def test_what_follows_a_message_is_later_than_it(last: HybridTime, received: HybridTime, now_ms: int) -> None:
    time = receive(last, received, now_ms)
    assert time > last
    assert time > received
    assert time.wall_ms >= now_ms
    assert time.wall_ms <= max(last.wall_ms, received.wall_ms, now_ms) + 1


@given(st.lists(st.tuples(st.sampled_from("kl"), st.booleans(), st.integers(0, 50)), max_size=30))
def test_two_sites_that_talk_never_contradict_what_caused_what(steps: list[tuple[str, bool, int]]) -> None:
    clocks: dict[str, HybridTime | None] = {"k": None, "l": None}
    for site, hears, now_ms in steps:
        other = clocks["l" if site == "k" else "k"]
        before = clocks[site]
        now = receive(before, other, now_ms) if hears and other is not None else tick(before, now_ms)
        assert before is None or now > before
        assert not hears or other is None or now > other
        clocks[site] = now


@given(TIMES, TIMES)
def test_texts_sort_as_their_times_do(one: HybridTime, other: HybridTime) -> None:
    assert HybridTime.parse(str(one)) == one
    assert (str(one) < str(other)) == (one < other)
