"""Matching again with something changed: only the parts that the change touches are solved."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from muster.forces.matching.coverage import coverage
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.needs import list_needs
from muster.forces.matching.objectives import Aim
from muster.forces.matching.part import WORKERS, Board, Part, lay_out, solve_part
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.split import split

PART_S: Final = 10.0
"""Seconds that one part may take; nearly all need far less."""
_IMMATERIAL: Final = frozenset({"favour", "option"})
"""Tables that do not change what can be covered."""


@dataclass(frozen=True, slots=True)
class Rematch:
    """Coverage after a change.

    Attributes
    ----------
    value, bound
        Weighted element-days covered, and what no matching exceeds.
    matching
        The tours, those of untouched parts as they were.
    """

    problem: MatchingProblem
    value: int
    bound: int
    matching: Matching

    @property
    def is_proved(self) -> bool:
        """Whether no more can be covered."""
        return self.value == self.bound


class Again:
    """Answers what would be covered if something were otherwise.

    Parameters
    ----------
    parts
        The parts of the problem as they were solved. Those that are not proved are solved again, with as much effort as
        those with a change will get: else a change would be given what is only more time.
    part_s
        Seconds that one part may take.
    """

    def __init__(
        self,
        problem: MatchingProblem,
        parts: Sequence[Part],
        *,
        seed: int,
        part_s: float = PART_S,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        make_machine_code()
        self.problem, self.should_stop = problem, should_stop
        self._seed, self._part_s = seed, part_s
        self._known: dict[tuple[str, ...], list[tuple[Board, Part]]] = {}
        self._matching = Matching(tuple(tour for part in parts for tour in part.matching.tours))
        for part in parts:
            if part.is_proved(Aim.COVERAGE):
                self._remember(lay_out(part.problem), part)
        self.base = self.match(problem)

    def match(self, problem: MatchingProblem) -> Rematch:
        """Match a problem that differs from the first one."""
        with ThreadPoolExecutor(WORKERS) as pool:
            parts = tuple(pool.map(self._part, split(problem)))
        return Rematch(
            problem,
            sum(part.value for part in parts),
            sum(part.bound for part in parts),
            Matching(tuple(tour for part in parts for tour in part.matching.tours)),
        )

    def _part(self, problem: MatchingProblem) -> Part:
        known = self._known.get(_names(problem), [])
        if (same := next((part for _, part in known if part.problem == problem), None)) is not None:
            return same
        board = lay_out(problem)
        found = next((part for other, part in known if _is_same_choice(board, other)), None)
        if found is None:
            found = solve_part(
                board,
                seed=self._seed,
                seconds=self._part_s,
                start=self._matching,
                should_stop=self.should_stop,
            )
            self._remember(board, found)
        return found

    def _remember(self, board: Board, part: Part) -> None:
        self._known.setdefault(_names(part.problem), []).append((board, part))


def _names(problem: MatchingProblem) -> tuple[str, ...]:
    return tuple(row.requirement_id for row in problem.requirements)


def _is_same_choice(board: Board, other: Board) -> bool:
    """Whether two parts let the same units do the same tours under the same rules."""
    ours, theirs = board.tables._asdict(), other.tables._asdict()
    offers, others = board.options.problem.offers, other.options.problem.offers
    return [offer.offer_id for offer in offers] == [offer.offer_id for offer in others] and all(
        np.array_equal(ours[name], theirs[name]) for name in ours if name not in _IMMATERIAL
    )


def changed_cover(before: Rematch, after: Rematch) -> tuple[tuple[str, int], ...]:
    """Element-days gained or lost by requirement, largest change first; only requirements that change."""
    had = _covered_days(before)
    changes = {name: days - had.get(name, 0) for name, days in _covered_days(after).items()}
    return tuple(
        sorted(((name, days) for name, days in changes.items() if days), key=lambda row: (-abs(row[1]), row[0]))
    )


def _covered_days(match: Rematch) -> Mapping[str, int]:
    days = np.array([need.days for need in list_needs(match.problem)])
    covered = coverage(match.problem, match.matching).covered
    names: Iterable[str] = (row.requirement_id for row in match.problem.requirements)
    return dict(zip(names, (covered * days).sum(axis=1).tolist(), strict=True))
