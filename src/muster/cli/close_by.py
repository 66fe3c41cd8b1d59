"""The command that answers what it would take to close by a day."""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from muster.cli.folders import refuse
from muster.cli.plan_folders import draw, findings_of_fitting, read_plan, read_summary, write_into
from muster.cli.plan_summary import summarise
from muster.cli.stopping import stopping_at_ctrl_c
from muster.exchange import costs_csv, movement_table
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.measures import DayOffset, UnreadableOffset, days
from muster.movement.checks import check
from muster.movement.close_by import Answer, CloseBy, close_by
from muster.movement.costs import may_be_given, unit_costs
from muster.movement.problem import Problem
from muster.movement.reinforcement import MEASURES, Reinforcement, kind_of, reinforced

FILE: Final = "close_by.json"
NAMED: Final = 5
"""Lines that are named as too late."""


@click.command("close-by")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("day")
@click.option(
    "--costs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of what,cost for one more unit; the rest is assumed to cost 1 each.",
)
@click.option("--steps", type=click.IntRange(min=1), help="Steps of each search.  [default: those of the plan]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the plan with what is added; made if need be.",
)
def close_by_(folder: Path, day: str, costs: Path | None, steps: int | None, out: Path | None) -> None:
    """Say what it would take that the force of the plan in DIR closes by DAY, such as D+30 or "C+45 12:00".

    Writes close_by.json. Ctrl-C stops with the best found so far.
    """
    problem, planned = read_plan(folder)
    findings_of_fitting(folder, problem, planned)
    by_min = _minute(problem, day)
    given = {} if costs is None else _costs(costs, problem)
    effort = steps or int(read_summary(folder).get("iterations") or 1)
    click.echo("proving what is necessary", err=True)
    with stopping_at_ctrl_c("the best found so far") as should_stop:
        answer = close_by(
            problem,
            planned,
            by_min,
            costs=unit_costs(problem, given),
            seed=planned.seed,
            steps=effort,
            on_trial=_Progress(problem).show,
            should_stop=should_stop,
        )
    write_into(folder, {FILE: _json(_as_document(problem, day, answer))})
    if out is not None and answer.result is not None:
        write_into(out, _plan_files(problem, answer))
    for line in _told(problem, day, answer, are_assumed=not given):
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
        more = "; ".join(_units(self._problem, each) for each in added) or "nothing added"
        click.echo(f"{time.monotonic() - self._began_s:6.1f} s  closure {days(closure_min):.2f} d  {more}", err=True)


def _units(problem: Problem, added: Reinforcement) -> str:
    return f"{added.name} {added.units} × {MEASURES[kind_of(problem, added.name)].name}"


def _told(problem: Problem, day: str, answer: CloseBy, *, are_assumed: bool) -> Iterator[str]:
    label = problem.timeline.label
    yield f"The plan closes at {label(answer.closure_min)}; asked is {day}, {label(answer.by_min)}."
    if answer.answer is Answer.ALREADY:
        yield "Nothing need be added."
    elif answer.answer is Answer.IMPOSSIBLE:
        yield from _why_impossible(problem, answer)
    elif answer.answer is Answer.FOUND:
        yield from _found(problem, answer)
    else:
        yield "Nothing was found that is enough; that does not prove that there is nothing."
        if answer.result is not None:
            yield f"Nearest, {label(answer.result.score.closure_min)}, with:"
            yield from _list(problem, answer)
    if answer.requirement is not None and answer.requirement.cost is not None:
        yield from _proof(answer)
        if are_assumed:
            yield "Costs are assumed: 1 for one more unit of anything; give your own with --costs."


def _found(problem: Problem, answer: CloseBy) -> Iterator[str]:
    assert answer.result is not None
    closes = problem.timeline.label(answer.result.score.closure_min)
    yield f"Cheapest found, cost {answer.cost}; with it the force closes at {closes}:"
    yield from _list(problem, answer)
    if answer.is_minimal and not answer.is_cheapest:
        yield "Without any one of these units it does not close by then, planned with the same effort."
    elif not answer.is_minimal:
        yield "Stopped before it was known whether all of it is needed."


def _list(problem: Problem, answer: CloseBy) -> Iterator[str]:
    yield from (f"  {_units(problem, each)}" for each in answer.added)
    if not answer.added:
        yield "  nothing added, planned again"


def _proof(answer: CloseBy) -> Iterator[str]:
    assert answer.requirement is not None
    if answer.is_cheapest:
        yield "Proved: nothing that costs less is enough."
    elif answer.requirement.cost:
        yield f"Proved: nothing that costs less than {answer.requirement.cost} is enough."
    else:
        yield "Nothing is proved to be necessary: the bound does not exclude the day as it is."


def _why_impossible(problem: Problem, answer: CloseBy) -> Iterator[str]:
    yield "Proved impossible, whatever is added of what can be had:"
    assert answer.requirement is not None
    label = problem.timeline.label
    late = sorted(answer.requirement.too_late, key=lambda line: -line[1])
    for uln, earliest_min in late[:NAMED]:
        ready = f"ready at {label(problem.line_of[uln].ready_min)}, then its way, permits and integration"
        yield f"  {uln} cannot close before {label(earliest_min)}, were it alone: {ready}."
    if len(late) > NAMED:
        yield f"  and {len(late) - NAMED} more lines."
    for name in answer.requirement.stuck:
        yield f"  {name} holds the force up, and no more of it can be had."


def _as_document(problem: Problem, day: str, answer: CloseBy) -> dict[str, Any]:
    needed = answer.requirement
    return {
        "day": day,
        "by_min": answer.by_min,
        "closure_d": round(days(answer.closure_min), 3),
        "answer": answer.answer,
        "added": [
            {"name": each.name, "units": each.units, "unit": MEASURES[kind_of(problem, each.name)].name}
            for each in answer.added
        ],
        "cost": answer.cost,
        "cost_bound": None if needed is None else needed.cost,
        "is_minimal": answer.is_minimal,
        "is_cheapest": answer.is_cheapest,
        "closure_with_it_d": None if answer.result is None else round(days(answer.result.score.closure_min), 3),
        "weighted_lateness_with_it_d": None
        if answer.result is None
        else round(days(answer.result.score.weighted_lateness_min), 3),
        "too_late": [] if needed is None else [{"uln": uln, "earliest_min": at} for uln, at in needed.too_late],
        "stuck": [] if needed is None else list(needed.stuck),
    }


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
        "summary.json": _json(summary),
        "report.html": draw(case, answer.result.plan, summary, findings),
    }


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"
