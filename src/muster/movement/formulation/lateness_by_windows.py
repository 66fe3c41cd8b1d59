r"""How little weighted lateness there can be, at prices of windows: few prices, for many lines.

Every line chooses when it closes and how its loads get there by then. A ride whose line closes by minute *t* must end
by ``t - tail_min``; rides that must lie in ``[begin, deadline)`` share what that window has. At any prices of such rows

.. math:: \sum_\ell \min_t \Bigl[w_\ell (t - R_\ell)^+ + \sum_{i \in \ell} \min_{\text{options by } t}
          \text{cost}_i(t)\Bigr] - \sum_\rho \lambda_\rho\,\text{room}_\rho

is a lower bound. Closing times are taken in buckets: late at the bucket's beginning, priced at its end.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import log2

import numpy as np
from scipy import sparse

from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation.choices import Choices, Floats, Ints
from muster.movement.formulation.deadlines import Deadline, Family, broken_deadlines
from muster.movement.formulation.exact_lateness import highest_bits, least_late_min, proven_lateness_min
from muster.movement.formulation.exact_pricing import whole_prices
from muster.movement.formulation.master import KEEP, Master, Patience
from muster.movement.formulation.pricing import Pricing
from muster.movement.formulation.rows import Ground

BUCKETS = 64
CLOSE = 1e-3
"""Choices are settled when the prices prove all but this part of what the programme says."""
LACK_COST = 1e7
"""Weighted minutes that it costs to lack a row once more."""


@dataclass(frozen=True, eq=False)
class WindowsProof:
    """A bound on weighted lateness with the whole prices that prove it.

    Attributes
    ----------
    ends_min
        Last minutes of the buckets in which lines may close.
    prices
        Of the deadlines; a price of 1 is a weighted minute divided by two to the power of ``price_bits``.
    """

    lateness_min: int
    ends_min: Ints
    families: tuple[Family, ...]
    deadlines: tuple[Deadline, ...]
    prices: tuple[int, ...]
    price_bits: int


def bound_by_windows(
    ground: Ground, *, closure_min: int, until_s: float, on_progress: Callable[[WindowsProof], None] | None = None
) -> WindowsProof | None:
    """Raise the bound on weighted lateness until time runs out or prices settle.

    Parameters
    ----------
    closure_min
        How far ahead closing times are told apart; lines may close later, then all at once.
    """
    return _Lateness(ground, closure_min, on_progress).run(until_s) if ground.choices.lines else None


@dataclass(frozen=True, eq=False)
class _Priced:
    """Costs at some prices, by closing bucket."""

    ride: Floats
    option: Floats
    line: Floats


class _Lateness:
    def __init__(
        self, ground: Ground, closure_min: int, on_progress: Callable[[WindowsProof], None] | None
    ) -> None:  # fmt: skip
        self.ground, self.on_progress = ground, on_progress
        self.pricing = Pricing(ground)
        choices = self.choices = ground.choices
        self.ends_min = _bucket_ends(choices, closure_min)
        self.late_min = least_late_min(choices, self.ends_min)
        self.late = self.late_min.astype(np.float64)
        self.line_load = np.searchsorted(choices.load_line, np.arange(len(choices.lines)))
        self.stage_line = choices.load_line[choices.ride_load[choices.stage_ride[:-1]]]
        self.families: list[Family] = []
        self.deadlines: list[Deadline] = []
        self.made = sparse.csr_array((0, len(choices.ride_way)))
        self.flow = sparse.csr_array((len(choices.ride_way), len(self.ends_min)))
        self.made_bucket: Ints = np.zeros(0, dtype=np.int64)
        least_min = int(self.late_min.min(axis=1).sum())
        self.best = WindowsProof(least_min, self.ends_min, (), (), (), 0)

    def run(self, until_s: float) -> WindowsProof:
        """Alternate: rows that are broken, then choices until their prices settle."""
        master = Master(len(self.choices.lines), day_cost=0.0)
        self._offer(master, self._price(np.zeros(0)), None)
        patience = Patience()
        while self._settle(master, until_s) and patience.lasts(master.objective):
            if time.monotonic() > until_s or not self._add_rows(master):
                break
        return self.best

    def _add_rows(self, master: Master) -> bool:
        flow = _by_bucket(master.parts, self.made, self.made_bucket, len(self.ends_min))
        steady = sparse.csr_array(KEEP * self.flow + (1.0 - KEEP) * flow) if self.families else flow
        self.flow = steady
        families = broken_deadlines(self.ground, steady, self.ends_min)
        families = families or broken_deadlines(self.ground, flow, self.ends_min)
        fresh: list[Deadline] = []
        for family, ends in families:
            fresh += [Deadline(len(self.families), end_min) for end_min in ends]
            self.families.append(family)
        if not fresh:
            return False
        room = np.array([self.families[row.family].room(row.end_min) for row in fresh], dtype=np.float64)
        taken = self._taken(fresh, self.made, self.made_bucket)
        none = np.zeros(len(fresh))
        master.add_rows(sparse.csr_array(taken.T), room, none, none + LACK_COST)
        self.deadlines += fresh
        return True

    def _settle(self, master: Master, until_s: float) -> bool:
        while time.monotonic() < until_s and master.solve(until_s - time.monotonic()):
            prices = master.prices
            priced = self._price(prices)
            value = self._prove(prices, priced)
            if value >= (1.0 - CLOSE) * master.objective or not self._offer(master, priced, master.rents):
                return True
        return False

    def _prove(self, prices: Floats, priced: _Priced) -> float:
        """Keep what the prices prove in whole numbers, if it is more than is known; about as much as they prove."""
        least = (priced.line + self.late).min(axis=1).sum()
        room = sum(
            float(price) * self.families[row.family].room(row.end_min)
            for price, row in zip(prices, self.deadlines, strict=True)
        )
        value = float(least - room)
        if value > self.best.lateness_min:
            proof = self._whole(prices)
            if proof.lateness_min > self.best.lateness_min:
                self.best = proof
                if self.on_progress is not None:
                    self.on_progress(proof)
        return value

    def _whole(self, prices: Floats) -> WindowsProof:
        """The same prices in whole numbers, and what they prove."""
        of_family: Floats = np.zeros(len(self.families))
        np.add.at(of_family, [row.family for row in self.deadlines], prices)
        rows = [family.row for family in self.families]
        _, times = whole_prices(rows, of_family, most=2.0 ** highest_bits(self.late_min))
        whole = np.floor(prices * (times if times >= 1.0 else 0.0)).astype(np.int64)
        live = np.flatnonzero(whole).tolist()
        kept = sorted({self.deadlines[at].family for at in live})
        place = {family: index for index, family in enumerate(kept)}
        families = tuple(self.families[family] for family in kept)
        deadlines = tuple(Deadline(place[self.deadlines[at].family], self.deadlines[at].end_min) for at in live)
        own, bits = tuple(whole[live].tolist()), max(0, round(log2(times)))
        value = proven_lateness_min(
            self.pricing, families, deadlines, own, price_bits=bits, ends_min=self.ends_min
        )  # fmt: skip
        return WindowsProof(value, self.ends_min, families, deadlines, own, bits)

    def _price(self, prices: Floats) -> _Priced:
        """Least cost of everything in every bucket. Shapes (n_..., n_buckets)."""
        choices, ends = self.choices, self.ends_min
        ride = np.zeros((len(choices.ride_way), len(ends)))
        for index, family in enumerate(self.families):
            own = [at for at, row in enumerate(self.deadlines) if row.family == index and prices[at] > 0]
            if own:
                family.charge(ride, np.array([self.deadlines[at].end_min for at in own]), prices[own], ends)
        ride[self.pricing.ride_done_min[:, None] > ends] = np.inf
        stage = np.minimum.reduceat(ride, choices.stage_ride[:-1], axis=0)
        option = np.asarray(choices.stages @ stage)
        option[choices.option_end_min[:, None] > ends] = np.inf
        load = np.minimum.reduceat(option, choices.load_option[:-1], axis=0)
        return _Priced(ride, option, np.add.reduceat(load, self.line_load, axis=0))

    def _offer(self, master: Master, priced: _Priced, rents: Floats | None) -> bool:
        """Offer each line its cheapest choice where it beats what it pays."""
        total = priced.line + self.late
        bucket = total.argmin(axis=1)
        least = total[np.arange(len(total)), bucket]
        better = np.isfinite(least) if rents is None else least < rents - 1e-6 * (1.0 + np.abs(rents))
        lines = np.flatnonzero(better)
        if not len(lines):
            return False
        rides = self._rides(priced, bucket)[lines]
        taken = self._taken(self.deadlines, rides, bucket[lines])
        master.add_choices(lines, self.late[lines, bucket[lines]], taken)
        self.made = sparse.csr_array(sparse.vstack([self.made, rides]))
        self.made_bucket = np.concatenate((self.made_bucket, bucket[lines]))
        return True

    def _rides(self, priced: _Priced, bucket: Ints) -> sparse.csr_array:
        """The rides of each line when it closes in a bucket. Shape (n_lines, n_rides)."""
        choices, pricing = self.choices, self.pricing
        of_load = bucket[choices.load_line]
        option_cost = priced.option[np.arange(len(pricing.option_load)), of_load[pricing.option_load]]
        options = pricing.best_option(option_cost, pricing.load_cost(option_cost))
        ride_cost = priced.ride[np.arange(len(choices.ride_way)), of_load[choices.ride_load]]
        chosen = pricing.cheapest_rides(ride_cost)
        stages = sparse.csr_array(choices.stages[options])
        shape = (len(options), len(choices.ride_way))
        rides = sparse.csr_array((stages.data, chosen[stages.indices], stages.indptr), shape=shape)
        loads = np.arange(len(choices.loads))
        gather = sparse.csr_array(
            (np.ones(len(loads)), (choices.load_line, loads)), shape=(len(choices.lines), len(loads))
        )
        return sparse.csr_array(gather @ rides)

    def _taken(self, rows: list[Deadline], rides: sparse.csr_array, bucket: Ints) -> sparse.csr_array:
        """What choices take of rows. Shape (n_choices, n_rows)."""
        entries = sparse.coo_array(rides)
        choice, ride = entries.coords
        due_min = self.ends_min[bucket[choice]] - self.choices.tail_min[ride]
        taken = np.zeros((rides.shape[0], len(rows)))
        coefficients: dict[int, Floats] = {}
        for index, row in enumerate(rows):
            if row.family not in coefficients:
                coefficients[row.family] = self.families[row.family].dense(rides.shape[1])[ride] * entries.data
            amount = np.where(due_min <= row.end_min, coefficients[row.family], 0.0)
            taken[:, index] = np.bincount(choice, weights=amount, minlength=rides.shape[0])
        return sparse.csr_array(taken)


def _bucket_ends(choices: Choices, closure_min: int) -> Ints:
    """Last minutes of the buckets of closing times; the last one ends with the horizon."""
    first = int(choices.line_end_min.min())
    last = max(closure_min, int(choices.line_end_min.max()), first + MINUTES_PER_DAY)
    horizon_min = choices.problem.horizon_min
    ends = np.unique(np.linspace(first, min(last, horizon_min), BUCKETS).astype(np.int64))
    return np.unique(np.append(ends, horizon_min))


def _by_bucket(parts: Floats, made: sparse.csr_array, bucket: Ints, bucket_count: int) -> sparse.csr_array:
    """How much each ride is made by closing bucket. Shape (n_rides, n_buckets)."""
    where = sparse.csr_array((parts, (bucket, np.arange(len(parts)))), shape=(bucket_count, len(parts)))
    return sparse.csr_array((where @ made).T)
