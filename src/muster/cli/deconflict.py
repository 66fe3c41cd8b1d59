"""The command that makes one plan of those that nations made for themselves."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from muster.cli.deconflict_summary import show_deconfliction
from muster.cli.folders import read_scenario_folder, refuse
from muster.cli.plan_folders import as_json, draw, read_problem, refuse_unusable, write_into
from muster.cli.plan_summary import summarise
from muster.cli.stopping import stopping_at_ctrl_c
from muster.exchange import deconfliction_json, movement_table, nation_tables
from muster.exchange.nation_tables import NationTablesRefused
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.exchange.report_html import draw_deconfliction, draw_nation
from muster.exchange.scenario import SETTINGS_FILE, Fault, UnknownCase
from muster.measures import days
from muster.movement.checks import Finding, check
from muster.movement.deconflict import Agreement, Choice, NationView, Proposal, agree, choose, clashes, collide, views
from muster.movement.problem import Problem
from muster.movement.solve import Progress, Result, uncongested

NATIONS_FOLDER: Final = "nations"
"""Folder of the views of nations, one folder each, in the folder of the joint plan."""
PAGE_FILE: Final = "deconfliction.html"


def _changes(_context: click.Context, _option: click.Parameter, value: str) -> Choice | int:
    if value in set(Choice):
        return Choice(value)
    if value.isdecimal():
        return int(value)
    words = ", ".join(Choice)
    raise click.BadParameter(f'"{value}" is no choice of changes; write {words} or the most lines that may change.')


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("tables", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--case", help="Case of the scenario, where DIR is one.  [default: the scenario's own]")
@click.option(
    "--changes",
    default=str(Choice.EVEN),
    show_default=True,
    callback=_changes,
    help="Joint plan to propose: even, least, free, or the most lines that may change.",
)
@click.option(
    "--time-limit-s",
    default=20.0,
    show_default=True,
    type=click.FloatRange(0, 86_400, min_open=True),
    help="Seconds for searching joint plans; a first one is always finished. All else comes on top.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the search.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the joint plan and a folder for each nation; made if need be, older ones in it are replaced.",
)
def deconflict(
    folder: Path, tables: Sequence[Path], case: str | None, changes: Choice | int, time_limit_s: float, seed: int,
    out: Path,
) -> None:  # fmt: skip
    """Make one plan of the movement TABLES that nations made for themselves, with the least change for each.

    DIR is the scenario, or a folder with a plan of it. TABLES are files, or folders of them. Finds every conflict,
    proposes a joint plan, and writes for each nation what it may see: its own lines, and shared places with all others
    as one figure. Ctrl-C stops with the joint plans found so far.
    """
    started = time.monotonic()
    documents = _documents(tables)
    refuse_unusable(out)
    problem = _problem(folder, case)
    try:
        tables_read = nation_tables.decode(documents, problem)
    except NationTablesRefused as refusal:
        _refuse_faults(refusal.faults)
    plans = tables_read.plans
    _say(f"{len(documents)} tables of {len(plans)} nations; looking for conflicts")
    collision = collide(problem, plans)
    found = clashes(problem, collision)
    with stopping_at_ctrl_c("the joint plans found so far") as is_asked:
        agreement = agree(
            problem, collision, seed=seed, time_limit_s=time_limit_s, on_progress=_show, should_stop=is_asked
        )  # fmt: skip
    proposed = choose(agreement.proposals, changes)
    _say("checking the joint plan and drawing the pages")
    findings = check(problem, proposed.plan)
    summary = summarise(
        problem, _result(problem, proposed, agreement), findings=len(findings), solve_s=time.monotonic() - started
    )
    files = _plan_files(problem, proposed, summary, findings)
    record = deconfliction_json.record(
        problem, tables_read.files, collision, found, agreement, proposed, files["plan.json"]
    )
    for view in views(problem, plans, collision, found, proposed):
        write_into(out / NATIONS_FOLDER / view.nation, _files_of(view))
    page = draw_deconfliction(problem, record)
    write_into(out, {**files, deconfliction_json.FILE: deconfliction_json.encode(record), PAGE_FILE: page})
    for line in show_deconfliction(record):
        click.echo(line)
    click.echo(f"Plan: {out}")
    if findings:
        click.echo(f"{len(findings)} findings; see: muster movement check {out}", err=True)
        sys.exit(1)


def _documents(tables: Sequence[Path]) -> dict[str, bytes]:
    """Movement tables by the name under which faults are told: files, and those in folders and their folders."""
    paths: dict[str, Path] = {}
    for given in tables:
        if given.is_file():
            paths[given.name if given.name not in paths else str(given)] = given
            continue
        inside = sorted({*given.glob("*.csv"), *given.glob(f"*/{movement_table.FILE}")})
        if not inside:
            refuse(f"{given} holds no movement table; put one CSV file a nation into it.")
        paths |= {path.relative_to(given).as_posix(): path for path in inside}
    try:
        return {name: path.read_bytes() for name, path in paths.items()}
    except OSError as error:
        refuse(f"{error.filename} cannot be read: {error.strerror}; check the path and its permissions.")


def _problem(folder: Path, case: str | None) -> Problem:
    """The common problem, of a scenario or of a folder with a plan."""
    if not (folder / SETTINGS_FILE).exists():
        if case is not None:
            refuse(f"{folder} holds a plan of one case; leave --case out, or name the scenario's folder.")
        return read_problem(folder)
    try:
        inputs = read_scenario_folder(folder).movement_inputs(case)
    except UnknownCase as error:
        refuse(str(error))
    _say("preparing the problem: network, loads, itineraries")
    from muster.movement.preparation.prepare import prepare_problem
    from muster.network import load_transport_network

    return prepare_problem(inputs, load_transport_network())


def _plan_files(
    problem: Problem, proposed: Proposal, summary: Mapping[str, Any], findings: Sequence[Finding]
) -> dict[str, bytes]:
    """The folder of the joint plan, as any plan has one."""
    return {
        "problem.json.gz": encode_problem(problem),
        "plan.json": encode_plan(proposed.plan),
        movement_table.FILE: movement_table.encode(problem, proposed.plan),
        "summary.json": as_json(summary),
        "report.html": draw(problem, proposed.plan, summary, findings),
    }


def _files_of(view: NationView) -> dict[str, bytes]:
    """The folder of a nation: nothing in it is another nation's."""
    record = deconfliction_json.nation_record(view)
    owner = view.nation
    return {
        movement_table.FILE: movement_table.encode(view.problem, view.after, release_to=owner),
        "movement_table_before.csv": movement_table.encode(view.problem, view.before, release_to=owner),
        deconfliction_json.FILE: deconfliction_json.encode(record),
        PAGE_FILE: draw_nation(view.problem, record),
    }


def _refuse_faults(faults: Sequence[Fault]) -> NoReturn:
    for fault in faults:
        click.echo(str(fault), err=True)
    refuse(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the tables; nothing was done.")


def _result(problem: Problem, proposed: Proposal, agreement: Agreement) -> Result:
    """The proposed plan as the result of a planner without a bound."""
    return Result(
        plan=proposed.plan,
        score=proposed.score,
        bound=None,
        bound_failure=None,
        closure_uncongested_min=max(uncongested(problem).values(), default=0),
        first_plan_s=agreement.first_plan_s,
        solve_s=agreement.agree_s,
        iterations=agreement.iterations,
    )


def _show(progress: Progress) -> None:
    """Tell phase, lateness and closure of a joint plan in the making."""
    if progress.phase == "machine code":
        _say("making the machine code of the search: about a minute, once for this installation")
        return
    told = f"{progress.elapsed_s:6.1f} s  {progress.phase:<12}"
    if progress.closure_min is not None and progress.weighted_lateness_min is not None:
        told += f"closure {days(progress.closure_min):.2f} d  "
        told += f"weighted lateness {days(progress.weighted_lateness_min):.2f} d"
    _say(told.rstrip())


def _say(text: str) -> None:
    click.echo(text, err=True)
