"""The checks of a matching: every promise derived again from the problem and the tours alone."""

from collections import Counter
from collections.abc import Iterator

from muster.forces.matching.checks.alone import ALONE
from muster.forces.matching.checks.finding import Finding, list_served
from muster.forces.matching.checks.together import TOGETHER
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem

__all__ = ["Finding", "check"]


def check(problem: MatchingProblem, matching: Matching) -> tuple[Finding, ...]:
    """All findings, in the order of the rules; none for a matching that keeps every promise."""
    return tuple(_findings(problem, matching))


def _findings(problem: MatchingProblem, matching: Matching) -> Iterator[Finding]:
    yield from well_formed(problem, matching)
    served = list_served(problem, matching)
    for rule in ALONE:
        for each in served:
            yield from rule(problem, each)
    for rule_of_all in TOGETHER:
        yield from rule_of_all(problem, served)


def well_formed(problem: MatchingProblem, matching: Matching) -> Iterator[Finding]:
    """Tours name offers, units and requirements that exist, each once."""
    units = {offer.offer_id: offer.quantity for offer in problem.offers}
    known = {requirement.requirement_id for requirement in problem.requirements}
    for tour, times in Counter(matching.tours).items():
        if tour.offer_id not in units or not 1 <= tour.unit <= units[tour.offer_id]:
            yield Finding("well_formed", tour.offer_id, f"Unit {tour.unit} of offer {tour.offer_id} does not exist.")
        if tour.requirement_id not in known:
            text = f"Requirement {tour.requirement_id} does not exist."
            yield Finding("well_formed", tour.requirement_id, text)
        if tour.first_month < 0 or times > 1:
            text = f"{tour} stands twice." if times > 1 else f"{tour} begins before C-day."
            yield Finding("well_formed", tour.offer_id, text)
