"""Everything that was answered about one matching, kept beside it so that nothing is worked out twice."""

from dataclasses import dataclass

from muster.forces.matching.answers.chance import CoverageRisk
from muster.forces.matching.answers.sustained import Sustained
from muster.forces.matching.answers.unfilled import Unfilled
from muster.forces.matching.answers.unused import Unused
from muster.forces.matching.answers.whatif import WhatIf
from muster.forces.matching.answers.worth import Worth
from muster.forces.matching.objectives import Aim, Attainment, attained
from muster.forces.matching.part import Part
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.split import split


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Answers about a matching; None is not asked yet.

    Attributes
    ----------
    attainments
        By aim, in the order of importance.
    part_bounds
        Weighted element-days that no matching exceeds in each part of the problem, in the order of the parts.
    solve_s
        Seconds that the matching took.
    seed
        Seed of the search.
    caveats, gates, withdrawals, asks
        Prices of caveats and gates, what breaks if a nation withdraws, and what to ask of whom.
    cut_short
        Names of the answers for which the time was over before all was worked out.
    """

    attainments: tuple[Attainment, ...]
    part_bounds: tuple[int, ...] = ()
    solve_s: float
    seed: int = 1
    unfilled: tuple[Unfilled, ...] | None = None
    unused: tuple[Unused, ...] | None = None
    caveats: tuple[Worth, ...] | None = None
    gates: tuple[Worth, ...] | None = None
    withdrawals: tuple[Worth, ...] | None = None
    asks: tuple[Worth, ...] | None = None
    sustained: Sustained | None = None
    risk: CoverageRisk | None = None
    whatifs: tuple[WhatIf, ...] = ()
    cut_short: tuple[str, ...] = ()


def parts_of(problem: MatchingProblem, matching: Matching, answered: Answered) -> tuple[Part, ...]:
    """The parts of a problem as they were solved, from what is kept beside the matching."""
    parts = split(problem)
    if len(parts) != len(answered.part_bounds):
        return ()
    return tuple(_part(part, matching, bound) for part, bound in zip(parts, answered.part_bounds, strict=True))


def _part(problem: MatchingProblem, matching: Matching, bound: int) -> Part:
    own = {row.requirement_id for row in problem.requirements}
    tours = Matching(tuple(tour for tour in matching.tours if tour.requirement_id in own))
    return Part(problem, tours, attained(problem, tours), {Aim.COVERAGE: bound})
