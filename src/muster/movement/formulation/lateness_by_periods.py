r"""How little weighted lateness there can be, at prices of every period of every supply.

At any prices :math:`\lambda \ge 0` of the periods of supplies, with :math:`c_\ell(t)` the least that the loads of line
:math:`\ell` can pay if it closes by *t*,

.. math:: \sum_\ell \min_t \bigl[w_\ell (t - R_\ell)^+ + c_\ell(t)\bigr] - \sum_\rho \lambda_\rho\,\text{room}_\rho

is a lower bound. Good prices come from a linear programme over ways that lines were seen to choose: rows are periods,
columns are ways of lines. What is proved is the formula itself, in whole numbers, whatever the prices.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.cheapest import bench, paths, price_all
from muster.movement.formulation.choices import Flags, Floats, Ints
from muster.movement.formulation.columns import columns, taken, trace_all
from muster.movement.formulation.master import Master
from muster.movement.formulation.moments import takings, whole_voyage_parts
from muster.movement.formulation.rows import Ground
from muster.movement.formulation.supplies import Supply
from muster.movement.formulation.worths import COST, Prices, cost_of_room, prices

WIDTHS_MIN: Final = (240, 60, 30, 15)
"""Width of the buckets while prices are sought, and of those in which they are proved in the end, in turn."""
LAST_SHARE: Final = 0.1
"""Part of the time that the next narrower proof may take; it takes about twice as long as the one before."""
AHEAD: Final = 1.25
"""Supplies have prices until this many times the closure of a known plan."""
LACK: Final = 0.1
"""Lacking the room of all periods that are overfull at first costs such a part of the lateness of a known plan,"""
RISE: Final = 1.8
"""and so many times more each time when it is lacking."""
MIXED: Final = (0.6, 0.3, 0.0)
"""Parts of the best prices known in those that are tried, in turn."""
COUNTED_SHARE: Final = 0.6
"""Part of the time in which only what is counted by its own periods may have prices, unless these settle before."""
CLOSE: Final = 1e-3
"""Prices are settled when they prove all but this part of what the programme says."""


@dataclass(frozen=True, eq=False)
class PeriodsProof:
    """A bound on weighted lateness with the whole prices that prove it.

    Attributes
    ----------
    end_min
        Supplies have prices until then.
    width_min
        Of the buckets in which lines were priced.
    parts
        What part of a voyage each ride answers for, in either measure. Shape (n_rides, 2).
    prices
        Of all periods of the supplies, one supply after the other. Shape (n_periods,).
    """

    lateness_min: int
    end_min: int
    width_min: int
    parts: Ints
    supplies: tuple[Supply, ...]
    prices: Ints


def bound_by_periods(
    ground: Ground,
    *,
    closure_min: int,
    lateness_min: int,
    until_s: float,
    on_progress: Callable[[PeriodsProof], None] | None = None,
) -> PeriodsProof | None:
    """Raise the bound on weighted lateness until time runs out or prices settle.

    Parameters
    ----------
    closure_min
        How far ahead there are prices, about; lines may close later.
    lateness_min
        Weighted lateness of a known plan, which tells how high prices are, about; a wrong one never makes the bound
        invalid.
    """
    return _Lateness(ground, closure_min, lateness_min, on_progress).run(until_s) if ground.choices.lines else None


class _Lateness:
    def __init__(
        self,
        ground: Ground,
        closure_min: int,
        lateness_min: int,
        on_progress: Callable[[PeriodsProof], None] | None,
    ) -> None:
        self.on_progress = on_progress
        self.lateness_min = lateness_min
        self.end_min = min(ground.choices.problem.horizon_min, int(AHEAD * closure_min) + MINUTES_PER_DAY)
        self.parts = whole_voyage_parts(ground)
        self.takings, self.supplies = takings(ground, self.end_min, self.parts)
        self.paths = paths(ground.choices)
        self.columns = columns(self.paths, self.takings)
        self.best_worth: Floats = np.zeros(len(self.takings.room))
        nothing = np.zeros(len(self.takings.room), dtype=np.int64)
        self.best = PeriodsProof(0, self.end_min, WIDTHS_MIN[0], self.parts, self.supplies, nothing)

    def run(self, until_s: float) -> PeriodsProof:
        """Try prices until they settle, then prove the best of them once more in narrow buckets."""
        time_s = until_s - time.monotonic()
        self._generate(until_s)
        self._prove_narrowly(LAST_SHARE * time_s)
        return self.best

    def _prove_narrowly(self, most_s: float) -> None:
        """Prove the best prices in ever narrower buckets, while the next should take no longer than so many seconds."""
        asked = prices(self.takings, self.supplies, self.best_worth)
        for width_min in WIDTHS_MIN[1:]:
            began_s = time.monotonic()
            closings = self.columns.closing * (WIDTHS_MIN[0] // width_min)
            self._keep(
                price_all(self.paths, self.takings, asked, bench(self.paths, width_min), closings), asked, width_min
            )
            if 2.0 * (time.monotonic() - began_s) > most_s:
                return

    def _generate(self, until_s: float) -> None:
        programme = _Programme(self.paths.weight, self._counted(), LACK * self.lateness_min)
        counted_until_s = until_s - (1.0 - COUNTED_SHARE) * (until_s - time.monotonic())
        wide = bench(self.paths, WIDTHS_MIN[0])
        costs = np.zeros(len(self.paths.weight), dtype=np.int64)
        worth_min: Floats = np.zeros(len(self.takings.room))
        rounds = 0
        while True:
            asked = prices(self.takings, self.supplies, worth_min)
            trace_all(self.paths, self.takings, asked, wide, self.columns, costs)
            value_min, is_best = self._keep(sum(costs.tolist()), asked, WIDTHS_MIN[0])
            if is_best:
                self.best_worth = worth_min
            programme.offer(self._late_min(), taken(self.columns, self.takings))
            if not programme.solve(until_s - time.monotonic()):
                return
            is_settled = not programme.raise_lack() and value_min >= (1.0 - CLOSE) * programme.value_min - 1.0
            if is_settled and programme.has_all:
                return
            if is_settled or time.monotonic() > counted_until_s:
                programme.has_all = True
            part = MIXED[rounds % len(MIXED)]
            worth_min = part * self.best_worth + (1.0 - part) * programme.worth_min
            rounds += 1

    def _counted(self) -> Flags:
        """Which periods are of supplies that are counted by periods of their own."""
        counts = self.takings.periods["count"]
        return np.repeat(np.array([supply.is_counted for supply in self.supplies], dtype=np.bool_), counts)

    def _keep(self, cost: int, asked: Prices, width_min: int) -> tuple[float, bool]:
        """Keep the bound that follows from costs at some prices, if it is the best; its value and whether it is."""
        value = cost - cost_of_room(self.takings, asked)
        is_best = value // COST > self.best.lateness_min
        if is_best:
            self.best = PeriodsProof(
                value // COST, self.end_min, width_min, self.parts, self.supplies, asked.price
            )  # fmt: skip
            if self.on_progress is not None:
                self.on_progress(self.best)
        return value / COST, is_best

    def _late_min(self) -> Floats:
        """Weighted minutes by which each line is late, as it was traced."""
        closes_min = self.paths.line_end_min + self.columns.closing * WIDTHS_MIN[0]
        late_min = np.maximum(0, closes_min - self.paths.required_min)
        return np.asarray(self.paths.weight * late_min, dtype=np.float64)


class _Programme:
    """The linear programme over ways of lines that were seen.

    Attributes
    ----------
    comes_first, has_all
        Periods that may have a row from the beginning, and whether all others may by now.
    lack_min
        What it costs to lack all periods that are overfull at first; from then on, minutes of lateness of all that fill
        a period.
    rows
        Periods that have a row: those that were overfull once.
    seen
        Part of the room of each period that each way takes. Shape (n_ways, n_periods).
    worth_min
        What the room of each period is worth, as the programme was solved last.
    """

    def __init__(self, weight: Ints, comes_first: Flags, lack_min: float) -> None:
        periods = len(comes_first)
        self.comes_first, self.has_all = comes_first, False
        self.master = Master(len(weight), day_cost=0.0, is_central=True)
        self.weight = weight
        self.lack_min = lack_min
        self.way_line: Ints = np.zeros(0, dtype=np.int64)
        self.rows: list[int] = []
        self.has_row = np.zeros(periods, dtype=np.bool_)
        self.seen = sparse.csr_array((0, periods))
        self.worth_min: Floats = np.zeros(periods)
        self.value_min = 0.0

    def offer(self, late_min: Floats, taken: sparse.csr_array) -> None:
        """Offer ways that are cheaper than what their lines pay, and rows for periods that they overfill together."""
        lines: Ints = np.arange(len(late_min))
        if self.seen.shape[0]:
            pays = self.master.rents
            lines = np.flatnonzero(late_min + taken @ self.worth_min < pays - 1e-6 * (1.0 + np.abs(pays)))
        self._add_rows(np.asarray(taken.sum(axis=0), dtype=np.float64), taken, self.weight)
        if len(lines):
            ways = sparse.csr_array(taken[lines])
            self.master.add_choices(lines, late_min[lines], sparse.csr_array(ways[:, self.rows]))
            self.seen = sparse.csr_array(sparse.vstack([self.seen, ways]))
            self.way_line = np.concatenate((self.way_line, lines))

    def solve(self, time_limit_s: float) -> bool:
        """Solve, and add rows for what the solution overfills; False when time runs out first."""
        if time_limit_s <= 0.0 or not self.master.solve(time_limit_s):
            return False
        self.value_min = self.master.objective
        self.worth_min = np.zeros(len(self.has_row))
        self.worth_min[self.rows] = self.master.prices
        filled = np.asarray(self.master.parts @ self.seen, dtype=np.float64)
        self._add_rows(filled, self.seen, self.weight[self.way_line])
        return True

    def raise_lack(self) -> bool:
        """Make what is lacking dearer; whether anything is."""
        return self.master.raise_lack(RISE)

    def _add_rows(self, filled: Floats, ways: sparse.csr_array, weight: Ints) -> None:
        """Add rows for overfull periods; what lacking them costs follows from the lines whose ways fill them."""
        fresh = np.flatnonzero((filled > 1.0 + CLOSE) & ~self.has_row & (self.comes_first | self.has_all))
        if len(fresh):
            filling = sparse.csc_array(ways)[:, fresh]
            lack_cost = np.asarray(weight @ (filling > 0), dtype=np.float64) / np.asarray(filling.sum(axis=0))
            if not self.rows:
                self.lack_min = max(self.lack_min / lack_cost.sum(), 1.0)
            lack_cost *= self.lack_min
            none = np.zeros(len(fresh))
            self.master.add_rows(sparse.csr_array(self.seen[:, fresh].T), none + 1.0, none, lack_cost)
            self.has_row[fresh] = True
            self.rows += fresh.tolist()
