"""Lays a plan out as it is replayed, and says what each row stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

import numpy as np

from muster.movement.plan import Plan
from muster.movement.problem import Carrier, Leg, Line, Problem
from muster.movement.risk import tables as t
from muster.movement.risk.activities import Activity, list_activities
from muster.movement.risk.tables import NONE, Flags, Ints, Records, Timetable
from muster.movement.search import Board
from muster.movement.search.books import day_count
from muster.movement.search.choices import Option, Use
from muster.movement.search.compiled import NEVER
from muster.movement.search.permissions import met_after_min
from muster.movement.search.tables import OWN_PEOPLE, OWN_VEHICLES

WEATHER_CARRIERS: Final = frozenset({Carrier.RORO_SHIP, Carrier.CONTAINER_SHIP, Carrier.AIRCRAFT})
"""Carriers that wait for the weather where they leave and arrive."""


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
        self.mobility_first: dict[str, int] = {}
        self.travel_min: list[int] = []
        for mobility in problem.mobilities:
            self.mobility_first[mobility.mobility_id] = len(self.travel_min)
            self.travel_min += [NEVER if minutes is None else minutes for row in mobility.travel_min for minutes in row]

    def timetable(self) -> tuple[Timetable, Names]:
        """Everything, as arrays, and its names."""
        problem = self.problem
        fleets = list(dict.fromkeys(asset.fleet_id for asset in problem.assets))
        slots, onward, followers = self._slots()
        planned = self._planned()
        following = {own: after for activities in planned for own, after in pairwise(activities)}
        riders = [0, *accumulate(len(each.aboard) for each in self.activities)]
        activities = [
            self._activity(each, following.get(index, NONE), riders[index])
            for index, each in enumerate(self.activities)
        ]
        assets = self._assets(planned, fleets)
        timetable = Timetable(
            activities=_records(t.ACTIVITY, activities),
            slots=_records(t.SLOT, slots),
            lines=_records(t.LINE, self._lines(slots, onward, followers)),
            assets=_records(t.ASSET, assets),
            uses=_records(t.USE, self.uses.rows),
            riders=_ints([slot for each in self.activities for slot in each.aboard]),
            onward=_ints([slot for line in self.lines for slot in onward[line.uln]]),
            followers=_ints([slot for line in self.lines for slot in followers[line.uln]]),
            planned=_ints([index for activities in planned for index in activities]),
            is_crew=self._crews(),
            travel_min=_ints(self.travel_min),
            permits=_ints(list(self._permits())).reshape(-1, 3),
            days=sum(row[2] != NONE for row in assets) * day_count(problem.horizon_min),
            horizon_min=problem.horizon_min,
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

    def _activity(self, each: Activity, following: int, riders_first: int) -> tuple[int, ...]:
        service, kind, leg = each.service, each.service.kind, each.leg
        start_min, departure_min, arrival_min, end_min = each.times_min
        rows = self.board.rows[kind.mobility_id] if kind is not None else {}
        weather = [NONE, NONE]
        if leg.carrier in WEATHER_CARRIERS:
            ends = (leg.origin, leg.destination)
            weather = [self.weather.setdefault((place, leg.carrier), len(self.weather)) for place in ends]
        return (
            start_min,
            departure_min - start_min,
            service.travel_min,
            arrival_min,
            end_min - arrival_min,
            service.load_min,
            int(service.waits_en_route),
            NONE if each.asset_id is None else self.assets[each.asset_id],
            following,
            service.origin_row,
            service.destination_row,
            0 if kind is None else self.mobility_first[kind.mobility_id],
            len(rows),
            rows.get(each.stands_at, NONE),
            each.empty_departure_min,
            each.empty_min,
            *weather,
            riders_first,
            riders_first + len(each.aboard),
            *self.uses.lay(service.at_origin),
            *self.uses.lay(_resolved(service.counted, each)),
            *self.uses.lay(service.at_destination),
            *self.uses.lay(service.at_arrival),
        )

    def _slots(self) -> tuple[list[tuple[int, ...]], dict[str, list[int]], dict[str, list[int]]]:
        """Slots, and by line those that go on from a staging area, and those of others that wait for it to close."""
        slots: list[tuple[int, ...]] = []
        onward: dict[str, list[int]] = {line.uln: [] for line in self.lines}
        followers: dict[str, list[int]] = {line.uln: [] for line in self.lines}
        index_of = {line.uln: index for index, line in enumerate(self.lines)}
        for load, (freight, move) in enumerate(zip(self.freights, self.moves, strict=True)):
            line = freight.unit.line
            cut = self.problem.itinerary_of[move.itinerary_id].staged_after if line.staging is not None else None
            for number in range(len(move.steps)):
                slot = len(slots)
                if number == cut:
                    onward[line.uln].append(slot)
                ahead = [uln for uln in line.after if uln in followers] if number == 0 else []
                for uln in ahead:
                    followers[uln].append(slot)
                slots.append(
                    (
                        load,
                        self.activity_of[slot],
                        index_of[line.uln],
                        int(number > 0) + int(number == cut) + len(ahead),
                        *self.uses.lay(self._option(load, slot).limits),
                        int(number + 1 == len(move.steps)),
                        int(number + 1 == cut),
                    )
                )
        return slots, onward, followers

    def _option(self, load: int, slot: int) -> Option:
        """What a load may take on a leg, as it takes it."""
        service = self.activities[self.activity_of[slot]].service
        return next(option for option in self.freights[load].options[service.hop] if option.service is service)

    def _loads(self) -> Iterator[int]:
        """Load of each slot."""
        return (load for load, move in enumerate(self.moves) for _ in move.steps)

    def _permits(self) -> Iterator[tuple[int, int, int]]:
        """Which slots need which permits, and how long after loading starts."""
        permits: dict[tuple[str, str], list[int]] = {}
        for index, permit in enumerate(self.problem.permits):
            permits.setdefault((permit.nation, permit.country), []).append(index)
        for slot, load in enumerate(self._loads()):
            activity = self.activities[self.activity_of[slot]]
            service, leg = activity.service, activity.leg
            for entry in leg.countries:
                if entry.distance_m > 0:
                    after_min = service.load_min + met_after_min(leg, service.travel_min, entry.distance_m)
                    nation = self.freights[load].unit.line.nation
                    for index in permits.get((nation, entry.country), ()):
                        yield slot, index, after_min

    def _lines(
        self, slots: Sequence[tuple[int, ...]], onward: Mapping[str, list[int]], followers: Mapping[str, list[int]]
    ) -> list[tuple[int, ...]]:
        loads, staged = [0] * len(self.lines), [0] * len(self.lines)
        for slot in slots:
            loads[slot[2]] += slot[-2]
            staged[slot[2]] += slot[-1]
        ends = [0, *accumulate(len(onward[line.uln]) for line in self.lines)]
        last = [0, *accumulate(len(followers[line.uln]) for line in self.lines)]
        return [
            (line.ready_min, line.integration_min, loads[index], staged[index], *ends[index : index + 2],
             *last[index : index + 2])
            for index, line in enumerate(self.lines)
        ]  # fmt: skip

    def _planned(self) -> list[list[int]]:
        """Activities of each asset, in order."""
        planned: list[list[int]] = [[] for _ in self.problem.assets]
        for index, each in enumerate(self.activities):
            if each.asset_id is not None:
                planned[self.assets[each.asset_id]].append(index)
        return planned

    def _assets(self, planned: Sequence[Sequence[int]], fleets: Sequence[str]) -> list[tuple[int, ...]]:
        assets: list[tuple[int, ...]] = []
        first = days = 0
        for asset, activities in zip(self.problem.assets, planned, strict=True):
            kind = self.problem.asset_type_of[asset.asset_type_id]
            limit_min = NONE if kind.daily_limit_min is None else kind.daily_limit_min
            assets.append(
                (
                    self.board.rows[kind.mobility_id].get(asset.home, NONE),
                    asset.available_from_min,
                    limit_min,
                    days,
                    first,
                    first + len(activities),
                    fleets.index(asset.fleet_id),
                )
            )
            first += len(activities)
            days += 0 if limit_min == NONE else day_count(self.problem.horizon_min)
        return assets

    def _crews(self) -> Flags:
        """Which assets may carry all that is aboard; of a voyage without loads, the planned one."""
        is_crew = np.zeros((len(self.activities), len(self.problem.assets)), dtype=np.bool_)
        load_of = list(self._loads())
        for index, each in enumerate(self.activities):
            if each.asset_id is None:
                continue
            crews = [set(self._option(load_of[slot], slot).crew) for slot in each.aboard]
            is_crew[index, list(set.intersection(*crews) if crews else {self.assets[each.asset_id]})] = True
        return is_crew


def _resolved(uses: Iterable[Use], each: Activity) -> Iterable[Use]:
    """Amounts that stand for the vehicles or people of a load, as numbers."""
    own = {OWN_VEHICLES: each.vehicles, OWN_PEOPLE: each.people}
    return ((profile, after_min, own.get(amount, amount)) for profile, after_min, amount in uses)


def _records(kind: np.dtype[Any], rows: Sequence[tuple[Any, ...]]) -> Records:
    return np.array(list(rows), dtype=kind)


def _ints(values: Sequence[Any]) -> Ints:
    return np.array(values, dtype=np.int64)
