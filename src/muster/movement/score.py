"""What a plan is worth: the objective, term by term."""

from muster.movement.plan import Plan, Score
from muster.movement.problem import Problem


def score(problem: Problem, plan: Plan) -> Score:
    """Objective of a plan, from problem and plan alone."""
    closed_min: dict[str, int] = {}
    for move in plan.moves:
        uln = problem.load_of[move.load_id].uln
        reached_min = move.steps[-1].end_min if move.steps else problem.line_of[uln].ready_min
        closed_min[uln] = max(closed_min.get(uln, 0), reached_min)
    lateness_min = sum(
        problem.line_of[uln].weight * max(0, minute - problem.line_of[uln].required_min)
        for uln, minute in closed_min.items()
    )
    return Score(
        unmet_weight=sum(line.weight for line in problem.lines if line.uln not in closed_min),
        weighted_lateness_min=lateness_min,
        closure_min=max(closed_min.values(), default=0),
        asset_min=sum(voyage.unload_end_min - voyage.load_start_min for voyage in plan.voyages),
    )
