"""A linear programme in whole and real numbers, put together column by column and row by row, solved by HiGHS."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from muster.forces.matching.objectives import is_reached

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
INFINITE: Final = highspy.kHighsInf
_IMPOSSIBLE: Final = {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}
"""The second too: columns that lower a sum have an upper bound in every programme."""


class _Silent(highspy.Highs):
    """A solver that says nothing, not even its name while it is made: standard output belongs to commands."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - a name of the solver
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What a programme came to.

    Attributes
    ----------
    values
        Of the columns. Shape (n_columns,); None where none was found.
    bound
        What no solution falls below.
    is_impossible
        Whether it is proved that there is no solution.
    """

    values: Floats | None
    bound: float
    is_impossible: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What prices of the rows prove.

    Attributes
    ----------
    bound
        What no solution falls below.
    prices
        Of the rows. Shape (n_rows,).
    """

    bound: float
    prices: Floats


@dataclass(slots=True)
class Programme:
    """Columns and rows while they are put together; everything is minimised."""

    _lower: list[Floats] = field(default_factory=list)
    _upper: list[Floats] = field(default_factory=list)
    _whole: list[NDArray[np.bool_]] = field(default_factory=list)
    _row_lower: list[Floats] = field(default_factory=list)
    _row_upper: list[Floats] = field(default_factory=list)
    _entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add_columns(self, count: int, *, upper: ArrayLike = INFINITE, whole: bool = False) -> Ints:
        """Add columns from 0 up; gives their numbers."""
        self._lower.append(np.zeros(count))
        self._upper.append(np.broadcast_to(np.asarray(upper, float), count).copy())
        self._whole.append(np.full(count, whole))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def add_rows(
        self,
        count: int,
        rows: ArrayLike,
        columns: ArrayLike,
        values: ArrayLike,
        *,
        lower: ArrayLike = -INFINITE,
        upper: ArrayLike = INFINITE,
    ) -> Ints:
        """Add rows; gives their numbers.

        Parameters
        ----------
        rows, columns, values
            Entries: row within those added, column, factor. Shape (n_entries,) each; factors may be one for all.
        """
        at = np.asarray(rows, np.int64)
        self._entries.append(
            (
                at + self.rows,
                np.asarray(columns, np.int64),
                np.broadcast_to(np.asarray(values, float), at.shape).copy(),
            )
        )
        self._row_lower.append(np.broadcast_to(np.asarray(lower, float), count).copy())
        self._row_upper.append(np.broadcast_to(np.asarray(upper, float), count).copy())
        self.rows += count
        return np.arange(self.rows - count, self.rows)

    def minimise(
        self,
        costs: Floats,
        *,
        seconds: float,
        start: tuple[Ints, Ints] | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Solution:
        """Minimise a sum over the columns.

        Parameters
        ----------
        costs
            Shape (n_columns,), whole numbers where all columns that have one are whole.
        start
            Columns and their values in a solution to begin with; the solver finds the others itself.
        """
        began = time.monotonic()
        solution, objective = self._solve(costs, seconds, start, should_stop)
        # From a start the solver now and then gives the values of the start with the objective of a better solution.
        if (
            start is not None
            and solution.values is not None
            and not is_reached(float(costs @ solution.values), objective)
        ):
            left_s = max(0.0, seconds - (time.monotonic() - began))
            solution, _ = self._solve(costs, left_s, None, should_stop)
        return solution

    def _solve(
        self, costs: Floats, seconds: float, start: tuple[Ints, Ints] | None, should_stop: Callable[[], bool]
    ) -> tuple[Solution, float]:
        """Give a solution, and the objective that the solver says it has."""
        solver = _Silent()
        for name, value in (("time_limit", seconds), ("mip_rel_gap", 0.0), ("random_seed", 1)):
            solver.setOptionValue(name, value)
        solver.passModel(self.as_highs(costs))
        if start is not None:
            columns, values = start
            solver.setSolution(len(columns), columns.astype(np.int32), values.astype(float))
        _interrupt_when(solver, should_stop)
        solver.run()
        info: Any = solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        solved = np.array(solver.getSolution().col_value) if found else None
        is_whole = any(whole.any() for whole in self._whole)
        bound = info.mip_dual_bound if is_whole else info.objective_function_value
        is_impossible = solver.getModelStatus() in _IMPOSSIBLE
        return Solution(solved, float(bound), is_impossible), float(info.objective_function_value)

    def bound_by_prices(self, costs: Floats, *, seconds: float) -> Priced:
        r"""What no solution falls below, by prices of the rows that an interior point method proposes.

        .. math:: \sum_i \big(y_i^+ l_i - y_i^- u_i\big) + \sum_j \min(0, d_j)\, b_j, \qquad d = c - A^T y

        Any prices *y* prove it, as long as rows without an end on one side have none of that sign; so nothing hangs on
        how far the method came. *l*, *u* are the ends of rows, *b* the upper ends of columns.
        """
        solver = _Silent()
        for name, value in (("time_limit", seconds), ("solver", "ipm"), ("run_crossover", "off")):
            solver.setOptionValue(name, value)
        asked = self.as_highs(costs)
        asked.integrality_ = []
        solver.passModel(asked)
        solver.run()
        lower, upper, most = _joined(self._row_lower), _joined(self._row_upper), np.concatenate(self._upper)
        prices = np.array(solver.getSolution().row_dual)
        if len(prices) != self.rows:
            prices = np.zeros(self.rows)
        prices = np.where(prices > 0, np.where(np.isfinite(lower), prices, 0), np.where(np.isfinite(upper), prices, 0))
        matrix = asked.a_matrix_
        columns = sparse.csc_matrix((matrix.value_, matrix.index_, matrix.start_), shape=(self.rows, self.columns))
        rest = costs - columns.T @ prices
        ends = np.where(prices > 0, lower, np.where(prices < 0, upper, 0.0))
        return Priced(float(prices @ ends + np.minimum(0.0, rest) @ most), prices)

    def as_highs(self, costs: Floats) -> highspy.HighsLp:
        """The programme with an objective, as the solver reads it."""
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = self.columns, self.rows
        programme.col_cost_ = costs
        programme.col_lower_, programme.col_upper_ = np.concatenate(self._lower), np.concatenate(self._upper)
        programme.row_lower_, programme.row_upper_ = _joined(self._row_lower), _joined(self._row_upper)
        matrix = self._matrix()
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_, programme.a_matrix_.index_ = matrix.indptr, matrix.indices
        programme.a_matrix_.value_ = matrix.data
        kinds = highspy.HighsVarType
        programme.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in np.concatenate(self._whole)
        ]
        return programme

    def _matrix(self) -> sparse.csc_matrix:
        rows, columns, values = (_joined([entry[part] for entry in self._entries]) for part in range(3))
        return sparse.csc_matrix(
            (values, (rows.astype(np.int64), columns.astype(np.int64))), shape=(self.rows, self.columns)
        )


def _interrupt_when(solver: Any, should_stop: Callable[[], bool]) -> None:
    def look(event: Any) -> None:
        if should_stop():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(look)


def _joined(parts: Sequence[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0)
