"""Plan two documented moves and lay the plans beside history.

Run it as ``python -m benchmarks.validation.run`` from the root of the repository; it writes
``docs/benchmarks/validation.md`` and the tables of assumptions beside it.
"""

import argparse
import csv
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import muster
from benchmarks.validation.history import MOVES, HistoricalMove
from benchmarks.validation.measure import PlanFigures
from muster.exchange.scenario import AREAS_FILE, SETTINGS_FILE, read_scenario
from muster.measures import days
from muster.movement.checks import check
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.problem import Problem
from muster.movement.solve import Result, solve
from muster.network import load_transport_network

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs" / "benchmarks"
AIM: Final = 0.20
"""Closure is to be within this share of history when the documented frictions are in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One case of a move, planned."""

    case: str
    problem: Problem
    result: Result
    figures: PlanFigures
    findings: int


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--time-limit-s", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    DOCS.mkdir(parents=True, exist_ok=True)
    pages = [_protocol(options.time_limit_s, options.seed)]
    for move in MOVES.values():
        cases = (move.case, *(case for case, _ in move.others))
        runs = [_run(move.scenario, case, options.time_limit_s, options.seed) for case in cases]
        pages.append("\n".join(_page(move, runs[0], runs[1:])))
        _write_assumptions(move.scenario, runs[0].problem)
    (DOCS / "validation.md").write_text("\n\n".join(pages) + "\n", encoding="utf-8")


def _run(scenario: str, case: str, time_limit_s: float, seed: int) -> Run:
    folder = ROOT / "scenarios" / scenario
    files = {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix == ".csv" or path.name in {SETTINGS_FILE, AREAS_FILE}
    }
    problem = prepare_problem(read_scenario(files).movement_inputs(case), load_transport_network())
    result = solve(problem, seed=seed, time_limit_s=time_limit_s, with_bound=False)
    figures = PlanFigures(problem, result.plan)
    findings = len(check(problem, result.plan))
    print(f"{scenario} {case}: closes on day {figures.closure_d:.1f}, {findings} findings")
    return Run(case=case, problem=problem, result=result, figures=figures, findings=findings)


def _protocol(time_limit_s: float, seed: int) -> str:
    return f"""\
# Validation on real moves

Two documented moves, rebuilt as the scenarios `task-force-eagle` and `abct-2017`, are planned with the documented lift,
dates and frictions, and laid beside history. Aim: closure within {AIM:.0%} of history. What sources do not give is
assumed in the scenario or taken from the packaged factors. Some inputs were revised after a first plan had been laid
beside history; `benchmarks/validation/README.md` lists them with the closure before and after: this is no
blind test.

Protocol: `python -m benchmarks.validation.run --time-limit-s {time_limit_s:g} --seed {seed}`, Muster
{muster.__version__}, Python {platform.python_version()}, {platform.machine()}.
Each plan is checked; the number of findings is given."""


def _page(move: HistoricalMove, run: Run, others: Sequence[Run]) -> Iterator[str]:
    """Markdown of one move."""
    off = run.figures.closure_d / move.closure_d - 1
    unmoved = len(run.result.plan.unmoved)
    yield f"## {move.title}\n"
    yield f"Scenario `{move.scenario}`, case `{run.case}`: {len(run.problem.lines)} lines, {unmoved} unmoved,"
    yield f"{run.findings} findings. Closure is {abs(off):.0%} {'after' if off > 0 else 'before'} history,"
    yield f"{'within' if abs(off) <= AIM else 'outside'} the aim of {AIM:.0%}.\n"
    yield "| figure | history | plan | plan over history | source |"
    yield "|---|---|---|---|---|"
    said = f"{move.closure_d:g}"
    yield _row("closure, days after C-day", said, run.figures.closure_d, move.closure_d, move.closure_source, ".1f")
    for fact in move.facts:
        yield _row(fact.name, fact.said, fact.of_plan(run.figures), fact.figure, fact.source, ",.0f")
    yield ""
    yield from _saved(move, run, others)
    yield from _assumed(move.scenario, run.problem)


def _row(name: str, said: str, planned: float, figure: float, source: str, form: str) -> str:
    return f"| {name} | {said} | {planned:{form}} | {planned / figure:.2f} | {source} |"


def _saved(move: HistoricalMove, run: Run, others: Sequence[Run]) -> Iterator[str]:
    """What the frictions cost, and what was left to save."""
    free_d = days(run.result.closure_uncongested_min)
    yield "### What planning would have saved\n"
    gained_d = move.closure_d - run.figures.closure_d
    yield f"- Against history, with the documented lift and frictions: {gained_d:.1f} days (less than 0 is none)."
    for other, (_, change) in zip(others, move.others, strict=True):
        later_d = other.figures.closure_d - run.figures.closure_d
        yield f"- Case `{other.case}` ({change}): closure on day {other.figures.closure_d:.1f}, {later_d:+.1f} days."
    yield f"- With every capacity unlimited the same lines would close on day {free_d:.1f}.\n"


def _assumed(scenario: str, problem: Problem) -> Iterator[str]:
    """What was assumed: rows of the scenario that say so, and the number of packaged values."""
    yield "### Assumptions\n"
    yield "Of the scenario, as its tables say:\n"
    yield from dict.fromkeys(_own_assumptions(scenario))
    yield ""
    yield f"Of the packaged tables: {len(problem.assumptions)} values of grade K or assumed, with their ranges, in"
    yield f"[{scenario}-assumptions.csv]({scenario}-assumptions.csv)."


def _own_assumptions(scenario: str) -> Iterator[str]:
    for path in sorted((ROOT / "scenarios" / scenario).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                note = row.get("note") or row.get("reason") or ""
                key = row.get("fleet_id") or row.get("place") or row.get("platform_id") or row.get("factor_id") or ""
                said = (
                    "assumed" in note or "assumed" in (row.get("source"), row.get("grade")) or row.get("grade") == "K"
                )
                if said and note:
                    yield f"- {path.stem}{f' {key}' if key else ''}: {note}"


def _write_assumptions(scenario: str, problem: Problem) -> None:
    with (DOCS / f"{scenario}-assumptions.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("subject", "value", "unit", "low", "high", "why"))
        for row in sorted(problem.assumptions, key=lambda row: row.subject):
            writer.writerow((row.subject, row.value, row.unit, row.low, row.high, row.why))


if __name__ == "__main__":
    main()
