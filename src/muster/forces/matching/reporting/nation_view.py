"""What one nation sees of a matching: its own offers and tours, and cover in bands of what it serves in.

Of others it sees nothing but the bands that everybody may see; those are safe against each contributor with what is its
own. What the headquarters thinks of the nation, the likelihood of its word or the price of its caveats, is not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from muster.disclosure import Release
from muster.forces.matching.answers.unfilled import Reason, ReasonKind
from muster.forces.matching.answers.unused import Unused
from muster.forces.matching.needs import list_needs
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import Assumption, MatchingProblem, Rotation
from muster.forces.matching.reporting.offer_rows import DisputedOffer, list_disputes, list_offers
from muster.forces.matching.reporting.releasable import BandRow, releasable
from muster.forces.matching.reporting.rotation import TourBar, list_tours
from muster.forces.matching.reporting.terms import list_caveats, list_gates
from muster.forces.months import month_start_d


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOffer:
    """An offer as the nation itself made it, and what became of it."""

    offer_id: str
    name: str
    capability: str
    size: str
    units: int
    in_place_max: int | None
    people: int
    status: str
    place_allowed: str
    notice_days: int | None
    gates: tuple[str, ...]
    serving: int
    most: int
    unit_months: int
    why_unused: str
    said_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerm:
    """A gate that own offers wait for, or an own caveat."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationReport:
    """A matching as one nation looks at it.

    Attributes
    ----------
    month_starts_d
        First day of each month after C-day, and the end of the last.
    people
        Own people in place in each month.
    quarter_starts_d
        First day of each quarter after C-day, and the end of the last.
    rows
        Requirements in which own units serve, with cover of all nations in bands.
    """

    title: str
    case: str
    nation: str
    name: str
    c_day: str | None
    months: int
    number: int
    month_starts_d: tuple[int, ...]
    quarter_starts_d: tuple[int, ...]
    rotation: Rotation
    assumptions: tuple[Assumption, ...]
    people: tuple[int, ...]
    offers: tuple[OwnOffer, ...]
    disputes: tuple[DisputedOffer, ...]
    tours: tuple[TourBar, ...]
    rows: tuple[BandRow, ...]
    gates: tuple[OwnTerm, ...]
    caveats: tuple[OwnTerm, ...]


def nation_report(
    problem: MatchingProblem,
    matching: Matching,
    nation: str,
    *,
    release: Release,
    unused: tuple[Unused, ...] | None = None,
) -> NationReport:
    """What a nation sees.

    Parameters
    ----------
    release
        What everybody may see of the matching.
    """
    own, served = _own(problem, nation), _served(problem, matching, nation)
    tours = tuple(tour for tour in list_tours(problem, matching, list_needs(problem)) if tour.nation == nation)
    shared = releasable(problem, release)
    needed_gates = {gate for offer in own.offers for gate in offer.gates}
    return NationReport(
        title=problem.title,
        case=problem.case,
        nation=nation,
        name=next((row.name for row in problem.nations if row.nation == nation), nation),
        c_day=shared.c_day,
        months=problem.months,
        number=shared.number,
        month_starts_d=tuple(month_start_d(month) for month in range(problem.months + 1)),
        quarter_starts_d=shared.quarter_starts_d,
        rotation=problem.rotation,
        assumptions=shared.assumptions,
        people=_people(tours, problem.months),
        offers=_offers(own, matching, unused, nation),
        disputes=list_disputes(own),
        tours=tours,
        rows=tuple(row for row in shared.rows if row.name in served),
        gates=tuple(
            OwnTerm(name=row.gate_id, kind=row.kind, says=row.says)
            for row in list_gates(own)
            if row.nation in {"", nation} and row.gate_id in needed_gates
        ),
        caveats=tuple(OwnTerm(name=row.caveat_id, kind=row.category, says=row.says) for row in list_caveats(own)),
    )


def _own(problem: MatchingProblem, nation: str) -> MatchingProblem:
    """The problem without what other nations offer and demand."""
    return replace(
        problem,
        offers=tuple(offer for offer in problem.offers if offer.nation == nation),
        caveats=tuple(caveat for caveat in problem.caveats if caveat.nation == nation),
    )


def _served(problem: MatchingProblem, matching: Matching, nation: str) -> frozenset[str]:
    own = {offer.offer_id for offer in problem.offers if offer.nation == nation}
    return frozenset(tour.requirement_id for tour in matching.tours if tour.offer_id in own)


def _people(tours: Iterable[TourBar], months: int) -> tuple[int, ...]:
    people = [0] * months
    for tour in tours:
        for month in range(months):
            if month_start_d(month) < tour.end_d and tour.start_d < month_start_d(month + 1):
                people[month] += tour.people
    return tuple(people)


def _offers(
    own: MatchingProblem, matching: Matching, unused: tuple[Unused, ...] | None, nation: str
) -> tuple[OwnOffer, ...]:
    offer_ids = {offer.offer_id for offer in own.offers}
    rows = list_offers(
        own,
        Matching(tuple(tour for tour in matching.tours if tour.offer_id in offer_ids)),
        None if unused is None else tuple(_told(row, own, nation) for row in unused if row.offer_id in offer_ids),
    )
    return tuple(
        OwnOffer(
            offer_id=row.offer_id,
            name=row.name,
            capability=row.capability,
            size=row.size,
            units=row.units,
            in_place_max=row.in_place_max,
            people=row.people,
            status=row.status,
            place_allowed=row.place_allowed,
            notice_days=row.notice_days,
            gates=row.gates,
            serving=row.serving,
            most=row.most,
            unit_months=row.unit_months,
            why_unused=row.why_unused,
            said_on=row.said_on,
        )
        for row in rows
    )


def _told(unused: Unused, own: MatchingProblem, nation: str) -> Unused:
    """Why own units serve nowhere, without reasons that name what is not the nation's own."""
    return replace(unused, reasons=tuple(reason for reason in unused.reasons if _is_own(reason, own, nation)))


def _is_own(reason: Reason, own: MatchingProblem, nation: str) -> bool:
    match reason.kind:
        case ReasonKind.CAVEAT | ReasonKind.LIMIT:
            return reason.what in {caveat.caveat_id for caveat in own.caveats}
        case ReasonKind.GATE:
            return reason.what in {gate for offer in own.offers for gate in offer.gates}
        case ReasonKind.READINESS | ReasonKind.NOTICE | ReasonKind.PLACE:
            return reason.what in {"", nation, *(offer.offer_id for offer in own.offers)}
        case ReasonKind.ATTRIBUTE:
            return True
        case _:
            return not reason.what
