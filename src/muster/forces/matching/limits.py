"""How many units and people can be in place at one time, and which limits on people that can reach."""

from muster.forces.caveats import Caveat
from muster.forces.matching.problem import MatchingProblem
from muster.forces.offers import Offer, OfferStatus


def in_place_most(offer: Offer) -> int:
    """Units of an offer that may be in place at one time."""
    return offer.quantity if offer.in_place_max is None else min(offer.quantity, offer.in_place_max)


def reachable_limits(problem: MatchingProblem) -> tuple[Caveat, ...]:
    """Caveats in force that limit people in place to fewer than the nation's offers could bring."""
    return tuple(
        caveat
        for caveat in problem.caveats
        if caveat.limit_people is not None
        and caveat.caveat_id not in problem.lifted
        and _people_most(problem, caveat.nation) > caveat.limit_people
    )


def _people_most(problem: MatchingProblem, nation: str) -> int:
    return sum(
        in_place_most(offer) * problem.people_of(offer)
        for offer in problem.offers
        if offer.nation == nation and offer.status is not OfferStatus.WITHDRAWN and offer.disputes is None
    )
