"""Matching offers to requirements: part by part prices, a matching at once, better ones, and what is proved of them."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from muster.forces.matching.formulation.lexicographic import improve_exactly
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.objectives import Aim, Attainment, attained, unit_of_cost
from muster.forces.matching.part import (
    OWN_AIMS,
    WORKERS,
    Begun,
    Part,
    begin_part,
    chosen_tours,
    continue_part,
    lay_out,
    matching_of,
    refine_part,
)
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.split import split

_Worked = TypeVar("_Worked")

LEAST_S: Final = 0.5
"""Seconds that the smallest part may take; few do."""
LARGEST_TIMES: Final = 3
"""How many times its share of the time the largest part may take."""
COVER_SHARE: Final = 0.85
REFINE_SHARE: Final = 0.95
"""Shares of the time after which coverage, and the other aims of each part, have had theirs; the rest is for the aims
that concern all parts at once. What one does not need is for the next, and where parts are too large for other aims
coverage has all of it."""
WHOLE_TOURS: Final = 60_000
"""Most possible tours for which those aims are improved; beyond, they are only told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    Attributes
    ----------
    parts_done, parts
        Parts of the question that have an answer, and all of them; those that may be better are taken up again.
    value, bound
        Weighted element-days covered in the parts done, and what no matching exceeds there.
    """

    elapsed_s: float
    parts_done: int
    parts: int
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Result:
    """A matching and what is proved of it.

    Attributes
    ----------
    attainments
        In the order of importance.
    parts
        The parts as they were solved, for whoever changes one of them.
    solve_s
        Seconds it took.
    """

    matching: Matching
    attainments: tuple[Attainment, ...]
    parts: tuple[Part, ...]
    solve_s: float

    @property
    def coverage(self) -> Attainment:
        """The first aim."""
        return self.attainments[0]


def solve(
    problem: MatchingProblem,
    *,
    seed: int,
    time_limit_s: float,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Result:
    """Match offers to requirements.

    Parameters
    ----------
    time_limit_s
        Seconds for all of it; a first matching of every part is always made. Making machine code, which happens once
        after an installation, is not counted.
    """
    make_machine_code()
    started = time.monotonic()
    boards = [lay_out(part) for part in split(problem)]
    sizes = [board.size for board in boards]
    later = 1 - COVER_SHARE
    if sum(sizes) > WHOLE_TOURS:
        later *= sum(board.size for board in boards if board.is_easy) / sum(sizes)
    until = started + (1 - later) * time_limit_s
    last: dict[int, Part] = {}

    def told(number: int, begun: Begun) -> Begun:
        last[number] = begun.part
        on_progress(_progress(time.monotonic() - started, tuple(last.values()), len(boards)))
        return begun

    def begin(number: int, seconds: float) -> Begun:
        return told(number, begin_part(boards[number], seed=seed, seconds=seconds, should_stop=should_stop))

    begun = _in_turn(sizes, until=until, work=begin)

    unproved = [number for number, one in enumerate(begun) if one.gap]

    def go_on(turn: int, seconds: float) -> Part:
        number = unproved[turn]
        board, one = boards[number], begun[number]
        return told(number, continue_part(board, one, seed=seed, seconds=seconds, should_stop=should_stop)).part

    better = _in_turn([begun[number].gap for number in unproved], until=until, work=go_on)
    of_number = dict(zip(unproved, better, strict=True))
    parts = covered = tuple(of_number.get(number, one.part) for number, one in enumerate(begun))

    def refine(number: int, seconds: float) -> Part:
        return refine_part(boards[number], covered[number], seconds=seconds, should_stop=should_stop)

    if not should_stop():
        parts = _in_turn(sizes, until=started + REFINE_SHARE * time_limit_s, work=refine)
    matching = Matching(tuple(tour for part in parts for tour in part.matching.tours))
    bounds = {aim: _sum_of_bounds(parts, aim) for aim in OWN_AIMS}
    left_s = time_limit_s - (time.monotonic() - started)
    if left_s > 0 and 0 < sum(board.size for board in boards) <= WHOLE_TOURS and not should_stop():
        matching, proved = _improve_whole(problem, matching, left_s, should_stop)
        bounds |= proved
    values = attained(problem, matching)
    attainments = tuple(Attainment(aim, values[aim], bounds.get(aim)) for aim in Aim)
    return Result(matching, attainments, parts, time.monotonic() - started)


def _in_turn(weights: Sequence[int], *, until: float, work: Callable[[int, float], _Worked]) -> tuple[_Worked, ...]:
    """Work on every part; gives what came of it in their order.

    The heaviest is begun first and may take three times its share, so that what it needs does not come last; of the
    others the lightest come first, and what they leave of their time is for those after them.

    Parameters
    ----------
    work
        Works on a part, by its position, for some seconds.
    """
    waiting = sum(weights)

    def turn(number: int) -> _Worked:
        nonlocal waiting
        share = weights[number] / max(1, waiting)
        waiting -= weights[number]
        left_s = max(0.0, until - time.monotonic())
        times = LARGEST_TIMES if number == heaviest else sharing
        return work(number, max(LEAST_S, left_s * min(1.0, times * share)))

    heaviest = max(range(len(weights)), key=lambda number: weights[number], default=0)
    sharing = 1 if not weights or LARGEST_TIMES * weights[heaviest] >= waiting else WORKERS
    order = sorted(range(len(weights)), key=lambda number: (number != heaviest, weights[number]))
    with ThreadPoolExecutor(WORKERS) as pool:
        done = dict(zip(order, pool.map(turn, order), strict=True))
    return tuple(done[number] for number in range(len(weights)))


def _progress(elapsed_s: float, done: Sequence[Part], parts: int) -> Progress:
    return Progress(elapsed_s, len(done), parts, sum(part.value for part in done), sum(part.bound for part in done))


def _sum_of_bounds(parts: Sequence[Part], aim: Aim) -> float | None:
    """Bound of an aim on the whole; None where a part proves nothing about it.

    An aim after the first is bounded only where those before are proved in every part: else a matching that is better
    in them could be worse or better in this one.
    """
    before = OWN_AIMS[: OWN_AIMS.index(aim)]
    if any(aim not in part.bounds or not all(part.is_proved(earlier) for earlier in before) for part in parts):
        return None
    return sum(part.bounds[aim] for part in parts)


def _improve_whole(
    problem: MatchingProblem, matching: Matching, seconds: float, should_stop: Callable[[], bool]
) -> tuple[Matching, dict[Aim, float | None]]:
    """Improve the aims that concern all parts at once; the others are held."""
    aims = tuple(aim for aim in Aim if aim not in OWN_AIMS and (aim is not Aim.STABILITY or problem.previous))
    board = lay_out(problem)
    found = improve_exactly(
        board.options,
        board.tables,
        chosen_tours(board, matching),
        seconds=seconds,
        aims=aims,
        held=OWN_AIMS,
        should_stop=should_stop,
    )
    bounds: dict[Aim, float | None] = {aim: unit_of_cost(problem, aim, cost) for aim, cost in found.bounds.items()}
    return matching_of(board, found.chosen), bounds
