"""Rules about countries: permits to enter, and what nations forbid their own."""

from collections.abc import Iterator, Mapping

from muster.movement.checks.facts import Facts, Ride, met_min
from muster.movement.checks.finding import Finding, duration
from muster.movement.problem import Caveat, Leg, Permit, Problem


def permit_before_crossing(facts: Facts) -> Iterator[Finding]:
    r"""Keep loads out of a country until their nation's permit is granted.

    .. math:: d + \lfloor \tau x / D \rfloor \ge \text{granted} \quad \text{for each country entered, at } x > 0

    Why: a convoy without clearance is turned back at the border.
    """
    permits = permits_of(facts.problem)
    for ride in facts.rides():
        if ride.travel_min is None:
            continue
        for country, minute in entries(ride.leg, ride.step.departure_min, ride.travel_min):
            for permit in permits.get((ride.line.nation, country), ()):
                if permit.granted_min is None or minute < permit.granted_min:
                    yield _without_permit(facts, ride, permit, minute)


def caveats(facts: Facts) -> Iterator[Finding]:
    r"""Keep loads off the legs that their nation forbids, for good or until a minute.

    .. math:: s \ge \text{allowed from} \quad \text{for each leg under the caveat}

    Why: a caveat is a political decision that no plan overrules.
    """
    of_nation: dict[str, list[Caveat]] = {}
    for caveat in facts.problem.caveats:
        of_nation.setdefault(caveat.nation, []).append(caveat)
    for ride in facts.rides():
        for caveat in of_nation.get(ride.line.nation, ()):
            if not is_under(ride, caveat):
                continue
            allowed_min = caveat.allowed_from_min
            if allowed_min is None or ride.step.start_min < allowed_min:
                early_min = None if allowed_min is None else allowed_min - ride.step.start_min
                until = "for good" if allowed_min is None else f"until {facts.label(allowed_min)}, {_early(early_min)}"
                message = (
                    f'Load "{ride.load.load_id}" of {ride.line.nation} starts leg "{ride.leg.leg_id}" at '
                    f'{facts.label(ride.step.start_min)}, which caveat "{caveat.caveat_id}" forbids {until}.'
                )
                yield Finding(rule="caveats", subject=ride.load.load_id, line=ride.line.uln, leg=ride.leg.leg_id,
                              place=ride.leg.origin, minute=ride.step.start_min, amount=early_min, limit=allowed_min,
                              message=message)  # fmt: skip


def permits_of(problem: Problem) -> Mapping[tuple[str, str], list[Permit]]:
    """Permits by nation and country."""
    grouped: dict[tuple[str, str], list[Permit]] = {}
    for permit in problem.permits:
        grouped.setdefault((permit.nation, permit.country), []).append(permit)
    return grouped


def entries(leg: Leg, departure_min: int, travel_min: int) -> Iterator[tuple[str, int]]:
    """Countries that a leg enters after its start, and when."""
    for entry in leg.countries:
        if entry.distance_m > 0:
            yield entry.country, met_min(departure_min, travel_min, entry.distance_m, leg)


def touches(leg: Leg, place: str) -> bool:
    """Whether a leg starts or ends at a place or goes over it."""
    return place in (leg.origin, leg.destination) or any(passage.crossing == place for passage in leg.passages)


def is_under(ride: Ride, caveat: Caveat) -> bool:
    """Whether every condition that the caveat gives holds for this load on this leg."""
    leg = ride.leg
    return (
        caveat.nation == ride.line.nation
        and caveat.mode in (None, leg.mode)
        and caveat.cargo in (None, ride.load.cargo)
        and (caveat.place is None or touches(leg, caveat.place))
        and (caveat.country is None or any(entry.country == caveat.country for entry in leg.countries))
    )


def _without_permit(facts: Facts, ride: Ride, permit: Permit, minute: int) -> Finding:
    early_min = None if permit.granted_min is None else permit.granted_min - minute
    why = "is never granted" if permit.granted_min is None else f"comes {duration(permit.granted_min - minute)} later"
    message = (
        f'Load "{ride.load.load_id}" enters {permit.country} on leg "{ride.leg.leg_id}" at {facts.label(minute)}, '
        f'but permit "{permit.permit_id}" {why}.'
    )
    return Finding(rule="permit_before_crossing", subject=ride.load.load_id, line=ride.line.uln, leg=ride.leg.leg_id,
                   place=permit.country, minute=minute, amount=early_min, limit=permit.granted_min,
                   message=message)  # fmt: skip


def _early(early_min: int | None) -> str:
    return f"{duration(early_min or 0)} later"
