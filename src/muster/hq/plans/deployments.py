"""Making a deployment plan, and reading one that a folder holds."""

import json
import time
from collections.abc import Mapping

from django.utils.translation import gettext_noop

from muster.exchange.movement_table import encode as movement_table
from muster.exchange.plan_files import plan_files
from muster.exchange.plan_json import decode_plan, decode_problem
from muster.exchange.plan_names import PLAN_FILE, PROBLEM_FILE, SUMMARY_FILE
from muster.exchange.plan_summary import summarise
from muster.exchange.scenario import Scenario
from muster.hq.plans.choices import Kind
from muster.hq.plans.made import Asked, Course, Made, MadeLine
from muster.hq.plans.part_files import part_files
from muster.measures import days
from muster.movement.checks import check
from muster.movement.deconflict.nations import lines_by_nation, of_nation, part_of
from muster.movement.explanation.late_causes import as_words
from muster.movement.plan import Plan
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.problem import Problem
from muster.movement.reporting.report import LineRow, LineStatus, report
from muster.movement.solve import Progress, solve
from muster.network import load_transport_network


def make_deployment(scenario: Scenario, asked: Asked, course: Course) -> Made:
    """Plan the deployment of a case, prove how far it is from the best, and check it.

    Raises
    ------
    UnknownCase
        When the scenario has no such case.
    """
    began = time.monotonic()
    course.tell(0.0, gettext_noop("preparing: network, loads, itineraries"))
    problem = prepare_problem(scenario.movement_inputs(asked.case or None), load_transport_network())
    prepared_s = time.monotonic() - began
    has_plan = False

    def show(progress: Progress) -> None:
        nonlocal has_plan
        has_plan = has_plan or progress.closure_min is not None
        told = progress.phase
        if progress.closure_min is not None:
            told += f", closure {days(progress.closure_min):.1f} d"
        if progress.weighted_lateness_min is not None:
            told += f", weighted lateness {days(progress.weighted_lateness_min):.0f} d"
        course.tell(min(0.95, (prepared_s + progress.elapsed_s) / asked.time_limit_s), told)

    result = solve(
        problem,
        seed=asked.seed,
        time_limit_s=max(1.0, asked.time_limit_s - prepared_s),
        on_progress=show,
        should_stop=lambda: has_plan and course.should_stop(),
    )
    course.tell(0.97, gettext_noop("checking and drawing the report"))
    findings = check(problem, result.plan)
    summary = summarise(problem, result, findings=len(findings), solve_s=prepared_s + result.solve_s)
    certificate = None if result.bound is None else result.bound.certificate
    files = plan_files(problem, result.plan, summary, findings, certificate=certificate)
    return told_deployment(problem, result.plan, files)


def read_deployment(files: Mapping[str, bytes]) -> Made:
    """A plan that ``muster movement plan`` wrote."""
    return told_deployment(decode_problem(files[PROBLEM_FILE]), decode_plan(files[PLAN_FILE]), files)


def told_deployment(problem: Problem, plan: Plan, files: Mapping[str, bytes]) -> Made:
    """A deployment with each of its lines, and the part of each nation as files of its own."""
    figures = json.loads(files[SUMMARY_FILE])
    rows = report(problem, plan, summary=figures).lines
    starts = _starts(problem, plan)
    return Made(
        kind=Kind.DEPLOYMENT,
        case=problem.case,
        figures=figures,
        files={**files, **dict(part_files(problem, plan))},
        lines=tuple(_line(row, starts.get(row.line.uln)) for row in rows),
        findings=int(figures["findings"]),
    )


def release_forms(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The movement table of each nation's own lines, by nation; of the others nothing is in it."""
    problem, plan = decode_problem(files[PROBLEM_FILE]), decode_plan(files[PLAN_FILE])
    return {
        nation: movement_table(of_nation(problem, nation), part_of(problem, nation, plan), release_to=nation)
        for nation in lines_by_nation(problem)
    }


def _line(row: LineRow, start_min: int | None) -> MadeLine:
    line = row.line
    why = row.reason if row.status is LineStatus.UNMOVED else as_words(row.late_because) if row.lateness_min else ""
    return MadeLine(
        nation=line.nation,
        key=line.uln,
        name=line.name,
        start_d=None if start_min is None else round(days(start_min), 2),
        end_d=None if row.closure_min is None else round(days(row.closure_min), 2),
        late_d=round(days(row.lateness_min), 2),
        told={
            "status": row.status.value,
            "required by": round(days(line.required_min), 2),
            "from": line.origin,
            "to": line.destination,
            "people": row.amount.people,
            "vehicles": row.amount.vehicles,
        },
        why=why,
    )


def _starts(problem: Problem, plan: Plan) -> dict[str, int]:
    """First departure of each line."""
    line_of = {load.load_id: load.uln for load in problem.loads}
    starts: dict[str, int] = {}
    for move in plan.moves:
        if move.steps:
            uln = line_of[move.load_id]
            starts[uln] = min(starts.get(uln, move.steps[0].start_min), move.steps[0].start_min)
    return starts
