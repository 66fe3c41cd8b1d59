"""The movement planner's commands: plan, check, report, explain."""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any

import click

from muster.cli.folders import read_scenario_folder, refuse
from muster.cli.writing import write_files
from muster.exchange import movement_table
from muster.exchange.plan_json import UnreadableDocument, decode_plan, decode_problem, encode_plan, encode_problem
from muster.exchange.scenario import UnknownCase
from muster.measures import days
from muster.movement.checks import Finding
from muster.movement.checks import check as check_plan
from muster.movement.explain import UnknownLine, as_text
from muster.movement.explain import explain as explain_line
from muster.movement.plan import Plan
from muster.movement.prices import OverridePrice, price_overrides
from muster.movement.problem import Problem
from muster.movement.solve import Progress, Result, solve

PRICING_SHARE = 0.15
"""Share of the plan's time limit that each plan made to price an override may take."""
PLAN_FILES = ("problem.json.gz", "plan.json", "summary.json")


@click.group()
def movement() -> None:
    """Plan the deployment: from barracks to assembly area by road, rail, sea and air."""


@movement.command()
@click.argument("scenario", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--case", help="Case of the scenario.  [default: the scenario's own]")
@click.option("--time-limit-s", default=60.0, show_default=True, help="When to stop improving.")
@click.option("--seed", default=1, show_default=True, help="Seed of the search; equal seeds search alike.")
@click.option("--out", "folder", type=click.Path(path_type=Path), required=True, help="Folder for the plan.")
def plan(scenario: Path, case: str | None, time_limit_s: float, seed: int, folder: Path) -> None:
    """Plan a case of SCENARIO and write everything needed to use the plan again into a folder."""
    started = time.monotonic()
    try:
        inputs = read_scenario_folder(scenario).movement_inputs(case)
    except UnknownCase as error:
        refuse(str(error))
    _say("preparing the problem: network, loads, itineraries")
    from muster.movement.prepare import prepare_problem
    from muster.network import load_transport_network

    problem = prepare_problem(inputs, load_transport_network())
    _say(
        f"{len(problem.lines)} lines, {len(problem.loads)} loads, {len(problem.assets)} assets, "
        f"{len(problem.legs)} legs after {time.monotonic() - started:.1f} s"
    )
    with _stopped_by_interrupt() as should_stop:
        left_s = max(1.0, time_limit_s - (time.monotonic() - started))
        result = solve(problem, seed=seed, time_limit_s=left_s, on_progress=_show, should_stop=should_stop)
        solve_s = time.monotonic() - started
        prices = _price(problem, seed, time_limit_s * PRICING_SHARE, should_stop)
    findings = check_plan(problem, result.plan)
    summary = summarise(problem, result, prices, findings=len(findings), solve_s=solve_s)
    write_files(
        folder,
        {
            "problem.json.gz": encode_problem(problem),
            "plan.json": encode_plan(result.plan),
            "movement_table.csv": movement_table.encode(problem, result.plan),
            "summary.json": _json(summary),
            "report.html": _report(problem, result.plan, summary, findings),
        },
    )
    _print_summary(summary)
    click.echo(f"Plan: {folder}")
    if findings:
        click.echo(f"{len(findings)} findings; see: muster movement check {folder}", err=True)
        sys.exit(1)


@movement.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path) -> None:
    """Re-derive every promise of the plan in DIR and name each breach; exit code 1 where there is one."""
    problem, planned = _read(folder)
    findings = check_plan(problem, planned)
    for finding in findings:
        click.echo(f"{finding.rule}: {finding.message}")
    if findings:
        click.echo(f"{len(findings)} findings.", err=True)
        sys.exit(1)
    click.echo(f"No findings: {len(planned.moves)} loads on {len(planned.voyages)} voyages keep every rule.")


@movement.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def report(folder: Path) -> None:
    """Draw the plan in DIR again as one HTML file that opens with no network."""
    problem, planned = _read(folder)
    summary = json.loads((folder / "summary.json").read_bytes())
    write_files(folder, {"report.html": _report(problem, planned, summary, check_plan(problem, planned))})
    click.echo(f"Report: {(folder / 'report.html').resolve()}")


@movement.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("line")
def explain(folder: Path, line: str) -> None:
    """Say why LINE arrives when it does: what each of its loads waited for."""
    problem, planned = _read(folder)
    try:
        click.echo(as_text(explain_line(problem, planned, line)))
    except UnknownLine as error:
        refuse(str(error))


def _price(
    problem: Problem, seed: int, time_limit_s: float, should_stop: Callable[[], bool]
) -> tuple[OverridePrice, ...]:
    """Price the planner's overrides, telling so: it takes time beyond the limit of the plan itself."""
    own = sum(not override.is_chosen_port for override in problem.overrides)
    if own and not should_stop():
        _say(f"pricing {own} override{'s' if own > 1 else ''}, {time_limit_s:.0f} s for each of {own + 1} plans")
    return price_overrides(problem, seed=seed, time_limit_s=time_limit_s, should_stop=should_stop)


def summarise(
    problem: Problem, result: Result, prices: Sequence[OverridePrice] = (), *, findings: int, solve_s: float
) -> dict[str, Any]:
    """Key figures of a plan, as ``summary.json`` holds them; days are days after C-day."""
    score, bound = result.score, result.bound
    moved = {move.load_id for move in result.plan.moves}
    loads = [load for load in problem.loads if load.load_id in moved]
    closure_bound_min = bound.closure_min if bound else None
    lateness_bound_min = bound.weighted_lateness_min if bound else None
    return {
        "title": problem.title,
        "case": problem.case,
        "lines": len(problem.lines),
        "loads": len(problem.loads),
        "people": sum(load.people for load in loads),
        "vehicles": sum(load.vehicles for load in loads),
        "mass_t": round(sum(load.size.mass_kg for load in loads) / 1000, 1),
        "unmoved": len(result.plan.unmoved),
        "closure_d": round(days(score.closure_min), 3),
        "closure_bound_d": None if closure_bound_min is None else round(days(closure_bound_min), 3),
        "closure_gap": _gap(score.closure_min, closure_bound_min),
        "closure_uncongested_d": round(days(result.closure_uncongested_min), 3),
        "weighted_lateness_d": round(days(score.weighted_lateness_min), 3),
        "lateness_bound_d": None if lateness_bound_min is None else round(days(lateness_bound_min), 3),
        "lateness_gap": _gap(score.weighted_lateness_min, lateness_bound_min),
        "mean_lateness_d": round(_mean_lateness_d(problem, result), 3),
        "asset_days": round(days(score.asset_min), 1),
        "findings": findings,
        "first_plan_s": round(result.first_plan_s, 2),
        "solve_s": round(solve_s, 2),
        "iterations": result.iterations,
        "relaxation": bound.relaxation if bound else None,
        "override_prices": [
            {
                "override_id": price.override_id,
                "weighted_lateness_d": round(days(price.weighted_lateness_min), 3),
                "closure_d": round(days(price.closure_min), 3),
                "unmet_weight": price.unmet_weight,
            }
            for price in prices
        ],
        "binding": [{"name": entry.name, "price": entry.price} for entry in bound.binding] if bound else [],
        "assumptions": len(problem.assumptions),
        "disputed_facts": len(problem.disputed_facts),
        "seed": result.plan.seed,
        "version": result.plan.version,
        "scenario_hash": problem.scenario_hash,
    }


def _mean_lateness_d(problem: Problem, result: Result) -> float:
    """Days late of a line on average over the weights."""
    return days(result.score.weighted_lateness_min) / max(1, sum(line.weight for line in problem.lines))


def _gap(value: int, bound: int | None) -> float | None:
    """Share of the value that the bound does not prove; None where there is nothing to compare."""
    if bound is None:
        return None
    return 0.0 if value == bound else round((value - bound) / max(1, value), 4)


def _report(problem: Problem, planned: Plan, summary: dict[str, Any], findings: Sequence[Finding]) -> bytes:
    from muster.exchange.report_html import draw_report
    from muster.movement.march import MarchFactors
    from muster.movement.report import report as report_values
    from muster.reference import load_factors

    march_factors = MarchFactors.from_reference(load_factors())
    return draw_report(report_values(problem, planned, summary=summary, findings=findings, march_factors=march_factors))


def _read(folder: Path) -> tuple[Problem, Plan]:
    """Problem and plan of a folder that ``plan`` wrote."""
    missing = [name for name in PLAN_FILES if not (folder / name).is_file()]
    if missing:
        refuse(f"{folder} has no {', '.join(missing)}; write it with `muster movement plan SCENARIO --out {folder}`.")
    try:
        problem = decode_problem((folder / "problem.json.gz").read_bytes())
        return problem, decode_plan((folder / "plan.json").read_bytes())
    except UnreadableDocument as error:
        refuse(str(error))


@contextmanager
def _stopped_by_interrupt() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into a question that the search asks; a second one ends the program as usual."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)
        _say("stopping with the best plan so far")

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


def _show(progress: Progress) -> None:
    parts = [f"{progress.elapsed_s:6.1f} s  {progress.phase:<12}"]
    for name, value in (
        ("closure", progress.closure_min),
        ("lateness", progress.weighted_lateness_min),
        ("closure bound", progress.bound_closure_min),
        ("lateness bound", progress.bound_lateness_min),
    ):
        if value is not None:
            parts.append(f"{name} {days(value):.2f} d")
    _say("  ".join(parts))


def _say(text: str) -> None:
    click.echo(text, err=True)


def _print_summary(summary: dict[str, Any]) -> None:
    for name, value in summary.items():
        click.echo(f"{name:<24}{value}")


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def program_version() -> str:
    """Version of the installed distribution."""
    return version("muster-hq")
