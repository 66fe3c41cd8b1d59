"""How many units and people can be in place at one time, and which limits on people that can reach."""

from muster.forces.caveats import Caveat
from muster.forces.matching.problem import MatchingProblem
from muster.forces.months import days_in_month
from muster.forces.offers import Offer
from muster.measures import MINUTES_PER_DAY


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


def holds_in(problem: MatchingProblem, caveat: Caveat) -> tuple[bool, ...]:
    """Whether a caveat holds on a day of each month. Length: the months planned."""
    from_min, until_min = (None if at is None else problem.timeline.minute(at) for at in (caveat.starts, caveat.until))
    from_d = 0 if from_min is None else from_min // MINUTES_PER_DAY
    until_d = None if until_min is None else -(-until_min // MINUTES_PER_DAY)
    return tuple(days_in_month(month, from_d, until_d) > 0 for month in range(problem.months))


def _people_most(problem: MatchingProblem, nation: str) -> int:
    return sum(
        in_place_most(offer) * problem.people_of(offer)
        for offer in problem.offers
        if offer.nation == nation and offer.stands
    )
