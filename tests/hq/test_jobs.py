"""Jobs: asked for, claimed by one worker alone, done with the rights of who asked, stopped, and given up."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from hq.seeded import LABELS, VIEWERS, account_of, look_as, may_see, seed, signed_in, without_token
from hq.works import MADE
from muster.hq.jobs import actions
from muster.hq.jobs.acting import AccountClosed
from muster.hq.jobs.choices import State
from muster.hq.jobs.claiming import Claimed, claim
from muster.hq.jobs.doing import do
from muster.hq.jobs.kinds import KINDS, register
from muster.hq.jobs.models import Job
from muster.hq.jobs.worker import MOST_ATTEMPTS, work_on
from muster.hq.records.queries import list_events
from muster.hq.scenario.models import Row

pytestmark = pytest.mark.usefixtures("headquarters")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def one() -> Iterator[None]:
    """All that a test does is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kinds() -> Iterator[None]:
    before = dict(KINDS)
    for kind, work in {"count": "count", "see": "see", "refuse": "refuse", "stop": "until_stopped"}.items():
        register(kind, f"hq.works.{work}")
    yield
    KINDS.clear()
    KINDS.update(before)


def asked(kind: str, post: str = "J5-PLANS", title: str = "wordjob") -> Job:
    look_as(post)
    return actions.ask(kind=kind, title=title, parameters={"secret": "wordparameter"}, by=account_of(post), at=now())


def done(job: Job, post: str = "J5-PLANS") -> Job:
    do(job.pk, account_of(post).pk)
    return Job.objects.get(pk=job.pk)


def test_a_job_is_done_and_leaves_its_result_and_its_events(one: None, kinds: None) -> None:
    job = done(asked("count"))
    assert (job.state, job.fraction, job.result) == (State.DONE, 1.0, MADE)
    assert [event.code for event in list_events(job.pk)] == ["job_ended", "job_begun", "job_asked"]


def test_work_is_done_with_the_rights_of_who_asked(one: None, kinds: None) -> None:
    seed()
    for post in ("J5-PLANS", "LNO-POL"):
        job = asked("see", post)
        actions.begin(job=job.pk, by=account_of(post), at=now())
        seen = done(job, post)
        assert seen.state == State.DONE
        told = [event for event in list_events(job.pk) if event.code == "job_ended"]
        assert len(told) == 1
        look_as(post)
        assert Row.objects.count() == sum(may_see(post, name) for name in LABELS)


def test_work_that_cannot_be_done_says_why(one: None, kinds: None) -> None:
    job = done(asked("refuse"))
    assert (job.state, job.text) == (State.FAILED, "The scenario has faults. Mend them first.")


def test_a_job_that_waits_is_stopped_at_once_and_one_that_is_over_not_at_all(one: None, kinds: None) -> None:
    job = asked("count")
    page = f"/jobs/{job.pk}/stop"
    assert signed_in("J5-PLANS").post(page).status_code == 302
    assert signed_in("J5-PLANS").post(page).status_code == 403
    look_as("J5-PLANS")
    assert Job.objects.get(pk=job.pk).state == State.STOPPED


def test_work_that_runs_ends_soon_after_it_is_asked_to(one: None, kinds: None) -> None:
    job = asked("stop")
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING)
    actions.ask_to_stop(job=job.pk, by=account_of("J5-PLANS"), at=now())
    assert done(job).state == State.STOPPED


def test_nothing_is_done_for_an_account_that_was_closed(one: None, kinds: None) -> None:
    job, account = asked("count"), account_of("J5-PLANS")
    account.is_active = False
    account.save()
    with pytest.raises(AccountClosed):
        do(job.pk, account.pk)
    work_on(Claimed(job.pk, account.pk))
    account.is_active = True
    account.save()
    look_as("J5-PLANS")
    assert Job.objects.get(pk=job.pk).state == State.QUEUED


def test_a_job_that_ends_its_process_each_time_is_given_up(one: None, kinds: None) -> None:
    job = asked("count")
    Job.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS + 1, state=State.RUNNING)
    work_on(Claimed(job.pk, account_of("J5-PLANS").pk))
    look_as("J5-PLANS")
    assert (Job.objects.get(pk=job.pk).state, "begun 3 times" in Job.objects.get(pk=job.pk).text) == ("failed", True)


def test_a_worker_claims_without_a_context_and_learns_no_more(one: None, kinds: None) -> None:
    first, second = asked("count", "LNO-FRA"), asked("count", "LNO-POL")
    look_as(None)
    claimed = [claim(), claim(), claim()]
    assert claimed == [
        Claimed(first.pk, account_of("LNO-FRA").pk), Claimed(second.pk, account_of("LNO-POL").pk), None,
    ]  # fmt: skip
    assert not Job.objects.exists()


def test_a_job_whose_worker_is_gone_is_taken_up_again(one: None, kinds: None) -> None:
    job = asked("count")
    look_as(None)
    assert claim() is not None
    assert claim() is None
    look_as("J5-PLANS")
    Job.objects.filter(pk=job.pk).update(leased_until=now() - timedelta(seconds=1))
    again = claim()
    assert again is not None
    assert (again.job, Job.objects.get(pk=job.pk).attempts) == (job.pk, 2)


def test_a_job_that_is_renewed_stays_with_its_worker(one: None, kinds: None) -> None:
    job = asked("count")
    claim(lease_s=0)
    actions.begin(job=job.pk, by=account_of("J5-PLANS"), at=now())
    assert actions.renew(job=job.pk, at=now()) is not None
    assert claim() is None


@pytest.fixture
def committed(headquarters: object, kinds: None) -> Iterator[None]:
    """What other connections see; taken back at the end."""
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE hq.jobs_job, hq.records_bodyrow, hq.records_eventrow, hq.records_sealrow,"
            " hq.records_checkpointrow; UPDATE hq.records_site SET last_sequence = 0, last_time = ''"
        )


def test_two_workers_never_claim_the_same_job(committed: None) -> None:
    jobs = set()
    for _ in range(8):
        with transaction.atomic():
            jobs.add(asked("count").pk)

    def all_of_them(_number: int) -> list[uuid.UUID]:
        try:
            return [claimed.job for claimed in iter(claim, None)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        claimed = [job for found in workers.map(all_of_them, range(4)) for job in found]
    assert (len(claimed), set(claimed)) == (8, jobs)


def test_a_worker_of_its_own_does_what_waits_and_ends_with_who_began_it(committed: None) -> None:
    with transaction.atomic():
        job = asked("make a plan")
    worker = subprocess.Popen([sys.executable, "-m", "muster.hq.jobs.worker", str(os.getpid())])
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with transaction.atomic():
                look_as("J5-PLANS")
                found = Job.objects.get(pk=job.pk)
            if found.is_over:
                break
            time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(10)
    assert (found.state, found.text) == (State.FAILED, "Something went wrong; the log of the server says where.")


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("owner", ["LNO-FRA", "J5-PLANS"])
def test_a_job_is_seen_by_who_asked_and_the_headquarters(one: None, kinds: None, viewer: str, owner: str) -> None:
    job, client = asked("count", owner), signed_in(viewer)
    may = viewer in {owner, "J5-PLANS"}
    assert ("wordjob" in client.get("/jobs").text) == may
    assert ("wordparameter" in client.get("/records").text) == may
    for page in ("", "/progress"):
        answer, missing = client.get(f"/jobs/{job.pk}{page}"), client.get(f"/jobs/{uuid.uuid4()}{page}")
        assert answer.status_code == (200 if may else 404)
        if not may:
            assert without_token(answer.text) == without_token(missing.text)
    assert client.post(f"/jobs/{job.pk}/stop").status_code == (302 if viewer == owner else 403 if may else 404)


@pytest.mark.parametrize("viewer", ["OBSERVER-1", "ADMIN"])
def test_who_writes_nothing_asks_for_nothing(one: None, kinds: None, viewer: str) -> None:
    with pytest.raises(actions.JobRefused):
        asked("count", viewer)


def test_the_head_of_each_page_counts_own_jobs(one: None, kinds: None) -> None:
    job, client = asked("count"), signed_in("J5-PLANS")
    assert '<span class="count" title="running or waiting">1</span>' in client.get("/scenario").text
    done(job)
    assert '<span class="new" title="ended since you looked">1</span>' in client.get("/scenario").text
    client.get("/jobs")
    assert '<span class="new"' not in client.get("/scenario").text


def test_a_list_of_many_jobs_costs_as_many_queries_as_one(one: None, kinds: None) -> None:
    client = signed_in("J5-PLANS")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/jobs")
        return len(captured)

    asked("count")
    few = queries()
    for _ in range(3):
        asked("count")
    assert queries() == few > 0


def test_nobody_asks_for_more_than_can_wait(one: None, kinds: None) -> None:
    for _ in range(actions.MOST_WAITING):
        asked("count")
    with pytest.raises(actions.JobRefused, match="20 jobs waiting"):
        asked("count")
