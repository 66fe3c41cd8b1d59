"""Measure the planner on published projects (RCPSP) and write ``docs/benchmarks/rcpsp.md``.

Run it as ``python -m benchmarks.rcpsp FOLDER ... --best-known CSV`` from the root of the repository. Each folder is a
family of ``.sm`` or ``.rcp`` files, which come with no copy of Muster; without a folder, projects are made up. Every
project is planned as a deployment, the plan is checked, and constraint programming gets the same seconds and cores.
"""

import argparse
import csv
import os
import platform
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Final

import muster
from benchmarks.project_baseline import schedule
from benchmarks.projects import Project, made_up_project, read_project
from benchmarks.projects_as_moves import UNIT_MIN, as_problem
from muster.movement.checks import check
from muster.movement.solve import solve

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks" / "rcpsp.md"
RULE: Final = "\n## What it says\n"
"""What stands below it on the page was written by hand."""
LIMIT_S: Final = 5.0
MADE_UP: Final = tuple(range(1, 9))
"""Seeds of the projects that are made up where no folder is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One project.

    Attributes
    ----------
    bound
        Least makespan proved, rounded up to whole units of time.
    best_known
        The least makespan known, or what constraint programming found where none is given.
    baseline, baseline_bound
        What constraint programming found and proved.
    """

    family: str
    name: str
    activities: int
    makespan: int
    bound: int
    longest_path: int
    best_known: int
    baseline: int
    baseline_bound: int
    solve_s: float
    steps: int
    findings: int


def measure(family: str, project: Project, best_known: int | None, limit_s: float, seed: int) -> Row:
    """Plan one project, check the plan, and let constraint programming schedule it."""
    problem = as_problem(project)
    result = solve(problem, seed=seed, time_limit_s=limit_s)
    baseline = schedule(project, time_limit_s=limit_s, seed=seed)
    found = baseline.makespan if baseline.makespan is not None else sys.maxsize
    bound_min = 0 if result.bound is None else result.bound.closure_min
    return Row(
        family=family,
        name=project.name,
        activities=len(project.activities),
        makespan=result.score.closure_min // UNIT_MIN,
        bound=-(-bound_min // UNIT_MIN),
        longest_path=project.longest_path,
        best_known=found if best_known is None else best_known,
        baseline=found,
        baseline_bound=baseline.bound,
        solve_s=result.solve_s,
        steps=result.iterations,
        findings=len(check(problem, result.plan)),
    )


def read_best_known(path: Path) -> Mapping[str, int]:
    """Least makespans by instance, with or without the ending of its file; of a range, the upper end."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["instance"]: int(row["best_known"].rpartition("..")[2]) for row in csv.DictReader(lines)}


def families(folders: Sequence[Path], pattern: str, most: int) -> Iterator[tuple[str, Project]]:
    """Projects by family, the made-up ones where there is no folder."""
    if not folders:
        yield from (("made up", made_up_project(seed)) for seed in MADE_UP)
    for folder in folders:
        files = sorted(path for path in folder.glob(pattern) if path.suffix in {".sm", ".rcp"})
        yield from ((folder.name.partition(".")[0], read_project(path)) for path in islice(files, most))


def beyond(value: int, reference: int) -> Fraction:
    """How much a value is above a reference, as a part of that."""
    return Fraction(value - reference, max(1, reference))


def summary(rows: Sequence[Row]) -> tuple[str, ...]:
    """Cells of the row that stands for a family."""
    mean = {
        "plan": fmean(beyond(row.makespan, row.best_known) for row in rows),
        "path": fmean(beyond(row.makespan, row.longest_path) for row in rows),
        "best path": fmean(beyond(row.best_known, row.longest_path) for row in rows),
        "bound": fmean(-beyond(row.bound, row.best_known) for row in rows),
        "other": fmean(beyond(row.baseline, row.best_known) for row in rows),
        "other bound": fmean(-beyond(row.baseline_bound, row.best_known) for row in rows),
    }
    worst = max(beyond(row.makespan, row.best_known) for row in rows)
    return (
        rows[0].family,
        f"{len(rows)}",
        f"{fmean(row.solve_s for row in rows):.1f}",
        f"{fmean(row.steps for row in rows):,.0f}",
        f"{mean['plan']:.2%}",
        f"{float(worst):.1%}",
        f"{fmean(row.makespan <= row.best_known for row in rows):.0%}",
        f"{mean['path']:.1%}",
        f"{mean['best path']:.1%}",
        f"{mean['bound']:.1%}",
        f"{fmean(row.bound >= row.best_known for row in rows):.0%}",
        f"{mean['other']:.2%}",
        f"{fmean(row.baseline <= row.best_known for row in rows):.0%}",
        f"{mean['other bound']:.1%}",
        f"{sum(row.findings for row in rows)}",
    )


def table(rows: Sequence[Row]) -> str:
    """The families as a Markdown table."""
    names = (
        "family", "projects", "mean s", "mean steps", "makespan above best known", "worst", "at best known",
        "makespan above critical path", "best known above critical path", "bound below best known",
        "bound is best known", "CP-SAT above best known", "CP-SAT at best known", "CP-SAT bound below best known",
        "findings",
    )  # fmt: skip
    by_family = [[row for row in rows if row.family == family] for family in dict.fromkeys(row.family for row in rows)]
    cells = [names, *(summary(some) for some in by_family)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join((lines[0], "|---" * len(names) + "|", *lines[1:]))


def page(rows: Sequence[Row], limit_s: float, arguments: Sequence[str]) -> str:
    """The page: protocol and table; what was written by hand is kept."""
    protocol = (
        f"Protocol: `python -m benchmarks.rcpsp {shlex.join(arguments)}`, Muster {muster.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {limit_s:g} s for each project "
        "and planner, both cores for each. A project is planned as a deployment (`benchmarks/projects_as_moves.py`), "
        "its plan is checked, and the closure in units of time is the makespan. Bounds are rounded up to whole units. "
        "CP-SAT is OR-Tools on the plain model of `benchmarks/project_baseline.py`."
    )
    kept = PAGE.read_text(encoding="utf-8").partition(RULE)[2] if PAGE.exists() else ""
    return "\n".join(("# Published projects", "", protocol, "", table(rows), RULE)) + kept


def main() -> None:
    """Measure, print row by row, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--best-known", type=Path, metavar="CSV", help="columns instance and best_known")
    parser.add_argument("--pattern", default="*", help="which files of the folders, as *_1.sm")
    parser.add_argument("--most", type=int, default=sys.maxsize, help="projects of each folder")
    parser.add_argument("--time-limit-s", type=float, default=LIMIT_S)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    known = {} if chosen.best_known is None else read_best_known(chosen.best_known)
    rows: list[Row] = []
    for family, project in families(chosen.folders, chosen.pattern, chosen.most):
        best_known = known.get(project.name, known.get(project.name.rpartition(".")[0]))
        row = measure(family, project, best_known, chosen.time_limit_s, chosen.seed)
        rows.append(row)
        print(
            f"{row.family} {row.name}: makespan {row.makespan}, bound {row.bound}, best known {row.best_known}, "
            f"CP-SAT {row.baseline} (bound {row.baseline_bound}), {row.solve_s:.1f} s, {row.findings} findings",
            flush=True,
        )
    print(table(rows))
    if chosen.folders:
        PAGE.write_text(page(rows, chosen.time_limit_s, sys.argv[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
