"""Valid rows: what uses that must fall into a window take, against what the window has.

A row holds for every plan in which all lines close by minute T: the rides that start at or after ``begin_min`` and end
at least ``tail_min`` before T lie in the window ``[begin, T - tail)``, and together take no more than it has. Rows are
the only thing that a bound rests on; whoever proposes rows or prices cannot make it invalid.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy import sparse

from muster.movement.formulation.choices import Choices, Floats, Ints
from muster.movement.formulation.packing import weights
from muster.movement.formulation.uses import Calendar, Uses, uses

PARTS: Final = 1 << 16
"""Parts of a voyage in which weights are counted, rounded down."""
BEYOND = 0.02
"""Part of a voyage by which a load must be larger in a second measure for that to be kept as well."""

Capacity = Callable[[int, int], int]
"""What there is between two minutes; never less for a later end."""


@dataclass(frozen=True, eq=False)
class Row:
    """One valid row.

    Attributes
    ----------
    name
        The resource or fleet.
    place
        Among the resources of the problem, or among the pools.
    rides, parts
        What each ride takes if it is made, in :data:`PARTS`; rides that are not named take nothing that is sure to fall
        into the window.
    weight
        Part of a voyage that each ride answers for, in :data:`PARTS`; all of one that the load makes itself.
    potential_min
        Worth of each place of a pool; nothing for a resource.
    """

    name: str
    place: int
    is_fleet: bool
    begin_min: int
    tail_min: int
    rides: Ints
    parts: Ints
    weight: Ints
    potential_min: Ints
    capacity: Capacity

    @cached_property
    def coefficient(self) -> Floats:
        """What each ride takes if it is made."""
        return self.parts / PARTS

    def room(self, closure_min: int) -> int:
        """What the window has when all lines close by this minute."""
        return self.capacity(self.begin_min, closure_min - self.tail_min)


class Ground:
    """What rows are made from: choices, uses, and the rides of each pool."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.uses: Uses = uses(choices)
        horizon_min = choices.problem.horizon_min
        self.calendars = [Calendar(resource, horizon_min) for resource in choices.problem.resources]
        ways = choices.ways
        pool_of = {id(pool): index for index, pool in enumerate(choices.pools)}
        of_way = [-1 if way.pool is None else pool_of[id(way.pool)] for way in ways]
        self.ride_pool: Ints = np.array(of_way, dtype=np.int64)[choices.ride_way]
        self.ride_whole_min: Ints = np.array([way.whole_min for way in ways], dtype=np.int64)[choices.ride_way]
        self.pool_rides = [np.flatnonzero(self.ride_pool == index) for index in range(len(choices.pools))]
        classes = {load.cargo: index for index, load in enumerate(choices.loads)}
        ride_class = np.array([classes[load.cargo] for load in choices.loads], dtype=np.int64)[choices.ride_load]
        alone = np.array([way.pool is not None and way.pool.kind.single_class for way in ways])[choices.ride_way]
        legs = {leg_id: index for index, leg_id in enumerate(dict.fromkeys(way.leg.leg_id for way in ways))}
        ride_leg = np.array([legs[way.leg.leg_id] for way in ways], dtype=np.int64)[choices.ride_way]
        keys = np.column_stack((ride_leg, self.ride_pool, np.where(alone, ride_class, -1)))
        self.ride_link: Ints = np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)
        ends = [
            (0, 0) if way.pool is None else (way.pool.place_of[way.leg.origin], way.pool.place_of[way.leg.destination])
            for way in ways
        ]
        self.ride_ends: Ints = np.array(ends, dtype=np.int64).reshape(-1, 2)[choices.ride_way]

    def weights(self, rides: Ints, flow: Floats) -> Floats:
        """Part of a voyage that each of these rides answers for, so that a flow shows as many voyages as it can."""
        of_pool = self.ride_pool[rides] >= 0
        result = np.ones(len(rides))
        shared = rides[of_pool]
        result[of_pool] = weights(self.ride_link[shared], self.choices.shares[shared], flow[shared])
        return result

    def voyage_parts(self) -> Floats:
        """Two ways to say what part of a voyage each ride answers for; 1 on rides of the load itself.

        The first takes for each pool the measure in which its loads are largest, the second the one in which they are
        largest beyond that: what fills a train by length and what by weight. They are the same where no load is larger
        in a second measure. Shape (n_rides, 2).
        """
        flow = np.ones(len(self.ride_pool)) / np.diff(self.choices.load_option)[self.choices.ride_load]
        result = np.ones((len(self.ride_pool), 2))
        for rides in self.pool_rides:
            if len(rides):
                shares = self.choices.shares[rides]
                first = shares.sum(axis=0).argmax()
                beyond = np.maximum(shares - shares[:, [first]], 0.0)
                second = beyond.sum(axis=0).argmax() if beyond.max() > BEYOND else first
                for place, measure in enumerate((first, second)):
                    result[rides, place] = weights(self.ride_link[rides], shares[:, [measure]], flow[rides])
        return result

    def resource_row(self, resource: int, begin_min: int, tail_min: int, flow: Floats) -> Row:
        """What rides take of a resource of a place in a window."""
        users = self._users(resource, begin_min, tail_min)
        weight = whole_parts(self.weights(users.rides, flow))
        return self._resource_row(resource, begin_min, tail_min, users, weight)

    def weighted_resource_row(self, resource: int, begin_min: int, tail_min: int, weight: Ints) -> Row:
        """The same at given weights, one for each ride that uses the resource in the window.

        Raises
        ------
        ValueError
            When there are more or fewer such rides.
        """
        users = self._users(resource, begin_min, tail_min)
        if len(weight) != len(users.rides):
            raise ValueError(f"{len(weight)} weights for {len(users.rides)} rides")
        return self._resource_row(resource, begin_min, tail_min, users, weight)

    def _users(self, resource: int, begin_min: int, tail_min: int) -> "_Users":
        table, span = self.uses, slice(self.uses.first[resource], self.uses.first[resource + 1])
        inside = (table.head_min[span] >= begin_min) & (table.tail_min[span] >= tail_min)
        rides, place = np.unique(table.ride[span][inside], return_inverse=True)
        return _Users(rides, place, table.amount[span][inside], table.is_shared[span][inside])

    def _resource_row(self, resource: int, begin_min: int, tail_min: int, users: "_Users", weight: Ints) -> Row:
        taken = users.amount * np.where(users.is_shared, weight[users.place], PARTS)
        parts = np.bincount(users.place, weights=taken, minlength=len(users.rides)).astype(np.int64)
        calendar = self.calendars[resource]
        name, nowhere = calendar.resource.resource_id, np.zeros(0, dtype=np.int64)
        return Row(
            name, resource, False, begin_min, tail_min, users.rides, parts, weight, nowhere, calendar.capacity
        )  # fmt: skip

    def fleet_row(
        self, index: int, begin_min: int, tail_min: int, flow: Floats, worth: Callable[[Ints, Floats], Ints]
    ) -> Row:
        r"""What voyages take of the time of a pool in a window, the way back included.

        .. math:: \sum_v \bigl(\text{duration}_v + \pi(\text{origin}_v) - \pi(\text{destination}_v)\bigr)
                  \le \sum_m \bigl(\text{window}_m + \pi(\text{home}_m)\bigr)

        The empty trips between the voyages of an asset take at least what the potentials of their ends differ by.
        """
        rides = self.counted(index, begin_min, tail_min)
        share = self.weights(rides, flow)
        potential_min = worth(self.ride_ends[rides], share * flow[rides])
        return self._fleet_row(index, begin_min, tail_min, rides, whole_parts(share), potential_min)

    def weighted_fleet_row(
        self, index: int, begin_min: int, tail_min: int, weight: Ints, potential_min: Ints
    ) -> Row:  # fmt: skip
        """The same at given weights, one for each ride of the pool in the window, and given potentials.

        Raises
        ------
        ValueError
            When there are more or fewer such rides or places, or when potentials differ by more than what the way
            between two places takes.
        """
        rides, apart_min = self.counted(index, begin_min, tail_min), self.choices.pools[index].apart_min
        if len(weight) != len(rides) or len(potential_min) != len(apart_min):
            raise ValueError(
                f"{len(weight)} weights for {len(rides)} rides, and {len(potential_min)} potentials for "
                f"{len(apart_min)} places"
            )
        if (potential_min < 0).any() or (potential_min[None, :] - potential_min[:, None] > apart_min).any():
            raise ValueError("potentials that are below 0, or differ by more than the way between two places takes")
        return self._fleet_row(index, begin_min, tail_min, rides, weight, potential_min)

    def _fleet_row(
        self, index: int, begin_min: int, tail_min: int, rides: Ints, weight: Ints, potential_min: Ints
    ) -> Row:  # fmt: skip
        pool = self.choices.pools[index]
        origin, destination = self.ride_ends[rides].T
        minutes = self.ride_whole_min[rides] + potential_min[origin] - potential_min[destination]
        parts = np.maximum(minutes, 0) * weight

        def capacity(begin_min: int, end_min: int) -> int:
            return pool.capacity_min(potential_min, begin_min, end_min)

        return Row(pool.name, index, True, begin_min, tail_min, rides, parts, weight, potential_min, capacity)

    def counted(self, pool: int, begin_min: int, tail_min: int) -> Ints:
        """The rides of a pool that lie in a window."""
        rides = self.pool_rides[pool]
        inside = (self.choices.head_min[rides] >= begin_min) & (self.choices.tail_min[rides] >= tail_min)
        return rides[inside]


@dataclass(frozen=True, eq=False)
class _Users:
    """Rides that use a resource in a window, and their uses: place of the ride, amount, and whether it is shared."""

    rides: Ints
    place: Ints
    amount: Ints
    is_shared: np.typing.NDArray[np.bool_]


def whole_parts(weight: Floats) -> Ints:
    """Weights in :data:`PARTS`, rounded down."""
    return np.floor(weight * PARTS).astype(np.int64)


def matrix(rows: Sequence[Row], ride_count: int) -> sparse.csr_array:
    """Coefficients of rows. Shape (n_rows, n_rides)."""
    starts = np.cumsum([0, *(len(row.rides) for row in rows)])
    rides = np.concatenate([row.rides for row in rows]) if rows else np.zeros(0, dtype=np.int64)
    values = np.concatenate([row.coefficient for row in rows]) if rows else np.zeros(0)
    return sparse.csr_array((values, rides, starts), shape=(len(rows), ride_count))
