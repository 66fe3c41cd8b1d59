"""The command that plans the rest of a move again after events."""

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from muster.cli.changes import read_changes
from muster.cli.course import Course
from muster.cli.folders import refuse_faults
from muster.cli.plan_folders import read_plan, read_record, refuse_unusable, write_into
from muster.cli.telling import refuse, say
from muster.exchange import events as events_csv
from muster.exchange import movement_status, replan_json
from muster.exchange.events import EventsRefused
from muster.exchange.plan_files import plan_files
from muster.exchange.plan_json import encode_plan
from muster.exchange.plan_summary import summarise, unproved
from muster.exchange.replan_recording import record_of
from muster.exchange.scenario import Fault
from muster.measures import DayOffset, UnreadableOffset
from muster.movement.checks import check
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.replan.curve import Choice, Point, choose
from muster.movement.replan.curve import replan as replan_move
from muster.movement.replan.events import Event, EventRefused
from muster.movement.replan.review import split

IN_EVENTS = " in the events"
SHOWN_CHANGES = 40
"""Changes told on the terminal; all of them stand in ``replan.json``."""


def _offset(_context: click.Context, _option: click.Parameter, value: str | None) -> DayOffset | None:
    try:
        return None if value is None else DayOffset.parse(value)
    except UnreadableOffset as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--events", "events_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Table of events."
)
@click.option(
    "--status",
    "status_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Movement status report: a movement table with actual departures and arrivals.",
)
@click.option("--now", callback=_offset, help="What time it is, as C+12 06:30.  [default: the last report, else event]")
@click.option(
    "--changes",
    default=str(Choice.FAIR),
    show_default=True,
    callback=read_changes(Choice),
    help="Plan of the curve to take: fair, least, free, or the most lines that may change.",
)
@click.option(
    "--time-limit-s",
    default=5.0,
    show_default=True,
    type=click.FloatRange(0, 86_400, min_open=True),
    help="Seconds for reading and searching; a first plan is always finished. Checking and drawing come on top.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the search.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the new plan; made if need be, an older plan in it is replaced.",
)
def replan(
    folder: Path,
    events_file: Path | None,
    status_file: Path | None,
    now: DayOffset | None,
    changes: Choice | int,
    time_limit_s: float,
    seed: int,
    out: Path,
) -> None:
    """Plan the rest of the move in DIR again after what has happened, with as few changes as it is worth.

    Shows lateness against changes, takes one plan of that curve, and tells its changes by nation. Ctrl-C stops with the
    plans found so far.
    """
    started = time.monotonic()
    if events_file is None and status_file is None and now is None:
        refuse("Nothing has happened: give --events, --status or --now.")
    problem, planned = read_plan(folder)
    before = read_record(folder)
    refuse_unusable(out)
    try:
        given_min = None if now is None else problem.timeline.minute(now)
        now_min, told, rows = _read_events(problem, planned, events_file, status_file, given_min)
    except EventsRefused as refusal:
        refuse_faults(refusal.faults, after=IN_EVENTS)
    with Course.begun("the plans found so far") as course:
        left_s = max(0.1, time_limit_s - (time.monotonic() - started))
        try:
            replanned = replan_move(
                problem,
                planned,
                told,
                now_min=now_min,
                stranded=() if before is None else before.stranded,
                seed=seed,
                time_limit_s=left_s,
                on_progress=course.show,
                should_stop=course.should_stop,
            )
        except EventRefused as refusal:
            faults = [Fault(*rows.get(name, ("", 0)), "", rule, remedy) for name, rule, remedy in refusal.faults]
            refuse_faults(faults, after=IN_EVENTS)
    chosen = choose(replanned.points, changes)
    say("checking the plan and drawing its report")
    findings, facts = split(check(chosen.problem, chosen.plan), replanned.history)
    result = unproved(
        chosen.problem, chosen.plan, chosen.score,
        first_plan_s=replanned.first_plan_s, solve_s=replanned.replan_s, iterations=replanned.iterations,
    )  # fmt: skip
    summary = summarise(chosen.problem, result, findings=len(findings), solve_s=time.monotonic() - started)
    record = record_of(replanned, chosen, facts, problem.timeline, encode_plan(chosen.plan))
    write_into(out, plan_files(chosen.problem, chosen.plan, summary, findings, record=record))
    for line in (*_curve(record), *_told(chosen)):
        click.echo(line)
    click.echo(
        f"{len(facts)} breaches by what had happened; see {out / replan_json.FILE}" if facts else "", nl=bool(facts)
    )
    click.echo(f"Plan: {out}")
    if findings:
        click.echo(f"{len(findings)} findings; see: muster movement check {out}", err=True)
        sys.exit(1)


def _read_events(
    problem: Problem, planned: Plan, events_file: Path | None, status_file: Path | None, now_min: int | None
) -> tuple[int, tuple[Event, ...], Mapping[str, tuple[str, int]]]:
    """What time it is, what has happened, and the file and row of each event."""
    events: tuple[Event, ...] = ()
    rows: dict[str, tuple[str, int]] = {}
    if status_file is not None:
        reports, row_of = movement_status.decode(status_file.read_bytes(), problem, planned)
        events += reports
        rows |= {name: (status_file.name, row) for name, row in row_of.items()}
        now_min = movement_status.last_minute(reports) if now_min is None else now_min
    if events_file is not None:
        told = events_csv.decode(events_file.read_bytes(), problem.timeline, now_min=now_min)
        events += told.events
        rows |= {name: (events_file.name, row) for name, row in told.row_of.items()}
        now_min = told.now_min
    if now_min is None:
        refuse("The report has no departure or arrival that says what time it is; give --now.")
    return now_min, events, rows


def _curve(record: replan_json.ReplanRecord) -> Iterator[str]:
    """The curve as a table."""
    yield f"now {record.now}"
    yield (
        f"before the events: weighted lateness {record.weighted_lateness_before_d:.1f} d, "
        f"closure {record.closure_before_d:.2f} d"
    )
    if record.closure_bound_d is not None and record.weighted_lateness_bound_d is not None:
        yield (
            f"proved from here on: weighted lateness {record.weighted_lateness_bound_d:.1f} d, "
            f"closure {record.closure_bound_d:.2f} d at least"
        )
    yield "   legs moved  lines  assets  nations  unmet weight  weighted lateness d  closure d"
    for row in record.curve:
        yield (
            f"{'>' if row.is_chosen else ' '}  {row.legs_moved:10d}  {row.lines_changed:5d}  {row.assets_retasked:6d}  "
            f"{row.nations_affected:7d}  {row.unmet_weight:12d}  {row.weighted_lateness_d:19.1f}  {row.closure_d:9.2f}"
        )


def _told(chosen: Point) -> Iterator[str]:
    """What changes, by nation."""
    left = SHOWN_CHANGES
    for nation, lines in chosen.changes.by_nation().items():
        yield f"{nation}: {len(lines)} line{'s' if len(lines) > 1 else ''}"
        for line in lines[: max(0, left)]:
            yield f"  {line.uln}"
            yield from (f"    {sentence}" for sentence in line.words)
        left -= len(lines)
    yield from chosen.strains
    if left < 0:
        yield f"and {-left} more lines; all of them stand in {replan_json.FILE}"
