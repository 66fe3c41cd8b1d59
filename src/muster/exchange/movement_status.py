"""A movement status report: a movement table in which a nation or carrier fills what happened, read as events.

It needs ``uln`` and ``leg_no``; every other column of the movement table may stay as it was written.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Final

from muster.exchange import movement_table
from muster.exchange.events import EventsRefused
from muster.exchange.scenario import CellKind, Column, Fault, Table
from muster.exchange.scenario.reading import Record, read_table
from muster.measures import DayOffset
from muster.movement.plan import Plan, Step
from muster.movement.problem import Problem
from muster.movement.replan.events import Arrived, Departed, Held, Movement

FILE: Final = "movement_status.csv"
STATES: Final = ("planned", "unmoved", "moving", "held", "arrived")
_FILLED: Final = ("dep_act", "arr_act", "arr_est", "dep_est")


def _columns() -> Iterator[Column]:
    for column in movement_table.TABLE.columns:
        required = column.name == "uln"
        words = STATES if column.name == "status" else column.words
        yield dataclasses.replace(column, required=required, words=words)
    for name, meaning in (
        ("dep_act", "actual departure"),
        ("arr_act", "actual arrival"),
        ("arr_est", "arrival as it is expected now"),
        ("dep_est", "with status held: it leaves no earlier"),
    ):
        yield Column(name=name, kind=CellKind.OFFSET, meaning=meaning)


TABLE: Final = Table(name="movement_status", meaning="What happened of a plan.", columns=tuple(_columns()))
"""Columns of the file."""


def decode(document: bytes, problem: Problem, plan: Plan) -> tuple[tuple[Movement, ...], Mapping[str, int]]:
    """Reports of a file, and the row of each, by event.

    Raises
    ------
    EventsRefused
        When the bytes are no movement status report, or speak of what the plan does not have; every fault is told.
    """
    faults: list[Fault] = []
    records = read_table(TABLE, document, faults).records
    steps = {move.load_id: move.steps for move in plan.moves}
    reports: list[Movement] = []
    for record in records:
        reports += _reports(record, problem, steps, faults)
    if faults:
        raise EventsRefused(faults)
    return tuple(reports), {report.event_id: int(report.event_id.split()[-1]) for report in reports}


def last_minute(reports: tuple[Movement, ...]) -> int | None:
    """The last departure or arrival that has happened; None where none is told."""
    return max((r.at_min for r in reports if r.event_id.startswith("actual")), default=None)


def _reports(
    record: Record, problem: Problem, steps: Mapping[str, tuple[Step, ...]], faults: list[Fault]
) -> Iterator[Movement]:
    """What a row tells about its loads."""
    told = {name: record.values[name] for name in _FILLED if record.values.get(name) is not None}
    uln, leg_no = record.values.get("uln"), record.values.get("leg_no")
    if not told or uln is None:
        return
    if leg_no is None:
        faults.append(Fault(FILE, record.number, "leg_no", "is empty.", "Say of which leg it is told."))
        return
    line = problem.line_of.get(uln)
    if line is None:
        faults.append(Fault(FILE, record.number, "uln", f'the plan has no line "{uln}".', "Correct the line."))
        return
    for load_id in record.values.get("loads") or line.loads:
        if load_id not in line.loads:
            rule = f'line "{uln}" has no load "{load_id}".'
            faults.append(Fault(FILE, record.number, "loads", rule, "Keep the loads of the movement table."))
        elif not 1 <= leg_no <= len(steps.get(load_id, ())):
            rule = f'load "{load_id}" has no leg {leg_no} in the plan.'
            faults.append(Fault(FILE, record.number, "leg_no", rule, "Keep the legs of the movement table."))
        else:
            leg = problem.leg_of[steps[load_id][leg_no - 1].leg_id]
            for name, at in told.items():
                yield _report(problem, record.number, name, at, load_id, (leg.origin, leg.destination))


def _report(problem: Problem, row: int, name: str, at: DayOffset, load_id: str, ends: tuple[str, str]) -> Movement:
    is_actual = name.endswith("act")
    about: dict[str, Any] = {
        "event_id": f"{'actual' if is_actual else 'expected'} row {row}",
        "at_min": problem.timeline.minute(at),
        "load_id": load_id,
    }
    if name == "dep_act":
        return Departed(place=ends[0], **about)
    if name == "dep_est":
        return Held(place=ends[0], **about)
    return Arrived(place=ends[1], **about)
