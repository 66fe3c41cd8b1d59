"""What may run short, cut into periods: resources of places, and pools of assets with the way back to the next load."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.choices import Choices, Ints
from muster.movement.formulation.fleets import FAR_MIN, Pool
from muster.movement.problem import Resource

PERIOD_MIN = 360
"""Periods into which the use of ramps, berths, working spots and assets is cut."""


SHORT_MIN = MINUTES_PER_DAY
"""What has room for all that could be wanted of it in so short a time is left out."""


@dataclass(frozen=True, eq=False)
class Supply:
    """A resource or a pool.

    Attributes
    ----------
    name
        Id of the resource, or the fleets of the pool.
    is_counted
        Whether amounts fall into periods; else they are in use for some time.
    room
        What each period has: amounts, or amounts times minutes. Shape (n_periods,).
    """

    name: str
    is_fleet: bool
    is_counted: bool
    period_min: int
    room: Ints

    @property
    def short(self) -> int:
        """Least that there is in :data:`SHORT_MIN`."""
        return int(self.room.min(initial=1 << 40)) * max(1, SHORT_MIN // self.period_min)


class Supplies:
    """The supplies of a problem until a minute, each laid out when it is first asked for."""

    def __init__(self, choices: Choices, end_min: int) -> None:
        self.end_min = end_min
        self.known: list[Supply] = []
        self._place: dict[tuple[int, int], int] = {}
        self._origins: dict[int, set[int]] = {}
        for way in choices.ways:
            if way.pool is not None:
                self._origins.setdefault(id(way.pool), set()).add(way.pool.place_of[way.leg.origin])

    def of_resource(self, resource: Resource, measure: int) -> int:
        """Place among the supplies of a resource whose voyages are measured in one way or another."""
        key = id(resource), measure
        if key not in self._place:
            self._add(key, _of_resource(resource, self.end_min))
        return self._place[key]

    def of_pool(self, pool: Pool, measure: int) -> int:
        """Place of a pool among the supplies."""
        key = id(pool), measure
        if key not in self._place:
            self._add(key, Supply(pool.name, True, False, PERIOD_MIN, _minutes(pool, self.end_min)))
        return self._place[key]

    def return_min(self, pool: Pool, place: str) -> int:
        """Least minutes from a place to any other where an asset of the pool can load."""
        return int(pool.apart_min[pool.place_of[place], list(self._origins[id(pool)])].min())

    def _add(self, key: tuple[int, int], supply: Supply) -> None:
        self._place[key] = len(self.known)
        self.known.append(supply)


def _of_resource(resource: Resource, end_min: int) -> Supply:
    period_min = resource.period_min
    if period_min is not None:
        room = [resource.capacity_at(start_min) for start_min in range(0, end_min, period_min)]
        return Supply(resource.resource_id, False, True, period_min, np.array(room, dtype=np.int64))
    ends = PERIOD_MIN * np.arange(-(-end_min // PERIOD_MIN) + 1)
    steps = [min(step.from_min, int(ends[-1])) for step in resource.steps]
    edges = np.unique(np.concatenate((ends, steps)))
    levels = np.array([resource.capacity_at(edge) for edge in edges[:-1].tolist()], dtype=np.int64)
    minutes = np.zeros(len(ends) - 1, dtype=np.int64)
    np.add.at(minutes, edges[:-1] // PERIOD_MIN, levels * np.diff(edges))
    return Supply(resource.resource_id, False, False, PERIOD_MIN, minutes)


def _minutes(pool: Pool, end_min: int) -> Ints:
    """Minutes of all assets of a pool by period; one that ends its service is still counted on its way back."""
    until_min = pool.until_min + int(pool.apart_min[pool.apart_min < FAR_MIN].max(initial=0))
    begins = PERIOD_MIN * np.arange(-(-end_min // PERIOD_MIN))
    inside = np.minimum(until_min[:, None], begins + PERIOD_MIN) - np.maximum(pool.from_min[:, None], begins)
    return np.asarray(np.maximum(inside, 0).sum(axis=0), dtype=np.int64)


def scarce(supplies: Sequence[Supply], wanted: Ints) -> dict[int, int]:
    """The supplies that could not give in a short time all that is wanted of them, and their places among those.

    Parameters
    ----------
    wanted
        What all loads together could take of each, times minutes where it is in use. Shape (n_supplies,).
    """
    short = (place for place, supply in enumerate(supplies) if wanted[place] > supply.short)
    return {place: index for index, place in enumerate(short)}
