"""The linear programme over the choices found so far; it proposes prices and proves nothing by itself."""

import highspy
import numpy as np
from scipy import sparse

from muster.movement.formulation.choices import Floats, Ints

KEEP = 0.75
"""Part of the flow of the rounds before that is kept: rows against a steady flow are broken by more flows."""
ROUNDS = 12
"""Rounds of new rows without any gain after which no more are sought."""
RISE = 1e-3
"""Relative gain that counts."""


class _Silent(highspy.Highs):
    """A solver that says nothing, not even its name while it is made: standard output belongs to commands."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - a name of the solver
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def transport_prices(cost: Floats, supply: Floats, demand: Floats) -> Floats:
    """What one more unit at each demand costs in the cheapest transport; nothing where there is none.

    Parameters
    ----------
    cost
        From each supply to each demand. Shape (n_supplies, n_demands).
    """
    rows, columns = cost.shape
    solver = _Silent()
    none, no_value = np.zeros(0, dtype=np.int32), np.zeros(0)
    for amount in supply.tolist():
        solver.addRow(-highspy.kHighsInf, amount, 0, none, no_value)
    for amount in demand.tolist():
        solver.addRow(amount, highspy.kHighsInf, 0, none, no_value)
    count = rows * columns
    ends = np.column_stack((np.repeat(np.arange(rows), columns), rows + np.tile(np.arange(columns), rows)))
    solver.addCols(
        count, cost.ravel(), np.zeros(count), np.full(count, highspy.kHighsInf), 2 * count,
        np.arange(0, 2 * count, 2, dtype=np.int32), ends.ravel().astype(np.int32), np.ones(2 * count),
    )  # fmt: skip
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return np.zeros(columns)
    return np.array(solver.getSolution().row_dual[rows:])


class Patience:
    """Tells when a value has stopped rising."""

    def __init__(self) -> None:
        self.best, self.left = -np.inf, ROUNDS

    def lasts(self, value: float) -> bool:
        """Whether the value has risen in the last rounds."""
        if value > self.best + RISE * abs(value):
            self.best, self.left = value, ROUNDS
        self.left -= 1
        return self.left >= 0


class Master:
    """Minimise the cost of choices and, where closure is asked, the days by which all is done.

    Each group makes one choice, in parts; each row limits what choices take. A row whose room does not grow with the
    days may lack room, once more all that it has at a cost of its own: that keeps prices finite, and near to those
    that are known to be good.

    Parameters
    ----------
    is_central
        Solve by an interior point method without a last step to a corner. Its prices lie amid all that are as good,
        which makes better bounds of them, and many choices at a time.
    """

    def __init__(self, group_count: int, *, day_cost: float, is_central: bool = False) -> None:
        self.highs = _Silent()
        if is_central:
            self.highs.setOptionValue("solver", "ipm")
            self.highs.setOptionValue("run_crossover", "off")
        self.lack_cost: Floats = np.zeros(0)
        self.lack_column: Ints = np.zeros(0, dtype=np.int64)
        self.group_count = group_count
        self.scale: Floats = np.zeros(0)
        self.column: Ints = np.zeros(0, dtype=np.int64)
        none, no_value = np.zeros(0, dtype=np.int32), np.zeros(0)
        self.highs.addCol(day_cost, 0.0, highspy.kHighsInf, 0, none, no_value)
        for _ in range(group_count):
            self.highs.addRow(1.0, highspy.kHighsInf, 0, none, no_value)

    def add_rows(self, taken: sparse.csr_array, room: Floats, room_per_day: Floats, lack_cost: Floats) -> None:
        """Add rows: what choices take stays within ``room + room_per_day * days``.

        Parameters
        ----------
        taken
            What each choice so far takes of each new row. Shape (n_new_rows, n_choices).
        lack_cost
            What it costs to lack all the room of each row once more, where it does not grow.
        """
        grows = room_per_day > 0
        scale = 1.0 / np.where(grows, room_per_day, np.maximum(room, 1.0))
        for index in range(len(room)):
            span = slice(taken.indptr[index], taken.indptr[index + 1])
            columns, values = self.column[taken.indices[span]], taken.data[span] * scale[index]
            if grows[index]:
                columns, values = np.append(columns, 0), np.append(values, -1.0)
            number = self.highs.getNumRow()
            upper = float(room[index] * scale[index])
            self.highs.addRow(-highspy.kHighsInf, upper, len(columns), columns.astype(np.int32), values)
            if not grows[index]:
                lack = np.array([number], dtype=np.int32)
                self.lack_column = np.append(self.lack_column, self.highs.getNumCol())
                self.highs.addCol(lack_cost[index], 0.0, highspy.kHighsInf, 1, lack, np.array([-1.0]))
        self.lack_cost = np.concatenate((self.lack_cost, lack_cost[~grows]))
        self.scale = np.concatenate((self.scale, scale))

    def raise_lack(self, factor: float) -> bool:
        """Make it dearer to lack what the solution lacks; whether it lacks anything."""
        lacks = np.flatnonzero(np.array(self.highs.getSolution().col_value)[self.lack_column] > 1e-6)
        self.lack_cost[lacks] *= factor
        for index in lacks.tolist():
            self.highs.changeColCost(int(self.lack_column[index]), float(self.lack_cost[index]))
        return bool(len(lacks))

    def add_choices(self, groups: Ints, costs: Floats, taken: sparse.csr_array) -> None:
        """Add choices, each of one group.

        Parameters
        ----------
        taken
            What each new choice takes of each row. Shape (n_new_choices, n_rows).
        """
        indices, values = [], []
        for index, group in enumerate(groups.tolist()):
            span = slice(taken.indptr[index], taken.indptr[index + 1])
            at = taken.indices[span]
            indices += [np.array([group]), at + self.group_count]
            values += [np.ones(1), taken.data[span] * self.scale[at]]
        starts = taken.indptr[:-1] + np.arange(len(groups))
        first, count = self.highs.getNumCol(), len(groups)
        self.highs.addCols(
            count, costs, np.zeros(count), np.full(count, highspy.kHighsInf), taken.nnz + count,
            starts.astype(np.int32), np.concatenate(indices).astype(np.int32), np.concatenate(values),
        )  # fmt: skip
        self.column = np.concatenate((self.column, np.arange(first, first + count)))

    def bend_rows(self, room: Floats, room_per_day: Floats) -> None:
        """Replace the room of all rows, as it is near another closure."""
        for index, scale in enumerate(self.scale.tolist()):
            number = self.group_count + index
            self.highs.changeRowBounds(number, -highspy.kHighsInf, float(room[index]) * scale)
            self.highs.changeCoeff(number, 0, -float(room_per_day[index]) * scale)

    def raise_days(self, days: float) -> None:
        """Ask for no less than so many days."""
        self.highs.changeColBounds(0, days, highspy.kHighsInf)

    def solve(self, time_limit_s: float) -> bool:
        """Solve from the last basis; False when time runs out first."""
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(time_limit_s, 0.0))
        self.highs.run()
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    @property
    def objective(self) -> float:
        """Cost of the solution."""
        return float(self.highs.getInfo().objective_function_value)

    @property
    def days(self) -> float:
        """Days by which all is done."""
        return float(self.highs.getSolution().col_value[0])

    @property
    def parts(self) -> Floats:
        """How much of each choice is made. Shape (n_choices,)."""
        return np.array(self.highs.getSolution().col_value)[self.column]

    @property
    def prices(self) -> Floats:
        """What one unit of each row is worth, at least nothing. Shape (n_rows,)."""
        duals = -np.array(self.highs.getSolution().row_dual[self.group_count :])
        return np.asarray(np.maximum(duals, 0.0) * self.scale, dtype=np.float64)

    @property
    def rents(self) -> Floats:
        """What each group pays at least. Shape (n_groups,)."""
        return np.array(self.highs.getSolution().row_dual[: self.group_count])
