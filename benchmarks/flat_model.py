"""The deployment problem as one time-expanded mixed-integer programme for HiGHS: the plain way to write it down.

Time falls into buckets. A load starts on a leg at the beginning of a bucket and is there in the bucket in which the leg
has ended; whole numbers of voyages start on each leg, with the sum of the loads aboard within the sum of their
capacity; a fleet is what is under way from its home and back; places count by the day. Cumulative arrivals at the
staging area and at the destination keep integration, join and cohesion windows. The order of priorities and how loads
fit into single voyages are left out, so what it finds is no plan yet: a real one is later, or starts between buckets.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import highspy
import numpy as np

from muster.measures import MINUTES_PER_DAY
from muster.movement.problem import DIMENSIONS, Problem
from muster.movement.search import Board
from muster.movement.search.choices import Freight, Hop, Service, Unit
from muster.movement.search.tables import OWN_PEOPLE, OWN_VEHICLES

BUCKET_MIN: Final = 360


@dataclass(frozen=True, slots=True)
class FlatAnswer:
    """What the programme came to.

    Attributes
    ----------
    lateness_min
        Weighted lateness of its solution; None without one.
    bound_min
        Weighted lateness below which the programme has no solution.
    status
        What the solver says, or that there was no time for it.
    """

    rows: int
    columns: int
    nonzeros: int
    status: str
    lateness_min: float | None
    bound_min: float


def solve_flat(problem: Problem, *, until_min: int, seed: int, time_limit_s: float, workers: int) -> FlatAnswer:
    """Write the programme down and solve it within the time; the solver may take some seconds more to stop.

    Parameters
    ----------
    until_min
        Everything is over by then, in the programme.
    """
    began_s = time.monotonic()
    flat = _Flat(problem, until_min)
    size = len(flat.rows_lower), len(flat.costs), len(flat.values)
    left_s = time_limit_s - (time.monotonic() - began_s)
    if left_s <= 0:
        return FlatAnswer(*size, "written down when the time was up", None, 0.0)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", left_s)
    solver.setOptionValue("threads", workers)
    solver.setOptionValue("random_seed", seed)
    solver.passModel(flat.programme())
    solver.run()
    info = solver.getInfo()
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    status = solver.modelStatusToString(solver.getModelStatus())
    late_min = info.objective_function_value if is_found else None
    return FlatAnswer(*size, status, late_min, max(0.0, info.mip_dual_bound))


@dataclass
class _Flat:
    """Rows and columns, written down one after the other."""

    problem: Problem
    until_min: int
    costs: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    rows_lower: list[float] = field(default_factory=list)
    rows_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.buckets = self.until_min // BUCKET_MIN
        self.counted: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        self.held: dict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
        self.aboard: dict[tuple[Service, int], list[tuple[int, Freight]]] = defaultdict(list)
        for unit in Board(self.problem).units:
            self._line(unit)
        self._voyages()
        for (resource, _), terms in self.counted.items():
            self._row(terms, most=self.problem.resources[resource].steps[0].capacity)
        assets = [asset.asset_type_id for asset in self.problem.assets]
        for (kind, _), terms in self.held.items():
            self._row(terms, most=assets.count(kind))

    def _column(self, *, most: float = 1.0, cost: float = 0.0, is_whole: bool = False) -> int:
        self.costs.append(cost)
        self.most.append(most)
        self.is_whole.append(is_whole)
        return len(self.costs) - 1

    def _row(
        self, terms: Iterable[tuple[int, float]], *, least: float = -highspy.kHighsInf, most: float = highspy.kHighsInf
    ) -> None:
        self.starts.append(len(self.indices))
        for column, value in terms:
            self.indices.append(column)
            self.values.append(value)
        self.rows_lower.append(least)
        self.rows_upper.append(most)

    def _line(self, unit: Unit) -> None:
        line = unit.line
        joined = self._rising()
        first, last = self._rising(), self._rising()
        staged_first = self._rising()
        for freight in unit.freights:
            staged, onward, reached = self._freight(freight)
            self._within(staged, staged_first, joined, line.join_window_min)
            self._within(reached, first, last, line.cohesion_window_min)
            shift = -(-line.integration_min // BUCKET_MIN)
            for bucket in range(self.buckets):
                before = bucket - shift
                self._row([(onward[bucket], 1), *([(joined[before], -1)] if before >= 0 else [])], most=0)
        for bucket in range(line.required_min // BUCKET_MIN, self.buckets):
            late_min = min(BUCKET_MIN, (bucket + 1) * BUCKET_MIN - line.required_min)
            missing = self._column(cost=line.weight * late_min)
            self._row([(missing, 1), (last[bucket], 1)], least=1)

    def _rising(self) -> list[int]:
        """How much of something has happened by each bucket."""
        columns = [self._column() for _ in range(self.buckets)]
        for one, after in pairwise(columns):
            self._row([(after, 1), (one, -1)], least=0)
        return columns

    def _within(self, own: Sequence[int], first: Sequence[int], last: Sequence[int], window_min: int) -> None:
        """Keep what a load has done between the first and the last of its line, a window apart at most."""
        for bucket in range(self.buckets):
            self._row([(last[bucket], 1), (own[bucket], -1)], most=0)
            self._row([(first[bucket], 1), (own[bucket], -1)], least=0)
            self._row(
                [(own[min(bucket + window_min // BUCKET_MIN, self.buckets - 1)], 1), (first[bucket], -1)], least=0
            )

    def _freight(self, freight: Freight) -> tuple[list[int], list[int], list[int]]:
        """What has joined, gone on and reached its end by each bucket, of one load."""
        hops = dict.fromkeys(hop for way in freight.ways for hop in (*way.before, *way.onward))
        staging = {way.before[-1].leg.destination for way in freight.ways}
        ends = {way.onward[-1].leg.destination for way in freight.ways}
        gone: dict[str, list[list[tuple[int, float]]]] = defaultdict(self._nothing)
        come: dict[str, list[list[tuple[int, float]]]] = defaultdict(self._nothing)
        for hop in hops:
            self._ride(freight, hop, gone[hop.leg.origin], come[hop.leg.destination])
        everything = [term for terms in gone[freight.unit.line.origin] for term in terms]
        self._row(everything, least=1, most=1)
        sums = {place: (self._summed(come[place]), self._summed(gone[place])) for place in [*come] if place not in ends}
        for arrived, left in sums.values():
            for bucket in range(self.buckets):
                self._row([(left[bucket], 1), (arrived[bucket], -1)], most=0)
        (yard,), (end,) = staging, ends
        return *sums[yard], self._summed(come[end])

    def _nothing(self) -> list[list[tuple[int, float]]]:
        return [[] for _ in range(self.buckets)]

    def _summed(self, terms: Sequence[Sequence[tuple[int, float]]]) -> list[int]:
        columns = [self._column() for _ in range(self.buckets)]
        for bucket, column in enumerate(columns):
            before = [(columns[bucket - 1], -1.0)] if bucket else []
            self._row([(column, 1), *before, *((term, -value) for term, value in terms[bucket])], least=0, most=0)
        return columns

    def _ride(
        self, freight: Freight, hop: Hop, gone: list[list[tuple[int, float]]], come: list[list[tuple[int, float]]]
    ) -> None:
        (option,) = freight.options[hop]
        service = option.service
        first = -(-max(freight.unit.line.ready_min, option.least_start_min) // BUCKET_MIN)
        lasts = -(-service.duration_min // BUCKET_MIN)
        for bucket in range(first, self.buckets - lasts):
            column = self._column(is_whole=True)
            gone[bucket].append((column, 1))
            come[bucket + lasts].append((column, 1))
            if service.kind is None:
                self._count(service, bucket, column, freight)
            else:
                self.aboard[service, bucket].append((column, freight))

    def _voyages(self) -> None:
        """Let whole voyages carry the loads that start on a leg together."""
        for (service, bucket), loads in self.aboard.items():
            voyages = self._column(most=len(loads), is_whole=True)
            for dimension in range(len(DIMENSIONS)):
                terms = [(column, float(freight.size[dimension])) for column, freight in loads]
                if any(size for _, size in terms):
                    self._row([*terms, (voyages, -float(service.capacity[dimension]))], most=0)
            self._count(service, bucket, voyages, loads[0][1])
            self._hold(service, bucket, voyages)

    def _count(self, service: Service, bucket: int, column: int, freight: Freight) -> None:
        reached_min = service.load_min + service.travel_min
        counted = [*service.counted, *((r, reached_min + after, n) for r, after, n in service.at_arrival)]
        for resource, after_min, amount in counted:
            load = freight.load
            real = {OWN_VEHICLES: load.vehicles, OWN_PEOPLE: load.people}.get(amount, amount)
            day = (bucket * BUCKET_MIN + after_min) // MINUTES_PER_DAY
            self.counted[resource, day].append((column, float(real)))

    def _hold(self, service: Service, bucket: int, column: int) -> None:
        """Hold an asset from when it leaves its home empty until it is back."""
        assert service.kind is not None
        mobility = self.problem.mobility_of[service.kind.mobility_id]
        home = mobility.places.index(self.problem.assets[service.assets[0]].home)
        out_min = mobility.travel_min[home][service.origin_row] or 0
        back_min = mobility.travel_min[service.destination_row][home] or 0
        first = (bucket * BUCKET_MIN - out_min) // BUCKET_MIN
        last = -(-(bucket * BUCKET_MIN + service.duration_min + back_min) // BUCKET_MIN)
        for held in range(max(0, first), min(self.buckets, last)):
            self.held[service.kind.asset_type_id, held].append((column, 1.0))

    def programme(self) -> highspy.HighsLp:
        """Everything as the solver takes it."""
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.costs), len(self.rows_lower)
        programme.col_cost_ = np.array(self.costs)
        programme.col_lower_, programme.col_upper_ = np.zeros(len(self.costs)), np.array(self.most)
        programme.row_lower_, programme.row_upper_ = np.array(self.rows_lower), np.array(self.rows_upper)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = np.array([*self.starts, len(self.indices)])
        programme.a_matrix_.index_ = np.array(self.indices)
        programme.a_matrix_.value_ = np.array(self.values)
        kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
        programme.integrality_ = [kinds[is_whole] for is_whole in self.is_whole]
        return programme
