"""Runs all machine code over a made-up problem, or over the base case: ``every_loop.py WHAT``.

``WHAT`` is ``control``, ``base`` or a seed. With ``NUMBA_BOUNDSCHECK=1`` every index is checked, and one that is not
there ends the program; ``control`` asks for one.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from movement.instances import random_problem
from muster.cli.folders import read_scenario_folder
from muster.measures import MINUTES_PER_DAY
from muster.movement.formulation import bound, bounding, verify
from muster.movement.formulation.compiled import compiled
from muster.movement.plan import Plan
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.problem import AssetType, Carrier, Problem
from muster.movement.replan.curve import replan
from muster.movement.replan.events import AssetLost, DatesMoved, PlaceClosed
from muster.movement.risk import Policy, assess
from muster.movement.solve import solve
from muster.network import load_transport_network
from muster.reference import load_factors
from muster.trials import LocalWorkers

ROOT = Path(__file__).resolve().parents[2]


@compiled
def beyond(values: "np.typing.NDArray[np.int64]", place: int) -> int:
    """A value of an array, wherever it is."""
    return int(values[place])


def made_up(seed: int) -> Problem:
    """One to twelve lines, little lift, and crews with a daily limit now and then."""
    problem = random_problem(seed, line_count=1 + seed % 12, trains_1435=1, trains_1520=1, buses=1 + seed % 3, hets=1)
    return replace(problem, asset_types=tuple(_with_limit(kind, seed) for kind in problem.asset_types))


def _with_limit(kind: AssetType, seed: int) -> AssetType:
    return replace(kind, daily_limit_min=1_000) if seed % 2 and kind.carrier is Carrier.HET else kind


def base() -> Problem:
    """The base case of the reference scenario."""
    inputs = read_scenario_folder(ROOT / "scenarios" / "mnf-u").movement_inputs("base")
    return prepare_problem(inputs, load_transport_network())


def run(problem: Problem, seed: int, steps: int) -> None:
    """Plan, bound in both ways, verify, replan and assess."""
    plan = solve(problem, seed=seed, time_limit_s=1e6, with_bound=False, iteration_limit=steps).plan
    for many in (bounding.MANY_LINES, 0):
        bounding.MANY_LINES = many
        certificate = bound(problem, time_limit_s=30.0).certificate
        assert certificate is not None
        verify(problem, certificate)
    _replan(problem, plan, seed, steps)
    if not plan.unmoved:
        with LocalWorkers(1) as workers:
            assess(problem, plan, load_factors(), workers=workers, runs=40, seed=seed, policies=tuple(Policy))


def _replan(problem: Problem, plan: Plan, seed: int, steps: int) -> None:
    now_min = 5 * MINUTES_PER_DAY
    place = problem.legs[seed % len(problem.legs)].destination
    events = (
        PlaceClosed(event_id="E1", place=place, start_min=now_min, end_min=now_min + 3 * MINUTES_PER_DAY),
        AssetLost(event_id="E2", asset_id=problem.assets[seed % len(problem.assets)].asset_id, at_min=now_min),
        DatesMoved(event_id="E3", by_min=MINUTES_PER_DAY),
    )
    replan(problem, plan, events, now_min=now_min, seed=seed, iteration_limit=max(1, steps // 10), with_bound=False)


def main(what: str) -> None:
    """Run what is asked for."""
    if what == "control":
        print(beyond(np.zeros(3, dtype=np.int64), 1_000_000))
    elif what == "base":
        run(base(), 1, 200)
    else:
        run(made_up(int(what)), int(what), 400)


if __name__ == "__main__":
    main(sys.argv[1])
