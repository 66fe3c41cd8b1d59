"""Measure the planner on generated problems of growing size and write ``docs/benchmarks/frontier.md``.

Run it as ``python -m benchmarks.frontier`` from the root of the repository, on an otherwise idle machine. Each row is
planned in a process of its own, and checked; the baseline is one pass of the list scheduler in order of priority with
no search, on the same problem and in the same go.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import muster
from benchmarks.families import FAMILIES
from benchmarks.generator import generate
from muster.measures import days
from muster.movement.checks import check
from muster.movement.solve import solve

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks" / "frontier.md"
SIZES: Final = ((200, 30.0), (2_000, 90.0))
"""Lines, and the seconds that each plan is given; 10,000 lines are asked for with ``--sizes``."""
LARGE_S: Final = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One planned problem.

    Attributes
    ----------
    lateness_d, lateness_bound_d, greedy_d
        Weighted lateness of the plan, its bound, and that of the baseline.
    weight
        Sum of the weights of the lines.
    """

    family: str
    lines: int
    loads: int
    seed: int
    limit_s: float
    first_plan_s: float
    steps: int
    peak_mb: float
    lateness_d: float
    lateness_bound_d: float
    greedy_d: float
    closure_d: float
    closure_bound_d: float
    weight: int
    unmoved: int
    findings: int


def measure(family: str, lines: int, seed: int, limit_s: float) -> Row:
    """Plan one problem, check the plan, and make the baseline plan."""
    problem = generate(lines, family=family, seed=seed)
    result = solve(problem, seed=seed, time_limit_s=limit_s)
    greedy = solve(problem, seed=seed, time_limit_s=0.0, with_bound=False, iteration_limit=0).score
    bound = result.bound
    return Row(
        family=family,
        lines=lines,
        loads=len(problem.loads),
        seed=seed,
        limit_s=limit_s,
        first_plan_s=result.first_plan_s,
        steps=result.iterations,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        lateness_d=days(result.score.weighted_lateness_min),
        lateness_bound_d=0.0 if bound is None else days(bound.weighted_lateness_min),
        greedy_d=days(greedy.weighted_lateness_min),
        closure_d=days(result.score.closure_min),
        closure_bound_d=0.0 if bound is None else days(bound.closure_min),
        weight=sum(line.weight for line in problem.lines),
        unmoved=len(result.plan.unmoved),
        findings=len(check(problem, result.plan)),
    )


def measure_apart(family: str, lines: int, seed: int, limit_s: float) -> Row:
    """Measure in a process of its own, so that memory is that of one problem."""
    command = (sys.executable, "-m", "benchmarks.frontier", "--one", family, str(lines), str(seed), str(limit_s))
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Row(**json.loads(done.stdout))


def gap(value: float, bound: float) -> float:
    """Share of a value that its bound does not prove."""
    return 0.0 if value <= 0 else (value - bound) / value


def table(rows: Sequence[Row]) -> str:
    """The runs as a Markdown table."""
    names = (
        "family", "lines", "loads", "seed", "limit s", "first plan s", "steps", "peak MB", "weighted lateness d",
        "bound d", "gap", "hours a weighted line", "greedy d", "against greedy", "closure d", "bound d", "gap",
        "unmoved", "findings",
    )  # fmt: skip
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    for row in rows:
        cells = (
            row.family, f"{row.lines:,}", f"{row.loads:,}", row.seed, f"{row.limit_s:.0f}", f"{row.first_plan_s:.1f}",
            f"{row.steps:,}", f"{row.peak_mb:.0f}", f"{row.lateness_d:,.0f}", f"{row.lateness_bound_d:,.0f}",
            f"{gap(row.lateness_d, row.lateness_bound_d):.1%}",
            f"{24 * (row.lateness_d - row.lateness_bound_d) / row.weight:.1f}", f"{row.greedy_d:,.0f}",
            f"{row.lateness_d / max(row.greedy_d, 1e-9):.2f}", f"{row.closure_d:.1f}", f"{row.closure_bound_d:.1f}",
            f"{gap(row.closure_d, row.closure_bound_d):.1%}", row.unmoved, row.findings,
        )  # fmt: skip
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def page(rows: Sequence[Row], arguments: Sequence[str]) -> str:
    """The page: protocol, table, and medians by family and size."""
    protocol = (
        f"Protocol: `python -m benchmarks.frontier {' '.join(arguments)}`, Muster {muster.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}. Problems come from "
        "`benchmarks/generator.py`. The first plan is timed once the problem is there; the limit holds for the whole "
        "of `solve`. The baseline (greedy) is one pass of the list scheduler in order of priority. Hours a weighted "
        "line are what the bound does not prove of the lateness, over the sum of the weights."
    )
    text = ["# The deployment planner on generated problems", "", protocol, "", table(rows), ""]
    for family, lines in sorted({(row.family, row.lines) for row in rows}):
        some = [row for row in rows if (row.family, row.lines) == (family, lines)]
        lateness = statistics.median(gap(row.lateness_d, row.lateness_bound_d) for row in some)
        worst = max(gap(row.lateness_d, row.lateness_bound_d) for row in some)
        closure = statistics.median(gap(row.closure_d, row.closure_bound_d) for row in some)
        ratio = statistics.median(row.lateness_d / max(row.greedy_d, 1e-9) for row in some)
        text.append(
            f"- `{family}`, {lines:,} lines, {len(some)} seeds: lateness gap median {lateness:.1%}, worst {worst:.1%}; "
            f"closure gap median {closure:.1%}; lateness {ratio:.2f} times that of greedy."
        )
    return "\n".join(text) + "\n"


def main() -> None:
    """Measure and write the page; with ``--one``, measure one problem and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=4, metavar=("FAMILY", "LINES", "SEED", "LIMIT_S"))
    parser.add_argument("--sizes", nargs="*", type=int, default=[lines for lines, _ in SIZES])
    parser.add_argument("--seeds", nargs="*", type=int, default=[1, 2, 3])
    chosen = parser.parse_args()
    if chosen.one is not None:
        family, lines, seed, limit_s = chosen.one
        print(json.dumps(asdict(measure(family, int(lines), int(seed), float(limit_s)))))
        return
    limits = dict(SIZES)
    rows = []
    for family in FAMILIES:
        for lines in chosen.sizes:
            for seed in chosen.seeds:
                rows.append(measure_apart(family, lines, seed, limits.get(lines, LARGE_S)))
                print(table(rows[-1:]).splitlines()[-1], flush=True)
    PAGE.write_text(page(rows, sys.argv[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
