"""What each nation carries, and what its fair share would be."""

from collections import Counter
from dataclasses import dataclass

from muster.forces.matching.coverage import people_in_place
from muster.forces.matching.objectives import fair_shares
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class NationBurden:
    """Burden of one nation that offers something.

    Attributes
    ----------
    offers, offers_used
        Offers that stand, and those of which a unit serves.
    units
        Units that serve at least once.
    people
        People in place in each month. Length: the months planned.
    people_months
        Their sum.
    fair_share
        Its part by the key of the problem, 0 to 1; None where the key says nothing of it.
    fair_people_months
        That part of what all nations with a fair share carry; None likewise.
    """

    nation: str
    name: str
    offers: int
    offers_used: int
    units: int
    people: tuple[int, ...]
    people_months: int
    fair_share: float | None
    fair_people_months: float | None

    @property
    def beyond(self) -> float | None:
        """People-months carried beyond the fair share, negative where less is carried; None without one."""
        return None if self.fair_people_months is None else self.people_months - self.fair_people_months


def list_burdens(problem: MatchingProblem, matching: Matching) -> tuple[NationBurden, ...]:
    """Burden of every nation that offers, heaviest first."""
    names = {nation.nation: nation.name for nation in problem.nations}
    nation_of = {offer.offer_id: offer.nation for offer in problem.offers}
    standing = Counter(offer.nation for offer in problem.offers if offer.stands)
    used = Counter(nation_of[offer_id] for offer_id in {tour.offer_id for tour in matching.tours})
    units = Counter(nation_of[offer_id] for offer_id, _ in {(tour.offer_id, tour.unit) for tour in matching.tours})
    people = {
        nation: tuple(int(count) for count in months) for nation, months in people_in_place(problem, matching).items()
    }
    shares = fair_shares(problem)
    whole = sum(sum(people[nation]) for nation in shares)
    rows = (
        NationBurden(
            nation=nation,
            name=names.get(nation, nation),
            offers=standing[nation],
            offers_used=used[nation],
            units=units[nation],
            people=months,
            people_months=sum(months),
            fair_share=shares.get(nation),
            fair_people_months=shares[nation] * whole if nation in shares else None,
        )
        for nation, months in people.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.people_months, row.nation)))
