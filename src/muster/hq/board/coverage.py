"""Cover of requirements by month as a table that is told by colour and by figures: for the headquarters."""

from dataclasses import dataclass
from typing import Final

from muster.forces.matching.coverage import coverage
from muster.forces.matching.needs import list_needs
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.cover import CoverRow, list_cover
from muster.forces.months import month_start_d

LEVELS: Final = 5
"""Steps of the colours: from nothing there (0) by quarters to wholly covered (4)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A requirement in a month, in elements; ``level`` is None where nothing is needed."""

    needed: int
    in_place: int

    @property
    def level(self) -> int | None:
        """Step of the colours; only what is wholly covered gets the last one."""
        if not self.needed:
            return None
        return min(LEVELS - 1, self.in_place * (LEVELS - 1) // self.needed)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A requirement with its months."""

    cover: CoverRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Requirements by months, the least covered of the most critical first; months are told by their first day."""

    month_starts_d: tuple[int, ...]
    rows: tuple[HeatRow, ...]


def heat_map(problem: MatchingProblem, matching: Matching) -> HeatMap:
    """Cover of every requirement in every month."""
    covers = list_cover(problem, matching, coverage(problem, matching), list_needs(problem))
    return HeatMap(
        tuple(month_start_d(month) for month in range(problem.months)),
        tuple(HeatRow(cover, _cells(cover)) for cover in sorted(covers, key=_order)),
    )


def _cells(cover: CoverRow) -> tuple[Cell, ...]:
    return tuple(Cell(needed, there) for needed, there in zip(cover.needed, cover.in_place, strict=True))


def _order(cover: CoverRow) -> tuple[int, float, str]:
    return (cover.criticality, 1.0 if cover.share is None else cover.share, cover.requirement_id)
