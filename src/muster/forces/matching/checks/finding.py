"""What a check finds, and how it looks rows up."""

from collections.abc import Iterator
from dataclasses import dataclass

from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem
from muster.forces.offers import Offer
from muster.forces.requirements import Requirement
from muster.measures import MINUTES_PER_DAY, DayOffset


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of a rule.

    Attributes
    ----------
    rule
        Name of the function that found it.
    subject
        Offer or requirement that it concerns.
    message
        What is wrong, in one sentence.
    """

    rule: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Served:
    """A tour with its rows."""

    tour: Tour
    offer: Offer
    requirement: Requirement

    def __str__(self) -> str:
        """Name it in a sentence."""
        return f"Unit {self.tour.unit} of offer {self.offer.offer_id} in requirement {self.requirement.requirement_id}"


def list_served(problem: MatchingProblem, matching: Matching) -> tuple[Served, ...]:
    """Tours with their rows; those that name unknown rows are left out."""
    offers = {offer.offer_id: offer for offer in problem.offers}
    requirements = {requirement.requirement_id: requirement for requirement in problem.requirements}
    return tuple(
        Served(tour, offers[tour.offer_id], requirements[tour.requirement_id])
        for tour in matching.tours
        if tour.offer_id in offers and tour.requirement_id in requirements
    )


def first_day(problem: MatchingProblem, offset: DayOffset) -> int:
    """First whole day after C-day at or after an offset."""
    return -(-problem.timeline.minute(offset) // MINUTES_PER_DAY)


def day_of(problem: MatchingProblem, offset: DayOffset) -> int:
    """Day after C-day of an offset."""
    return problem.timeline.minute(offset) // MINUTES_PER_DAY


def days_served(problem: MatchingProblem, served: Served) -> tuple[int, int]:
    """Days ``[from, until)`` on which a tour serves a need, the hand-over before it included."""
    needed_d = max(0, day_of(problem, served.requirement.needed_from))
    ends = served.requirement.needed_until
    from_d = max(needed_d, served.tour.start_d - problem.rotation.overlap_d)
    until_d = served.tour.end_d if ends is None else min(served.tour.end_d, day_of(problem, ends))
    return from_d, until_d


Findings = Iterator[Finding]
