"""Which rows the current flow of rides breaks most: windows of resources, windows of fleets with their empty trips."""

from collections.abc import Iterable, Iterator

import numpy as np

from muster.movement.formulation.choices import Floats, Ints
from muster.movement.formulation.fleets import Pool, potential
from muster.movement.formulation.master import transport_prices
from muster.movement.formulation.rows import Ground, Row

GRID = 4
"""Window bounds tried at each end."""
TOO_FAR_MIN = 1 << 20
"""Stands for no way in the transport programme."""
AT_ONCE = 1
"""Rows of one resource or fleet that are added at once."""
WORTH = 0.35
"""A fleet whose loaded voyages take less than this part of a window is not looked at there."""


def broken_rows(ground: Ground, flow: Floats, closure_min: int, *, margin: float = 1e-3) -> list[Row]:
    """Rows that a flow breaks when all must close by a minute, the worst of each resource and fleet."""
    limit = 1.0 + margin
    return [*_resources(ground, flow, closure_min, limit), *_fleets(ground, flow, closure_min, limit)]


def _resources(ground: Ground, flow: Floats, closure_min: int, limit: float) -> Iterator[Row]:
    table = ground.uses
    taken = table.amount * flow[table.ride]
    rough = taken * np.where(table.is_shared, ground.choices.shares[table.ride].max(axis=1), 1.0)
    for resource, calendar in enumerate(ground.calendars):
        span = slice(table.first[resource], table.first[resource + 1])
        at_most = taken[span]
        if at_most.sum() <= limit * calendar.capacity(0, closure_min):
            continue
        head, tail = table.head_min[span], table.tail_min[span]
        used = rough[span]
        rows = (
            ground.resource_row(resource, begin_min, tail_min, flow)
            for begin_min, tail_min in _windows(head[used > 0], tail[used > 0])
            if at_most[(head >= begin_min) & (tail >= tail_min)].sum()
            > limit * calendar.capacity(begin_min, closure_min - tail_min)
        )
        yield from _worst(rows, flow, closure_min, limit)


def _fleets(ground: Ground, flow: Floats, closure_min: int, limit: float) -> Iterator[Row]:
    for index, pool in enumerate(ground.choices.pools):
        all_rides = ground.pool_rides[index]
        made = all_rides[flow[all_rides] > 0]
        windows = _windows(ground.choices.head_min[made], ground.choices.tail_min[made]) if len(made) else []
        rows = (
            fleet_row(ground, index, flow, begin_min, tail_min)
            for begin_min, tail_min in windows
            if _is_worth(ground, index, pool, flow, begin_min, closure_min - tail_min, tail_min)
        )
        yield from _worst(rows, flow, closure_min, limit)


def fleet_row(ground: Ground, index: int, flow: Floats, begin_min: int, tail_min: int) -> Row:
    """The row of a fleet in a window whose weights and potentials show most of a flow."""
    pool = ground.choices.pools[index]

    def worth(ends: Ints, voyages: Floats) -> Ints:
        return potential(pool, _worth(pool, voyages, ends, begin_min))

    return ground.fleet_row(index, begin_min, tail_min, flow, worth)


def _is_worth(
    ground: Ground, index: int, pool: Pool, flow: Floats, begin_min: int, end_min: int, tail_min: int
) -> bool:
    rides = ground.counted(index, begin_min, tail_min)
    loaded_min = (ground.weights(rides, flow) * flow[rides] * ground.ride_whole_min[rides]).sum()
    nowhere = np.zeros(len(pool.place_of), dtype=np.int64)
    return bool(loaded_min >= WORTH * pool.capacity_min(nowhere, begin_min, end_min))


def _worst(rows: Iterable[Row], flow: Floats, closure_min: int, limit: float) -> list[Row]:
    """The rows that a flow breaks most, as a ratio to what there is."""
    broken: list[tuple[float, int, Row]] = []
    for row in rows:
        ratio = float((flow[row.rides] * row.coefficient).sum()) / max(row.room(closure_min), 1)
        if ratio > limit:
            broken.append((-ratio, len(broken), row))
    return [row for _, _, row in sorted(broken)[:AT_ONCE]]


def _windows(head_min: Ints, tail_min: Ints) -> list[tuple[int, int]]:
    """Windows worth trying: from the first use on, and from later ones; to the least tail, and before."""
    at = np.linspace(0.0, 0.8, GRID)
    begins = np.unique(np.quantile(head_min, at, method="lower"))
    tails = np.unique(np.quantile(tail_min, at, method="lower"))
    return [(int(begin), int(tail)) for begin in begins for tail in tails]


def _worth(pool: Pool, voyages: Floats, ends: Ints, begin_min: int) -> dict[int, int]:
    """What it is worth to have an asset at the origins of voyages: the prices of the least empty trips between them.

    A transport programme: assets stand where voyages end and at home (or anywhere, once the window begins later), and
    are wanted where voyages begin.
    """
    count = len(pool.place_of)
    wanted: Floats = np.bincount(ends[:, 0], weights=voyages, minlength=count).astype(np.float64)
    left: Floats = np.bincount(ends[:, 1], weights=voyages, minlength=count).astype(np.float64)
    at_home = pool.from_min >= begin_min
    left += np.bincount(pool.home[at_home], minlength=count)
    origins = np.flatnonzero(wanted > 1e-9)
    sources = np.flatnonzero(left > 1e-9)
    if not len(origins):
        return {}
    apart = np.vstack((pool.apart_min[np.ix_(sources, origins)], np.zeros((1, len(origins)), dtype=np.int64)))
    cost: Floats = np.minimum(apart, TOO_FAR_MIN).astype(np.float64)
    supply = np.append(left[sources], float((~at_home).sum()))
    gain = np.round(transport_prices(cost, supply * (1 + 1e-9) + 1e-9, wanted[origins])).astype(np.int64)
    return {int(place): int(value) for place, value in zip(origins, gain, strict=True)}
