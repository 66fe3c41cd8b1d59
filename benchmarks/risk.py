"""Measure the replays of the base case and write ``docs/benchmarks/risk.md``.

Run it as ``python -m benchmarks.risk`` from the root of the repository, on an otherwise idle machine. It plans the
notional Multinational Force Ukraine, case base, for a minute, assesses it with 5,000 runs under each policy, and times
fewer runs on one worker and more, on this machine and on a Dask cluster of this machine. The results must be equal.
"""

import argparse
import os
import platform
import resource
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dask import distributed

import muster
from muster.cli.folders import read_scenario_folder
from muster.movement.plan import Plan
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.problem import Problem
from muster.movement.risk import RiskResult, assess
from muster.movement.solve import solve
from muster.network import load_transport_network
from muster.reference import load_factors
from muster.trials import ClusterWorkers, LocalWorkers, Workers

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "benchmarks" / "risk.md"
RUNS: Final = 5_000
FEWER: Final = 1_000
PLAN_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment."""

    where: str
    workers: int
    runs: int
    replays: int
    wall_s: float
    cpu_s: float
    load: float
    result: RiskResult


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--fewer", type=int, default=FEWER)
    parser.add_argument("--plan-s", type=float, default=PLAN_S)
    arguments = parser.parse_args()
    inputs = read_scenario_folder(ROOT / "scenarios/mnf-u").movement_inputs("base")
    problem = prepare_problem(inputs, load_transport_network())
    plan = solve(problem, seed=1, time_limit_s=arguments.plan_s, with_bound=False).plan
    most = os.cpu_count() or 1
    rows = [_measure(problem, plan, "processes", most, arguments.runs)]
    rows += [_measure(problem, plan, "processes", count, arguments.fewer) for count in range(1, most + 1)]
    rows += [_measure(problem, plan, "Dask", count, arguments.fewer) for count in range(1, most + 1)]
    first, *others = (row.result for row in rows if row.runs == arguments.fewer)
    if any(other != first for other in others):
        raise SystemExit("Results differ between numbers of workers; find out why before publishing anything.")
    PAGE.write_text(_page(problem, rows), encoding="utf-8")
    print(f"{PAGE} written")


def _measure(problem: Problem, plan: Plan, where: str, count: int, runs: int) -> Row:
    replays = [0]
    cpu_s = _cpu_s()
    with ExitStack() as at_the_end:
        address = ""
        if where == "Dask":
            dask: Any = distributed
            cluster = at_the_end.enter_context(
                dask.LocalCluster(
                    n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
                )
            )
            address = cluster.scheduler_address
        started = time.perf_counter()
        workers: Workers = ClusterWorkers(address) if address else LocalWorkers(count)
        at_the_end.enter_context(workers)
        result = assess(
            problem,
            plan,
            load_factors(),
            workers=workers,
            runs=runs,
            on_progress=lambda _, every: replays.__setitem__(0, every),
        )
        wall_s = time.perf_counter() - started
    cpu_s = _cpu_s() - cpu_s
    row = Row(where, count, runs, replays[0], wall_s, cpu_s, os.getloadavg()[0], result)
    print(
        f"{where} {count}: {runs} runs, {replays[0]} replays in {wall_s:.1f} s, processor {cpu_s:.1f} s",
        flush=True,
    )
    return row


def _cpu_s() -> float:
    """Seconds of processor that this process and those it has seen end have taken."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _page(problem: Problem, rows: Sequence[Row]) -> str:
    whole = rows[0]
    protocol = (
        f"Protocol: `python -m benchmarks.risk`, Muster {muster.__version__}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.machine()}, seed 1. Planned once; times hold everything from the problem "
        "to the result, the start of workers included, without reading, checking and drawing. "
        f"{len(problem.lines)} lines, {len(problem.loads)} loads. A replay is one run of one experiment: the whole "
        "question under two policies, and the comparisons. Load is the machine's own average over the minute before "
        "the end; where it is above the number of workers, others were working too, and seconds of processor over "
        "workers are what an idle machine would need at best."
    )
    lines = [
        "# Replays of the base case",
        "",
        protocol,
        "",
        "| where | workers | runs a policy | replays | seconds | seconds of processor | replays a second | load |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.where} | {row.workers} | {row.runs:,} | {row.replays:,} | {row.wall_s:.1f} | "
        f"{row.cpu_s:.1f} | {row.replays / row.cpu_s:.0f} | {row.load:.1f} |"
        for row in rows
    ]
    lines += [
        "",
        f"All rows of {rows[-1].runs:,} runs gave equal results, figure by figure. The machine has no more cores.",
        "",
        f"What the {whole.runs:,} runs say: the plan closes on day {whole.result.planned_d:.1f}.",
        "",
        "| policy | P50 | P80 | P95 | in time |",
        "|---|---|---|---|---|",
    ]
    for policy in whole.result.policies:
        quantiles = " | ".join(
            f"day {estimate.value:.1f} ({estimate.low:.1f} to {estimate.high:.1f})"
            for estimate in (policy.p50_d, policy.p80_d, policy.p95_d)
        )
        lines.append(f"| {policy.policy} | {quantiles} | {policy.in_time.value:.1%} |")
    lines += ["", "| hazard | adds at P80, days | alone, days |", "|---|---|---|"]
    for effect in whole.result.effects:
        told = [
            "–"
            if comparison is None
            else f"{comparison.p80_d.value:+.1f} ({comparison.p80_d.low:+.1f} to {comparison.p80_d.high:+.1f})"
            for comparison in (effect.among_all, effect.alone)
        ]
        lines.append(f"| {effect.hazard} | {told[0]} | {told[1]} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
