"""How long the force lasts under the rotation rule, and which requirement ends it."""

from dataclasses import dataclass, replace

import numpy as np

from muster.forces.matching.answers.again import Again, Rematch
from muster.forces.matching.coverage import coverage
from muster.forces.matching.needs import list_needs
from muster.forces.matching.problem import MatchingProblem


@dataclass(frozen=True, slots=True)
class Sustained:
    """Whether a force can be kept up.

    Attributes
    ----------
    is_sustained
        Whether the rotation rule costs nothing: as much is covered as if units could go again at once.
    is_proved
        Whether both are proved to be the most that can be covered.
    months
        Months from C-day for which everything that could be covered without the rule is covered with it.
    ended_by
        Requirements that fall short first, most critical first; empty where the force lasts.
    lost
        Weighted share of coverage that the rule costs, 0 to 1.
    people_in_place
        People required in the month in which most are.
    people_needed
        The same times the ratio: those that rest, train and prepare included.
    people_offered
        People of all offers that stand.
    """

    is_sustained: bool
    is_proved: bool
    months: int
    ended_by: tuple[str, ...]
    lost: float
    people_in_place: int
    people_needed: int
    people_offered: int


def sustained(again: Again) -> Sustained:
    """Whether, and how long, the force can be kept up."""
    problem = again.problem
    found = again.compare(problem.without_rotation())
    lost = found.gain
    months = problem.months if lost <= 0 else _lasting_months(again, problem)
    most = _people_required(problem)
    return Sustained(
        is_sustained=lost <= 0,
        is_proved=found.after.is_proved and found.before.is_proved,
        months=months,
        ended_by=() if lost <= 0 else _short_in(again, months),
        lost=max(0, lost) / max(1, sum(need.worth for need in list_needs(problem))),
        people_in_place=most,
        people_needed=most * problem.rotation.ratio,
        people_offered=sum(offer.quantity * problem.people_of(offer) for offer in problem.offers if offer.stands),
    )


def _lasting_months(again: Again, problem: MatchingProblem) -> int:
    """Most months for which the rule costs nothing, by halving: more months never cost less."""
    lasts, fails = 0, problem.months
    while fails - lasts > 1:
        middle = (lasts + fails) // 2
        kept, free = _both(again, middle)
        lasts, fails = (middle, fails) if kept.value >= free.value else (lasts, middle)
    return lasts


def _both(again: Again, months: int) -> tuple[Rematch, Rematch]:
    """The first months on their own, with the rule and without it."""
    shorter = replace(again.problem, months=months)
    return again.match(shorter), again.match(shorter.without_rotation())


def _short_in(again: Again, months: int) -> tuple[str, ...]:
    """Requirements that are covered less with the rule than without it once one more month is planned."""
    shorter = replace(again.problem, months=months + 1)
    covered = tuple(coverage(shorter, match.matching) for match in _both(again, months + 1))
    less = np.flatnonzero(
        (covered[0].covered * covered[0].worth).sum(axis=1) < (covered[1].covered * covered[1].worth).sum(axis=1)
    )
    rows = sorted(
        (again.problem.requirements[row] for row in less), key=lambda row: (row.criticality, row.requirement_id)
    )
    return tuple(row.requirement_id for row in rows)


def _people_required(problem: MatchingProblem) -> int:
    """People required in the month in which most are."""
    needed = np.array([[days > 0 for days in need.days] for need in list_needs(problem)]).reshape(-1, problem.months)
    people = np.array([row.quantity * problem.people_of(row) for row in problem.requirements])
    return int((needed * people[:, None]).sum(axis=0).max(initial=0))
