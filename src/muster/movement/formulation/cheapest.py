"""The cheapest that each line can do at given prices of supplies over time, in machine code and whole numbers.

Theory of operation: time after the earliest that something can happen is cut into buckets of ``width_min`` minutes. For
each load, option after option and stage after stage, a row of numbers says what it costs to be there within the first
*k* buckets after the earliest time on this very chain. A ride that starts within a bucket pays, for each of its uses,
the least that any minute of the bucket would ask; between its moments it may wait. So no plan is ever charged more than
it takes, and the earliest time on every chain is exact, whatever the width. A line closes in a bucket when all its
loads are there by then; it is late from the bucket's beginning on.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from muster.machine_code import borrowed
from muster.movement.formulation.choices import Choices, Ints
from muster.movement.formulation.compiled import compiled
from muster.movement.formulation.moments import Takings
from muster.movement.formulation.worths import COST, Prices

FAR: Final = 1 << 57
"""Costs that nobody pays."""
AHEAD: Final = 8
"""Buckets beyond the last closing that are looked at first."""
SPARE: Final = 4
"""Buckets that rounding may add to a chain beyond one for each stage."""


class Paths(NamedTuple):
    """Who may go how, as arrays; every ``first`` has one more entry for the end.

    Attributes
    ----------
    line_begin_min, line_end_min
        When a load of a line can begin at the earliest, and when the line can close.
    """

    line_load: Ints
    load_option: Ints
    option_first: Ints
    option_stage: Ints
    option_tail_min: Ints
    stage_ride: Ints
    stage_start_min: Ints
    is_onward: Ints
    line_begin_min: Ints
    line_end_min: Ints
    weight: Ints
    required_min: Ints
    integration_min: Ints
    horizon_min: int


class Bench(NamedTuple):
    """Where lines are priced.

    Attributes
    ----------
    reached, reached_min
        Cost by bucket of being at the end of each stage of a chain, and the earliest time there.
    path
        The stages of the chain.
    moment
        Cost by bucket of being past each moment of a ride.
    load_cost, load_option
        Cheapest cost of each load of a line that closes in a bucket, and with which option.
    """

    width_min: int
    reached: Ints
    reached_min: Ints
    path: Ints
    moment: Ints
    load_cost: Ints
    load_option: Ints
    total: Ints


def paths(choices: Choices) -> Paths:
    """Lay choices out."""
    last = np.maximum(choices.option_first[1:] - 1, 0)
    stage = choices.option_stage[last] if len(choices.option_stage) else last
    tail = np.minimum.reduceat(choices.tail_min, choices.stage_ride[:-1]) if len(choices.tail_min) else stage
    is_empty = np.diff(choices.option_first) == 0
    option_load = np.repeat(np.arange(len(choices.loads)), np.diff(choices.load_option))
    stage_load = np.repeat(option_load, np.diff(choices.option_first))
    begins = choices.line_end_min
    np.minimum.at(begins, choices.load_line[stage_load], choices.stage_start_min[choices.option_stage])
    return Paths(
        line_load=np.searchsorted(choices.load_line, np.arange(len(choices.lines) + 1)),
        load_option=choices.load_option,
        option_first=choices.option_first,
        option_stage=choices.option_stage,
        option_tail_min=np.where(is_empty, 0, tail[stage]) if len(tail) else np.zeros(len(is_empty), dtype=np.int64),
        stage_ride=choices.stage_ride,
        stage_start_min=choices.stage_start_min,
        is_onward=choices.is_onward,
        line_begin_min=begins,
        line_end_min=choices.line_end_min,
        weight=np.array([line.weight for line in choices.lines], dtype=np.int64),
        required_min=np.array([line.required_min for line in choices.lines], dtype=np.int64),
        integration_min=np.array([line.integration_min for line in choices.lines], dtype=np.int64),
        horizon_min=choices.problem.horizon_min,
    )


def bench(laid_out: Paths, width_min: int) -> Bench:
    """A bench for buckets of a width, as many as a chain can have from its beginning to the horizon."""
    depth = int(np.diff(laid_out.option_first).max(initial=0)) + 1
    buckets = laid_out.horizon_min // width_min + depth + SPARE
    loads = int(np.diff(laid_out.line_load).max(initial=0))
    shape = (depth, buckets), depth, depth, (5, buckets), (loads, buckets), (loads, buckets), buckets
    return Bench(width_min, *(np.zeros(size, dtype=np.int64) for size in shape))


@compiled
def paid_until(price: Ints, so_far: Ints, periods: Any, minute: int) -> int:
    """What one part of an amount in use pays from the beginning until a minute that is within the periods."""
    if minute <= 0:
        return 0
    period = minute // periods.period_min
    at = periods.first + min(period, periods.count - 1)
    return int(so_far[at] + price[at] * min(periods.period_min, minute - (at - periods.first) * periods.period_min))


@compiled
def cheapest_minute(
    price: Ints, so_far: Ints, periods: Any, from_min: int, width_min: int, lasts_min: int
) -> tuple[int, int]:
    """The cheapest start within a bucket, and what one part pays then.

    What is in use over time costs a sum that bends only where its start or its end meets a new period.
    """
    last_min, period_min = from_min + width_min - 1, periods.period_min
    if lasts_min == 0:
        here, later = from_min // period_min, last_min // period_min
        least = price[periods.first + here] if here < periods.count else 0
        then = price[periods.first + later] if later < periods.count else 0
        return (from_min, least) if least <= then else (last_min, then)
    best_min = from_min
    best = paid_until(price, so_far, periods, from_min + lasts_min) - paid_until(price, so_far, periods, from_min)
    starts_anew = from_min // period_min * period_min + period_min
    ends_anew = (from_min + lasts_min) // period_min * period_min + period_min - lasts_min
    for start_min in (last_min, starts_anew, ends_anew):
        if from_min < start_min <= last_min:
            paid = paid_until(price, so_far, periods, start_min + lasts_min)
            paid -= paid_until(price, so_far, periods, start_min)
            if paid < best:
                best, best_min = paid, start_min
    return best_min, best


@compiled
def charge(
    takings: Takings, prices: Prices, ride: int, moment: Any, at_min: int, width_min: int, costs: Ints, count: int
) -> None:
    """Add what a ride pays for a moment in each bucket after its earliest."""
    price, so_far = prices.price, prices.so_far
    for index in range(moment.uses_first, moment.uses_last):
        use = takings.uses[index]
        parts = use.amount * takings.factor[ride, use.per]
        if parts == 0 or not prices.is_priced[use.supply]:
            continue
        periods = takings.periods[use.supply]
        from_min = at_min + use.offset_min
        for bucket in range(count):
            if from_min >= periods.count * periods.period_min:
                break
            paid = cheapest_minute(price, so_far, periods, from_min, width_min, use.lasts_min)[1]
            costs[bucket] = min(FAR, costs[bucket] + parts * paid)
            from_min += width_min


@compiled
def make_ride(
    takings: Takings, prices: Prices, bench: Bench, ride: int, ready_min: int, start_min: int, before: Ints, count: int
) -> int:
    """Cost by bucket of being past each moment of a ride, in the rows of the bench; how many moments there are.

    Parameters
    ----------
    ready_min, before
        Cost by bucket, after this minute, of being where the ride begins.
    start_min
        Earliest start of the ride; its buckets begin there.
    """
    way = takings.ways[takings.ride_way[ride]]
    shift = (start_min - ready_min + bench.width_min - 1) // bench.width_min
    for bucket in range(count):
        bench.moment[0, bucket] = before[min(count - 1, bucket + shift)]
    row = 0
    for index in range(way.moments_first, way.moments_last):
        least = FAR
        for bucket in range(count):
            least = min(least, bench.moment[row, bucket])
            bench.moment[row + 1, bucket] = least
        row += 1
        moment = takings.moments[index]
        charge(
            takings, prices, ride, moment, start_min + moment.after_min, bench.width_min, bench.moment[row], count
        )  # fmt: skip
    return row


@compiled
def begin_min(paths: Paths, bench: Bench, line: int, depth: int, stage: int) -> tuple[int, int]:
    """When a chain is ready for its next stage at the earliest, and when that can begin."""
    start_min = paths.stage_start_min[stage]
    if depth == 0:
        return start_min, start_min
    ready_min = bench.reached_min[depth]
    if paths.is_onward[stage]:
        ready_min += paths.integration_min[line]
    return ready_min, max(ready_min, start_min)


@compiled
def extend(
    paths: Paths, takings: Takings, prices: Prices, bench: Bench, line: int, stage: int, depth: int, count: int
) -> None:
    """Add a stage to a chain: cost by bucket of being at its end, over all its rides."""
    ready_min, start_min = begin_min(paths, bench, line, depth, stage)
    if depth == 0:
        bench.reached[0, :count] = 0
    after, earliest_min = bench.reached[depth + 1], FAR
    for ride in range(paths.stage_ride[stage], paths.stage_ride[stage + 1]):
        way = takings.ways[takings.ride_way[ride]]
        earliest_min = min(earliest_min, max(start_min, takings.ride_head_min[ride]) + way.whole_min)
    after[:count] = FAR
    for ride in range(paths.stage_ride[stage], paths.stage_ride[stage + 1]):
        ride_min = max(start_min, takings.ride_head_min[ride])
        end_min = ride_min + takings.ways[takings.ride_way[ride]].whole_min
        lag = (end_min - earliest_min) // bench.width_min
        if lag >= count:
            continue
        row = make_ride(takings, prices, bench, ride, ready_min, ride_min, bench.reached[depth], count)
        for bucket in range(count - lag):
            after[bucket + lag] = min(after[bucket + lag], bench.moment[row, bucket])
    for bucket in range(1, count):
        after[bucket] = min(after[bucket], after[bucket - 1])
    bench.reached_min[depth + 1] = earliest_min
    bench.path[depth] = stage


@compiled
def price_load(
    paths: Paths, takings: Takings, prices: Prices, bench: Bench, line: int, load: int, costs: Ints, chosen: Ints,
    count: int,
) -> None:  # fmt: skip
    """Least cost of a load by the bucket in which its line closes, and the option; chains alike are begun once."""
    reach = buckets_of_chains(paths, bench, line, count)
    costs[:count] = FAR
    depth = 0
    for option in range(paths.load_option[load], paths.load_option[load + 1]):
        first = paths.option_first[option]
        stages = paths.option_first[option + 1] - first
        alike = 0
        while alike < min(depth, stages) and bench.path[alike] == paths.option_stage[first + alike]:
            alike += 1
        depth = alike
        while depth < stages:
            extend(paths, takings, prices, bench, line, paths.option_stage[first + depth], depth, reach)
            depth += 1
        end_min = bench.reached_min[stages] + paths.option_tail_min[option] if stages else 0
        shift = closing_shift(paths, bench, line, end_min)
        for bucket in range(max(0, -shift), count):
            cost = bench.reached[stages, min(reach - 1, bucket + shift)] if stages else 0
            if cost < costs[bucket]:
                costs[bucket], chosen[bucket] = cost, option


@compiled
def buckets_of_chains(paths: Paths, bench: Bench, line: int, count: int) -> int:
    """How many buckets the chains of a line need that closes within the first of its own.

    A load may be ready long before its line closes, and may move in any bucket until then.
    """
    ahead = (paths.line_end_min[line] - paths.line_begin_min[line]) // bench.width_min
    return int(min(bench.reached.shape[1], count + ahead + len(bench.path) + SPARE - 1))


@compiled
def closing_shift(paths: Paths, bench: Bench, line: int, end_min: int) -> int:
    """How many buckets more than its line a chain has that ends at a minute at the earliest."""
    return int((paths.line_end_min[line] + bench.width_min - 1 - end_min) // bench.width_min)


@compiled
def late_cost(paths: Paths, bench: Bench, line: int, bucket: int) -> int:
    """What the lateness of a line costs that closes in a bucket."""
    late_min = paths.line_end_min[line] + bucket * bench.width_min - paths.required_min[line]
    return int(paths.weight[line] * late_min * COST) if late_min > 0 else 0


@compiled
def price_line(paths: Paths, takings: Takings, prices: Prices, bench: Bench, line: int, count: int) -> tuple[int, int]:
    """Least cost of a line that closes within the first buckets, and the bucket."""
    first = paths.line_load[line]
    bench.total[:count] = 0
    for load in range(first, paths.line_load[line + 1]):
        costs = bench.load_cost[load - first]
        price_load(paths, takings, prices, bench, line, load, costs, bench.load_option[load - first], count)
        for bucket in range(count):
            bench.total[bucket] = min(FAR, bench.total[bucket] + costs[bucket])
    best, closing = FAR, 0
    for bucket in range(count):
        cost = bench.total[bucket] + late_cost(paths, bench, line, bucket)
        if cost < best:
            best, closing = cost, bucket
    return best, closing


@compiled
def cheapest(
    paths: Paths, takings: Takings, prices: Prices, bench: Bench, line: int, guess: int
) -> tuple[int, int, int]:
    """Least cost of a line, the bucket in which it closes, and how many buckets were looked at.

    Later than where lateness alone costs as much, no line need close.
    """
    most = (paths.horizon_min - paths.line_end_min[line]) // bench.width_min + 1
    count = min(most, guess + AHEAD)
    while True:
        best, closing = price_line(paths, takings, prices, bench, line, count)
        needed = count
        while needed < most and late_cost(paths, bench, line, needed) < best:
            needed += 1
        if needed == count:
            return best, closing, count
        count = needed


@compiled
def price_all(paths: Paths, takings: Takings, prices: Prices, bench: Bench, closings: Ints) -> int:
    """Least cost of all lines together; where they close is noted."""
    lent_paths, lent_takings, lent_prices, lent_bench = borrowed((paths, takings, prices, bench))
    total = 0
    for line in range(len(paths.weight)):
        best, closing, _ = cheapest(lent_paths, lent_takings, lent_prices, lent_bench, line, closings[line])
        closings[line] = closing
        total += best
    return total
