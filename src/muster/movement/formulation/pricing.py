"""The cheapest that each load can do at given prices."""

import numpy as np
from scipy import sparse

from muster.movement.formulation.choices import Choices, Floats, Ints
from muster.movement.formulation.rows import Ground

SLACK = 1e-6
"""Relative margin by which a price must beat a capacity before it proves anything; far above rounding errors."""


class Pricing:
    """Costs of rides, stages, options and loads under prices of rows."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.choices: Choices = ground.choices
        self.ride_stage = np.repeat(np.arange(len(self.choices.stage_ride) - 1), np.diff(self.choices.stage_ride))
        self.option_load = np.repeat(np.arange(len(self.choices.loads)), np.diff(self.choices.load_option))
        self.whole_stages: sparse.csr_array = self.choices.stages.astype(np.int64)
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
