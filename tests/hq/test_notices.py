"""Notices: an account is told what became of its jobs, and nobody else is, not even by a fault in a page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from hq.seeded import VIEWERS, account_of, look_as, signed_in
from hq.works import register_works
from muster.hq.jobs import actions as jobs
from muster.hq.jobs.claiming import claim
from muster.hq.jobs.doing import do
from muster.hq.jobs.kinds import KINDS
from muster.hq.jobs.models import Job
from muster.hq.notices.models import Notice
from muster.hq.people.models import Account, Post

pytestmark = pytest.mark.usefixtures("headquarters", "one")
UNSEEN = '<span class="new" title="not seen yet">{}</span>'


@pytest.fixture
def one() -> Iterator[None]:
    """All that a test does is taken back."""
    before = dict(KINDS)
    register_works()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    KINDS.clear()
    KINDS.update(before)


def now() -> datetime:
    return datetime.now(UTC)


def ended(kind: str, post: str = "LNO-POL", title: str = "wordjob") -> Job:
    """A job that a post asked for, and that has been done."""
    look_as(post)
    job = jobs.ask(kind=kind, title=title, parameters={}, by=account_of(post), at=now())
    look_as(None)
    claimed = claim()
    assert claimed is not None
    do(claimed)
    look_as(post)
    return job


def run(statement: str, *values: str | int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@pytest.mark.parametrize(("kind", "told"), [("count", "wordjob is done."), ("refuse", "wordjob failed.")])
def test_whoever_asked_is_told_of_the_end(kind: str, told: str) -> None:
    job = ended(kind)
    page = signed_in("LNO-POL").get("/notices").text
    assert f'<a href="/jobs/{job.pk}">{told}</a>' in page
    assert UNSEEN.format(1) in page
    assert ">RESTRICTED, releasable to POL</aside>" in page


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_else_sees_a_notice_or_counts_it(viewer: str) -> None:
    ended("count")
    client = signed_in(viewer)
    page, may = client.get("/notices").text, viewer == "LNO-POL"
    assert ("wordjob" in page) == may
    assert (UNSEEN.format(1) in client.get("/scenario").text) == may
    look_as(viewer)
    assert Notice.objects.count() == int(may)


def test_a_notice_is_seen_with_the_page_that_it_leads_to() -> None:
    job, client = ended("count"), signed_in("LNO-POL")
    ended("count")
    assert UNSEEN.format(2) in client.get("/scenario").text
    assert UNSEEN.format(1) in client.get(f"/jobs/{job.pk}").text


def test_what_came_after_one_looked_stays_new() -> None:
    ended("count")
    looked = now()
    ended("refuse")
    client = signed_in("LNO-POL")
    assert client.post("/notices/seen", {"until": looked.isoformat()}).status_code == 302
    assert UNSEEN.format(1) in client.get("/notices").text
    assert client.post("/notices/seen", {"until": now().isoformat()}).status_code == 302
    assert '<span class="new"' not in client.get("/notices").text


@pytest.mark.parametrize("until", ["", "yesterday", "2026-13-45T99:00:00Z"])
def test_a_page_that_says_nothing_useful_is_refused(until: str) -> None:
    ended("count")
    assert signed_in("LNO-POL").post("/notices/seen", {"until": until}).status_code == 403
    look_as("LNO-POL")
    assert Notice.objects.filter(seen_at=None).count() == 1


def test_nobody_sees_the_notices_of_another_for_them() -> None:
    ended("count")
    for viewer in {*VIEWERS} - {"LNO-POL"}:
        signed_in(viewer).post("/notices/seen", {"until": (now() + timedelta(days=1)).isoformat()})
    look_as("LNO-POL")
    assert Notice.objects.filter(seen_at=None).count() == 1


def test_who_stops_a_job_of_their_own_is_not_told_and_a_colleague_is() -> None:
    """Two posts of the headquarters: one asks, the other stops it."""
    asker = account_of("J5-PLANS")
    look_as("J5-PLANS")
    first = jobs.ask(kind="count", title="first", parameters={}, by=asker, at=now())
    second = jobs.ask(kind="count", title="second", parameters={}, by=asker, at=now())
    jobs.ask_to_stop(job=first.pk, by=asker, at=now())
    other = Post.objects.create(code="J5-OTHER", title="Other", role="planner", clearance=2)
    Account.objects.of_post(other, None)
    look_as("J5-OTHER")
    jobs.ask_to_stop(job=second.pk, by=account_of("J5-OTHER"), at=now())
    assert Notice.objects.count() == 0
    look_as("J5-PLANS")
    assert [str(notice) for notice in Notice.objects.all()] == ["second was stopped."]


def test_a_notice_above_ones_clearance_is_not_seen() -> None:
    ended("count")
    Post.objects.filter(pk="LNO-POL").update(clearance=0)
    look_as("LNO-POL")
    assert Notice.objects.count() == 0


INSERT = (
    "INSERT INTO hq.notices_notice (id, account, sender, marking, what, told, link, at)"
    " VALUES (gen_random_uuid(), %s, %s, 1, 'job_done', '{}', %s, now())"
)


def test_nobody_sends_in_the_name_of_another() -> None:
    mine = account_of("LNO-FRA").pk
    look_as("LNO-POL")
    assert run(INSERT, mine, "POL", "/jobs") == 1
    for sender in ("FRA", "MNF", ""):
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(INSERT, mine, sender, "/jobs")
    for viewer in ("OBSERVER-1", "ADMIN", None):
        look_as(viewer)
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(INSERT, mine, "", "/jobs")


@pytest.mark.parametrize("link", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_notice_leads_to_a_page_of_this_headquarters(link: str) -> None:
    look_as("LNO-POL")
    with pytest.raises(IntegrityError):
        run(INSERT, account_of("LNO-POL").pk, "POL", link)


def test_a_notice_changes_in_nothing_but_that_it_was_seen() -> None:
    ended("count")
    for statement in (
        "UPDATE hq.notices_notice SET account = 1",
        "UPDATE hq.notices_notice SET link = '/elsewhere'",
        "DELETE FROM hq.notices_notice",
        "TRUNCATE hq.notices_notice",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(statement)
    assert run("UPDATE hq.notices_notice SET seen_at = now()") == 1
    look_as("J5-PLANS")
    assert run("UPDATE hq.notices_notice SET seen_at = NULL") == 0


def test_an_account_that_was_made_up_sees_nothing() -> None:
    ended("count")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('hq.ctx')")
        parts = cursor.fetchone()[0].split("|")
    look_as("LNO-FRA")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('hq.ctx')")
        mine = cursor.fetchone()[0].split("|")
        mine[1] = parts[1]
        cursor.execute("SELECT set_config('hq.ctx', %s, true)", ["|".join(mine)])
    with pytest.raises(DatabaseError, match="context refused"):
        run("SELECT * FROM hq.notices_notice")


def test_many_notices_cost_as_many_queries_as_one() -> None:
    client = signed_in("LNO-POL")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/notices")
        return len(captured)

    ended("count")
    few = queries()
    for _ in range(3):
        ended("count")
    assert queries() == few > 0
