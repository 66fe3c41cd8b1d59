"""Measure the matching of offers to requirements and its baselines; write ``docs/benchmarks/matching.md``.

Run it as ``python -m benchmarks.matching`` from the root of the repository, on an otherwise idle machine. Each row is
one problem by one method, in a process of its own. The baselines are a greedy pass by criticality, one mixed integer
programme of all tours in HiGHS, and the same whole numbers in CP-SAT, with the same seconds and both cores.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from platform import machine, python_version
from typing import Final

import muster
from benchmarks.matching_baselines import Baseline, constraint_programme, greedy, one_programme
from benchmarks.matching_generator import Coalition, make_coalition
from muster.cli.folders import read_scenario_folder
from muster.exchange.scenario.matching_inputs import matching_problem
from muster.forces.matching.answers.again import Again
from muster.forces.matching.answers.asks import MOST_ASKS, list_asks, rematches
from muster.forces.matching.checks import check
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.needs import list_needs
from muster.forces.matching.objectives import Aim
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import solve

PAGE: Final = Path("docs/benchmarks/matching.md")
SCENARIO: Final = Path("scenarios/mnf-u")
MIDDLE: Final = Coalition(nations=26, requirements=120, offers=180, months=24, capabilities=30)
LARGE: Final = Coalition(nations=60, requirements=1000, offers=3000, months=48, capabilities=60)
METHODS: Final = ("muster", "greedy", "one programme", "cp-sat")
ASKS_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One problem by one method; what a method does not have, or did not find, is None.

    Attributes
    ----------
    coverage, bound
        Weighted share covered and what is proved that no matching exceeds, 0 to 1.
    proved
        Aims proved to the end, in their order.
    asks, asks_s
        Asks that help, matched again each, and the seconds they took.
    """

    subject: str
    seed: int
    method: str
    limit_s: float
    wall_s: float
    peak_mb: float
    load: float
    requirements: int
    offers: int
    months: int
    coverage: float | None
    bound: float | None
    proved: tuple[str, ...] = ()
    findings: int | None = None
    asks: int | None = None
    asks_s: float | None = None


def main() -> None:
    """Measure what is asked for, or one row of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=4, metavar=("SUBJECT", "SEED", "METHOD", "LIMIT_S"))
    parser.add_argument("--subjects", nargs="*", default=["base", "low", "high", "stress", "middle", "large"])
    parser.add_argument("--methods", nargs="*", default=list(METHODS))
    given = parser.parse_args()
    if given.one:
        subject, seed, method, limit_s = given.one
        print(json.dumps(asdict(measure(subject, int(seed), method, float(limit_s)))))
        return
    rows = [
        _in_own_process(subject, seed, method, limit_s)
        for subject in given.subjects
        for seed, limit_s in _settings(subject)
        for method in given.methods
        if (subject, method) != ("large", "cp-sat")
    ]
    PAGE.write_text(page(rows, " ".join(sys.argv[1:])), encoding="utf-8")


def _settings(subject: str) -> Sequence[tuple[int, float]]:
    """Seeds and time limits of a subject."""
    if subject == "large":
        return [(1, 300.0)]
    return [(seed, 10.0) for seed in {"base": (1, 2, 3), "middle": (1, 2)}.get(subject, (1,))]


def problem_of(subject: str, seed: int) -> MatchingProblem:
    """The problem of a subject: a case of the notional force, or a made-up coalition."""
    sizes = {"middle": MIDDLE, "large": LARGE}
    if subject in sizes:
        return make_coalition(sizes[subject], seed=seed)
    return matching_problem(read_scenario_folder(SCENARIO), subject)


def measure(subject: str, seed: int, method: str, limit_s: float) -> Row:
    """One row, in this process."""
    problem = problem_of(subject, seed)
    make_machine_code()
    whole = max(1, sum(need.worth for need in list_needs(problem)))

    def row(found: Baseline, proved: tuple[str, ...] = (), **more: object) -> Row:
        return Row(
            subject=subject,
            seed=seed,
            method=method,
            limit_s=limit_s,
            wall_s=found.wall_s,
            peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            load=os.getloadavg()[0],
            requirements=len(problem.requirements),
            offers=len(problem.offers),
            months=problem.months,
            coverage=None if found.value is None else found.value / whole,
            bound=None if found.bound is None else found.bound / whole,
            proved=proved,
            **more,  # type: ignore[arg-type]
        )

    if method == "greedy":
        return row(greedy(problem))
    if method == "one programme":
        return row(one_programme(problem, seconds=limit_s))
    if method == "cp-sat":
        return row(constraint_programme(problem, seconds=limit_s))
    started = time.monotonic()
    result = solve(problem, seed=seed, time_limit_s=limit_s)
    found = Baseline(int(result.coverage.value), int(result.coverage.bound or whole), time.monotonic() - started)
    started = time.monotonic()
    deadline = started + ASKS_S
    part_s = ASKS_S / rematches(MOST_ASKS)
    again = Again(problem, result.parts, seed=seed, part_s=part_s, should_stop=lambda: time.monotonic() > deadline)
    asks = list_asks(again)
    return row(
        found,
        tuple(str(one.aim) for one in result.attainments if one.is_proved and one.aim is not Aim.STABILITY),
        findings=len(check(problem, result.matching)),
        asks=len(asks),
        asks_s=time.monotonic() - started,
    )


def _in_own_process(subject: str, seed: int, method: str, limit_s: float) -> Row:
    command = [sys.executable, "-m", "benchmarks.matching", "--one", subject, str(seed), method, str(limit_s)]
    print(subject, seed, method, file=sys.stderr)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    values = json.loads(done.stdout.splitlines()[-1])
    return Row(**{**values, "proved": tuple(values["proved"])})


def page(rows: Sequence[Row], given: str) -> str:
    """The page of what was measured."""
    loads = sorted(row.load for row in rows)
    protocol = (
        f"Protocol: `python -m benchmarks.matching{' ' + given if given else ''}`, Muster {muster.__version__}, Python"
        f" {python_version()}, {os.cpu_count()} cores, {machine()}; {loads[len(loads) // 2]:.1f} processes wanted to"
        " run in the median. `base`, `low`, `high`, `stress` are cases of the notional force over 24 months; `middle`"
        " and `large` are made up by `benchmarks/matching_generator.py`. Coverage is the weighted share, bound what is"
        " proved that no matching exceeds, gap what lies between, as a share of the bound. Machine code is made before"
        " the clock starts. Asks are the twenty offers hoped to be worth most, each matched again, within a minute;"
        " those that help are counted."
    )
    baselines = (
        "`greedy` goes by criticality, month by month, and takes the first offer that has a unit free. `one programme`"
        " is one mixed integer programme of all tours in HiGHS; `cp-sat` gets the same whole numbers. The baselines"
        " know coverage only; the other aims come on top for Muster. `large` is not given to CP-SAT: a million whole"
        " numbers."
    )
    head = (
        "| subject | seed | requirements | offers | months | method | limit s | wall s | peak MB | coverage | bound"
        " | gap"
        " | aims proved | findings | asks | asks s |"
    )
    lines = [
        "# Matching offers to requirements",
        "",
        protocol,
        "",
        head,
        "|" + "---|" * 16,
        *map(_line, rows),
        "",
        baselines,
        "",
    ]
    return "\n".join(lines)


def _line(row: Row) -> str:
    gap = None if row.coverage is None or not row.bound else 1 - row.coverage / row.bound
    cells = [
        row.subject, row.seed, f"{row.requirements:,}", f"{row.offers:,}", row.months, row.method,
        f"{row.limit_s:g}", f"{row.wall_s:.1f}", f"{row.peak_mb:,.0f}", _share(row.coverage), _share(row.bound),
        _share(gap), ", ".join(row.proved), *("" if count is None else count for count in (row.findings, row.asks)),
        "" if row.asks_s is None else f"{row.asks_s:.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def _share(value: float | None) -> str:
    return "none" if value is None else f"{100 * value:.2f} %"


if __name__ == "__main__":
    main()
