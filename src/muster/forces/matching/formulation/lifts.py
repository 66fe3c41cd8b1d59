r"""The fewest things that would have to be otherwise for a requirement to be filled.

The programme of a part gets the tours that something keeps from the requirement, each guarded by what keeps it:

.. math:: \min \sum_j l_j, \qquad y_k \le m_{o(k)} l_j \ \forall j \in B(k), \qquad s_{r,t} = 0 \ \forall t

where :math:`l_j` is 1 when hindrance *j* is lifted and :math:`B(k)` are the hindrances of tour *k*. What is covered in
the other requirements may not fall, unless shortage itself is among the lifts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import numpy as np

from muster.forces.matching.formulation.model import Model, make_model, shortages
from muster.forces.matching.formulation.programme import Ints, Solution
from muster.forces.matching.needs import elements_of
from muster.forces.matching.pairing import Hindrance
from muster.forces.matching.part import Board, chosen_tours
from muster.forces.matching.plan import Matching
from muster.forces.matching.search.tables import Tables
from muster.forces.matching.tours import caveat_starts, list_tours

SHORTAGE: Final = "shortage"
COHESION: Final = "cohesion"
LIMIT: Final = "limit"
ROTATION: Final = "rotation"
LAST_RESORT: Final = 1.01
"""Cost of taking units from others: between lists of one length it is the last."""


@dataclass(frozen=True, slots=True, order=True)
class Lift:
    """Something that is supposed to be otherwise.

    Attributes
    ----------
    kind
        Kind of the hindrance, or :data:`SHORTAGE`, :data:`COHESION`, :data:`LIMIT`, :data:`ROTATION`.
    what
        What it is; the nation for readiness, notice and place.
    """

    kind: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class FewestLifts:
    """A list of lifts.

    Attributes
    ----------
    is_fewest
        Whether no shorter list does.
    is_impossible
        Whether it is proved that no list does; then there are no lifts.
    """

    lifts: tuple[Lift, ...]
    is_fewest: bool
    is_impossible: bool = False


@dataclass(frozen=True, slots=True)
class _Guarded:
    """A tour that is possible once everything that guards it is lifted."""

    offer: int
    first: int
    months: int
    busy_end: int
    elements: int
    guards: frozenset[Lift]


def fewest_lifts(
    board: Board,
    matching: Matching,
    requirement: int,
    *,
    seconds: float,
    should_stop: Callable[[], bool] = lambda: False,
) -> FewestLifts:
    """Find the shortest list of lifts with which a requirement can be filled.

    Parameters
    ----------
    board
        The part of the problem that holds the requirement.
    matching
        What is covered now; elsewhere no less may be.
    requirement
        Position of the requirement in the part.
    """
    variants = list(_variants(board.tables, requirement))
    found = [
        _with_lifts(board, tables, matching, requirement, given, seconds / len(variants), should_stop)
        for tables, given in variants
    ]
    best = min(found, key=lambda lifts: (lifts.is_impossible, not lifts.lifts, _length(lifts.lifts)))
    return replace(best, is_fewest=all(lifts.is_fewest or lifts.is_impossible for lifts in found))


def _length(lifts: Sequence[Lift]) -> float:
    return sum(LAST_RESORT if lift.kind == SHORTAGE else 1.0 for lift in lifts)


def _variants(tables: Tables, requirement: int) -> Iterator[tuple[Tables, tuple[Lift, ...]]]:
    """The rules about nations as they are, and without each kind of them that concerns the requirement."""
    has_nations = tables.nations_max[requirement] >= 0 or tables.framework[requirement] != -1
    has_limits = bool(tables.limit_covers[:, requirement].any())
    for cohesion in (False, True) if has_nations else (False,):
        for limit in (False, True) if has_limits else (False,):
            yield (
                _without_rules(tables, requirement, cohesion=cohesion, limit=limit),
                (Lift(COHESION),) * cohesion + (Lift(LIMIT),) * limit,
            )


def _without_rules(tables: Tables, requirement: int, *, cohesion: bool, limit: bool) -> Tables:
    most, framework, covers = tables.nations_max.copy(), tables.framework.copy(), tables.limit_covers.copy()
    if cohesion:
        most[requirement] = framework[requirement] = -1
    if limit:
        covers[:, requirement] = False
    return tables._replace(nations_max=most, framework=framework, limit_covers=covers)


def _with_lifts(
    board: Board,
    tables: Tables,
    matching: Matching,
    requirement: int,
    given: tuple[Lift, ...],
    seconds: float,
    should_stop: Callable[[], bool],
) -> FewestLifts:
    guarded = tuple(_guarded_tours(board, requirement))
    model = make_model(_with_tours(tables, requirement, guarded))
    lifts = sorted({lift for tour in guarded for lift in tour.guards} | {Lift(SHORTAGE)})
    columns = model.programme.add_columns(len(lifts), upper=1, whole=True)
    _guard(model, board.size, guarded, dict(zip(lifts, columns.tolist(), strict=True)))
    _fill(model, requirement)
    _keep_others(model, requirement, chosen_tours(board, matching), int(columns[lifts.index(Lift(SHORTAGE))]))
    costs = np.zeros(model.programme.columns)
    costs[columns] = [LAST_RESORT if lift.kind == SHORTAGE else 1.0 for lift in lifts]
    solution = model.programme.minimise(costs, seconds=seconds, should_stop=should_stop)
    return _read(solution, lifts, columns, given)


def _read(solution: Solution, lifts: Sequence[Lift], columns: Ints, given: tuple[Lift, ...]) -> FewestLifts:
    if solution.values is None:
        return FewestLifts((), is_fewest=False, is_impossible=solution.is_impossible)
    values = solution.values[columns]
    chosen = tuple(lift for lift, value in zip(lifts, values, strict=True) if value > 0.5)
    return FewestLifts(given + chosen, is_fewest=len(chosen) <= ceil(solution.bound / LAST_RESORT - 1e-6))


def _guarded_tours(board: Board, requirement: int) -> Iterator[_Guarded]:
    """Tours in the requirement that are not possible now: hindered, without a nation to lead, or by units at rest."""
    options = board.options
    problem, starts = options.problem, caveat_starts(options.problem)
    possible = set(
        zip(*(column.tolist() for column in (options.pairing, options.first_month, options.months)), strict=True)
    )
    for number, pairing in enumerate(options.pairings):
        if pairing.requirement != requirement:
            continue
        offer = problem.offers[pairing.offer]
        elements = elements_of(offer.size)
        for first, months, barred_by in list_tours(
            problem, options.needs[requirement], pairing, starts.get(offer.nation, ())
        ):
            guards = frozenset(_lift(hindrance, offer.nation) for hindrance in barred_by)
            rested = min(problem.months, first + problem.rotation.ratio * months)
            if (number, first, months) not in possible:
                yield _Guarded(pairing.offer, first, months, rested, elements, guards)
            if problem.rotation.ratio > 1:
                again = guards | {Lift(ROTATION)}
                yield _Guarded(pairing.offer, first, months, first + months, elements, again)


def _lift(hindrance: Hindrance, nation: str) -> Lift:
    return Lift(str(hindrance.kind), hindrance.told_of(nation))


def _with_tours(tables: Tables, requirement: int, guarded: Sequence[_Guarded]) -> Tables:
    """Tables with guarded tours behind the others; the tours of an offer then no longer lie together."""

    def joined(own: np.ndarray, more: Sequence[int]) -> np.ndarray:
        return np.concatenate([own, np.array(more, np.int64)])

    return tables._replace(
        requirement=joined(tables.requirement, [requirement] * len(guarded)),
        first=joined(tables.first, [tour.first for tour in guarded]),
        months=joined(tables.months, [tour.months for tour in guarded]),
        elements=joined(tables.elements, [tour.elements for tour in guarded]),
        busy_end=joined(tables.busy_end, [tour.busy_end for tour in guarded]),
        offer=joined(tables.offer, [tour.offer for tour in guarded]),
    )


def _guard(model: Model, first: int, guarded: Sequence[_Guarded], column_of: dict[Lift, int]) -> None:
    """Leave a guarded tour to nobody unless all that guards it is lifted."""
    pairs = [(number, column_of[lift]) for number, tour in enumerate(guarded) for lift in sorted(tour.guards)]
    if not pairs:
        return
    tours, lifts = np.array(pairs).T
    rows = np.arange(len(pairs))
    units = model.tables.most[model.tables.offer[first + tours]].astype(float)
    model.programme.add_rows(
        len(pairs),
        np.concatenate([rows, rows]),
        np.concatenate([model.tours[first + tours], lifts]),
        np.concatenate([np.ones(len(pairs)), -units]),
        upper=0,
    )


def _fill(model: Model, requirement: int) -> None:
    """Leave nothing short in the requirement."""
    ours = np.flatnonzero(model.cells[:, 0] == requirement)
    model.programme.add_rows(1, np.zeros(len(ours), int), model.short[ours], 1.0, upper=0)


def _keep_others(model: Model, requirement: int, chosen: np.ndarray, shortage: int) -> None:
    """Leave no more short elsewhere than is short now, unless shortage is lifted."""
    others = np.flatnonzero(model.cells[:, 0] != requirement)
    worth = model.tables.worth[tuple(model.cells[others].T)].astype(float)
    if not len(others):
        return
    now = np.concatenate([chosen, np.zeros(len(model.tours) - len(chosen), np.int64)])
    reached = float(worth @ shortages(model, now)[others])
    most = float(worth @ model.tables.need[tuple(model.cells[others].T)])
    scale = float(worth.max())
    model.programme.add_rows(
        1,
        np.zeros(len(others) + 1, int),
        np.append(model.short[others], shortage),
        np.append(worth, -most) / scale,
        upper=(reached + 0.5) / scale,
    )
