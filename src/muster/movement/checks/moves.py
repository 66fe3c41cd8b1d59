"""Rules about how a load gets along: when it starts, where it is, how fast it goes, and with its whole line."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from muster.movement.checks.facts import Facts, Ride, Travel, Trip
from muster.movement.checks.finding import Finding, duration, listed
from muster.movement.plan import Step


def ready_before_moving(facts: Facts) -> Iterator[Finding]:
    r"""Keep every load where it is until its line is ready.

    .. math:: s_{i1} \ge r_\ell

    Why: a unit that is still drawing its equipment cannot be put on a train.
    """
    for travel in facts.travels.values():
        if not travel.move.steps or travel.move.steps[0].start_min >= travel.line.ready_min:
            continue
        step, line = travel.move.steps[0], travel.line
        early_min = line.ready_min - step.start_min
        message = (
            f'Load "{travel.load.load_id}" starts from {line.origin} at {facts.label(step.start_min)}, '
            f'{duration(early_min)} before line "{line.uln}" is ready at {facts.label(line.ready_min)}.'
        )
        yield Finding(rule="ready_before_moving", subject=travel.load.load_id, line=line.uln, leg=step.leg_id,
                      place=line.origin, minute=step.start_min, amount=early_min, limit=line.ready_min,
                      message=message)  # fmt: skip


def one_place_at_a_time(facts: Facts) -> Iterator[Finding]:
    r"""Keep each load in one place at a time, along a chain of legs that it may take.

    .. math:: s_{i,k+1} \ge e_{ik},\quad s_{ik} \le d_{ik} \le a_{ik} \le e_{ik}

    Why: a company cannot board the second train before it has left the first, nor from another station.
    """
    for travel in facts.travels.values():
        yield from _chain(facts, travel)
        for step in travel.move.steps:
            yield from _order(facts, travel, step)
        for before, after in pairwise(travel.move.steps):
            if after.start_min < before.end_min:
                over_min = before.end_min - after.start_min
                message = (
                    f'Load "{travel.load.load_id}" starts leg "{after.leg_id}" at {facts.label(after.start_min)}, '
                    f'{duration(over_min)} before it ends leg "{before.leg_id}" at {facts.label(before.end_min)}.'
                )
                yield _misplaced(travel, after, message, amount=over_min, limit=before.end_min)


def travel_time(facts: Facts) -> Iterator[Finding]:
    r"""Keep everything from being faster than its route, and loading and unloading from being cut short.

    .. math:: a \ge d + \tau,\quad d \ge s + \text{load},\quad e \ge a + \text{unload}

    Why: a plan that outruns its trains closes on paper only.
    """
    for trip in facts.trips.values():
        yield from _voyage_time(facts, trip)
    for ride in facts.rides():
        if ride.is_self_made and ride.travel_min is not None:
            yield from _self_made_time(facts, ride, ride.travel_min)


def whole_line(facts: Facts) -> Iterator[Finding]:
    r"""Keep each line whole: all its loads move, or none does and the plan says so once.

    .. math:: |\{i \in \ell : i \text{ moves}\}| \in \{0, |\ell|\}

    Why: half a battery cannot fight, and a unit that nobody mentions is forgotten.
    """
    left = Counter(unmoved.uln for unmoved in facts.plan.unmoved)
    for line in facts.problem.lines:
        missing = [load_id for load_id in line.loads if load_id not in facts.travels]
        moved, told = len(line.loads) - len(missing), left[line.uln]
        if moved and missing:
            message = (
                f'Line "{line.uln}" moves {moved} of its {len(line.loads)} loads and leaves {listed(missing)}; '
                "a line moves whole or not at all."
            )
            yield Finding(rule="whole_line", subject=line.uln, line=line.uln, place=line.origin, amount=len(missing),
                          limit=0, message=message)  # fmt: skip
        elif moved and told:
            message = f'Line "{line.uln}" moves and is also among the unmoved; it is one or the other.'
            yield Finding(rule="whole_line", subject=line.uln, line=line.uln, place=line.origin, amount=told, limit=0,
                          message=message)  # fmt: skip
        elif missing and told != 1:
            message = f'Line "{line.uln}" does not move and is {told} times among the unmoved; it belongs there once.'
            yield Finding(rule="whole_line", subject=line.uln, line=line.uln, place=line.origin, amount=abs(told - 1),
                          limit=1, message=message)  # fmt: skip


def _misplaced(
    travel: Travel, step: Step | None, message: str, amount: int | None = None, limit: int | None = None
) -> Finding:
    leg = None if step is None else next((ride.leg for ride in travel.rides if ride.step is step), None)
    return Finding(
        rule="one_place_at_a_time",
        subject=travel.load.load_id,
        line=travel.line.uln,
        leg=None if step is None else step.leg_id,
        place=travel.line.origin if leg is None else leg.origin,
        minute=None if step is None else step.start_min,
        amount=amount,
        limit=limit,
        message=message,
    )


def _chain(facts: Facts, travel: Travel) -> Iterator[Finding]:
    """The steps are the legs of one itinerary of the load, and each begins where the one before ended."""
    load, itinerary, steps = travel.load, travel.itinerary, travel.move.steps
    first = steps[0] if steps else None
    if itinerary is not None and itinerary.itinerary_id not in load.itineraries:
        message = f'Load "{load.load_id}" takes itinerary "{itinerary.itinerary_id}", which is not one of its own.'
        yield _misplaced(travel, first, message)
    elif itinerary is not None and tuple(step.leg_id for step in steps) != itinerary.legs:
        told = ", ".join(step.leg_id for step in steps) or "none"
        message = (
            f'Load "{load.load_id}" takes the legs {told}, but its itinerary "{itinerary.itinerary_id}" is '
            f"{', '.join(itinerary.legs)}."
        )
        yield _misplaced(travel, first, message)
    here = travel.line.origin
    if not travel.rides:
        return
    for ride in travel.rides:
        if ride.leg.origin != here:
            message = (
                f'Load "{load.load_id}" is at {here} and starts leg "{ride.leg.leg_id}" from {ride.leg.origin} '
                f"at {facts.label(ride.step.start_min)}."
            )
            yield _misplaced(travel, ride.step, message)
        here = ride.leg.destination
    if here != travel.line.destination:
        message = f'Load "{load.load_id}" ends its move at {here}, but its line is bound for {travel.line.destination}.'
        yield _misplaced(travel, travel.rides[-1].step, message)


def _order(facts: Facts, travel: Travel, step: Step) -> Iterator[Finding]:
    moments = (
        ("starts", step.start_min),
        ("departs", step.departure_min),
        ("arrives", step.arrival_min),
        ("ends", step.end_min),
    )
    for (earlier, before_min), (later, after_min) in pairwise(moments):
        if after_min < before_min:
            message = (
                f'Load "{travel.load.load_id}" {later} on leg "{step.leg_id}" at {facts.label(after_min)}, '
                f"{duration(before_min - after_min)} before it {earlier}."
            )
            yield _misplaced(travel, step, message, amount=before_min - after_min, limit=before_min)


def _voyage_time(facts: Facts, trip: Trip) -> Iterator[Finding]:
    voyage, kind = trip.voyage, trip.kind
    loading, travelling, unloading = (
        voyage.departure_min - voyage.load_start_min,
        voyage.arrival_min - voyage.departure_min,
        voyage.unload_end_min - voyage.arrival_min,
    )
    if trip.leg is None:
        if trip.travel_min is None:
            message = (
                f'Asset "{trip.asset.asset_id}" has no way from {voyage.origin} to {voyage.destination}, '
                f'which its empty trip "{voyage.voyage_id}" makes at {facts.label(voyage.departure_min)}.'
            )
            yield _too_fast(trip, voyage.departure_min, None, None, message)
        if loading or unloading:
            name = f'Empty trip "{voyage.voyage_id}" of asset "{trip.asset.asset_id}"'
            message = f"{name} loads or unloads at {facts.label(voyage.load_start_min)}; it carries nothing."
            yield _too_fast(trip, voyage.load_start_min, max(loading, unloading), 0, message)
    else:
        yield from _cut_short(facts, trip, "loads", voyage.load_start_min, loading, kind.load_min)
        yield from _cut_short(facts, trip, "unloads", voyage.arrival_min, unloading, kind.unload_min)
    if trip.travel_min is not None:
        yield from _cut_short(facts, trip, "travels", voyage.departure_min, travelling, trip.travel_min)


def _cut_short(facts: Facts, trip: Trip, does: str, minute: int, taken_min: int, least_min: int) -> Iterator[Finding]:
    if taken_min >= least_min:
        return
    way = f"from {trip.voyage.origin} to {trip.voyage.destination}"
    message = (
        f'Voyage "{trip.voyage.voyage_id}" of asset "{trip.asset.asset_id}" {way} {does} at {facts.label(minute)} for '
        f"{taken_min} min, {least_min - taken_min} less than the {least_min} min it takes."
    )
    yield _too_fast(trip, minute, least_min - taken_min, least_min, message)


def _too_fast(trip: Trip, minute: int, amount: int | None, limit: int | None, message: str) -> Finding:
    voyage = trip.voyage
    return Finding(rule="travel_time", subject=trip.asset.asset_id, leg=voyage.leg_id, place=voyage.origin,
                   minute=minute, amount=amount, limit=limit, message=message)  # fmt: skip


def _self_made_time(facts: Facts, ride: Ride, least_min: int) -> Iterator[Finding]:
    step = ride.step
    short_min = least_min - (step.arrival_min - step.departure_min)
    if short_min > 0:
        message = (
            f'Load "{ride.load.load_id}" makes leg "{ride.leg.leg_id}" from {facts.label(step.departure_min)} to '
            f"{facts.label(step.arrival_min)}, {short_min} min less than the {least_min} min it takes."
        )
        yield Finding(rule="travel_time", subject=ride.load.load_id, line=ride.line.uln, leg=ride.leg.leg_id,
                      place=ride.leg.origin, minute=step.departure_min, amount=short_min, limit=least_min,
                      message=message)  # fmt: skip
