"""Exact optimum of small deployment problems by constraint programming, written from the rules alone.

Kept: ready dates, chains of legs, travel, loading and unloading, voyages with their capacity, each asset's voyages and
empty trips in succession from its home, users, ramps, ro-ro berths, trains, crossings, credits and transhipment,
permits, joining and integration, lines that wait for others. Left out: join and cohesion windows, staging room, daily
limits, priorities. Every plan that checks accept is a solution of this model (a plan that starts to load early loses
nothing by starting later), so its optimum is no greater than that of any plan.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from muster.movement.problem import DIMENSIONS, SELF, Asset, Carrier, Leg, Line, Load, Problem, ResourceKind

WORKERS = 1
"""Cores that the constraint programme takes."""


@dataclass(frozen=True)
class Optimum:
    """Best value found, and whether it is proved to be the least."""

    value: int
    is_proved: bool


@dataclass
class _Slot:
    """The n-th loaded voyage of an asset, if it is made."""

    asset: Asset
    made: cp_model.IntVar
    start: cp_model.IntVar
    arrival: cp_model.IntVar
    by_leg: dict[str, cp_model.IntVar]
    aboard: list[tuple[Load, cp_model.IntVar]] = field(default_factory=list)


@dataclass(frozen=True)
class _Step:
    """What a load does on a leg of an itinerary, if it takes that itinerary."""

    taken: cp_model.IntVar
    start: cp_model.IntVar
    end: cp_model.IntVar


class ExactDeployment:
    """One problem as a constraint programme."""

    def __init__(self, problem: Problem, *, latest_min: int) -> None:
        self.problem, self.latest_min = problem, latest_min
        self.model = cp_model.CpModel()
        self.lasting: dict[tuple[str, ResourceKind], list[tuple[cp_model.IntervalVar, int]]] = defaultdict(list)
        self.counted: dict[tuple[str, ResourceKind], list[tuple[cp_model.LinearExprT, cp_model.IntVar, int]]]
        self.counted = defaultdict(list)
        self.slots = [slot for asset in problem.assets for slot in self._slots(asset)]
        self.closes = {line.uln: self._minute(f"closes {line.uln}") for line in problem.lines}
        for line in problem.lines:
            self._line(line)
        self._capacities()

    def closure(self, time_limit_s: float) -> Optimum:
        """Least closure of the last line."""
        last = self._minute("closure")
        self.model.add_max_equality(last, self.closes.values())
        return self._solve(last, time_limit_s)

    def weighted_lateness(self, time_limit_s: float) -> Optimum:
        """Least weighted lateness."""
        return self._solve(self._lateness(), time_limit_s)

    def best(self, time_limit_s: float) -> tuple[Optimum, Optimum]:
        """Least weighted lateness, and the least closure with that; each may take so long."""
        lateness = self._lateness()
        least = self._solve(lateness, time_limit_s)
        self.model.add(lateness <= least.value)
        return least, self.closure(time_limit_s)

    def _lateness(self) -> cp_model.LinearExprT:
        late = []
        for line in self.problem.lines:
            late.append(self._minute(f"late {line.uln}"))
            self.model.add(late[-1] >= self.closes[line.uln] - line.required_min)
        weights = [line.weight for line in self.problem.lines]
        return cp_model.LinearExpr.weighted_sum(late, weights)

    def _solve(self, objective: cp_model.LinearExprT, time_limit_s: float) -> Optimum:
        self.model.minimize(objective)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.max_time_in_seconds = time_limit_s
        solver.parameters.random_seed = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
        return Optimum(round(solver.objective_value), status == cp_model.OPTIMAL)

    def _minute(self, name: str) -> cp_model.IntVar:
        return self.model.new_int_var(0, self.latest_min, name)

    def _slots(self, asset: Asset) -> Iterator[_Slot]:
        kind = self.problem.asset_type_of[asset.asset_type_id]
        legs = [leg for leg in self.problem.legs if kind.asset_type_id in leg.travel_min]
        count = sum(load.cargo in kind.carries for load in self.problem.loads)
        longest = max(
            (
                sum(self.problem.leg_of[name].carrier is kind.carrier for name in itinerary.legs)
                for itinerary in self.problem.itineraries
            ),
            default=0,
        )
        before: _Slot | None = None
        for number in range(count * longest):
            name = f"{asset.asset_id} #{number}"
            slot = _Slot(
                asset, self.model.new_bool_var(name), self._minute(name), self._minute(name),
                {leg.leg_id: self.model.new_bool_var(f"{name} {leg.leg_id}") for leg in legs},
            )  # fmt: skip
            self.model.add(sum(slot.by_leg.values()) == slot.made)
            for leg in legs:
                self._voyage(slot, leg)
            self._succeed(slot, before, legs)
            before = slot
            yield slot

    def _voyage(self, slot: _Slot, leg: Leg) -> None:
        kind = self.problem.asset_type_of[slot.asset.asset_type_id]
        made, travel_min = slot.by_leg[leg.leg_id], leg.travel_min[kind.asset_type_id]
        departs = slot.start + kind.load_min
        self.model.add(slot.arrival >= departs + travel_min).only_enforce_if(made)
        self.model.add(slot.start >= slot.asset.available_from_min).only_enforce_if(made)
        if leg.carrier is Carrier.TRAIN:
            self._hold(leg.origin, ResourceKind.RAMP, slot.start, kind.load_min, made)
            self._hold(leg.destination, ResourceKind.RAMP, slot.arrival, kind.unload_min, made)
            self.counted[leg.origin, ResourceKind.TRAINS].append((departs, made, 1))
            self.counted[leg.destination, ResourceKind.TRAINS].append((slot.arrival, made, 1))
            self.counted[leg.origin, ResourceKind.TRANSHIPMENT].append((slot.start, made, kind.wagons))
        if leg.carrier is Carrier.RORO_SHIP:
            self._hold(leg.origin, ResourceKind.BERTH_RORO, slot.start, kind.load_min, made)
            self._hold(leg.destination, ResourceKind.BERTH_RORO, slot.arrival, kind.unload_min, made)
        for passage in leg.passages:
            met = departs + travel_min * passage.distance_m // leg.distance_m
            if leg.carrier is Carrier.TRAIN:
                self.counted[passage.crossing, ResourceKind.CROSSING_WAGONS].append((met, made, kind.wagons))
            else:
                self.counted[passage.crossing, ResourceKind.CROSSING_VEHICLES].append((met, made, kind.vehicles))
                self.counted[passage.crossing, ResourceKind.CREDITS].append((met, made, 1))

    def _succeed(self, slot: _Slot, before: _Slot | None, legs: Sequence[Leg]) -> None:
        kind = self.problem.asset_type_of[slot.asset.asset_type_id]
        for leg in legs:
            made = slot.by_leg[leg.leg_id]
            if before is None:
                empty_min = self._empty_min(kind.mobility_id, slot.asset.home, leg.origin)
                self.model.add(slot.start >= slot.asset.available_from_min + empty_min).only_enforce_if(made)
                continue
            self.model.add_implication(slot.made, before.made)
            for other in legs:
                empty_min = self._empty_min(kind.mobility_id, other.destination, leg.origin)
                ready = before.arrival + kind.unload_min + empty_min
                self.model.add(slot.start >= ready).only_enforce_if(made, before.by_leg[other.leg_id])

    def _empty_min(self, mobility_id: str, origin: str, destination: str) -> int:
        mobility = self.problem.mobility_of[mobility_id]
        row, column = mobility.places.index(origin), mobility.places.index(destination)
        minutes = mobility.travel_min[row][column]
        assert minutes is not None
        return minutes

    def _line(self, line: Line) -> None:
        closes, joined = self.closes[line.uln], self._minute(f"joined {line.uln}")
        for load_id in line.loads:
            load = self.problem.load_of[load_id]
            options = []
            for name in load.itineraries:
                itinerary = self.problem.itinerary_of[name]
                taken = self.model.new_bool_var(f"{load_id} {name}")
                options.append(taken)
                at: cp_model.LinearExprT = line.ready_min
                for index, leg_id in enumerate(itinerary.legs):
                    step = self._step(line, load, self.problem.leg_of[leg_id], taken, f"{load_id} {name} {index}")
                    after = joined + line.integration_min if index == itinerary.staged_after else at
                    self.model.add(step.start >= after).only_enforce_if(taken)
                    for ahead in line.after:
                        self.model.add(step.start >= self.closes[ahead]).only_enforce_if(taken)
                    self.model.add(step.start >= at).only_enforce_if(taken)
                    at = step.end
                    if index + 1 == itinerary.staged_after:
                        self.model.add(joined >= at).only_enforce_if(taken)
                self.model.add(closes >= at).only_enforce_if(taken)
            self.model.add_exactly_one(options)

    def _step(self, line: Line, load: Load, leg: Leg, taken: cp_model.IntVar, name: str) -> _Step:
        step = _Step(taken, self._minute(f"{name} starts"), self._minute(f"{name} ends"))
        if leg.carrier.is_self:
            self.model.add(step.end >= step.start + leg.travel_min[SELF]).only_enforce_if(taken)
            self._permits(line, leg, step.start, leg.travel_min[SELF], taken)
            for passage in leg.passages:
                met = step.start + leg.travel_min[SELF] * passage.distance_m // leg.distance_m
                self.counted[passage.crossing, ResourceKind.CROSSING_VEHICLES].append((met, taken, load.vehicles))
                self.counted[passage.crossing, ResourceKind.CREDITS].append((met, taken, 1))
            return step
        rides = []
        for slot in self.slots:
            kind = self.problem.asset_type_of[slot.asset.asset_type_id]
            users = slot.asset.users
            if leg.leg_id not in slot.by_leg or load.cargo not in kind.carries or (users and line.nation not in users):
                continue
            rides.append(self.model.new_bool_var(f"{name} on {slot.made.name}"))
            self.model.add_implication(rides[-1], slot.by_leg[leg.leg_id])
            self.model.add(step.start == slot.start).only_enforce_if(rides[-1])
            self.model.add(step.end == slot.arrival + kind.unload_min).only_enforce_if(rides[-1])
            departs = slot.start + kind.load_min
            self._permits(line, leg, departs, leg.travel_min[kind.asset_type_id], rides[-1])
            slot.aboard.append((load, rides[-1]))
        self.model.add(sum(rides) == taken)
        return step

    def _permits(
        self, line: Line, leg: Leg, departs: cp_model.LinearExprT, travel_min: int, made: cp_model.IntVar
    ) -> None:
        for entry in leg.countries:
            for permit in self.problem.permits if entry.distance_m else ():
                if (permit.nation, permit.country) == (line.nation, entry.country):
                    assert permit.granted_min is not None
                    met = departs + travel_min * entry.distance_m // leg.distance_m
                    self.model.add(met >= permit.granted_min).only_enforce_if(made)

    def _hold(
        self, place: str, kind: ResourceKind, start: cp_model.IntVar, lasts_min: int, made: cp_model.IntVar
    ) -> None:
        interval = self.model.new_optional_fixed_size_interval_var(start, lasts_min, made, f"{place} {made.name}")
        self.lasting[place, kind].append((interval, 1))

    def _capacities(self) -> None:
        for slot in self.slots:
            kind = self.problem.asset_type_of[slot.asset.asset_type_id]
            for dimension in DIMENSIONS:
                limit = getattr(kind.capacity, dimension)
                if limit is not None:
                    self.model.add(
                        sum(getattr(load.size, dimension) * aboard for load, aboard in slot.aboard) <= limit
                    )  # fmt: skip
        for resource in self.problem.resources:
            capacity = resource.steps[0].capacity
            if resource.period_min is None:
                held = self.lasting[resource.place, resource.kind]
                self.model.add_cumulative([use for use, _ in held], [amount for _, amount in held], capacity)
            else:
                self._by_period(self.counted[resource.place, resource.kind], resource.period_min, capacity)

    def _by_period(
        self, uses: Sequence[tuple[cp_model.LinearExprT, cp_model.IntVar, int]], period_min: int, capacity: int
    ) -> None:
        periods = range(self.latest_min // period_min + 1)
        falls: dict[int, list[cp_model.LinearExprT]] = {period: [] for period in periods}
        for minute, made, amount in uses:
            here = [self.model.new_bool_var(f"{made.name} in {period}") for period in periods]
            self.model.add(sum(here) == made)
            for period, falls_here in zip(periods, here, strict=True):
                self.model.add(minute >= period * period_min).only_enforce_if(falls_here)
                self.model.add(minute < (period + 1) * period_min).only_enforce_if(falls_here)
                falls[period].append(amount * falls_here)
        for taken in falls.values():
            self.model.add(sum(taken) <= capacity)
