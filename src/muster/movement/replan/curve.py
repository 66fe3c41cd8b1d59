"""Lateness against change: plans for the rest of the move, from as few changes as can be to as many as it pleases.

Every leg of the plan in force that is moved costs a price in weighted minutes late. Two searches run beside each other.
One begins with the lines restored as they stand, those that cannot be placed anew, and a price that nothing outweighs;
the price then falls in steps to nothing. The other begins with every line placed afresh and no price, which then rises:
where much has happened, a new plan with some lines restored is better than the old one with many lines moved. Each goes
on from its plan before; what is neither less late nor less changed than another plan is dropped.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import muster
from muster.movement.plan import Move, Plan, Score
from muster.movement.problem import Problem
from muster.movement.proving import Prover
from muster.movement.replan.applying import apply_events
from muster.movement.replan.calendars import begun_uses
from muster.movement.replan.changes import Changes, compare
from muster.movement.replan.courses import COURSES_MIN, FIRM_MIN, Courses
from muster.movement.replan.events import Event
from muster.movement.replan.history import History, recall
from muster.movement.replan.proof import RestBound, left_to_prove, whole_bound
from muster.movement.replan.rest import Rest, rest_of, stranded_moves, whole_plan
from muster.movement.replan.strains import strained
from muster.movement.score import score
from muster.movement.search import (
    Board,
    Improver,
    Settings,
    Value,
    is_made,
    lay_out,
    lay_standing,
    make_machine_code,
    usual_order,
    write_plan,
)
from muster.movement.search.tables import Tables
from muster.movement.solve import FIRST_PATIENCE, Progress

FAIR_MIN: Final = 480
"""What a moved leg counts in weighted minutes late where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One plan of the curve.

    Attributes
    ----------
    leg_price_min
        The price of a leg moved at which it was found.
    problem
        As the events leave it, with the windows and the staging areas that had to give way as wide as this plan needs
        them.
    stranded
        What lines that stay on the way have done.
    strains
        What had to give way to what has begun, in words.
    """

    leg_price_min: int
    problem: Problem
    plan: Plan
    score: Score
    changes: Changes
    stranded: tuple[Move, ...]
    strains: tuple[str, ...]

    @property
    def is_firm(self) -> bool:
        """Whether no lateness outweighed a change."""
        return self.leg_price_min == FIRM_MIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """The plans among which the planner chooses, the least changed first.

    Attributes
    ----------
    history
        What has happened.
    before
        What the plan in force would be worth had nothing happened.
    bound
        What no plan of the curve that leaves no line behind can beat; None where nothing was proved in the time there
        was.
    first_plan_s
        Seconds until there was a plan to keep.
    iterations
        Steps of each search.
    """

    history: History
    points: tuple[Point, ...]
    before: Score
    bound: RestBound | None
    first_plan_s: float
    replan_s: float
    iterations: int


class Choice(StrEnum):
    """Which point of the curve is taken."""

    FAIR = "fair"
    """The one with the least sum of lateness and fair price of change."""
    LEAST = "least"
    """The one with the fewest changes."""
    FREE = "free"
    """The least late one."""


def choose(points: Sequence[Point], choice: Choice | int) -> Point:
    """The point that a planner chooses.

    Parameters
    ----------
    choice
        A number is the most lines that may change; where even the least changed plan changes more, that is taken.
    """
    if choice is Choice.LEAST:
        return points[0]
    if choice is Choice.FREE:
        return points[-1]
    if isinstance(choice, Choice):
        return min(points, key=lambda point: (point.score.unmet_weight, _fair_min(point), point.changes.legs))
    few = [point for point in points if len(point.changes.lines) <= choice]
    return min(few, key=lambda point: point.score.key) if few else points[0]


def _fair_min(point: Point) -> int:
    return point.score.weighted_lateness_min + FAIR_MIN * point.changes.legs


def replan(
    problem: Problem,
    plan: Plan,
    events: Sequence[Event],
    *,
    now_min: int,
    stranded: Sequence[Move] = (),
    seed: int = 1,
    time_limit_s: float = 5.0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    iteration_limit: int | None = None,
    with_bound: bool = True,
) -> Replanned:
    """Plan the rest of a move again.

    Parameters
    ----------
    problem, plan
        What is being carried out.
    stranded
        What lines that the plan leaves on the way have done.
    time_limit_s
        Seconds for the search; a first plan is always finished.
    on_progress, should_stop
        As for :func:`muster.movement.solve.solve`.
    iteration_limit
        Steps of each search at each price, whatever the clock says; None is no limit.
    with_bound
        Whether to prove beside the search what no plan can beat.

    Raises
    ------
    EventRefused
        When events do not fit problem and plan.
    """
    if on_progress is not None and not is_made():
        on_progress(Progress(phase="machine code", elapsed_s=0.0))
    make_machine_code(problem)
    courses = Courses(time_limit_s, on_progress, should_stop, iteration_limit)
    return _Replan(problem, plan, events, now_min, stranded, seed, courses, with_bound).run()


@dataclass(slots=True)
class _Replan:
    """One call of :func:`replan`."""

    given: Problem
    plan: Plan
    events: Sequence[Event]
    now_min: int
    stranded: Sequence[Move]
    seed: int
    courses: Courses
    with_bound: bool
    has_made_room: bool = False

    def run(self) -> Replanned:
        self.courses.report("first plan", None)
        history = recall(self.given, self.plan, self.events, now_min=self.now_min, stranded=self.stranded)
        begun = begun_uses(self.given, history)
        problem = apply_events(self.given, self.events, history, begun)
        rest = rest_of(problem, history, begun)
        board = Board(rest.problem, rest.so_far)
        tables = lay_standing(board, lay_out(board), rest.standing)
        with ThreadPoolExecutor(len(COURSES_MIN)) as threads:
            searches = self._first_plans(rest, board, tables, threads)
            first_plan_s = self.courses.elapsed_s()
            self.courses.report("first plan", searches[0])
            values, written = list[Value](), list[Point]()
            with ExitStack() as at_the_end:
                prover = at_the_end.enter_context(self._prover(rest, searches)) if self.with_bound else None
                for price_min, search in self.courses.run(searches, threads):
                    if not _is_dominated(search.best_value, values):
                        values.append(search.best_value)
                        plan = write_plan(board, tables, search.best(), version=muster.__version__, seed=self.seed)
                        written.append(self._point(problem, history, rest, price_min, plan))
                proved = None if prover is None else prover.bound
        points = [
            point
            for place, (value, point) in enumerate(zip(values, written, strict=True))
            if not _is_dominated(value, values[:place] + values[place + 1 :])
        ]
        return Replanned(
            history=history,
            points=tuple(_undominated(points)),
            before=score(self.given, self.plan),
            bound=None if proved is None else whole_bound(problem, rest, proved),
            first_plan_s=first_plan_s,
            replan_s=self.courses.elapsed_s(),
            iterations=searches[0].iterations,
        )

    def _first_plans(
        self, rest: Rest, board: Board, tables: Tables, threads: ThreadPoolExecutor
    ) -> tuple[Improver, Improver]:
        """A search that begins with as few changes as can be, and one that begins afresh."""
        restored, afresh = (
            Improver(board, tables._replace(units=tables.units.copy()), self.seed * len(COURSES_MIN) + number)
            for number in range(2)  # each with windows of its own, for a search may widen them
        )
        order = sorted(usual_order(board), key=lambda unit: unit.line.uln not in rest.begun)
        restored.set_leg_price(FIRM_MIN)
        settings = Settings(patience=FIRST_PATIENCE)
        begun = [
            threads.submit(place, order, rest.begun, settings, lambda: False)
            for place in (restored.restore_all, afresh.place_rest)
        ]
        for search in begun:
            search.result()
        self.has_made_room = restored.has_made_room or afresh.has_made_room
        return restored, afresh

    def _prover(self, rest: Rest, searches: Sequence[Improver]) -> Prover:
        """The proof of what the rest takes at least, beside the search; it ends with it, whatever is proved by then."""
        left, begins_min = left_to_prove(rest)
        best = min((search.best_value for search in searches), key=lambda value: value.lateness_min)
        left_s = max(0.1, self.courses.time_limit_s - self.courses.elapsed_s())
        return Prover(left, left_s, best.closure_min, best.lateness_min, begins_min)

    def _point(self, problem: Problem, history: History, rest: Rest, price_min: int, plan: Plan) -> Point:
        began_s = self.courses.elapsed_s()
        point = self._told(problem, history, rest, price_min, plan)
        self.courses.telling_s = max(self.courses.telling_s, self.courses.elapsed_s() - began_s)
        return point

    def _told(self, problem: Problem, history: History, rest: Rest, price_min: int, plan: Plan) -> Point:
        whole = whole_plan(rest, history, plan, version=muster.__version__, seed=self.seed)
        own, strains = strained(problem, rest.begun, whole, history.now_min, has_made_room=self.has_made_room)
        return Point(
            leg_price_min=price_min,
            problem=own,
            plan=whole,
            score=score(own, whole),
            changes=compare(own, history.plan, whole),
            stranded=stranded_moves(rest, history, plan),
            strains=strains,
        )


def _is_dominated(value: Value, others: Sequence[Value]) -> bool:
    """Whether another plan is neither more changed nor worse."""
    worth = (value.unmet, value.lateness_min, value.closure_min)
    return any(
        other.moved <= value.moved and (other.unmet, other.lateness_min, other.closure_min) <= worth for other in others
    )


def _undominated(points: Sequence[Point]) -> Iterator[Point]:
    """Points from the fewest legs moved on, each better than all before."""
    best: tuple[int, ...] | None = None
    for point in sorted(points, key=lambda point: (point.changes.legs, point.score.key)):
        if best is None or point.score.key[:3] < best:
            best = point.score.key[:3]
            yield point
