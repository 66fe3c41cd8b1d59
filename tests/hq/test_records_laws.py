"""Laws of journals: nothing can be changed unseen, and what may go leaves no mark."""

import gzip
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from hq.journals import STORY, journal, read_lines, told, verified, written
from muster.hq.records.body import Absence
from muster.hq.records.findings import Verified
from muster.hq.records.journal_file import Entry

EVENTS = range(1, len(STORY) + 1)


@cache
def sound() -> tuple[bytes, ...]:
    """Lines of the sound journal."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(read_lines(written(Path(folder) / "kyi.jsonl.gz", journal())))


def is_event(line: bytes) -> bool:
    return line.startswith(b'{"content":')


EVENT_LINES = [number for number, line in enumerate(sound()) if is_event(line)]
CHECKPOINT_LINES = {4: 3, 7: 5, 10: 7}
"""Sequence that each line with a checkpoint covers."""


def result_of(lines: Sequence[bytes]) -> Verified:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kyi.jsonl.gz"
        path.write_bytes(gzip.compress(b"".join(lines), 1))
        return verified(path)


def with_byte(line: int, offset: int, byte: int) -> list[bytes]:
    lines = list(sound())
    changed = bytearray(lines[line])
    offset %= len(changed) - 1  # the end of the line stays
    assume(changed[offset] != byte)
    changed[offset] = byte
    lines[line] = bytes(changed)
    return lines


@given(st.sampled_from(EVENTS), st.integers(0, 10_000), st.integers(0, 255))
def test_any_byte_of_an_event_that_is_changed_is_found_at_its_place(sequence: int, offset: int, byte: int) -> None:
    result = result_of(with_byte(EVENT_LINES[sequence - 1], offset, byte))
    assert {place for _, place in told(result)} == {f"KYI#{sequence}"}


@given(st.sampled_from(sorted(CHECKPOINT_LINES)), st.integers(0, 10_000), st.integers(0, 255))
def test_any_byte_of_a_checkpoint_that_is_changed_is_found_at_its_place(line: int, offset: int, byte: int) -> None:
    result = result_of(with_byte(line, offset, byte))
    assert {place for _, place in told(result)} == {f"KYI#{CHECKPOINT_LINES[line]}"}


@given(st.dictionaries(st.sampled_from(EVENTS), st.sampled_from(Absence)))
def test_withholding_or_purging_any_bodies_leaves_a_journal_that_verifies(absent: dict[int, Absence]) -> None:
    entries = [
        entry.without_body(absent[entry.event.sequence])
        if isinstance(entry, Entry) and entry.event.sequence in absent
        else entry
        for entry in journal()
    ]
    with tempfile.TemporaryDirectory() as folder:
        result = verified(written(Path(folder) / "kyi.jsonl.gz", entries))
    assert (result.findings, result.sealed_to) == ((), len(STORY))
    assert result.withheld == tuple(sorted(s for s, absence in absent.items() if absence is Absence.WITHHELD))
    assert result.purged == tuple(sorted(s for s, absence in absent.items() if absence is Absence.PURGED))


@given(st.sets(st.sampled_from(EVENTS), min_size=1))
def test_dropping_any_sealed_events_is_found_where_the_first_is_missing(dropped: set[int]) -> None:
    gone = {EVENT_LINES[sequence - 1] for sequence in dropped}
    result = result_of([line for number, line in enumerate(sound()) if number not in gone])
    assert told(result)[0] == ("sequence", f"KYI#{min(dropped)}")


@given(st.permutations(EVENTS))
def test_any_other_order_of_events_is_found_where_it_begins(order: list[int]) -> None:
    assume(order != list(EVENTS))
    lines = list(sound())
    for number, sequence in zip(EVENT_LINES, order, strict=True):
        lines[number] = sound()[EVENT_LINES[sequence - 1]]
    first = next(sequence for sequence, found in zip(EVENTS, order, strict=True) if sequence != found)
    assert told(result_of(lines))[0] == ("sequence", f"KYI#{first}")


@given(st.sampled_from(EVENTS), st.integers(0, 10))
def test_an_event_that_is_repeated_later_is_found(sequence: int, later: int) -> None:
    number = EVENT_LINES[sequence - 1]
    at = min(number + 1 + later, len(sound()))
    result = result_of([*sound()[:at], sound()[number], *sound()[at:]])
    assert told(result) == [("sequence", f"KYI#{sequence}")]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=7))
def test_any_batches_give_a_journal_that_verifies(sizes: list[int]) -> None:
    batches: list[int] = []
    for size in [*sizes, *[1] * len(STORY)]:
        batches.append(min(size, len(STORY) - sum(batches)))
    with tempfile.TemporaryDirectory() as folder:
        result = verified(written(Path(folder) / "kyi.jsonl.gz", journal(batches=[size for size in batches if size])))
    assert (result.findings, result.sealed_to, result.events) == ((), len(STORY), len(STORY))
