"""What of a matching may be shown to everybody: how well needs are covered, in bands that give no nation's part away.

Counted are elements in place in the months of a quarter, by requirement; the needs themselves are taken for known.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from muster.disclosure import Cell, Contributions, Edition, PublishedSum, Release, Share, Statement
from muster.disclosure.aggregates import safe_release
from muster.forces.matching.needs import Need, elements_of, list_needs
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import Assumption, MatchingProblem, Rotation
from muster.forces.months import QUARTER_MONTHS, month_start_d

WHOLE: Final = "the force"
"""Name of the row of all requirements together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """Cover of a requirement, a component or the force in bands, quarter by quarter.

    Attributes
    ----------
    component, place, criticality
        Empty and None for a row of several requirements.
    needed
        Element-months needed in each quarter.
    bands
        What is released of each quarter; None where nothing is needed.
    since
        Number of the release from which each band stands; None where nothing is needed or released.
    """

    name: str
    title: str
    component: str
    place: str
    criticality: int | None
    needed: tuple[int, ...]
    bands: tuple[str | None, ...]
    since: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasableReport:
    """A matching as everybody may look at it.

    Attributes
    ----------
    number
        Number of the release in its series.
    quarter_starts_d
        First day of each quarter after C-day, and the end of the last.
    totals, rows
        Components and the force; requirements.
    released, kept_back
        Bands that are shown, and those that would give something away.
    """

    title: str
    case: str
    c_day: str | None
    months: int
    number: int
    quarter_starts_d: tuple[int, ...]
    rotation: Rotation
    assumptions: tuple[Assumption, ...]
    totals: tuple[BandRow, ...]
    rows: tuple[BandRow, ...]
    released: int
    kept_back: int


def edition_of(problem: MatchingProblem, matching: Matching, history: Sequence[Edition] = ()) -> Edition:
    """The next release of a series; the last one again where nothing has changed since.

    Parameters
    ----------
    history
        Earlier releases of the series with what they were made from, oldest first.

    Raises
    ------
    AggregatesRefused
        When the history is no series.
    """
    needs = list_needs(problem)
    contributions, sums = _contributions(problem, matching, needs), _sums(problem, needs)
    if history and (history[-1].contributions, history[-1].sums) == (contributions, sums):
        return history[-1]
    return Edition(contributions, sums, safe_release(contributions, sums, history=history))


def releasable(problem: MatchingProblem, release: Release) -> ReleasableReport:
    """What everybody may see of a release of this problem."""
    said = {statement.name: statement for statement in release.statements}
    needs, quarters = list_needs(problem), range(_quarters(problem))
    rows = tuple(
        _row(
            said, _requirement(row.requirement_id), row.requirement_id, row.name, _needed([need], problem),
            component=row.component.value, place=row.place, criticality=row.criticality,
        )
        for row, need in zip(problem.requirements, needs, strict=True)
    )  # fmt: skip
    components = sorted({row.component.value for row in problem.requirements})
    totals = (
        _row(said, WHOLE, "", WHOLE, _needed(needs, problem)),
        *(
            _row(said, _component(name), "", name, _needed(_needs_of(problem, needs, name), problem))
            for name in components
        ),
    )
    shown = [band for row in (*totals, *rows) for band, needed in zip(row.bands, row.needed, strict=True) if needed]
    kept_back = sum(statement.shown is None for statement in release.statements)
    c_day = problem.timeline.c_day
    return ReleasableReport(
        title=problem.title,
        case=problem.case,
        c_day=None if c_day is None else c_day.isoformat(),
        months=problem.months,
        number=release.number,
        quarter_starts_d=(
            *(month_start_d(QUARTER_MONTHS * quarter) for quarter in quarters),
            month_start_d(problem.months),
        ),
        rotation=problem.rotation,
        assumptions=problem.assumptions,
        totals=totals,
        rows=rows,
        released=len(shown) - kept_back,
        kept_back=kept_back,
    )


def _quarters(problem: MatchingProblem) -> int:
    return -(-problem.months // QUARTER_MONTHS)


def _quarter_name(quarter: int) -> str:
    return f"Q{quarter + 1}"


def _requirement(requirement_id: str) -> str:
    return f"requirement {requirement_id}"


def _component(name: str) -> str:
    return f"component {name}"


def _name(row: str, quarter: int) -> str:
    """Name of a sum; it stands for the same sum in every release."""
    return str(Cell(row, _quarter_name(quarter)))


def _contributions(problem: MatchingProblem, matching: Matching, needs: Sequence[Need]) -> Contributions:
    offers = {offer.offer_id: offer for offer in problem.offers}
    rows = {row.requirement_id: number for number, row in enumerate(problem.requirements)}
    amounts = Counter[tuple[Cell, str]]()
    for tour in matching.tours:
        number, offer = rows[tour.requirement_id], offers[tour.offer_id]
        brought = elements_of(offer.size)
        for month in range(tour.first_month, tour.end_month):
            if needs[number].days[month]:
                cell = Cell(tour.requirement_id, _quarter_name(month // QUARTER_MONTHS))
                amounts[cell, offer.nation] += brought
    return Contributions(tuple(Share(cell, nation, amount) for (cell, nation), amount in sorted(amounts.items())))


def _sums(problem: MatchingProblem, needs: Sequence[Need]) -> tuple[PublishedSum, ...]:
    """Every requirement, component and the force in every quarter in which something is needed."""
    cells: dict[str, list[frozenset[Cell]]] = {}
    needed: dict[str, tuple[int, ...]] = {}
    for row, need in zip(problem.requirements, needs, strict=True):
        of = _needed([need], problem)
        own = [frozenset([Cell(row.requirement_id, _quarter_name(quarter))]) if of[quarter] else frozenset()
               for quarter in range(len(of))]  # fmt: skip
        for name in (_requirement(row.requirement_id), _component(row.component.value), WHOLE):
            before, summed = cells.get(name), needed.get(name, (0,) * len(of))
            cells[name] = own if before is None else [a | b for a, b in zip(before, own, strict=True)]
            needed[name] = tuple(a + b for a, b in zip(summed, of, strict=True))
    return tuple(
        PublishedSum(_name(name, quarter), cells[name][quarter], count)
        for name, counts in needed.items()
        for quarter, count in enumerate(counts)
        if count
    )


def _needs_of(problem: MatchingProblem, needs: Sequence[Need], component: str) -> list[Need]:
    return [need for row, need in zip(problem.requirements, needs, strict=True) if row.component.value == component]


def _needed(needs: Sequence[Need], problem: MatchingProblem) -> tuple[int, ...]:
    """Element-months needed together in each quarter."""
    return tuple(
        sum(
            need.elements
            for need in needs
            for days in need.days[QUARTER_MONTHS * quarter : QUARTER_MONTHS * (quarter + 1)]
            if days
        )
        for quarter in range(_quarters(problem))
    )


def _row(
    said: dict[str, Statement],
    sum_name: str,
    name: str,
    title: str,
    needed: tuple[int, ...],
    *,
    component: str = "",
    place: str = "",
    criticality: int | None = None,
) -> BandRow:
    statements = [said.get(_name(sum_name, quarter)) for quarter in range(len(needed))]
    return BandRow(
        name=name,
        title=title,
        component=component,
        place=place,
        criticality=criticality,
        needed=needed,
        bands=tuple(None if statement is None else str(statement) for statement in statements),
        since=tuple(None if statement is None else statement.release for statement in statements),
    )
