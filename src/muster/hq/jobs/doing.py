"""Doing one job, in a process of its own: the process ends with the worker that began it."""

import logging
import os
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from muster.hq.folder import VARIABLE
from muster.hq.orphans import end_with_parent
from muster.hq.running import use

if __name__ == "__main__":
    end_with_parent(int(sys.argv[1]))
use(Path(os.environ[VARIABLE]))

from django.db import InterfaceError, OperationalError, connection  # noqa: E402 - after `use`

from muster.hq.jobs import actions  # noqa: E402
from muster.hq.jobs.acting import AccountClosed, acting_for  # noqa: E402
from muster.hq.jobs.choices import Outcome, State  # noqa: E402
from muster.hq.jobs.claiming import Claimed, hold  # noqa: E402
from muster.hq.jobs.kinds import JobLost, WorkRefused, work_of  # noqa: E402
from muster.hq.jobs.watching import NO_DATABASE  # noqa: E402
from muster.hq.people.models import Account  # noqa: E402
from muster.hq.places_only import where  # noqa: E402

TALKS_EVERY_S: Final = 0.5
"""Least time between two short transactions in which progress is told and it is asked whether to go on."""
NICENESS: Final = 10
"""Pages come first where both want a processor."""
_LOG: Final = logging.getLogger("muster.hq.jobs")


class _Course:
    """The course of a job, told to the database and asked of it."""

    def __init__(self, claimed: Claimed) -> None:
        self._claimed = claimed
        self._news: actions.Progress | None = None
        self._talked_at = 0.0
        self._is_to_stop = False
        self.was_stopped = False
        self.has_result = False

    def tell(self, fraction: float | None, text: str, figures: Mapping[str, float] | None = None) -> None:
        self._news = actions.Progress(fraction, text, figures or {})
        self._talk()

    def should_stop(self) -> bool:
        self._talk()
        self.was_stopped = self._is_to_stop
        return self._is_to_stop

    @contextmanager
    def acting(self) -> Iterator[Account]:
        with acting_for(self._claimed) as by:
            if not hold(self._claimed):
                raise JobLost(f"Job {self._claimed.job} is another worker's now.")
            yield by

    def made(self, result: uuid.UUID) -> None:
        if not connection.in_atomic_block:
            raise RuntimeError("What work made is noted inside `acting`, with what keeps it.")
        actions.note_result(claimed=self._claimed, result=result)
        self.has_result = True

    def _talk(self) -> None:
        """Tell the news and hear whether to go on; a database that is away for a while is asked again later."""
        now = time.monotonic()
        if self._is_to_stop or now - self._talked_at < TALKS_EVERY_S:
            return
        self._talked_at = now
        try:
            with acting_for(self._claimed):
                self._is_to_stop = not actions.tell(claimed=self._claimed, progress=self._news)
            self._news = None
        except AccountClosed:
            self._is_to_stop = True
        except (OperationalError, InterfaceError):
            connection.close()


def do(claimed: Claimed) -> State:
    """Do a job for the account that asked, and note what became of it.

    Raises
    ------
    JobLost
        When another worker has the job by now.
    AccountClosed
        When nothing is done for the account any more.
    """
    with acting_for(claimed) as by:
        found = actions.begin(claimed=claimed, by=by, at=datetime.now(UTC))
    course = _Course(claimed)
    state, text = State.DONE, ""
    try:
        work_of(found.kind)(found.parameters, course)
        if course.was_stopped:
            state, text = State.STOPPED, Outcome.BEST_KEPT if course.has_result else Outcome.NOTHING_KEPT
    except WorkRefused as refused:
        state, text = State.FAILED, str(refused)
    with course.acting() as by:
        actions.end(claimed=claimed, state=state, text=text, by=by, at=datetime.now(UTC))
    return state


def _tell_where(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    _LOG.error("%s", where(kind, trace))


def main() -> None:
    """Do the job that the arguments name: process to end with, job, account, owner, attempt."""
    _, job, account, owner, attempt = sys.argv[1:]
    os.nice(NICENESS)
    sys.excepthook = _tell_where
    try:
        do(Claimed(uuid.UUID(job), int(account), owner, int(attempt)))
    except (OperationalError, InterfaceError):
        sys.exit(NO_DATABASE)


if __name__ == "__main__":
    main()
