"""The command that makes one plan of those that nations made for themselves."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from muster.cli.changes import read_changes
from muster.cli.course import tell
from muster.cli.deconflict_summary import show_deconfliction
from muster.cli.folders import refuse_faults
from muster.cli.plan_folders import read_problem, refuse_unusable, write_into
from muster.cli.preparing import prepare, read_case
from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import refuse, say
from muster.exchange import deconfliction_json, movement_table, nation_tables
from muster.exchange.nation_tables import NationTablesRefused
from muster.exchange.plan_files import plan_files
from muster.exchange.plan_summary import summarise, unproved
from muster.exchange.report_html.deconfliction_page import draw_deconfliction, draw_nation
from muster.exchange.scenario import SETTINGS_FILE
from muster.movement.checks import check
from muster.movement.deconflict.agreeing import Choice, agree, choose
from muster.movement.deconflict.clashes import clashes
from muster.movement.deconflict.conflicts import collide
from muster.movement.deconflict.view import NationView, views
from muster.movement.problem import Problem

NATIONS_FOLDER: Final = "nations"
"""Folder of the views of nations, one folder each, in the folder of the joint plan."""
PAGE_FILE: Final = "deconfliction.html"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("tables", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--case", help="Case of the scenario, where DIR is one.  [default: the scenario's own]")
@click.option(
    "--changes",
    default=str(Choice.EVEN),
    show_default=True,
    callback=read_changes(Choice),
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
        refuse_faults(refusal.faults, after=" in the tables")
    plans = tables_read.plans
    say(f"{len(documents)} tables of {len(plans)} nations; looking for conflicts")
    collision = collide(problem, plans)
    found = clashes(problem, collision)
    with stopping_at_ctrl_c("the joint plans found so far") as is_asked:
        agreement = agree(
            problem, collision, seed=seed, time_limit_s=time_limit_s, on_progress=tell, should_stop=is_asked
        )  # fmt: skip
    proposed = choose(agreement.proposals, changes)
    say("checking the joint plan and drawing the pages")
    findings = check(problem, proposed.plan)
    result = unproved(
        problem, proposed.plan, proposed.score,
        first_plan_s=agreement.first_plan_s, solve_s=agreement.agree_s, iterations=agreement.iterations,
    )  # fmt: skip
    summary = summarise(problem, result, findings=len(findings), solve_s=time.monotonic() - started)
    files = plan_files(problem, proposed.plan, summary, findings)
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
    return prepare(read_case(folder, case))


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
