"""The options of a matching as flat tables for machine code."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.forces.caveats import Caveat
from muster.forces.matching.likelihood import kept_likelihood
from muster.forces.matching.limits import holds_in, in_place_most, reachable_limits
from muster.forces.matching.needs import elements_of
from muster.forces.matching.tours import Options

Ints = NDArray[np.int64]

FIRMNESS: Final = 1e-6
"""Worth of a likely offer beside a doubtful one: too little to give up any cover for."""


class Tables(NamedTuple):
    """What does not change while a matching is made.

    Tours of an offer lie together, latest first month first; limits are caveats that limit people in place.

    Attributes
    ----------
    start
        First tour of each offer, and the number of tours. Shape (n_offers + 1,).
    offer, requirement, first, months, elements, busy_end
        Of each tour: position of the offer and the requirement, first month, months in place, elements brought, month
        in which the unit may go again. Shape (n_tours,).
    option
        Position of each tour among the options. Shape (n_tours,).
    nation, people, units, most, favour
        Of each offer: position of the nation, people of a unit, units, units in place at one time at most,
        :data:`FIRMNESS` times its likelihood.
    need, worth
        Elements needed, and worth of one, by requirement and month. Shape (n_requirements, n_months).
    nations_max, framework
        Of each requirement: most nations at one time and the nation that leads; -1 is none.
    limit_nation, limit_people
        Of each limit.
    limit_covers, limit_holds
        Whether a limit covers a requirement, and holds in a month. Shapes (n_limits, n_requirements), (n_limits,
        n_months).
    reach_start, reach_offer
        Offers that have a tour at each requirement, those of requirement r from ``reach_start[r]``.
    unit_offer, unit_first
        Offer of each unit; first unit of each offer, and the number of units.
    """

    start: Ints
    offer: Ints
    requirement: Ints
    first: Ints
    months: Ints
    elements: Ints
    busy_end: Ints
    option: Ints
    nation: Ints
    people: Ints
    units: Ints
    most: Ints
    favour: Any
    need: Ints
    worth: Ints
    nations_max: Ints
    framework: Ints
    limit_nation: Ints
    limit_people: Ints
    limit_covers: Any
    limit_holds: Any
    reach_start: Ints
    reach_offer: Ints
    unit_offer: Ints
    unit_first: Ints


def make_tables(options: Options) -> Tables:
    """Tables of some options."""
    problem, pairings = options.problem, options.pairings
    offer = _ints([pairing.offer for pairing in pairings])[options.pairing]
    order = np.lexsort((-options.first_month, offer))
    requirement = _ints([pairing.requirement for pairing in pairings])[options.pairing][order]
    brought = _ints([elements_of(problem.offers[pairing.offer].size) for pairing in pairings])[options.pairing][order]
    first, months = options.first_month[order].astype(np.int64), options.months[order].astype(np.int64)
    offer = offer[order]
    codes = {nation: number for number, nation in enumerate(dict.fromkeys(row.nation for row in problem.offers))}
    units = _ints([row.quantity for row in problem.offers])
    likely = kept_likelihood(problem)
    limits = list_limits(options)
    reach = np.unique(np.stack([requirement, offer]), axis=1)
    numbers = np.arange(len(problem.requirements) + 1)
    return Tables(
        start=np.searchsorted(offer, np.arange(len(problem.offers) + 1)),
        offer=offer,
        requirement=requirement,
        first=first,
        months=months,
        elements=brought,
        busy_end=np.minimum(problem.months, first + problem.rotation.ratio * months),
        option=order,
        nation=_ints([codes[row.nation] for row in problem.offers]),
        people=_ints([problem.people_of(row) for row in problem.offers]),
        units=units,
        most=_ints([in_place_most(row) for row in problem.offers]),
        favour=np.array([FIRMNESS * likely[row.offer_id] for row in problem.offers], float),
        need=_ints([[need.elements if days else 0 for days in need.days] for need in options.needs], problem.months),
        worth=_ints([[need.weight * days for days in need.days] for need in options.needs], problem.months),
        nations_max=_ints([row.max_nations or -1 for row in problem.requirements]),
        framework=_ints(
            [codes.get(row.framework or "", -1 if row.framework is None else -2) for row in problem.requirements]
        ),
        limit_nation=_ints([codes.get(caveat.nation, -2) for caveat, _ in limits]),
        limit_people=_ints([caveat.limit_people for caveat, _ in limits]),
        limit_covers=np.array([covers for _, covers in limits], bool).reshape(-1, len(problem.requirements)),
        limit_holds=np.array([holds_in(problem, caveat) for caveat, _ in limits], bool).reshape(-1, problem.months),
        reach_start=np.searchsorted(reach[0], numbers),
        reach_offer=np.ascontiguousarray(reach[1]),
        unit_offer=_unit_offer(units),
        unit_first=_unit_first(units),
    )


def without_offers(tables: Tables, stays: list[bool]) -> Tables:
    """Tables in which some offers have no units."""
    units = np.where(stays, tables.units, 0)
    return tables._replace(units=units, unit_offer=_unit_offer(units), unit_first=_unit_first(units))


def _unit_offer(units: Ints) -> Ints:
    return np.repeat(np.arange(len(units)), units)


def _unit_first(units: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(units)]).astype(np.int64)


def list_limits(options: Options) -> list[tuple[Caveat, list[bool]]]:
    """Caveats that limit people in place and may be reached, each with the requirements that it covers."""
    problem = options.problem
    return [
        (caveat, [problem.concerns(caveat, row) for row in problem.requirements])
        for caveat in reachable_limits(problem)
    ]


def _ints(values: Any, width: int | None = None) -> Ints:
    array = np.array(values, np.int64)
    return array if width is None else array.reshape(-1, width)
