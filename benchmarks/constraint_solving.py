"""The constraint programme solved within a time, as often as the order of priorities asks for, and what it came to."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from benchmarks.constraint_model import Programme
from muster.measures import MINUTES_PER_DAY
from muster.movement.checks import check
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.score import score

ROUND_SHARE: Final = 0.85
"""Share of the time left that a solve may take, so that some is left if the order of priorities is broken."""
LEAST_S: Final = 1.0
"""Less time than this is not worth another solve."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the constraint programme came to.

    Attributes
    ----------
    plan
        The best that keeps every rule; None when there was none within the time.
    bound_min
        Weighted lateness below which this programme has no solution.
    variables, constraints
        Size of the programme.
    build_s
        Seconds in which it was written down; they count against the limit.
    rounds
        How often it was solved for the order of priorities.
    """

    plan: Plan | None
    bound_min: int
    variables: int
    constraints: int
    build_s: float
    rounds: int


class NotModelled(ValueError):
    """A problem with rules that this programme does not have.

    Attributes
    ----------
    rules
        What is in the problem and not in the programme.
    """

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(f"Not in the constraint programme: {', '.join(rules)}; measure this problem without it.")
        self.rules = tuple(rules)


def solve_by_constraints(problem: Problem, *, seed: int, time_limit_s: float, workers: int) -> Answer:
    """Solve a problem with CP-SAT, from no solution, within the time for everything.

    Raises
    ------
    NotModelled
        When the problem has rules that the programme does not.
    """
    rules = left_out(problem)
    if rules:
        raise NotModelled(rules)
    began_s = time.monotonic()
    programme = Programme(problem)
    build_s = time.monotonic() - began_s
    size = len(programme.model.proto.variables), len(programme.model.proto.constraints)
    best: Plan | None = None
    bound_min = rounds = 0
    while (left_s := began_s + time_limit_s - time.monotonic()) >= LEAST_S:
        solver = _solver(seed, workers, left_s * ROUND_SHARE)
        status = solver.solve(programme.model)
        rounds += 1
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        plan = programme.plan(solver, seed)
        bound_min = max(bound_min, round(solver.best_objective_bound))
        breaches = check(problem, plan)
        if any(breach.rule != "priority_order" for breach in breaches):
            raise AssertionError(f"The programme lacks a rule: {breaches[0].message}")
        broken = [(breach.subject, breach.leg or "") for breach in breaches]
        if not broken and (best is None or score(problem, plan).key < score(problem, best).key):
            best = plan
        if not broken and status == cp_model.OPTIMAL:
            break
        programme.keep_priorities(solver, broken)
        programme.begin_from(solver)
    return Answer(best, bound_min, *size, build_s, rounds)


def _solver(seed: int, workers: int, limit_s: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = limit_s
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.subsolvers.extend(("fixed", "default_lp"))
    return solver


def left_out(problem: Problem) -> tuple[str, ...]:
    """Rules of a problem that the programme does not have."""
    kinds = {kind.asset_type_id: kind for kind in problem.asset_types}
    used = [kinds[asset.asset_type_id] for asset in problem.assets]
    homes: dict[str, set[str]] = defaultdict(set)
    for asset in problem.assets:
        homes[asset.asset_type_id].add(asset.home)
    asked = {
        "overrides": bool(problem.overrides),
        "caveats": bool(problem.caveats),
        "lines without a way": bool(problem.no_ways),
        "fleets with several homes": any(len(places) > 1 for places in homes.values()),
        "assets of some nations only": any(asset.users for asset in problem.assets),
        "assets that come later or leave earlier": any(
            (asset.available_from_min, asset.available_until_min) != (0, problem.horizon_min)
            for asset in problem.assets
        ),
        "daily limits of crews": any(kind.daily_limit_min is not None for kind in used),
        "voyages of one class": any(kind.single_class for kind in used),
        "several asset types for a leg": any(len(leg.travel_min) > 1 for leg in problem.legs),
        "capacities that change": any(len(resource.steps) > 1 for resource in problem.resources),
        "opening hours": any(resource.hours is not None for resource in problem.resources),
        "places in use at any minute": any(resource.period_min is None for resource in problem.resources),
        "periods other than a day": any(
            resource.period_min not in {None, MINUTES_PER_DAY} for resource in problem.resources
        ),
    }
    return tuple(rule for rule, is_asked in asked.items() if is_asked)
