"""The matching as a programme: tours of every offer in whole numbers, what they leave short, and the rules."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from muster.forces.matching.formulation.programme import Floats, Ints, Programme
from muster.forces.matching.search.tables import Tables

Completion = Callable[[Floats], None]
"""Sets columns that an aim has added to their cheapest values, given those of the tours. Takes shape (n_columns,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A programme and what its columns stand for.

    Attributes
    ----------
    tours
        Column of each tour of the tables: units that do it. Shape (n_tours,).
    short
        Column of each cell of need: elements that are missing. Shape (n_cells,).
    cells
        Requirement and month of each cell. Shape (n_cells, 2).
    needs
        Row of each cell: in place and short are the need at least. Shape (n_cells,).
    completions
        One for the columns of each aim that has added some.
    """

    programme: Programme
    tables: Tables
    tours: Ints
    short: Ints
    cells: Ints
    needs: Ints
    completions: list[Completion] = field(default_factory=list)


def make_model(tables: Tables) -> Model:
    """The programme of all rules, without an objective."""
    programme = Programme()
    tours = programme.add_columns(len(tables.requirement), upper=tables.most[tables.offer], whole=True)
    cells = np.argwhere(tables.need > 0)
    short = programme.add_columns(len(cells), upper=tables.need[tuple(cells.T)])
    needs = _need_is_met_or_short(programme, tables, tours, short, cells)
    model = Model(programme, tables, tours, short, cells, needs)
    rotation(model)
    in_place_max(model)
    max_nations(model)
    framework_nation(model)
    people_limits(model)
    return model


def shortages(model: Model, chosen: Ints) -> Ints:
    """What tours leave short in each cell. Shape (n_cells,)."""
    tables = model.tables
    in_place = np.zeros_like(tables.need)
    used = np.flatnonzero(chosen)
    tour, month = spread(tables.first[used], tables.first[used] + tables.months[used])
    tour = used[tour]
    np.add.at(in_place, (tables.requirement[tour], month), tables.elements[tour] * chosen[tour])
    missing: Ints = np.maximum(0, tables.need - in_place)[tuple(model.cells.T)]
    return missing


def spread(firsts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Months of many stretches: the stretch and the month of each, stretches in turn.

    Examples
    --------
    >>> spread(np.array([0, 5]), np.array([2, 6]))
    (array([0, 0, 1]), array([0, 1, 5]))
    """
    lengths = ends - firsts
    stretch = np.repeat(np.arange(len(firsts)), lengths)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return stretch, np.arange(len(stretch)) - begins + firsts[stretch]


def _need_is_met_or_short(programme: Programme, tables: Tables, tours: Ints, short: Ints, cells: Ints) -> Ints:
    r"""Count what is missing: in place and short are the need at least. Gives the rows.

    .. math:: \sum_{k \ni (r,t)} e_k y_k + s_{r,t} \ge n_{r,t}
    """
    number = np.full(tables.need.shape, -1)
    number[tuple(cells.T)] = np.arange(len(cells))
    tour, month = spread(tables.first, tables.first + tables.months)
    return programme.add_rows(
        len(cells),
        np.concatenate([number[tables.requirement[tour], month], np.arange(len(cells))]),
        np.concatenate([tours[tour], short]),
        np.concatenate([tables.elements[tour], np.ones(len(cells))]),
        lower=tables.need[tuple(cells.T)],
    )


def rotation(model: Model) -> None:
    r"""Keep the units of an offer that serve or rest within those it has.

    .. math:: \sum_{k \in o,\ b_k \le t < b_k + \rho m_k} y_k \le q_o \quad \forall o, t
    """
    tables, months = model.tables, model.tables.need.shape[1]
    tour, month = spread(tables.first, tables.busy_end)
    rows = tables.offer[tour] * months + month
    used, at = np.unique(rows, return_inverse=True)
    model.programme.add_rows(len(used), at, model.tours[tour], 1.0, upper=tables.units[used // months])


def in_place_max(model: Model) -> None:
    r"""Keep the units of an offer that are in place at one time within their largest number.

    .. math:: \sum_{k \in o,\ k \ni t} y_k \le m_o \quad \forall o, t
    """
    tables, months = model.tables, model.tables.need.shape[1]
    ours = np.flatnonzero((tables.most < tables.units)[tables.offer])
    tour, month = spread(tables.first[ours], tables.first[ours] + tables.months[ours])
    used, at = np.unique(tables.offer[ours[tour]] * months + month, return_inverse=True)
    model.programme.add_rows(len(used), at, model.tours[ours[tour]], 1.0, upper=tables.most[used // months])


def max_nations(model: Model) -> None:
    r"""Keep the nations that serve in a requirement in a month within its largest number.

    .. math:: \sum_{k \in (r,o),\ k \ni t} y_k \le m_o z_{r,n(o),t}, \qquad \sum_n z_{r,n,t} \le N_r
    """
    tables = model.tables
    for row in np.flatnonzero(tables.nations_max >= 0):
        ours = np.flatnonzero(tables.requirement == row)
        nations = np.unique(tables.nation[tables.offer[ours]])
        if len(nations) <= tables.nations_max[row]:
            continue
        tour, month = spread(tables.first[ours], tables.first[ours] + tables.months[ours])
        tour = ours[tour]
        served = np.unique(month)
        pair = np.searchsorted(nations, tables.nation[tables.offer[tour]]) * len(served) + np.searchsorted(
            served, month
        )
        there = model.programme.add_columns(len(nations) * len(served), upper=1, whole=True)
        # A tour of one unit opens its nation for the month whatever the others do: a row for each offer.
        keys, at = np.unique(np.stack([tables.offer[tour], pair]), axis=1, return_inverse=True)
        count = keys.shape[1]
        model.programme.add_rows(
            count,
            np.concatenate([at, np.arange(count)]),
            np.concatenate([model.tours[tour], there[keys[1]]]),
            np.concatenate([np.ones(len(tour)), -tables.most[keys[0]].astype(float)]),
            upper=0,
        )
        months = np.tile(np.arange(len(served)), len(nations))
        model.programme.add_rows(len(served), months, there, 1.0, upper=tables.nations_max[row])


def framework_nation(model: Model) -> None:
    r"""Let others serve only beside the framework nation; without it all of the need is short.

    .. math:: \sum_{k \in o,\ k \ni t} y_k \le m_o \sum_{k \in (r, f),\ k \ni t} y_k \quad \forall o \notin f,
        \qquad s_{r,t} + n_{r,t} \sum_{k \in (r, f),\ k \ni t} y_k \ge n_{r,t}

    The second follows from the first in whole numbers, and is much the stronger in parts of units.
    """
    tables, months = model.tables, model.tables.need.shape[1]
    for row in np.flatnonzero(tables.framework != -1):
        ours = np.flatnonzero(tables.requirement == row)
        leads = tables.nation[tables.offer[ours]] == tables.framework[row]
        leading, others = ours[leads], ours[~leads]
        lead_tour, lead_month = spread(tables.first[leading], tables.first[leading] + tables.months[leading])
        tour, month = spread(tables.first[others], tables.first[others] + tables.months[others])
        keys, at = np.unique(tables.offer[others[tour]] * months + month, return_inverse=True)
        rows, columns, factors = [at], [model.tours[others[tour]]], [np.ones(len(tour))]
        for number, key in enumerate(keys):
            there = leading[lead_tour[lead_month == key % months]]
            rows.append(np.full(len(there), number))
            columns.append(model.tours[there])
            factors.append(np.full(len(there), -float(tables.most[key // months])))
        model.programme.add_rows(
            len(keys), np.concatenate(rows), np.concatenate(columns), np.concatenate(factors), upper=0
        )
        _short_without_lead(model, int(row), leading[lead_tour], lead_month)


def _short_without_lead(model: Model, row: int, tours: Ints, months: Ints) -> None:
    """Leave all of the need short in months in which none of the leading nation's tours is there."""
    cells = np.flatnonzero(model.cells[:, 0] == row)
    number = np.full(model.tables.need.shape[1], -1)
    number[model.cells[cells, 1]] = np.arange(len(cells))
    need = model.tables.need[row, model.cells[cells, 1]].astype(float)
    at = number[months]
    model.programme.add_rows(
        len(cells),
        np.concatenate([np.arange(len(cells)), at]),
        np.concatenate([model.short[cells], model.tours[tours]]),
        np.concatenate([np.ones(len(cells)), need[at]]),
        lower=need,
    )


def people_limits(model: Model) -> None:
    r"""Keep the people of a nation in place within a caveat that limits them.

    .. math:: \sum_{k \in n,\ k \ni t} p_k y_k \le L \quad \forall t \text{ in which it holds}
    """
    tables = model.tables
    for limit in range(len(tables.limit_people)):
        ours = np.flatnonzero(
            (tables.nation[tables.offer] == tables.limit_nation[limit]) & tables.limit_covers[limit, tables.requirement]
        )
        tour, month = spread(tables.first[ours], tables.first[ours] + tables.months[ours])
        holds = tables.limit_holds[limit, month]
        tour, month = tour[holds], month[holds]
        served, at = np.unique(month, return_inverse=True)
        people = tables.people[tables.offer[ours[tour]]]
        model.programme.add_rows(len(served), at, model.tours[ours[tour]], people, upper=tables.limit_people[limit])
