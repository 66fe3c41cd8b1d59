"""Lays a plan out as it is replayed, and says what each row stands for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import numpy as np

from muster.movement.plan import Plan
from muster.movement.problem import DIMENSIONS, CargoClass, Carrier, Leg, Line, Problem
from muster.movement.risk import tables as t
from muster.movement.risk.activities import Activity, list_activities
from muster.movement.risk.tables import NONE, SPARE, Flags, Ints, Records, Timetable
from muster.movement.search import Board
from muster.movement.search.books import day_count
from muster.movement.search.choices import Option, Use
from muster.movement.search.compiled import NEVER
from muster.movement.search.permissions import met_after_min
from muster.movement.search.tables import OWN_PEOPLE, OWN_VEHICLES

WEATHER_CARRIERS: Final = frozenset({Carrier.RORO_SHIP, Carrier.CONTAINER_SHIP, Carrier.AIRCRAFT})
"""Carriers that wait for the weather where they leave and arrive."""
_CLASSES: Final = {cargo: index for index, cargo in enumerate(CargoClass)}


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of a timetable stand for.

    Attributes
    ----------
    lines
        Lines that the plan moves.
    legs, vehicles
        Leg of each activity, and vehicles under way on it.
    permits
        When each is granted, as planned; None is never.
    fleets
        Fleets by the index that assets name.
    carriers
        Carrier of each asset.
    weather
        Ports and airfields, with the carrier that calls there.
    """

    lines: tuple[Line, ...]
    legs: tuple[Leg, ...]
    vehicles: tuple[int, ...]
    permits: tuple[int | None, ...]
    fleets: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    weather: tuple[tuple[str, Carrier], ...]
    horizon_min: int


class _Pile:
    """Uses laid one after the other, alike ones once."""

    def __init__(self) -> None:
        self.rows: list[Use] = []
        self._known: dict[tuple[Use, ...], tuple[int, int]] = {}

    def lay(self, uses: Iterable[Use]) -> tuple[int, int]:
        """Where uses begin and end."""
        key = tuple(uses)
        if key not in self._known:
            self._known[key] = (len(self.rows), len(self.rows) + len(key))
            self.rows += key
        return self._known[key]


def lay_out_plan(problem: Problem, plan: Plan, board: Board) -> tuple[Timetable, Names]:
    """Timetable of a plan in which the checks find nothing, and what it names."""
    return _Layout(problem, plan, board).timetable()


class _Layout:
    """Collects the rows of a timetable."""

    def __init__(self, problem: Problem, plan: Plan, board: Board) -> None:
        self.problem, self.board, self.uses = problem, board, _Pile()
        freight_of = {freight.load.load_id: freight for freight in board.freights}
        self.moves = sorted(plan.moves, key=lambda move: freight_of[move.load_id].index)
        self.freights = [freight_of[move.load_id] for move in self.moves]
        self.activities = list_activities(problem, plan, board, self.moves)
        self.activity_of = {slot: index for index, each in enumerate(self.activities) for slot in each.aboard}
        moved = {freight.unit.line.uln for freight in self.freights}
        self.lines = [line for line in problem.lines if line.uln in moved]
        self.assets = {asset.asset_id: index for index, asset in enumerate(problem.assets)}
        self.weather: dict[tuple[str, Carrier], int] = {}
        self.joinable: dict[tuple[str, str], int] = {}
        self.crews: dict[tuple[int, ...], int] = {}
        self.mobility_first: dict[str, int] = {}
        self.travel_min: list[int] = []
        for mobility in problem.mobilities:
            self.mobility_first[mobility.mobility_id] = len(self.travel_min)
            self.travel_min += [NEVER if minutes is None else minutes for row in mobility.travel_min for minutes in row]

    def timetable(self) -> tuple[Timetable, Names]:
        """Everything, as arrays, and its names."""
        problem = self.problem
        slots, onward, permits = self._slots()
        lines = self._lines(slots, onward)
        fleets = list(dict.fromkeys(asset.fleet_id for asset in problem.assets))
        assets, planned = self._assets(fleets)
        crews = np.zeros((len(self.crews), len(problem.assets)), dtype=np.bool_)
        for crew, index in self.crews.items():
            crews[index, list(crew)] = True
        is_crew, room = self._carriage(slots, crews)
        activities = [self._activity(each) for each in self.activities]
        activities += [(0,) * len(t.ACTIVITY.names or ())] * SPARE
        timetable = Timetable(
            activities=_records(t.ACTIVITY, activities),
            slots=_records(t.SLOT, slots),
            lines=_records(t.LINE, lines),
            assets=_records(t.ASSET, assets),
            uses=_records(t.USE, self.uses.rows),
            riders=_ints([slot for each in self.activities for slot in each.aboard]),
            riders_first=_ints([0, *accumulate(len(each.aboard) for each in self.activities)]),
            onward=_ints([slot for line in self.lines for slot in onward[line.uln]]),
            planned=_ints(planned),
            crews=crews,
            is_crew=is_crew,
            room=room,
            size=_ints([freight.size for freight in self.freights]).reshape(-1, len(DIMENSIONS)),
            cargo=_ints([_CLASSES[freight.load.cargo] for freight in self.freights]),
            travel_min=_ints(self.travel_min),
            permits=_ints(permits).reshape(-1, 3),
            days=sum(row[2] != NONE for row in assets) * day_count(problem.horizon_min),
        )
        names = Names(
            lines=tuple(self.lines),
            legs=tuple(each.leg for each in self.activities),
            vehicles=tuple(each.vehicles for each in self.activities),
            permits=tuple(permit.granted_min for permit in problem.permits),
            fleets=tuple(fleets),
            carriers=tuple(problem.asset_type_of[asset.asset_type_id].carrier for asset in problem.assets),
            weather=tuple(self.weather),
            horizon_min=problem.horizon_min,
        )
        return timetable, names

    def _activity(self, each: Activity) -> tuple[int, ...]:
        service, kind, leg = each.service, each.service.kind, each.leg
        start_min, departure_min, arrival_min, end_min = each.times_min
        rows = self.board.rows[kind.mobility_id] if kind is not None else {}
        weather = [NONE, NONE]
        if leg.carrier in WEATHER_CARRIERS:
            weather = [
                self.weather.setdefault((place, leg.carrier), len(self.weather))
                for place in (leg.origin, leg.destination)
            ]
        return (
            start_min,
            departure_min - start_min,
            service.travel_min,
            arrival_min,
            end_min - arrival_min,
            service.load_min,
            int(service.waits_en_route),
            NONE if each.asset_id is None else self.assets[each.asset_id],
            service.origin_row,
            service.destination_row,
            0 if kind is None else self.mobility_first[kind.mobility_id],
            len(rows),
            rows.get(each.stands_at, NONE),
            each.empty_departure_min,
            each.empty_min,
            self.joinable.setdefault((leg.leg_id, "" if kind is None else kind.asset_type_id), len(self.joinable)),
            *weather,
            int(service.single_class),
            *self.uses.lay(service.at_origin),
            *self.uses.lay(_resolved(service.counted, each)),
            *self.uses.lay(service.at_destination),
            *self.uses.lay(service.at_arrival),
        )

    def _slots(self) -> tuple[list[tuple[int, ...]], dict[str, list[int]], list[tuple[int, int, int]]]:
        """Slots; those that go on from a staging area, by line; and which slots need which permit how soon."""
        slots: list[tuple[int, ...]] = []
        onward: dict[str, list[int]] = {line.uln: [] for line in self.lines}
        permits: list[tuple[int, int, int]] = []
        line_index = {line.uln: index for index, line in enumerate(self.lines)}
        for load, (freight, move) in enumerate(zip(self.freights, self.moves, strict=True)):
            line = freight.unit.line
            cut = self.problem.itinerary_of[move.itinerary_id].staged_after if line.staging is not None else None
            for number in range(len(move.steps)):
                slot = len(slots)
                activity = self.activities[self.activity_of[slot]]
                option = _option(freight.options[activity.service.hop], activity)
                crew = self.crews.setdefault(option.crew, len(self.crews))
                goes_on = number == cut
                if goes_on:
                    onward[line.uln].append(slot)
                slots.append(
                    (
                        load,
                        self.activity_of[slot],
                        line_index[line.uln],
                        int(number > 0) + int(goes_on),
                        crew,
                        *self.uses.lay(option.limits),
                        int(number + 1 == len(move.steps)),
                        int(number + 1 == cut),
                    )
                )
                permits += [(slot, *need) for need in self._permits(line.nation, activity)]
        return slots, onward, permits

    def _permits(self, nation: str, activity: Activity) -> Iterable[tuple[int, int]]:
        """Which permits a nation needs on the way, and how long after loading starts."""
        service, leg = activity.service, activity.leg
        for index, permit in enumerate(self.problem.permits):
            if permit.nation != nation:
                continue
            for entry in leg.countries[1:]:
                if entry.country == permit.country and entry.distance_m > 0:
                    yield index, service.load_min + met_after_min(leg, service.travel_min, entry.distance_m)

    def _lines(self, slots: Sequence[tuple[int, ...]], onward: dict[str, list[int]]) -> list[tuple[int, ...]]:
        loads, staged = [0] * len(self.lines), [0] * len(self.lines)
        for slot in slots:
            loads[slot[2]] += slot[-2]
            staged[slot[2]] += slot[-1]
        lines: list[tuple[int, ...]] = []
        first = 0
        for index, line in enumerate(self.lines):
            last = first + len(onward[line.uln])
            lines.append(
                (
                    line.ready_min,
                    line.required_min,
                    line.weight,
                    line.integration_min,
                    loads[index],
                    staged[index],
                    first,
                    last,
                )
            )
            first = last
        return lines

    def _assets(self, fleets: Sequence[str]) -> tuple[list[tuple[int, ...]], list[int]]:
        """Assets, and the activities of each in order."""
        own: list[list[int]] = [[] for _ in self.problem.assets]
        for index, each in enumerate(self.activities):
            if each.asset_id is not None:
                own[self.assets[each.asset_id]].append(index)
        assets: list[tuple[int, ...]] = []
        planned: list[int] = []
        days = 0
        for asset, activities in zip(self.problem.assets, own, strict=True):
            kind = self.problem.asset_type_of[asset.asset_type_id]
            limit_min = NONE if kind.daily_limit_min is None else kind.daily_limit_min
            times = [self.activities[index].times_min for index in activities]
            assets.append(
                (
                    self.board.rows[kind.mobility_id].get(asset.home, NONE),
                    asset.available_from_min,
                    limit_min,
                    days,
                    len(planned),
                    len(planned) + len(activities),
                    sum(end_min - start_min for start_min, _, _, end_min in times),
                    fleets.index(asset.fleet_id),
                )
            )
            planned += activities
            days += 0 if limit_min == NONE else day_count(self.problem.horizon_min)
        return assets, planned

    def _carriage(self, slots: Sequence[tuple[int, ...]], crews: Flags) -> tuple[Flags, Ints]:
        """Who may make each activity, and what is left in it."""
        is_crew = np.zeros((len(self.activities) + SPARE, len(self.problem.assets)), dtype=np.bool_)
        room = np.zeros((len(self.activities) + SPARE, len(DIMENSIONS)), dtype=np.int64)
        for index, each in enumerate(self.activities):
            if each.asset_id is None:
                continue
            is_crew[index] = bool(each.aboard)
            is_crew[index, self.assets[each.asset_id]] = True
            room[index] = each.service.capacity
            for slot in each.aboard:
                is_crew[index] &= crews[slots[slot][4]]
                room[index] -= self.freights[slots[slot][0]].size
        return is_crew, room


def _resolved(uses: Iterable[Use], each: Activity) -> Iterable[Use]:
    """Amounts that stand for the vehicles or people of a load, as numbers."""
    own = {OWN_VEHICLES: each.vehicles, OWN_PEOPLE: each.people}
    return ((profile, after_min, own.get(amount, amount)) for profile, after_min, amount in uses)


def _option(options: Sequence[Option], activity: Activity) -> Option:
    """What a load may take on a leg, as it takes it."""
    return next(option for option in options if option.service is activity.service)


def _records(kind: np.dtype[Any], rows: Sequence[tuple[Any, ...]]) -> Records:
    return np.array(list(rows), dtype=kind)


def _ints(values: Sequence[Any]) -> Ints:
    return np.array(values, dtype=np.int64)
