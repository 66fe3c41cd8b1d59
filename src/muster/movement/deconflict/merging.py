"""Plans that nations made for themselves as one plan of the common problem, right or wrong.

Nations say what their loads do. Voyages of one asset on one leg at the very same minutes are one voyage where all their
loads fit aboard, whoever named it. What assets do without loads is nobody's to say: empty trips are put in where an
asset has to be elsewhere and can still get there; where it cannot, the plan shows it. Assets of one fleet are alike,
and stand in for each other.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import muster
from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import empty_min, ways_of
from muster.movement.deconflict.pooling import pool
from muster.movement.plan import Move, Plan, Unmoved, Voyage
from muster.movement.problem import DIMENSIONS, AssetType, Load, Problem

NO_TABLE: Final = "No table says how it moves."
"""Why a line stays that nobody planned."""

_Same = tuple[str, str | None, int, int, int, int]


def merge(problem: Problem, plans: Mapping[str, Plan]) -> Plan:
    """One plan for a problem of the plans that nations made for themselves.

    Parameters
    ----------
    plans
        By nation. Their voyages, assets, legs and loads are those of the problem; their empty trips are put in anew.
    """
    sailings = _shared(problem, plans)
    voyages = sorted((sailing.voyage for sailing in sailings), key=_in_order)
    number_of = {id(voyage): f"V{number:04d}" for number, voyage in enumerate(voyages, start=1)}
    name_of = {key: number_of[id(sailing.voyage)] for sailing in sailings for key in sailing.names}
    named = [replace(voyage, voyage_id=number_of[id(voyage)]) for voyage in voyages]
    pooled = pool(problem, named)
    named = sorted((pooled.get(voyage.voyage_id, voyage) for voyage in named), key=_in_order)
    moves = [move for nation, plan in sorted(plans.items()) for move in _renamed(nation, plan, name_of)]
    reasons = {unmoved.uln: unmoved.reason for plan in plans.values() for unmoved in plan.unmoved}
    moved = {problem.load_of[move.load_id].uln for move in moves}
    return Plan(
        version=muster.__version__,
        scenario_hash=problem.scenario_hash,
        case=problem.case,
        seed=0,
        voyages=(*named, *_empty_trips(problem, named)),
        moves=tuple(moves),
        unmoved=tuple(
            Unmoved(uln=line.uln, reason=reasons.get(line.uln, NO_TABLE))
            for line in problem.lines
            if line.uln not in moved
        ),
    )


@dataclass(slots=True)
class _Sailing:
    """A voyage of the merged plan, what is aboard, and what nations call it."""

    voyage: Voyage
    kind: AssetType
    aboard: list[Load] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)

    def has_room(self, loads: Sequence[Load]) -> bool:
        """Whether loads fit beside those that are aboard."""
        together = [*self.aboard, *loads]
        if self.kind.single_class and len({load.cargo for load in together}) > 1:
            return False
        limits = ((name, getattr(self.kind.capacity, name)) for name in DIMENSIONS)
        return all(most is None or sum(getattr(load.size, name) for load in together) <= most for name, most in limits)


def _shared(problem: Problem, plans: Mapping[str, Plan]) -> list[_Sailing]:
    """Voyages with loads aboard, those of several nations that are the same and have room for all as one."""
    found: dict[_Same, list[_Sailing]] = defaultdict(list)
    for nation in sorted(plans):
        plan = plans[nation]
        aboard: dict[str, list[Load]] = defaultdict(list)
        for move in plan.moves:
            for step in move.steps:
                if step.voyage_id is not None:
                    aboard[step.voyage_id].append(problem.load_of[move.load_id])
        for voyage in plan.voyages:
            if voyage.voyage_id in aboard:
                loads, same = aboard[voyage.voyage_id], found[_same(voyage)]
                kind = problem.asset_type_of[problem.asset_of[voyage.asset_id].asset_type_id]
                sailing = next((sailing for sailing in same if sailing.has_room(loads)), None)
                if sailing is None:
                    sailing = _Sailing(voyage, kind)
                    same.append(sailing)
                sailing.aboard += loads
                sailing.names.append((nation, voyage.voyage_id))
    return [sailing for sailings in found.values() for sailing in sailings]


def _in_order(voyage: Voyage) -> tuple[str, int, int]:
    return (voyage.asset_id, voyage.load_start_min, voyage.unload_end_min)


def _same(voyage: Voyage) -> _Same:
    times = (voyage.load_start_min, voyage.departure_min, voyage.arrival_min, voyage.unload_end_min)
    return (voyage.asset_id, voyage.leg_id, *times)


def _renamed(nation: str, plan: Plan, name_of: Mapping[tuple[str, str], str]) -> Iterator[Move]:
    """The moves of a plan on the voyages of the merged one."""
    for move in plan.moves:
        steps = (
            step if step.voyage_id is None else replace(step, voyage_id=name_of[nation, step.voyage_id])
            for step in move.steps
        )
        yield replace(move, steps=tuple(steps))


def _empty_trips(problem: Problem, voyages: Sequence[Voyage]) -> Iterator[Voyage]:
    """Trips that bring assets to where their next voyage begins, where there is time for them."""
    ways = ways_of(problem)
    by_asset: dict[str, list[Voyage]] = defaultdict(list)
    for voyage in voyages:
        by_asset[voyage.asset_id].append(voyage)
    number = len(voyages)
    for asset_id, own in by_asset.items():
        asset = problem.asset_of[asset_id]
        kind = problem.asset_type_of[asset.asset_type_id]
        crew = _Crew(kind, own, problem)
        place, free_min = asset.home, asset.available_from_min
        for voyage in own:
            away_min = empty_min(problem, kind, place, voyage.origin, ways)
            if place != voyage.origin and away_min is not None and free_min + away_min <= voyage.load_start_min:
                number += 1
                departure_min = crew.departure_min(free_min, voyage.load_start_min - away_min, away_min)
                yield _trip(f"V{number:04d}", asset_id, (place, voyage.origin), departure_min, away_min)
            place, free_min = voyage.destination, max(free_min, voyage.unload_end_min)


def _trip(voyage_id: str, asset_id: str, ends: tuple[str, str], departure_min: int, travel_min: int) -> Voyage:
    arrival_min = departure_min + travel_min
    return Voyage(
        voyage_id=voyage_id,
        asset_id=asset_id,
        leg_id=None,
        origin=ends[0],
        destination=ends[1],
        load_start_min=departure_min,
        departure_min=departure_min,
        arrival_min=arrival_min,
        unload_end_min=arrival_min,
    )


@dataclass(slots=True)
class _Crew:
    """The hours of a crew: how long it travels on each day."""

    kind: AssetType
    voyages: Sequence[Voyage]
    problem: Problem
    travelled_min: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        """Count what the crew travels with loads aboard."""
        for voyage in self.voyages:
            travel_min = self.problem.leg_of[voyage.leg_id or ""].travel_min.get(self.kind.asset_type_id, 0)
            self._travel(voyage.departure_min, travel_min)

    def departure_min(self, earliest_min: int, latest_min: int, travel_min: int) -> int:
        """When an empty trip departs: as late as can be, or so that the crew keeps its hours."""
        if self.kind.daily_limit_min is None:
            return latest_min
        choices = {latest_min, earliest_min}
        for day in range(earliest_min // MINUTES_PER_DAY, (latest_min + travel_min) // MINUTES_PER_DAY + 2):
            midnight_min = day * MINUTES_PER_DAY
            rested_min = self.kind.daily_limit_min - self.travelled_min[day]
            choices |= {midnight_min, midnight_min - travel_min, midnight_min + MINUTES_PER_DAY - max(0, rested_min)}
        within = sorted(at for at in choices if earliest_min <= at <= latest_min)
        best = min(within, key=lambda at: (self._over_min(at, travel_min), -at))
        self._travel(best, travel_min)
        return best

    def _over_min(self, departure_min: int, travel_min: int) -> int:
        limit_min = self.kind.daily_limit_min or 0
        return sum(
            max(0, self.travelled_min[day] + part - limit_min) for day, part in _by_day(departure_min, travel_min)
        )

    def _travel(self, departure_min: int, travel_min: int) -> None:
        for day, part in _by_day(departure_min, travel_min):
            self.travelled_min[day] += part


def _by_day(departure_min: int, travel_min: int) -> Iterator[tuple[int, int]]:
    """Minutes of a trip on each of its days."""
    end_min = departure_min + travel_min
    for day in range(departure_min // MINUTES_PER_DAY, -(-end_min // MINUTES_PER_DAY)):
        start_min = day * MINUTES_PER_DAY
        yield day, min(end_min, start_min + MINUTES_PER_DAY) - max(departure_min, start_min)
