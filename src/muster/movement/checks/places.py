"""Rules about places: what a plan uses of each resource, and that there is so much of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import Facts, Ride, Travel, Trip, met_min
from muster.movement.checks.finding import Finding, listed
from muster.movement.problem import Carrier, Leg, Resource, ResourceKind

STAGING_KINDS: Final = frozenset({ResourceKind.STAGING_VEHICLES, ResourceKind.STAGING_PEOPLE})

_BERTH: Final[Mapping[Carrier, ResourceKind]] = {
    Carrier.TRAIN: ResourceKind.RAMP,
    Carrier.RORO_SHIP: ResourceKind.BERTH_RORO,
    Carrier.CONTAINER_SHIP: ResourceKind.BERTH_CONTAINER,
    Carrier.AIRCRAFT: ResourceKind.MOG,
}
"""What a carrier occupies while it loads and unloads."""

_ROAD: Final = frozenset({Carrier.BUS, Carrier.TRUCK, Carrier.HET, Carrier.CONVOY, Carrier.TRACKS})


@dataclass(frozen=True, slots=True)
class Use:
    """What one voyage or load takes of a place.

    Attributes
    ----------
    end_min
        The use lasts ``[start_min, end_min)``; None is a use that falls on the minute ``start_min``.
    user
        The voyage or the load.
    lines
        ULNs of the loads concerned.
    nation
        Whose loads, where that counts; None where loads of several nations may be aboard.
    """

    place: str
    kind: ResourceKind
    start_min: int
    end_min: int | None
    amount: int
    user: str
    lines: tuple[str, ...]
    leg: str | None
    nation: str | None = None


def node_capacity(facts: Facts) -> Iterator[Finding]:
    r"""Keep what is used of each resource of a place within its capacity and opening hours.

    .. math:: \sum_{u:\, t \in [s_u, e_u)} n_u \le C_t \ \forall t \qquad\text{or}\qquad
              \sum_{u:\, \lfloor t_u / P \rfloor = k} n_u \le C_{kP} \ \forall k

    Why: berths, ramps, working spots, crossings, march credits and transhipment are what a deployment queues for.
    """
    for resource, uses in list_uses(facts):
        if resource.kind not in STAGING_KINDS:
            yield from _within_capacity("node_capacity", facts, resource, uses)
            yield from _within_hours(facts, resource, uses)


def staging_capacity(facts: Facts) -> Iterator[Finding]:
    r"""Keep the vehicles and people that wait at a place between steps within its staging capacity.

    .. math:: \sum_{i:\, t \in [e_{ik}, s_{i,k+1})} n_i \le C_t \quad \forall t

    Why: a full area takes no more, and the road behind it fills up.
    """
    for resource, uses in list_uses(facts):
        if resource.kind in STAGING_KINDS:
            yield from _within_capacity("staging_capacity", facts, resource, uses)


def list_uses(facts: Facts) -> list[tuple[Resource, list[Use]]]:
    """All uses of each resource that has any, in the order of the problem's resources."""
    resources_at = facts.problem.resources_at
    used: dict[str, list[Use]] = defaultdict(list)
    for use in _all_uses(facts):
        if not use.amount:
            continue
        for resource in resources_at.get((use.place, use.kind), ()):
            if counts_for(resource, use):
                used[resource.resource_id].append(use)
    return [
        (resource, used[resource.resource_id]) for resource in facts.problem.resources if resource.resource_id in used
    ]


def uses_of(ride: Ride, lines: tuple[str, ...]) -> list[Use]:
    """What a ride, with the voyage that it is on, takes at the ends of its leg and on its way.

    Parameters
    ----------
    lines
        ULNs of the loads on that voyage.
    """
    by_carrier = _of_convoy(ride) if ride.trip is None else _of_voyage(ride.trip, ride.leg, lines)
    return [*by_carrier, *_of_entry(ride)]


def counts_for(resource: Resource, use: Use) -> bool:
    """Whether a use of its place and kind counts for a resource: of its nation, where it has one."""
    return resource.nation is None or use.nation is None or resource.nation == use.nation


def _all_uses(facts: Facts) -> Iterator[Use]:
    for trip in facts.trips.values():
        if trip.leg is not None:
            lines = tuple(dict.fromkeys(ride.line.uln for ride in facts.aboard.get(trip.voyage.voyage_id, ())))
            yield from _of_voyage(trip, trip.leg, lines)
    for travel in facts.travels.values():
        for ride in travel.rides:
            if ride.is_self_made:
                yield from _of_convoy(ride)
            yield from _of_entry(ride)
        yield from _of_waiting(travel)


def _of_voyage(trip: Trip, leg: Leg, lines: tuple[str, ...]) -> Iterator[Use]:
    """What a loaded voyage takes at both ends and on its way."""
    voyage, kind = trip.voyage, trip.kind

    def use(place: str, what: ResourceKind, start_min: int, end_min: int | None, amount: int) -> Use:
        return Use(place, what, start_min, end_min, amount, voyage.voyage_id, lines, leg.leg_id)

    berth = _BERTH.get(leg.carrier)
    if berth is not None:
        amount = kind.mog_percent if berth is ResourceKind.MOG else 1
        yield use(leg.origin, berth, voyage.load_start_min, voyage.departure_min, amount)
        yield use(leg.destination, berth, voyage.arrival_min, voyage.unload_end_min, amount)
    if leg.carrier is Carrier.TRAIN:
        yield use(leg.origin, ResourceKind.TRAINS, voyage.departure_min, None, 1)
        yield use(leg.destination, ResourceKind.TRAINS, voyage.arrival_min, None, 1)
        yield use(leg.origin, ResourceKind.TRANSHIPMENT, voyage.load_start_min, None, kind.wagons)
    for gangs in leg.gangs:
        yield use(gangs.party, ResourceKind.GANGS, voyage.load_start_min, voyage.departure_min, gangs.count)
    if trip.travel_min is None:
        return
    for passage in leg.passages:
        minute = met_min(voyage.departure_min, trip.travel_min, passage.distance_m, leg)
        if leg.carrier is Carrier.TRAIN:
            yield use(passage.crossing, ResourceKind.CROSSING_WAGONS, minute, None, kind.wagons)
        elif leg.carrier in _ROAD:
            yield use(passage.crossing, ResourceKind.CROSSING_VEHICLES, minute, None, kind.vehicles)
            yield use(passage.crossing, ResourceKind.CREDITS, minute, None, 1)


def _of_convoy(ride: Ride) -> Iterator[Use]:
    """What vehicles that drive themselves take at each crossing."""
    if ride.leg.carrier not in _ROAD or ride.travel_min is None:
        return
    for passage in ride.leg.passages:
        minute = met_min(ride.step.departure_min, ride.travel_min, passage.distance_m, ride.leg)
        for kind, amount in ((ResourceKind.CROSSING_VEHICLES, ride.load.vehicles), (ResourceKind.CREDITS, 1)):
            yield Use(
                passage.crossing, kind, minute, None, amount, ride.load.load_id, (ride.line.uln,), ride.leg.leg_id
            )  # fmt: skip


def _of_entry(ride: Ride) -> Iterator[Use]:
    """People of a nation that enter countries."""
    if ride.travel_min is None:
        return
    for entry in ride.leg.countries:
        if entry.distance_m > 0:
            minute = met_min(ride.step.departure_min, ride.travel_min, entry.distance_m, ride.leg)
            yield Use(
                entry.country, ResourceKind.CAVEAT, minute, None, ride.load.people, ride.load.load_id, (ride.line.uln,),
                ride.leg.leg_id, ride.line.nation,
            )  # fmt: skip


def _of_waiting(travel: Travel) -> Iterator[Use]:
    """Vehicles and people that wait where a step ended until the next starts."""
    for before, after in pairwise(travel.rides):
        if after.index != before.index + 1 or after.step.start_min <= before.step.end_min:
            continue
        amounts = (
            (ResourceKind.STAGING_VEHICLES, travel.load.vehicles),
            (ResourceKind.STAGING_PEOPLE, travel.load.people),
        )
        for kind, amount in amounts:
            yield Use(
                before.leg.destination, kind, before.step.end_min, after.step.start_min, amount, travel.load.load_id,
                (travel.line.uln,), None,
            )  # fmt: skip


def _within_capacity(rule: str, facts: Facts, resource: Resource, uses: Sequence[Use]) -> Iterator[Finding]:
    if resource.period_min is None:
        yield from _in_use(rule, facts, resource, uses)
    else:
        yield from _counted(rule, facts, resource, uses, resource.period_min)


def _in_use(rule: str, facts: Facts, resource: Resource, uses: Sequence[Use]) -> Iterator[Finding]:
    """One finding for each stretch of time over capacity, with the worst of it."""
    changes: dict[int, int] = defaultdict(int)
    for use in uses:
        changes[use.start_min] += use.amount
        changes[use.start_min + 1 if use.end_min is None else max(use.end_min, use.start_min)] -= use.amount
    for step in resource.steps:
        changes[step.from_min] += 0
    in_use, began, worst, worst_limit = 0, -1, 0, 0
    for minute in sorted(changes):
        in_use += changes[minute]
        capacity = resource.capacity_at(minute)
        over = in_use - capacity
        if over > 0 and not worst:
            began = minute
        if over > worst:
            worst, worst_limit = over, capacity
        if over <= 0 and worst:
            yield _too_many(rule, facts, resource, _using(uses, began), began, worst, worst_limit)
            worst = 0
    if worst:
        yield _too_many(rule, facts, resource, _using(uses, began), began, worst, worst_limit)


def _using(uses: Sequence[Use], minute: int) -> list[Use]:
    """The uses that hold a resource at a minute, first come first."""
    held = [
        use for use in uses if use.start_min <= minute < (use.start_min + 1 if use.end_min is None else use.end_min)
    ]
    return sorted(held, key=lambda use: use.start_min)


def _counted(
    rule: str, facts: Facts, resource: Resource, uses: Sequence[Use], period_min: int
) -> Iterator[Finding]:  # fmt: skip
    """One finding for each period over capacity."""
    by_period: dict[int, list[Use]] = defaultdict(list)
    for use in uses:
        by_period[use.start_min // period_min].append(use)
    for period in sorted(by_period):
        capacity = resource.capacity_at(period * period_min)
        over = sum(use.amount for use in by_period[period]) - capacity
        if over > 0:
            there = sorted(by_period[period], key=lambda use: use.start_min)
            yield _too_many(rule, facts, resource, there, period * period_min, over, capacity)


def _too_many(
    rule: str, facts: Facts, resource: Resource, uses: Sequence[Use], minute: int, over: int, capacity: int
) -> Finding:
    lines = {uln for use in uses for uln in use.lines}
    legs = {use.leg for use in uses}
    span = "" if resource.period_min is None else f" in the {resource.period_min} min"
    message = (
        f'Resource "{resource.resource_id}" at {resource.place} takes {over + capacity}{span} '
        f"from {facts.label(minute)}, {over} over its {capacity}: {listed(use.user for use in uses)}."
    )
    return Finding(
        rule=rule,
        subject=resource.resource_id,
        line=lines.pop() if len(lines) == 1 else None,
        leg=legs.pop() if len(legs) == 1 else None,
        place=resource.place,
        minute=minute,
        amount=over,
        limit=capacity,
        message=message,
    )


def _within_hours(facts: Facts, resource: Resource, uses: Sequence[Use]) -> Iterator[Finding]:
    if resource.hours is None:
        return
    opens, closes = resource.hours
    for use in uses:
        start = use.start_min % MINUTES_PER_DAY
        end = start + (1 if use.end_min is None else use.end_min - use.start_min)
        outside_min = max(opens - start, 0) + max(end - closes, 0)
        if outside_min > 0:
            message = (
                f'"{use.user}" uses resource "{resource.resource_id}" at {resource.place} '
                f"at {facts.label(use.start_min)}, {outside_min} min outside its hours {_clock(opens)} to "
                f"{_clock(closes)}."
            )
            yield Finding(rule="node_capacity", subject=resource.resource_id, leg=use.leg, place=resource.place,
                          line=use.lines[0] if len(use.lines) == 1 else None, minute=use.start_min, amount=outside_min,
                          limit=closes if end > closes else opens, message=message)  # fmt: skip


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
