"""One aim after the other: each is brought as far as it goes, held there, and the next one has its turn."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from muster.forces.matching.formulation.aims import COSTS
from muster.forces.matching.formulation.model import Model, make_model
from muster.forces.matching.formulation.programme import Floats, Ints
from muster.forces.matching.objectives import Aim
from muster.forces.matching.search.tables import Tables
from muster.forces.matching.tours import Options

COVERAGE_SHARE: Final = 0.6
"""Share of the time that coverage may take; the other aims share what is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """What programmes came to.

    Attributes
    ----------
    chosen
        Units that do each tour of the tables. Shape (n_tours,).
    bounds
        Cost of each aim that no matching falls below that is as good in the aims before; an aim that had no time is
        missing.
    """

    chosen: Ints
    bounds: dict[Aim, float]


def improve_exactly(
    options: Options,
    tables: Tables,
    chosen: Ints,
    *,
    seconds: float,
    aims: tuple[Aim, ...] = tuple(Aim),
    should_stop: Callable[[], bool] = lambda: False,
) -> Exact:
    """Go on from a matching, aim by aim.

    Parameters
    ----------
    chosen
        Units that do each tour of the tables. Shape (n_tours,).
    aims
        Those that count, most important first.
    """
    until = time.monotonic() + seconds
    model, bounds = make_model(tables), dict[Aim, float]()
    for number, aim in enumerate(aims):
        left_s = until - time.monotonic()
        if left_s <= 0 or should_stop():
            break
        share = COVERAGE_SHARE if number == 0 and len(aims) > 1 else 1 / (len(aims) - number)
        costs = COSTS[aim](model, options)
        solution = model.programme.minimise(
            costs, seconds=left_s * share, start=(model.tours, chosen), should_stop=should_stop
        )
        bounds[aim] = solution.bound
        if solution.values is None:
            break
        chosen = np.rint(solution.values[model.tours]).astype(np.int64)
        _hold(model, costs, solution.values)
    return Exact(chosen, bounds)


def _hold(model: Model, costs: Floats, values: Floats) -> None:
    """Keep an aim from getting worse than it is."""
    counted = np.flatnonzero(costs)
    reached = float(costs[counted] @ values[counted])
    slack = 1e-9 * abs(reached) + 1e-6
    model.programme.add_rows(1, np.zeros(len(counted), int), counted, costs[counted], upper=reached + slack)
