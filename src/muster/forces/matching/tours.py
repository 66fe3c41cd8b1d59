"""Which tours are possible: every month in which a pairing may begin one, and how long it lasts.

A tour lasts its full length, unless the need, the offer or the plan ends before. It also may end where a caveat of the
nation begins, lifted or not, so that lifting one only ever adds tours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.forces.matching.needs import Need, list_needs
from muster.forces.matching.pairing import Hindrance, Pairing, barring, list_pairings
from muster.forces.matching.plan import Kind
from muster.forces.matching.problem import MatchingProblem
from muster.forces.months import month_start_d
from muster.forces.offers import Offer
from muster.measures import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Everything a matching may choose from.

    Attributes
    ----------
    needs
        In the order of the requirements.
    pairing, first_month, months
        Of each possible tour: position among the pairings, first month in place, months in place. Shape (n_tours,);
        tours of one offer lie together, and those of one pairing in the order of their months.
    """

    problem: MatchingProblem
    needs: tuple[Need, ...]
    pairings: tuple[Pairing, ...]
    pairing: NDArray[np.int32]
    first_month: NDArray[np.int32]
    months: NDArray[np.int32]


def list_kinds(options: Options) -> list[Kind]:
    """Kind of every possible tour, in their order."""
    problem = options.problem
    ids = [
        (problem.offers[pairing.offer].offer_id, problem.requirements[pairing.requirement].requirement_id)
        for pairing in options.pairings
    ]
    tours = zip(options.pairing.tolist(), options.first_month.tolist(), options.months.tolist(), strict=True)
    return [(*ids[pairing], first, months) for pairing, first, months in tours]


def list_options(problem: MatchingProblem) -> Options:
    """Needs, pairings and possible tours of a problem."""
    needs, pairings = list_needs(problem), list_pairings(problem)
    starts_of = caveat_starts(problem)
    tours = [
        (number, first, months)
        for number, pairing in enumerate(pairings)
        for first, months, barred_by in list_tours(
            problem, needs[pairing.requirement], pairing, starts_of.get(problem.offers[pairing.offer].nation, ())
        )
        if not barred_by
    ]
    columns = np.array(_beside_framework(problem, pairings, tours), np.int32).reshape(-1, 3).T
    return Options(problem, needs, pairings, *(np.ascontiguousarray(column) for column in columns))


def _beside_framework(
    problem: MatchingProblem, pairings: Sequence[Pairing], tours: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Tours without those in months for which the framework nation of the requirement has none."""
    led: dict[int, set[int]] = {
        number: set() for number, requirement in enumerate(problem.requirements) if requirement.framework is not None
    }

    def leads(pairing: Pairing) -> bool:
        nation = problem.offers[pairing.offer].nation
        return nation == problem.requirements[pairing.requirement].framework

    for number, first, months in tours:
        if pairings[number].requirement in led and leads(pairings[number]):
            led[pairings[number].requirement].update(range(first, first + months))
    return [
        tour
        for tour in tours
        if pairings[tour[0]].requirement not in led
        or leads(pairings[tour[0]])
        or led[pairings[tour[0]].requirement].issuperset(range(tour[1], tour[1] + tour[2]))
    ]


def arrival_d(problem: MatchingProblem, need: Need, first_month: int) -> int:
    """Day on which a unit must be there to begin a tour: earlier by the overlap, where others may serve already."""
    return max(need.from_d, month_start_d(first_month) - problem.rotation.overlap_d)


def caveat_starts(problem: MatchingProblem) -> dict[str, tuple[int, ...]]:
    """Days on which caveats begin, lifted ones among them, by nation."""
    found: dict[str, set[int]] = {}
    for caveat in problem.caveats:
        if caveat.starts is not None and caveat.concerns_service:
            day = problem.timeline.minute(caveat.starts) // MINUTES_PER_DAY
            found.setdefault(caveat.nation, set()).add(day)
    return {nation: tuple(sorted(days)) for nation, days in found.items()}


def list_tours(
    problem: MatchingProblem, need: Need, pairing: Pairing, caveat_starts_d: Sequence[int]
) -> Iterator[tuple[int, int, tuple[Hindrance, ...]]]:
    """Tours of a pairing by first month and months, each with the hindrances that keep it from being possible."""
    offer = problem.offers[pairing.offer]
    longest = min(offer.tour_max_months or problem.rotation.tour_months, problem.rotation.tour_months)
    from_d, until_d = _available(problem, offer)
    for first in (month for month, days in enumerate(need.days) if days):
        there_d, last = arrival_d(problem, need, first), _end_month(need, first, longest, until_d)
        if from_d is not None and there_d < from_d:
            continue
        ends = {last, *(end for end in map(_month_before, caveat_starts_d) if first < end < last)}
        for end in sorted(ends):
            if end > first:
                yield first, end - first, barring(pairing.hindrances, there_d, min(month_start_d(end), need.until_d))


def _end_month(need: Need, first: int, longest: int, available_until_d: int | None) -> int:
    """Month in which a tour ends that begins in a month and lasts as long as it may."""
    end = first
    while end < len(need.days) and end < first + longest and need.days[end]:
        if available_until_d is not None and min(month_start_d(end + 1), need.until_d) > available_until_d:
            break
        end += 1
    return end


def _month_before(day: int) -> int:
    """Last month boundary at or before a day."""
    month = 0
    while month_start_d(month + 1) <= day:
        month += 1
    return month


def _available(problem: MatchingProblem, offer: Offer) -> tuple[int | None, int | None]:
    """First whole day and end of the days on which an offer may be in place."""
    opens, closes = (
        None if at is None else problem.timeline.minute(at) for at in (offer.available_from, offer.available_until)
    )
    return (
        None if opens is None else -(-opens // MINUTES_PER_DAY),
        None if closes is None else closes // MINUTES_PER_DAY,
    )
