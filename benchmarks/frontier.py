"""Measure the planner and its baselines on generated problems from 12 to 10,000 lines; write what is measured.

Run it as ``python -m benchmarks.frontier`` from the root of the repository, on an otherwise idle machine. Each problem
is measured by each method in a process of its own, and the row is added to ``docs/benchmarks/frontier.jsonl`` when it
is there: stopped and started again, it goes on with what is missing. ``--fresh`` begins anew, which is what a change of
the planner asks for; rows of another generator are never taken for these. At the end, or with ``--page`` at any time,
``docs/benchmarks/frontier.md`` and its curves are written from the rows.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.families import FAMILIES
from benchmarks.frontier_page import curves, page
from benchmarks.frontier_rows import CONSTRAINTS, FLAT, PLANNER, Row, measure, problem_hash
from benchmarks.generator import generate

DOCS: Final = Path(__file__).parents[1] / "docs"
ROWS: Final = DOCS / "benchmarks" / "frontier.jsonl"
PAGE: Final = DOCS / "benchmarks" / "frontier.md"
CURVES: Final = DOCS / "images" / "frontier-cost.svg"


@dataclass(frozen=True, slots=True)
class Size:
    """How many lines, for how long, and with how many seeds by each method."""

    lines: int
    limit_s: float
    seeds: dict[str, int]


SIZES: Final = (
    Size(12, 10.0, {PLANNER: 3, CONSTRAINTS: 3, FLAT: 3}),
    Size(50, 20.0, {PLANNER: 10, CONSTRAINTS: 10, FLAT: 3}),
    Size(200, 20.0, {PLANNER: 10, CONSTRAINTS: 3, FLAT: 1}),
    Size(2_000, 90.0, {PLANNER: 10}),
    Size(10_000, 180.0, {PLANNER: 2}),
)
"""Ten seeds where they take an hour together; the largest problems have two unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Run:
    """One problem to be measured by one method."""

    method: str
    family: str
    lines: int
    seed: int
    limit_s: float


def runs(sizes: Sequence[int], most_seeds: int | None) -> Iterable[Run]:
    """What is to be measured, all methods on a problem after each other.

    Parameters
    ----------
    most_seeds
        Seeds of every size and method; None is what each has by itself.
    """
    for size in SIZES:
        for seed in range(1, max(most_seeds or 0, *size.seeds.values()) + 1) if size.lines in sizes else ():
            for family in FAMILIES:
                for method, seeds in size.seeds.items():
                    if seed <= (most_seeds or seeds):
                        yield Run(method, family, size.lines, seed, size.limit_s)


def is_measured(run: Run, rows: Sequence[Row]) -> bool:
    """Whether there is a row of a run, on the same problem."""
    key = (run.method, run.family, run.lines, run.seed, run.limit_s)
    found = [row for row in rows if (row.method, row.family, row.lines, row.seed, row.limit_s) == key]
    return bool(found) and found[-1].problem_hash == problem_hash(generate(run.lines, family=run.family, seed=run.seed))


def measure_apart(run: Run) -> Row:
    """Measure in a process of its own, so that memory is that of one problem."""
    what = (run.method, run.family, str(run.lines), str(run.seed), str(run.limit_s))
    command = (sys.executable, "-m", "benchmarks.frontier", "--one", *what)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Row(**json.loads(done.stdout.splitlines()[-1]))


def read_rows() -> list[Row]:
    """Every row so far."""
    return [Row(**json.loads(text)) for text in ROWS.read_text("utf-8").splitlines()] if ROWS.exists() else []


def write_page(command: str) -> None:
    """Write the page and the curves from the last row of each problem by each method."""
    rows = list({(row.method, row.family, row.lines, row.seed): row for row in read_rows()}.values())
    PAGE.write_text(page(rows, command), encoding="utf-8")
    CURVES.write_text(curves(rows), encoding="utf-8")


def main() -> None:
    """Measure what is missing and write the page; with ``--one``, measure one problem and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=5, metavar=("METHOD", "FAMILY", "LINES", "SEED", "LIMIT_S"))
    parser.add_argument("--sizes", nargs="*", type=int, default=[size.lines for size in SIZES])
    parser.add_argument("--seeds", type=int, help="of every size and method; by default as many as each size has")
    parser.add_argument("--fresh", action="store_true", help="forget what has been measured")
    parser.add_argument("--page", action="store_true", help="only write the page")
    chosen = parser.parse_args()
    if chosen.one is not None:
        method, family, lines, seed, limit_s = chosen.one
        print(json.dumps(asdict(measure(method, family, int(lines), int(seed), float(limit_s)))))
        return
    if chosen.fresh:
        ROWS.unlink(missing_ok=True)
    for run in () if chosen.page else runs(chosen.sizes, chosen.seeds):
        if not is_measured(run, read_rows()):
            row = measure_apart(run)
            with ROWS.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(row)) + "\n")
            late = "no plan" if row.lateness_d is None else f"{row.lateness_d:,.1f} weighted days late"
            print(f"{run.method}, {run.family}, {run.lines:,} lines, seed {run.seed}: {late}", flush=True)
    write_page(" ".join(("python -m benchmarks.frontier", *(a for a in sys.argv[1:] if a != "--page"))))


if __name__ == "__main__":
    main()
