"""What a matching is measured against: a greedy pass, and the one programme that a good engineer would write first."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from muster.forces.matching.formulation.aims import COSTS
from muster.forces.matching.formulation.model import make_model
from muster.forces.matching.objectives import Aim, unit_of_cost
from muster.forces.matching.part import Board, lay_out
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.search.board import Board as Standing
from muster.forces.matching.search.board import empty_board, may_serve, move


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a baseline came to; None where it found, or proved, nothing."""

    value: int | None
    bound: int | None
    wall_s: float


def greedy(problem: MatchingProblem) -> Baseline:
    """One pass by criticality: month by month, the first offer that has a unit free fills what is short."""
    started = time.monotonic()
    laid_out = lay_out(problem)
    tables, board = laid_out.tables, empty_board(laid_out.tables)
    free_from = np.zeros(len(tables.unit_offer), np.int64)
    tours_of: dict[tuple[int, int], list[int]] = {}
    for tour in range(laid_out.size):
        tours_of.setdefault((int(tables.requirement[tour]), int(tables.first[tour])), []).append(tour)
    order = sorted(range(len(problem.requirements)), key=lambda row: problem.requirements[row].criticality)
    for row in order:
        for month in range(problem.months):
            for tour in tours_of.get((row, month), ()):
                if board.in_place[row, month] >= tables.need[row, month]:
                    break
                _serve_all(laid_out, board, free_from, tour)
    value = int((tables.worth * np.minimum(tables.need, board.in_place)).sum())
    return Baseline(value, None, time.monotonic() - started)


def _serve_all(laid_out: Board, board: Standing, free_from: np.ndarray, tour: int) -> None:
    """Give a tour to units of its offer while they are free, allowed and needed."""
    tables = laid_out.tables
    offer, row, month = int(tables.offer[tour]), int(tables.requirement[tour]), int(tables.first[tour])
    for unit in range(int(tables.unit_first[offer]), int(tables.unit_first[offer + 1])):
        if board.in_place[row, month] >= tables.need[row, month] or not may_serve(tables, board, offer, tour):
            return
        if free_from[unit] <= month:
            move(tables, board, offer, tour, 1)
            free_from[unit] = tables.busy_end[tour]


def one_programme(problem: MatchingProblem, *, seconds: float) -> Baseline:
    """All tours of all offers in one mixed integer programme, solved by HiGHS in one shot."""
    started = time.monotonic()
    board = lay_out(problem)
    model = make_model(board.tables)
    costs = COSTS[Aim.COVERAGE](model, board.options)
    left_s = max(1.0, seconds - (time.monotonic() - started))
    solution = model.programme.minimise(costs, seconds=left_s)
    found = None if solution.values is None else float(costs @ solution.values)
    value = None if found is None else int(unit_of_cost(problem, Aim.COVERAGE, found))
    bound = int(unit_of_cost(problem, Aim.COVERAGE, solution.bound)) if np.isfinite(solution.bound) else None
    return Baseline(value, bound, time.monotonic() - started)


def constraint_programme(problem: MatchingProblem, *, seconds: float) -> Baseline:
    """The same programme, given to CP-SAT with two workers."""
    started = time.monotonic()
    board = lay_out(problem)
    model = make_model(board.tables)
    costs = COSTS[Aim.COVERAGE](model, board.options)
    asked = _as_constraints(model.programme.as_highs(costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.monotonic() - started))
    found = solver.solve(asked) in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    value = int(unit_of_cost(problem, Aim.COVERAGE, solver.objective_value)) if found else None
    bound = int(unit_of_cost(problem, Aim.COVERAGE, solver.best_objective_bound))
    return Baseline(value, bound, time.monotonic() - started)


def _as_constraints(programme: Any) -> cp_model.CpModel:
    """A programme of whole numbers as CP-SAT has it."""
    asked = cp_model.CpModel()
    columns = [
        asked.new_int_var(int(low), int(high), "")
        for low, high in zip(programme.col_lower_, programme.col_upper_, strict=True)
    ]
    entries = programme.a_matrix_
    matrix = sparse.csc_matrix(
        (entries.value_, entries.index_, entries.start_), shape=(programme.num_row_, programme.num_col_)
    ).tocsr()
    for row, (low, high) in enumerate(zip(programme.row_lower_, programme.row_upper_, strict=True)):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = [columns[column] for column in matrix.indices[part]]
        total = cp_model.LinearExpr.weighted_sum(terms, matrix.data[part].astype(int).tolist())
        if np.isfinite(low):
            asked.add(total >= int(low))
        if np.isfinite(high):
            asked.add(total <= int(high))
    costs = np.asarray(programme.col_cost_).astype(int)
    asked.minimize(cp_model.LinearExpr.weighted_sum(columns, costs.tolist()))
    return asked
