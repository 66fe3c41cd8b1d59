"""Places, routes and trips as features that any map format can hold: of a scenario, and of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from muster.measures import DayMark, DayOffset
from muster.movement.inputs import MovementInputs, RequirementLine
from muster.movement.plan import Plan, Step
from muster.movement.problem import Leg, Load, Problem
from muster.reference import PlatformKind

Position = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""
Value = str | int | float | bool | datetime | None
TRIP_POINTS: Final = 24
"""Positions by which a trip is drawn: trips are many, and routes show the way itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing on a map.

    Attributes
    ----------
    layer
        Features of a layer have the same properties.
    parts
        One part of one position is a point; else each part is a line. A line that crosses the 180th meridian is cut
        there.
    starts_at, ends_at
        When it happens, where the plan has dates.
    """

    layer: str
    feature_id: str
    name: str
    parts: tuple[tuple[Position, ...], ...]
    properties: Mapping[str, Value] = field(default_factory=dict)
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def is_point(self) -> bool:
        """Whether it is a point."""
        return len(self.parts) == 1 and len(self.parts[0]) == 1


def scenario_features(inputs: MovementInputs) -> tuple[Feature, ...]:
    """Places that a case names, and a straight line from place to place for each of its lines."""
    named = {place for row in inputs.lines for place in _stops(row)} | {fleet.home for fleet in inputs.fleets}
    named |= {row.place for row in inputs.calendars}
    named |= {place for row in inputs.links for place in (row.from_place, row.to_place, row.crossing) if place}
    named |= {row.place for row in inputs.overrides if row.place} | {row.place for row in inputs.caveats if row.place}
    places = [
        Feature(
            layer="places",
            feature_id=name,
            name=inputs.places[name].name,
            parts=(((inputs.places[name].latitude_deg, inputs.places[name].longitude_deg),),),
            properties={"country": inputs.places[name].country, "kinds": " ".join(sorted(inputs.places[name].kinds))},
        )
        for name in sorted(named)
    ]
    cargo = cargo_by_line(inputs)
    return (*places, *(_line_feature(row, inputs, cargo.get(row.uln, {})) for row in inputs.lines))


def plan_features(problem: Problem, plan: Plan) -> tuple[Feature, ...]:
    """Places, the routes that the plan uses with what goes over them, and every trip with its loads and times."""
    trips = _trips(problem, plan)
    return (*_places(problem, trips), *_routes(problem, trips), *_trip_features(problem, plan, trips))


def people_and_vehicles(row: RequirementLine, inputs: MovementInputs, cargo: Mapping[str, int]) -> tuple[int, int]:
    """People of a line, and the vehicles that drive or are carried; trailers are towed and do not count.

    Parameters
    ----------
    cargo
        The line's own cargo by platform; empty takes that of its unit type.
    """
    unit = inputs.unit_types[row.unit_type] if row.unit_type else None
    people = row.pax if row.pax is not None else unit.people if unit else 0
    items = cargo or (unit.holdings if unit else {})
    counted = {PlatformKind.WHEELED, PlatformKind.TRACKED}
    return people, sum(count for name, count in items.items() if inputs.platforms[name].kind in counted)


def cargo_by_line(inputs: MovementInputs) -> Mapping[str, Mapping[str, int]]:
    """Cargo of the lines that have some of their own, by platform."""
    cargo: dict[str, dict[str, int]] = {}
    for row in inputs.cargo:
        items = cargo.setdefault(row.uln, {})
        items[row.platform] = items.get(row.platform, 0) + row.quantity
    return cargo


def _stops(row: RequirementLine) -> tuple[str, ...]:
    return tuple(place for place in (row.origin, row.poe, row.pod, row.staging, row.dest) if place)


def _line_feature(row: RequirementLine, inputs: MovementInputs, cargo: Mapping[str, int]) -> Feature:
    at = inputs.places
    people, vehicles = people_and_vehicles(row, inputs, cargo)
    ready_min, required_min = inputs.timeline.minute(row.rld), inputs.timeline.minute(row.rdd)
    return Feature(
        layer="lines",
        feature_id=row.uln,
        name=row.name,
        parts=cut_at_antimeridian([(at[name].latitude_deg, at[name].longitude_deg) for name in _stops(row)]),
        properties={
            "nation": row.nation,
            "priority": row.priority,
            "origin": row.origin,
            "staging": row.staging,
            "dest": row.dest,
            "people": people,
            "vehicles": vehicles,
            "rld": str(row.rld),
            "rdd": str(row.rdd),
        },
        starts_at=inputs.timeline.instant(ready_min),
        ends_at=inputs.timeline.instant(required_min),
    )


@dataclass(frozen=True, slots=True)
class _Trip:
    """Loads that make a leg at the same time with the same voyage, or by themselves."""

    leg: Leg
    step: Step
    loads: tuple[Load, ...]


def _trips(problem: Problem, plan: Plan) -> Sequence[_Trip]:
    groups: dict[tuple[str, str | None, int, int, str], list[tuple[Step, Load]]] = {}
    for move in plan.moves:
        load = problem.load_of[move.load_id]
        for step in move.steps:
            own = "" if step.voyage_id else load.uln
            key = (step.leg_id, step.voyage_id, step.departure_min, step.arrival_min, own)
            groups.setdefault(key, []).append((step, load))
    order = sorted(groups.values(), key=lambda group: (group[0][0].departure_min, group[0][0].leg_id, group[0][1].uln))
    return [_Trip(problem.leg_of[group[0][0].leg_id], group[0][0], tuple(load for _, load in group)) for group in order]


def _amounts(trips: Sequence[_Trip]) -> dict[str, Value]:
    """What goes along, summed."""
    loads = [load for trip in trips for load in trip.loads]
    return {
        "loads": len(loads),
        "people": sum(load.people for load in loads),
        "vehicles": sum(load.vehicles for load in loads),
        "mass_t": sum(load.size.mass_kg for load in loads) / 1000,
    }


def _places(problem: Problem, trips: Sequence[_Trip]) -> Iterator[Feature]:
    from_here: dict[str, list[_Trip]] = {}
    to_here: dict[str, list[_Trip]] = {}
    for trip in trips:
        from_here.setdefault(trip.leg.origin, []).append(trip)
        to_here.setdefault(trip.leg.destination, []).append(trip)
    for site in problem.sites:
        yield Feature(
            layer="places",
            feature_id=site.place,
            name=site.name,
            parts=(((site.latitude_deg, site.longitude_deg),),),
            properties={
                "country": site.country,
                "kinds": " ".join(site.kinds),
                **{f"out_{name}": value for name, value in _amounts(from_here.get(site.place, ())).items()},
                **{f"in_{name}": value for name, value in _amounts(to_here.get(site.place, ())).items()},
            },
        )


def _routes(problem: Problem, trips: Sequence[_Trip]) -> Iterator[Feature]:
    by_leg: dict[str, list[_Trip]] = {}
    for trip in trips:
        by_leg.setdefault(trip.leg.leg_id, []).append(trip)
    for leg_id, group in sorted(by_leg.items()):
        first_min = min(trip.step.departure_min for trip in group)
        last_min = max(trip.step.arrival_min for trip in group)
        yield Feature(
            layer="routes",
            feature_id=leg_id,
            name=f"{problem.site_of[group[0].leg.origin].name} - {problem.site_of[group[0].leg.destination].name}",
            parts=cut_at_antimeridian(_course(problem, group[0].leg)),
            properties={
                **_way(group[0].leg),
                "trips": len(group),
                **_amounts(group),
                "first_departure": _offset(first_min),
                "last_arrival": _offset(last_min),
            },
            starts_at=problem.timeline.instant(first_min),
            ends_at=problem.timeline.instant(last_min),
        )


def _trip_features(problem: Problem, plan: Plan, trips: Sequence[_Trip]) -> Iterator[Feature]:
    asset_of = {voyage.voyage_id: voyage.asset_id for voyage in plan.voyages}
    for number, trip in enumerate(trips, start=1):
        lines = dict.fromkeys(load.uln for load in trip.loads)
        yield Feature(
            layer="trips",
            feature_id=f"T{number:05d}",
            name=" ".join(lines),
            parts=cut_at_antimeridian(_thinned(_course(problem, trip.leg))),
            properties={
                **_way(trip.leg),
                "leg": trip.leg.leg_id,
                "asset": asset_of.get(trip.step.voyage_id) if trip.step.voyage_id else None,
                "voyage": trip.step.voyage_id,
                **_amounts([trip]),
                "departure": _offset(trip.step.departure_min),
                "arrival": _offset(trip.step.arrival_min),
            },
            starts_at=problem.timeline.instant(trip.step.departure_min),
            ends_at=problem.timeline.instant(trip.step.arrival_min),
        )


def _way(leg: Leg) -> dict[str, Value]:
    return {
        "mode": str(leg.mode),
        "carrier": str(leg.carrier),
        "origin": leg.origin,
        "destination": leg.destination,
        "distance_km": leg.distance_m / 1000,
    }


def _offset(minute: int) -> str:
    return str(DayOffset(DayMark.C, minute))


def _course(problem: Problem, leg: Leg) -> Sequence[Position]:
    """Drawn course of a leg, straight where the problem has none."""
    drawn = problem.shapes.get(leg.leg_id, ())
    if len(drawn) >= 2:
        return drawn
    ends = problem.site_of[leg.origin], problem.site_of[leg.destination]
    return [(site.latitude_deg, site.longitude_deg) for site in ends]


def _thinned(course: Sequence[Position]) -> Sequence[Position]:
    """A course by few positions, its ends kept."""
    if len(course) <= TRIP_POINTS:
        return course
    last = len(course) - 1
    return [course[round(number * last / (TRIP_POINTS - 1))] for number in range(TRIP_POINTS)]


def cut_at_antimeridian(course: Sequence[Position]) -> tuple[tuple[Position, ...], ...]:
    """A line as parts that do not cross the 180th meridian."""
    parts: list[list[Position]] = [[course[0]]]
    for (latitude, longitude), (next_latitude, next_longitude) in pairwise(course):
        if abs(next_longitude - longitude) > 180:
            edge = 180.0 if longitude > 0 else -180.0
            span = 360 - abs(next_longitude - longitude)
            share = (180 - abs(longitude)) / span if span else 0.5
            middle = latitude + share * (next_latitude - latitude)
            parts[-1].append((middle, edge))
            parts.append([(middle, -edge)])
        parts[-1].append((next_latitude, next_longitude))
    return tuple(tuple(part) for part in parts)
