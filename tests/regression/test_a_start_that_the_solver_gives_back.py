"""HiGHS 1.16 gives back the values of a start beside the objective of a better solution that it knows.

It happens where presolve finds the start better than it is: what is chosen then covers less than what is proved.
"""

from forces.coalition import coalition, day, offer, requirement
from muster.forces import PlaceAllowed, Size
from muster.forces.matching.formulation.aims import shortfall
from muster.forces.matching.formulation.model import make_model
from muster.forces.matching.part import chosen_tours, lay_out
from muster.forces.matching.plan import Matching, Tour

START = Matching(
    (
        Tour("POL-0", 1, "R1", 6, 2),
        Tour("POL-0", 1, "R1", 2, 2),
        Tour("POL-1", 1, "R1", 8, 1),
        Tour("POL-1", 2, "R0", 7, 2),
        Tour("POL-1", 1, "R1", 4, 2),
        Tour("POL-1", 2, "R0", 3, 2),
        Tour("POL-1", 1, "R1", 0, 2),
        Tour("EST-3", 1, "R0", 2, 2),
    )
)


def test_a_programme_gives_values_that_are_worth_what_it_says() -> None:
    """A battalion and a company post, and a start that covers fifteen company-days fewer than can be covered."""
    board = lay_out(
        coalition(
            offer("POL-0", people=40, in_place_max=1),
            offer("POL-1", people=40, quantity=2),
            offer("EST-2", size=Size.BATTALION, quantity=3, place_allowed=PlaceAllowed.HOME_ONLY),
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
    solution = model.programme.minimise(costs, seconds=10, start=(model.tours, chosen_tours(board, START)))
    assert solution.values is not None
    assert (solution.bound, float(costs @ solution.values)) == (3096.0, 3096.0)
