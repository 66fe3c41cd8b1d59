"""Reading and writing the folders that ``muster movement plan`` makes."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from muster.cli.telling import refuse
from muster.cli.writing import write_files
from muster.exchange import certificate_json, replan_json, unit_values_json
from muster.exchange.certificate_json import ForeignCertificate
from muster.exchange.plan_json import (
    UnreadableDocument,
    decode_plan,
    decode_problem,
)
from muster.exchange.replan_json import ReplanRecord
from muster.exchange.scenario import SETTINGS_FILE
from muster.movement.checks import Finding, check
from muster.movement.formulation import Certificate
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reinforcing.unit_values import UnitValues
from muster.movement.replan.history import recall
from muster.movement.replan.review import split

PLAN_FILES: Final = ("problem.json.gz", "plan.json", "summary.json")


def read_plan(folder: Path) -> tuple[Problem, Plan]:
    """Problem and plan of a folder that ``plan`` wrote."""
    missing = [name for name in PLAN_FILES if not (folder / name).is_file()]
    if missing:
        refuse(f"{folder} has no {', '.join(missing)}; write it with `muster movement plan SCENARIO --out {folder}`.")
    try:
        problem = decode_problem((folder / "problem.json.gz").read_bytes())
        return problem, decode_plan((folder / "plan.json").read_bytes())
    except UnreadableDocument as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror}; check the path and its permissions.")


def read_problem(folder: Path) -> Problem:
    """Problem of a folder that ``plan`` wrote, whatever its plan is."""
    path = folder / "problem.json.gz"
    if not path.is_file():
        refuse(f"{folder} has neither scenario.toml nor problem.json.gz; name a scenario, or a folder with a plan.")
    try:
        return decode_problem(path.read_bytes())
    except UnreadableDocument as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{folder} cannot be read: {error.strerror}; check the path and its permissions.")


def read_summary(folder: Path) -> dict[str, Any]:
    """Key figures of the plan in a folder."""
    try:
        summary = json.loads((folder / "summary.json").read_bytes())
    except ValueError as error:
        refuse(f"summary.json: {error}; write it again with `muster movement plan`.")
    if not isinstance(summary, dict):
        refuse("summary.json: holds no object of key figures; write it again with `muster movement plan`.")
    return summary


def read_unit_values(folder: Path) -> UnitValues | None:
    """What one more unit is worth, where that was worked out for the very plan in a folder."""
    path = folder / unit_values_json.FILE
    if not path.is_file():
        return None
    try:
        return unit_values_json.decode(path.read_bytes(), (folder / "plan.json").read_bytes())
    except unit_values_json.UnreadableUnitValues as error:
        refuse(str(error))


def read_record(folder: Path) -> ReplanRecord | None:
    """What the replan recorded that wrote the plan in a folder; None where none did."""
    path = folder / replan_json.FILE
    if not path.is_file():
        return None
    try:
        return replan_json.decode(path.read_bytes(), (folder / "plan.json").read_bytes())
    except UnreadableDocument as error:
        refuse(str(error))


def read_certificate(folder: Path, problem: Problem) -> Certificate:
    """What proves the bound beside the plan in a folder."""
    path = folder / certificate_json.FILE
    if not path.is_file():
        refuse(f"{folder} has no {certificate_json.FILE}, so nothing is proved; write it with `muster movement plan`.")
    try:
        return certificate_json.decode(path.read_bytes(), problem)
    except (UnreadableDocument, ForeignCertificate) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{path} cannot be read: {error.strerror}; check its permissions.")


def find_certificate(folder: Path, problem: Problem) -> Certificate | None:
    """What proves the bound beside the plan in a folder; None where there is none of this problem."""
    path = folder / certificate_json.FILE
    try:
        return certificate_json.decode(path.read_bytes(), problem) if path.is_file() else None
    except ForeignCertificate:
        return None
    except UnreadableDocument as error:
        refuse(str(error))


def judge(folder: Path, problem: Problem, planned: Plan) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings about a plan, and apart from them those that are facts: breaches by what happened before a replan."""
    findings, record = check(problem, planned), read_record(folder)
    if record is None or any(finding.rule == "well_formed" for finding in findings):
        return findings, ()
    history = recall(problem, planned, (), now_min=record.now_min, stranded=record.stranded)
    return split(findings, replace(history, held_until_min=record.held_until_min))


def refuse_unusable(folder: Path) -> None:
    """Say before the work begins that a plan cannot be written into a folder."""
    if (folder / SETTINGS_FILE).exists():
        refuse(f"{folder} holds a scenario, which a plan would spoil; name another folder with --out.")
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    try:
        tempfile.TemporaryDirectory(prefix=".writing-", dir=nearest).cleanup()
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror}; name another folder with --out.")


def findings_of_fitting(folder: Path, problem: Problem, planned: Plan) -> tuple[Finding, ...]:
    """Findings of a plan that speaks of its problem; one that does not can be neither drawn nor explained."""
    findings, _ = judge(folder, problem, planned)
    foreign = [finding for finding in findings if finding.rule == "well_formed"]
    if foreign:
        refuse(f"plan.json does not fit problem.json.gz: {foreign[0].message} See: muster movement check {folder}")
    return findings


def write_into(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all of them or none."""
    try:
        write_files(folder, files)
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror}; nothing was changed.")
