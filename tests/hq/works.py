"""Long work for the tests of jobs."""

import os
import signal
import time
import uuid
from collections.abc import Mapping
from typing import Final

from muster.hq.jobs.kinds import Course, WorkRefused, register
from muster.hq.records.canonical import Json
from muster.hq.scenario.models import Row

MADE: Final = uuid.UUID(int=7)


def count(_parameters: Mapping[str, Json], course: Course) -> None:
    with course.acting():
        course.made(MADE)


def see(_parameters: Mapping[str, Json], course: Course) -> None:
    with course.acting() as by:
        course.tell(0.5, f"{by.post_id} sees", {"rows": Row.objects.count()})


def refuse(_parameters: Mapping[str, Json], _course: Course) -> None:
    raise WorkRefused("The scenario has faults. Mend them first.")


def until_stopped(_parameters: Mapping[str, Json], course: Course) -> None:
    until = time.monotonic() + 20
    counted = 0
    while not course.should_stop() and time.monotonic() < until:
        counted += 1
        course.tell(None, "counting", {"counted": counted})
        time.sleep(0.05)


def die(_parameters: Mapping[str, Json], course: Course) -> None:
    with course.acting():
        course.made(MADE)
    os.kill(os.getpid(), signal.SIGKILL)


def wrong(parameters: Mapping[str, Json], _course: Course) -> None:
    raise ValueError(str(parameters))


WORKS: Final = {"count": count, "see": see, "refuse": refuse, "stop": until_stopped, "die": die, "wrong": wrong}


def register_works() -> None:
    """Make all of them known."""
    for kind, work in WORKS.items():
        register(kind, f"hq.works.{work.__name__}", page="plan")
