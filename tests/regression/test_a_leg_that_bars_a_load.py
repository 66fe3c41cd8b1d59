"""A way round a full crossing led over a bridge that bars tanks, and tanks were sent there."""

from dataclasses import replace

from movement.instances import random_problem
from muster.movement.checks import check
from muster.movement.problem import CargoClass
from muster.movement.solve import solve


def test_no_load_takes_a_leg_that_bars_it() -> None:
    problem = random_problem(2, line_count=6)
    barred = replace(
        problem,
        loads=tuple(replace(x, item_mlc=70) if x.cargo is CargoClass.WHEELED else x for x in problem.loads),
        legs=tuple(replace(x, mlc_wheeled_max=60) if x.leg_id == "convoy:DEPOT>YARD" else x for x in problem.legs),
    )
    plan = solve(barred, with_bound=False, iteration_limit=20).plan
    assert check(barred, plan) == ()
    assert any(step.leg_id == "train:DEPOT>GAUGE" for move in plan.moves for step in move.steps)
    assert plan.unmoved == ()
