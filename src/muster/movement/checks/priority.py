"""The rule about who goes first where two lines compete for the same voyages."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from muster.movement.checks.assets import misfits
from muster.movement.checks.borders import entries, is_under, permits_of
from muster.movement.checks.facts import Facts, Ride, Travel, Trip
from muster.movement.checks.finding import Finding, duration
from muster.movement.checks.units import is_bound, is_fixed_elsewhere
from muster.movement.problem import DIMENSIONS, OverrideKind, Permit


def priority_order(facts: Facts) -> Iterator[Finding]:
    r"""Keep less urgent loads from taking the places of more urgent ones that close late for want of them.

    .. math:: \nexists\, i, j:\ p_{\ell(i)} < p_{\ell(j)},\ \text{ready}_i \le s_{v(j)},\ d_i > d_j,\
              i \text{ fits in } j\text{'s place},\ C_{\ell(i)} > \text{RDD}_{\ell(i)},\
              C_{\ell(j)} + d_i - d_j \le \text{RDD}_{\ell(j)}

    Why: urgency that does not show on the first train is no urgency; a late unit that could have gone earlier at the
    cost of nobody's date is a fault of the plan.
    """
    waiting = [travel for travel in facts.travels.values() if _is_late_by_itself(facts, travel)]
    if not waiting:
        return
    spare = _spare_by_line(facts)
    ahead: dict[str, list[tuple[int, Ride, Trip]]] = defaultdict(list)
    for ride in facts.rides():
        if ride.trip is not None and spare[ride.line.uln] > 0:
            ahead[ride.leg.leg_id].append((ride.trip.voyage.departure_min, ride, ride.trip))
    for rivals in ahead.values():
        rivals.sort(key=lambda rival: rival[0])
    permits = permits_of(facts.problem)
    for travel in waiting:
        for ride in travel.rides:
            if ride.trip is not None:
                yield from _overtaken(facts, travel, ride, ahead.get(ride.leg.leg_id, ()), spare, permits)


def ready_min(facts: Facts, travel: Travel, index: int) -> int:
    """When a load is ready for a step: its line free, the step before ended, after staging its line integrated."""
    line = travel.line
    ready = max(line.ready_min, travel.move.steps[index - 1].end_min) if index else facts.free_min(line)
    if travel.staged_after == index:
        joined_min = facts.joined_min(travel.line.uln)
        if joined_min is not None:
            ready = max(ready, joined_min + travel.line.integration_min)
    return ready


def _is_late_by_itself(facts: Facts, travel: Travel) -> bool:
    """Whether the line closes late and this load alone is the last at its staging area, or without one at its end."""
    line = travel.line
    closed_min = facts.closed_min(line.uln)
    if closed_min is None or closed_min <= line.required_min:
        return False
    whole = facts.travels_of[line.uln]
    own = travel.reached_min if line.staging is None else travel.staged_min
    others = (other.reached_min if line.staging is None else other.staged_min for other in whole if other is not travel)
    return own is not None and all(minute is None or minute < own for minute in others)


def _spare_by_line(facts: Facts) -> Mapping[str, int]:
    """Minutes by which each line closes before its required minute; none where it does not move."""
    closed = {line: facts.closed_min(line.uln) for line in facts.problem.lines}
    return {line.uln: 0 if minute is None else line.required_min - minute for line, minute in closed.items()}


def _overtaken(
    facts: Facts,
    travel: Travel,
    ride: Ride,
    rivals: Sequence[tuple[int, Ride, Trip]],
    spare: Mapping[str, int],
    permits: Mapping[tuple[str, str], Sequence[Permit]],
) -> Iterator[Finding]:
    """The first load that takes this one's place on a leg, if any."""
    ready = ready_min(facts, travel, ride.index)
    for departure_min, other, trip in rivals[bisect_left(rivals, ready, key=lambda rival: rival[0]) :]:
        later_min = ride.step.departure_min - departure_min
        if later_min <= 0:
            return
        if (
            ride.line.priority < other.line.priority
            and ready <= trip.voyage.load_start_min
            and later_min <= spare[other.line.uln]
            and _fits_instead(facts, ride, other, trip)
            and _may_go_with(facts, travel, ride, trip, permits)
        ):
            message = (
                f'Load "{ride.load.load_id}" (priority {ride.line.priority}) leaves {ride.leg.origin} at '
                f'{facts.label(ride.step.departure_min)}, {duration(later_min)} after load "{other.load.load_id}" '
                f'(priority {other.line.priority}) took its place on voyage "{trip.voyage.voyage_id}", '
                f'and line "{ride.line.uln}" closes late.'
            )
            yield Finding(rule="priority_order", subject=ride.load.load_id, line=ride.line.uln, leg=ride.leg.leg_id,
                          place=ride.leg.origin, minute=departure_min, amount=later_min, limit=departure_min,
                          message=message)  # fmt: skip
            return


def _fits_instead(facts: Facts, ride: Ride, other: Ride, trip: Trip) -> bool:
    """Whether the load would fit into the voyage once the other is off it, and may use its asset."""
    if trip.asset.users and ride.line.nation not in trip.asset.users:
        return False
    if trip.travel_min is None or any(True for _ in misfits(ride.load, trip.kind)):
        return False
    rest = [aboard for aboard in facts.aboard[trip.voyage.voyage_id] if aboard is not other]
    if trip.kind.single_class and any(aboard.load.cargo is not ride.load.cargo for aboard in rest):
        return False
    for dimension in DIMENSIONS:
        limit = getattr(trip.kind.capacity, dimension)
        if limit is not None:
            taken = sum(getattr(aboard.load.size, dimension) for aboard in rest)
            if taken + getattr(ride.load.size, dimension) > limit:
                return False
    return True


def _may_go_with(
    facts: Facts, travel: Travel, ride: Ride, trip: Trip, permits: Mapping[tuple[str, str], Sequence[Permit]]
) -> bool:
    """Whether the load on that voyage would break no permit, caveat or override."""
    start_min = trip.voyage.load_start_min
    for country, minute in entries(ride.leg, trip.voyage.departure_min, trip.travel_min or 0):
        for permit in permits.get((ride.line.nation, country), ()):
            if permit.granted_min is None or minute < permit.granted_min:
                return False
    for caveat in facts.problem.caveats:
        if is_under(ride, caveat) and (caveat.allowed_from_min is None or start_min < caveat.allowed_from_min):
            return False
    bound = (override for override in facts.problem.overrides if is_bound(travel, override))
    return not any(
        (override.kind is OverrideKind.LOCK and ride.index == 0) or is_fixed_elsewhere(facts, trip, override)
        for override in bound
    )
