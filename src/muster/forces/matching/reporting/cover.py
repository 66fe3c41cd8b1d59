"""How well requirements are covered: one by one, and together by component, place and criticality."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from muster.forces.matching.coverage import Counts, Coverage
from muster.forces.matching.needs import Need
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.requirements import Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """Cover of one requirement.

    Attributes
    ----------
    element
        What is counted: companies where units are built of them, else units of the size.
    from_d, until_d
        Days of need after C-day, within the months planned.
    needed, in_place
        Elements in each month. Length: the months planned.
    share
        Share of the element-days covered, 0 to 1; None where nothing is needed within the plan.
    nations
        Nations that serve in it, those that serve most first.
    """

    requirement_id: str
    name: str
    component: str
    capability: str
    place: str
    phase: str
    criticality: int
    size: str
    quantity: int
    element: str
    from_d: int
    until_d: int
    needed: tuple[int, ...]
    in_place: tuple[int, ...]
    share: float | None
    nations: tuple[str, ...]

    @property
    def is_filled(self) -> bool:
        """Whether it is covered wholly in every month of need."""
        return all(there >= needed for needed, there in zip(self.needed, self.in_place, strict=True))


class Grouping(StrEnum):
    """By what requirements are taken together."""

    COMPONENT = "component"
    CRITICALITY = "criticality"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverGroup:
    """Cover of the requirements that have something in common, each by its weight.

    Attributes
    ----------
    share, months
        Weighted share covered, in all and in each month; None where nothing is needed.
    """

    grouping: Grouping
    name: str
    requirements: int
    share: float | None
    months: tuple[float | None, ...]


_KEYS: dict[Grouping, Callable[[Requirement], str]] = {
    Grouping.COMPONENT: lambda row: row.component.value,
    Grouping.PLACE: lambda row: row.place,
    Grouping.CRITICALITY: lambda row: str(row.criticality),
}


def list_cover(
    problem: MatchingProblem, matching: Matching, cover: Coverage, needs: tuple[Need, ...]
) -> tuple[CoverRow, ...]:
    """Cover of every requirement, in the order of the problem."""
    served = _months_served(problem, matching)
    return tuple(
        CoverRow(
            requirement_id=row.requirement_id,
            name=row.name,
            component=row.component.value,
            capability=row.capability,
            place=row.place,
            phase=row.phase,
            criticality=row.criticality,
            size=row.size.value,
            quantity=row.quantity,
            element=row.size.value if row.size.companies is None else "company",
            from_d=need.from_d,
            until_d=need.until_d,
            needed=_whole(cover.needed[number]),
            in_place=_whole(cover.in_place[number]),
            share=_share(cover, np.array([number])),
            nations=served.get(row.requirement_id, ()),
        )
        for number, (row, need) in enumerate(zip(problem.requirements, needs, strict=True))
    )


def list_groups(problem: MatchingProblem, cover: Coverage) -> tuple[CoverGroup, ...]:
    """Cover by component, criticality and place; within each, as the names go."""
    return tuple(group for grouping in Grouping for group in _groups(problem, cover, grouping))


def shares_by_month(cover: Coverage, rows: Counts | None = None) -> tuple[float | None, ...]:
    """Weighted share covered in each month; None in months in which nothing is needed.

    Parameters
    ----------
    rows
        Positions of the requirements that count; None is all.
    """
    chosen = slice(None) if rows is None else rows
    covered = (cover.covered * cover.worth)[chosen].sum(axis=0)
    needed = (cover.needed * cover.worth)[chosen].sum(axis=0)
    return tuple(float(part / whole) if whole else None for part, whole in zip(covered, needed, strict=True))


def _groups(problem: MatchingProblem, cover: Coverage, grouping: Grouping) -> Iterator[CoverGroup]:
    names = np.array([_KEYS[grouping](row) for row in problem.requirements])
    for name in sorted(set(names.tolist())):
        rows = np.flatnonzero(names == name)
        yield CoverGroup(
            grouping=grouping,
            name=name,
            requirements=len(rows),
            share=_share(cover, rows),
            months=shares_by_month(cover, rows),
        )


def _share(cover: Coverage, rows: Counts) -> float | None:
    whole = (cover.needed * cover.worth)[rows].sum()
    return float((cover.covered * cover.worth)[rows].sum() / whole) if whole else None


def _months_served(problem: MatchingProblem, matching: Matching) -> dict[str, tuple[str, ...]]:
    """Nations in each requirement, by unit-months, most first."""
    nation_of = {offer.offer_id: offer.nation for offer in problem.offers}
    months: dict[str, dict[str, int]] = {}
    for tour in matching.tours:
        served, nation = months.setdefault(tour.requirement_id, {}), nation_of[tour.offer_id]
        served[nation] = served.get(nation, 0) + tour.months
    return {
        requirement: tuple(sorted(served, key=lambda nation: (-served[nation], nation)))
        for requirement, served in months.items()
    }


def _whole(counts: Counts) -> tuple[int, ...]:
    return tuple(int(value) for value in counts)
