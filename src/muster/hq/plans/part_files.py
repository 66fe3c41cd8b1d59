"""Each nation's part of a deployment as files of its own: no nation ever reads those of the whole force."""

from collections.abc import Iterator

from muster.exchange.plan_json import encode_plan, encode_problem
from muster.exchange.plan_names import PLAN_FILE, PROBLEM_FILE
from muster.hq.plans.parts import part_name
from muster.movement.deconflict.nations import lines_by_nation
from muster.movement.deconflict.own_part import own_part
from muster.movement.plan import Plan
from muster.movement.problem import Problem


def part_files(problem: Problem, plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Files of the parts of all nations that have lines."""
    for nation in lines_by_nation(problem):
        own_problem, own_plan = own_part(problem, plan, nation)
        yield part_name(PROBLEM_FILE, nation), encode_problem(own_problem)
        yield part_name(PLAN_FILE, nation), encode_plan(own_plan)
