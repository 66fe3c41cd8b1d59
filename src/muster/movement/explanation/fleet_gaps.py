"""From which starting minutes no asset would be free for a step, with all other voyages as planned."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from muster.movement.checks.assets import misfits
from muster.movement.checks.facts import Facts, Ride, Travel, Trip, empty_min
from muster.movement.checks.units import is_bound
from muster.movement.explanation.full_places import Span, joined
from muster.movement.problem import DIMENSIONS, Asset, OverrideKind

_ASSETS_NAMED: Final = 3


def trips_by_asset(facts: Facts) -> Mapping[str, Sequence[Trip]]:
    """Trips of each asset, loaded and empty, in the order in which they begin."""
    trips: dict[str, list[Trip]] = {}
    for trip in sorted(facts.trips.values(), key=lambda trip: trip.voyage.load_start_min):
        trips.setdefault(trip.asset.asset_id, []).append(trip)
    return trips


def fleet_spans(
    facts: Facts,
    trips: Mapping[str, Sequence[Trip]],
    ways: Mapping[str, Mapping[str, int]],
    travel: Travel,
    ride: Ride,
    ready_min: int,
) -> list[Span]:
    """Starting minutes between readiness and start at which no asset that could make the step is free for it.

    An asset is free at a minute when it can have come empty from its last loaded voyage, and after this one come empty
    to its next. The step's own voyage is left out; empty trips as planned do not bind.
    """
    free: list[Span] = []
    for asset in _candidates(facts, travel, ride):
        free += _gaps(facts, trips.get(asset.asset_id, ()), ways, asset, ride, ready_min)
    blocked: list[Span] = []
    at = ready_min
    for start, end in joined(free):
        if start >= ride.step.start_min:
            break
        if start > at:
            blocked.append((at, start))
        at = max(at, end)
    if at < ride.step.start_min:
        blocked.append((at, ride.step.start_min))
    return blocked


def assets_at(
    facts: Facts, trips: Mapping[str, Sequence[Trip]], travel: Travel, ride: Ride, start_min: int, end_min: int
) -> tuple[str, ...]:
    """What the assets that could make the step do in the meantime: loaded trips first, the longest first."""
    overlaps: list[tuple[bool, int, str]] = []
    for asset in _candidates(facts, travel, ride):
        for trip in trips.get(asset.asset_id, ()):
            voyage = trip.voyage
            overlap_min = min(end_min, voyage.unload_end_min) - max(start_min, voyage.load_start_min)
            if trip is ride.trip or overlap_min <= 0:
                continue
            ulns = dict.fromkeys(each.line.uln for each in facts.aboard.get(voyage.voyage_id, ()))
            told = f"{asset.asset_id} {voyage.origin} to {voyage.destination} ({', '.join(ulns) or 'empty'})"
            overlaps.append((not ulns, -overlap_min, told))
    return tuple(told for _, _, told in sorted(overlaps)[:_ASSETS_NAMED])


def _candidates(facts: Facts, travel: Travel, ride: Ride) -> Sequence[Asset]:
    """Assets that could make the step for this load alone."""
    fixed = {
        override.asset
        for override in facts.problem.overrides
        if override.kind is OverrideKind.FIX_ASSET and is_bound(travel, override)
    }
    own = ride.trip
    if own is not None and own.asset.asset_id in fixed:
        return [own.asset]
    return [asset for asset in facts.problem.assets if _can_make(facts, asset, ride)]


def _can_make(facts: Facts, asset: Asset, ride: Ride) -> bool:
    kind = facts.problem.asset_type_of[asset.asset_type_id]
    if kind.asset_type_id not in ride.leg.travel_min or kind.carrier is not ride.leg.carrier:
        return False
    if (asset.users and ride.line.nation not in asset.users) or any(True for _ in misfits(ride.load, kind)):
        return False
    limits = ((getattr(kind.capacity, name), getattr(ride.load.size, name)) for name in DIMENSIONS)
    return all(limit is None or size <= limit for limit, size in limits)


def _gaps(
    facts: Facts,
    trips: Sequence[Trip],
    ways: Mapping[str, Mapping[str, int]],
    asset: Asset,
    ride: Ride,
    ready_min: int,
) -> list[Span]:
    """Starting minutes at which an asset is free for the step, from about readiness to the step's start."""
    problem, leg = facts.problem, ride.leg
    kind = problem.asset_type_of[asset.asset_type_id]
    duration_min = kind.load_min + leg.travel_min[kind.asset_type_id] + kind.unload_min
    at = bisect_left(trips, ready_min, key=lambda trip: trip.voyage.load_start_min)
    before = next((trip for trip in reversed(trips[:at]) if trip.leg is not None and trip is not ride.trip), None)
    free_min, place = asset.available_from_min, asset.home
    if before is not None:
        free_min, place = before.voyage.unload_end_min, before.voyage.destination
    gaps: list[Span] = []
    for trip in trips[at:]:
        if trip.leg is None or trip is ride.trip:
            continue
        if free_min >= ride.step.start_min:
            return gaps
        come_min = empty_min(problem, kind, place, leg.origin, ways)
        go_min = empty_min(problem, kind, leg.destination, trip.voyage.origin, ways)
        if come_min is not None and go_min is not None:
            gaps.append((free_min + come_min, trip.voyage.load_start_min - go_min - duration_min + 1))
        free_min, place = trip.voyage.unload_end_min, trip.voyage.destination
    come_min = empty_min(problem, kind, place, leg.origin, ways)
    if come_min is not None:
        gaps.append((free_min + come_min, asset.available_until_min - duration_min + 1))
    return gaps
