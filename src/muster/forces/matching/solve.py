"""Matching offers to requirements: part by part prices, a matching at once, better ones, and what is proved of them."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from muster.forces.matching.formulation.lexicographic import improve_exactly
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.objectives import Aim, Attainment, attained, unit_of_cost
from muster.forces.matching.part import (
    OWN_AIMS,
    WORKERS,
    Board,
    Part,
    chosen_tours,
    lay_out,
    matching_of,
    refine_part,
    solve_part,
)
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.split import split

LEAST_S: Final = 0.5
"""Seconds that the smallest part may take; few do."""
LARGEST_TIMES: Final = 3
"""How many times its share of the time the largest part may take."""
COVER_SHARE: Final = 0.85
REFINE_SHARE: Final = 0.95
"""Shares of the time after which coverage, and the other aims of each part, have had theirs; the rest is for the aims
that concern all parts at once. What one does not need is for the next."""
WHOLE_TOURS: Final = 60_000
"""Most possible tours for which those aims are improved; beyond, they are only told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    Attributes
    ----------
    parts_done, parts
        Parts of the question that are answered, and all of them.
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
    done: list[Part] = []

    def cover(number: int, seconds: float) -> Part:
        part = solve_part(boards[number], seed=seed, seconds=seconds, should_stop=should_stop)
        done.append(part)
        on_progress(_progress(time.monotonic() - started, done, len(boards)))
        return part

    parts = _in_turn(boards, until=started + COVER_SHARE * time_limit_s, work=cover)
    covered = parts

    def refine(number: int, seconds: float) -> Part:
        return refine_part(boards[number], covered[number], seconds=seconds, should_stop=should_stop)

    if not should_stop():
        parts = _in_turn(boards, until=started + REFINE_SHARE * time_limit_s, work=refine)
    matching = Matching(tuple(tour for part in parts for tour in part.matching.tours))
    bounds = {aim: _sum_of_bounds(parts, aim) for aim in OWN_AIMS}
    left_s = time_limit_s - (time.monotonic() - started)
    if left_s > 0 and 0 < sum(board.size for board in boards) <= WHOLE_TOURS and not should_stop():
        matching, later = _improve_whole(problem, matching, left_s, should_stop)
        bounds |= later
    values = attained(problem, matching)
    attainments = tuple(Attainment(aim, values[aim], bounds.get(aim)) for aim in Aim)
    return Result(matching, attainments, parts, time.monotonic() - started)


def _in_turn(boards: Sequence[Board], *, until: float, work: Callable[[int, float], Part]) -> tuple[Part, ...]:
    """Work on every part; gives them in their order.

    The largest is begun first and may take three times its share, so that what it needs does not come last; of the
    others the smallest come first, and what they leave of their time is for those after them.

    Parameters
    ----------
    work
        Works on a part, by its position, for some seconds.
    """
    waiting = sum(board.size for board in boards)

    def turn(number: int) -> Part:
        nonlocal waiting
        share = boards[number].size / max(1, waiting)
        waiting -= boards[number].size
        left_s = max(0.0, until - time.monotonic())
        times = LARGEST_TIMES if number == largest else sharing
        return work(number, max(LEAST_S, left_s * min(1.0, times * share)))

    largest = max(range(len(boards)), key=lambda number: boards[number].size, default=0)
    sharing = 1 if not boards or LARGEST_TIMES * boards[largest].size >= waiting else WORKERS
    order = sorted(range(len(boards)), key=lambda number: (number != largest, boards[number].size))
    with ThreadPoolExecutor(WORKERS) as pool:
        done = dict(zip(order, pool.map(turn, order), strict=True))
    return tuple(done[number] for number in range(len(boards)))


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
