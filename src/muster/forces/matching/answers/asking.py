"""Asking everything about a matching that its report tells, within a time, and telling what was cut short."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from muster.forces.matching.answers.again import PART_S, Again
from muster.forces.matching.answers.answered import Answered, parts_of
from muster.forces.matching.answers.asks import list_asks
from muster.forces.matching.answers.sustained import sustained
from muster.forces.matching.answers.unfilled import Unfilled, list_unfilled
from muster.forces.matching.answers.unused import list_unused
from muster.forces.matching.answers.worths import caveat_worths, gate_worths, withdrawal_worths
from muster.forces.matching.coverage import coverage
from muster.forces.matching.objectives import Aim
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import Result

Value = TypeVar("Value")


REMATCHES: Final = 60
"""How often the hardest part is likely to be matched again for the usual answers."""
LEAST_PART_S: Final = 0.5


class Asker:
    """Asks one thing after the other of one matching until the time is over or somebody stops it.

    Parameters
    ----------
    seconds
        For all answers together.
    rematches
        How often a part is likely to be matched again; it has so much of the time for each.
    count
        How many things will be asked; each has its share of the time that is left.
    is_asked_to_stop
        Whether somebody asked to stop.
    tell
        Told what is asked, as it begins.
    """

    def __init__(
        self,
        problem: MatchingProblem,
        matching: Matching,
        answered: Answered,
        *,
        seconds: float,
        rematches: int,
        count: int = 1,
        is_asked_to_stop: Callable[[], bool] = lambda: False,
        tell: Callable[[str], None],
    ) -> None:
        self._until = self._until_now = time.monotonic() + seconds
        self._left = count
        self._is_asked_to_stop, self._tell = is_asked_to_stop, tell
        self._cut_short: list[str] = []
        parts = parts_of(problem, matching, answered)
        part_s = min(PART_S, max(LEAST_PART_S, seconds / rematches))
        self.again = Again(problem, parts, seed=answered.seed, part_s=part_s, should_stop=self.should_stop)

    def should_stop(self) -> bool:
        """Whether the time is over, or somebody asked to stop."""
        return self._is_asked_to_stop() or time.monotonic() > self._until_now

    def ask(self, name: str, answer: Callable[[Again], Value], *, share: float | None = None) -> Value:
        """Ask one thing; what the time cuts short is noted under its name.

        Parameters
        ----------
        share
            Share of the time that is left; None is as much as for each of the others.
        """
        self._tell(f"asking: {name}")
        now = time.monotonic()
        self._until_now = now + max(0.0, self._until - now) * (share or 1 / max(1, self._left))
        self._left -= 1
        found = answer(self.again)
        if self.should_stop():
            self._cut_short.append(name)
        return found

    def left_s(self) -> float:
        """Seconds left for what is asked now."""
        return max(0.0, self._until_now - time.monotonic())

    def cut_short(self, before: Answered, *asked: str) -> tuple[str, ...]:
        """Names of answers that are not whole: those before that were not asked again, and those cut short now."""
        return (*(name for name in before.cut_short if name not in asked), *self._cut_short)


USUAL: Final = ("how long the force lasts", "reasons", "gates", "caveats", "withdrawals")
SUSTAINED_SHARE: Final = 0.5
"""Share of the time for the first of them: half an answer to it would be the wrong one."""
MOST_REASONS_S: Final = 5.0


def begin_answers(problem: MatchingProblem, result: Result, seed: int) -> Answered:
    """What is known as soon as the matching is made; without one before, stability says nothing."""
    return Answered(
        attainments=tuple(each for each in result.attainments if each.aim is not Aim.STABILITY or problem.previous),
        part_bounds=tuple(part.bound for part in result.parts),
        solve_s=result.solve_s,
        seed=seed,
    )


def answer_usual(asker: Asker, problem: MatchingProblem, matching: Matching, answered: Answered) -> Answered:
    """What every matching is asked: whether it lasts, why requirements are short, and what changes are worth."""
    lasts, reasons, gates, caveats, withdrawals = USUAL
    return replace(
        answered,
        sustained=asker.ask(lasts, sustained, share=SUSTAINED_SHARE),
        unfilled=asker.ask(reasons, lambda again: _reasons(asker, again)),
        unused=list_unused(problem, matching),
        gates=asker.ask(gates, gate_worths),
        caveats=asker.ask(caveats, caveat_worths),
        withdrawals=asker.ask(withdrawals, withdrawal_worths),
        cut_short=asker.cut_short(answered, *USUAL),
    )


def _reasons(asker: Asker, again: Again) -> tuple[Unfilled, ...]:
    """Why requirements are short, each with its share of the time."""
    cover = coverage(again.problem, again.base.matching)
    short = int((cover.covered < cover.needed).any(axis=1).sum())
    return list_unfilled(again, requirement_s=min(MOST_REASONS_S, asker.left_s() / max(1, short)))


def answer_asks(asker: Asker, answered: Answered, *, most: int) -> Answered:
    """The value of the next offer."""
    name = "next offers"
    asks = asker.ask(name, lambda again: list_asks(again, most=most))
    return replace(answered, asks=asks, cut_short=asker.cut_short(answered, name))
