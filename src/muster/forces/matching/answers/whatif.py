"""What would be if several things were otherwise at once: nations gone, caveats lifted, gates moved."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from muster.forces.matching.answers.again import Again, Comparison, Rematch, changed_cover
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
    found = again.compare(problem)
    return WhatIf(
        changes=changes,
        before=found.untouched.value + found.before.value,
        after=found.untouched.value + found.after.value,
        after_bound=found.untouched.bound + found.after.bound,
        by_requirement=changed_cover(found),
        by_nation=_changed_people(found),
    )


def _changed_people(found: Comparison) -> tuple[tuple[str, int], ...]:
    old, new = _people(found.before), _people(found.after)
    changes = {nation: new.get(nation, 0) - old.get(nation, 0) for nation in {*old, *new}}
    rows = ((nation, change) for nation, change in changes.items() if change)
    return tuple(sorted(rows, key=lambda row: (-abs(row[1]), row[0])))


def _people(match: Rematch) -> Counter[str]:
    """People-months in place, by nation."""
    people: Counter[str] = Counter()
    for part in match.parts:
        months = people_in_place(part.problem, part.matching)
        people.update({nation: int(np.sum(each)) for nation, each in months.items()})
    return people
