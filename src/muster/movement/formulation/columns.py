"""What the cheapest ways of a line take of the supplies, period by period, in machine code."""

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from muster.machine_code import borrowed
from muster.movement.formulation.cheapest import (
    Bench,
    Paths,
    begin_min,
    buckets_of_chains,
    cheapest,
    cheapest_minute,
    closing_shift,
    extend,
    make_ride,
)
from muster.movement.formulation.choices import Ints
from muster.movement.formulation.compiled import compiled
from muster.movement.formulation.moments import UNIT, Takings
from muster.movement.formulation.worths import Prices


class Columns(NamedTuple):
    """What each line takes now.

    Attributes
    ----------
    period, amount
        Periods and what is taken of them, in parts (times minutes). Shape (n_lines, n_entries).
    entries
        How many there are by line.
    closing
        The bucket in which each line closes.
    """

    period: Ints
    amount: Ints
    entries: Ints
    closing: Ints


def columns(laid_out: Paths, takings: Takings) -> Columns:
    """Room for what lines take, as much as any of their ways could fill."""
    lasts = takings.uses["lasts_min"]
    period_min = takings.periods["period_min"][takings.uses["supply"]] if len(takings.uses) else lasts
    filled = np.where(lasts > 0, lasts // np.maximum(period_min, 1) + 2, 1)
    so_far = np.concatenate(([0], np.cumsum(filled)))
    by_moment = so_far[takings.moments["uses_last"]] - so_far[takings.moments["uses_first"]]
    so_far = np.concatenate(([0], np.cumsum(by_moment)))
    by_way = so_far[takings.ways["moments_last"]] - so_far[takings.ways["moments_first"]]
    by_stage = np.maximum.reduceat(by_way[takings.ride_way], laid_out.stage_ride[:-1]) if len(by_way) else by_way
    so_far = np.concatenate(([0], np.cumsum(by_stage[laid_out.option_stage])))
    by_option = so_far[laid_out.option_first[1:]] - so_far[laid_out.option_first[:-1]]
    by_load = np.maximum.reduceat(by_option, laid_out.load_option[:-1])
    so_far = np.concatenate(([0], np.cumsum(by_load)))
    most = int((so_far[laid_out.line_load[1:]] - so_far[laid_out.line_load[:-1]]).max(initial=0))
    lines = len(laid_out.weight)
    shapes = (lines, most), (lines, most), lines, lines
    return Columns(*(np.zeros(shape, dtype=np.int64) for shape in shapes))


def taken(columns: Columns, takings: Takings) -> sparse.csr_array:
    """Part of the room of each period that each line takes, 0 where there is none. Shape (n_lines, n_periods)."""
    lines, entries = np.nonzero(np.arange(columns.period.shape[1])[None, :] < columns.entries[:, None])
    period = columns.period[lines, entries]
    room = takings.room[period] * UNIT
    part = np.where(room > 0, columns.amount[lines, entries] / np.maximum(room, 1), 0.0)
    shape = (len(columns.entries), len(takings.room))
    return sparse.csr_array(sparse.coo_array((part, (lines, period)), shape=shape))


@compiled
def trace_all(paths: Paths, takings: Takings, prices: Prices, bench: Bench, columns: Columns, costs: Ints) -> None:
    """Cost of every line, and what its cheapest way takes."""
    lent_paths, lent_takings, lent_prices, lent_bench = borrowed((paths, takings, prices, bench))
    for line in range(len(paths.weight)):
        guess = columns.closing[line]
        best, closing, count = cheapest(lent_paths, lent_takings, lent_prices, lent_bench, line, guess)
        trace_line(lent_paths, lent_takings, lent_prices, lent_bench, columns, line, closing, count)
        costs[line] = best


@compiled
def trace_line(
    paths: Paths, takings: Takings, prices: Prices, bench: Bench, columns: Columns, line: int, closing: int, count: int
) -> None:
    """Note what the cheapest way of a line takes; it was priced last, with so many buckets."""
    columns.entries[line], columns.closing[line] = 0, closing
    first = paths.line_load[line]
    for load in range(first, paths.line_load[line + 1]):
        option = bench.load_option[load - first, closing]
        _trace_option(paths, takings, prices, bench, columns, line, option, closing, count)


@compiled
def _trace_option(
    paths: Paths, takings: Takings, prices: Prices, bench: Bench, columns: Columns, line: int, option: int,
    closing: int, count: int,
) -> None:  # fmt: skip
    """Follow the cheapest rides of an option back from where its line closes."""
    first = paths.option_first[option]
    stages = paths.option_first[option + 1] - first
    if stages == 0:
        return
    reach = buckets_of_chains(paths, bench, line, count)
    for depth in range(stages):
        extend(paths, takings, prices, bench, line, paths.option_stage[first + depth], depth, reach)
    end_min = bench.reached_min[stages] + paths.option_tail_min[option]
    bucket = min(reach - 1, closing + closing_shift(paths, bench, line, end_min))
    for depth in range(stages - 1, -1, -1):
        while bucket > 0 and bench.reached[depth + 1, bucket - 1] == bench.reached[depth + 1, bucket]:
            bucket -= 1
        stage = paths.option_stage[first + depth]
        bucket = _trace_stage(paths, takings, prices, bench, columns, line, stage, depth, bucket, reach)


@compiled
def _trace_stage(
    paths: Paths, takings: Takings, prices: Prices, bench: Bench, columns: Columns, line: int, stage: int, depth: int,
    bucket: int, count: int,
) -> int:  # fmt: skip
    """Find the ride that is over in a bucket at its cost, and note what it takes; the bucket of being ready for it."""
    ready_min, start_min = begin_min(paths, bench, line, depth, stage)
    cost = bench.reached[depth + 1, bucket]
    for ride in range(paths.stage_ride[stage], paths.stage_ride[stage + 1]):
        way = takings.ways[takings.ride_way[ride]]
        ride_min = max(start_min, takings.ride_head_min[ride])
        at = bucket - (ride_min + way.whole_min - bench.reached_min[depth + 1]) // bench.width_min
        if at < 0:
            continue
        row = make_ride(takings, prices, bench, ride, ready_min, ride_min, bench.reached[depth], count)
        if bench.moment[row, at] != cost:
            continue
        for index in range(way.moments_last - 1, way.moments_first - 1, -1):
            moment = takings.moments[index]
            for use in range(moment.uses_first, moment.uses_last):
                at_min = ride_min + moment.after_min + at * bench.width_min
                _take(takings, prices, bench, columns, line, ride, takings.uses[use], at_min)
            row -= 1
            at = _least(bench.moment[row], at)
        return int(min(count - 1, at + (ride_min - ready_min + bench.width_min - 1) // bench.width_min))
    return bucket


@compiled
def _least(costs: Ints, until: int) -> int:
    """The last of the least costs up to a bucket."""
    best = until
    for bucket in range(until, -1, -1):
        if costs[bucket] < costs[best]:
            best = bucket
    return best


@compiled
def _take(
    takings: Takings, prices: Prices, bench: Bench, columns: Columns, line: int, ride: int, use: Any, at_min: int
) -> None:
    """Note a use about a moment."""
    parts = use.amount * takings.factor[ride, use.per]
    if parts == 0:
        return
    periods = takings.periods[use.supply]
    at_min += use.offset_min
    start_min = cheapest_minute(prices.price, prices.so_far, periods, at_min, bench.width_min, use.lasts_min)[0]
    period = start_min // periods.period_min
    while period < periods.count and period * periods.period_min < start_min + max(1, use.lasts_min):
        from_min, until_min = period * periods.period_min, (period + 1) * periods.period_min
        minutes = min(until_min, start_min + use.lasts_min) - max(from_min, start_min) if use.lasts_min else 1
        if period >= 0:
            entry = columns.entries[line]
            columns.period[line, entry], columns.amount[line, entry] = periods.first + period, parts * minutes
            columns.entries[line] += 1
        period += 1
