"""Which offer could serve in which requirement, and what hinders it on which days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muster.forces.activation import order_day
from muster.forces.caveats import Caveat, CaveatEffect
from muster.forces.gates import Gate, GateState
from muster.forces.matching.problem import MatchingProblem
from muster.forces.offers import Offer, PlaceAllowed
from muster.forces.requirements import Requirement
from muster.measures import MINUTES_PER_DAY, DayOffset


class HindranceKind(StrEnum):
    """Why an offer that has the capability cannot serve on a day."""

    CAVEAT = "caveat"
    GATE = "gate"
    READINESS = "readiness"
    """Order, notice to move and the way are not over."""
    NOTICE = "notice"
    """Its notice to move is longer than the requirement bears, or not said."""
    PLACE = "place"
    """The offer is not for this country."""
    ATTRIBUTE = "attribute"
    """The unit lacks something that the requirement must have."""


_OF_OFFER: Final = frozenset({HindranceKind.READINESS, HindranceKind.NOTICE, HindranceKind.PLACE})


@dataclass(frozen=True, slots=True, order=True)
class Hindrance:
    """Something that keeps an offer from serving in a requirement on the days ``[from_d, until_d)``.

    Attributes
    ----------
    what
        The caveat, the gate, the attribute; the offer for readiness, notice and place.
    from_d, until_d
        Days after C-day; None is from the beginning, and to the end.
    """

    kind: HindranceKind
    what: str
    from_d: int | None = None
    until_d: int | None = None

    def told_of(self, nation: str) -> str:
        """What it is as one speaks of it: the nation of the offer where it is the offer's own."""
        return nation if self.kind in _OF_OFFER else self.what

    def bars(self, from_d: int, until_d: int) -> bool:
        """Whether it stands on a day of ``[from_d, until_d)``; one that is over before it begins never stands."""
        begins_d = from_d if self.from_d is None else max(from_d, self.from_d)
        ends_d = until_d if self.until_d is None else min(until_d, self.until_d)
        return begins_d < ends_d


@dataclass(frozen=True, slots=True)
class Pairing:
    """An offer with the capability and size for a requirement, and all that hinders it.

    Attributes
    ----------
    offer, requirement
        Positions among the offers and the requirements of the problem.
    """

    offer: int
    requirement: int
    hindrances: tuple[Hindrance, ...]


def fits(offer: Offer, requirement: Requirement) -> bool:
    """Whether an offer has the capability, the type and a size that a requirement asks for.

    Units that are built of companies may be smaller than those required, and larger as long as all of such a unit is
    required.
    """
    return (
        offer.capability == requirement.capability
        and requirement.unit_type in {None, offer.unit_type}
        and (offer.size is requirement.size or _is_part(offer, requirement))
    )


def _is_part(offer: Offer, requirement: Requirement) -> bool:
    brings, asks = offer.size.companies, requirement.size.companies
    return brings is not None and asks is not None and brings <= asks * requirement.quantity


def list_pairings(problem: MatchingProblem) -> tuple[Pairing, ...]:
    """All pairings of offers that stand, those of one offer together."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for number, requirement in enumerate(problem.requirements):
        wanted[requirement.capability].append(number)
    judge = _Judge(problem)
    return tuple(
        Pairing(number, wants, tuple(sorted(judge.hindrances(offer, problem.requirements[wants]))))
        for number, offer in enumerate(problem.offers)
        if offer.stands
        for wants in wanted[offer.capability]
        if fits(offer, problem.requirements[wants])
    )


class _Judge:
    """Finds hindrances; looks every table up once."""

    def __init__(self, problem: MatchingProblem) -> None:
        self._problem = problem
        self._gates = {gate.gate_id: gate for gate in problem.gates}
        self._caveats: defaultdict[str, list[Caveat]] = defaultdict(list)
        for caveat in problem.caveats:
            if caveat.concerns_service and caveat.limit_people is None and caveat.caveat_id not in problem.lifted:
                self._caveats[caveat.nation].append(caveat)
        self._order_d = {
            nation: order_day(nation, problem.activations, problem.timeline)
            for nation in {offer.nation for offer in problem.offers}
        }

    def hindrances(self, offer: Offer, requirement: Requirement) -> Iterator[Hindrance]:
        yield from self._place(offer, requirement)
        yield from (
            Hindrance(HindranceKind.ATTRIBUTE, attribute)
            for attribute in requirement.must_have
            if attribute not in offer.has
        )
        yield from self._gates_of(offer)
        yield from self._caveats_of(offer, requirement)
        yield from self._readiness(offer, requirement)

    def _place(self, offer: Offer, requirement: Requirement) -> Iterator[Hindrance]:
        country = self._problem.countries.get(requirement.place)
        only = offer.place_allowed
        if (only is PlaceAllowed.HOME_ONLY and country != offer.nation) or (
            only is PlaceAllowed.NEIGHBOUR_ONLY and country == self._problem.mission_country
        ):
            yield Hindrance(HindranceKind.PLACE, offer.offer_id)

    def _gates_of(self, offer: Offer) -> Iterator[Hindrance]:
        for gate in (self._gates[gate_id] for gate_id in offer.gates):
            if gate.state is not GateState.OPEN:
                yield Hindrance(HindranceKind.GATE, gate.gate_id, until_d=self._opens_d(gate))

    def _opens_d(self, gate: Gate) -> int | None:
        return None if gate.state is GateState.REFUSED or gate.opens is None else self._day(gate.opens)

    def _caveats_of(self, offer: Offer, requirement: Requirement) -> Iterator[Hindrance]:
        for caveat in self._caveats[offer.nation]:
            if caveat.effect is not CaveatEffect.LIMITS and self._problem.concerns(caveat, requirement):
                yield self._hindrance_of(caveat)

    def _hindrance_of(self, caveat: Caveat) -> Hindrance:
        ends_d = min((self._day(at) for at in (caveat.until, caveat.approved) if at is not None), default=None)
        starts_d = None if caveat.starts is None else self._problem.timeline.minute(caveat.starts) // MINUTES_PER_DAY
        return Hindrance(HindranceKind.CAVEAT, caveat.caveat_id, starts_d, ends_d)

    def _readiness(self, offer: Offer, requirement: Requirement) -> Iterator[Hindrance]:
        longest = requirement.notice_max_d
        if offer.notice_days is None or (longest is not None and offer.notice_days > longest):
            yield Hindrance(HindranceKind.NOTICE, offer.offer_id)
        ordered_d = self._order_d[offer.nation]
        ready_d = None if ordered_d is None else ordered_d + (offer.notice_days or 0) + self._problem.rotation.deploy_d
        yield Hindrance(HindranceKind.READINESS, offer.offer_id, until_d=ready_d)

    def _day(self, offset: DayOffset) -> int:
        """First whole day at or after an offset."""
        return -(-self._problem.timeline.minute(offset) // MINUTES_PER_DAY)


def barring(hindrances: Iterable[Hindrance], from_d: int, until_d: int) -> tuple[Hindrance, ...]:
    """Those that stand on a day of ``[from_d, until_d)``."""
    return tuple(hindrance for hindrance in hindrances if hindrance.bars(from_d, until_d))
