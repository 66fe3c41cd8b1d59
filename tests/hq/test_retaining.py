"""Personal data go when their time is over, nothing else goes, and the journal still verifies."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.sessions.models import Session
from django.db import connections, transaction

from hq.seeded import account_of, look_as, seed, signed_in
from hq.test_at_once import EMPTY, acting
from muster.hq.access.choices import Scope
from muster.hq.access.keys import make_key
from muster.hq.access.models import ProgramKey, Reading
from muster.hq.jobs import actions as jobs
from muster.hq.keeping import doctor
from muster.hq.keeping.kept import note_sweep
from muster.hq.keeping.retaining import months_before, sweep
from muster.hq.notices.models import Notice
from muster.hq.people import holdings, passwords
from muster.hq.people.choices import Verb
from muster.hq.people.factors import draw_recovery_codes
from muster.hq.people.models import FailedSignIn, Holding, Invitation, OpenSession, Post
from muster.hq.people.posts import close_post
from muster.hq.people.traces import account_trace, note
from muster.hq.records.models import BodyRow, EventRow
from muster.hq.records.sealing import export_journal, seal_new
from muster.hq.records.verify import verify_journal
from muster.hq.scenario.models import Row

THEN = datetime(2026, 1, 31, 12, tzinfo=UTC)
NOW = datetime(2027, 2, 1, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TABLES = (
    "hq.notices_notice, hq.jobs_job, hq.access_programkey, hq.access_reading, hq.people_failedsignin, hq.django_session"
)


@pytest.fixture
def filled(headquarters: Path) -> Iterator[Path]:
    """A headquarters of a year ago, in which everything happened that leaves personal data."""
    emptied()
    seed()
    Post.objects.create(code="J4-OLD", title="x", role="watch", clearance=1, filled_by_id="FRA")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")
    signed_in("LNO-FRA").get("/tables/offers.csv")
    OpenSession.objects.update(begun_at=THEN, seen_at=THEN)
    Session.objects.update(expire_date=THEN)
    FailedSignIn.objects.create(post_code="LNO-FRA", address="192.0.2.7", at=THEN)
    Reading.objects.update(at=THEN)
    note(by=account_of("LNO-FRA"), verb=Verb.SIGNED_IN, about=account_trace(Post.objects.get(pk="LNO-FRA")), at=THEN)
    acting("ADMIN", lambda by: passwords.invite(post="LNO-POL", by=by, at=THEN))()
    acting(
        "LNO-FRA", lambda by: make_key(name="nightly", scope=Scope.READ, days=30, by=by, at=THEN - timedelta(days=40))
    )()
    asked = acting("LNO-FRA", lambda by: jobs.ask(kind="x", title="x", parameters={}, by=by, at=THEN))()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO hq.notices_notice (id, account, sender, marking, what, told, link, at) VALUES"
            " (gen_random_uuid(), %s, 'FRA', 1, 'job_done', '{}', '/jobs', %s)",
            [asked.account, THEN],
        )
    yield headquarters
    emptied()
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")


def emptied() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(EMPTY)
        cursor.execute("TRUNCATE hq.records_sealrow, hq.records_checkpointrow")


def hold(holder: str, *, ends_on: date | None, post: str = "J4-OLD") -> Holding:
    said = holdings.Said(holder, date(2025, 1, 1), ends_on, is_told=False)
    found = Post.objects.get(pk=post)
    held = acting("LNO-FRA", lambda by: holdings.propose_holder(post=found, said=said, by=by, at=THEN))()
    acting("J5-PLANS", lambda by: holdings.answer_holder(holding=held.pk, verdict="accepted", why="", by=by, at=THEN))()
    return held


def test_what_is_over_goes_and_is_recorded_by_its_numbers_alone(filled: Path, tmp_path: Path) -> None:
    left, stays = hold("FRA-LEFT", ends_on=date(2026, 1, 1)), hold("FRA-STAYS", ends_on=date(2026, 12, 1))
    old = account_of("J4-OLD")
    draw_recovery_codes(account=old, at=THEN)
    acting("ADMIN", lambda by: close_post(post="J4-OLD", version=1, by=by, at=THEN))()
    seal_new(KEY, at=THEN)
    gone = sweep(months=12, at=NOW)
    assert gone == {
        "sessions": 2, "failed_sign_ins": 1, "counts_of_reading": 1, "invitations": 1, "factors_of_closed_posts": 8,
        "notices": 1, "keys_of_programs": 1, "bodies_of_holders": 2, "holders": 1, "bodies_of_sign_ins": 3,
    }  # fmt: skip
    with transaction.atomic():
        look_as("J5-PLANS")
        assert [held.holder for held in Holding.objects.all()] == ["FRA-STAYS"]
        last = EventRow.objects.select_related("body").first()
        assert last is not None
        assert (last.verb, last.actor, last.owner, last.marking) == ("personal_data_removed", "OPERATOR", "MNF", 0)
        assert last.body.content.count('"after":') == len(gone)
        assert "LNO" not in last.body.content
        assert not BodyRow.objects.filter(event__object_id=left.pk).exists()
        assert BodyRow.objects.filter(event__object_id=stays.pk).count() == 2
        assert Row.objects.count() == 4
    assert not ProgramKey.objects.using("owner").exists()
    assert not Notice.objects.using("owner").exists()
    assert not Invitation.objects.exists()
    seal_new(KEY, at=NOW)
    export_journal(tmp_path / "journal.gz", KEY.public_key())
    verified = verify_journal(tmp_path / "journal.gz", KEY.public_key())
    assert (verified.findings, len(verified.purged)) == ((), 5)
    assert sweep(months=12, at=NOW) == {}
    with transaction.atomic():
        look_as("J5-PLANS")
        assert EventRow.objects.filter(verb="personal_data_removed").count() == 1
    page = signed_in("J5-PLANS").get("/records").text
    assert ("personal data removed" in page, page.count("what it said is not kept here")) == (True, 5)


def test_what_is_of_use_stays(filled: Path) -> None:
    account = account_of("LNO-FRA")
    now = datetime.now(UTC)
    OpenSession.objects.update(begun_at=now, seen_at=now)
    Session.objects.update(expire_date=now + timedelta(hours=1))
    FailedSignIn.objects.update(at=now)
    Reading.objects.update(at=now)
    Invitation.objects.update(expires_at=now + timedelta(hours=1))
    draw_recovery_codes(account=account, at=now)
    held = hold("FRA-HOLDS", ends_on=None, post="J4-OLD")
    assert sweep(months=1200, at=now) == {}
    assert account.recovery_codes.count() == 8
    with transaction.atomic():
        look_as("LNO-FRA")
        assert Holding.objects.filter(pk=held.pk).exists()


def test_months_are_those_of_the_calendar() -> None:
    assert months_before(NOW, 1) == datetime(2027, 1, 1, tzinfo=UTC)
    assert months_before(datetime(2027, 1, 31, tzinfo=UTC), 2) == datetime(2026, 11, 28, tzinfo=UTC)
    assert months_before(NOW, 26) == datetime(2024, 12, 1, tzinfo=UTC)


def test_the_doctor_says_when_nobody_swept(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look() -> tuple[str, bool]:
        found = doctor._sweeps(filled, NOW)
        return found.said, found.remedy is None

    assert look() == ("kept for 12 months; never swept.", True)
    monkeypatch.setattr(doctor, "find_server", lambda _folder: 1)
    assert look() == ("kept for 12 months; never swept.", False)
    note_sweep(filled, at=NOW - timedelta(days=1))
    assert look() == ("kept for 12 months; swept 2027-01-31.", True)
    note_sweep(filled, at=NOW - timedelta(days=3))
    assert look()[1] is False
    (filled / "backups.json").unlink()
