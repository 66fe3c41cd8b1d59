"""The files that a movement plan is kept as: with them it can be checked, told and changed again."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from muster.exchange import certificate_json, movement_table, replan_json
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.exchange.plan_names import PLAN_FILE, PROBLEM_FILE, REPORT_FILE, SUMMARY_FILE
from muster.exchange.replan_json import ReplanRecord
from muster.exchange.report_html.page import draw_report
from muster.movement.checks import Finding
from muster.movement.formulation import Certificate, daily_prices
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reinforcing.unit_values import UnitValues
from muster.movement.reporting.march import MarchFactors
from muster.movement.reporting.report import NO_PRICES, report
from muster.reference import load_factors


def draw(
    problem: Problem,
    planned: Plan,
    summary: Mapping[str, Any],
    findings: Sequence[Finding],
    *,
    certificate: Certificate | None = None,
    unit_values: UnitValues | None = None,
    record: ReplanRecord | None = None,
) -> bytes:
    """The report of a plan as one HTML page."""
    return draw_report(
        report(
            problem,
            planned,
            summary=summary,
            findings=findings,
            march_factors=MarchFactors.from_reference(load_factors()),
            unit_values=unit_values,
            daily_prices_d=NO_PRICES if certificate is None else daily_prices(problem, certificate),
        ),
        replan=record,
    )


def plan_files(
    problem: Problem,
    planned: Plan,
    summary: Mapping[str, Any],
    findings: Sequence[Finding],
    *,
    certificate: Certificate | None = None,
    record: ReplanRecord | None = None,
) -> dict[str, bytes]:
    """The files of a folder with a plan, by name."""
    files = {
        PROBLEM_FILE: encode_problem(problem),
        PLAN_FILE: encode_plan(planned),
        movement_table.FILE: movement_table.encode(problem, planned),
        SUMMARY_FILE: as_json(summary),
        REPORT_FILE: draw(problem, planned, summary, findings, certificate=certificate, record=record),
    }
    if certificate is not None:
        files[certificate_json.FILE] = certificate_json.encode(certificate, problem)
    if record is not None:
        files[replan_json.FILE] = replan_json.encode(record)
    return files


def as_json(value: object) -> bytes:
    """A JSON file as these folders have them."""
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"
