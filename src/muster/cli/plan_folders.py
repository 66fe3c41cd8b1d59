"""Reading and writing the folders that ``muster movement plan`` makes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from muster.cli.folders import refuse
from muster.cli.writing import write_files
from muster.exchange.plan_json import UnreadableDocument, decode_plan, decode_problem
from muster.movement.plan import Plan
from muster.movement.problem import Problem

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


def read_summary(folder: Path) -> dict[str, Any]:
    """Key figures of the plan in a folder."""
    try:
        summary = json.loads((folder / "summary.json").read_bytes())
    except ValueError as error:
        refuse(f"summary.json: {error}; write it again with `muster movement plan`.")
    if not isinstance(summary, dict):
        refuse("summary.json: holds no object of key figures; write it again with `muster movement plan`.")
    return summary


def write_into(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all of them or none."""
    try:
        write_files(folder, files)
    except OSError as error:
        refuse(f"{folder} cannot be written: {error.strerror}; nothing was changed.")
