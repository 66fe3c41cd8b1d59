"""Two searches beside each other with a price on each leg of the standing plan that is moved.

One begins with a price that no lateness outweighs, which falls to nothing; the other with none, which then rises. Both
run at each of their prices for a share of the time, and go on from their plan before.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from muster.movement.search import Improver
from muster.movement.solve import BATCH_S, Progress

FIRM_MIN: Final = 1 << 32
"""Price of a leg moved that no lateness outweighs."""
FALLING_MIN: Final = (FIRM_MIN, 7_200, 1_440, 480, 120, 30, 0)
RISING_MIN: Final = (0, 0, 30, 120, 480, 1_440, 7_200)
"""Prices of a leg moved in weighted minutes late, in the order in which each of the two searches tries them."""
COURSES_MIN: Final = (FALLING_MIN, RISING_MIN)
FIRST_SHARE: Final = 0.25
"""Part of the time that goes to the first price."""


@dataclass(slots=True)
class Courses:
    """The clock of two searches, and who wants to know about them.

    Attributes
    ----------
    time_limit_s
        Seconds from the beginning; what is begun before they are over is finished.
    iteration_limit
        Steps of each search at each price, whatever the clock says; None is no limit.
    telling_s
        The longest that it took to tell a plan after a price; those of the last prices are told after the search.
    """

    time_limit_s: float
    on_progress: Callable[[Progress], None] | None
    should_stop: Callable[[], bool] | None
    iteration_limit: int | None
    telling_s: float = 0.0
    started_s: float = field(default_factory=time.monotonic)

    def elapsed_s(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.started_s

    def is_stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.should_stop is not None and self.should_stop()

    def report(self, phase: str, search: Improver | None) -> None:
        """Tell how far it is, and how good the plan of a search."""
        if self.on_progress is not None:
            value = None if search is None else search.best_value
            self.on_progress(
                Progress(
                    phase=phase,
                    elapsed_s=self.elapsed_s(),
                    closure_min=None if value is None else value.closure_min,
                    weighted_lateness_min=None if value is None else value.lateness_min,
                )
            )

    def run(
        self, searches: tuple[Improver, Improver], threads: ThreadPoolExecutor
    ) -> Iterator[tuple[int, Improver]]:  # fmt: skip
        """Both searches at each of their prices, after their share of the time."""
        rounds = list(zip(*COURSES_MIN, strict=True))
        until_s, left_s = time.monotonic(), self.time_limit_s - self.elapsed_s()
        for number, prices_min in enumerate(rounds):
            share = FIRST_SHARE if number == 0 else (1 - FIRST_SHARE) / (len(rounds) - 1)
            until_s += max(0.0, left_s) * share
            for search, price_min in zip(searches, prices_min, strict=True):
                search.set_leg_price(price_min)
            is_last = number == len(rounds) - 1
            self._improve(searches, threads, until_s - len(searches) * self.telling_s * is_last)
            self.report("improve", min(searches, key=lambda search: search.best_value.lateness_min))
            yield prices_min[0], searches[0]
            if self.is_stopped():
                return
            yield prices_min[1], searches[1]

    def _improve(self, searches: Sequence[Improver], threads: ThreadPoolExecutor, until_s: float) -> None:
        """Let both searches go on until their time is up, or for so many steps."""
        if self.iteration_limit is not None:
            limit = self.iteration_limit
            list(threads.map(lambda search: search.improve(limit, self.is_stopped), searches))
            return
        steps = 1
        while time.monotonic() < until_s and not self.is_stopped():
            began_s = time.monotonic()
            list(threads.map(lambda search, steps=steps: search.improve(steps, self.is_stopped), searches))
            took_s = max(time.monotonic() - began_s, 1e-9)
            steps = max(1, min(2 * steps, round(steps * min(BATCH_S, until_s - began_s) / took_s)))
