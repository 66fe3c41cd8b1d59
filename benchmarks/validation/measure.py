"""Figures of a plan that history tells as well: people by a day, trips, wagons, vehicles over a crossing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from muster.measures import MINUTES_PER_DAY, days
from muster.movement.plan import Plan
from muster.movement.problem import DIMENSIONS, AssetType, CargoClass, Carrier, Leg, Problem, Size
from muster.movement.reporting.closure import closure_of_lines


@dataclass(frozen=True)
class PlanFigures:
    """A plan as a historian would count it."""

    problem: Problem
    plan: Plan

    @cached_property
    def closure_d(self) -> float:
        """Days after C-day until the last line is at its destination."""
        return days(max(closure_of_lines(self.problem, self.plan).values(), default=0))

    @property
    def people(self) -> float:
        """People of the loads that move."""
        return sum(self.problem.load_of[move.load_id].people for move in self.plan.moves)

    @property
    def pieces(self) -> float:
        """Vehicles, trailers and containers of the loads that move."""
        loads = (self.problem.load_of[move.load_id] for move in self.plan.moves)
        return sum(load.pieces for load in loads if load.cargo not in {CargoClass.PEOPLE, CargoClass.PALLET})

    def people_by(self, country: str, day: int) -> float:
        """People whose destination lies in a country and who are there at the end of a day after C-day."""
        there = 0
        for move in self.plan.moves:
            load = self.problem.load_of[move.load_id]
            destination = self.problem.site_of[self.problem.line_of[load.uln].destination]
            if destination.country == country and move.steps[-1].end_min < (day + 1) * MINUTES_PER_DAY:
                there += load.people
        return there

    @cached_property
    def _trips(self) -> Counter[str]:
        """Loaded trips of single vehicles by carrier: of a packet, as many coaches or lorries as its loads fill."""
        aboard: defaultdict[str, list[Size]] = defaultdict(list)
        for move in self.plan.moves:
            for step in move.steps:
                if step.voyage_id is not None:
                    aboard[step.voyage_id].append(self.problem.load_of[move.load_id].size)
        trips: Counter[str] = Counter()
        for voyage in self.plan.voyages:
            if voyage.leg_id is not None:
                kind = self.problem.asset_type_of[self.problem.asset_of[voyage.asset_id].asset_type_id]
                trips[kind.carrier] += max(1, ceil(kind.vehicles * _filled(kind, aboard[voyage.voyage_id])))
        return trips

    def trips(self, carrier: str) -> float:
        """Loaded trips of single trains, aircraft, coaches or lorries."""
        return self._trips[Carrier(carrier)]

    @property
    def wagons(self) -> float:
        """Wagons of all loaded trains."""
        kinds = (
            self.problem.asset_type_of[self.problem.asset_of[voyage.asset_id].asset_type_id]
            for voyage in self.plan.voyages
            if voyage.leg_id is not None
        )
        return sum(kind.wagons for kind in kinds if kind.carrier is Carrier.TRAIN)

    def vehicles_over(self, crossing: str, day: int) -> float:
        """Road vehicles over a crossing on a day after C-day."""
        return sum(vehicles for at_min, vehicles in self._passages(crossing) if at_min // MINUTES_PER_DAY == day)

    def vehicles_in_convoys(self) -> float:
        """Wheeled vehicles that go all the way by convoy."""
        return sum(
            self.problem.load_of[move.load_id].vehicles
            for move in self.plan.moves
            if all(self.problem.leg_of[step.leg_id].carrier is Carrier.CONVOY for step in move.steps)
        )

    def _passages(self, crossing: str) -> Iterator[tuple[int, int]]:
        """Minute and number of road vehicles of each passage of a crossing."""
        for voyage in self.plan.voyages:
            if voyage.leg_id is not None:
                kind = self.problem.asset_type_of[self.problem.asset_of[voyage.asset_id].asset_type_id]
                leg = self.problem.leg_of[voyage.leg_id]
                for at_min in _met(leg, crossing, leg.travel_min[kind.asset_type_id], voyage.departure_min):
                    yield at_min, kind.vehicles
        for move in self.plan.moves:
            for step in move.steps:
                if step.voyage_id is None:
                    leg = self.problem.leg_of[step.leg_id]
                    for at_min in _met(leg, crossing, min(leg.travel_min.values()), step.departure_min):
                        yield at_min, self.problem.load_of[move.load_id].vehicles


def _filled(kind: AssetType, sizes: Sequence[Size]) -> float:
    """Share of an asset that is filled, in the dimension that is filled most."""
    shares = [0.0]
    for dimension in DIMENSIONS:
        room = getattr(kind.capacity, dimension)
        if room:
            shares.append(sum(getattr(size, dimension) for size in sizes) / room)
    return max(shares)


def _met(leg: Leg, crossing: str, travel_min: int, departure_min: int) -> Iterator[int]:
    for passage in leg.passages:
        if passage.crossing == crossing:
            yield departure_min + travel_min * passage.distance_m // leg.distance_m
