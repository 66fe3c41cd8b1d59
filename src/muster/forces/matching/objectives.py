"""What a matching is judged by, most important first; each as a whole number or a number of people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, prod

import numpy as np

from muster.forces.matching.coverage import coverage, people_in_place
from muster.forces.matching.likelihood import kept_likelihood
from muster.forces.matching.needs import elements_of, list_needs
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem

PER_MILLE = 1000


class Aim(StrEnum):
    """What is wanted, in the order of importance."""

    COVERAGE = "coverage"
    """Weighted element-days covered, as many as possible."""
    FIRMNESS = "firmness"
    """Weighted element-days that rest on what may not be kept, as few as possible."""
    COHESION = "cohesion"
    """Nations in each requirement, as few as possible in sum."""
    BURDEN = "burden"
    """People-months that nations carry beyond their fair share, as few as possible."""
    STABILITY = "stability"
    """Tours that the matching before did not have, as few as possible."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """How well one aim is reached.

    Attributes
    ----------
    bound
        What no matching beats that is as good in the aims before; None where nothing was proved.
    """

    aim: Aim
    value: float
    bound: float | None = None

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists."""
        return self.bound is not None and is_reached(self.value, self.bound)

    @property
    def gap(self) -> float | None:
        """Share of the better of value and bound that is not proved; None without a bound."""
        if self.bound is None:
            return None
        most = max(abs(self.bound), abs(self.value))
        return 0.0 if most == 0 else abs(self.bound - self.value) / most


def is_reached(value: float, bound: float) -> bool:
    """Whether a value is as good as a bound, within what numbers of this size can show."""
    return abs(value - bound) <= 1e-6 * max(1.0, abs(value))


def unit_of_cost(problem: MatchingProblem, aim: Aim, cost: float) -> float:
    """The value of an aim that a cost stands for: what is short became coverage, doubt is in element-days.

    Costs of coverage are whole numbers, so that a bound on them may be rounded up.
    """
    if aim is Aim.COVERAGE:
        return sum(need.worth for need in list_needs(problem)) - ceil(cost - 1e-6 * max(1.0, abs(cost)))
    return cost / PER_MILLE if aim is Aim.FIRMNESS else cost


def doubt_per_mille(problem: MatchingProblem) -> Mapping[str, int]:
    """Chance in a thousand that each offer is not kept, by offer."""
    return {offer: PER_MILLE - round(PER_MILLE * likely) for offer, likely in kept_likelihood(problem).items()}


def fair_shares(problem: MatchingProblem) -> Mapping[str, float]:
    """Fair share of the burden of each nation that offers and has a value by the key; they sum to 1."""
    offering = {offer.nation for offer in problem.offers if offer.stands}
    keys = {
        nation.nation: nation.key_value(problem.burden_key) or 0.0
        for nation in problem.nations
        if nation.nation in offering
    }
    whole = sum(keys.values())
    return {nation: key / whole for nation, key in keys.items() if key} if whole else {}


def attained(problem: MatchingProblem, matching: Matching) -> Mapping[Aim, float]:
    """Value of every aim."""
    return {
        Aim.COVERAGE: coverage(problem, matching).value,
        Aim.FIRMNESS: _doubtful(problem, matching) / PER_MILLE,
        Aim.COHESION: len(_served_by(problem, matching)),
        Aim.BURDEN: _beyond_share(problem, matching),
        Aim.STABILITY: len(matching.tours) - _kept(problem, matching),
    }


def _doubtful(problem: MatchingProblem, matching: Matching) -> int:
    """Weighted element-days in place times the chance in a thousand that they are not kept."""
    doubt, needs = doubt_per_mille(problem), list_needs(problem)
    offers = {offer.offer_id: offer for offer in problem.offers}
    rows = {requirement.requirement_id: row for row, requirement in enumerate(problem.requirements)}
    total = 0
    for tour in matching.tours:
        row = rows[tour.requirement_id]
        days = sum(needs[row].days[tour.first_month : tour.end_month])
        brought = elements_of(offers[tour.offer_id].size)
        total += prod((doubt[tour.offer_id], needs[row].weight, days, brought))
    return total


def _served_by(problem: MatchingProblem, matching: Matching) -> set[tuple[str, str]]:
    nations = {offer.offer_id: offer.nation for offer in problem.offers}
    return {(tour.requirement_id, nations[tour.offer_id]) for tour in matching.tours}


def _beyond_share(problem: MatchingProblem, matching: Matching) -> float:
    shares = fair_shares(problem)
    people = {
        nation: int(np.sum(months)) for nation, months in people_in_place(problem, matching).items() if nation in shares
    }
    whole = sum(people.values())
    return sum(max(0.0, people[nation] - share * whole) for nation, share in shares.items())


def _kept(problem: MatchingProblem, matching: Matching) -> int:
    """Tours that the matching before had too, whichever unit of the offer does them."""
    return (Counter(tour.kind for tour in problem.previous) & Counter(tour.kind for tour in matching.tours)).total()
