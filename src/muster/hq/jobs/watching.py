"""One job in the hands of a worker: whether it is begun, its process watched, and what is said when that has ended."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from muster.hq.jobs import actions
from muster.hq.jobs.acting import AccountClosed, acting_for, ending
from muster.hq.jobs.choices import Outcome, State
from muster.hq.jobs.claiming import Claimed
from muster.hq.jobs.models import Job
from muster.hq.jobs.queries import find_claimed

PROGRAM = "muster.hq.jobs.doing"
"""What does a job, in a process of its own."""
STOPS_WITHIN_S: Final = 60.0
"""How long a job that was asked to stop may take to end by itself."""
MOST_ATTEMPTS: Final = 3
NO_DATABASE: Final = 75
"""With what the process of a job ends when the database is gone."""
ENDS_WITHIN_S: Final = 3.0
"""A process that is told to end and does not, in this time, is killed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A job whose work goes on in a process."""

    claimed: Claimed
    process: "subprocess.Popen[bytes]"


def take_up(claimed: Claimed, *, at: datetime) -> Watched | None:
    """Begin the process of a job, or end a job that must not be begun."""
    if not _goes_on(claimed, at=at):
        return None
    told = (os.getpid(), claimed.job, claimed.account, claimed.owner, claimed.attempt)
    connection.close()  # the process must not have a share in it
    command = [sys.executable, "-m", PROGRAM, *map(str, told)]
    return Watched(claimed, subprocess.Popen(command))  # noqa: S603 - ours


def look_after(watched: Watched, *, at: datetime) -> bool:
    """Renew the lease of a job while its process goes on, or say what became of it; gives whether it goes on."""
    if watched.process.poll() is not None:
        conclude(watched.claimed, watched.process.returncode, at=at)
        return False
    try:
        with acting_for(watched.claimed):
            job = actions.renew(claimed=watched.claimed, at=at)
    except AccountClosed:
        job = None
    if job is None:
        end_process(watched)
        conclude(watched.claimed, watched.process.returncode, at=at)
        return False
    if job.stop_asked_at is not None and (at - job.stop_asked_at).total_seconds() > STOPS_WITHIN_S:
        watched.process.kill()
    return True


def conclude(claimed: Claimed, code: int, *, at: datetime) -> None:
    """Say what became of a job whose process ended without saying it.

    A process that was killed, or that lost the database, is begun again when its lease has passed.

    Parameters
    ----------
    code
        With what the process ended; negative is the signal that killed it.
    """
    if not _goes_on(claimed, at=at, has_ended=True):
        return
    if code >= 0 and code != NO_DATABASE:
        with ending(claimed) as worker:
            actions.end(claimed=claimed, state=State.FAILED, text=Outcome.GONE_WRONG, by=worker, at=at)


def give_back(watched: Watched, *, at: datetime) -> None:
    """End the process of a job, which waits again: its worker ends in good order."""
    end_process(watched)
    if _goes_on(watched.claimed, at=at, has_ended=True):
        with ending(watched.claimed) as worker:
            actions.give_back(claimed=watched.claimed, by=worker, at=at)


def end_process(watched: Watched) -> None:
    """Have the process of a job end, and wait until it has."""
    watched.process.terminate()
    try:
        watched.process.wait(ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        watched.process.kill()
        watched.process.wait()


def _goes_on(claimed: Claimed, *, at: datetime, has_ended: bool = False) -> bool:
    """Whether more becomes of a job without a process; where not, it is ended here.

    Parameters
    ----------
    has_ended
        Whether a process of this claim has been, and has ended.
    """
    is_closed = _is_closed(claimed)
    with ending(claimed) as worker:
        job = find_claimed(claimed)
        if job is None:
            return False
        outcome = _outcome(job, is_closed=is_closed, has_ended=has_ended)
        if outcome is not None:
            state, text = outcome
            actions.end(claimed=claimed, state=state, text=text, by=worker, at=at)
        return outcome is None


def _outcome(job: Job, *, is_closed: bool, has_ended: bool) -> tuple[State, str] | None:
    if job.result is not None:
        return State.DONE, ""
    if is_closed:
        return State.STOPPED, Outcome.ACCOUNT_CLOSED
    if job.stop_asked_at is not None:
        if job.state == State.QUEUED:
            return State.STOPPED, Outcome.NOT_BEGUN
        return State.STOPPED, Outcome.KILLED if has_ended else Outcome.NOTHING_KEPT
    if job.attempts > MOST_ATTEMPTS and not has_ended:
        return State.FAILED, Outcome.GIVEN_UP
    return None


def _is_closed(claimed: Claimed) -> bool:
    try:
        with acting_for(claimed):
            return False
    except AccountClosed:
        return True
