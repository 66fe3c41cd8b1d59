"""What a matching covers: elements in place by requirement and month, and the figures that follow from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.forces.matching.needs import Need, elements_of, list_needs
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Cover of every requirement in every month.

    Attributes
    ----------
    needed, in_place, covered
        Elements. Shape (n_requirements, n_months); what is in place beyond the need covers nothing.
    worth
        Worth of one element in a month: weight times days of need. Shape (n_requirements, n_months).
    """

    needed: Counts
    in_place: Counts
    worth: Counts

    @property
    def covered(self) -> Counts:
        """Elements in place that are needed. Shape (n_requirements, n_months)."""
        return np.minimum(self.needed, self.in_place)

    @property
    def value(self) -> int:
        """Weighted element-days covered."""
        return int((self.covered * self.worth).sum())

    @property
    def whole(self) -> int:
        """Weighted element-days needed."""
        return int((self.needed * self.worth).sum())

    @property
    def share(self) -> float:
        """Weighted share covered, 0 to 1; of nothing needed all is covered."""
        return self.value / self.whole if self.whole else 1.0


def coverage(problem: MatchingProblem, matching: Matching) -> Coverage:
    """Cover by a matching."""
    needs = list_needs(problem)
    return Coverage(_needed(needs, problem.months), _in_place(problem, matching), _worth(needs, problem.months))


def _needed(needs: Iterable[Need], months: int) -> Counts:
    return np.array([[need.elements if days else 0 for days in need.days] for need in needs], np.int64).reshape(
        -1, months
    )


def _worth(needs: Iterable[Need], months: int) -> Counts:
    return np.array([[need.weight * days for days in need.days] for need in needs], np.int64).reshape(-1, months)


def _in_place(problem: MatchingProblem, matching: Matching) -> Counts:
    offers = {offer.offer_id: offer for offer in problem.offers}
    rows = {requirement.requirement_id: row for row, requirement in enumerate(problem.requirements)}
    in_place = np.zeros((len(rows), problem.months), np.int64)
    for tour in matching.tours:
        brought = elements_of(offers[tour.offer_id].size)
        in_place[rows[tour.requirement_id], tour.first_month : tour.end_month] += brought
    return in_place


def people_in_place(problem: MatchingProblem, matching: Matching) -> Mapping[str, Counts]:
    """People in place by nation that offers, month by month. Values: shape (n_months,)."""
    offers = {offer.offer_id: offer for offer in problem.offers}
    people = {offer.nation: np.zeros(problem.months, np.int64) for offer in problem.offers}
    for tour in matching.tours:
        offer = offers[tour.offer_id]
        people[offer.nation][tour.first_month : tour.end_month] += problem.people_of(offer)
    return people
