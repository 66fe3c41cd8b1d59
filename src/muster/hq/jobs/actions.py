"""What is done to jobs. Each action is one transaction and leaves one event; progress leaves none."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.disclosure.labels import Label, Marking
from muster.hq.jobs.choices import State, Verb
from muster.hq.jobs.claiming import LEASE_S
from muster.hq.jobs.models import Job
from muster.hq.jobs.rules import may_ask, may_stop
from muster.hq.people.models import Account
from muster.hq.people.queries import bits
from muster.hq.people.viewing import owner_for
from muster.hq.records.actions import record
from muster.hq.records.body import Change
from muster.hq.records.canonical import Json

MOST_WAITING: Final = 20
"""Jobs of one account that wait or run at one time."""


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
    if Job.objects.filter(account=by.pk, state__in=(State.QUEUED, State.RUNNING)).count() >= MOST_WAITING:
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
    found = Job.objects.select_for_update().get(pk=job)
    if found.is_over:
        raise JobRefused(_('"%(job)s" is over: %(state)s.') % {"job": found, "state": found.get_state_display()})
    if found.stop_asked_at is None:
        found.stop_asked_at = at
        if found.state == State.QUEUED and found.leased_until is None:
            return _ended(found, State.STOPPED, "It was stopped before it began.", None, by, at)
        found.save(update_fields=["stop_asked_at"])
        _told(found, Verb.STOP_ASKED, {}, by, at)
    return found


@transaction.atomic
def begin(*, job: uuid.UUID, by: Account, at: datetime) -> Job:
    """Note that a worker has begun."""
    found = Job.objects.select_for_update().get(pk=job)
    found.state, found.started_at, found.fraction, found.text = State.RUNNING, at, None, ""
    found.save(update_fields=["state", "started_at", "fraction", "text"])
    _told(found, Verb.BEGUN, {"attempt": found.attempts}, by, at)
    return found


@transaction.atomic
def tell(*, job: uuid.UUID, fraction: float | None, text: str) -> None:
    """Note how far a job is; this leaves no event."""
    Job.objects.filter(pk=job, state=State.RUNNING).update(fraction=fraction, text=text[:300])


@transaction.atomic
def renew(*, job: uuid.UUID, at: datetime, lease_s: int = LEASE_S) -> Job | None:
    """Keep a job for a while longer; gives it as it is now, None where it is over."""
    Job.objects.filter(pk=job, state=State.RUNNING).update(leased_until=at + timedelta(seconds=lease_s))
    return Job.objects.filter(pk=job, state=State.RUNNING).first()


@transaction.atomic
def end(*, job: uuid.UUID, state: State, text: str, result: uuid.UUID | None, by: Account, at: datetime) -> Job:
    """Note what became of a job; one that is over already stays as it is."""
    found = Job.objects.select_for_update().get(pk=job)
    return found if found.is_over else _ended(found, state, text, result, by, at)


@transaction.atomic
def see_ended(*, by: Account) -> None:
    """Note that an account knows which of its jobs have ended."""
    Job.objects.filter(account=by.pk, seen=False, ended_at__isnull=False).update(seen=True)


def _ended(job: Job, state: State, text: str, result: uuid.UUID | None, by: Account, at: datetime) -> Job:
    job.state, job.text, job.result, job.ended_at, job.leased_until = state, text[:300], result, at, None
    if state == State.DONE:
        job.fraction = 1.0
    job.save(force_update=True)
    _told(job, Verb.ENDED, {"state": str(state), "text": job.text}, by, at)
    return job


def _told(job: Job, verb: Verb, told: Mapping[str, Json], by: Account, at: datetime) -> None:
    changes = [Change(name, None, value, 0) for name, value in told.items()]
    record(by=by, verb=verb, about=job, changes=changes, at=at)
