"""The cheapest that each load can do at given prices: the half of the bound that needs no solver."""

from collections.abc import Sequence

import numpy as np

from muster.movement.formulation.choices import Choices, Floats, Ints
from muster.movement.formulation.rows import Ground, Row, matrix

SLACK = 1e-6
"""Relative margin by which a price must beat a capacity before it proves anything; far above rounding errors."""


class Pricing:
    """Costs of rides, stages, options and loads under prices of rows."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.choices: Choices = ground.choices
        self.ride_stage = np.repeat(np.arange(len(self.choices.stage_ride) - 1), np.diff(self.choices.stage_ride))
        self.option_load = np.repeat(np.arange(len(self.choices.loads)), np.diff(self.choices.load_option))
        self.ride_done_min: Ints = self.choices.head_min + ground.ride_whole_min + self.choices.tail_min

    def option_cost(self, ride_price: Floats, closure_min: int) -> tuple[Floats, Ints]:
        """Least cost of each option that can be done by a closure, infinite for others; and the ride of each stage."""
        price = np.where(self.ride_done_min <= closure_min, ride_price, np.inf)
        starts = self.choices.stage_ride[:-1]
        if not len(starts):
            return np.zeros(len(self.option_load)), np.zeros(0, dtype=np.int64)
        least = np.minimum.reduceat(price, starts)
        chosen = self.cheapest_rides(price)
        shut = np.isinf(least)
        cost = self.choices.stages @ np.where(shut, 0.0, least)
        blocked = (self.choices.stages @ shut.astype(np.float64)) > 0
        late = self.choices.option_end_min > closure_min
        return np.where(blocked | late, np.inf, cost), chosen

    def cheapest_rides(self, ride_cost: Floats) -> Ints:
        """A cheapest ride of each stage."""
        least = np.minimum.reduceat(ride_cost, self.choices.stage_ride[:-1])
        hit = np.flatnonzero(ride_cost == least[self.ride_stage])[::-1]
        chosen = np.full(len(least), -1, dtype=np.int64)
        chosen[self.ride_stage[hit]] = hit
        return chosen

    def load_cost(self, option_cost: Floats) -> Floats:
        """Least cost of each load."""
        return np.asarray(np.minimum.reduceat(option_cost, self.choices.load_option[:-1]), dtype=np.float64)

    def best_option(self, option_cost: Floats, load_cost: Floats) -> Ints:
        """A cheapest option of each load."""
        hit = np.flatnonzero(option_cost == load_cost[self.option_load])[::-1]
        best = np.full(len(load_cost), -1, dtype=np.int64)
        best[self.option_load[hit]] = hit
        return best


def proven_closure_min(pricing: Pricing, rows: Sequence[Row], prices: Floats, known_min: int) -> int:
    r"""The least closure that the prices do not exclude: a certificate, exact up to a margin on the safe side.

    All lines closing by T needs

    .. math:: \sum_i \min_{\text{options by } T} \text{cost}_i \le \sum_\rho \lambda_\rho\,\text{room}_\rho(T)

    As T grows the left side falls and the right side rises, so the least T is found by bisection.
    """
    ride_price = np.asarray(prices @ matrix(rows, len(pricing.choices.ride_way)), dtype=np.float64)
    live = np.flatnonzero(prices > 0).tolist()

    def excluded(closure_min: int) -> bool:
        room = sum(float(prices[row]) * rows[row].room(closure_min) for row in live)
        needed = pricing.load_cost(pricing.option_cost(ride_price, closure_min)[0]).sum()
        return bool(needed * (1.0 - SLACK) > room)

    low, high = known_min, pricing.choices.problem.horizon_min + 1
    if not excluded(low):
        return low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if excluded(middle) else (low, middle)
    return high
