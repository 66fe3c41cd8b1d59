"""A joint plan from plans that collide, with as little change for each nation as can be found.

Lines in no conflict are booked as they stand. Then nations take turns: the one that has kept the smallest part of its
lines so far books its next line as it stands, if that can still be. This is repeated with what each lost before counted
in its favour, and the most even round goes on. What could not be booked is placed afresh among the rest. Two searches
improve the whole: one from there, with a price on each leg moved that falls from one that nothing outweighs to nothing;
one from a new plan for everybody, with a price that rises. Beside them stands a plan in which the most urgent lines are
booked first, whoever's they are: less even, and less late. Plans that are no better than another in anything are
dropped.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import muster
from muster.movement.deconflict.burden import Burden, burdens, uneven
from muster.movement.deconflict.conflicts import Collision
from muster.movement.deconflict.nations import lines_by_nation
from muster.movement.plan import Plan, Score
from muster.movement.problem import Problem
from muster.movement.replan.changes import Changes, compare
from muster.movement.replan.courses import COURSES_MIN, FIRM_MIN, Courses
from muster.movement.replan.curve import FAIR_MIN
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
from muster.movement.search.tables import Tables
from muster.movement.solve import FIRST_PATIENCE, Progress

ROUNDS: Final = 8
"""Rounds of turns among which the fairest goes on."""
FAVOUR: Final = 0.5
"""Lines that count as not kept in a round, for each that was lost in the round before."""
ROUNDS_SHARE: Final = 0.2
"""Part of the time after which no other round begins."""


class Choice(StrEnum):
    """Which of the joint plans is proposed; of all, one that leaves least behind."""

    EVEN = "even"
    """The one in which the largest part of its lines that any nation changes is smallest, then the second largest; of
    equally even ones the one with the least sum of lateness and fair price of change."""
    LEAST = "least"
    """The one with the fewest legs moved."""
    FREE = "free"
    """The least late one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One joint plan.

    Attributes
    ----------
    leg_price_min
        The price of a leg moved, in weighted minutes late, at which it was found.
    burdens
        What it asks of each nation.
    """

    leg_price_min: int
    plan: Plan
    score: Score
    changes: Changes
    burdens: tuple[Burden, ...]

    @property
    def is_firm(self) -> bool:
        """Whether no lateness outweighed a change."""
        return self.leg_price_min == FIRM_MIN

    @property
    def unevenness(self) -> tuple[float, ...]:
        """What is made small in an even plan, see :func:`muster.movement.deconflict.burden.uneven`."""
        return uneven(self.burdens)

    @property
    def largest_share(self) -> float:
        """The largest part of its lines that any nation has to change; none where nobody has lines."""
        return max(self.unevenness, default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Joint plans, the fewest legs moved first.

    Attributes
    ----------
    first_plan_s
        Seconds until there was a joint plan.
    rounds
        Rounds of turns that were made.
    """

    proposals: tuple[Proposal, ...]
    first_plan_s: float
    agree_s: float
    rounds: int
    iterations: int


def choose(proposals: Sequence[Proposal], choice: Choice | int) -> Proposal:
    """The joint plan that is proposed.

    Parameters
    ----------
    choice
        A number is the most lines of all nations together that may change; where every plan changes more, the one with
        the fewest legs moved is taken.
    """
    least = min(proposal.score.unmet_weight for proposal in proposals)
    whole = [proposal for proposal in proposals if proposal.score.unmet_weight == least]
    if choice is Choice.EVEN:
        return min(whole, key=lambda p: (p.unevenness, p.score.weighted_lateness_min + FAIR_MIN * p.changes.legs))
    if choice is Choice.LEAST:
        return min(whole, key=lambda p: (p.changes.legs, p.score.key))
    if not isinstance(choice, Choice):
        few = [proposal for proposal in whole if len(proposal.changes.lines) <= choice]
        return min(few, key=lambda p: p.score.key) if few else choose(proposals, Choice.LEAST)
    return min(whole, key=lambda p: p.score.key)


def agree(
    problem: Problem,
    collision: Collision,
    *,
    seed: int = 1,
    time_limit_s: float = 20.0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    iteration_limit: int | None = None,
) -> Agreement:
    """Find joint plans.

    Parameters
    ----------
    time_limit_s
        Seconds for the search; a first joint plan is always finished.
    on_progress, should_stop
        As for :func:`muster.movement.solve.solve`.
    iteration_limit
        Steps of each search at each price, whatever the clock says; None is no limit.
    """
    if on_progress is not None and not is_made():
        on_progress(Progress(phase="machine code", elapsed_s=0.0))
    make_machine_code(problem)
    courses = Courses(time_limit_s, on_progress, should_stop, iteration_limit)
    return _Agreeing(problem, collision, seed, courses).run()


@dataclass(slots=True)
class _Agreeing:
    """One call of :func:`agree`."""

    problem: Problem
    collision: Collision
    seed: int
    courses: Courses
    rounds: int = 0

    def run(self) -> Agreement:
        self.courses.report("first plan", None)
        board = Board(self.problem)
        tables = lay_standing(board, lay_out(board), self.collision.merged)
        found: list[Proposal] = []
        with ThreadPoolExecutor(len(COURSES_MIN)) as threads:
            afresh, by_priority = (
                Improver(board, tables, self.seed * len(COURSES_MIN) + number) for number in range(1, 3)
            )
            by_priority.set_leg_price(FIRM_MIN)
            placing = [
                threads.submit(place, usual_order(board), (), Settings(patience=FIRST_PATIENCE), lambda: False)
                for place in (afresh.place_rest, by_priority.restore_all)
            ]
            in_turns = self._in_turns(board, tables)
            for first in placing:
                first.result()
            first_plan_s = self.courses.elapsed_s()
            self.courses.report("first plan", in_turns)
            found += [self._proposal(board, tables, search, FIRM_MIN) for search in (in_turns, by_priority)]
            for price_min, search in self.courses.run((in_turns, afresh), threads):
                found.append(self._proposal(board, tables, search, price_min))
        return Agreement(
            proposals=tuple(_worth_showing(found)),
            first_plan_s=first_plan_s,
            agree_s=self.courses.elapsed_s(),
            rounds=self.rounds,
            iterations=in_turns.iterations,
        )

    def _in_turns(self, board: Board, tables: Tables) -> Improver:
        """The search that begins with the most even of some rounds of turns."""
        search = Improver(board, tables, self.seed * len(COURSES_MIN))
        search.set_leg_price(FIRM_MIN)
        in_conflict = self.collision.ulns
        firm = [unit for unit in board.units if unit.line.uln not in in_conflict]
        nations = lines_by_nation(self.problem)
        sizes = [len(lines) for lines in nations.values()]
        parties = [
            [unit for unit in board.units if unit.line.nation == nation and unit.line.uln in in_conflict]
            for nation in nations
        ]
        kept = [float(size - len(party)) for size, party in zip(sizes, parties, strict=True)]
        tried: list[tuple[tuple[float, ...], list[float]]] = []
        while not tried or (len(tried) < ROUNDS and not self._is_late() and not self.courses.is_stopped()):
            counted = Counter(unit.line.nation for unit in search.restore_in_turns(firm, parties, kept, sizes))
            lost = [counted[nation] for nation in nations]
            shares = sorted((count / size for count, size in zip(lost, sizes, strict=True)), reverse=True)
            tried.append((tuple(shares), kept))
            kept = [own - FAVOUR * count for own, count in zip(kept, lost, strict=True)]
        self.rounds = len(tried)
        _, evenest = min(tried, key=lambda round_: round_[0])
        left = search.restore_in_turns(firm, parties, evenest, sizes)
        search.place_left(left, Settings(patience=FIRST_PATIENCE))
        return search

    def _proposal(self, board: Board, tables: Tables, search: Improver, price_min: int) -> Proposal:
        plan = write_plan(board, tables, search.best(), version=muster.__version__, seed=self.seed)
        changes = compare(self.problem, self.collision.merged, plan)
        return Proposal(
            leg_price_min=price_min,
            plan=plan,
            score=score(self.problem, plan),
            changes=changes,
            burdens=burdens(self.problem, self.collision.merged, plan, changes, self.collision.ulns),
        )

    def _is_late(self) -> bool:
        """Whether no other round should begin."""
        has_clock = self.courses.iteration_limit is None
        return has_clock and self.courses.elapsed_s() > ROUNDS_SHARE * self.courses.time_limit_s


def _worth_showing(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Proposals that no other beats in one thing and equals in the rest; of equals, the first."""
    worths = [(p.changes.legs, p.unevenness, p.score.key[:3]) for p in proposals]
    for place, worth in sorted(enumerate(worths), key=lambda item: (item[1], item[0])):
        others = (
            other
            for number, other in enumerate(worths)
            if number != place and (other != worth or number < place)
        )  # fmt: skip
        if not any(all(a <= b for a, b in zip(other, worth, strict=True)) for other in others):  # type: ignore[operator]
            yield proposals[place]
