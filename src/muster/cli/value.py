"""The command that tells what one more unit of each bottleneck is worth."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from muster.cli.plan_folders import (
    find_certificate,
    findings_of_fitting,
    read_plan,
    read_record,
    read_summary,
    write_into,
)
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse
from muster.exchange import unit_values_json
from muster.exchange.plan_files import draw
from muster.exchange.plan_summary import find_bound
from muster.measures import days
from muster.movement.reinforcing.unit_values import Outcome, UnitValue, UnitValues
from muster.movement.reinforcing.valuing import list_bottlenecks, value_units
from muster.movement.reporting.bottlenecks import prices_of

MOST: Final = 10
SEEDS: Final = 3
STEPS: Final = 1_000
"""Steps of each search that goes on from the plan: enough to take up what one more unit allows."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--top",
    default=MOST,
    show_default=True,
    type=click.IntRange(min=1),
    help="Bottlenecks to value, the worst first: by part in the bound, then by waiting caused.",
)
@click.option(
    "--seeds",
    default=SEEDS,
    show_default=True,
    type=click.IntRange(min=2),
    help="Plans of the unchanged problem, each with its own seed; their spread is what luck alone makes.",
)
@click.option(
    "--steps", default=STEPS, show_default=True, type=click.IntRange(min=1), help="Steps of each search from the plan."
)
def value(folder: Path, top: int, seeds: int, steps: int) -> None:
    """Say what one more unit of each bottleneck of the plan in DIR is worth: the problem is planned again with it.

    Writes unit_values.json and draws the report again. Ctrl-C stops with the bottlenecks that were valued so far.
    """
    problem, planned = read_plan(folder)
    summary = read_summary(folder)
    findings = findings_of_fitting(folder, problem, planned)
    bound = find_bound(summary)
    bottlenecks = list_bottlenecks(problem, planned, prices_of(None, summary), most=top)
    if not bottlenecks:
        click.echo("Nothing binds and nothing is waited for: no unit more is worth anything.")
        return
    progress = _Progress(seeds + len(bottlenecks))
    with stopping_at_ctrl_c("the bottlenecks valued so far") as should_stop:
        values = value_units(
            problem,
            planned,
            bottlenecks,
            bound,
            seeds=range(planned.seed, planned.seed + seeds),
            steps=steps,
            on_outcome=progress.show,
            should_stop=should_stop,
        )
    if values is None:
        refuse("Stopped before the unchanged problem was planned with every seed; nothing was written.")
    plan_document = (folder / "plan.json").read_bytes()
    write_into(
        folder,
        {
            unit_values_json.FILE: unit_values_json.encode(values, plan_document),
            "report.html": draw(
                problem,
                planned,
                summary,
                findings,
                certificate=find_certificate(folder, problem),
                unit_values=values,
                record=read_record(folder),
            ),
        },
    )
    for line in _told(values):
        click.echo(line)


class _Progress:
    """Tells each plan as it is made."""

    def __init__(self, plans: int) -> None:
        self._plans, self._made, self._began_s = plans, 0, time.monotonic()
        click.echo(f"{plans} plans of equal effort", err=True)

    def show(self, name: str, outcome: Outcome) -> None:
        self._made += 1
        what = f"one more: {name}" if name else f"unchanged, seed {outcome.seed}"
        elapsed = f"{time.monotonic() - self._began_s:6.1f} s  {self._made}/{self._plans}"
        closure, lateness = days(outcome.closure_min), days(outcome.weighted_lateness_min)
        click.echo(f"{elapsed}  closure {closure:.2f} d  weighted lateness {lateness:.2f} d  {what}", err=True)


def _told(values: UnitValues) -> Iterator[str]:
    first = values.unchanged[0]
    yield (
        f"Unchanged: closure {days(first.closure_min):.2f} d, weighted lateness "
        f"{days(first.weighted_lateness_min):.2f} d; {len(values.unchanged)} seeds lie "
        f"{days(values.closure_spread_min):.2f} d and {days(values.lateness_spread_min):.2f} d apart."
    )
    for unit in values.values:
        yield f"{unit.name}, {unit.unit} more: {_saved(unit)}"
    if values.left_out:
        yield f"Stopped before: {', '.join(values.left_out)}."


def _saved(unit: UnitValue) -> str:
    closure = _clear(unit.closure_min, unit.is_closure_clear)
    lateness = _clear(unit.weighted_lateness_min, unit.is_lateness_clear)
    dual = "" if unit.dual_min is None else f"; the bound says closure {days(unit.dual_min):.2f} d"
    unmet = f", weight moved {unit.unmet_weight:+d}" if unit.unmet_weight else ""
    return f"saves closure {closure}, weighted lateness {lateness}{unmet}{dual}"


def _clear(minutes: int, is_clear: bool) -> str:
    return f"{days(minutes):.2f} d" if is_clear else f"not distinguishable ({days(minutes):+.2f} d)"
