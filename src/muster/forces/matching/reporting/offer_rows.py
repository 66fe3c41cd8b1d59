"""What became of every offer, and reports of offers that contradict each other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from muster.forces.matching.answers.unused import Unused
from muster.forces.matching.likelihood import kept_likelihood
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.words import Words, units_of
from muster.forces.offers import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """One offer and what became of it.

    Attributes
    ----------
    units
        Units that the nation has for it, those that rest included.
    in_place_max
        Units that may be in place at one time; None is all of them.
    people
        People of one unit; 0 where nobody said.
    kept
        Chance that it is kept, 0 to 1.
    serving
        Units with at least one tour.
    most
        Units in place at one time.
    unit_months
        Months in place of all units together.
    unused_units
        Units without a tour.
    why_unused
        Why no unit serves, in words; empty where one does, or nobody asked.
    """

    offer_id: str
    nation: str
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
    kept: float
    serving: int
    most: int
    unit_months: int
    unused_units: int
    why_unused: str
    said_on: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReport:
    """One report of an offer that others contradict."""

    offer_id: str
    units: str
    people: int
    status: str
    said_on: str
    source: str
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedOffer:
    """Reports of one offer that do not agree; the first is the one that the matching uses.

    Attributes
    ----------
    people_low, people_high
        Range of the people of all units, over the reports.
    """

    nation: str
    capability: str
    reports: tuple[OfferReport, ...]
    people_low: int
    people_high: int


def list_offers(
    problem: MatchingProblem, matching: Matching, unused: tuple[Unused, ...] | None
) -> tuple[OfferRow, ...]:
    """Every offer that is not another report of one, in the order of the problem."""
    kept, words = kept_likelihood(problem), Words(problem)
    reasons = {row.offer_id: row for row in unused or ()}
    serving = Counter(offer_id for offer_id, _ in {(tour.offer_id, tour.unit) for tour in matching.tours})
    months = Counter[str]()
    in_place = Counter[tuple[str, int]]()
    for tour in matching.tours:
        months[tour.offer_id] += tour.months
        in_place.update((tour.offer_id, month) for month in range(tour.first_month, tour.end_month))
    most: dict[str, int] = {}
    for (offer_id, _month), units in in_place.items():
        most[offer_id] = max(most.get(offer_id, 0), units)
    return tuple(
        OfferRow(
            offer_id=offer.offer_id,
            nation=offer.nation,
            name=offer.name,
            capability=offer.capability,
            size=offer.size.value,
            units=offer.quantity,
            in_place_max=offer.in_place_max,
            people=problem.people_of(offer),
            status=offer.status.value,
            place_allowed=offer.place_allowed.value,
            notice_days=offer.notice_days,
            gates=offer.gates,
            kept=round(kept[offer.offer_id], 6),
            serving=serving[offer.offer_id],
            most=most.get(offer.offer_id, 0),
            unit_months=months[offer.offer_id],
            unused_units=offer.quantity - serving[offer.offer_id],
            why_unused=words.unused(reasons[offer.offer_id]) if offer.offer_id in reasons else "",
            said_on=offer.said_on or "",
            source=offer.source,
        )
        for offer in problem.offers
        if offer.disputes is None
    )


def list_disputes(problem: MatchingProblem) -> tuple[DisputedOffer, ...]:
    """Offers of which there are reports that contradict each other, in the order of the problem."""
    others: dict[str, list[Offer]] = {}
    for offer in problem.offers:
        if offer.disputes is not None:
            others.setdefault(offer.disputes, []).append(offer)
    return tuple(_disputes(problem, others))


def _disputes(problem: MatchingProblem, others: dict[str, list[Offer]]) -> Iterator[DisputedOffer]:
    for offer in problem.offers:
        if offer.offer_id not in others:
            continue
        reports = tuple(_report(problem, each) for each in (offer, *others[offer.offer_id]))
        yield DisputedOffer(
            nation=offer.nation,
            capability=offer.capability,
            reports=reports,
            people_low=min(report.people for report in reports),
            people_high=max(report.people for report in reports),
        )


def _report(problem: MatchingProblem, offer: Offer) -> OfferReport:
    return OfferReport(
        offer_id=offer.offer_id,
        units=units_of(offer),
        people=offer.quantity * problem.people_of(offer),
        status=offer.status.value,
        said_on=offer.said_on or "",
        source=offer.source,
        is_used=offer.disputes is None,
    )
