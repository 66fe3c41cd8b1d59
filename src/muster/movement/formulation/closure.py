"""How early the last line can close: prices from a linear programme, the bound from the prices alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.choices import Floats, Ints
from muster.movement.formulation.exact_pricing import proven_closure_min, whole_prices
from muster.movement.formulation.master import KEEP, Master, Patience
from muster.movement.formulation.pricing import Pricing
from muster.movement.formulation.rows import Ground, Row, matrix
from muster.movement.formulation.separation import broken_rows

BEND_MIN = 2 * MINUTES_PER_DAY
"""Room is taken as a line between so long before and after the closure at hand."""
LACK_COST = 1e3
"""Days that it costs to lack a row that does not grow with the closure."""


@dataclass(frozen=True, eq=False)
class ClosureProof:
    """A bound on closure with what proves it.

    Attributes
    ----------
    prices
        Of the rows, above 0; whole numbers of which the proportions count. Shape (n_rows,).
    flow
        How much each ride is made in the relaxation. Shape (n_rides,).
    """

    closure_min: int
    rows: tuple[Row, ...]
    prices: Ints
    flow: Floats


def bound_closure(
    ground: Ground, *, until_s: float, on_progress: Callable[[ClosureProof], None] | None = None
) -> ClosureProof:
    """Raise the bound until time runs out or nothing more is broken."""
    return _Closing(ground, on_progress).run(until_s)


class _Closing:
    def __init__(self, ground: Ground, on_progress: Callable[[ClosureProof], None] | None) -> None:
        self.ground = ground
        self.pricing = Pricing(ground)
        self.on_progress = on_progress
        choices = ground.choices
        self.ride_count = len(choices.ride_way)
        self.horizon_min = choices.problem.horizon_min
        self.best_min = int(choices.line_end_min.max(initial=0))
        self.best: tuple[tuple[Row, ...], Ints] = ((), np.zeros(0, dtype=np.int64))
        self.rows: list[Row] = []
        self.near_min = -1
        self.made = sparse.csr_array((0, self.ride_count))
        self.flow: Floats = np.zeros(self.ride_count)

    def run(self, until_s: float) -> ClosureProof:
        """Alternate: rows that the flow breaks, then choices until their prices settle."""
        if len(self.ground.choices.loads):
            master = Master(len(self.ground.choices.loads), day_cost=1.0)
            self._offer(master, np.zeros(self.ride_count))
            patience = Patience()
            while self._settle(master, until_s) and patience.lasts(master.days + self.best_min):
                flow = np.asarray(master.parts @ self.made, dtype=np.float64)
                self.flow = KEEP * self.flow + (1.0 - KEEP) * flow if self.rows else flow
                target_min = min(max(self.best_min, int(master.days * MINUTES_PER_DAY)), self.horizon_min)
                rows = broken_rows(self.ground, self.flow, target_min) or broken_rows(self.ground, flow, target_min)
                if not rows and target_min == self.near_min and not self._prove_alone():
                    break
                self._add_rows(master, rows, target_min)
        return ClosureProof(self.best_min, *self.best, self.flow)

    def _add_rows(self, master: Master, rows: list[Row], near_min: int) -> None:
        """Rows as they are near a closure; elsewhere their room may bend, which only the proof needs to know."""
        taken = sparse.csr_array(matrix(rows, self.ride_count) @ self.made.T)
        self.rows += rows
        self.near_min = near_min
        room, per_day = self._room()
        first = len(self.rows) - len(rows)
        master.bend_rows(room[:first], per_day[:first])
        master.add_rows(taken, room[first:], per_day[first:], np.full(len(rows), LACK_COST))

    def _room(self) -> tuple[Floats, Floats]:
        """Room of all rows as a line through what they have a little earlier and a little later."""
        early_min = max(0, min(self.near_min, self.horizon_min - BEND_MIN) - BEND_MIN)
        early = np.array([row.room(early_min) for row in self.rows], dtype=np.float64)
        later = np.array([row.room(early_min + 2 * BEND_MIN) for row in self.rows], dtype=np.float64)
        per_day = (later - early) * MINUTES_PER_DAY / (2 * BEND_MIN)
        return early - per_day * early_min / MINUTES_PER_DAY, per_day

    def _settle(self, master: Master, until_s: float) -> bool:
        """Add choices at the current prices until none is cheaper; False when time runs out."""
        while time.monotonic() < until_s and self.best_min <= self.horizon_min:
            master.raise_days(self.best_min / MINUTES_PER_DAY)
            if not master.solve(until_s - time.monotonic()):
                return False
            ride_price = np.asarray(master.prices @ matrix(self.rows, self.ride_count))
            self._prove(self.rows, master.prices)
            if not self._offer(master, ride_price):
                return True
        return False

    def _prove_alone(self) -> bool:
        """Try each row by itself that only the bent room of the programme hides; whether that raised the bound."""
        before_min = self.best_min
        for row in broken_rows(self.ground, self.flow, self.best_min):
            self._prove([row], np.ones(1))
        return self.best_min > before_min

    def _prove(self, rows: list[Row], prices: Floats) -> None:
        """Keep what prices prove, if it is more than what is known."""
        whole, _ = whole_prices(rows, prices)
        live = np.flatnonzero(whole)
        kept, whole = tuple(rows[index] for index in live.tolist()), whole[live]
        proven_min = proven_closure_min(self.pricing, kept, whole.tolist(), self.best_min) if kept else 0
        if proven_min > self.best_min:
            self.best_min, self.best = proven_min, (kept, whole)
            if self.on_progress is not None:
                self.on_progress(ClosureProof(self.best_min, *self.best, self.flow))

    def _offer(self, master: Master, ride_price: Floats) -> bool:
        """Offer each load its cheapest choice where it beats what it pays; whether there was any."""
        fresh = master.column.size == 0
        reach_min = self.horizon_min if fresh else max(self.best_min, int(master.days * MINUTES_PER_DAY))
        option_cost, chosen = self.pricing.option_cost(ride_price, min(reach_min, self.horizon_min))
        load_cost = self.pricing.load_cost(option_cost)
        wanted = np.isfinite(load_cost)
        if not fresh:
            wanted &= load_cost < master.rents - 1e-6
        loads = np.flatnonzero(wanted)
        if not len(loads):
            return False
        options = self.pricing.best_option(option_cost, load_cost)[loads]
        rides = rides_of(self.pricing, options, chosen)
        taken = sparse.csr_array(rides @ matrix(self.rows, self.ride_count).T)
        master.add_choices(loads, np.zeros(len(loads)), taken)
        self.made = sparse.csr_array(sparse.vstack([self.made, rides]))
        return True


def rides_of(pricing: Pricing, options: Ints, chosen: Ints) -> sparse.csr_array:
    """The rides that options make when each stage is made by its chosen ride. Shape (n_options, n_rides)."""
    stages = sparse.csr_array(pricing.choices.stages[options])
    shape = (len(options), len(pricing.choices.ride_way))
    return sparse.csr_array((stages.data, chosen[stages.indices], stages.indptr), shape=shape)
