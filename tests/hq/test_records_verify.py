"""Verifying journals that somebody tampered with: every fault is found, and named where it is."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hq.journals import HEAD, journal, read_lines, tampered, told, verified, written
from muster.hq.records.body import Absence
from muster.hq.records.checkpoint import Checkpoint
from muster.hq.records.clock import HybridTime
from muster.hq.records.findings import Finding
from muster.hq.records.journal_file import Entry, JournalHead, JournalRefused, open_journal, write_journal
from muster.hq.records.keys import fingerprint
from muster.hq.records.verify import NoJournal, verify_journal

LINE = {1: 1, 2: 2, 3: 3, 4: 5, 5: 6, 6: 8, 7: 9}
"""Line of each event; the head is line 0, checkpoints are lines 4, 7 and 10."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "kyi.jsonl.gz", journal())


def edited(path: Path, line: int, old: bytes, new: bytes) -> Path:
    def change(lines: list[bytes]) -> list[bytes]:
        assert lines[line].count(old) == 1
        return [*lines[:line], lines[line].replace(old, new), *lines[line + 1 :]]

    return tampered(path, change)


def rehashed(
    entries: list[Entry | Checkpoint], sequence: int, change: Callable[[Entry], Entry]
) -> list[Entry | Checkpoint]:
    """The journal after somebody changed an event and worked out all hashes after it again, without the key."""
    previous = bytes(32)
    changed: list[Entry | Checkpoint] = []
    for entry in entries:
        if isinstance(entry, Checkpoint):
            changed.append(entry)
            continue
        one = change(entry) if entry.event.sequence == sequence else entry
        text = json.dumps(one.event.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        own = sha256(b"muster/records/event/1\n" + previous + text.encode()).digest()
        changed.append(replace(one, previous=previous, hash=own))
        previous = own
    return changed


def test_a_sound_journal_has_no_findings_and_says_how_far_it_is_sealed(path: Path) -> None:
    result = verified(path)
    last = journal()[-2]
    assert isinstance(last, Entry)
    assert result.findings == ()
    assert (result.site, result.events, result.last, result.sealed_to, result.not_yet_sealed) == ("KYI", 7, 7, 7, 0)
    assert (result.sealed_hash, result.sealed_at) == (last.hash.hex(), "2026-10-04T12:00:02.000000Z")


def test_events_after_the_last_checkpoint_are_told_and_no_fault(tmp_path: Path) -> None:
    result = verified(written(tmp_path / "kyi.jsonl.gz", journal(unsigned=1)))
    assert (result.findings, result.sealed_to, result.not_yet_sealed) == ((), 5, 2)


def test_a_journal_that_nobody_signed_proves_nothing(tmp_path: Path) -> None:
    result = verified(written(tmp_path / "kyi.jsonl.gz", journal(unsigned=3)))
    assert [finding.message for finding in result.findings] == [
        "KYI#7 and the events before are under no checkpoint, so nothing is proved."
    ]


def test_an_empty_journal_has_no_findings(tmp_path: Path) -> None:
    result = verified(written(tmp_path / "kyi.jsonl.gz", []))
    assert (result.findings, result.events, result.sealed_to) == ((), 0, 0)


def test_withheld_and_purged_bodies_are_told_and_no_fault(tmp_path: Path) -> None:
    absent = {2: Absence.WITHHELD, 4: Absence.PURGED, 5: Absence.WITHHELD}
    entries = [
        entry.without_body(absent[entry.event.sequence])
        if isinstance(entry, Entry) and entry.event.sequence in absent
        else entry
        for entry in journal()
    ]
    path = written(tmp_path / "kyi.jsonl.gz", entries)
    result = verified(path)
    assert (result.findings, result.withheld, result.purged) == ((), (2, 5), (4,))
    assert b"hot line" not in gzip.decompress(path.read_bytes())


def test_an_altered_header_is_one_finding_at_its_place(path: Path) -> None:
    result = verified(edited(path, LINE[3], b'"verb":"offer_withdrawn"', b'"verb":"offer_confirmed"'))
    assert result.findings == (
        Finding("header", "KYI#3", "KYI#3 is altered: its header and the hash before do not give its hash.", 4),
    )


def test_an_altered_body_is_one_finding_at_its_place(path: Path) -> None:
    result = verified(edited(path, LINE[2], b'"after":3', b'"after":9'))
    assert result.findings == (
        Finding("body", "KYI#2", "KYI#2 has another body or salt than its header is the digest of.", 3),
    )


def test_a_body_under_the_salt_of_another_is_found(path: Path) -> None:
    salts = [json.loads(read_lines(path)[LINE[sequence]])["content"]["salt"].encode() for sequence in (1, 2)]
    assert told(verified(edited(path, LINE[2], salts[1], salts[0]))) == [("body", "KYI#2")]


def test_an_altered_sequence_is_found_where_the_chain_says_it_stands(path: Path) -> None:
    result = verified(edited(path, LINE[4], b'"sequence":4', b'"sequence":9'))
    assert told(result) == [("header", "KYI#4"), ("sequence", "KYI#4")]


def test_an_altered_hash_or_link_does_not_spread_to_events_after(path: Path) -> None:
    lines = [json.loads(line) for line in read_lines(path)]
    own, link = lines[LINE[5]]["hash"].encode(), lines[LINE[5]]["previous"].encode()
    other = b"f" * 64
    assert told(verified(edited(path, LINE[5], own, other))) == [("header", "KYI#5")]
    assert told(verified(edited(edited(path, LINE[5], other, own), LINE[5], link, other))) == [
        ("header", "KYI#5"),
        ("chain", "KYI#5"),
    ]


def test_a_dropped_event_is_missing(path: Path) -> None:
    result = verified(tampered(path, lambda lines: lines[: LINE[5]] + lines[LINE[5] + 1 :]))
    assert told(result) == [("sequence", "KYI#5")]
    assert result.findings[0].message == "KYI#5 is missing before its checkpoint."


def test_dropped_events_are_missing_together(path: Path) -> None:
    result = verified(tampered(path, lambda lines: [*lines[:1], *lines[3:]]))
    assert [finding.message for finding in result.findings] == ["KYI#1 to KYI#2 are missing before KYI#3."]


def test_a_gap_before_a_checkpoint_does_not_spread_to_events_after_it(path: Path) -> None:
    result = verified(tampered(path, lambda lines: [*lines[:5], *lines[7:]]))
    assert [finding.message for finding in result.findings] == ["KYI#4 to KYI#5 are missing before its checkpoint."]
    assert result.sealed_to == 7


def test_swapped_events_are_found(path: Path) -> None:
    result = verified(tampered(path, lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]))
    assert [finding.message for finding in result.findings] == [
        "KYI#1 is missing before KYI#2.",
        "KYI#1 stands after KYI#2.",
    ]


def test_a_repeated_event_is_found(path: Path) -> None:
    repeated = verified(tampered(path, lambda lines: [*lines[:3], lines[2], *lines[3:]]))
    assert [finding.message for finding in repeated.findings] == ["KYI#2 is there more than once."]


def test_a_second_event_of_a_sequence_is_found(tmp_path: Path) -> None:
    entries = journal()
    other = rehashed(entries, 2, lambda entry: replace(entry, event=replace(entry.event, verb="offer_forged")))[1]
    result = verified(written(tmp_path / "kyi.jsonl.gz", [*entries[:2], other, *entries[2:]]))
    assert [finding.message for finding in result.findings] == ["KYI#2 is there more than once."]


def test_a_header_changed_with_every_hash_after_it_fails_the_next_checkpoint(tmp_path: Path) -> None:
    entries = rehashed(journal(), 4, lambda entry: replace(entry, event=replace(entry.event, verb="note_removed")))
    result = verified(written(tmp_path / "kyi.jsonl.gz", entries))
    assert told(result) == [("checkpoint", "KYI#5"), ("checkpoint", "KYI#7")]
    assert result.findings[0].message == "KYI#5 is not what was signed: it, or an event since KYI#4, is another."
    assert result.sealed_to == 3


def test_time_that_goes_backwards_is_found(tmp_path: Path) -> None:
    early = HybridTime(journal_time(2).wall_ms, 0)
    entries = rehashed(journal(), 4, lambda entry: replace(entry, event=replace(entry.event, time=early)))
    result = verified(written(tmp_path / "kyi.jsonl.gz", entries))
    assert told(result)[0] == ("time", "KYI#4")
    assert result.findings[0].message == (
        "KYI#4 is at 2026-10-04T12:00:02.000Z+000000, not later than 2026-10-04T12:00:03.000Z+000000 of one before it."
    )


def journal_time(sequence: int) -> HybridTime:
    return next(e.event.time for e in journal() if isinstance(e, Entry) and e.event.sequence == sequence)


def test_an_event_of_another_site_is_found(tmp_path: Path) -> None:
    entries = rehashed(journal(), 2, lambda entry: replace(entry, event=replace(entry.event, site="PAR")))
    result = verified(written(tmp_path / "kyi.jsonl.gz", entries))
    assert told(result)[0] == ("site", "KYI#2")


def test_a_forged_signature_and_a_missing_one_are_found(path: Path) -> None:
    signature = json.loads(read_lines(path)[7])["signature"].encode()
    result = verified(edited(path, 7, signature, b"ab" * 64))
    assert [finding.message for finding in result.findings] == [
        "KYI#5 has a checkpoint whose signature is not of this key."
    ]
    result = verified(edited(path, 7, b"ab" * 64, b""))
    assert [finding.message for finding in result.findings] == ["KYI#5 has a checkpoint without a signature."]
    assert result.sealed_to == 7


def test_a_checkpoint_that_was_moved_is_found(path: Path) -> None:
    result = verified(tampered(path, lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]]))
    assert told(result) == [("checkpoint", "KYI#3")]


def test_a_journal_signed_with_another_key_is_found(tmp_path: Path) -> None:
    forger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    path = tmp_path / "kyi.jsonl.gz"
    write_journal(path, JournalHead("KYI", fingerprint(forger.public_key())), journal())
    result = verified(path)
    assert told(result) == [("key", "KYI")]
    assert told(verify_journal(path, forger.public_key())) == [
        ("signature", "KYI#3"), ("signature", "KYI#5"), ("signature", "KYI#7"),
    ]  # fmt: skip


def test_a_line_that_cannot_be_read_is_named_by_the_event_that_is_missing(path: Path) -> None:
    result = verified(edited(path, LINE[2], b'"header":{', b'"header":['))
    assert told(result) == [("readable", "KYI#2")]


def test_another_spelling_of_a_line_is_found(path: Path) -> None:
    assert told(verified(edited(path, LINE[2], b'"sequence":2', b'"sequence": 2'))) == [("readable", "KYI#2")]
    assert told(verified(edited(path, LINE[4], b'"content":{', b'"content":{"salt":"",'))) == [
        ("readable", "KYI#2"), ("readable", "KYI#4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"", b"not gzip", gzip.compress(b"", mtime=0), gzip.compress(b"{}\n", mtime=0), gzip.compress(b"\xff", mtime=0)],
)
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.gz"
    path.write_bytes(content)
    with pytest.raises(NoJournal):
        verified(path)


def test_a_file_that_was_cut_off_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(NoJournal, match="is not whole gzip"):
        verified(path)


def test_a_journal_of_a_later_format_is_refused(path: Path) -> None:
    with pytest.raises(NoJournal, match='is of format "muster-records/2", not muster-records/1'):
        verified(edited(path, 0, b"muster-records/1", b"muster-records/2"))


def test_a_journal_comes_back_from_its_file(path: Path) -> None:
    with open_journal(path) as (head, entries):
        assert head == HEAD
        assert list(entries) == journal()


def test_a_damaged_line_is_refused_when_it_is_its_turn(path: Path) -> None:
    edited(path, LINE[4], b'"verb"', b'"word"')
    with open_journal(path) as (_, entries), pytest.raises(JournalRefused, match="line 6"):
        list(entries)


def test_an_export_that_fails_leaves_the_file_before(path: Path) -> None:
    before = path.read_bytes()

    def failing() -> Iterator[Entry | Checkpoint]:
        yield journal()[0]
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        write_journal(path, HEAD, failing())
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_equal_journals_are_equal_files(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name, journal()) for name in ("a.gz", "b.gz"))
    assert one.read_bytes() == other.read_bytes()
