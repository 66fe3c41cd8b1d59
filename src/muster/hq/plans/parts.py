"""Each nation's part of a deployment as files of its own: no nation ever reads those of the whole force."""

from collections.abc import Iterator
from typing import Final

from muster.exchange.plan_files import PLAN_FILE, PROBLEM_FILE
from muster.exchange.plan_json import encode_plan, encode_problem
from muster.movement.deconflict import lines_by_nation, own_part
from muster.movement.plan import Plan
from muster.movement.problem import Problem

PREFIX: Final = "part."
"""Names of such files begin with it."""


def part_name(name: str, nation: str) -> str:
    """Name of the file of a nation's part that stands for a file of the whole."""
    return f"{PREFIX}{nation}.{name}"


def part_names(nation: str) -> tuple[str, str]:
    """Names of the files of a nation's part: its problem and its plan."""
    return part_name(PROBLEM_FILE, nation), part_name(PLAN_FILE, nation)


def part_files(problem: Problem, plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Files of the parts of all nations that have lines."""
    for nation in lines_by_nation(problem):
        own_problem, own_plan = own_part(problem, plan, nation)
        yield part_name(PROBLEM_FILE, nation), encode_problem(own_problem)
        yield part_name(PLAN_FILE, nation), encode_plan(own_plan)
