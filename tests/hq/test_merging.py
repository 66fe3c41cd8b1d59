"""What comes of writes that had not seen each other: the same in any order, and nothing dropped without a record."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.hq.records.clock import HybridTime, receive, tick
from muster.hq.sites.merging import Conflict, Place, Write, merge

SITES = ("KYI", "LON", "PAR")
FIELDS = ("quantity", "size")


@dataclass
class Site:
    """A site that writes, and hears of others."""

    code: str
    skew_ms: int
    time: HybridTime | None = None

    def __post_init__(self) -> None:
        self.has = dict.fromkeys(SITES, 0)
        self.writes: dict[Place, Write] = {}

    def write(self, field: str, value: int, now_ms: int) -> None:
        self.time = tick(self.time, max(now_ms + self.skew_ms, 0))
        self.has[self.code] += 1
        seen = {site: last for site, last in self.has.items() if site != self.code and last}
        made = Write(field, value, self.time, Place(self.code, self.has[self.code]), seen)
        self.writes[made.place] = made

    def hear(self, other: "Site", now_ms: int) -> None:
        """Hear of all that another site has; causes come with what they caused."""
        self.writes.update(other.writes)
        for site, last in other.has.items():
            self.has[site] = max(self.has[site], last)
        if other.time is not None:
            self.time = receive(self.time, other.time, max(now_ms + self.skew_ms, 0))


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(SITES), st.sampled_from(FIELDS), st.integers(0, 3)),
        st.tuples(st.sampled_from(SITES), st.sampled_from(SITES)),
    ),
    max_size=40,
)
skews = st.tuples(*(st.integers(-5000, 5000) for _ in SITES))


def played(skew: tuple[int, ...], story: list[tuple[object, ...]]) -> dict[str, Site]:
    sites = {code: Site(code, by) for code, by in zip(SITES, skew, strict=True)}
    for now, step in enumerate(story):
        if len(step) == 3:
            sites[str(step[0])].write(str(step[1]), int(str(step[2])), 10_000 + now)
        else:
            sites[str(step[0])].hear(sites[str(step[1])], 10_000 + now)
    return sites


def all_writes(sites: dict[str, Site]) -> list[Write]:
    return list({write.place: write for site in sites.values() for write in site.writes.values()}.values())


@settings(max_examples=300)
@given(skews, steps, st.randoms())
def test_any_order_of_arrival_comes_to_the_same(
    skew: tuple[int, ...], story: list[tuple[object, ...]], random: object
) -> None:
    writes = all_writes(played(skew, story))
    shuffled = [*writes, *writes[:3]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merge(writes)


@settings(max_examples=300)
@given(skews, steps)
def test_whoever_has_seen_a_write_comes_after_it(skew: tuple[int, ...], story: list[tuple[object, ...]]) -> None:
    writes = all_writes(played(skew, story))
    for write in writes:
        for other in writes:
            if write.has_seen(other):
                assert write.order > other.order
                assert not other.has_seen(write)


@settings(max_examples=300)
@given(skews, steps)
def test_a_write_is_shown_seen_by_a_later_one_or_on_record(
    skew: tuple[int, ...], story: list[tuple[object, ...]]
) -> None:
    writes = all_writes(played(skew, story))
    merged = merge(writes)
    recorded = {conflict.passed_over.place for conflict in merged.conflicts}
    for write in writes:
        of_field = [other for other in writes if other.field == write.field]
        later = [other for other in of_field if other.order > write.order]
        is_plain = all(other.has_seen(write) or other.value == write.value for other in later)
        assert is_plain == (write.place not in recorded)


@settings(max_examples=300)
@given(skews, steps)
def test_a_conflict_is_settled_only_by_who_had_seen_both(
    skew: tuple[int, ...], story: list[tuple[object, ...]]
) -> None:
    for conflict in merge(all_writes(played(skew, story))).conflicts:
        assert conflict.passed_over.value != conflict.standing.value
        assert not conflict.standing.has_seen(conflict.passed_over)
        assert not conflict.passed_over.has_seen(conflict.standing)
        if conflict.settled_by is not None:
            assert conflict.settled_by.has_seen(conflict.passed_over)
            assert conflict.settled_by.has_seen(conflict.standing)


def test_one_site_alone_has_no_conflicts() -> None:
    site = Site("PAR", 0)
    for number in range(5):
        site.write("quantity", number, 10)
    assert merge(site.writes.values()).conflicts == ()
    assert merge(site.writes.values()).values == {"quantity": 4}


def test_three_who_write_at_once_leave_two_on_record() -> None:
    sites = [Site(code, 0) for code in SITES]
    for number, site in enumerate(sites):
        site.write("quantity", number, 10 + number)
    merged = merge([write for site in sites for write in site.writes.values()])
    assert merged.values == {"quantity": 2}
    assert [(found.passed_over.value, found.standing.value) for found in merged.conflicts] == [(0, 1), (1, 2)]


def test_the_same_said_twice_is_no_conflict() -> None:
    first, second = Site("PAR", 0), Site("KYI", 0)
    first.write("quantity", 3, 10)
    second.write("quantity", 3, 11)
    merged = merge([*first.writes.values(), *second.writes.values()])
    assert merged.values == {"quantity": 3}
    assert list[Conflict](merged.conflicts) == []
