"""The main path: place every line, improve the plan while there is time, prove a bound beside it.

The search takes the same course for the same seed; the clock only decides after how many steps it stops. With a limit
on the steps instead, the plan is the same on every machine.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from threading import Thread
from typing import TYPE_CHECKING, Final

import muster
from muster.movement.plan import Plan, Score
from muster.movement.problem import Problem
from muster.movement.score import score
from muster.movement.search import Board, Improver, Settings, uncongested_min, write_plan

if TYPE_CHECKING:
    from muster.movement.formulation import Bound

REPORT_EVERY_S: Final = 1.0
"""Seconds between two reports of progress while the plan improves."""
BOUND_SHARE: Final = 0.6
"""Share of the time limit that the bound may take; it is proved beside the search."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come.

    Attributes
    ----------
    phase
        ``first plan``, ``improve``, ``bound`` or ``done``.
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
        None when it was not asked for, or when the solve was stopped before it was proved.
    closure_uncongested_min
        Closure of the lines that can move if every capacity were unlimited.
    first_plan_s
        Seconds until there was a plan to keep.
    iterations
        Steps of improvement, for a repetition on another machine.
    """

    plan: Plan
    score: Score
    bound: "Bound | None"
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
        Steps of improvement after which to stop, whatever the clock says; None is no limit.
    """
    watch = _Watch(time_limit_s, on_progress, should_stop)
    prover = _Prover(problem, time_limit_s * BOUND_SHARE) if with_bound else None
    watch.report("first plan", None, prover)
    board = Board(problem)
    improver = Improver(board, seed)
    first, *others = improver.orders()
    improver.place_all(first, Settings(Random(seed)), watch.is_stopped)  # noqa: S311 - a search needs no secrecy
    first_plan_s = watch.elapsed_s()
    for order in others:
        if watch.has_time_for(first_plan_s) and iteration_limit != 0:
            improver.place_all(order, Settings(Random(seed)), watch.is_stopped)  # noqa: S311
    improver.return_to_best()
    while watch.has_time_for(0) and (iteration_limit is None or improver.iterations < iteration_limit):
        improver.step()
        watch.report_sometimes("improve", improver, prover)
    assert improver.best is not None
    plan = write_plan(board, improver.best, version=muster.__version__, seed=seed)
    watch.report("bound", improver, prover)
    proved = None if prover is None else prover.wait(watch.is_stopped)
    watch.report("done", improver, prover)
    return Result(
        plan=plan,
        score=score(problem, plan),
        bound=proved,
        closure_uncongested_min=max(uncongested(problem).values(), default=0),
        first_plan_s=first_plan_s,
        solve_s=watch.elapsed_s(),
        iterations=improver.iterations,
    )


def uncongested(problem: Problem) -> Mapping[str, int]:
    """Closure of each line that can move, if every place, crossing and fleet had room for everyone at once.

    Ready dates, permits, caveats, overrides, travel and handling times, joining and integration are kept.
    """
    closed = {unit.line.uln: uncongested_min(unit) for unit in Board(problem).units}
    return {uln: minute for uln, minute in closed.items() if minute is not None}


class _Prover:
    """Proves the bound beside the search."""

    def __init__(self, problem: Problem, time_limit_s: float) -> None:
        self.bound: "Bound | None" = None
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._prove, args=(problem, time_limit_s), daemon=True)
        self._thread.start()

    def _prove(self, problem: Problem, time_limit_s: float) -> None:
        try:
            from muster.movement.formulation import bound  # noqa: PLC0415 - loads a solver

            self.bound = bound(problem, time_limit_s=time_limit_s)
        except BaseException as failure:  # noqa: BLE001 - told to the caller in wait()
            self._failure = failure

    def wait(self, is_stopped: Callable[[], bool]) -> "Bound | None":
        """Wait for the bound; None when the caller wants to stop before it is there."""
        while self._thread.is_alive() and not is_stopped():
            self._thread.join(timeout=0.1)
        if self._failure is not None:
            raise self._failure
        return self.bound


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

    def is_stopped(self) -> bool:
        """Whether the caller wants to stop; once said, it holds."""
        self._has_stopped = self._has_stopped or (self._should_stop is not None and self._should_stop())
        return self._has_stopped

    def has_time_for(self, work_s: float) -> bool:
        return not self.is_stopped() and self.elapsed_s() + work_s < self._limit_s

    def report_sometimes(self, phase: str, improver: Improver, prover: _Prover | None) -> None:
        if time.monotonic() - self._reported_s >= REPORT_EVERY_S:
            self.report(phase, improver, prover)

    def report(self, phase: str, improver: Improver | None, prover: _Prover | None) -> None:
        self._reported_s = time.monotonic()
        if self._on_progress is None:
            return
        proved = None if prover is None else prover.bound
        self._on_progress(
            Progress(
                phase=phase,
                elapsed_s=self.elapsed_s(),
                closure_min=None if improver is None else improver.best_value[2],
                weighted_lateness_min=None if improver is None else improver.best_value[1],
                bound_closure_min=None if proved is None else proved.closure_min,
                bound_lateness_min=None if proved is None else proved.weighted_lateness_min,
            )
        )
