"""Workers as processes: who takes which job, and what is left when one of them is stopped or killed."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from hq.seeded import account_of, look_as
from hq.works import MADE, register_works
from muster.hq.jobs import actions
from muster.hq.jobs.choices import Outcome, State
from muster.hq.jobs.claiming import claim
from muster.hq.jobs.kinds import KINDS
from muster.hq.jobs.models import Job
from muster.hq.jobs.waiting import Bell
from muster.hq.records.queries import list_events

pytestmark = pytest.mark.usefixtures("headquarters", "committed")
TESTS = Path(__file__).resolve().parents[1]
WITHIN_S = 120.0


@pytest.fixture
def committed() -> Iterator[None]:
    """What other processes see; taken back at the end."""
    before = dict(KINDS)
    register_works()
    yield
    KINDS.clear()
    KINDS.update(before)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE hq.jobs_job, hq.notices_notice, hq.records_bodyrow, hq.records_eventrow, hq.records_sealrow,"
            " hq.records_checkpointrow; UPDATE hq.records_site SET last_sequence = 0, last_time = ''"
        )


class Workers:
    """Workers that a test begins; none is left behind."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.begun: list[subprocess.Popen[bytes]] = []

    def begin(self, at_once: int = 1) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "hq.working", str(os.getpid())],
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(TESTS), "MUSTER_HQ_JOBS": str(at_once)},
            )
        self.begun.append(worker)
        return worker


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    made = Workers(tmp_path / "log")
    yield made
    for worker in made.begun:
        worker.kill()
        worker.wait()


def asked(kind: str) -> Job:
    with transaction.atomic():
        look_as("J5-PLANS")
        word = {"secret": "wordparameter"}
        return actions.ask(kind=kind, title=kind, parameters=word, by=account_of("J5-PLANS"), at=datetime.now(UTC))


def as_it_is(job: Job) -> Job:
    with transaction.atomic():
        look_as("J5-PLANS")
        return Job.objects.get(pk=job.pk)


def events_of(job: Job) -> list[str]:
    with transaction.atomic():
        look_as("J5-PLANS")
        return [event.code for event in reversed(list_events(job.pk))]


def awaited(job: Job, so: Callable[[Job], object]) -> Job:
    until = time.monotonic() + WITHIN_S
    while not so(found := as_it_is(job)):
        assert time.monotonic() < until, (found.state, found.text, found.attempts)
        time.sleep(0.05)
    return found


def lapse(job: Job) -> None:
    """Let the lease of a job pass."""
    with transaction.atomic():
        look_as("J5-PLANS")
        Job.objects.filter(pk=job.pk).update(leased_until=datetime.now(UTC) - timedelta(seconds=1))


def counts(job: Job) -> bool:
    return job.state == State.RUNNING and job.figures.get("counted", 0) > 0


def test_a_bell_that_rings_ends_the_wait_and_one_that_is_cut_is_hung_up_again() -> None:
    bell = Bell()
    bell.wait(0)
    asked("count")
    begun = time.monotonic()
    bell.wait(30)
    assert time.monotonic() - begun < 10
    number = bell._hearing.connection.info.backend_pid
    os.kill(number, signal.SIGTERM)
    while Path(f"/proc/{number}").exists():
        time.sleep(0.01)
    bell.wait(0)
    bell.wait(0)
    asked("count")
    begun = time.monotonic()
    bell.wait(30)
    assert time.monotonic() - begun < 10
    bell._hearing.close()


def test_of_many_who_claim_at_one_time_no_two_get_the_same_job() -> None:
    jobs = {asked("count").pk for _ in range(8)}

    def all_of_them(_number: int) -> list[uuid.UUID]:
        try:
            return [claimed.job for claimed in iter(claim, None)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as claiming:
        claimed = [job for found in claiming.map(all_of_them, range(4)) for job in found]
    assert (len(claimed), set(claimed)) == (8, jobs)


def test_two_workers_do_each_job_once(workers: Workers) -> None:
    jobs = [asked("count") for _ in range(2)]
    workers.begin()
    workers.begin()
    for job in jobs:
        found = awaited(job, lambda now: now.is_over)
        assert (found.state, found.result, found.attempts) == (State.DONE, MADE, 1)
        assert events_of(job) == ["job_asked", "job_begun", "job_ended"]


def test_one_worker_does_as_many_at_once_as_it_is_told(workers: Workers) -> None:
    jobs = [asked("stop") for _ in range(3)]
    workers.begin(at_once=2)
    for job in jobs[:2]:
        awaited(job, counts)
    assert as_it_is(jobs[2]).state == State.QUEUED
    for job in jobs:
        with transaction.atomic():
            look_as("J5-PLANS")
            actions.ask_to_stop(job=job.pk, by=account_of("J5-PLANS"), at=datetime.now(UTC))
    for job in jobs:
        assert awaited(job, lambda now: now.is_over).state == State.STOPPED


def test_a_worker_that_is_told_to_end_gives_its_job_back(workers: Workers) -> None:
    """Ending a headquarters in good order is no fault of the job: it counts as no attempt, and goes on at once."""
    job, worker = asked("stop"), workers.begin()
    awaited(job, counts)
    worker.terminate()
    assert worker.wait(WITHIN_S) == 0
    found = as_it_is(job)
    assert (found.state, found.attempts, found.leased_until) == (State.QUEUED, 0, None)
    assert events_of(job) == ["job_asked", "job_begun", "job_given_back"]
    workers.begin()
    awaited(job, counts)


def test_a_worker_that_is_killed_takes_its_job_with_it_and_another_takes_it_up(workers: Workers) -> None:
    job, worker = asked("stop"), workers.begin()
    awaited(job, counts)
    (process,) = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    worker.kill()
    worker.wait()
    until = time.monotonic() + WITHIN_S
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    lapse(job)
    workers.begin()
    assert awaited(job, lambda now: now.attempts == 2 and counts(now)).state == State.RUNNING


def test_work_that_ends_its_process_is_done_if_it_kept_what_it_made_and_its_errors_tell_no_value(
    workers: Workers,
) -> None:
    killed, wrong = asked("die"), asked("wrong")
    workers.begin()
    found = awaited(killed, lambda now: now.is_over)
    assert (found.state, found.result, found.attempts) == (State.DONE, MADE, 1)
    found = awaited(wrong, lambda now: now.is_over)
    assert (found.state, found.text) == (State.FAILED, Outcome.GONE_WRONG)
    log = workers.log.read_text()
    assert "ValueError at " in log
    assert "wordparameter" not in log


def test_a_job_goes_on_while_the_connections_of_its_worker_are_cut(workers: Workers) -> None:
    job = asked("stop")
    workers.begin()
    before = awaited(job, counts).figures["counted"]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'hq_app' AND pid <> pg_backend_pid()")
        mine = connections["default"].connection
        for (number,) in cursor.fetchall():
            if mine is None or number != mine.info.backend_pid:
                os.kill(number, signal.SIGTERM)
    found = awaited(job, lambda now: now.figures.get("counted", 0) > before)
    assert (found.state, found.attempts) == (State.RUNNING, 1)
