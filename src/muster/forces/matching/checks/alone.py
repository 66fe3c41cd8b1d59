"""Rules that a tour keeps or breaks on its own."""

from muster.forces.activation import order_day
from muster.forces.caveats import Caveat, CaveatEffect
from muster.forces.gates import GateState
from muster.forces.matching.checks.finding import Finding, Findings, Served, day_of, days_served, first_day
from muster.forces.matching.problem import MatchingProblem
from muster.forces.months import days_in_month
from muster.forces.offers import OfferStatus, PlaceAllowed


def offer_stands(_problem: MatchingProblem, served: Served) -> Findings:
    """Nobody serves on an offer that is withdrawn, or that is only another report of one."""
    if served.offer.status is OfferStatus.WITHDRAWN:
        yield Finding("offer_stands", served.offer.offer_id, f"{served} serves on an offer that is withdrawn.")
    if served.offer.disputes is not None:
        text = f"{served} serves on a conflicting report of offer {served.offer.disputes}."
        yield Finding("offer_stands", served.offer.offer_id, text)


def capability_fits(_problem: MatchingProblem, served: Served) -> Findings:
    """A unit has the capability, the type and the size that are asked for."""
    offer, requirement = served.offer, served.requirement
    if offer.capability != requirement.capability:
        text = f"{served} can do {offer.capability}, which is not {requirement.capability}."
        yield Finding("capability_fits", offer.offer_id, text)
    if requirement.unit_type is not None and offer.unit_type != requirement.unit_type:
        text = f"{served} is of type {offer.unit_type}, not {requirement.unit_type}."
        yield Finding("capability_fits", offer.offer_id, text)
    brings, asks = offer.size.companies, requirement.size.companies
    is_part = brings is not None and asks is not None and brings <= asks * requirement.quantity
    if offer.size is not requirement.size and not is_part:
        text = f"{served} is a {offer.size}; {requirement.quantity} {requirement.size} are required."
        yield Finding("capability_fits", offer.offer_id, text)


def place_allowed(problem: MatchingProblem, served: Served) -> Findings:
    """A unit serves only where its nation lets it."""
    country, allowed = problem.countries.get(served.requirement.place), served.offer.place_allowed
    outside = allowed is PlaceAllowed.HOME_ONLY and country != served.offer.nation
    inside = allowed is PlaceAllowed.NEIGHBOUR_ONLY and country == problem.mission_country
    if outside or inside:
        text = f"{served} would serve in {country}; it is offered for {allowed}."
        yield Finding("place_allowed", served.offer.offer_id, text)


def must_have(_problem: MatchingProblem, served: Served) -> Findings:
    """A unit has everything that the requirement must have."""
    for attribute in served.requirement.must_have:
        if attribute not in served.offer.has:
            yield Finding("must_have", served.offer.offer_id, f"{served} has no {attribute}.")


def notice_to_move(_problem: MatchingProblem, served: Served) -> Findings:
    """A unit's notice to move is known and no longer than the requirement bears."""
    notice, longest = served.offer.notice_days, served.requirement.notice_max_d
    if notice is None:
        yield Finding("notice_to_move", served.offer.offer_id, f"{served} has no notice to move.")
    elif longest is not None and notice > longest:
        text = f"{served} has {notice} days of notice; {longest} are allowed."
        yield Finding("notice_to_move", served.offer.offer_id, text)


def ready_before_serving(problem: MatchingProblem, served: Served) -> Findings:
    """A unit is there only after order, notice to move and the way."""
    ordered_d = order_day(served.offer.nation, problem.activations, problem.timeline)
    from_d, _ = days_served(problem, served)
    if ordered_d is None:
        text = f"{served} serves, but {served.offer.nation} has no dated order."
        yield Finding("ready_before_serving", served.offer.offer_id, text)
        return
    there_d = ordered_d + (served.offer.notice_days or 0) + problem.rotation.deploy_d
    if from_d < there_d:
        text = f"{served} is to be there on C{from_d:+d} and cannot before C{there_d:+d}."
        yield Finding("ready_before_serving", served.offer.offer_id, text)


def gates_open(problem: MatchingProblem, served: Served) -> Findings:
    """Every gate of an offer is open before a unit of it is there."""
    from_d, _ = days_served(problem, served)
    for gate in (gate for gate in problem.gates if gate.gate_id in served.offer.gates):
        known = gate.state is not GateState.REFUSED and gate.opens is not None
        opens_d = first_day(problem, gate.opens) if known and gate.opens is not None else None
        if gate.state is not GateState.OPEN and (opens_d is None or from_d < opens_d):
            when = "does not open" if opens_d is None else f"opens on C{opens_d:+d}"
            text = f"{served} is there on C{from_d:+d}; gate {gate.gate_id} {when}."
            yield Finding("gates_open", served.offer.offer_id, text)


def caveats_kept(problem: MatchingProblem, served: Served) -> Findings:
    """No caveat of its nation forbids where and what a unit serves, unless the requirement tolerates it."""
    from_d, until_d = days_served(problem, served)
    for caveat in problem.caveats:
        starts_d = from_d if caveat.starts is None else day_of(problem, caveat.starts)
        ends = [first_day(problem, at) for at in (caveat.until, caveat.approved) if at is not None]
        if _concerns(problem, caveat, served) and max(starts_d, from_d) < min([*ends, until_d]):
            text = f"{served} breaks caveat {caveat.caveat_id} ({caveat.category}: {caveat.effect})."
            yield Finding("caveats_kept", served.offer.offer_id, text)


def _concerns(problem: MatchingProblem, caveat: Caveat, served: Served) -> bool:
    """Whether a caveat in force says something about a tour."""
    requirement = served.requirement
    return (
        caveat.nation == served.offer.nation
        and caveat.caveat_id not in problem.lifted
        and caveat.effect is not CaveatEffect.LIMITS
        and caveat.mode is None
        and caveat.cargo is None
        and caveat.category not in requirement.tolerates
        and caveat.country in {None, problem.countries.get(requirement.place)}
        and caveat.place in {None, requirement.place}
        and caveat.task in {None, requirement.task}
    )


def within_availability(problem: MatchingProblem, served: Served) -> Findings:
    """A unit is in place only while it is offered."""
    from_d, until_d = days_served(problem, served)
    opens, closes = served.offer.available_from, served.offer.available_until
    early = opens is not None and from_d < first_day(problem, opens)
    late = closes is not None and until_d > day_of(problem, closes)
    if early or late:
        text = f"{served} serves from C{from_d:+d} to C{until_d:+d}; it is offered from {opens} until {closes}."
        yield Finding("within_availability", served.offer.offer_id, text)


def within_need(problem: MatchingProblem, served: Served) -> Findings:
    """A unit serves only in months in which there is a need."""
    needed_d, ends = max(0, day_of(problem, served.requirement.needed_from)), served.requirement.needed_until
    last_d = None if ends is None else day_of(problem, ends)
    months = range(served.tour.first_month, served.tour.end_month)
    if any(not days_in_month(month, needed_d, last_d) for month in months) or served.tour.end_month > problem.months:
        yield Finding("within_need", served.requirement.requirement_id, f"{served} serves when nothing is needed.")


def tour_length(problem: MatchingProblem, served: Served) -> Findings:
    """A tour is no longer than a usual one, nor than its nation allows."""
    longest = min(served.offer.tour_max_months or problem.rotation.tour_months, problem.rotation.tour_months)
    if not 1 <= served.tour.months <= longest:
        text = f"{served} serves {served.tour.months} months; {longest} are the most."
        yield Finding("tour_length", served.offer.offer_id, text)


ALONE = (
    offer_stands, capability_fits, place_allowed, must_have, notice_to_move, ready_before_serving, gates_open,
    caveats_kept, within_availability, within_need, tour_length,
)  # fmt: skip
