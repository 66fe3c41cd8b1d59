"""The movement planner's commands; those with files of their own are added here."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from muster.cli.close_by import close_by_
from muster.cli.course import Course, seconds_to
from muster.cli.deconflict import deconflict
from muster.cli.plan_folders import (
    find_certificate,
    findings_of_fitting,
    judge,
    read_plan,
    read_record,
    read_summary,
    read_unit_values,
    refuse_unusable,
    write_into,
)
from muster.cli.preparing import prepare, read_case
from muster.cli.replan import replan
from muster.cli.risk import risk
from muster.cli.telling import refuse, say
from muster.cli.value import value
from muster.cli.verify import verify
from muster.exchange.plan_files import draw, plan_files
from muster.exchange.plan_summary import show, summarise
from muster.exchange.scenario.names import Suggestions
from muster.movement.checks import Finding
from muster.movement.checks import check as check_plan
from muster.movement.deconflict.nations import lines_by_nation, of_nation
from muster.movement.explanation.critical_chain import chain_as_text, critical_chain
from muster.movement.explanation.explain import as_text
from muster.movement.explanation.explain import explain as explain_line
from muster.movement.explanation.holdups import open_book
from muster.movement.prices import OverridePrice, price_overrides
from muster.movement.problem import Problem
from muster.movement.solve import solve

PRICING_SHARE = 0.15
"""Share of the plan's time limit that each plan made to price an override may take."""
SHOWN_LINES = 12
"""Lines named to somebody who asked for one that is not there."""


@click.group()
def movement() -> None:
    """Plan the deployment: from barracks to assembly area by road, rail, sea and air."""


for command in (verify, value, close_by_, risk, replan, deconflict):
    movement.add_command(command)


@movement.command()
@click.argument("scenario", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--case", help="Case of the scenario.  [default: the scenario's own]")
@click.option(
    "--time-limit-s",
    default=60.0,
    show_default=True,
    callback=seconds_to("plan"),
    help="Seconds for preparing, improving and proving; a first plan is always finished. Pricing overrides adds to it.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the search; equal seeds search alike.")
@click.option("--nation", help="Plan the lines of this nation only, as if it were alone.  [default: all lines]")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the plan; made if need be, an older plan in it is replaced.",
)
def plan(
    scenario: Path, case: str | None, time_limit_s: float, seed: int, nation: str | None, folder: Path
) -> None:  # fmt: skip
    """Plan a case of SCENARIO and write everything needed to use the plan again into a folder.

    Progress goes to standard error, in days after C-day; the gap is what the bound does not prove of the closure.
    Ctrl-C stops with the best plan so far, written whole; a second one ends at once and writes nothing.
    """
    started = time.monotonic()
    inputs = read_case(scenario, case)
    refuse_unusable(folder)
    with Course.begun("the best plan so far") as course:
        problem = prepare(inputs)
        if nation is not None:
            problem = _of_nation(problem, nation)
        say(
            f"{len(problem.lines)} lines, {len(problem.loads)} loads, {len(problem.assets)} assets, "
            f"{len(problem.legs)} legs after {time.monotonic() - started:.1f} s"
        )
        prepared_s = time.monotonic() - started
        left_s = max(1.0, time_limit_s - prepared_s)
        result = solve(problem, seed=seed, time_limit_s=left_s, on_progress=course.show, should_stop=course.should_stop)
        if result.bound_failure is not None:
            click.echo(f"no bound was proved: {result.bound_failure}", err=True)
        solve_s = prepared_s + result.solve_s
        prices = _price(problem, seed, time_limit_s * PRICING_SHARE, course.should_stop)
        say("checking the plan and drawing its report")
        findings = check_plan(problem, result.plan)
        summary = summarise(problem, result, prices, findings=len(findings), solve_s=solve_s)
        certificate = None if result.bound is None else result.bound.certificate
        write_into(folder, plan_files(problem, result.plan, summary, findings, certificate=certificate))
    for line in show(summary):
        click.echo(line)
    click.echo(f"Plan: {folder}")
    if findings:
        click.echo(f"{_count(findings)}; see: muster movement check {folder}", err=True)
        sys.exit(1)


@movement.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path) -> None:
    """Re-derive every promise of the plan in DIR and name each breach; exit code 1 where there is one."""
    problem, planned = read_plan(folder)
    findings, facts = judge(folder, problem, planned)
    for finding in findings:
        click.echo(f"{finding.rule}: {finding.message}")
    if findings:
        click.echo(f"{_count(findings)}.", err=True)
        sys.exit(1)
    click.echo(f"No findings: {len(planned.moves)} loads on {len(planned.voyages)} voyages keep every rule.")
    if facts:
        click.echo(f"{len(facts)} breaches by what had happened before the replan: {folder / 'replan.json'}")


@movement.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def report(folder: Path) -> None:
    """Draw the plan in DIR again as one HTML file that opens with no network."""
    problem, planned = read_plan(folder)
    summary = read_summary(folder)
    findings = findings_of_fitting(folder, problem, planned)
    drawn = draw(
        problem,
        planned,
        summary,
        findings,
        certificate=find_certificate(folder, problem),
        unit_values=read_unit_values(folder),
        record=read_record(folder),
    )
    write_into(folder, {"report.html": drawn})
    click.echo(f"Report: {(folder / 'report.html').resolve()}")


@movement.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("line", required=False)
def explain(folder: Path, line: str | None) -> None:
    """Say why LINE arrives when it does: what each of its loads waited for.

    Without LINE, say why the force closes when it does: the critical chain from a ready date to the closure.
    """
    problem, planned = read_plan(folder)
    if line is not None and line not in problem.line_of:
        remedy = Suggestions(problem.line_of).remedy(line, f"Name one of: {_some(list(problem.line_of))}.")
        refuse(f'The plan has no line "{line}". {remedy}')
    findings = findings_of_fitting(folder, problem, planned)
    if line is not None:
        click.echo(as_text(explain_line(problem, planned, line)))
    else:
        chain = critical_chain(open_book(problem, planned))
        click.echo("Nothing moves." if chain is None else chain_as_text(chain, problem.timeline).rstrip())
    if findings:
        click.echo(f"The plan breaks rules ({_count(findings)}); see: muster movement check {folder}", err=True)


def _of_nation(problem: Problem, nation: str) -> Problem:
    nations = lines_by_nation(problem)
    if nation not in nations:
        remedy = Suggestions(nations).remedy(nation, f"Nations with lines are {', '.join(nations)}.")
        refuse(f'No line is of nation "{nation}". {remedy}')
    return of_nation(problem, nation)


def _price(
    problem: Problem, seed: int, time_limit_s: float, should_stop: Callable[[], bool]
) -> tuple[OverridePrice, ...]:
    """Price the planner's overrides, telling so: it takes time beyond the limit of the plan itself."""
    own = sum(not override.is_chosen_port for override in problem.overrides)
    if own and not should_stop():
        say(f"pricing {own} override{'s' if own > 1 else ''}, {time_limit_s:.0f} s for each of {own + 1} plans")
    return price_overrides(problem, seed=seed, time_limit_s=time_limit_s, should_stop=should_stop)


def _count(findings: Sequence[Finding]) -> str:
    return f"{len(findings)} finding{'s' if len(findings) > 1 else ''}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN_LINES} more" if len(names) > SHOWN_LINES else ""
    return ", ".join(names[:SHOWN_LINES]) + more
