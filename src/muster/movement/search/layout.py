"""Lays the choices of a board out as flat arrays."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from muster.movement.problem import DIMENSIONS, CargoClass
from muster.movement.search import tables as t
from muster.movement.search.board import Board
from muster.movement.search.books import day_count
from muster.movement.search.choices import Freight, Hop, Option, Service, Unit
from muster.movement.search.compiled import NEVER
from muster.movement.search.tables import NONE, Ints, Records, Tables

SPARE_TRIPS: Final = 16
"""Room for voyages without loads on each hop, beside one for each load."""

_CLASSES: Final = {cargo: index for index, cargo in enumerate(CargoClass)}


def lay_out(board: Board) -> Tables:
    """Tables of a board."""
    return _Layout(board).tables()


class _Pile:
    """Values laid one after the other, alike ones once."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._known: dict[Any, tuple[int, int]] = {}

    def lay(self, values: Iterable[Any]) -> tuple[int, int]:
        """Where values begin and end."""
        key = tuple(values)
        if key not in self._known:
            self._known[key] = (len(self.rows), len(self.rows) + len(key))
            self.rows += key
        return self._known[key]


class _Layout:
    """Collects the records of a board, from lines down to resources."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.uses, self.crews, self.waits = _Pile(), _Pile(), _Pile()
        self.crew_of: dict[tuple[int, ...], int] = {}
        self.options: list[tuple[Any, ...]] = []
        self.options_of: dict[tuple[Option, ...], tuple[int, int]] = {}
        self.stages: list[tuple[int, ...]] = []
        self.chains: list[tuple[int, ...]] = []
        self.chain_stages: list[int] = []
        self.ways: list[tuple[int, ...]] = []
        self.fronts: list[int] = []
        self.orders: list[int] = []
        self.slots = 0
        self.itinerary_of = {way.itinerary_id: place for place, way in enumerate(board.problem.itineraries)}
        self.origin_of: dict[str, int] = {}
        self.service_of: dict[Service, int] = {}
        self.hop_riders = [0] * len(board.hops)
        self.mobility_first, self.travel_min = self._travel()

    def _travel(self) -> tuple[dict[str, int], list[int]]:
        first, travel_min = {}, list[int]()
        for mobility in self.board.problem.mobilities:
            first[mobility.mobility_id] = len(travel_min)
            travel_min += [NEVER if t is None else t for row in mobility.travel_min for t in row]
        return first, travel_min

    def tables(self) -> Tables:
        """Everything, as arrays."""
        problem, board = self.board.problem, self.board
        services = [service for hop in board.hops.values() for service in hop.services]
        self.service_of = {service: index for index, service in enumerate(services)}
        laid_services = [self._service(service) for service in services]
        freights = [self._freight(freight) for freight in board.freights]
        units = [self._unit(unit) for unit in board.units]
        hops = self._hops()
        profiles, period_room, step_times_min, step_free, steps = self._profiles(services, hops)
        is_in_crew = np.zeros((max(1, len(self.crew_of)), max(1, len(problem.assets))), dtype=np.bool_)
        for crew, index in self.crew_of.items():
            is_in_crew[index, list(crew)] = True
        capacity = [service.capacity or (0,) * len(DIMENSIONS) for service in services]
        return Tables(
            horizon_min=problem.horizon_min,
            slots=self.slots,
            has_standing=0,
            services=_records(t.SERVICE, laid_services),
            capacity=_ints(capacity).reshape(-1, len(DIMENSIONS)),
            uses=_records(t.USE, self.uses.rows),
            travel_min=_ints(self.travel_min),
            hops=_records(t.HOP, hops),
            options=_records(t.OPTION, self.options),
            crews=_ints(self.crews.rows),
            is_in_crew=is_in_crew,
            stages=_records(t.STAGE, self.stages),
            chains=_records(t.CHAIN, self.chains),
            chain_stages=_ints(self.chain_stages),
            ways=_records(t.WAY, self.ways),
            fronts=_ints(self.fronts),
            freights=_records(t.FREIGHT, freights),
            size=_ints([freight.size for freight in board.freights]).reshape(-1, len(DIMENSIONS)),
            units=_records(t.UNIT, units),
            orders=_ints(self.orders),
            waits=_ints(self.waits.rows),
            profiles=_records(t.PROFILE, profiles),
            period_room=period_room,
            step_times_min=step_times_min,
            step_free=step_free,
            steps=steps,
            diaries=_records(t.DIARY, self._diaries(services, hops)),
            travelled_min=self._travelled(),
            standing_legs=np.full(len(units), NONE, dtype=np.int64),
            standing_rides=np.zeros(0, dtype=t.RIDE),
            standing_journeys=np.zeros(0, dtype=t.JOURNEY),
            standing_trips=np.zeros(0, dtype=t.TRIP),
        )

    def _service(self, service: Service) -> tuple[int, ...]:
        kind = service.kind
        mobility = None if kind is None else self.board.problem.mobility_of[kind.mobility_id]
        return (
            service.hop.index,
            service.travel_min,
            service.load_min,
            service.unload_min,
            service.duration_min,
            int(service.single_class),
            int(service.waits_en_route),
            service.origin_row,
            service.destination_row,
            0 if mobility is None else self.mobility_first[mobility.mobility_id],
            0 if mobility is None else len(mobility.places),
            *self.uses.lay(service.at_origin),
            *self.uses.lay(service.counted),
            *self.uses.lay(service.at_destination),
            *self.uses.lay(service.at_arrival),
        )

    def _freight(self, freight: Freight) -> tuple[int, ...]:
        load, chains = freight.load, dict[tuple[Hop, ...], int]()
        stages = {hop: self._stage(freight, hop) for way in freight.ways for hop in (*way.before, *way.onward)}
        pairs: dict[tuple[int, int], str] = {}
        for way in freight.ways:
            for hops in (way.before, way.onward):
                if hops not in chains:
                    chains[hops] = self._chain(freight, hops, stages)
            pairs.setdefault((chains[way.before], chains[way.onward]), way.itinerary_id)
        ways_first, fronts_first, slot = len(self.ways), len(self.fronts), self.slots
        self.ways += [(front, onward, self.itinerary_of[name]) for (front, onward), name in pairs.items()]
        self.fronts += dict.fromkeys(front for front, _ in pairs)
        self.slots += max((len(way.before) + len(way.onward) for way in freight.ways), default=0)
        return (
            freight.unit.index,
            load.vehicles,
            load.people,
            _CLASSES[load.cargo],
            int(freight.is_staged),
            int(any(way.onward for way in freight.ways)),
            freight.locked_min[0] if freight.locked_min else NONE,
            ways_first,
            len(self.ways),
            fronts_first,
            len(self.fronts),
            slot,
        )

    def _stage(self, freight: Freight, hop: Hop) -> int:
        options = freight.options[hop]
        if options not in self.options_of:
            self.options_of[options] = self._lay_options(options)
        self.hop_riders[hop.index] += 1
        self.stages.append((freight.index, hop.index, *self.options_of[options], freight.least_min[hop]))
        return len(self.stages) - 1

    def _lay_options(self, options: Sequence[Option]) -> tuple[int, int]:
        first = len(self.options)
        for option in options:
            crew = self.crew_of.setdefault(option.crew, len(self.crew_of))
            self.options.append(
                (
                    self.service_of[option.service],
                    crew,
                    *self.crews.lay(option.crew),
                    option.least_start_min,
                    int(option.is_fixed),
                    *self.uses.lay(option.limits),
                    option.share,
                )
            )
        return first, len(self.options)

    def _chain(self, freight: Freight, hops: tuple[Hop, ...], stages: dict[Hop, int]) -> int:
        first = len(self.chain_stages)
        self.chain_stages += [stages[hop] for hop in hops]
        self.chains.append((first, len(self.chain_stages), sum(freight.least_min[hop] for hop in hops)))
        return len(self.chains) - 1

    def _unit(self, unit: Unit) -> tuple[int, ...]:
        line, freights = unit.line, unit.freights
        first = freights[0].index if freights else 0
        staged_first = len(self.orders)
        staged = [freight for freight in freights if freight.is_staged]
        self.orders += [freight.index for freight in sorted(staged, key=_slowness_to_staging)]
        onward_first = len(self.orders)
        self.orders += [freight.index for freight in sorted(freights, key=_slowness_onward)]
        return (
            first,
            first + len(freights),
            staged_first,
            onward_first,
            onward_first,
            len(self.orders),
            line.weight,
            line.priority,
            line.ready_min,
            line.required_min,
            line.join_window_min,
            line.integration_min,
            line.cohesion_window_min,
            int(line.staging is not None),
            int(unit.free_min is not None),
            int(unit.is_locked),
            NONE if unit.free_min is None else unit.free_min,
            self.origin_of.setdefault(line.origin, len(self.origin_of)),
            *self.waits.lay(other.index for other in unit.after),
            *self.waits.lay(other.index for other in unit.followers),
            unit.turn,
        )

    def _hops(self) -> list[tuple[int, ...]]:
        hops: list[tuple[int, ...]] = []
        first = 0
        for hop in self.board.hops.values():
            room = 0 if hop.leg.carrier.is_self else self.hop_riders[hop.index] + SPARE_TRIPS
            hops.append((first, room, *self.uses.lay(hop.stays), int(hop.leg.carrier.is_self)))
            first += room
        return hops

    def _diaries(self, services: Sequence[Service], hops: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        problem = self.board.problem
        trips, least_min = dict[str, int](), dict[str, int]()
        for service in services:
            if service.kind is not None:
                name = service.kind.asset_type_id
                trips[name] = trips.get(name, 0) + hops[service.hop.index][1]
                least_min[name] = min(least_min.get(name, NEVER), max(1, service.duration_min))
        diaries: list[tuple[int, ...]] = []
        first = days_first = 0
        for asset in problem.assets:
            kind = problem.asset_type_of[asset.asset_type_id]
            rows = self.board.rows[kind.mobility_id]
            available_min = max(0, asset.available_until_min - asset.available_from_min)
            most = available_min // least_min.get(asset.asset_type_id, NEVER) + 1
            room = min(trips.get(asset.asset_type_id, 0), most) + 1
            diaries.append(
                (
                    rows.get(asset.home, NONE),
                    self.mobility_first[kind.mobility_id],
                    len(rows),
                    asset.available_from_min,
                    asset.available_until_min,
                    NONE if kind.daily_limit_min is None else kind.daily_limit_min,
                    first,
                    room,
                    days_first,
                )
            )
            first += room
            days_first += 0 if kind.daily_limit_min is None else day_count(problem.horizon_min)
        return diaries

    def _travelled(self) -> Ints:
        """Minutes travelled so far by assets with a daily limit, day by day."""
        problem = self.board.problem
        limited = [a for a in problem.assets if problem.asset_type_of[a.asset_type_id].daily_limit_min is not None]
        days = day_count(problem.horizon_min)
        before = self.board.so_far.travelled_min
        return _ints([before.get((asset.asset_id, day), 0) for asset in limited for day in range(days)])

    def _profiles(
        self, services: Sequence[Service], hops: Sequence[tuple[int, ...]]
    ) -> tuple[list[tuple[int, ...]], Ints, Ints, Ints, Ints]:
        """Profiles, room by period, steps of what is free, and how many of those each profile has."""
        bookings = self._bookings(services, hops)
        horizon_min = self.board.problem.horizon_min
        profiles: list[tuple[int, ...]] = []
        period_room: list[int] = []
        times_min: list[int] = []
        free: list[int] = []
        steps: list[int] = []
        for index, resource in enumerate(self.board.problem.resources):
            opens_min, closes_min = resource.hours or (NONE, NONE)
            if self.board.is_counted[index]:
                period_min = resource.period_min or 1
                starts = range(0, horizon_min, period_min)
                profiles.append((1, period_min, opens_min, closes_min, len(period_room), len(starts)))
                period_room += [resource.capacity_at(start_min) for start_min in starts]
                steps.append(0)
                continue
            room = len(resource.steps) + 2 * bookings[index] + 2
            profiles.append((0, 0, opens_min, closes_min, len(times_min), room))
            steps.append(len(resource.steps))
            spare = [0] * (room - len(resource.steps))
            times_min += [step.from_min for step in resource.steps] + spare
            free += [step.capacity for step in resource.steps] + spare
        return profiles, _ints(period_room), _ints(times_min), _ints(free), _ints(steps)

    def _bookings(self, services: Sequence[Service], hops: Sequence[tuple[int, ...]]) -> list[int]:
        """Most uses of each resource at one time."""
        most = [0] * len(self.board.problem.resources)
        for service in services:
            for use in (*service.at_origin, *service.at_destination):
                most[use[0]] += hops[service.hop.index][1]
        for hop in self.board.hops.values():
            for use in hop.stays:
                most[use[0]] += self.hop_riders[hop.index]
        return most


def _slowness_to_staging(freight: Freight) -> int:
    """Less than others for a load that takes longer to its staging area."""
    return -min(sum(freight.least_min[hop] for hop in way.before) for way in freight.ways)


def _slowness_onward(freight: Freight) -> int:
    """Less than others for a load that takes longer from its staging area, or else from home."""
    return -min((sum(freight.least_min[hop] for hop in way.onward) for way in freight.ways), default=0)


def _records(kind: np.dtype[Any], rows: Sequence[tuple[Any, ...]]) -> Records:
    """Records as an array of at least one, so that an index without meaning can be read."""
    return np.array(list(rows), dtype=kind) if rows else np.zeros(1, dtype=kind)[:0]


def _ints(values: Sequence[Any]) -> Ints:
    return np.array(values, dtype=np.int64)
