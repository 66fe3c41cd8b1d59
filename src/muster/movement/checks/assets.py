"""Rules about lift assets: what they carry, where they are, how long they run, for whom and on what ways."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from muster.measures import MINUTES_PER_DAY
from muster.movement.checks.facts import Facts, Ride, Trip
from muster.movement.checks.finding import Finding, duration, listed
from muster.movement.problem import DIMENSIONS, AssetType, CargoClass, Carrier, Leg, Load

SELF_MADE_BY: Final[Mapping[Carrier, CargoClass]] = {
    Carrier.CONVOY: CargoClass.WHEELED,
    Carrier.TRACKS: CargoClass.CARRIED,
    Carrier.ROTOR: CargoClass.HELICOPTER,
}
"""What gets along by itself, and how."""


def asset_capacity(facts: Facts) -> Iterator[Finding]:
    r"""Keep the loads aboard a voyage within what it carries, and of one class where its type says so.

    .. math:: \sum_{i \in v} q_{id} \le Q_{md} \quad \text{for every dimension } d

    Why: what does not fit stays on the quay, whatever the plan says.
    """
    for voyage_id, rides in facts.aboard.items():
        trip = facts.trips[voyage_id]
        for dimension in DIMENSIONS:
            limit = getattr(trip.kind.capacity, dimension)
            taken = sum(getattr(ride.load.size, dimension) for ride in rides)
            if limit is not None and taken > limit:
                message = (
                    f"{_told(facts, trip)} carries {dimension} {taken}, {taken - limit} over its {limit}: "
                    f"{listed(ride.load.load_id for ride in rides)}."
                )
                yield _of_trip("asset_capacity", trip, rides, message, amount=taken - limit, limit=limit)
        classes = dict.fromkeys(ride.load.cargo for ride in rides)
        if trip.kind.single_class and len(classes) > 1:
            together = " and ".join(classes)
            message = f"{_told(facts, trip)} carries {together} together; its type carries one class at a time."
            yield _of_trip("asset_capacity", trip, rides, message, amount=len(classes) - 1, limit=1)


def asset_continuity(facts: Facts) -> Iterator[Finding]:
    r"""Keep each asset in one place at a time, from its home on, while it is available.

    .. math:: s_{v+1} \ge e_v,\quad \text{origin}_{v+1} = \text{destination}_v,\quad A_m \le s_v,\ e_v \le U_m

    Why: a ship that has just sailed cannot load again until it has come back.
    """
    by_asset: dict[str, list[Trip]] = defaultdict(list)
    for trip in facts.trips.values():
        by_asset[trip.asset.asset_id].append(trip)
    for trips in by_asset.values():
        trips.sort(key=lambda trip: (trip.voyage.load_start_min, trip.voyage.unload_end_min))
        yield from _availability(facts, trips)
        if trips[0].voyage.origin != trips[0].asset.home:
            voyage, asset = trips[0].voyage, trips[0].asset
            message = (
                f'Asset "{asset.asset_id}" begins at {voyage.origin} with voyage "{voyage.voyage_id}" at '
                f"{facts.label(voyage.load_start_min)}, but its home is {asset.home}."
            )
            yield _of_trip("asset_continuity", trips[0], (), message)
        for before, after in pairwise(trips):
            yield from _succession(facts, before, after)


def asset_daily_limit(facts: Facts) -> Iterator[Finding]:
    r"""Keep the minutes that an asset travels in a UTC day within its limit.

    .. math:: \sum_{v \in m} \bigl|[d_v, d_v + \tau_v) \cap \text{day}\bigr| \le L_m

    Why: crews rest.
    """
    travelled: dict[tuple[str, int], int] = defaultdict(int)
    for trip in facts.trips.values():
        if trip.kind.daily_limit_min is None or trip.travel_min is None:
            continue
        start_min = trip.voyage.departure_min
        end_min = start_min + trip.travel_min
        for day in range(start_min // MINUTES_PER_DAY, -(-end_min // MINUTES_PER_DAY)):
            day_min = day * MINUTES_PER_DAY
            part_min = min(end_min, day_min + MINUTES_PER_DAY) - max(start_min, day_min)
            travelled[trip.asset.asset_id, day] += part_min
    for (asset_id, day), minutes in travelled.items():
        kind = facts.problem.asset_type_of[facts.problem.asset_of[asset_id].asset_type_id]
        if kind.daily_limit_min is not None and minutes > kind.daily_limit_min:
            over_min, day_min = minutes - kind.daily_limit_min, day * MINUTES_PER_DAY
            message = (
                f'Asset "{asset_id}" travels {duration(minutes)} on the day from {facts.label(day_min)}, '
                f"{duration(over_min)} over its daily {duration(kind.daily_limit_min)}."
            )
            yield Finding(rule="asset_daily_limit", subject=asset_id, minute=day_min, amount=over_min,
                          limit=kind.daily_limit_min, message=message)  # fmt: skip


def asset_users(facts: Facts) -> Iterator[Finding]:
    r"""Keep each asset for the nations that may use it.

    .. math:: \text{nation}_i \in \text{users}_m \quad \text{for every load } i \text{ aboard}

    Why: a nation lends its ships to whom it chooses.
    """
    for ride in facts.rides():
        if ride.trip is None or not ride.trip.asset.users or ride.line.nation in ride.trip.asset.users:
            continue
        asset = ride.trip.asset
        message = (
            f'Load "{ride.load.load_id}" of {ride.line.nation} is on asset "{asset.asset_id}" at '
            f"{facts.label(ride.step.start_min)}, which only {listed(asset.users)} may use."
        )
        yield _of_ride("asset_users", ride, message)


def mode_compatibility(facts: Facts) -> Iterator[Finding]:
    r"""Keep each leg to carriers that can make it, and each carrier to cargo that it can take.

    .. math:: m \in M_{leg},\quad \text{class}_i \in \text{carries}_m,\quad
              \text{mass}_i, \text{height}_i, \text{MLC}_i \le \text{limits of } m

    Why: a tank does not board a bus, and a bus does not sail.
    """
    for trip in facts.trips.values():
        leg = trip.leg
        if leg is not None and (trip.travel_min is None or leg.carrier is not trip.kind.carrier):
            message = (
                f'Asset "{trip.asset.asset_id}" of type "{trip.kind.asset_type_id}" cannot make leg "{leg.leg_id}", '
                f'which its voyage "{trip.voyage.voyage_id}" makes at {facts.label(trip.voyage.departure_min)}.'
            )
            rides = facts.aboard.get(trip.voyage.voyage_id, ())
            yield _of_trip("mode_compatibility", trip, rides, message)
    for ride in facts.rides():
        for over, excess, most in barred(ride.load, ride.leg):
            message = (
                f'Load "{ride.load.load_id}" goes over leg "{ride.leg.leg_id}" at {facts.label(ride.step.start_min)}, '
                f"which does not let {over} pass."
            )
            yield _of_ride("mode_compatibility", ride, message, amount=excess, limit=most)
        if ride.is_self_made:
            yield from _by_itself(facts, ride)
        elif ride.trip is not None:
            for over, amount, limit in misfits(ride.load, ride.trip.kind):
                message = (
                    f'Load "{ride.load.load_id}" is on asset "{ride.trip.asset.asset_id}" at '
                    f"{facts.label(ride.step.start_min)}, whose type does not take {over}."
                )
                yield _of_ride("mode_compatibility", ride, message, amount=amount, limit=limit)


def misfits(load: Load, kind: AssetType) -> Iterator[tuple[str, int | None, int | None]]:
    """Why an asset type does not take a load: in words, by how much, and the limit."""
    if load.cargo not in kind.carries:
        yield f"{load.cargo} cargo", None, None
    limits = (
        ("kg", "an item of", load.item_mass_kg, kind.item_mass_max_kg),
        ("cm", "an item as high as", load.item_height_cm, kind.item_height_max_cm),
        ("", "an item of MLC", load.item_mlc, kind.item_mlc_max),
    )
    for unit, words, amount, limit in limits:
        if amount is not None and limit is not None and amount > limit:
            yield f"{words} {amount} {unit}".rstrip() + f", {amount - limit} over its {limit}", amount - limit, limit


def barred(load: Load, leg: Leg) -> Iterator[tuple[str, int, int]]:
    """Why a leg does not let a load pass: in words, by how much, and the limit."""
    mlc_max = leg.mlc_tracked_max if load.cargo is CargoClass.CARRIED else leg.mlc_wheeled_max
    limits = (
        ("an item of MLC", "", load.item_mlc, mlc_max),
        ("an item", "cm high", load.item_height_cm, leg.height_max_cm),
    )
    for words, unit, amount, limit in limits:
        if amount is not None and limit is not None and amount > limit:
            yield f"{words} {amount} {unit}".rstrip() + f", {amount - limit} over its {limit},", amount - limit, limit


def _told(facts: Facts, trip: Trip) -> str:
    when = facts.label(trip.voyage.departure_min)
    return f'Voyage "{trip.voyage.voyage_id}" of asset "{trip.asset.asset_id}" at {when}'


def _by_itself(facts: Facts, ride: Ride) -> Iterator[Finding]:
    if SELF_MADE_BY.get(ride.leg.carrier) is not ride.load.cargo or ride.travel_min is None:
        message = (
            f'Load "{ride.load.load_id}" of {ride.load.cargo} cargo cannot make leg "{ride.leg.leg_id}" by itself, '
            f"as it does at {facts.label(ride.step.start_min)}."
        )
        yield _of_ride("mode_compatibility", ride, message)


def _availability(facts: Facts, trips: Sequence[Trip]) -> Iterator[Finding]:
    asset = trips[0].asset
    for trip in trips:
        early_min = asset.available_from_min - trip.voyage.load_start_min
        late_min = trip.voyage.unload_end_min - asset.available_until_min
        if early_min > 0:
            message = (
                f'Asset "{asset.asset_id}" is on voyage "{trip.voyage.voyage_id}" at '
                f"{facts.label(trip.voyage.load_start_min)}, {duration(early_min)} before it is available."
            )
            yield _of_trip(
                "asset_continuity", trip, (), message, amount=early_min, limit=asset.available_from_min
            )  # fmt: skip
        if late_min > 0:
            message = (
                f'Asset "{asset.asset_id}" is on voyage "{trip.voyage.voyage_id}" until '
                f"{facts.label(trip.voyage.unload_end_min)}, {duration(late_min)} after it is available."
            )
            yield _of_trip(
                "asset_continuity", trip, (), message, minute=trip.voyage.unload_end_min, amount=late_min,
                limit=asset.available_until_min,
            )  # fmt: skip


def _succession(facts: Facts, before: Trip, after: Trip) -> Iterator[Finding]:
    asset_id, first, second = before.asset.asset_id, before.voyage, after.voyage
    over_min = first.unload_end_min - second.load_start_min
    if over_min > 0:
        message = (
            f'Asset "{asset_id}" starts voyage "{second.voyage_id}" at {facts.label(second.load_start_min)}, '
            f'{duration(over_min)} before it ends voyage "{first.voyage_id}".'
        )
        yield _of_trip("asset_continuity", after, (), message, amount=over_min, limit=first.unload_end_min)
    if second.origin != first.destination:
        message = (
            f'Asset "{asset_id}" ends voyage "{first.voyage_id}" at {first.destination} and starts voyage '
            f'"{second.voyage_id}" from {second.origin} at {facts.label(second.load_start_min)}.'
        )
        yield _of_trip("asset_continuity", after, (), message)


def _of_trip(
    rule: str,
    trip: Trip,
    rides: Sequence[Ride],
    message: str,
    *,
    minute: int | None = None,
    amount: int | None = None,
    limit: int | None = None,
) -> Finding:
    """A finding about a voyage; it belongs to a line where only that line is aboard."""
    lines = {ride.line.uln for ride in rides}
    return Finding(
        rule=rule,
        subject=trip.asset.asset_id,
        line=lines.pop() if len(lines) == 1 else None,
        leg=trip.voyage.leg_id,
        place=trip.voyage.origin,
        minute=trip.voyage.load_start_min if minute is None else minute,
        amount=amount,
        limit=limit,
        message=message,
    )


def _of_ride(rule: str, ride: Ride, message: str, *, amount: int | None = None, limit: int | None = None) -> Finding:
    return Finding(rule=rule, subject=ride.load.load_id, line=ride.line.uln, leg=ride.leg.leg_id, place=ride.leg.origin,
                   minute=ride.step.start_min, amount=amount, limit=limit, message=message)  # fmt: skip
