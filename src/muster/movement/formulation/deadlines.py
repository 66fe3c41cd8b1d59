"""Rows of the lateness bound: what must be over by a deadline, because its line closes so early."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.choices import Floats, Ints
from muster.movement.formulation.rows import Ground, Row
from muster.movement.formulation.separation import fleet_row

MARGIN = 1e-3
"""Part of a window by which it must be overfull to be a row."""
SHORT_MIN = 3 * MINUTES_PER_DAY
"""A resource that has room for all its uses in so short a time is not looked at."""
BEGINS = 3
"""Beginnings of windows that are tried."""
ENDS = 5
"""Deadlines of one window that are added at once."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row: a window of a family that ends at a minute."""

    family: int
    end_min: int


@dataclass(frozen=True, eq=False)
class Family:
    """Windows of a resource or fleet that begin together."""

    row: Row
    tail_min: Ints

    def room(self, end_min: int) -> int:
        """What there is until a minute."""
        return self.row.capacity(self.row.begin_min, end_min)

    def dense(self, ride_count: int) -> Floats:
        """Coefficient of every ride."""
        result = np.zeros(ride_count)
        result[self.row.rides] = self.row.coefficient
        return result

    def charge(self, ride_price: Floats, ends_min: Ints, prices: Floats, closes_min: Ints) -> None:
        """Add what rides pay when their lines close in each bucket: every deadline by which they must be over."""
        order = np.argsort(ends_min)
        ends = ends_min[order]
        onwards = np.append(np.cumsum(prices[order][::-1])[::-1], 0.0)
        due = closes_min[None, :] - self.tail_min[:, None]
        ride_price[self.row.rides] += self.row.coefficient[:, None] * onwards[np.searchsorted(ends, due, side="left")]


def broken_deadlines(ground: Ground, flow: sparse.csr_array, closes_min: Ints) -> list[tuple[Family, list[int]]]:
    """Windows that a flow overfills, each with the deadlines at which it does.

    Parameters
    ----------
    flow
        How much each ride is made by closing bucket. Shape (n_rides, n_buckets).
    closes_min
        End of each bucket.
    """
    total = np.asarray(flow.sum(axis=1), dtype=np.float64)
    entries = sparse.coo_array(flow)
    ride, bucket = (axis.astype(np.int64) for axis in entries.coords)
    due = _Due(ride, closes_min[bucket] - ground.choices.tail_min[ride], entries.data)
    found: list[tuple[Family, list[int]]] = []
    for rows in chain(_resource_rows(ground, total), _fleet_rows(ground, total)):
        worst: tuple[float, Row, list[int]] | None = None
        for row in rows:
            over, ends = due.overfull(row, closes_min, ground.choices.head_min.size)
            if ends and (worst is None or over > worst[0]):
                worst = over, row, ends
        if worst is not None:
            found.append((Family(worst[1], ground.choices.tail_min[worst[1].rides]), worst[2]))
    return found


@dataclass(frozen=True, eq=False)
class _Due:
    """Rides that are made, by when they must be over, and how much."""

    ride: Ints
    due_min: Ints
    amount: Floats

    def overfull(self, row: Row, closes_min: Ints, ride_count: int) -> tuple[float, list[int]]:
        """The greatest overfill as a ratio, and the deadlines at which there is much of it."""
        coefficient = np.zeros(ride_count)
        coefficient[row.rides] = row.coefficient
        taken = coefficient[self.ride] * self.amount
        order = np.argsort(self.due_min)
        so_far = np.concatenate(([0.0], np.cumsum(taken[order])))
        by_end = so_far[np.searchsorted(self.due_min[order], closes_min, side="right")]
        room = np.array([row.capacity(row.begin_min, end_min) for end_min in closes_min.tolist()], dtype=np.float64)
        over = by_end - room
        broken = np.flatnonzero(over > MARGIN * np.maximum(room, 1.0))
        if not len(broken):
            return 0.0, []
        picked = np.unique(np.append(broken[np.linspace(0, len(broken) - 1, ENDS).astype(np.int64)], over.argmax()))
        return float((over / np.maximum(room, 1.0))[picked].max()), closes_min[picked].tolist()


def _resource_rows(ground: Ground, flow: Floats) -> Iterator[list[Row]]:
    table = ground.uses
    taken = table.amount * flow[table.ride]
    for resource in range(len(ground.calendars)):
        span = slice(table.first[resource], table.first[resource + 1])
        used = taken[span] > 0
        begins = _begins(table.head_min[span][used]) if used.any() else []
        if begins and taken[span].sum() > ground.calendars[resource].capacity(begins[0], max(begins[0], 0) + SHORT_MIN):
            yield [ground.resource_row(resource, begin_min, 0, flow) for begin_min in begins]


def _fleet_rows(ground: Ground, flow: Floats) -> Iterator[list[Row]]:
    for index in range(len(ground.choices.pools)):
        rides = ground.pool_rides[index]
        made = rides[flow[rides] > 0]
        if len(made):
            yield [fleet_row(ground, index, flow, begin_min, 0) for begin_min in _begins(ground.choices.head_min[made])]


def _begins(head_min: Ints) -> list[int]:
    at = np.linspace(0.0, 0.6, BEGINS)
    return [int(minute) for minute in np.unique(np.quantile(head_min, at, method="lower"))]
