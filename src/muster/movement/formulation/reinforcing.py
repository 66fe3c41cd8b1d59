"""What it takes at least to close by a day: a least cost of added units that no plan can do without.

Theory of operation: prices of rows that prove a closure later than the day also say how much more room they need, and
each added unit brings so much. That is one inequality on the added units, valid whatever is added where, because
neither choices nor prices depend on it. The cheapest whole units that satisfy all inequalities so far are added, the
bound is proved again, and either the day is no longer excluded or there is a new inequality. Every such cheapest cost
is a lower bound, so the work can stop at any time.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy import optimize

from muster.movement.formulation.choices import choices
from muster.movement.formulation.closure import ClosureProof, bound_closure
from muster.movement.formulation.followers import until_closure
from muster.movement.formulation.pricing import SLACK, Pricing
from muster.movement.formulation.rows import Ground, Row, matrix
from muster.movement.formulation.uses import Calendar
from muster.movement.problem import Asset, Problem
from muster.movement.reinforcing.reinforcement import Reinforcement, reinforced, widened

MARGIN = 1e-6
"""Relative margin on the safe side of every inequality."""
COST_MARGIN = 1e-3
"""What the least cost may be too high by before it is rounded up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What closing by a day takes at least.

    Attributes
    ----------
    cost
        No reinforcement that costs less is enough; None where none is, however large.
    units
        The cheapest units that the relaxation does not exclude, or that it came to; a start for a search.
    is_settled
        Whether the relaxation closes by the day with these units: no more can be proved.
    too_late
        Lines that could not close by the day if they were alone, with their earliest closure, at most the horizon.
    stuck
        Resources and fleets that hold the closure up and of which no more can be had.
    """

    cost: int | None
    units: tuple[Reinforcement, ...] = ()
    is_settled: bool = False
    too_late: tuple[tuple[str, int], ...] = ()
    stuck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cut:
    """So much more room is needed in all, and each unit brings at most so much."""

    needed: float
    brings: Mapping[str, float]


def least_reinforcement(
    problem: Problem,
    costs: Mapping[str, int],
    by_min: int,
    *,
    time_limit_s: float = 30.0,
    should_stop: Callable[[], bool] | None = None,
) -> Requirement:
    r"""Bound the cost of closing by a minute from below.

    .. math:: \min \sum_r c_r x_r \quad\text{with}\quad \sum_r x_r \sum_\rho \lambda_\rho \Delta_{\rho r}
              \ge \sum_i c_i(T) - \sum_\rho \lambda_\rho\, \mathrm{room}_\rho(T) \ \text{ for each proof } \lambda,
              \quad x_r \in \{0, 1, \dots\}

    Parameters
    ----------
    costs
        Cost of one more unit, at least 1, of each resource and fleet that more can be had of.
    time_limit_s
        Seconds after which no further inequality is sought.
    should_stop
        Asked before each proof; what is proved by then is the result.
    """
    until_s = time.monotonic() + time_limit_s
    laid_out = choices(problem)
    ends = zip(laid_out.lines, laid_out.line_end_min.tolist(), strict=True)
    too_late = (
        *((line.uln, end_min) for line, end_min in ends if end_min > by_min),
        *((uln, problem.horizon_min) for uln in laid_out.impossible),
    )
    if too_late:
        return Requirement(cost=None, too_late=too_late)
    cuts: list[_Cut] = []
    cost, units = 0, dict[str, int]()
    while True:
        added = tuple(Reinforcement(name, count) for name, count in units.items())
        ground = Ground(until_closure(choices(reinforced(problem, added)) if added else laid_out))
        proof = bound_closure(ground, until_s=until_s)
        if proof.closure_min <= by_min:
            is_settled = time.monotonic() < until_s
            return Requirement(cost=cost, units=added, is_settled=is_settled)
        cut = _cut(problem, ground, proof, by_min, units, costs)
        if not cut.brings:
            return Requirement(cost=None, stuck=_held_by(proof))
        cuts.append(cut)
        cost, cheapest = _cheapest(cuts, costs)
        if cheapest == units or time.monotonic() >= until_s or (should_stop is not None and should_stop()):
            return Requirement(cost=cost, units=_as_added(cheapest))
        units = cheapest


def _as_added(units: Mapping[str, int]) -> tuple[Reinforcement, ...]:
    return tuple(Reinforcement(name, count) for name, count in units.items())


def _cut(
    problem: Problem,
    ground: Ground,
    proof: ClosureProof,
    by_min: int,
    units: Mapping[str, int],
    costs: Mapping[str, int],
) -> _Cut:
    """The inequality of a proof that these units are not enough."""
    pricing = Pricing(ground)
    live = [(float(price), row) for price, row in zip(proof.prices.tolist(), proof.rows, strict=True) if price > 0]
    ride_price = np.asarray(proof.prices @ matrix(proof.rows, len(ground.choices.ride_way)), dtype=np.float64)
    needed = float(pricing.load_cost(pricing.option_cost(ride_price, by_min)[0]).sum()) * (1.0 - SLACK)
    brings: dict[str, float] = {}
    for price, row in live:
        needed -= price * row.room(by_min)
        for name in row.name.split(", "):
            if name in costs:
                least, most = _brought(problem, ground, row, name, by_min)
                needed += price * least * units.get(name, 0)
                brings[name] = brings.get(name, 0.0) + price * most
    return _Cut(needed, {name: room for name, room in brings.items() if room > 0})


def _brought(problem: Problem, ground: Ground, row: Row, name: str, by_min: int) -> tuple[int, int]:
    """Room that one more unit brings to a row, at least and at most."""
    end_min = by_min - row.tail_min
    if not row.is_fleet:
        usual, more = problem.resource_of[name], widened(problem.resource_of[name], 1)
        horizon_min = problem.horizon_min
        room, wider = (Calendar(each, horizon_min).capacity(row.begin_min, end_min) for each in (usual, more))
        return wider - room, wider - room
    like = next(asset for asset in problem.assets if asset.fleet_id == name)
    window_min = _within(like, row.begin_min, end_min)
    if window_min <= 0:
        return 0, 0
    return window_min, window_min + _bonus_at_most(ground, row, like)


def _within(asset: Asset, begin_min: int, end_min: int) -> int:
    return min(asset.available_until_min, end_min) - max(asset.available_from_min, begin_min)


def _bonus_at_most(ground: Ground, row: Row, like: Asset) -> int:
    """How much an asset counts beyond its minutes in the window, from the row's own room in its first minute."""
    fleets = set(row.name.split(", "))
    pool = [asset for asset in ground.choices.problem.assets if asset.fleet_id in fleets]
    end_min = max(row.begin_min, like.available_from_min) + 1
    there = [asset for asset in pool if _within(asset, row.begin_min, end_min) > 0]
    bonus = row.capacity(row.begin_min, end_min) - sum(_within(asset, row.begin_min, end_min) for asset in there)
    alike = sum(_is_alike(asset, like, row.begin_min) for asset in there)
    return bonus // max(1, alike)


def _is_alike(asset: Asset, like: Asset, begin_min: int) -> bool:
    """Whether two assets count alike: both there before the window begins, or both later and from one home."""
    early = like.available_from_min < begin_min
    if early != (asset.available_from_min < begin_min):
        return False
    return early or asset.home == like.home


def _held_by(proof: ClosureProof) -> tuple[str, ...]:
    live = (row.name for price, row in zip(proof.prices.tolist(), proof.rows, strict=True) if price > 0)
    return tuple(dict.fromkeys(name for names in live for name in names.split(", ")))


def _cheapest(cuts: Sequence[_Cut], costs: Mapping[str, int]) -> tuple[int, dict[str, int]]:
    """The cheapest whole units that satisfy every inequality, and a cost that none is below.

    There always are some, because every inequality has a unit that brings room. Costs are whole, so the bound of the
    solver is rounded up, but for a margin that is far above its errors.
    """
    names = list(dict.fromkeys(name for cut in cuts for name in cut.brings))
    brings = np.array([[cut.brings.get(name, 0.0) / cut.needed for name in names] for cut in cuts])
    found = optimize.milp(
        c=np.array([costs[name] for name in names]),
        integrality=np.ones(len(names), dtype=np.int64),
        bounds=optimize.Bounds(0, np.inf),
        constraints=optimize.LinearConstraint(brings, lb=1.0 - MARGIN),
    )
    assert found.x is not None
    assert found.mip_dual_bound is not None
    units = {name: round(count) for name, count in zip(names, found.x.tolist(), strict=True) if round(count) > 0}
    return ceil(found.mip_dual_bound - COST_MARGIN), units
