"""What would be if several things were otherwise at once: nations gone, caveats lifted, gates moved."""

from dataclasses import dataclass

import numpy as np

from muster.forces.matching.answers.again import Again, Rematch, changed_cover
from muster.forces.matching.coverage import people_in_place
from muster.forces.matching.problem import MatchingProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A supposition and what it does, worked out by matching again.

    Attributes
    ----------
    changes
        What is supposed, as it was asked for: ``withdraw FRA``, ``lift FRA-NIGHT``, ``gate VOTE=open``.
    before, after
        Weighted element-days covered.
    after_bound
        What no matching exceeds under the supposition.
    by_requirement
        Element-days gained or lost by requirement, largest change first; only those that change.
    by_nation
        People-months in place gained or lost by nation, largest change first; only those that change.
    """

    changes: tuple[str, ...]
    before: int
    after: int
    after_bound: int
    by_requirement: tuple[tuple[str, int], ...]
    by_nation: tuple[tuple[str, int], ...]


def suppose_all(again: Again, problem: MatchingProblem, changes: tuple[str, ...]) -> WhatIf:
    """What a changed problem does beside the one as it is.

    Parameters
    ----------
    problem
        The problem with the changes made.
    """
    after = again.match(problem)
    return WhatIf(
        changes=changes,
        before=again.base.value,
        after=after.value,
        after_bound=after.bound,
        by_requirement=changed_cover(again.base, after),
        by_nation=_changed_people(again.base, after),
    )


def _changed_people(before: Rematch, after: Rematch) -> tuple[tuple[str, int], ...]:
    old, new = (
        {nation: int(np.sum(months)) for nation, months in people_in_place(match.problem, match.matching).items()}
        for match in (before, after)
    )
    changes = {nation: people - old.get(nation, 0) for nation, people in new.items()}
    rows = ((nation, change) for nation, change in changes.items() if change)
    return tuple(sorted(rows, key=lambda row: (-abs(row[1]), row[0])))
