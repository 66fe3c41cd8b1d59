"""HiGHS 1.16 gives back the values of a start beside the objective of a better solution that it knows.

It happens where presolve finds the start better than it is: what is chosen then covers less than what is proved.
"""

import numpy as np

from forces.coalition import coalition, day, offer, requirement
from muster.forces import Size
from muster.forces.matching.formulation.aims import shortfall
from muster.forces.matching.formulation.model import make_model
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.part import lay_out
from muster.forces.matching.search.search import Search


def test_a_programme_gives_values_that_are_worth_what_it_says() -> None:
    """A battalion and a company post, and starts that cover some days fewer than can be covered."""
    make_machine_code()
    board = lay_out(
        coalition(
            offer("POL-0"),
            offer("POL-1", quantity=2),
            offer("EST-3", size=Size.BATTALION, quantity=2, in_place_max=1, available_until=day(150)),
            requirements=(
                requirement("R0", size=Size.BATTALION, criticality=4, max_nations=2, needed_from=day(45)),
                requirement("R1", criticality=2, max_nations=2),
            ),
            months=9,
            ratio=2,
            tour_months=2,
            overlap_d=35,
        )
    )
    model = make_model(board.tables)
    costs = shortfall(model, board.options)
    for seed in range(60):
        prices = np.random.default_rng(seed).integers(0, board.tables.worth + 1)
        start = Search(board.tables, prices, np.random.default_rng(seed), start={}).chosen()
        solution = model.programme.minimise(costs, seconds=10, start=(model.tours, start))
        assert solution.values is not None
        assert (solution.bound, float(costs @ solution.values)) == (3096.0, 3096.0)
