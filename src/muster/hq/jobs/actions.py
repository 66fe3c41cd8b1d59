"""What is done to jobs. Each action is one transaction and leaves one event; progress leaves none."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.disclosure.labels import Label, Marking
from muster.hq.jobs.choices import GOING, Outcome, State, Verb
from muster.hq.jobs.claiming import LEASE_S, Claimed
from muster.hq.jobs.kinds import JobLost
from muster.hq.jobs.models import Job
from muster.hq.jobs.queries import count_going
from muster.hq.jobs.rules import may_ask, may_stop
from muster.hq.jobs.waiting import ring
from muster.hq.notices.actions import give_notice
from muster.hq.notices.choices import What
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import Actor, record
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json

MOST_WAITING: Final = 20
"""Jobs of one account that wait or run at one time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: 0 to 1, None where nobody knows; in words; and figures of the best so far by their names."""

    fraction: float | None
    text: str
    figures: Mapping[str, float]


class JobRefused(Exception):
    """An action that the rules do not allow, or that comes too late."""


@transaction.atomic
def ask(*, kind: str, title: str, parameters: Mapping[str, Json], by: Account, at: datetime) -> Job:
    """Ask for long work; it is seen by the account's owner and the headquarters.

    Raises
    ------
    JobRefused
        When the account asks for none, or has too many.
    """
    if not may_ask(by):
        raise JobRefused(_("Only the headquarters and nations ask for long work."))
    if count_going(by) >= MOST_WAITING:
        raise JobRefused(
            ngettext(
                "You have %(n)d job waiting; stop it, or wait until it is done.",
                "You have %(n)d jobs waiting; stop some, or wait until they are done.",
                MOST_WAITING,
            )
            % {"n": MOST_WAITING}
        )
    job = Job(
        kind=kind,
        title=title[:160],
        parameters=dict(parameters),
        account=by.pk,
        asked_by=by.get_username(),
        asked_at=at,
    )
    job.put_label(Label(owner_for(by), Marking.RESTRICTED, frozenset()), bits())
    job.save(force_insert=True)
    ring()
    _told(job, Verb.ASKED, {"kind": kind, "title": job.title, **parameters}, by, at)
    return job


@transaction.atomic
def ask_to_stop(*, job: uuid.UUID, by: Account, at: datetime) -> Job:
    """Ask a job to stop: one that runs ends with the best that it has, one that waits does not begin.

    Raises
    ------
    JobRefused
        When the account may not, or the job is over.
    """
    found = Job.objects.get(pk=job)
    if not may_stop(by, found):
        raise JobRefused(_("Only %(owner)s stops this job.") % {"owner": found.owner})
    found = Job.objects.select_for_update(no_key=True).get(pk=job)
    if found.is_over:
        raise JobRefused(_('"%(job)s" is over: %(state)s.') % {"job": found, "state": found.get_state_display()})
    if found.stop_asked_at is None:
        found.stop_asked_at = at
        if found.state == State.QUEUED and found.leased_until is None:
            return _ended(found, State.STOPPED, Outcome.NOT_BEGUN, by, at, is_told=by.pk != found.account)
        found.save(update_fields=["stop_asked_at"])
        _told(found, Verb.STOP_ASKED, {}, by, at)
    return found


@transaction.atomic
def begin(*, claimed: Claimed, by: Actor, at: datetime) -> Job:
    """Note that the work of a claimed job begins.

    Raises
    ------
    JobLost
        When another worker has it by now, or it is over.
    """
    found = _claimed(claimed).filter(state__in=GOING).select_for_update(no_key=True).first()
    if found is None:
        raise JobLost(f"Job {claimed.job} is not that of attempt {claimed.attempt} any more.")
    found.state, found.started_at, found.fraction, found.text, found.figures = State.RUNNING, at, None, "", {}
    found.save(update_fields=["state", "started_at", "fraction", "text", "figures"])
    _told(found, Verb.BEGUN, {"attempt": found.attempts}, by, at)
    return found


@transaction.atomic
def tell(*, claimed: Claimed, progress: Progress | None) -> bool:
    """Note how far a job is, which leaves no event; gives whether its work goes on."""
    running = _claimed(claimed).filter(state=State.RUNNING)
    if progress is not None:
        running.update(fraction=progress.fraction, text=progress.text[:300], figures=dict(progress.figures))
    return running.filter(stop_asked_at=None).exists()


@transaction.atomic
def note_result(*, claimed: Claimed, result: uuid.UUID) -> None:
    """Note what a job made, in the transaction that keeps it: a job that is taken up again does not make it twice."""
    _claimed(claimed).filter(state=State.RUNNING).update(result=result)


@transaction.atomic
def renew(*, claimed: Claimed, at: datetime, lease_s: int = LEASE_S) -> Job | None:
    """Keep a job for a while longer; gives it as it is now, None where it is over or another worker's."""
    mine = _claimed(claimed).filter(state__in=GOING)
    mine.update(leased_until=at + timedelta(seconds=lease_s))
    return mine.first()


@transaction.atomic
def give_back(*, claimed: Claimed, by: Actor, at: datetime) -> None:
    """Let a job wait again, as if it had not been claimed: its worker ends in good order, and its process has ended."""
    found = _claimed(claimed).filter(state__in=GOING).select_for_update(no_key=True).first()
    if found is not None:
        found.state, found.leased_until, found.attempts = State.QUEUED, None, found.attempts - 1
        found.save(update_fields=["state", "leased_until", "attempts"])
        _told(found, Verb.GIVEN_BACK, {}, by, at)


@transaction.atomic
def end(*, claimed: Claimed, state: State, text: str, by: Actor, at: datetime) -> Job | None:
    """Note what became of a job; one that is over already, or another worker's, stays as it is."""
    found = _claimed(claimed).filter(state__in=GOING).select_for_update(no_key=True).first()
    return None if found is None else _ended(found, state, text, by, at)


def _claimed(claimed: Claimed) -> QuerySet[Job]:
    """The job, as long as nobody claimed it since."""
    return Job.objects.filter(pk=claimed.job, attempts=claimed.attempt)


def _ended(job: Job, state: State, text: str, by: Actor, at: datetime, *, is_told: bool = True) -> Job:
    """End a job, and tell whoever asked for it, unless they ended it themselves."""
    job.state, job.text, job.ended_at, job.leased_until = state, text[:300], at, None
    if state == State.DONE:
        job.fraction = 1.0
    job.save(force_update=True)
    _told(job, Verb.ENDED, {"state": str(state), "text": job.text}, by, at)
    if is_told:
        link = reverse("job", args=[job.pk])
        give_notice(to=job.account, about=job, what=_NOTICES[state], told={"job": job.title}, link=link, at=at)
    return job


_NOTICES: Final = {State.DONE: What.JOB_DONE, State.FAILED: What.JOB_FAILED, State.STOPPED: What.JOB_STOPPED}


def _told(job: Job, verb: Verb, told: Mapping[str, Json], by: Actor, at: datetime) -> None:
    changes = [Change(name, None, value, 0) for name, value in told.items()]
    record(by=by, verb=verb, about=job, changes=changes, at=at)
