"""Who serves when, and who relieves whom: the bars of the rotation chart."""

from dataclasses import dataclass

from muster.forces.matching.needs import Need, elements_of
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.tours import arrival_d
from muster.forces.months import month_start_d


@dataclass(frozen=True, slots=True, kw_only=True)
class TourBar:
    """One tour of one unit, in days after C-day.

    Attributes
    ----------
    elements
        What the unit brings to the requirement.
    there_d
        When it must be there: before it takes over, where it relieves somebody.
    start_d, end_d
        Days in place, ``[start_d, end_d)``.
    away_until_d
        Until then it rests, trains and prepares, and cannot go again.
    """

    offer_id: str
    nation: str
    unit: int
    requirement_id: str
    people: int
    elements: int
    there_d: int
    start_d: int
    end_d: int
    away_until_d: int


def list_tours(problem: MatchingProblem, matching: Matching, needs: tuple[Need, ...]) -> tuple[TourBar, ...]:
    """Bars of all tours, in the order of offers, units and months."""
    offers = {offer.offer_id: offer for offer in problem.offers}
    rows = {row.requirement_id: number for number, row in enumerate(problem.requirements)}

    def bar(number: int, offer_id: str, unit: int, first: int, end: int) -> TourBar:
        offer, need, requirement = offers[offer_id], needs[number], problem.requirements[number]
        return TourBar(
            offer_id=offer_id,
            nation=offer.nation,
            unit=unit,
            requirement_id=requirement.requirement_id,
            people=problem.people_of(offer),
            elements=elements_of(offer.size),
            there_d=max(0, arrival_d(problem, need, first)),
            start_d=max(month_start_d(first), need.from_d),
            end_d=min(month_start_d(end), max(need.until_d, month_start_d(first))),
            away_until_d=month_start_d(first + problem.rotation.ratio * (end - first)),
        )

    return tuple(
        bar(rows[tour.requirement_id], tour.offer_id, tour.unit, tour.first_month, tour.end_month)
        for tour in matching.tours
    )
