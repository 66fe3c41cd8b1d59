"""Chaining, signing and key files; the format is pinned by bytes that are written out here."""

from dataclasses import replace
from datetime import timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from hq.journals import AT, KEY, STORY, event, journal, salt
from muster.hq.records.body import SaltedBody
from muster.hq.records.chain import SealRefused, Tip, seal
from muster.hq.records.checkpoint import Checkpoint, sign
from muster.hq.records.event import Event, EventRefused
from muster.hq.records.journal_file import Entry
from muster.hq.records.keys import (
    KeyRefused,
    fingerprint,
    load_public_key,
    load_site_key,
    make_site_key,
    public_key_pem,
)

EVENTS = [event(sequence, verb, SaltedBody(salt(sequence), body)) for sequence, (verb, body) in enumerate(STORY, 1)]
SALT = bytes.fromhex("000102030405060708090a0b0c0d0e0f")


def test_the_hash_of_an_event_is_the_one_in_the_documentation() -> None:
    content = SaltedBody(SALT, STORY[1][1])
    digest = sha256(
        SALT
        + b'{"changes":[{"after":3,"base_version":1,"before":2,"field":"battalions"}],"facts":{},"seen":{"PAR":17}}'
    ).hexdigest()
    header = (
        '{"actor":"post:FRA-LNO","body_digest":"' + digest + '","label":"FRA/restricted/FRA+GBR",'
        '"object_id":"6f1c2f0e-0b5c-4d55-9c5e-2f6d6f0a1b2c","object_kind":"plans.offer","sequence":1,"site":"KYI",'
        '"time":"2026-10-04T12:00:01.000Z+000000","verb":"offer_changed"}'
    )
    expected = sha256(b"muster/records/event/1\n" + 32 * b"\x00" + header.encode("utf-8")).digest()
    assert seal(Tip.start("KYI"), [event(1, "offer_changed", content)]).hashes == (expected,)
    assert expected.hex() == "c3ac4db060e4d385921e8cf764c5cf13b2eee738aeccb52ea722d4ececfb88b3"


def test_the_signature_of_a_checkpoint_is_over_bytes_in_the_documentation() -> None:
    sealed = seal(Tip.start("KYI"), EVENTS[:2])
    checkpoint = sign(sealed, key=KEY, at=AT)
    signed = (
        b'muster/records/checkpoint/1\n{"hash":"' + sealed.hashes[1].hex().encode() + b'",'
        b'"sealed_at":"2026-10-04T12:00:00.000000Z","sequence":2,"site":"KYI"}'
    )
    assert checkpoint == Checkpoint("KYI", 2, sealed.hashes[1], AT, KEY.sign(signed))


def test_batches_of_any_size_give_the_same_chain() -> None:
    whole = [entry for entry in journal(batches=(7,)) if isinstance(entry, Entry)]
    for batches in ((1,) * 7, (3, 4), (6, 1)):
        assert [entry for entry in journal(batches=batches) if isinstance(entry, Entry)] == whole


def test_a_batch_goes_on_from_the_end_of_the_chain() -> None:
    first = seal(Tip.start("KYI"), EVENTS[:3])
    assert first.tip == Tip("KYI", 3, EVENTS[2].time, first.hashes[2])
    assert seal(first.tip, EVENTS[3:]).tip.sequence == 7


@pytest.mark.parametrize(
    ("before", "events", "message"),
    [
        (Tip.start("KYI"), [], "Event KYI#1 is not there yet"),
        (Tip.start("PAR"), EVENTS[:1], "Event KYI#1 is of another site than the chain of PAR"),
        (Tip.start("KYI"), EVENTS[1:], "Event KYI#2 does not follow KYI#0"),
        (Tip.start("KYI"), [EVENTS[0], EVENTS[0]], "Event KYI#1 does not follow KYI#1"),
        (
            Tip.start("KYI"),
            [EVENTS[0], replace(EVENTS[1], time=EVENTS[0].time)],
            "Event KYI#2 is at 2026-10-04T12:00:01.000Z\\+000000, not later than the event before",
        ),
    ],
)  # fmt: skip
def test_events_that_do_not_continue_the_chain_are_not_sealed(before: Tip, events: list[Event], message: str) -> None:
    with pytest.raises(SealRefused, match=message):
        seal(before, events)


def test_a_checkpoint_is_signed_at_an_aware_instant_of_utc() -> None:
    sealed = seal(Tip.start("KYI"), EVENTS)
    for at in (AT.replace(tzinfo=None), AT.astimezone(timezone(timedelta(hours=2)))):
        with pytest.raises(EventRefused, match="KYI#7 has a checkpoint at a time that is not UTC"):
            sign(sealed, key=KEY, at=at)


def test_a_key_file_is_for_its_owner_and_written_once(tmp_path: Path) -> None:
    path = tmp_path / "kyi.key"
    key = make_site_key(path, bytes(range(32)))
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_site_key(path).private_bytes_raw() == key.private_bytes_raw() == bytes(range(32))
    with pytest.raises(KeyRefused, match="is there already"):
        make_site_key(path, bytes(32))
    assert load_site_key(path).private_bytes_raw() == bytes(range(32))
    assert [found.name for found in tmp_path.iterdir()] == ["kyi.key"]


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kyi.key"
    make_site_key(path, bytes(range(32)))
    path.chmod(0o640)
    with pytest.raises(KeyRefused, match="may be read by others than its owner; run: chmod 600"):
        load_site_key(path)


def test_a_public_key_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "kyi.pub"
    path.write_bytes(public_key_pem(KEY.public_key()))
    assert load_public_key(path) == KEY.public_key()
    assert fingerprint(KEY.public_key()) == sha256(KEY.public_key().public_bytes_raw()).hexdigest()


def test_a_file_that_holds_another_thing_than_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kyi.key"
    path.touch(0o600)
    path.write_bytes(public_key_pem(KEY.public_key()))
    with pytest.raises(KeyRefused, match="holds no Ed25519 private key"):
        load_site_key(path)
    make_site_key(tmp_path / "other.key", bytes(32))
    with pytest.raises(KeyRefused, match="holds no Ed25519 public key"):
        load_public_key(tmp_path / "other.key")
