"""The command that answers what it would take to close by a day."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from muster.cli.close_by_summary import as_document, show, units_in_words
from muster.cli.plan_folders import findings_of_fitting, read_plan, refuse_unusable, write_into
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse
from muster.cli.value import STEPS
from muster.exchange import costs_csv, movement_table
from muster.exchange.plan_files import as_json, draw
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.exchange.plan_summary import summarise
from muster.measures import DayOffset, UnreadableOffset, days
from muster.movement.checks import check
from muster.movement.problem import Problem
from muster.movement.reinforcing.close_by import CloseBy, close_by
from muster.movement.reinforcing.costs import may_be_given, unit_costs
from muster.movement.reinforcing.reinforcement import Reinforcement, reinforced

FILE: Final = "close_by.json"


@click.command("close-by")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("day")
@click.option(
    "--costs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of what,cost for one more unit; the rest is assumed to cost 1 each.",
)
@click.option(
    "--steps", default=STEPS, show_default=True, type=click.IntRange(min=1), help="Steps of each search from the plan."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the plan with what is added; made if need be.",
)
def close_by_(folder: Path, day: str, costs: Path | None, steps: int, out: Path | None) -> None:
    """Say what it would take that the force of the plan in DIR closes by DAY, such as D+30 or "C+45 12:00".

    Writes close_by.json. Ctrl-C stops with the best found so far.
    """
    problem, planned = read_plan(folder)
    findings_of_fitting(folder, problem, planned)
    if out is not None:
        refuse_unusable(out)
    by_min = _minute(problem, day)
    given = {} if costs is None else _costs(costs, problem)
    click.echo("proving what is necessary", err=True)
    with stopping_at_ctrl_c("the best found so far") as should_stop:
        answer = close_by(
            problem,
            planned,
            by_min,
            costs=unit_costs(problem, given),
            seed=planned.seed,
            steps=steps,
            on_trial=_Progress(problem).show,
            should_stop=should_stop,
        )
    write_into(folder, {FILE: as_json(as_document(problem, day, answer))})
    if out is not None and answer.result is not None:
        write_into(out, _plan_files(problem, answer))
    for line in show(problem, day, answer, are_assumed=not given):
        click.echo(line)
    if out is not None:
        click.echo(f"Plan: {out}" if answer.result is not None else "No plan was made, and none was written.")


def _minute(problem: Problem, day: str) -> int:
    try:
        return problem.timeline.minute(DayOffset.parse(day))
    except UnreadableOffset as error:
        refuse(str(error))


def _costs(path: Path, problem: Problem) -> Mapping[str, int | None]:
    try:
        return costs_csv.decode(path.read_bytes(), lambda what: may_be_given(problem, what), name=path.name)
    except costs_csv.CostsRefused as refusal:
        refuse("\n".join(map(str, refusal.faults)))
    except OSError as error:
        refuse(f"{path} cannot be read: {error.strerror}; check the path and its permissions.")


class _Progress:
    """Tells each plan as it is made."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._began_s = problem, time.monotonic()

    def show(self, added: tuple[Reinforcement, ...], closure_min: int) -> None:
        """Tell a plan: its closure, and what was added for it."""
        more = "; ".join(units_in_words(self._problem, each) for each in added) or "nothing added"
        click.echo(f"{time.monotonic() - self._began_s:6.1f} s  closure {days(closure_min):.2f} d  {more}", err=True)


def _plan_files(problem: Problem, answer: CloseBy) -> dict[str, bytes]:
    """The plan with what is added, as ``plan`` would write it."""
    assert answer.result is not None
    case = reinforced(problem, answer.added)
    findings = check(case, answer.result.plan)
    summary = summarise(case, answer.result, findings=len(findings), solve_s=answer.result.solve_s)
    return {
        "problem.json.gz": encode_problem(case),
        "plan.json": encode_plan(answer.result.plan),
        "movement_table.csv": movement_table.encode(case, answer.result.plan),
        "summary.json": as_json(summary),
        "report.html": draw(case, answer.result.plan, summary, findings),
    }
