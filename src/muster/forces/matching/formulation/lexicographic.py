"""One aim after the other: each is brought as far as it goes, held there, and the next one has its turn."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np

from muster.forces.matching.formulation.aims import COSTS
from muster.forces.matching.formulation.model import Model, make_model, shortages
from muster.forces.matching.formulation.programme import Floats, Ints
from muster.forces.matching.objectives import Aim
from muster.forces.matching.search.tables import Tables
from muster.forces.matching.tours import Options

FIRST_SHARE: Final = 0.6
"""Share of the time that the first aim may take; the others share what is left."""
HELD: Final = 0.5
"""Costs are whole numbers, but those of burden: what is held to less than a half more is held."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """What programmes came to.

    Attributes
    ----------
    chosen
        Units that do each tour of the tables. Shape (n_tours,).
    bounds
        Cost of each aim that no matching falls below that is as good in the aims before; an aim about which nothing
        was proved is missing.
    """

    chosen: Ints
    bounds: Mapping[Aim, float]


def short_at_least(options: Options, tables: Tables, *, seconds: float) -> tuple[float, Ints]:
    """Weighted element-days that are short in every matching, rules about nations and limits counted.

    Returns
    -------
    tuple
        What is short, and the prices of an element that prove it, shape (n_requirements, n_months): at most its worth.
    """
    model = make_model(tables)
    priced = model.programme.bound_by_prices(COSTS[Aim.COVERAGE](model, options), seconds=seconds)
    prices = np.zeros_like(tables.worth)
    prices[tuple(model.cells.T)] = np.rint(np.maximum(0.0, priced.prices[model.needs]))
    return priced.bound, np.minimum(prices, tables.worth)


def improve_exactly(
    options: Options,
    tables: Tables,
    chosen: Ints,
    *,
    seconds: float,
    aims: tuple[Aim, ...],
    held: tuple[Aim, ...] = (),
    should_stop: Callable[[], bool] = lambda: False,
) -> Exact:
    """Go on from a matching, aim by aim.

    Parameters
    ----------
    chosen
        Units that do each tour of the tables. Shape (n_tours,).
    aims
        Those to improve, most important first.
    held
        Those that came before and must not get worse.
    """
    until = time.monotonic() + seconds
    model, bounds = make_model(tables), dict[Aim, float]()
    for aim in held:
        _hold(model, COSTS[aim](model, options), chosen)
    for number, aim in enumerate(aims):
        left_s = until - time.monotonic()
        if left_s <= 0 or should_stop():
            break
        share = FIRST_SHARE if number == 0 and len(aims) > 1 else 1 / (len(aims) - number)
        costs = COSTS[aim](model, options)
        solution = model.programme.minimise(
            costs, seconds=left_s * share, start=(model.tours, chosen), should_stop=should_stop
        )
        if isfinite(solution.bound):
            bounds[aim] = solution.bound
        if solution.values is not None:
            found = np.rint(solution.values[model.tours]).astype(np.int64)
            if _cost(model, costs, found) <= _cost(model, costs, chosen):
                chosen = found
        if number + 1 < len(aims):
            _hold(model, costs, chosen)
    return Exact(chosen, bounds)


def _hold(model: Model, costs: Floats, chosen: Ints) -> None:
    """Keep an aim from getting worse than it is with the tours chosen."""
    counted = np.flatnonzero(costs)
    if not len(counted):
        return
    largest = float(np.abs(costs[counted]).max())
    reached = _cost(model, costs, chosen)
    model.programme.add_rows(
        1, np.zeros(len(counted), int), counted, costs[counted] / largest, upper=(reached + HELD) / largest
    )


def _cost(model: Model, costs: Floats, chosen: Ints) -> float:
    """Cost of tours with the other columns as low as they can be."""
    values = np.zeros(model.programme.columns)
    values[model.tours], values[model.short] = chosen, shortages(model, chosen)
    for complete in model.completions:
        complete(values)
    return float(costs @ values)
