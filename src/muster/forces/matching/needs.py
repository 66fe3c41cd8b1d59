"""What is needed, month by month, and what covering it is worth."""

from dataclasses import dataclass

from muster.forces.matching.problem import MatchingProblem
from muster.forces.months import days_in_month
from muster.forces.requirements import Requirement, Size
from muster.measures import MINUTES_PER_DAY

BRIGADE = 12
"""Companies of a brigade; weights are whole numbers because a brigade divides by every smaller unit."""


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement in months, counted in elements: companies where its units are built of them, else units.

    Attributes
    ----------
    elements
        Elements needed in every month of need.
    from_d, until_d
        Days of need after C-day, ``[from_d, until_d)``, within the months planned.
    days
        Days of need in each month. Length: the months planned.
    weight
        Worth of one element for a day: units count by criticality, whatever their size.
    """

    elements: int
    from_d: int
    until_d: int
    days: tuple[int, ...]
    weight: int

    @property
    def worth(self) -> int:
        """What full cover is worth."""
        return self.weight * self.elements * sum(self.days)


def elements_of(size: Size) -> int:
    """Elements of one unit of a size."""
    return size.companies or 1


def need_of(problem: MatchingProblem, requirement: Requirement) -> Need:
    """The need of a requirement."""
    from_d = max(0, problem.timeline.minute(requirement.needed_from) // MINUTES_PER_DAY)
    ends = requirement.needed_until
    until_d = None if ends is None else problem.timeline.minute(ends) // MINUTES_PER_DAY
    days = tuple(days_in_month(month, from_d, until_d) for month in range(problem.months))
    return Need(
        elements=requirement.quantity * elements_of(requirement.size),
        from_d=from_d,
        until_d=from_d + sum(days),
        days=days,
        weight=problem.criticality_weights[requirement.criticality - 1] * BRIGADE // elements_of(requirement.size),
    )


def list_needs(problem: MatchingProblem) -> tuple[Need, ...]:
    """Needs in the order of the requirements."""
    return tuple(need_of(problem, requirement) for requirement in problem.requirements)
