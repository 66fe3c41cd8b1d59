"""The deployment problem as one constraint programme for CP-SAT: what the planner is measured against.

Theory of operation. Every load takes one of its ways; on each leg it has a start. A voyage belongs to the first of the
loads aboard, its *leader*: a load leads on a leg or joins an earlier one that leads, at the same minute and within the
capacity, so that equal voyages are not told apart. A fleet is one cumulative resource: a voyage holds an asset from
when it leaves its home empty until it is back there, and who has an asset follows from the times. What counts by
the day is a cumulative over days, with the day of a use as a variable. Join, integration and cohesion are the maxima
and minima of the ends. Weighted lateness is minimised; all lines move.

Starts at full hours and the order in which a movement cell would place lines, given to one of the solver's searches,
were found by trial on problems of 20 to 200 lines: with starts at any minute, or with the solver's own searches alone,
20 lines in series had no solution after 15 s, because the search crept on minute by minute. No solution is given to
begin with.

Returning home after each voyage is the one other restriction that the checks do not ask for. In generated problems
round trips begin and end at their fleet's home or near it, so that it costs little; a circuit of voyages for each asset
would take a literal for every asset and pair of voyages. Loads whose lines are ready more than :data:`TOGETHER_D` days
apart do not share voyages.

The order of priorities speaks of pairs of loads on a leg, far more than matter. It is added for the pairs that a
solution breaks, and the programme is solved again, beginning from that solution.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Final

from ortools.sat.python import cp_model

import muster
from muster.measures import MINUTES_PER_DAY
from muster.movement.plan import Move, Plan, Step, Voyage
from muster.movement.problem import Problem
from muster.movement.search import Board
from muster.movement.search.choices import Freight, Hop, Option, Unit, Way
from muster.movement.search.tables import OWN_PEOPLE, OWN_VEHICLES

STARTS_EVERY_MIN: Final = 60
"""Legs start at multiples of this."""
TOGETHER_D: Final = 3
"""Days between the ready dates of two lines whose loads may share a voyage."""


@dataclass(slots=True)
class _Ride:
    """What a load does on a leg, if it takes it.

    Attributes
    ----------
    leads
        Whether it leads a voyage.
    joins
        Whether it joins the voyage of another, by the load that leads there.
    """

    freight: Freight
    option: Option
    is_taken: cp_model.IntVar
    tick: cp_model.IntVar
    leads: cp_model.IntVar | None
    joins: dict[str, cp_model.IntVar]

    @property
    def start(self) -> cp_model.LinearExpr:
        return STARTS_EVERY_MIN * self.tick

    @property
    def end(self) -> cp_model.LinearExpr:
        return self.start + self.option.service.duration_min


class _Line:
    """When a line joins and closes, exactly."""

    def __init__(self, model: cp_model.CpModel, unit: Unit, horizon_min: int) -> None:
        self.unit = unit
        name = unit.line.uln
        self.joined, self.joins_from, self.closed, self.arrives_from = (
            model.new_int_var(0, horizon_min, f"{what} {name}") for what in ("joined", "first", "closed", "arrived")
        )
        self.staged: dict[str, cp_model.IntVar] = {}


class Programme:
    """A problem as a constraint programme, and a solution of it as a plan."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.board = problem, Board(problem)
        self.model = cp_model.CpModel()
        self.rides: dict[tuple[str, str], _Ride] = {}
        self.takes: dict[str, list[tuple[Way, cp_model.IntVar]]] = {}
        self.on_leg: dict[str, list[_Ride]] = defaultdict(list)
        units = sorted(self.board.units, key=lambda unit: (unit.line.ready_min, unit.line.priority))
        self.lines = {unit.line.uln: self._line(unit) for unit in units}
        for rides in self.on_leg.values():
            self._share_voyages(rides)
        self._fleets()
        self._count_by_day()
        self.model.minimize(sum(self._late(line) for line in self.lines.values()))
        for unit in units:
            self._advise(unit)

    def _minute(self, name: str) -> cp_model.IntVar:
        return self.model.new_int_var(0, self.problem.horizon_min - 1, name)

    def _line(self, unit: Unit) -> _Line:
        line = _Line(self.model, unit, self.problem.horizon_min)
        slowest_first = sorted(unit.freights, key=lambda freight: -min(freight.least_min.values()))
        reached = {freight.load.load_id: self._freight(freight, line) for freight in slowest_first}
        self._span(line.staged.values(), line.joins_from, line.joined, unit.line.join_window_min)
        self._span(reached.values(), line.arrives_from, line.closed, unit.line.cohesion_window_min)
        return line

    def _span(self, ends: Iterable[cp_model.IntVar], first: cp_model.IntVar, last: cp_model.IntVar, most: int) -> None:
        all_ends = list(ends)
        if all_ends:
            self.model.add_min_equality(first, all_ends)
            self.model.add_max_equality(last, all_ends)
            self.model.add(last - first <= most)

    def _freight(self, freight: Freight, line: _Line) -> cp_model.IntVar:
        """Let a load take one of its ways; when it reaches its destination."""
        name = freight.load.load_id
        reached = self._minute(f"{name} reached")
        self.takes[name] = [(way, self.model.new_bool_var(f"{name} by {way.itinerary_id}")) for way in freight.ways]
        self.model.add_exactly_one(taken for _, taken in self.takes[name])
        if freight.is_staged:
            line.staged[name] = self._minute(f"{name} staged")
        hops = dict.fromkeys(hop for way in freight.ways for hop in (*way.before, *way.onward))
        for hop in hops:
            self._ride(freight, hop)
        for way, taken in self.takes[name]:
            before = [self.rides[name, hop.leg.leg_id] for hop in way.before]
            onward = [self.rides[name, hop.leg.leg_id] for hop in way.onward]
            for one, after in zip([*before, *onward], [*before, *onward][1:], strict=False):
                self.model.add(after.start >= one.end).only_enforce_if(taken)
            if before:
                self.model.add(line.staged[name] == before[-1].end).only_enforce_if(taken)
            if before and onward:
                integrated = line.joined + line.unit.line.integration_min
                self.model.add(onward[0].start >= integrated).only_enforce_if(taken)
            self.model.add(reached == [*before, *onward][-1].end).only_enforce_if(taken)
        return reached

    def _ride(self, freight: Freight, hop: Hop) -> None:
        name = f"{freight.load.load_id} on {hop.leg.leg_id}"
        (option,) = freight.options[hop]
        is_taken = self.model.new_bool_var(name)
        ways = [taken for way, taken in self.takes[freight.load.load_id] if hop in (*way.before, *way.onward)]
        self.model.add(sum(ways) == is_taken)
        least_min = max(freight.unit.line.ready_min, option.least_start_min)
        first, last = -(-least_min // STARTS_EVERY_MIN), self.problem.horizon_min // STARTS_EVERY_MIN
        tick = self.model.new_int_var(first, last, f"{name} starts")
        ride = _Ride(freight, option, is_taken, tick, None, {})
        self.rides[freight.load.load_id, hop.leg.leg_id] = ride
        self.on_leg[hop.leg.leg_id].append(ride)

    def _share_voyages(self, rides: Sequence[_Ride]) -> None:
        """Let each load that is lifted on a leg lead a voyage, or join one that an earlier load leads."""
        if rides[0].option.service.kind is None:
            return
        aboard: dict[str, list[tuple[_Ride, cp_model.IntVar]]] = {}
        for place, ride in enumerate(rides):
            name = ride.freight.load.load_id
            ride.leads = self.model.new_bool_var(f"{ride.is_taken.name} leads")
            for leader in rides[:place]:
                if _may_share(leader, ride):
                    joins = self.model.new_bool_var(f"{ride.is_taken.name} with {leader.freight.load.load_id}")
                    assert leader.leads is not None
                    self.model.add_implication(joins, leader.leads)
                    self.model.add(ride.tick == leader.tick).only_enforce_if(joins)
                    ride.joins[leader.freight.load.load_id] = joins
                    aboard.setdefault(leader.freight.load.load_id, []).append((ride, joins))
            self.model.add(sum(ride.joins.values()) + ride.leads == ride.is_taken)
            aboard.setdefault(name, [])
        for leader in rides:
            for dimension, most in enumerate(leader.option.service.capacity):
                joined = [(r.freight.size[dimension], joins) for r, joins in aboard[leader.freight.load.load_id]]
                room = most - leader.freight.size[dimension]
                if sum(size for size, _ in joined) > room:
                    self.model.add(sum(size * joins for size, joins in joined) <= room)

    def _fleets(self) -> None:
        """Keep the voyages under way, empty trips from and to the fleet's home included, within its assets."""
        held: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        for ride in self.rides.values():
            if ride.leads is not None:
                out_min, back_min = self.empty_min(ride.option)
                self.model.add(ride.start >= out_min).only_enforce_if(ride.leads)
                whole_min = out_min + ride.option.service.duration_min + back_min
                kind = ride.option.service.kind
                assert kind is not None
                held[kind.asset_type_id].append(
                    self.model.new_optional_fixed_size_interval_var(
                        ride.start - out_min, whole_min, ride.leads, f"{ride.is_taken.name} holds"
                    )
                )
        for name, intervals in held.items():
            self.model.add_cumulative(intervals, [1] * len(intervals), self._count_of[name])

    @cached_property
    def _count_of(self) -> Mapping[str, int]:
        count: dict[str, int] = defaultdict(int)
        for asset in self.problem.assets:
            count[asset.asset_type_id] += 1
        return count

    def empty_min(self, option: Option) -> tuple[int, int]:
        """Minutes of the empty trips from home to where a voyage begins, and from where it ends to home."""
        service = option.service
        assert service.kind is not None
        mobility = self.problem.mobility_of[service.kind.mobility_id]
        home = mobility.places.index(self.problem.assets[service.assets[0]].home)
        out_min = mobility.travel_min[home][service.origin_row]
        back_min = mobility.travel_min[service.destination_row][home]
        assert out_min is not None
        assert back_min is not None
        return out_min, back_min

    def _count_by_day(self) -> None:
        """Keep what falls on each day at each place within what the place has a day."""
        uses: dict[int, list[tuple[cp_model.IntervalVar, int]]] = defaultdict(list)
        last_day = self.problem.horizon_min // MINUTES_PER_DAY + 1
        for ride in self.rides.values():
            service = ride.option.service
            happens = ride.is_taken if ride.leads is None else ride.leads
            arrival_min = service.load_min + service.travel_min
            counted = [*service.counted, *((r, arrival_min + after, n) for r, after, n in service.at_arrival)]
            days: dict[int, cp_model.IntVar] = {}
            for resource, after_min, amount in counted:
                if after_min not in days:
                    day = days[after_min] = self.model.new_int_var(0, last_day, f"{happens.name} day at {after_min}")
                    self.model.add(MINUTES_PER_DAY * day <= ride.start + after_min)
                    self.model.add(ride.start + after_min <= MINUTES_PER_DAY * day + MINUTES_PER_DAY - 1)
                load = ride.freight.load
                real = {OWN_VEHICLES: load.vehicles, OWN_PEOPLE: load.people}.get(amount, amount)
                interval = self.model.new_optional_fixed_size_interval_var(days[after_min], 1, happens, happens.name)
                uses[resource].append((interval, real))
        for index, counted_here in uses.items():
            intervals, amounts = zip(*counted_here, strict=True)
            self.model.add_cumulative(intervals, amounts, self.problem.resources[index].steps[0].capacity)

    def _late(self, line: _Line) -> cp_model.LinearExpr:
        late = self._minute(f"{line.unit.line.uln} late")
        self.model.add(late >= line.closed - line.unit.line.required_min)
        return line.unit.line.weight * late

    def _advise(self, unit: Unit) -> None:
        """Advise to place line after line, the slowest load first, aboard what is there, as early as can be."""
        for freight in sorted(unit.freights, key=lambda freight: -min(freight.least_min.values())):
            name = freight.load.load_id
            taken = [taken for _, taken in self.takes[name]]
            self.model.add_decision_strategy(taken, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)
            for leg in dict.fromkeys(hop.leg.leg_id for way in freight.ways for hop in (*way.before, *way.onward)):
                ride = self.rides[name, leg]
                joins = [*reversed(ride.joins.values())]
                self.model.add_decision_strategy(joins, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)
                self.model.add_decision_strategy([ride.tick], cp_model.CHOOSE_FIRST, cp_model.SELECT_MIN_VALUE)

    def keep_priorities(self, solver: cp_model.CpSolver, broken: Iterable[tuple[str, str]]) -> None:
        """Forbid the loads that a solution lets take the places of more urgent ones to do so."""
        for load_id, leg_id in broken:
            urgent = self.rides[load_id, leg_id]
            for other in self.on_leg[leg_id]:
                if urgent.freight.unit.line.priority < other.freight.unit.line.priority:
                    is_there = solver.boolean_value(other.is_taken)
                    if is_there and solver.value(other.start) < solver.value(urgent.start):
                        self._goes_first(urgent, other)

    def begin_from(self, solver: cp_model.CpSolver) -> None:
        """Let the next solve begin from the solution of this one."""
        self.model.proto.clear_solution_hint()
        solution = solver.response_proto.solution
        self.model.proto.solution_hint.vars.extend(range(len(solution)))
        self.model.proto.solution_hint.values.extend(solution)

    def _goes_first(self, urgent: _Ride, other: _Ride) -> None:
        """Let a load not leave after a less urgent one that took its place, unless one of the reasons holds."""
        first, second = (self.lines[ride.freight.unit.line.uln] for ride in (urgent, other))
        own, leg_id = first.staged[urgent.freight.load.load_id], other.option.service.hop.leg.leg_id
        reasons = [
            urgent.start <= other.start,
            first.closed <= first.unit.line.required_min,
            second.closed + urgent.start - other.start >= second.unit.line.required_min + 1,
            *(own <= end for name, end in first.staged.items() if name != urgent.freight.load.load_id),
        ]
        for way, taken in self.takes[urgent.freight.load.load_id]:
            legs = [hop.leg.leg_id for hop in (*way.before, *way.onward)]
            if leg_id not in legs:
                continue
            ready = self._ready(first, urgent, legs, len(way.before), legs.index(leg_id))
            holds = [self.model.new_bool_var("") for _ in (*reasons, ready)]
            for literal, reason in zip(holds, (*reasons, other.start <= ready - 1), strict=True):
                self.model.add(reason).only_enforce_if(literal)
            self.model.add_bool_or(*holds, ~taken, ~other.is_taken)

    def _ready(
        self, line: _Line, ride: _Ride, legs: Sequence[str], cut: int, place: int
    ) -> cp_model.LinearExpr | cp_model.IntVar:
        if place == 0:
            return self.model.new_constant(line.unit.line.ready_min)
        if place == cut:
            return line.joined + line.unit.line.integration_min
        return self.rides[ride.freight.load.load_id, legs[place - 1]].end

    def plan(self, solver: cp_model.CpSolver, seed: int) -> Plan:
        """A solution as a plan: assets get the voyages in order of time and go home after each."""
        voyages, name_of = self._voyages(solver)
        moves = tuple(
            Move(
                load_id=load_id,
                itinerary_id=way.itinerary_id,
                steps=tuple(self._step(solver, load_id, hop, name_of) for hop in (*way.before, *way.onward)),
            )
            for load_id, ways in self.takes.items()
            for way, taken in ways
            if solver.boolean_value(taken)
        )
        problem = self.problem
        return Plan(version=muster.__version__, scenario_hash=problem.scenario_hash, case=problem.case, seed=seed,
                    voyages=tuple(voyages), moves=moves, unmoved=())  # fmt: skip

    def _voyages(self, solver: cp_model.CpSolver) -> tuple[list[Voyage], Mapping[tuple[str, str], str]]:
        made = sorted(
            (
                (solver.value(ride.start) - self.empty_min(ride.option)[0], key, ride)
                for key, ride in self.rides.items()
                if ride.leads is not None and solver.boolean_value(ride.leads)
            ),
            key=lambda voyage: voyage[:2],
        )
        home: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for asset in self.problem.assets:
            heappush(home[asset.asset_type_id], (0, asset.asset_id))
        voyages: list[Voyage] = []
        name_of: dict[tuple[str, str], str] = {}
        for number, (_, key, ride) in enumerate(made, 1):
            kind = ride.option.service.kind
            assert kind is not None
            _, asset_id = heappop(home[kind.asset_type_id])
            name_of[key] = f"V{number:05d}"
            voyages += self._round_trip(ride, asset_id, name_of[key], solver.value(ride.start))
            heappush(home[kind.asset_type_id], (voyages[-1].unload_end_min, asset_id))
        return voyages, name_of

    def _round_trip(self, ride: _Ride, asset_id: str, name: str, start_min: int) -> Iterable[Voyage]:
        service, home = ride.option.service, self.problem.asset_of[asset_id].home
        leg, (out_min, back_min) = service.hop.leg, self.empty_min(ride.option)
        departure_min, end_min = start_min + service.load_min, start_min + service.duration_min
        if leg.origin != home:
            yield _empty(f"{name}-out", asset_id, home, leg.origin, start_min - out_min, start_min)
        yield Voyage(
            voyage_id=name, asset_id=asset_id, leg_id=leg.leg_id, origin=leg.origin, destination=leg.destination,
            load_start_min=start_min, departure_min=departure_min, arrival_min=departure_min + service.travel_min,
            unload_end_min=end_min,
        )  # fmt: skip
        if leg.destination != home:
            yield _empty(f"{name}-back", asset_id, leg.destination, home, end_min, end_min + back_min)

    def _step(self, solver: cp_model.CpSolver, load_id: str, hop: Hop, name_of: Mapping[tuple[str, str], str]) -> Step:
        leg_id = hop.leg.leg_id
        ride = self.rides[load_id, leg_id]
        led_by = next((leader for leader, joins in ride.joins.items() if solver.boolean_value(joins)), load_id)
        service, start_min = ride.option.service, solver.value(ride.start)
        departure_min = start_min + service.load_min
        return Step(
            leg_id=leg_id, voyage_id=name_of.get((led_by, leg_id)), start_min=start_min, departure_min=departure_min,
            arrival_min=departure_min + service.travel_min, end_min=start_min + service.duration_min,
        )  # fmt: skip


def _may_share(one: _Ride, other: _Ride) -> bool:
    """Whether two loads fit into one voyage and are ready at about the same time."""
    apart_min = abs(one.freight.unit.line.ready_min - other.freight.unit.line.ready_min)
    sizes = zip(one.freight.size, other.freight.size, one.option.service.capacity, strict=True)
    return apart_min <= TOGETHER_D * MINUTES_PER_DAY and all(a + b <= most for a, b, most in sizes)


def _empty(name: str, asset_id: str, origin: str, destination: str, start_min: int, end_min: int) -> Voyage:
    return Voyage(
        voyage_id=name, asset_id=asset_id, leg_id=None, origin=origin, destination=destination,
        load_start_min=start_min, departure_min=start_min, arrival_min=end_min, unload_end_min=end_min,
    )  # fmt: skip
