"""Giving tours to single units: whoever has been away long enough goes next."""

from collections.abc import Iterable, Sequence

from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.tours import Options


def as_matching(options: Options, chosen: Iterable[tuple[int, int]]) -> Matching:
    """A matching of tours that were chosen for offers, not yet for units.

    Parameters
    ----------
    chosen
        Positions of tours among the options, and how many units do each. Of no offer are more units away from home or
        resting at one time than it has; then an order by first months always finds a unit.
    """
    problem = options.problem
    by_offer: dict[int, list[tuple[int, int, int]]] = {}
    for option, count in chosen:
        pairing = options.pairings[options.pairing[option]]
        tour = int(options.first_month[option]), int(options.months[option]), pairing.requirement
        by_offer.setdefault(pairing.offer, []).extend([tour] * count)
    return Matching(
        tuple(
            Tour(problem.offers[offer].offer_id, unit + 1, problem.requirements[row].requirement_id, first, months)
            for offer, tours in by_offer.items()
            for unit, (first, months, row) in _take_turns(
                sorted(tours), problem.offers[offer].quantity, problem.rotation.ratio
            )
        )
    )


def _take_turns(
    tours: Sequence[tuple[int, int, int]], units: int, ratio: int
) -> Iterable[tuple[int, tuple[int, int, int]]]:
    """Unit of each tour, tours in the order of their first months."""
    free_from = [0] * units
    for tour in tours:
        first, months, _ = tour
        unit = next(number for number in range(units) if free_from[number] <= first)
        free_from[unit] = first + ratio * months
        yield unit, tour
