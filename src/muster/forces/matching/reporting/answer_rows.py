"""Answers as rows that people read: what is short and why, what changes are worth, what was supposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from muster.forces.matching.answers.unfilled import Unfilled
from muster.forces.matching.answers.whatif import WhatIf
from muster.forces.matching.answers.worth import Worth
from muster.forces.matching.coverage import Coverage
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.cover import CoverRow
from muster.forces.matching.reporting.words import Words

_SEARCH: Final = "search"
_MORE_TIME: Final = "another matching that was found fills it; match again with more time"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfilledRow:
    """A requirement that is short, and what would have to be otherwise.

    Attributes
    ----------
    short
        Elements missing in each month.
    short_element_months
        Their sum.
    """

    requirement_id: str
    name: str
    component: str
    place: str
    criticality: int
    element: str
    short: tuple[int, ...]
    short_element_months: int
    kinds: tuple[str, ...]
    reasons: str
    is_shortest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthRow:
    """What a change is worth.

    Attributes
    ----------
    share, share_bound
        Gained or lost part of all that is needed, by weight, and what cannot be exceeded.
    is_proved
        Whether the gain is proved to be the best there is.
    touches
        Requirements that gain or lose element-days, those that change most first.
    """

    what: str
    nation: str
    says: str
    units: int
    share: float
    share_bound: float
    is_proved: bool
    touches: tuple[tuple[str, int], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRow:
    """A supposition and what it does.

    Attributes
    ----------
    before, after, after_bound
        Weighted share covered, 0 to 1.
    is_proved
        Whether no more could be covered under the supposition.
    touches
        Requirements that gain or lose element-days.
    by_nation
        Nations that gain or lose people-months in place.
    """

    changes: str
    before: float
    after: float
    after_bound: float
    is_proved: bool
    touches: tuple[tuple[str, int], ...]
    by_nation: tuple[tuple[str, int], ...]


def list_unfilled_rows(
    problem: MatchingProblem, cover: Sequence[CoverRow], unfilled: Sequence[Unfilled] | None
) -> tuple[UnfilledRow, ...] | None:
    """Requirements that this matching leaves short, most critical first, then by what is missing.

    Parameters
    ----------
    unfilled
        Reasons; where the matching is not proved, they are those of a matching that may be better.
    """
    if unfilled is None:
        return None
    reasons, words = {row.requirement_id: row for row in unfilled}, Words(problem)
    listed = [_unfilled(row, reasons.get(row.requirement_id), words) for row in cover if not row.is_filled]
    return tuple(sorted(listed, key=lambda row: (row.criticality, -row.short_element_months, row.requirement_id)))


def _unfilled(row: CoverRow, found: Unfilled | None, words: Words) -> UnfilledRow:
    short = tuple(max(0, needed - there) for needed, there in zip(row.needed, row.in_place, strict=True))
    kinds = (_SEARCH,) if found is None else tuple(dict.fromkeys(reason.kind.value for reason in found.reasons))
    return UnfilledRow(
        requirement_id=row.requirement_id,
        name=row.name,
        component=row.component,
        place=row.place,
        criticality=row.criticality,
        element=row.element,
        short=short,
        short_element_months=sum(short),
        kinds=kinds,
        reasons=_MORE_TIME if found is None else words.reasons(found.reasons),
        is_shortest=found is not None and found.is_shortest,
    )


def list_worth_rows(
    problem: MatchingProblem, worths: Sequence[Worth] | None, cover: Coverage
) -> tuple[WorthRow, ...] | None:
    """Changes, those that change most first."""
    if worths is None:
        return None
    words, whole = Words(problem), cover.whole or 1
    ordered = sorted(worths, key=lambda worth: (-abs(worth.gain), -abs(worth.gain_bound), worth.nation, worth.what))
    return tuple(
        WorthRow(
            what=worth.what,
            nation=worth.nation,
            says=words.change(worth),
            units=worth.units,
            share=worth.gain / whole,
            share_bound=worth.gain_bound / whole,
            is_proved=worth.gain == worth.gain_bound,
            touches=worth.by_requirement,
            note=worth.note,
        )
        for worth in ordered
    )


def list_whatif_rows(whatifs: Sequence[WhatIf], cover: Coverage) -> tuple[WhatIfRow, ...]:
    """Suppositions, in the order in which they were asked."""
    whole = cover.whole or 1
    return tuple(
        WhatIfRow(
            changes=", ".join(whatif.changes),
            before=whatif.before / whole,
            after=whatif.after / whole,
            after_bound=whatif.after_bound / whole,
            is_proved=whatif.after == whatif.after_bound,
            touches=whatif.by_requirement,
            by_nation=whatif.by_nation,
        )
        for whatif in whatifs
    )
