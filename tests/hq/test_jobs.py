"""Jobs: asked for, claimed by one worker alone, done with the rights of who asked, stopped, and given up."""

import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hq.seeded import LABELS, VIEWERS, account_of, look_as, may_see, seed, signed_in, without_token
from hq.works import MADE, register_works
from muster.hq.jobs import actions, doing
from muster.hq.jobs.acting import AccountClosed, acting_for
from muster.hq.jobs.choices import Outcome, State
from muster.hq.jobs.claiming import Claimed, claim, hold
from muster.hq.jobs.doing import do
from muster.hq.jobs.kinds import KINDS, JobLost
from muster.hq.jobs.models import Job
from muster.hq.jobs.watching import MOST_ATTEMPTS, NO_DATABASE, conclude, take_up
from muster.hq.people.models import Post
from muster.hq.records.queries import list_events

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
    register_works()
    yield
    KINDS.clear()
    KINDS.update(before)


def asked(kind: str, post: str = "J5-PLANS", title: str = "wordjob") -> Job:
    look_as(post)
    return actions.ask(kind=kind, title=title, parameters={"secret": "wordparameter"}, by=account_of(post), at=now())


def claimed_of(job: Job) -> Claimed:
    """Claim the one job that waits, as a worker does."""
    look_as(None)
    claimed = claim()
    assert claimed is not None
    assert claimed.job == job.pk
    return claimed


def lapse(job: Job) -> None:
    """Let the lease of a job pass."""
    look_as(job.asked_by)
    Job.objects.filter(pk=job.pk).update(leased_until=now() - timedelta(seconds=1))


def as_it_is(job: Job) -> Job:
    look_as(job.asked_by)
    return Job.objects.get(pk=job.pk)


def done(job: Job) -> Job:
    do(claimed_of(job))
    return as_it_is(job)


def test_a_job_is_done_and_leaves_its_result_and_its_events(one: None, kinds: None) -> None:
    job = done(asked("count"))
    assert (job.state, job.fraction, job.result) == (State.DONE, 1.0, MADE)
    assert [event.code for event in list_events(job.pk)] == ["job_ended", "job_begun", "job_asked"]


def test_work_is_done_with_the_rights_of_who_asked(one: None, kinds: None) -> None:
    seed()
    for post in ("J5-PLANS", "LNO-POL"):
        job = done(asked("see", post))
        assert (job.state, job.text) == (State.DONE, "")
        assert job.figures == {"rows": sum(may_see(post, name) for name in LABELS)}


def test_work_that_cannot_be_done_says_why(one: None, kinds: None) -> None:
    job = done(asked("refuse"))
    assert (job.state, job.text) == (State.FAILED, "The scenario has faults. Mend them first.")


def test_a_job_that_waits_is_stopped_at_once_and_one_that_is_over_not_at_all(one: None, kinds: None) -> None:
    job = asked("count")
    page = f"/jobs/{job.pk}/stop"
    assert signed_in("J5-PLANS").post(page).status_code == 302
    assert signed_in("J5-PLANS").post(page).status_code == 403
    assert (as_it_is(job).state, as_it_is(job).text) == (State.STOPPED, Outcome.NOT_BEGUN)


def test_work_that_runs_ends_soon_after_it_is_asked_to(one: None, kinds: None) -> None:
    job = asked("stop")
    claimed = claimed_of(job)
    look_as("J5-PLANS")
    actions.ask_to_stop(job=job.pk, by=account_of("J5-PLANS"), at=now())
    do(claimed)
    assert (as_it_is(job).state, as_it_is(job).text) == (State.STOPPED, Outcome.NOTHING_KEPT)


def test_work_that_was_finished_when_somebody_asked_to_stop_is_done(one: None, kinds: None) -> None:
    job = asked("count")
    claimed = claimed_of(job)
    look_as("J5-PLANS")
    actions.ask_to_stop(job=job.pk, by=account_of("J5-PLANS"), at=now())
    assert do(claimed) == State.DONE


@pytest.mark.parametrize("what", ["closed", "moved"])
@pytest.mark.parametrize("when", ["waiting", "running"])
def test_a_job_of_an_account_for_which_nothing_is_done_is_ended(one: None, kinds: None, what: str, when: str) -> None:
    job, account = asked("count", "LNO-POL"), account_of("LNO-POL")
    claimed = claimed_of(job)
    if when == "running":
        with acting_for(claimed) as by:
            actions.begin(claimed=claimed, by=by, at=now())
    if what == "closed":
        account.is_active = False
        account.save()
    else:
        Post.objects.filter(pk="LNO-POL").update(nation="FRA")
    with pytest.raises(AccountClosed):
        do(claimed)
    if when == "waiting":
        assert take_up(claimed, at=now()) is None
    else:
        conclude(claimed, 1, at=now())
    look_as("J5-PLANS")
    ended = Job.objects.get(pk=job.pk)
    assert (ended.state, ended.text) == (State.STOPPED, Outcome.ACCOUNT_CLOSED)
    assert next(iter(list_events(job.pk))).actor == "WORKER"
    assert claim() is None


def test_a_job_that_ends_its_process_each_time_is_given_up(one: None, kinds: None) -> None:
    job = asked("count")
    for _ in range(MOST_ATTEMPTS):
        conclude(claimed_of(job), -9, at=now())
        assert as_it_is(job).state == State.QUEUED
        lapse(job)
    assert take_up(claimed_of(job), at=now()) is None
    assert (as_it_is(job).state, as_it_is(job).text) == (State.FAILED, Outcome.GIVEN_UP)


def test_work_that_lost_the_database_is_not_held_against_the_job(one: None, kinds: None) -> None:
    job = asked("count")
    conclude(claimed_of(job), NO_DATABASE, at=now())
    assert as_it_is(job).state == State.QUEUED


def test_a_worker_claims_without_a_context_and_learns_no_more(one: None, kinds: None) -> None:
    first, second = asked("count", "LNO-FRA"), asked("count", "LNO-POL")
    look_as(None)
    assert [claim(), claim(), claim()] == [
        Claimed(first.pk, account_of("LNO-FRA").pk, "FRA", 1),
        Claimed(second.pk, account_of("LNO-POL").pk, "POL", 1),
        None,
    ]
    assert not Job.objects.exists()


def test_a_job_whose_worker_is_gone_is_taken_up_again(one: None, kinds: None) -> None:
    job = asked("count")
    claimed_of(job)
    assert claim() is None
    lapse(job)
    assert claimed_of(job).attempt == 2


def test_nobody_claims_a_job_for_longer_than_a_minute(one: None, kinds: None) -> None:
    job = asked("count")
    claim(lease_s=10**6)
    left = as_it_is(job).leased_until
    assert left is not None
    assert left < now() + timedelta(seconds=61)


def test_a_job_that_cannot_be_counted_any_more_holds_nobody_up(one: None, kinds: None) -> None:
    stuck, job = asked("count"), asked("count")
    Job.objects.filter(pk=stuck.pk).update(attempts=32767)
    assert claimed_of(job).attempt == 1


def test_a_job_that_is_renewed_stays_with_its_worker(one: None, kinds: None) -> None:
    job = asked("count")
    claim(lease_s=0)
    with acting_for(Claimed(job.pk, account_of("J5-PLANS").pk, "MNF", 1)):
        assert actions.renew(claimed=Claimed(job.pk, 0, "MNF", 1), at=now()) is not None
    assert claim() is None


def test_whoever_lost_a_job_writes_nothing_more(one: None, kinds: None) -> None:
    """A worker that stood still for longer than its lease wakes, and another has its job."""
    job = asked("count")
    late = claimed_of(job)
    lapse(job)
    in_time = claimed_of(job)
    with acting_for(in_time) as by:
        actions.begin(claimed=in_time, by=by, at=now())
    with pytest.raises(JobLost):
        do(late)
    with acting_for(late) as by:
        assert not actions.tell(claimed=late, progress=actions.Progress(0.9, "late", {}))
        assert actions.renew(claimed=late, at=now()) is None
        assert actions.end(claimed=late, state=State.FAILED, text="late", by=by, at=now()) is None
        actions.note_result(claimed=late, result=uuid.uuid4())
        actions.give_back(claimed=late, by=by, at=now())
        assert not hold(late)
        assert hold(in_time)
    conclude(late, 1, at=now())
    found = as_it_is(job)
    assert (found.state, found.attempts, found.text, found.result) == (State.RUNNING, 2, "", None)


def test_what_was_made_is_not_made_twice(one: None, kinds: None) -> None:
    """A process is killed after it has kept what it made, and before it could say that it is done."""
    job = asked("count")
    claimed = claimed_of(job)
    with acting_for(claimed) as by:
        actions.begin(claimed=claimed, by=by, at=now())
        actions.note_result(claimed=claimed, result=MADE)
    lapse(job)
    assert take_up(claimed_of(job), at=now()) is None
    assert (as_it_is(job).state, as_it_is(job).result) == (State.DONE, MADE)


def test_progress_goes_out_seldom_and_the_last_word_is_not_lost(
    one: None, kinds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked("stop")
    claimed, clock = claimed_of(job), iter([10.0, 10.1, 10.2, 10.6])
    with acting_for(claimed) as by:
        actions.begin(claimed=claimed, by=by, at=now())
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    course = doing._Course(claimed)
    course.tell(0.1, "first")
    course.tell(0.2, "second")
    course.tell(0.3, "third", {"late": 4.0})
    assert as_it_is(job).text == "first"
    assert not course.should_stop()
    found = as_it_is(job)
    assert (found.fraction, found.text, found.figures) == (0.3, "third", {"late": 4.0})


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
    going = '<span class="count" title="running or waiting">{}</span>'
    job, client, another = asked("count"), signed_in("J5-PLANS"), signed_in("LNO-FRA")
    assert going.format(1) in client.get("/scenario").text
    assert going.format(1) not in another.get("/scenario").text
    done(job)
    assert going.format(1) not in client.get("/scenario").text


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
