"""Measure the deployment planner on the notional force and write ``docs/benchmarks/movement.md``.

Run it as ``python -m benchmarks.movement`` from the root of the repository, on an otherwise idle machine. Each row is
one run of the commands as a planner gives them, in a process of its own; the baseline is one pass of the list scheduler
in order of priority with no search, on the same problem and in the same go.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import muster
from muster.exchange.plan_json import decode_problem
from muster.measures import days
from muster.movement.solve import solve

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "benchmarks" / "movement.md"
MUSTER: Final = (sys.executable, "-c", "from muster.cli import main; main()")
CASES: Final = (("low", 60, (1,)), ("base", 60, (1, 2, 3, 4, 5)), ("high", 180, (1,)), ("stress", 300, (1,)))
"""Cases, the seconds that each plan is given, and the usual seeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One planned case.

    Attributes
    ----------
    greedy
        Score of the baseline.
    """

    case: str
    seed: int
    limit_s: int
    wall_s: float
    peak_mb: float
    check_s: float
    summary: dict[str, Any]
    greedy_closure_d: float
    greedy_lateness_d: float


def measure(case: str, seed: int, limit_s: int) -> Row:
    """Plan a case once, check it, and make the baseline plan from the same problem."""
    with tempfile.TemporaryDirectory() as folder:
        command = (*MUSTER, "movement", "plan", str(ROOT / "scenarios" / "mnf-u"), "--case", case)
        started = time.monotonic()
        arguments = ("--time-limit-s", str(limit_s), "--seed", str(seed), "--out", folder)
        subprocess.run((*command, *arguments), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall_s = time.monotonic() - started
        started = time.monotonic()
        subprocess.run((*MUSTER, "movement", "check", folder), check=True, stdout=subprocess.DEVNULL)
        check_s = time.monotonic() - started
        summary = json.loads((Path(folder) / "summary.json").read_bytes())
        problem = decode_problem((Path(folder) / "problem.json.gz").read_bytes())
    greedy = solve(problem, seed=seed, time_limit_s=0.0, with_bound=False, iteration_limit=0).score
    return Row(
        case=case,
        seed=seed,
        limit_s=limit_s,
        wall_s=wall_s,
        peak_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        check_s=check_s,
        summary=summary,
        greedy_closure_d=days(greedy.closure_min),
        greedy_lateness_d=days(greedy.weighted_lateness_min),
    )


def table(rows: Sequence[Row]) -> str:
    """The runs as a Markdown table."""
    names = (
        "case", "seed", "lines", "people", "limit s", "wall s", "first plan s", "peak MB", "closure d", "bound d",
        "gap", "uncongested d", "weighted lateness d", "bound d", "gap", "mean lateness d", "greedy closure d",
        "greedy lateness d", "unmoved", "findings",
    )  # fmt: skip
    head = f"| {' | '.join(names)} |\n{'|---' * len(names)}|"
    return "\n".join((head, *(_line(row) for row in rows)))


def _line(row: Row) -> str:
    plan = row.summary
    cells = (
        row.case, row.seed, plan["lines"], f"{plan['people']:,}", row.limit_s, f"{row.wall_s:.0f}",
        f"{plan['first_plan_s']:.1f}", f"{row.peak_mb:.0f}", f"{plan['closure_d']:.1f}", _days(plan["closure_bound_d"]),
        _share(plan["closure_gap"]), f"{plan['closure_uncongested_d']:.1f}", f"{plan['weighted_lateness_d']:,.0f}",
        _days(plan["lateness_bound_d"]), _share(plan["lateness_gap"]), f"{plan['mean_lateness_d']:.2f}",
        f"{row.greedy_closure_d:.1f}", f"{row.greedy_lateness_d:,.0f}", plan["unmoved"], plan["findings"],
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _days(value: float | None) -> str:
    return "none" if value is None else f"{value:,.1f}"


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.1%}"


def page(rows: Sequence[Row], arguments: Sequence[str]) -> str:
    """The page: protocol, table, and what the medians say."""
    base = [row for row in rows if row.case == "base"]
    protocol = (
        f"Protocol: `python -m benchmarks.movement {' '.join(arguments)}`, Muster {muster.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}. Wall time is that of the whole "
        "command: reading, preparing, planning, proving, checking, drawing. The baseline (greedy) is one pass of the "
        "list scheduler in order of priority, without search, on the same problem. Gap is the share of the plan's "
        "value that the bound does not prove; mean lateness is weighted lateness over the sum of the weights."
    )
    lines = ["# The deployment planner on the notional force", "", protocol, "", table(rows)]
    if base:
        gap = statistics.median(row.summary["closure_gap"] or 0.0 for row in base)
        ratio = statistics.median(row.summary["closure_d"] / row.summary["closure_uncongested_d"] for row in base)
        gain = statistics.median(row.summary["weighted_lateness_d"] / max(row.greedy_lateness_d, 1e-9) for row in base)
        medians = (
            f"Case `base`, medians over {len(base)} seeds: closure gap {gap:.1%}; closure {ratio:.2f} times the "
            f"uncongested one; weighted lateness {gain:.2f} times that of the baseline."
        )
        lines += ["", medians]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="*", default=[case for case, _, _ in CASES])
    parser.add_argument("--seeds", nargs="*", type=int, help="for every case; by default five for base, one for others")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for case, limit_s, usual in CASES:
        for seed in (chosen.seeds or usual) if case in chosen.cases else ():
            rows.append(measure(case, seed, limit_s))
            print(_line(rows[-1]), flush=True)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(rows, sys.argv[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
