"""The linear programme over the choices found so far; it proposes prices and proves nothing by itself."""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy import sparse

from muster.movement.formulation.choices import Floats, Ints
from muster.movement.formulation.rows import Row, matrix

LACK_COST = 1e3
"""Cost of lacking all that a row has once more; keeps the programme feasible and its prices finite."""


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


class Master:
    """Minimise the cost of choices and, where closure is asked, the days by which all is done.

    Attributes
    ----------
    rides
        The rides of each choice. Shape (n_choices, n_rides).
    """

    def __init__(self, group_count: int, ride_count: int, *, day_cost: float = 0.0) -> None:
        self.highs = _Silent()
        self.ride_count = ride_count
        self.group_count = group_count
        self.rows: list[Row] = []
        self.scale: list[float] = []
        self.rides = sparse.csr_array((0, ride_count))
        self.column: Ints = np.zeros(0, dtype=np.int64)
        none, no_value = np.zeros(0, dtype=np.int32), np.zeros(0)
        self.highs.addCol(day_cost, 0.0, highspy.kHighsInf, 0, none, no_value)
        for _ in range(group_count):
            self.highs.addRow(1.0, highspy.kHighsInf, 0, none, no_value)

    def add_rows(self, rows: Sequence[Row], room: Floats, room_per_day: Floats) -> None:
        """Add rows: what choices take stays within ``room + room_per_day * days``."""
        taken = sparse.csr_array(matrix(rows, self.ride_count) @ self.rides.T)
        for index, row in enumerate(rows):
            grows = room_per_day[index] > 0
            scale = 1.0 / float(room_per_day[index] if grows else max(room[index], 1.0))
            span = slice(taken.indptr[index], taken.indptr[index + 1])
            columns, values = self.column[taken.indices[span]], taken.data[span] * scale
            if grows:
                columns, values = np.append(columns, 0), np.append(values, -room_per_day[index] * scale)
            upper = float(room[index]) * scale
            number = self.highs.getNumRow()
            self.highs.addRow(-highspy.kHighsInf, upper, len(columns), columns.astype(np.int32), values)
            if not grows:
                lack = np.array([number], dtype=np.int32)
                self.highs.addCol(LACK_COST, 0.0, highspy.kHighsInf, 1, lack, np.array([-1.0]))
            self.rows.append(row)
            self.scale.append(scale)

    def add_choices(self, groups: Ints, costs: Floats, rides: sparse.csr_array) -> None:
        """Add choices, each of one group, with the rides they make."""
        taken = sparse.csr_array(rides @ matrix(self.rows, self.ride_count).T)
        scale = np.array(self.scale)
        starts, indices, values = [0], [], []
        for index, group in enumerate(groups.tolist()):
            span = slice(taken.indptr[index], taken.indptr[index + 1])
            at = taken.indices[span]
            indices += [np.array([group]), at + self.group_count]
            values += [np.ones(1), taken.data[span] * scale[at]]
            starts.append(starts[-1] + 1 + len(at))
        first, count = self.highs.getNumCol(), len(groups)
        upper = np.full(count, highspy.kHighsInf)
        self.highs.addCols(
            count, costs, np.zeros(count), upper, starts[-1], np.array(starts[:-1], dtype=np.int32),
            np.concatenate(indices).astype(np.int32), np.concatenate(values),
        )  # fmt: skip
        self.rides = sparse.csr_array(sparse.vstack([self.rides, rides]))
        self.column = np.concatenate((self.column, np.arange(first, first + count)))

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
    def flow(self) -> Floats:
        """How much each ride is made. Shape (n_rides,)."""
        values = np.array(self.highs.getSolution().col_value)[self.column]
        return np.asarray(values @ self.rides, dtype=np.float64)

    @property
    def prices(self) -> Floats:
        """What one unit of each row is worth, at least nothing. Shape (n_rows,)."""
        duals = -np.array(self.highs.getSolution().row_dual[self.group_count :])
        return np.asarray(np.maximum(duals, 0.0) * np.array(self.scale), dtype=np.float64)

    @property
    def rents(self) -> Floats:
        """What each group pays at least. Shape (n_groups,)."""
        return np.array(self.highs.getSolution().row_dual[: self.group_count])
