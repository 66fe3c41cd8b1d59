"""Offers of which no unit serves, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from muster.forces.matching.answers.unfilled import Reason, ReasonKind, reason_of
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.tours import Options, caveat_starts, list_options, list_tours


class Why(StrEnum):
    """Why an offer is not used."""

    WITHDRAWN = "withdrawn"
    NO_REQUIREMENT = "no requirement"
    """Nobody asks for its capability in its size."""
    HINDERED = "hindered"
    """Something keeps it from every requirement that it fits."""
    NOT_AVAILABLE = "not available"
    """It is offered for other times than those of the requirements that it fits."""
    NOT_NEEDED = "not needed"
    """What it could do is covered as well, or better, by others."""


@dataclass(frozen=True, slots=True)
class Unused:
    """An offer of which no unit serves.

    Attributes
    ----------
    reasons
        What hinders it from the tour from which the least does; empty where nothing hinders it.
    """

    offer_id: str
    units: int
    why: Why
    reasons: tuple[Reason, ...] = ()


def list_unused(problem: MatchingProblem, matching: Matching) -> tuple[Unused, ...]:
    """Offers of which no unit serves, in the order of the offers; other reports of an offer are none."""
    return tuple(_unused(problem, {tour.offer_id for tour in matching.tours}))


def _unused(problem: MatchingProblem, used: set[str]) -> Iterator[Unused]:
    options = list_options(problem)
    free = {options.pairings[number].offer for number in set(options.pairing.tolist())}
    paired = {pairing.offer for pairing in options.pairings}
    for number, offer in enumerate(problem.offers):
        if offer.offer_id in used or offer.disputes is not None:
            continue
        if not offer.stands:
            yield Unused(offer.offer_id, offer.quantity, Why.WITHDRAWN)
        elif number not in paired:
            yield Unused(offer.offer_id, offer.quantity, Why.NO_REQUIREMENT)
        elif number in free:
            yield Unused(offer.offer_id, offer.quantity, Why.NOT_NEEDED)
        elif lists := list(_reasons(options, number)):
            yield Unused(offer.offer_id, offer.quantity, Why.HINDERED, min(lists, key=len))
        else:
            yield Unused(offer.offer_id, offer.quantity, Why.NOT_AVAILABLE)


def _reasons(options: Options, number: int) -> Iterator[tuple[Reason, ...]]:
    """What keeps each tour of an offer from being possible; where nothing of its own does, nobody leads there."""
    problem, offer = options.problem, options.problem.offers[number]
    starts_d = caveat_starts(problem).get(offer.nation, ())
    for pairing in (pairing for pairing in options.pairings if pairing.offer == number):
        for _, _, barred_by in list_tours(problem, options.needs[pairing.requirement], pairing, starts_d):
            reasons = tuple(dict.fromkeys(reason_of(hindrance, offer.nation) for hindrance in barred_by))
            yield reasons or (Reason(ReasonKind.COHESION),)
