"""The main path: place every line, improve the plan while there is time, prove a bound beside it.

Two searches with seeds of their own run beside each other; now and then the one that is behind goes on from the better
plan of the other. They take the same course for the same seed; the clock only decides after how many steps they stop.
With a limit on the steps instead, the plan is the same on every machine.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

import muster
from muster.movement import formulation
from muster.movement.formulation import Bound
from muster.movement.plan import Plan, Score
from muster.movement.problem import Problem
from muster.movement.proving import BoundFailed, Prover
from muster.movement.score import score
from muster.movement.search import (
    Board,
    Improver,
    Settings,
    is_made,
    lay_out,
    lay_standing,
    make_machine_code,
    usual_order,
    write_plan,
)

REPORT_EVERY_S: Final = 1.0
"""Seconds between two reports of progress while the plan improves."""
SEARCHES: Final = 2
"""Searches that run beside each other, each with its own seed."""
SHARED_EVERY: Final = 2_000
"""Steps after which a search goes on from the better plan of the other one."""
BATCH_S: Final = 0.2
"""Seconds between two questions whether to stop."""
FIRST_PATIENCE: Final = 4.0
"""Patience for shared voyages in the first plan."""
BOUND_SHARE: Final = 0.7
"""Share of the time limit that the bound may take; it is proved beside the search."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come.

    Attributes
    ----------
    phase
        ``machine code`` (the first time on a machine only, and not counted), ``first plan``, ``improve``, ``bound`` or
        ``done``.
    closure_min, weighted_lateness_min
        Of the best plan so far; None before there is one.
    bound_closure_min, bound_lateness_min
        Best bounds proved so far; None before there is one.
    """

    phase: str
    elapsed_s: float
    closure_min: int | None = None
    weighted_lateness_min: int | None = None
    bound_closure_min: int | None = None
    bound_lateness_min: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A plan, what it is worth, and how good any plan could be at best.

    Attributes
    ----------
    bound
        None when it was not asked for, or when the solve was stopped before any was proved.
    bound_failure
        What the prover said when it failed; the plan stands without it.
    closure_uncongested_min
        Closure of the lines that can move if every capacity were unlimited.
    first_plan_s
        Seconds until there was a plan to keep.
    iterations
        Steps of improvement of each search, for a repetition on another machine.
    """

    plan: Plan
    score: Score
    bound: Bound | None
    bound_failure: str | None
    closure_uncongested_min: int
    first_plan_s: float
    solve_s: float
    iterations: int


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    time_limit_s: float = 60.0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    with_bound: bool = True,
    iteration_limit: int | None = None,
    start: Plan | None = None,
) -> Result:
    """Plan a deployment.

    Parameters
    ----------
    time_limit_s
        Seconds for everything. A first plan is always finished.
    on_progress
        Told about every phase and about better plans.
    should_stop
        Asked between two steps; the best plan so far is the result, and lines that had no turn yet stay unmoved.
    with_bound
        Whether to prove a bound as well.
    iteration_limit
        Steps of improvement of each search after which to stop, whatever the clock says; None is no limit.
    start
        A plan to go on from, for this problem or for one that it differs little from: both searches begin with its
        lines as they stand, where they still can. None places every line anew.
    """
    is_ready = is_made() and (not with_bound or formulation.is_made())
    if on_progress is not None and not is_ready:
        on_progress(Progress(phase="machine code", elapsed_s=0.0))
    make_machine_code(problem)
    if with_bound:
        formulation.make_machine_code()
    watch = _Watch(time_limit_s, on_progress, should_stop)
    watch.report("first plan", None, None)
    board = Board(problem)
    tables = lay_out(board)
    if start is not None:
        tables = lay_standing(board, tables, start)
    searches = [Improver(board, tables, seed * SEARCHES + number) for number in range(SEARCHES)]
    _first_plans(board, searches, watch.is_stopped, is_standing=start is not None)
    first_plan_s = watch.elapsed_s()
    with ExitStack() as at_the_end:
        threads = at_the_end.enter_context(ThreadPoolExecutor(SEARCHES))
        prover: Prover | None = None
        if with_bound:
            first = searches[0].best_value
            limit_s = watch.left_s() * BOUND_SHARE
            prover = at_the_end.enter_context(Prover(problem, limit_s, first.closure_min, first.lateness_min))
        steps, most = 1, sys.maxsize if iteration_limit is None else iteration_limit
        while not watch.is_over() and searches[0].iterations < most:
            began_s = watch.elapsed_s()
            done = searches[0].iterations
            at_once = min(steps, most - done, SHARED_EVERY - done % SHARED_EVERY)
            list(threads.map(lambda search, steps=at_once: search.improve(steps, watch.is_over), searches))
            if searches[0].iterations % SHARED_EVERY == 0:
                _share_best(searches)
            steps = _steps_at_once(steps, watch.elapsed_s() - began_s)
            watch.report_sometimes("improve", _best(searches), prover)
        best = _best(searches)
        plan = write_plan(board, tables, best.best(), version=muster.__version__, seed=seed)
        watch.report("bound", best, prover)
        proved, failure = _proved(prover, watch.is_stopped)
        watch.report("done", best, prover)
    free_min = [unit.free_min for unit in board.units if unit.free_min is not None]
    return Result(
        plan=plan,
        score=score(problem, plan),
        bound=proved,
        bound_failure=failure,
        closure_uncongested_min=max(free_min, default=0),
        first_plan_s=first_plan_s,
        solve_s=watch.elapsed_s(),
        iterations=searches[0].iterations,
    )


def _first_plans(
    board: Board, searches: Sequence[Improver], should_stop: Callable[[], bool], *, is_standing: bool
) -> None:
    """A first plan of the first search; where a plan stands, each search begins with what stands there."""
    order, settings = usual_order(board), Settings(patience=FIRST_PATIENCE)
    if not is_standing:
        searches[0].place_all(order, settings, should_stop)
        return
    for search in searches:
        search.restore_all(order, (), settings, should_stop)


def _best(searches: Sequence[Improver]) -> Improver:
    """The search with the best plan so far, the first of them where they are equal."""
    return min(searches, key=lambda search: search.best_value)


def _share_best(searches: Sequence[Improver]) -> None:
    """Let every search go on from the best plan of all."""
    best = _best(searches)
    for search in searches:
        if search.best_value > best.best_value:
            search.adopt(best)


def _steps_at_once(steps: int, took_s: float) -> int:
    """How many steps the search makes until the clock is asked again, by how long it took for some."""
    return max(1, min(2 * steps, round(steps * BATCH_S / max(took_s, 1e-9))))


def _proved(prover: Prover | None, is_stopped: Callable[[], bool]) -> tuple[Bound | None, str | None]:
    """The bound, or why there is none; a failed proof never costs the plan."""
    if prover is None:
        return None, None
    try:
        return prover.wait(is_stopped), None
    except BoundFailed as failure:
        return prover.bound, str(failure)


def uncongested(problem: Problem) -> Mapping[str, int]:
    """Closure of each line that can move, if every place, crossing and fleet had room for everyone at once.

    Ready dates, permits, caveats, overrides, travel and handling times, joining and integration are kept.
    """
    return {unit.line.uln: unit.free_min for unit in Board(problem).units if unit.free_min is not None}


class _Watch:
    """The clock of a solve, and who wants to know about it."""

    def __init__(
        self,
        time_limit_s: float,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._start_s = self._reported_s = time.monotonic()
        self._limit_s, self._on_progress, self._should_stop = time_limit_s, on_progress, should_stop
        self._has_stopped = False

    def elapsed_s(self) -> float:
        return time.monotonic() - self._start_s

    def left_s(self) -> float:
        return max(0.0, self._limit_s - self.elapsed_s())

    def is_stopped(self) -> bool:
        """Whether the caller wants to stop; once said, it holds."""
        self._has_stopped = self._has_stopped or (self._should_stop is not None and self._should_stop())
        return self._has_stopped

    def is_over(self) -> bool:
        """Whether the caller wants to stop, or the time is up."""
        return self.is_stopped() or self.elapsed_s() >= self._limit_s

    def report_sometimes(self, phase: str, improver: Improver, prover: Prover | None) -> None:
        if time.monotonic() - self._reported_s >= REPORT_EVERY_S:
            self.report(phase, improver, prover)

    def report(self, phase: str, improver: Improver | None, prover: Prover | None) -> None:
        self._reported_s = time.monotonic()
        if self._on_progress is None:
            return
        proved = None if prover is None else prover.bound
        self._on_progress(
            Progress(
                phase=phase,
                elapsed_s=self.elapsed_s(),
                closure_min=None if improver is None else improver.best_value.closure_min,
                weighted_lateness_min=None if improver is None else improver.best_value.lateness_min,
                bound_closure_min=None if proved is None else proved.closure_min,
                bound_lateness_min=None if proved is None else proved.weighted_lateness_min,
            )
        )
