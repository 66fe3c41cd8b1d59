"""Matching again with something changed: only the parts that the change touches are solved."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
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
_Names = tuple[str, ...]
"""Requirements of a part."""
_IMMATERIAL: Final = frozenset({"favour", "option"})
"""Tables that do not change what can be covered."""


@dataclass(frozen=True, slots=True)
class Rematch:
    """Parts that were matched."""

    parts: tuple[Part, ...]

    @property
    def value(self) -> int:
        """Weighted element-days covered."""
        return sum(part.value for part in self.parts)

    @property
    def bound(self) -> int:
        """Weighted element-days that no matching exceeds."""
        return sum(part.bound for part in self.parts)

    @property
    def is_proved(self) -> bool:
        """Whether no more can be covered."""
        return self.value == self.bound

    @property
    def matching(self) -> Matching:
        """The tours of all parts."""
        return Matching(tuple(tour for part in self.parts for tour in part.matching.tours))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A problem as it is and with a change.

    Attributes
    ----------
    untouched
        Parts that the change does not touch.
    before, after
        The others without and with the change, matched with equal effort.
    """

    untouched: Rematch
    before: Rematch
    after: Rematch

    @property
    def gain(self) -> int:
        """Weighted element-days that the change adds; negative where it takes some."""
        return self.after.value - self.before.value

    @property
    def gain_bound(self) -> int:
        """What the change cannot add more than."""
        return self.after.bound - self.before.value


class Again:
    """Answers what would be covered if something were otherwise.

    Several threads may ask; no more than :data:`WORKERS` parts are worked on at one time.

    Parameters
    ----------
    parts
        The parts of the problem as they were solved; without any, the problem is matched at once.
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
        self._seed, self._part_s, self._matching = seed, part_s, Rematch(tuple(parts)).matching
        self._known: dict[_Names, list[tuple[Board, Part]]] = {}
        self._locks: dict[_Names, Lock] = {}
        self._turns = BoundedSemaphore(WORKERS)
        self._given = {_names(part.problem): part for part in parts}
        if not parts:
            self._given = {_names(part.problem): part for part in self._parts(split(problem))}
        self.base = Rematch(tuple(self._given.values()))

    def match(self, problem: MatchingProblem) -> Rematch:
        """Match a problem that differs from the first one."""
        found = self.compare(problem)
        return Rematch(found.untouched.parts + found.after.parts)

    def compare(self, problem: MatchingProblem) -> Comparison:
        """Match a problem that differs from the first one, beside that.

        Parts of the first problem that the change touches are matched again too where more might be covered: else a
        change would be given what is only more time.
        """
        changed = split(problem)
        kept = {_names(part) for part in changed if self._stands(part)}
        after = self._parts([part for part in changed if _names(part) not in kept])
        touched = [part for names, part in self._given.items() if names not in kept]
        open_ones = [part for part in touched if not part.is_proved(Aim.COVERAGE)]
        before = [part for part in touched if part.is_proved(Aim.COVERAGE)]
        before += self._parts([part.problem for part in open_ones])
        untouched = tuple(part for names, part in self._given.items() if names in kept)
        return Comparison(Rematch(untouched), Rematch(tuple(before)), Rematch(tuple(after)))

    def _stands(self, problem: MatchingProblem) -> bool:
        given = self._given.get(_names(problem))
        return given is not None and given.problem == problem

    def _parts(self, problems: Sequence[MatchingProblem]) -> list[Part]:
        if len(problems) == 1:
            return [self._part(problems[0])]
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(self._part, problems))

    def _part(self, problem: MatchingProblem) -> Part:
        names = _names(problem)
        with self._locks.setdefault(names, Lock()):
            known = self._known.setdefault(names, [])
            given = self._given.get(names)
            if given is not None and not known:
                board = lay_out(given.problem)
                known.append((board, given if given.is_proved(Aim.COVERAGE) else self._solved(board)))
            if (same := next((part for _, part in known if part.problem == problem), None)) is not None:
                return same
            board = lay_out(problem)
            found = next((part for other, part in known if _is_same_choice(board, other)), None)
            if found is None:
                found = self._solved(board)
                known.append((board, found))
            return found

    def _solved(self, board: Board) -> Part:
        with self._turns:
            return solve_part(
                board, seed=self._seed, seconds=self._part_s, start=self._matching, should_stop=self.should_stop
            )


def _names(problem: MatchingProblem) -> _Names:
    return tuple(row.requirement_id for row in problem.requirements)


def _is_same_choice(board: Board, other: Board) -> bool:
    """Whether two parts let the same units do the same tours under the same rules."""
    ours, theirs = board.tables._asdict(), other.tables._asdict()
    offers, others = board.options.problem.offers, other.options.problem.offers
    return [offer.offer_id for offer in offers] == [offer.offer_id for offer in others] and all(
        np.array_equal(ours[name], theirs[name]) for name in ours if name not in _IMMATERIAL
    )


def changed_cover(found: Comparison) -> tuple[tuple[str, int], ...]:
    """Element-days gained or lost by requirement, largest change first; only requirements that change."""
    had, has = _covered_days(found.before), _covered_days(found.after)
    changes = {name: days - had.get(name, 0) for name, days in has.items()}
    return tuple(
        sorted(((name, days) for name, days in changes.items() if days), key=lambda row: (-abs(row[1]), row[0]))
    )


def _covered_days(match: Rematch) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for part in match.parts:
        days = np.array([need.days for need in list_needs(part.problem)])
        covered = coverage(part.problem, part.matching).covered
        names = (row.requirement_id for row in part.problem.requirements)
        found |= zip(names, (covered * days).sum(axis=1).tolist(), strict=True)
    return found
