"""Doing one job, in a process of its own: the process ends with the worker that began it."""

import logging
import os
import sys
import time
import uuid
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from muster.hq.folder import VARIABLE
from muster.hq.orphans import end_with_parent
from muster.hq.running import use

use(Path(os.environ[VARIABLE]))

from muster.hq.jobs import actions  # noqa: E402 - after `use`
from muster.hq.jobs.acting import acting_for  # noqa: E402
from muster.hq.jobs.choices import State  # noqa: E402
from muster.hq.jobs.kinds import WorkRefused, work_of  # noqa: E402
from muster.hq.jobs.models import Job  # noqa: E402
from muster.hq.people.models import Account  # noqa: E402
from muster.hq.places_only import where  # noqa: E402

TOLD_EVERY_S: Final = 0.5
ASKED_EVERY_S: Final = 0.5
"""Least time between two writes of progress, and between two questions whether to stop."""
NICENESS: Final = 10
"""Pages come first where both want a processor."""
_LOG: Final = logging.getLogger("muster.hq.jobs")


class _Course:
    """The course of a job, told to the database and asked of it."""

    def __init__(self, job: uuid.UUID, account: int) -> None:
        self._job, self._account = job, account
        self._told_at = self._asked_at = 0.0
        self._is_to_stop = False

    def tell(self, fraction: float | None, text: str) -> None:
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY_S:
            self._told_at = now
            with self.acting():
                actions.tell(job=self._job, fraction=fraction, text=text)

    def should_stop(self) -> bool:
        now = time.monotonic()
        if not self._is_to_stop and now - self._asked_at >= ASKED_EVERY_S:
            self._asked_at = now
            with self.acting():
                job = Job.objects.filter(pk=self._job, state=State.RUNNING).first()
                self._is_to_stop = job is None or job.stop_asked_at is not None
        return self._is_to_stop

    def acting(self) -> AbstractContextManager[Account]:
        return acting_for(self._account)


def do(job: uuid.UUID, account: int) -> State:
    """Do a job for an account, and note what became of it."""
    with acting_for(account) as by:
        found = actions.begin(job=job, by=by, at=datetime.now(UTC))
    course = _Course(job, account)
    result: uuid.UUID | None = None
    try:
        result = work_of(found.kind)(found.parameters, course)
        state, text = (State.STOPPED, "It was stopped; the best so far is kept.") if course.should_stop() else _DONE
    except WorkRefused as refused:
        state, text = State.FAILED, str(refused)
    with acting_for(account) as by:
        actions.end(job=job, state=state, text=text, result=result, by=by, at=datetime.now(UTC))
    return state


_DONE: Final = (State.DONE, "")


def _tell_where(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    _LOG.error("%s", where(kind, trace))


def main() -> None:
    """Do the job that the arguments name: process to end with, job, account."""
    parent, job, account = sys.argv[1:]
    end_with_parent(int(parent))
    os.nice(NICENESS)
    sys.excepthook = _tell_where
    do(uuid.UUID(job), int(account))


if __name__ == "__main__":
    main()
