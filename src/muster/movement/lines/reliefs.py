"""Who relieves whom: in one requirement, units that begin in the month in which others end."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from muster.forces import Offer
from muster.forces.matching.needs import elements_of
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem


@dataclass(frozen=True, slots=True, order=True)
class Relief:
    """A unit takes over from another, or a part of it."""

    outgoing: Tour
    incoming: Tour


def join_tours(matching: Matching) -> tuple[Tour, ...]:
    """Tours with those joined that a unit does one after the other in one requirement: it simply stays."""
    joined: list[Tour] = []
    for tour in matching.tours:
        last = joined[-1] if joined else None
        if last is not None and tour == replace(last, first_month=last.end_month, months=tour.months):
            joined[-1] = replace(last, months=last.months + tour.months)
        else:
            joined.append(tour)
    return tuple(joined)


def list_reliefs(problem: MatchingProblem, tours: Sequence[Tour]) -> tuple[Relief, ...]:
    """All reliefs in place, in the order of outgoing units.

    A unit relieves one of its own offer before one of its nation, and one of its nation before others; a large unit
    relieves several small ones, and the other way round.
    """
    coming: defaultdict[tuple[str, int], list[Tour]] = defaultdict(list)
    going: defaultdict[tuple[str, int], list[Tour]] = defaultdict(list)
    for tour in tours:
        coming[tour.requirement_id, tour.first_month].append(tour)
        going[tour.requirement_id, tour.end_month].append(tour)
    offers = {offer.offer_id: offer for offer in problem.offers}
    found = (
        relief
        for post, month in coming.keys() & going.keys()
        for relief in _hand_over(offers, coming[post, month], going[post, month])
    )
    return tuple(sorted(found))


def _hand_over(offers: Mapping[str, Offer], coming: Sequence[Tour], going: Sequence[Tour]) -> Iterator[Relief]:
    """Reliefs of one month in one requirement; elements are handed over one to one."""
    left = {tour: elements_of(offers[tour.offer_id].size) for tour in (*coming, *going)}
    for are_alike in _LIKENESS:
        for incoming, outgoing in product(coming, going):
            handed = min(left[incoming], left[outgoing])
            if handed and are_alike(offers[incoming.offer_id], offers[outgoing.offer_id]):
                left[incoming] -= handed
                left[outgoing] -= handed
                yield Relief(outgoing, incoming)


_LIKENESS: tuple[Callable[[Offer, Offer], bool], ...] = (
    lambda one, other: one.offer_id == other.offer_id,
    lambda one, other: one.nation == other.nation,
    lambda _one, _other: True,
)


def relief_numbers(tours: Sequence[Tour], reliefs: Sequence[Relief]) -> Mapping[Tour, int]:
    """How many came before a unit at its post: 0 is the first there, 1 the first relief."""
    numbers: dict[Tour, int] = {}
    before: defaultdict[Tour, list[Tour]] = defaultdict(list)
    for relief in reliefs:
        before[relief.incoming].append(relief.outgoing)
    for tour in sorted(tours, key=lambda tour: tour.first_month):
        numbers[tour] = 1 + max((numbers[outgoing] for outgoing in before[tour]), default=-1)
    return numbers
