"""The journal in the database: sealed, exported, verified without it, and altered behind its back."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections
from django.test.utils import CaptureQueriesContext

from hq.seeded import AT, LABELS, seed
from muster.hq.records.sealing import export_journal, seal_new
from muster.hq.records.tail import Tail, look_at_tail
from muster.hq.records.verify import verify_journal

ALTER_BODY = (
    'UPDATE hq.records_bodyrow SET content = replace(content, \'"after":"4"\', \'"after":9\')'
    " WHERE event_id = (SELECT id FROM hq.records_eventrow WHERE sequence = 3)"
)
KEY = Ed25519PrivateKey.from_private_bytes(secrets.token_bytes(32))


@pytest.fixture
def written(headquarters: Path) -> Iterator[None]:
    """Offers of which the journal stays, as it must; what the tests before left is gone."""
    _empty()
    seed()
    yield
    _empty()


def _empty() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE hq.scenario_row, hq.records_bodyrow, hq.records_eventrow, hq.records_sealrow,"
            " hq.records_checkpointrow; UPDATE hq.records_site SET last_sequence = 0, last_time = ''"
        )


def test_what_was_written_is_sealed_exported_and_verified(written: None, tmp_path: Path) -> None:
    assert (seal_new(KEY, at=AT), seal_new(KEY, at=AT)) == (len(LABELS), 0)
    journal = tmp_path / "journal.gz"
    assert export_journal(journal, KEY.public_key()) == len(LABELS)
    verified = verify_journal(journal, KEY.public_key())
    assert (list(verified.findings), verified.sealed_to) == ([], len(LABELS))


@pytest.mark.parametrize(
    ("altered", "place", "rule"),
    [
        ("UPDATE hq.records_eventrow SET actor = 'LNO-GBR' WHERE sequence = 2", "PAR#2", "header"),
        (ALTER_BODY, "PAR#3", "body"),
    ],
)
def test_what_was_altered_by_whoever_owns_the_database_is_found(
    written: None, tmp_path: Path, altered: str, place: str, rule: str
) -> None:
    seal_new(KEY, at=AT)
    with connections["owner"].cursor() as cursor:
        cursor.execute(altered)
    export_journal(tmp_path / "journal.gz", KEY.public_key())
    found = verify_journal(tmp_path / "journal.gz", KEY.public_key()).findings
    assert [finding.place for finding in found] == [place]
    assert rule in f"{found[0].rule} {found[0].message}"


@pytest.mark.parametrize(
    ("altered", "event"),
    [
        ("UPDATE hq.records_eventrow SET actor = 'LNO-GBR' WHERE sequence = 2", 2),
        (ALTER_BODY, 3),
        ("UPDATE hq.records_sealrow SET hash = decode(repeat('00', 32), 'hex') WHERE sequence = 1", 1),
        ("UPDATE hq.records_checkpointrow SET signature = decode(repeat('00', 64), 'hex')", len(LABELS)),
        ("UPDATE hq.records_checkpointrow SET hash = decode(repeat('00', 32), 'hex')", len(LABELS)),
        ("DELETE FROM hq.records_checkpointrow", len(LABELS)),
    ],
)
def test_what_was_altered_at_the_end_is_found_without_an_export(written: None, altered: str, event: int) -> None:
    assert look_at_tail(KEY.public_key()) == Tail(len(LABELS), 0, AT, None)
    seal_new(KEY, at=AT)
    assert look_at_tail(KEY.public_key()) == Tail(len(LABELS), len(LABELS), None, None)
    with connections["owner"].cursor() as cursor:
        cursor.execute(altered)
    assert look_at_tail(KEY.public_key()).broken_at == event


def test_the_end_is_looked_at_without_the_beginning(written: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.hq.records.tail.LOOKED_AT", 2)
    seal_new(KEY, at=AT)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE hq.records_eventrow SET actor = 'LNO-GBR' WHERE sequence = 2")
        assert look_at_tail(KEY.public_key()).broken_at is None
        cursor.execute("UPDATE hq.records_eventrow SET actor = 'LNO-POL' WHERE sequence = 3")
    assert look_at_tail(KEY.public_key()).broken_at == 3


def test_an_export_reads_in_batches_and_seals_go_on_across_them(
    written: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster.hq.records.sealing.BATCH", 3)
    assert seal_new(KEY, at=AT) == len(LABELS)
    with CaptureQueriesContext(connections["sync"]) as queries:
        export_journal(tmp_path / "journal.gz", KEY.public_key())
    assert len([query for query in queries if "records_eventrow" in query["sql"]]) == 2
    verified = verify_journal(tmp_path / "journal.gz", KEY.public_key())
    assert (list(verified.findings), verified.events, verified.sealed_to) == ([], len(LABELS), len(LABELS))


TAKE_BODY = "DELETE FROM hq.records_bodyrow WHERE event_id IN (SELECT id FROM hq.records_eventrow WHERE sequence = 2)"
TAKE_EVENT = f"{TAKE_BODY}; DELETE FROM hq.records_eventrow WHERE sequence = 2"


@pytest.mark.parametrize(
    ("taken", "found", "purged"),
    [(TAKE_BODY, 0, 1), (TAKE_EVENT, 1, 0)],
)
def test_what_was_taken_out_is_exported_as_a_gap(
    written: None, tmp_path: Path, taken: str, found: int, purged: int
) -> None:
    seal_new(KEY, at=AT)
    with connections["owner"].cursor() as cursor:
        cursor.execute(taken)
    export_journal(tmp_path / "journal.gz", KEY.public_key())
    verified = verify_journal(tmp_path / "journal.gz", KEY.public_key())
    assert (len(verified.findings), len(verified.purged)) == (found, purged), verified


def test_events_that_come_after_go_on_with_the_chain(written: None, tmp_path: Path) -> None:
    seal_new(KEY, at=AT)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE hq.scenario_row SET name = name || '-OLD'")
    seed()
    assert seal_new(KEY, at=AT) == len(LABELS)
    export_journal(tmp_path / "journal.gz", KEY.public_key())
    assert not verify_journal(tmp_path / "journal.gz", KEY.public_key()).findings


def test_whoever_seals_writes_no_event(written: None) -> None:
    with connections["sync"].cursor() as cursor:
        for statement in (
            "UPDATE hq.records_eventrow SET actor = 'nobody'",
            "DELETE FROM hq.records_bodyrow",
            "SELECT * FROM hq.scenario_row",
            "UPDATE hq.records_sealrow SET hash = ''",
        ):
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(statement)
