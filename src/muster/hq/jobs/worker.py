"""The worker: takes jobs out of the queue, has each done in a process of its own, and keeps their leases meanwhile."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from muster.hq.folder import VARIABLE
from muster.hq.orphans import end_with_parent
from muster.hq.running import use

if __name__ == "__main__":
    end_with_parent(int(sys.argv[1]))
use(Path(os.environ[VARIABLE]))

from django.conf import settings  # noqa: E402 - after `use`
from django.db import DatabaseError, InterfaceError, connection  # noqa: E402

from muster.hq.jobs.claiming import claim  # noqa: E402
from muster.hq.jobs.waiting import Bell  # noqa: E402
from muster.hq.jobs.watching import Watched, give_back, look_after, take_up  # noqa: E402

LOOKS_EVERY_S: Final = 1.0
"""How often a worker looks after its jobs, and for new ones where no bell rang."""


def work_once(watched: list[Watched], at_once: int) -> None:
    """Look after the jobs that go on, and take up others; the list holds those that go on, whatever happens."""
    for each in list(watched):
        if not look_after(each, at=datetime.now(UTC)):
            watched.remove(each)
    while len(watched) < at_once and (claimed := claim()) is not None:
        if (taken := take_up(claimed, at=datetime.now(UTC))) is not None:
            watched.append(taken)


def main() -> None:
    """Work until told to end, or until the process that began this one ends."""
    signal.signal(signal.SIGTERM, _end)
    bell, watched = Bell(), list[Watched]()
    try:
        while True:
            try:
                work_once(watched, settings.JOBS_AT_ONCE)
            except (DatabaseError, InterfaceError):
                connection.close()
            bell.wait(LOOKS_EVERY_S)
    except KeyboardInterrupt:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        connection.close()
        for each in watched:
            give_back(each, at=datetime.now(UTC))


def _end(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
