"""Long work for the tests of jobs."""

import time
import uuid
from collections.abc import Mapping
from typing import Final

from muster.hq.jobs.kinds import Course, WorkRefused
from muster.hq.records.canonical import Json
from muster.hq.scenario.models import Row

MADE: Final = uuid.UUID(int=7)


def count(_parameters: Mapping[str, Json], _course: Course) -> uuid.UUID:
    return MADE


def see(_parameters: Mapping[str, Json], course: Course) -> None:
    with course.acting() as by:
        course.tell(0.5, f"{by.post_id} sees {Row.objects.count()}")


def refuse(_parameters: Mapping[str, Json], _course: Course) -> None:
    raise WorkRefused("The scenario has faults. Mend them first.")


def until_stopped(_parameters: Mapping[str, Json], course: Course) -> None:
    until = time.monotonic() + 10
    while not course.should_stop() and time.monotonic() < until:
        time.sleep(0.05)
