"""The best cover of a small coalition by another way: every tour of every single unit is a yes or no for CP-SAT.

Which tours there are is worked out from the rows and the checks, not from the pairings of the matching.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from muster.forces import Offer, Requirement
from muster.forces.matching.checks.alone import ALONE
from muster.forces.matching.checks.finding import Served, day_of
from muster.forces.matching.plan import Tour
from muster.forces.matching.problem import CRITICALITY_WEIGHTS, MatchingProblem
from muster.forces.months import days_in_month, month_start_d


def best_cover(problem: MatchingProblem) -> int:
    """Most weighted element-days that can be covered."""
    model = cp_model.CpModel()
    chosen = {tour: model.new_bool_var(str(tour)) for tour in _tours(problem)}
    offers = {row.offer_id: row for row in problem.offers}
    for first, second in combinations(chosen, 2):
        if (first.offer_id, first.unit) == (second.offer_id, second.unit) and _too_soon(problem, first, second):
            model.add_at_most_one(chosen[first], chosen[second])
    covered = []
    for requirement in problem.requirements:
        elements = requirement.size.companies or 1
        for month in range(problem.months):
            there = [tour for tour in chosen if tour.requirement_id == requirement.requirement_id and _in(tour, month)]
            _rules_of_nations(model, requirement, [(offers[tour.offer_id].nation, chosen[tour]) for tour in there])
            whole = requirement.quantity * elements
            cover = model.new_int_var(0, whole, f"{requirement.requirement_id} {month}")
            model.add(cover <= sum((offers[tour.offer_id].size.companies or 1) * chosen[tour] for tour in there))
            worth = CRITICALITY_WEIGHTS[requirement.criticality - 1] * 12 // elements
            covered.append(worth * _need_d(problem, requirement, month) * cover)
    _limits_of_offers_and_people(model, problem, chosen)
    model.maximize(sum(covered))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def _tours(problem: MatchingProblem) -> Iterator[Tour]:
    for offer in problem.offers:
        for requirement in problem.requirements:
            for first in range(problem.months):
                for months in range(1, problem.rotation.tour_months + 1):
                    tour = Tour(offer.offer_id, 1, requirement.requirement_id, first, months)
                    served = Served(tour, offer, requirement)
                    if not any(finding for rule in ALONE for finding in rule(problem, served)) and (
                        _is_full(problem, offer, requirement, tour)
                    ):
                        for unit in range(1, offer.quantity + 1):
                            yield Tour(offer.offer_id, unit, requirement.requirement_id, first, months)


def _is_full(problem: MatchingProblem, offer: Offer, requirement: Requirement, tour: Tour) -> bool:
    """Whether a tour ends because it must, or where a caveat of its nation begins."""
    longest = min(offer.tour_max_months or problem.rotation.tour_months, problem.rotation.tour_months)
    next_need_d = _need_d(problem, requirement, tour.end_month) if tour.end_month < problem.months else 0
    if tour.months == longest or not next_need_d:
        return True
    starts = [day_of(problem, row.starts) for row in problem.caveats if row.nation == offer.nation and row.starts]
    if any(month_start_d(tour.end_month) <= start < month_start_d(tour.end_month + 1) for start in starts):
        return True
    end_d = min(month_start_d(tour.end_month + 1), _need_end_d(problem, requirement))
    return offer.available_until is not None and end_d > day_of(problem, offer.available_until)


def _need_end_d(problem: MatchingProblem, requirement: Requirement) -> int:
    ends = requirement.needed_until
    return month_start_d(problem.months) if ends is None else day_of(problem, ends)


def _need_d(problem: MatchingProblem, requirement: Requirement, month: int) -> int:
    return days_in_month(month, max(0, day_of(problem, requirement.needed_from)), _need_end_d(problem, requirement))


def _too_soon(problem: MatchingProblem, first: Tour, second: Tour) -> bool:
    earlier, later = sorted((first, second), key=lambda tour: tour.first_month)
    return later.first_month < earlier.first_month + problem.rotation.ratio * earlier.months


def _in(tour: Tour, month: int) -> bool:
    return tour.first_month <= month < tour.end_month


def _rules_of_nations(
    model: cp_model.CpModel, requirement: Requirement, there: list[tuple[str, cp_model.IntVar]]
) -> None:
    serves = {nation: model.new_bool_var("") for nation, _ in there}
    for nation, tour in there:
        model.add_implication(tour, serves[nation])
    for nation, serving in serves.items():
        model.add_bool_or([tour for other, tour in there if other == nation]).only_enforce_if(serving)
    if requirement.max_nations is not None:
        model.add(sum(serves.values()) <= requirement.max_nations)
    if requirement.framework is not None:
        for nation, serving in serves.items():
            if nation != requirement.framework:
                leader = serves.get(requirement.framework)
                model.add(serving == 0) if leader is None else model.add_implication(serving, leader)


def _limits_of_offers_and_people(
    model: cp_model.CpModel, problem: MatchingProblem, chosen: dict[Tour, cp_model.IntVar]
) -> None:
    there: defaultdict[tuple[str, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    limits = {row.caveat_id: row for row in problem.caveats if row.limit_people and row.caveat_id not in problem.lifted}
    offers = {row.offer_id: row for row in problem.offers}
    places = {row.requirement_id: row.place for row in problem.requirements}
    for tour, variable in chosen.items():
        offer, country = offers[tour.offer_id], problem.countries[places[tour.requirement_id]]
        for month in range(tour.first_month, tour.end_month):
            there[f"offer {tour.offer_id}", month].append((1, variable))
            for name, limit in limits.items():
                from_d = day_of(problem, limit.starts) if limit.starts else 0
                until_d = day_of(problem, limit.until) if limit.until else None
                holds = limit.nation == offer.nation and limit.country in {None, country}
                if holds and days_in_month(month, from_d, until_d):
                    there[f"limit {name}", month].append((problem.people_of(offer), variable))
    most = {f"offer {row.offer_id}": row.in_place_max or row.quantity for row in problem.offers}
    most |= {f"limit {name}": limit.limit_people or 0 for name, limit in limits.items()}
    for (name, _), rows in there.items():
        model.add(sum(count * variable for count, variable in rows) <= most[name])
