"""Keys that change: that of the context while requests go on, and that of the site with a journal that says so."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import DatabaseError, connection, connections, transaction

from hq.journals import AT as THEN
from hq.journals import KEY, event, salt, verified, written
from hq.seeded import AT, LABELS, account_of, look_as, seed, signed_in
from hq.test_records_in_database import _empty
from muster.cli import main
from muster.disclosure.labels import Label
from muster.hq.boundary.context import enter, signed
from muster.hq.boundary.key_in_use import key_in_use
from muster.hq.boundary.models import ContextKey
from muster.hq.boundary.selfcheck import list_weaknesses
from muster.hq.folder import NEXT_KEY_NAME, PUBLIC_KEY_NAME, SECRETS_NAME, SITE_KEY_NAME, note_founded
from muster.hq.founding import migrate
from muster.hq.keeping import rotating
from muster.hq.keeping.rotating import OUTLASTS, finish_hand_over, rotate_context_key, rotate_site_key
from muster.hq.people.models import OpenSession
from muster.hq.people.viewing import viewer_of
from muster.hq.records.body import Absence, Body, Change, SaltedBody
from muster.hq.records.chain import Tip, seal
from muster.hq.records.checkpoint import Checkpoint, sign
from muster.hq.records.hand_over import HANDED_OVER, SITE_KIND, handed_over, raw_hex, site_object
from muster.hq.records.journal_file import Entry
from muster.hq.records.keys import fingerprint, load_public_half, load_public_key, load_site_key
from muster.hq.records.models import EventRow
from muster.hq.records.sealing import KeyHandedOver, export_journal, seal_new
from muster.hq.records.tail import look_at_tail
from muster.hq.records.verify import verify_journal
from muster.hq.scenario.models import Row
from muster.hq.serving import make_keys


@pytest.fixture
def folder(headquarters: Path) -> Iterator[Path]:
    """A headquarters with offers, and the keys of before again afterwards."""
    _empty()
    kept = (headquarters / SECRETS_NAME).read_bytes()
    make_keys(headquarters)
    seed()
    yield headquarters
    _empty()
    OpenSession.objects.all().delete()
    (headquarters / SECRETS_NAME).write_bytes(kept)
    for name in (SITE_KEY_NAME, PUBLIC_KEY_NAME, NEXT_KEY_NAME, "backups.json"):
        (headquarters / name).unlink(missing_ok=True)
    migrate()
    ContextKey.objects.using("owner").exclude(key_id=key_in_use().key_id).delete()


def sees(context: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        enter(cursor, context)
        return Row.objects.count()


def test_a_request_that_began_with_the_key_before_ends_and_later_ones_use_the_new_one(folder: Path) -> None:
    account = account_of("J5-PLANS")
    before = key_in_use()
    under_way = signed(viewer_of(account), before, at=datetime.now(UTC))
    client = signed_in("LNO-FRA")
    assert client.get("/tables/offers").status_code == 200
    until = rotate_context_key(folder, at=datetime.now(UTC))
    assert key_in_use() != before
    assert client.get("/tables/offers").status_code == 200
    assert sees(under_way) == sees(signed(viewer_of(account), key_in_use(), at=datetime.now(UTC))) == len(LABELS)
    assert timedelta() < until - datetime.now(UTC) <= OUTLASTS
    assert dict(ContextKey.objects.using("owner").values_list("key_id", "good_until"))[before.key_id] == until
    assert list_weaknesses(connection) == ()


def test_the_key_before_is_good_for_nothing_when_its_contexts_have_expired_and_is_then_removed(folder: Path) -> None:
    before = key_in_use()
    long_ago = datetime.now(UTC) - OUTLASTS
    rotate_context_key(folder, at=long_ago)
    kept = signed(viewer_of(account_of("J5-PLANS")), before, at=datetime.now(UTC))
    with pytest.raises(DatabaseError, match="its key is not known"):
        sees(kept)
    rotate_context_key(folder, at=datetime.now(UTC))
    keys = set(ContextKey.objects.using("owner").values_list("key_id", flat=True))
    assert (before.key_id in keys, key_in_use().key_id in keys, len(keys)) == (False, True, 2)
    with transaction.atomic():
        look_as("LNO-POL")
        assert EventRow.objects.filter(verb="context_key_changed", actor="OPERATOR").count() == 2


def exported(folder: Path, to: Path) -> Path:
    export_journal(to, load_public_key(folder / PUBLIC_KEY_NAME))
    return to


def test_the_key_of_the_site_is_handed_over_and_the_first_public_key_verifies_all_of_it(
    folder: Path, tmp_path: Path
) -> None:
    first = load_site_key(folder / SITE_KEY_NAME)
    seal_new(first, at=AT)
    fresh = rotate_site_key(folder, at=AT)
    second = load_site_key(folder / SITE_KEY_NAME)
    assert fingerprint(second.public_key()) == fresh != fingerprint(first.public_key())
    assert load_public_key(folder / PUBLIC_KEY_NAME) == first.public_key()
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE hq.scenario_row SET name = name || '-OLD'")
    seed()
    with pytest.raises(KeyHandedOver, match="was handed over to another one"):
        seal_new(first, at=AT)
    seal_new(second, at=AT)
    third = rotate_site_key(folder, at=AT)
    result = verify_journal(exported(folder, tmp_path / "journal.gz"), first.public_key())
    over = len(LABELS) + 1
    assert result.findings == ()
    assert result.keys == ((over, fresh), (over + 2 + len(LABELS), third))
    assert result.sealed_to == result.last == 2 * len(LABELS) + 4
    assert look_at_tail(load_public_half(folder / SITE_KEY_NAME)).broken_at is None
    assert not (folder / NEXT_KEY_NAME).exists()


def test_a_hand_over_that_was_killed_is_finished_or_begun_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_site_key(folder / SITE_KEY_NAME)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for step in ("note", "seal_new", "_finish"):
        with monkeypatch.context() as broken:
            broken.setattr(rotating, step, killed)
            with pytest.raises(KeyboardInterrupt):
                rotate_site_key(folder, at=AT)
        waiting = load_public_half(folder / NEXT_KEY_NAME)
        finish_hand_over(folder, at=AT)
        now = load_public_half(folder / SITE_KEY_NAME)
        assert now == (waiting if step == "_finish" else first.public_key())
        if step == "seal_new":
            break
    seal_new(first, at=AT)
    finish_hand_over(folder, at=AT)
    assert load_public_half(folder / SITE_KEY_NAME) == waiting
    assert verify_journal(exported(folder, tmp_path / "journal.gz"), first.public_key()).findings == ()


OTHER = Ed25519PrivateKey.from_private_bytes(bytes(reversed(range(32))))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = Label.parse("MNF/open/ALL")


def over(key: Ed25519PrivateKey, to: Ed25519PublicKey) -> SaltedBody:
    changes = handed_over("KYI", key, to)
    return SaltedBody(salt(2), Body(tuple(Change(field, *values, 0) for field, values in changes.items())))


def journal_of(
    content: SaltedBody, *signers: Ed25519PrivateKey, absent: Absence | None = None
) -> list[Entry | Checkpoint]:
    """An offer, a hand-over, an offer; after each a checkpoint of the next of those who sign."""
    offer = SaltedBody(salt(1), Body())
    contents = [offer, content, offer]
    made: list[Entry | Checkpoint] = []
    tip = Tip.start("KYI")
    for sequence, (each, signer) in enumerate(zip(contents, signers, strict=True), 1):
        one = event(sequence, "offer_made", each)
        if each is content:
            one = replace(
                one, verb=HANDED_OVER, object_kind=SITE_KIND, object_id=site_object("KYI"), label=PUBLIC
            )  # fmt: skip
        sealed = seal(tip, [one])
        kept = absent if absent is not None and each is content else each
        made += [Entry(one, tip.hash, sealed.tip.hash, kept), sign(sealed, key=signer, at=THEN)]
        tip = sealed.tip
    return made


def findings(path: Path, entries: list[Entry | Checkpoint]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in verified(written(path, entries)).findings]


def test_a_hand_over_that_the_key_before_signed_is_accepted(tmp_path: Path) -> None:
    result = verified(written(tmp_path / "j", journal_of(over(KEY, OTHER.public_key()), KEY, KEY, OTHER)))
    assert (result.findings, result.keys) == ((), ((2, fingerprint(OTHER.public_key())),))


NOT_OF_KEY = "KYI#{} has a checkpoint whose signature is not of this key."


@pytest.mark.parametrize(
    ("content", "signers", "expected"),
    [
        # a key that was handed over by nobody
        (SaltedBody(salt(2), Body()), (KEY, KEY, STRANGER), [
            ("key", "KYI#2 hands the key of the site over, and does not say to which."),
            ("signature", NOT_OF_KEY.format(3)),
        ]),
        # a hand-over that the new key signed itself
        (over(STRANGER, STRANGER.public_key()), (KEY, KEY, STRANGER), [
            ("key", "KYI#2 hands over another key than the one in force."),
            ("signature", NOT_OF_KEY.format(3)),
        ]),
        # one that the key before is said to have signed
        (replace(over(KEY, OTHER.public_key()), body=Body((
            Change("public_key", raw_hex(KEY.public_key()), raw_hex(STRANGER.public_key()), 0),
            over(KEY, OTHER.public_key()).body.changes[1],
        ))), (KEY, KEY, STRANGER), [
            ("key", "KYI#2 hands the key of the site over without the signature of the key in force."),
            ("signature", NOT_OF_KEY.format(3)),
        ]),
        # the new key signs before the one before has signed the hand-over
        (over(KEY, OTHER.public_key()), (KEY, OTHER, OTHER), [
            ("signature", NOT_OF_KEY.format(2)),
            ("signature", NOT_OF_KEY.format(3)),
        ]),
        # the key before signs on, as whoever stole it would
        (over(KEY, OTHER.public_key()), (KEY, KEY, KEY), [("signature", NOT_OF_KEY.format(3))]),
    ],
    ids=["not-handed-over", "by-itself", "forged-signature", "not-yet-signed", "stolen"],
)  # fmt: skip
def test_a_key_that_was_not_handed_over_signs_nothing(
    tmp_path: Path, content: SaltedBody, signers: tuple[Ed25519PrivateKey, ...], expected: list[tuple[str, str]]
) -> None:
    assert findings(tmp_path / "j", journal_of(content, *signers)) == expected


def test_a_hand_over_whose_body_is_not_there_or_is_another_hands_nothing_over(tmp_path: Path) -> None:
    signers, content = (KEY, KEY, OTHER), over(KEY, OTHER.public_key())
    for absent in Absence:
        assert findings(tmp_path / "j", journal_of(content, *signers, absent=absent)) == [
            ("key", "KYI#2 hands the key of the site over, and its body is not there, so the new key is not known."),
            ("signature", NOT_OF_KEY.format(3)),
        ]
    path = written(tmp_path / "j", journal_of(content, KEY, KEY, STRANGER))
    lines = gzip.decompress(path.read_bytes()).replace(
        raw_hex(OTHER.public_key()).encode(), raw_hex(STRANGER.public_key()).encode()
    )
    path.write_bytes(gzip.compress(lines))
    assert [finding.rule for finding in verified(path).findings] == ["body", "signature"]


def test_a_hand_over_before_a_gap_is_not_known_to_be_signed(tmp_path: Path) -> None:
    """Without the events between nothing says that the hand-over is under the checkpoint."""
    content = over(KEY, OTHER.public_key())
    made = journal_of(content, KEY, KEY, OTHER)
    entries = [made[0], made[2], made[5]]
    assert [rule for rule, _ in findings(tmp_path / "j", entries)] == ["signature"]
    entries = [*made[:3], made[5]]
    assert [rule for rule, _ in findings(tmp_path / "j", entries)] == ["signature"]


def test_the_commands_change_keys_and_say_what_to_do(folder: Path) -> None:
    def ask(*words: str) -> str:
        done = CliRunner().invoke(main, ["hq", "keys", "rotate", *words])
        assert done.exit_code == 0, done.output
        return done.output

    note_founded(folder)
    try:
        said = ask(str(folder), "context")
        assert said.startswith("Requests are signed with a new key; the one before is good until ")
        said = ask(str(folder), "site")
        assert fingerprint(load_public_half(folder / SITE_KEY_NAME)) in said
        assert f"Keep it: muster hq backup {folder} --to FOLDER --keys-to FILE" in said
    finally:
        (folder / "founded").unlink()
    kept = json.loads((folder / SECRETS_NAME).read_text(encoding="utf-8"))
    assert set(kept) == {"session_key", "context_key_id", "context_key"}
