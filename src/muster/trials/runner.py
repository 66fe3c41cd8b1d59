"""Replications run in chunks by many workers, as if one had run them all in order."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from muster.trials.workers import Rows, Trial, Workers

ASK_EVERY_S: Final = 0.2
"""Seconds between two questions whether to stop."""
RENEWALS: Final = 3
"""How often workers may die without finishing a chunk before the run is given up."""


class WorkersLost(RuntimeError):
    """Workers die as soon as they begin, so that nothing can be finished."""

    def __init__(self, done: int, count: int) -> None:
        super().__init__(
            f"Workers died {RENEWALS} times with {done} of {count} replications done and none more; "
            "look for a lack of memory, or run with fewer workers."
        )
        self.done, self.count = done, count


@dataclass(frozen=True, slots=True)
class Trials:
    """What the replications gave.

    Attributes
    ----------
    replications
        Those that were run, rising; all of them unless the run was stopped. Shape (n,).
    rows
        One row each. Shape (n, ...).
    """

    replications: npt.NDArray[np.int64]
    rows: Rows


def run_trials(
    trial: Trial,
    count: int,
    *,
    workers: Workers,
    chunk: int = 50,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Trials:
    """Run replications 0 to ``count - 1`` of a trial.

    The rows are the same for any number of workers of either kind and for any chunk, because each depends on its
    replication alone.

    Parameters
    ----------
    chunk
        Replications that one worker runs at a time.
    on_progress
        Told how many replications are done, and of how many.
    should_stop
        Asked a few times a second; what is finished by then is the result.

    Raises
    ------
    WorkersLost
        When workers die over and over. What one that dies had not finished is otherwise run again.
    """
    if count < 1 or chunk < 1:
        raise ValueError(f"{count} replications in chunks of {chunk} are no trial; give at least 1 of both.")
    parts = [range(first, min(first + chunk, count)) for first in range(0, count, chunk)]
    course = _Course(workers, parts, count)
    workers.take(trial)
    course.submit_all()
    while course.pending and not (should_stop is not None and should_stop()):
        if course.collect() and on_progress is not None:
            on_progress(course.done, count)
    course.drop_rest()
    return course.trials()


class _Course:
    """Which chunks are done, and which are with workers."""

    def __init__(self, workers: Workers, parts: list[range], count: int) -> None:
        self._workers, self._count = workers, count
        self._missing = dict.fromkeys(parts)
        self._rows: dict[range, Rows] = {}
        self._renewals = 0
        self.pending: dict[Future[Rows], range] = {}
        self.done = 0

    def submit_all(self) -> None:
        """Give every chunk that is not done to the workers."""
        self.pending = {self._workers.submit(part): part for part in self._missing}

    def collect(self) -> bool:
        """Wait a moment for chunks; whether any came."""
        finished, _ = wait(self.pending, timeout=ASK_EVERY_S, return_when=FIRST_COMPLETED)
        before = self.done
        try:
            for future in finished:
                self._keep(self.pending[future], future.result())
                del self.pending[future]
        except self._workers.deaths:
            self._begin_again(has_come=self.done > before)
        return self.done > before

    def _keep(self, part: range, rows: Rows) -> None:
        del self._missing[part]
        self._rows[part] = rows
        self.done += len(part)
        self._renewals = 0

    def _begin_again(self, *, has_come: bool) -> None:
        """Run what died with a worker again."""
        self._renewals = 1 if has_come else self._renewals + 1
        if self._renewals > RENEWALS:
            raise WorkersLost(self.done, self._count)
        self._workers.renew()
        self.submit_all()

    def drop_rest(self) -> None:
        """Keep what is finished, and leave the rest."""
        for future, part in self.pending.items():
            if not future.cancel() and future.done() and future.exception() is None:
                self._keep(part, future.result())

    def trials(self) -> Trials:
        """Rows in the order of their replications; none where none is done."""
        parts = sorted(self._rows, key=lambda part: part.start)
        if not parts:
            return Trials(np.empty(0, dtype=np.int64), np.empty((0, 0)))
        numbers = np.concatenate([np.arange(part.start, part.stop, dtype=np.int64) for part in parts])
        return Trials(numbers, np.concatenate([self._rows[part] for part in parts]))
