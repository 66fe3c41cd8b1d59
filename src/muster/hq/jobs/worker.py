"""The worker: takes one job after the other, has each done in a process of its own, and keeps its lease meanwhile."""

import logging
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from muster.hq.folder import VARIABLE
from muster.hq.orphans import end_with_parent
from muster.hq.running import use

use(Path(os.environ[VARIABLE]))

from django.db import DatabaseError, connection  # noqa: E402 - after `use`

from muster.hq.jobs import actions  # noqa: E402
from muster.hq.jobs.acting import AccountClosed, acting_for  # noqa: E402
from muster.hq.jobs.choices import State  # noqa: E402
from muster.hq.jobs.claiming import Claimed, claim  # noqa: E402
from muster.hq.jobs.models import Job  # noqa: E402

LOOKS_EVERY_S: Final = 1.0
"""How often a worker without work looks for some."""
WATCHES_EVERY_S: Final = 1.0
STOPS_WITHIN_S: Final = 60.0
"""How long a job that was asked to stop may take to end by itself."""
MOST_ATTEMPTS: Final = 3
_LOG: Final = logging.getLogger("muster.hq.jobs")


def work_on(claimed: Claimed) -> None:
    """Have a job done, or say why it is not."""
    try:
        with acting_for(claimed.account) as by:
            job = Job.objects.get(pk=claimed.job)
            if job.stop_asked_at is not None and job.state == State.QUEUED:
                actions.end(
                    job=job.pk,
                    state=State.STOPPED,
                    text="It was stopped before it began.",
                    result=None,
                    by=by,
                    at=datetime.now(UTC),
                )
                return
            if job.attempts > MOST_ATTEMPTS:
                text = f"It was begun {MOST_ATTEMPTS} times, and its process ended each time; ask the administrator."
                actions.end(job=job.pk, state=State.FAILED, text=text, result=None, by=by, at=datetime.now(UTC))
                return
        _watch(claimed)
    except AccountClosed as closed:
        _LOG.warning("job %s is left alone: %s", claimed.job, closed)


def _watch(claimed: Claimed) -> None:
    """Begin the process of a job, keep the lease while it goes on, and end it where it does not stop by itself."""
    command = [sys.executable, "-m", "muster.hq.jobs.doing", str(os.getpid()), str(claimed.job), str(claimed.account)]
    connection.close()
    process = subprocess.Popen(command)  # noqa: S603 - ours
    try:
        while process.poll() is None:
            time.sleep(WATCHES_EVERY_S)
            try:
                with acting_for(claimed.account):
                    job = actions.renew(job=claimed.job, at=datetime.now(UTC))
            except AccountClosed:
                process.terminate()
                return
            if job is not None and job.stop_asked_at is not None:
                waited = datetime.now(UTC) - job.stop_asked_at
                if waited.total_seconds() > STOPS_WITHIN_S:
                    process.kill()
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()
    with acting_for(claimed.account) as by:
        job = Job.objects.filter(pk=claimed.job, state=State.RUNNING).first()
        if job is None:
            return
        if job.stop_asked_at is not None:
            state, text = State.STOPPED, "It did not stop by itself and was ended; nothing of it is kept."
        elif process.returncode > 0:
            state, text = State.FAILED, "Something went wrong; the log of the server says where."
        else:
            return
        actions.end(job=job.pk, state=state, text=text, result=None, by=by, at=datetime.now(UTC))


def main() -> None:
    """Work until the process that began this one ends."""
    end_with_parent(int(sys.argv[1]))
    while True:
        try:
            claimed = claim()
            if claimed is None:
                time.sleep(LOOKS_EVERY_S)
            else:
                work_on(claimed)
        except DatabaseError:
            connection.close()
            time.sleep(LOOKS_EVERY_S)


if __name__ == "__main__":
    main()
