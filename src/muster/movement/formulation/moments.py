"""What rides take of places and fleets, moment by moment, in whole numbers: the ground of the lateness bound.

A *moment* of a ride is when it starts to load, departs, arrives or is unloaded; between two of them it may wait.
A *use* says what is taken about a moment: an amount that falls into one period of a supply (a crossing's day), or an
amount in use for so many minutes (a ramp, an asset until it can load again).

Amounts are rounded down and counted in parts of :data:`UNIT`; rooms are exact. Whatever prices do with these numbers is
done in whole numbers, so a bound that follows from them is exact.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from muster.movement.formulation.choices import Choices, Ints
from muster.movement.formulation.crossing import Way
from muster.movement.formulation.rows import Ground
from muster.movement.formulation.supplies import Supplies, Supply, scarce
from muster.movement.formulation.uses import Per, moments_of

UNIT: Final = 1024
"""Parts in which amounts are counted."""


def _type(fields: str) -> np.dtype[Any]:
    return np.dtype([(name, np.int64) for name in fields.split()])


WAY: Final = _type("moments_first moments_last whole_min")
MOMENT: Final = _type("after_min uses_first uses_last")
USE: Final = _type("supply offset_min lasts_min amount per")
"""``offset_min`` from the moment; ``lasts_min`` is 0 for an amount that falls into one period."""
PERIODS: Final = _type("first count period_min")
"""Of a supply."""

_PER: Final = {Per.LOAD: 2, Per.VEHICLES: 3, Per.PEOPLE: 4}
"""Column of the factor; the first two are measures of a voyage."""
_Use = tuple[int, int, int, int, int]
_Moments = list[tuple[int, list[_Use]]]


class Takings(NamedTuple):
    """Rides and what they take.

    Attributes
    ----------
    factor
        What the amount of a use is multiplied with: the part of a voyage for which the load answers in either measure,
        one, its vehicles, its people, each in parts of :data:`UNIT`. Shape (n_rides, 5).
    room
        What each period of each supply has. Shape (n_periods,).
    """

    ride_way: Ints
    ride_head_min: Ints
    factor: Ints
    ways: Any
    moments: Any
    uses: Any
    periods: Any
    room: Ints


def whole_voyage_parts(ground: Ground) -> Ints:
    """What part of a voyage each ride answers for in either measure, in :data:`UNIT`. Shape (n_rides, 2)."""
    return np.floor(ground.voyage_parts() * UNIT).astype(np.int64)


def takings(ground: Ground, end_min: int, parts: Ints) -> tuple[Takings, tuple[Supply, ...]]:
    """Lay out what rides take until a minute, and the supplies of it that may run short.

    Parameters
    ----------
    parts
        What part of a voyage each ride answers for, as of :func:`whole_voyage_parts`.
    """
    choices = ground.choices
    supplies = Supplies(choices, end_min)
    twice = _measured_twice(ground, parts)
    by_way = [list(_moments(choices, supplies, way, twice)) for way in choices.ways]
    factor = _factor(choices, parts)
    kept = scarce(supplies.known, _wanted(choices, by_way, factor, len(supplies.known)))
    short = tuple(supplies.known[place] for place in kept)
    periods = np.zeros(len(short), dtype=PERIODS)
    periods["count"] = [len(supply.room) for supply in short]
    periods["period_min"] = [supply.period_min for supply in short]
    periods["first"] = np.cumsum(periods["count"]) - periods["count"]
    room = np.concatenate([supply.room for supply in short]) if short else np.zeros(0, dtype=np.int64)
    flat = _flatten(choices.ways, by_way, kept)
    return Takings(choices.ride_way, choices.head_min, factor, *flat, periods, room), short


def _factor(choices: Choices, parts: Ints) -> Ints:
    loads = [choices.loads[index] for index in choices.ride_load.tolist()]
    counts = [(UNIT, UNIT * load.vehicles, UNIT * load.people) for load in loads]
    own = np.array(counts, dtype=np.int64).reshape(-1, 3)
    return np.column_stack((parts, own))


def _measured_twice(ground: Ground, parts: Ints) -> frozenset[int]:
    """Pools of which voyages are measured in two ways, and resources that they use; by identity."""
    differs = np.flatnonzero(parts[:, 0] != parts[:, 1])
    pools = {int(pool) for pool in np.unique(ground.ride_pool[differs])}
    named = {id(ground.choices.pools[pool]) for pool in pools}
    resources_at = ground.choices.problem.resources_at
    for way in ground.choices.ways:
        if id(way.pool) in named:
            taken = (use for _, uses in moments_of(way) for use in uses)
            named |= {id(resource) for place, kind, *_ in taken for resource in resources_at.get((place, kind), ())}
    return frozenset(named)


def _moments(choices: Choices, supplies: Supplies, way: Way, twice: frozenset[int]) -> Iterator[tuple[int, list[_Use]]]:
    """Moments of a way with what it takes of resources, and of its pool until the asset can load again."""
    for index, (after_min, taken) in enumerate(moments_of(way)):
        uses: list[_Use] = []
        for place, kind, per, amount, offset_min, lasts_min in taken:
            for resource in choices.problem.resources_at.get((place, kind), ()):
                counts = per is not Per.PEOPLE or resource.nation in (None, way.nation)
                if counts and (resource.period_min is None) == bool(lasts_min):
                    uses += [
                        (supplies.of_resource(resource, measure), offset_min, lasts_min, amount, _PER.get(per, measure))
                        for measure in range(1 + (id(resource) in twice))
                    ]
        if index == 0 and way.pool is not None:
            busy_min = way.whole_min + supplies.return_min(way.pool, way.leg.destination)
            uses += [
                (supplies.of_pool(way.pool, measure), 0, busy_min, 1, measure)
                for measure in range(1 + (id(way.pool) in twice))
            ]
        yield after_min, uses


def _wanted(choices: Choices, by_way: Sequence[_Moments], factor: Ints, count: int) -> Ints:
    """What all loads together could take of each supply, each on its greediest ride; rounded up."""
    rows = [
        (way, use[0], use[3] * (use[2] or 1), use[4])
        for way, moments in enumerate(by_way)
        for _, uses in moments
        for use in uses
    ]
    if not rows:
        return np.zeros(count, dtype=np.int64)
    way, supply, amount, per = np.array(rows, dtype=np.int64).T
    order = np.argsort(choices.ride_way, kind="stable")
    first = np.searchsorted(choices.ride_way[order], way)
    rides = np.searchsorted(choices.ride_way[order], way, side="right") - first
    use = np.repeat(np.arange(len(way)), rides)
    ride = order[np.arange(len(use)) - np.repeat(np.cumsum(rides) - rides - first, rides)]
    pairs, place = np.unique(supply[use] * len(choices.loads) + choices.ride_load[ride], return_inverse=True)
    most = np.zeros(len(pairs), dtype=np.int64)
    np.maximum.at(most, place, amount[use] * factor[ride, per[use]])
    total = np.bincount(pairs // len(choices.loads), weights=most, minlength=count)
    return np.ceil(total / UNIT).astype(np.int64)


def _flatten(ways: Sequence[Way], by_way: Sequence[_Moments], kept: dict[int, int]) -> tuple[Any, Any, Any]:
    """Records of ways, of those moments at which something is taken that may run short, and of the uses."""
    laid_ways: list[tuple[int, int, int]] = []
    laid_moments: list[tuple[int, int, int]] = []
    laid_uses: list[_Use] = []
    for way, moments in zip(ways, by_way, strict=True):
        first = len(laid_moments)
        for after_min, uses in moments:
            short = [(kept[use[0]], *use[1:]) for use in uses if use[0] in kept]
            if short:
                laid_moments.append((after_min, len(laid_uses), len(laid_uses) + len(short)))
                laid_uses += short
        laid_ways.append((first, len(laid_moments), way.whole_min))
    return np.array(laid_ways, dtype=WAY), np.array(laid_moments, dtype=MOMENT), np.array(laid_uses, dtype=USE)
