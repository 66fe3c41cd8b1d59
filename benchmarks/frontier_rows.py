"""What is measured of one generated problem: by the planner beside one greedy pass, by CP-SAT, by a flat programme."""

import hashlib
import os
import resource
import time
from dataclasses import dataclass
from typing import Final

from benchmarks.constraint_solving import solve_by_constraints
from benchmarks.flat_model import solve_flat
from benchmarks.generator import generate
from muster.measures import days
from muster.movement.checks import check
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.score import score
from muster.movement.solve import solve

PLANNER: Final = "muster"
CONSTRAINTS: Final = "cp-sat"
FLAT: Final = "mip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One problem by one method; what a method does not have, or did not find, is None.

    Attributes
    ----------
    problem_hash
        Of the generated problem, so that results of another generator are not taken for these.
    wall_s, check_s
        Seconds of the method, and of checking its plan.
    peak_mb
        Most memory of the process and, beside it, of the one that proves the bound.
    load
        Mean number of processes that wanted to run on the machine in the last minute.
    lateness_d, bound_d, greedy_d
        Weighted lateness of what was found, its bound, and that of one greedy pass.
    flow_d
        Weighted days from ready to closed, over all lines.
    weight
        Sum of the weights of the lines.
    columns, constraints
        Size of the programme.
    """

    method: str
    family: str
    lines: int
    loads: int
    seed: int
    limit_s: float
    problem_hash: str
    wall_s: float
    peak_mb: float
    load: float
    weight: int
    lateness_d: float | None
    bound_d: float | None
    note: str = ""
    closure_d: float | None = None
    closure_bound_d: float | None = None
    greedy_d: float | None = None
    flow_d: float | None = None
    first_plan_s: float | None = None
    check_s: float | None = None
    steps: int | None = None
    unmoved: int | None = None
    findings: int | None = None
    columns: int | None = None
    constraints: int | None = None

    @property
    def gap(self) -> float | None:
        """Share of the lateness that the bound does not prove."""
        return None if self.lateness_d is None or self.bound_d is None else _share(self.lateness_d, self.bound_d)

    @property
    def closure_gap(self) -> float | None:
        """The same of the closure."""
        if self.closure_d is None or self.closure_bound_d is None:
            return None
        return _share(self.closure_d, self.closure_bound_d)

    @property
    def late_h(self) -> float | None:
        """Mean hours late, weighted."""
        return None if self.lateness_d is None else 24 * self.lateness_d / self.weight

    @property
    def unproved_h(self) -> float | None:
        """Hours a weighted line that the bound does not prove."""
        if self.lateness_d is None or self.bound_d is None:
            return None
        return 24 * (self.lateness_d - self.bound_d) / self.weight

    @property
    def unproved_flow(self) -> float | None:
        """What the bound does not prove, as a share of weighted flow time."""
        if self.lateness_d is None or self.bound_d is None or not self.flow_d:
            return None
        return (self.lateness_d - self.bound_d) / self.flow_d

    @property
    def to_greedy(self) -> float | None:
        """Lateness as a multiple of that of one greedy pass; None where that is not late either."""
        return self.lateness_d / self.greedy_d if self.lateness_d is not None and self.greedy_d else None


def _share(value: float, bound: float) -> float:
    return (value - bound) / value if value > 0 else 0.0


def measure(method: str, family: str, lines: int, seed: int, limit_s: float) -> Row:
    """Measure one problem by one method, in this process."""
    problem = generate(lines, family=family, seed=seed)
    row = {PLANNER: _by_planner, CONSTRAINTS: _by_constraints, FLAT: _by_flat_programme}[method]
    return row(problem, family, seed, limit_s)


def problem_hash(problem: Problem) -> str:
    """Short name of everything in a problem."""
    return hashlib.sha256(repr(problem).encode()).hexdigest()[:12]


def _peak_mb() -> float:
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def _flow_d(problem: Problem, plan: Plan) -> float:
    closed_min: dict[str, int] = {}
    for move in plan.moves:
        uln = problem.load_of[move.load_id].uln
        closed_min[uln] = max(closed_min.get(uln, 0), move.steps[-1].end_min)
    lines = (problem.line_of[uln] for uln in closed_min)
    return days(sum(line.weight * (closed_min[line.uln] - line.ready_min) for line in lines))


def _by_planner(problem: Problem, family: str, seed: int, limit_s: float) -> Row:
    began_s = time.monotonic()
    result = solve(problem, seed=seed, time_limit_s=limit_s)
    wall_s, peak_mb, load = time.monotonic() - began_s, _peak_mb(), os.getloadavg()[0]
    greedy = solve(problem, seed=seed, time_limit_s=0.0, with_bound=False, iteration_limit=0).score
    began_s = time.monotonic()
    findings = check(problem, result.plan)
    check_s = time.monotonic() - began_s
    bound = result.bound
    return Row(
        method=PLANNER, family=family, lines=len(problem.lines), loads=len(problem.loads), seed=seed, limit_s=limit_s,
        problem_hash=problem_hash(problem), wall_s=wall_s, peak_mb=peak_mb, load=load,
        weight=sum(line.weight for line in problem.lines), lateness_d=days(result.score.weighted_lateness_min),
        bound_d=None if bound is None else days(bound.weighted_lateness_min), note=result.bound_failure or "",
        closure_d=days(result.score.closure_min), closure_bound_d=None if bound is None else days(bound.closure_min),
        greedy_d=days(greedy.weighted_lateness_min), flow_d=_flow_d(problem, result.plan),
        first_plan_s=result.first_plan_s, check_s=check_s, steps=result.iterations,
        unmoved=len(result.plan.unmoved), findings=len(findings),
    )  # fmt: skip


def _by_constraints(problem: Problem, family: str, seed: int, limit_s: float) -> Row:
    began_s = time.monotonic()
    answer = solve_by_constraints(problem, seed=seed, time_limit_s=limit_s, workers=os.cpu_count() or 1)
    wall_s, plan = time.monotonic() - began_s, answer.plan
    return Row(
        method=CONSTRAINTS, family=family, lines=len(problem.lines), loads=len(problem.loads), seed=seed,
        limit_s=limit_s, problem_hash=problem_hash(problem), wall_s=wall_s, peak_mb=_peak_mb(),
        load=os.getloadavg()[0], weight=sum(line.weight for line in problem.lines),
        lateness_d=None if plan is None else days(score(problem, plan).weighted_lateness_min),
        bound_d=days(answer.bound_min), note=f"solved {answer.rounds} times, written down in {answer.build_s:.1f} s",
        closure_d=None if plan is None else days(score(problem, plan).closure_min),
        findings=None if plan is None else len(check(problem, plan)),
        columns=answer.variables, constraints=answer.constraints,
    )  # fmt: skip


def _by_flat_programme(problem: Problem, family: str, seed: int, limit_s: float) -> Row:
    """Measure the flat programme up to the minute by which one greedy pass is over."""
    until_min = solve(problem, time_limit_s=0.0, with_bound=False, iteration_limit=0).score.closure_min
    began_s = time.monotonic()
    answer = solve_flat(problem, until_min=until_min, seed=seed, time_limit_s=limit_s, workers=os.cpu_count() or 1)
    return Row(
        method=FLAT, family=family, lines=len(problem.lines), loads=len(problem.loads), seed=seed, limit_s=limit_s,
        problem_hash=problem_hash(problem), wall_s=time.monotonic() - began_s, peak_mb=_peak_mb(),
        load=os.getloadavg()[0], weight=sum(line.weight for line in problem.lines),
        lateness_d=None if answer.lateness_min is None else answer.lateness_min / (24 * 60),
        bound_d=answer.bound_min / (24 * 60), note=answer.status, columns=answer.columns, constraints=answer.rows,
    )  # fmt: skip
