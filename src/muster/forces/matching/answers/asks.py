"""The value of the next offer: what to ask of whom, each matched again.

An ask is for as many units as keep one in place all the time. Nations are asked on the terms that they usually give:
their gates, notice, places and attributes, and all their caveats. Nations on whose terms the same could be done are
one ask.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

import numpy as np

from muster.forces.matching.answers.again import Again
from muster.forces.matching.answers.worth import ChangeKind, Worth
from muster.forces.matching.answers.worths import Change, worths_of
from muster.forces.matching.coverage import Counts, coverage
from muster.forces.matching.pairing import fits
from muster.forces.matching.part import Board, lay_out
from muster.forces.matching.problem import MatchingProblem
from muster.forces.nations import Part
from muster.forces.offers import Offer, OfferStatus, PlaceAllowed
from muster.forces.requirements import Requirement

MOST_ASKS = 20
TERMS_OF_EACH = 2
"""Terms on which the same is asked for: the best and the next best."""
_WIDEST = (PlaceAllowed.IN_COUNTRY, PlaceAllowed.NEIGHBOUR_ONLY, PlaceAllowed.HOME_ONLY)


@dataclass(frozen=True, slots=True)
class _Ask:
    """An offer that could be asked for, with the nations that could make it.

    Attributes
    ----------
    hoped
        Weighted element-days that it could cover of what is short now, if nothing else moved.
    """

    offer: Offer
    nations: tuple[str, ...]
    hoped: int


def rematches(most: int) -> int:
    """How often a part is likely to be matched again for some asks: with the ask, and, if not proved, without."""
    return 2 * most


def list_asks(again: Again, *, most: int = MOST_ASKS) -> tuple[Worth, ...]:
    """The offers most worth asking for, most first; fewer where no more would help."""
    worths = worths_of(again, [_change(again.problem, ask) for ask in _candidates(again, most)])
    return tuple(sorted((worth for worth in worths if worth.gain > 0), key=lambda worth: (-worth.gain, worth.what)))


def _change(problem: MatchingProblem, ask: _Ask) -> Change:
    others = f"or of {', '.join(ask.nations[1:])} on terms as good" if len(ask.nations) > 1 else ""
    what = f"{ask.offer.capability}, {ask.offer.size}" + (f", {ask.offer.unit_type}" if ask.offer.unit_type else "")
    return Change(
        problem.with_offers(ask.offer),
        ChangeKind.NEXT_OFFER,
        what,
        ask.offer.nation,
        units=ask.offer.quantity,
        note=others,
    )


def _candidates(again: Again, most: int) -> list[_Ask]:
    """Those hoped to cover most, most first, and a few of each kind only: a list is not one unit asked of everybody."""
    problem = again.problem
    short = _short_worth(problem, again)
    first_of: dict[tuple[str, str, str | None], int] = {}
    for row, requirement in enumerate(problem.requirements):
        if short[row].any():
            first_of.setdefault((requirement.capability, requirement.size, requirement.unit_type), row)
    asked_of = [offer for nation in _contributors(problem) if (offer := _usual_terms(problem, nation)) is not None]
    kept: list[_Ask] = []
    kinds = [problem.requirements[row] for row in first_of.values()]
    ceilings = {each.capability: _ceiling(problem, each.capability, short) for each in kinds}
    for requirement in sorted(kinds, key=lambda each: -ceilings[each.capability]):
        if len(kept) >= most and kept[most - 1].hoped > ceilings[requirement.capability]:
            break
        asks = _distinct(problem, requirement, asked_of, short)
        kept = sorted([*kept, *sorted(asks, key=_rank)[:TERMS_OF_EACH]], key=_rank)
    return kept[:most]


def _rank(ask: _Ask) -> tuple[int, str]:
    return -ask.hoped, ask.offer.offer_id


def _contributors(problem: MatchingProblem) -> list[str]:
    """Nations that may be asked, the largest forces first."""
    asked = [nation for nation in problem.nations if nation.part is Part.CONTRIBUTOR]
    return [row.nation for row in sorted(asked, key=lambda row: (-(row.armed_forces_k or 0), row.nation))]


def _usual_terms(problem: MatchingProblem, nation: str) -> Offer | None:
    """An offer on the terms that a nation usually gives; None for a nation that offers nothing."""
    offers = [offer for offer in problem.offers if offer.nation == nation and offer.stands]
    if not offers:
        return None
    widest = next(allowed for allowed in _WIDEST if any(offer.place_allowed is allowed for offer in offers))
    usual = [offer for offer in offers if offer.place_allowed is widest]
    gates, _ = Counter(offer.gates for offer in usual).most_common(1)[0]
    return replace(
        usual[0],
        offer_id=f"ask of {nation}",
        name="",
        unit_type=None,
        people=None,
        gates=gates,
        notice_days=median_low(notices)
        if (notices := [o.notice_days for o in usual if o.notice_days is not None])
        else None,
        has=tuple(sorted({attribute for offer in usual for attribute in offer.has})),
        available_from=None,
        available_until=None,
        tour_max_months=None,
        status=OfferStatus.PLEDGE,
    )


def _distinct(
    problem: MatchingProblem, requirement: Requirement, asked_of: Sequence[Offer], short: Counts
) -> Iterator[_Ask]:
    """Asks for a capability and size, one for all nations on whose terms the same could be done."""
    by_terms: dict[tuple[object, ...], list[tuple[Offer, Board]]] = {}
    rows = [row for row, each in enumerate(problem.requirements) if each.capability == requirement.capability]
    posts = tuple(replace(problem.requirements[row], framework=None) for row in rows)
    for terms in asked_of:
        offer = replace(
            terms,
            capability=requirement.capability,
            size=requirement.size,
            unit_type=requirement.unit_type,
            quantity=problem.rotation.ratio,
            in_place_max=1,
            people=problem.people_of(requirement),
        )
        alone = lay_out(replace(problem, requirements=posts, offers=(offer,)))
        if alone.size:
            tours = (alone.tables.requirement.tobytes(), alone.tables.first.tobytes(), alone.tables.months.tobytes())
            key = (*tours, *_standing(problem, offer.nation, rows))
            by_terms.setdefault(key, []).append((offer, alone))
    for same in by_terms.values():
        offer, alone = same[0]
        yield _Ask(offer, tuple(each.nation for each, _ in same), _hoped(alone, short[rows]))


def _standing(problem: MatchingProblem, nation: str, rows: Sequence[int]) -> Iterator[object]:
    """What sets a nation apart from others with the same tours: limits on its people, and rules about nations."""
    yield tuple(caveat.caveat_id for caveat in problem.caveats if caveat.nation == nation and caveat.limit_people)
    for requirement in (problem.requirements[row] for row in rows):
        yield requirement.framework == nation
        yield requirement.max_nations is not None and any(
            offer.nation == nation and offer.stands and fits(offer, requirement) for offer in problem.offers
        )


def _ceiling(problem: MatchingProblem, capability: str, short: Counts) -> int:
    """What no offer of a capability can be hoped to cover more than."""
    same = [row for row, each in enumerate(problem.requirements) if each.capability == capability]
    return int(short[same].max(axis=0).sum())


def _hoped(alone: Board, short: Counts) -> int:
    """What one unit in place all the time covers of what is short, at the best requirement in each month."""
    tables = alone.tables
    best = np.zeros(short.shape[1], np.int64)
    for tour in range(alone.size):
        months = slice(tables.first[tour], tables.first[tour] + tables.months[tour])
        best[months] = np.maximum(best[months], short[tables.requirement[tour], months])
    return int(best.sum())


def _short_worth(problem: MatchingProblem, again: Again) -> Counts:
    """Worth of what is short, one unit at most. Shape (n_requirements, n_months)."""
    cover = coverage(problem, again.base.matching)
    brought = np.array([[row.size.companies or 1] for row in problem.requirements])
    worth: Counts = np.minimum(cover.needed - cover.covered, brought) * cover.worth
    return worth
