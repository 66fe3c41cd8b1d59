"""The aims after coverage as sums over columns, each added to the programme when its turn comes."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from muster.forces.matching.formulation.model import Model
from muster.forces.matching.formulation.programme import Floats
from muster.forces.matching.objectives import Aim, doubt_per_mille, fair_shares
from muster.forces.matching.tours import Options, list_kinds

Costs = Callable[[Model, Options], Floats]
"""Gives the costs of the columns, those that it adds among them; each is to be minimised."""


def shortfall(model: Model, _options: Options) -> Floats:
    r"""Weigh what is missing.

    .. math:: \min \sum_{r,t} w_{r,t} s_{r,t}
    """
    costs = np.zeros(model.programme.columns)
    costs[model.short] = model.tables.worth[tuple(model.cells.T)]
    return costs


def firmness(model: Model, options: Options) -> Floats:
    r"""Weigh what is in place by the chance that it is not kept.

    .. math:: \min \sum_k d_{o(k)} \Big(\sum_{t \in k} w_{r,t}\Big) e_k y_k
    """
    tables = model.tables
    doubt = doubt_per_mille(options.problem)
    of_offer = np.array([doubt[offer.offer_id] for offer in options.problem.offers])
    so_far = np.concatenate([np.zeros((len(tables.worth), 1), int), np.cumsum(tables.worth, axis=1)], axis=1)
    worth = so_far[tables.requirement, tables.first + tables.months] - so_far[tables.requirement, tables.first]
    costs = np.zeros(model.programme.columns)
    costs[model.tours] = of_offer[tables.offer] * worth * tables.elements
    return costs


def cohesion(model: Model, _options: Options) -> Floats:
    r"""Count nations in requirements.

    .. math:: \min \sum_{r,n} z_{r,n}, \qquad y_k \le m_{o(k)} z_{r(k),n(k)}
    """
    tables = model.tables
    nation = tables.nation[tables.offer]
    pairs, pair = np.unique(np.stack([tables.requirement, nation]), axis=1, return_inverse=True)
    serves = model.programme.add_columns(pairs.shape[1], upper=1, whole=True)
    count = len(model.tours)

    def complete(values: Floats) -> None:
        values[serves] = np.bincount(pair, values[model.tours] > 0, minlength=len(serves)) > 0

    model.completions.append(complete)
    model.programme.add_rows(
        count,
        np.tile(np.arange(count), 2),
        np.concatenate([model.tours, serves[pair]]),
        np.concatenate([np.ones(count), -tables.most[tables.offer].astype(float)]),
        upper=0,
    )
    costs = np.zeros(model.programme.columns)
    costs[serves] = 1
    return costs


def burden(model: Model, options: Options) -> Floats:
    r"""Sum what nations carry beyond their fair shares.

    .. math:: \min \sum_n u_n, \qquad u_n \ge P_n - f_n \sum_m P_m, \quad P_n = \sum_{k \in n} p_k m_k y_k
    """
    tables = model.tables
    codes = {offer.nation: tables.nation[row] for row, offer in enumerate(options.problem.offers)}
    shares = {codes[nation]: share for nation, share in fair_shares(options.problem).items()}
    counted = np.flatnonzero(np.isin(tables.nation[tables.offer], list(shares)))
    carried = (tables.people[tables.offer] * tables.months)[counted]
    over = model.programme.add_columns(len(shares))
    beyond = np.zeros((len(shares), len(counted)))
    for row, (nation, share) in enumerate(shares.items()):
        beyond[row] = carried * ((tables.nation[tables.offer[counted]] == nation) - share)
        model.programme.add_rows(
            1,
            np.zeros(len(counted) + 1, int),
            np.append(model.tours[counted], over[row]),
            np.append(beyond[row], -1.0),
            upper=0,
        )

    def complete(values: Floats) -> None:
        values[over] = np.maximum(0.0, beyond @ values[model.tours[counted]])

    model.completions.append(complete)
    costs = np.zeros(model.programme.columns)
    costs[over] = 1
    return costs


def stability(model: Model, options: Options) -> Floats:
    r"""Count tours that the matching before did not have.

    .. math:: \min \sum_k y_k - \sum_k v_k, \qquad v_k \le y_k, \quad v_k \le y_k^{\text{before}}
    """
    before = Counter(tour.kind for tour in options.problem.previous)
    kinds = list_kinds(options)
    had = [
        (tour, count)
        for tour, option in enumerate(model.tables.option.tolist())
        if (count := before.get(kinds[option], 0))
    ]
    tours, counts = (np.array([part[number] for part in had], int) for number in range(2))
    kept = model.programme.add_columns(len(had), upper=counts)
    model.programme.add_rows(
        len(had),
        np.tile(np.arange(len(had)), 2),
        np.concatenate([kept, model.tours[tours]]),
        np.concatenate([np.ones(len(had)), -np.ones(len(had))]),
        upper=0,
    )

    def complete(values: Floats) -> None:
        values[kept] = np.minimum(counts, values[model.tours[tours]])

    model.completions.append(complete)
    costs = np.zeros(model.programme.columns)
    costs[model.tours], costs[kept] = 1, -1
    return costs


COSTS: Final[Mapping[Aim, Costs]] = {
    Aim.COVERAGE: shortfall,
    Aim.FIRMNESS: firmness,
    Aim.COHESION: cohesion,
    Aim.BURDEN: burden,
    Aim.STABILITY: stability,
}
"""Costs of each aim, in the order of importance."""
