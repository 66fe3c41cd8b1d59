"""Rules that tours keep or break together."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from muster.forces.caveats import Caveat
from muster.forces.matching.checks.finding import Finding, Findings, Served, day_of, first_day
from muster.forces.matching.problem import MatchingProblem
from muster.forces.months import days_in_month


def rotation(problem: MatchingProblem, served: Sequence[Served]) -> Findings:
    """A unit goes again only when the ratio times the months of its tour have passed since that began."""
    by_unit: defaultdict[tuple[str, int], list[Served]] = defaultdict(list)
    for each in served:
        by_unit[each.tour.offer_id, each.tour.unit].append(each)
    for tours in by_unit.values():
        in_order = sorted(tours, key=lambda each: each.tour.first_month)
        for before, after in pairwise(in_order):
            again = before.tour.first_month + problem.rotation.ratio * before.tour.months
            if after.tour.first_month < again:
                text = f"{after} goes in month {after.tour.first_month}, after its last tour not before month {again}."
                yield Finding("rotation", after.offer.offer_id, text)


def in_place_max(_problem: MatchingProblem, served: Sequence[Served]) -> Findings:
    """No more units of an offer are in place at one time than its nation allows."""
    there: defaultdict[tuple[str, int], list[Served]] = defaultdict(list)
    for each in served:
        for month in range(each.tour.first_month, each.tour.end_month):
            there[each.offer.offer_id, month].append(each)
    for (offer_id, month), units in sorted(there.items()):
        most = units[0].offer.in_place_max
        if most is not None and len(units) > most:
            text = f"{len(units)} units of offer {offer_id} are in place in month {month}; {most} may be."
            yield Finding("in_place_max", offer_id, text)


def max_nations(_problem: MatchingProblem, served: Sequence[Served]) -> Findings:
    """No more nations serve in a requirement in a month than it bears."""
    for (requirement_id, month), there in _by_month(served).items():
        most, nations = there[0].requirement.max_nations, {each.offer.nation for each in there}
        if most is not None and len(nations) > most:
            text = f"{', '.join(sorted(nations))} serve in requirement {requirement_id} in month {month}; {most} may."
            yield Finding("max_nations", requirement_id, text)


def framework_nation(_problem: MatchingProblem, served: Sequence[Served]) -> Findings:
    """Where a nation leads a requirement, others serve only beside it."""
    for (requirement_id, month), there in _by_month(served).items():
        leads = there[0].requirement.framework
        if leads is not None and leads not in {each.offer.nation for each in there}:
            text = f"In month {month} nobody of {leads}, which leads requirement {requirement_id}, is there."
            yield Finding("framework_nation", requirement_id, text)


def people_limits(problem: MatchingProblem, served: Sequence[Served]) -> Findings:
    """No nation has more people in place than its caveats allow."""
    for caveat in problem.caveats:
        if caveat.limit_people is None or caveat.caveat_id in problem.lifted:
            continue
        people: defaultdict[int, int] = defaultdict(int)
        for each in served:
            if _limits(problem, caveat, each):
                for month in range(each.tour.first_month, each.tour.end_month):
                    people[month] += problem.people_of(each.offer)
        for month, count in sorted(people.items()):
            if count > caveat.limit_people and _is_in_force(problem, caveat, month):
                allowed = f"{caveat.caveat_id} allows {caveat.limit_people}"
                text = f"{caveat.nation} has {count} people in month {month}; {allowed}."
                yield Finding("people_limits", caveat.caveat_id, text)


def _limits(problem: MatchingProblem, caveat: Caveat, each: Served) -> bool:
    requirement = each.requirement
    return (
        caveat.nation == each.offer.nation
        and caveat.category not in requirement.tolerates
        and caveat.country in {None, problem.countries.get(requirement.place)}
        and caveat.place in {None, requirement.place}
        and caveat.task in {None, requirement.task}
    )


def _is_in_force(problem: MatchingProblem, caveat: Caveat, month: int) -> bool:
    """Whether a caveat holds on a day of a month."""
    from_d = None if caveat.starts is None else day_of(problem, caveat.starts)
    return days_in_month(month, from_d or 0, None if caveat.until is None else first_day(problem, caveat.until)) > 0


def _by_month(served: Sequence[Served]) -> dict[tuple[str, int], list[Served]]:
    """Tours in place by requirement and month."""
    found: defaultdict[tuple[str, int], list[Served]] = defaultdict(list)
    for each in served:
        for month in range(each.tour.first_month, each.tour.end_month):
            found[each.requirement.requirement_id, month].append(each)
    return dict(sorted(found.items()))


TOGETHER = (rotation, in_place_max, max_nations, framework_nation, people_limits)
