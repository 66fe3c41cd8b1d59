"""Everything that was answered about one matching, kept beside it so that nothing is worked out twice."""

from dataclasses import dataclass

from muster.forces.matching.answers.chance import CoverageRisk
from muster.forces.matching.answers.sustained import Sustained
from muster.forces.matching.answers.unfilled import Unfilled
from muster.forces.matching.answers.unused import Unused
from muster.forces.matching.answers.worth import Worth
from muster.forces.matching.objectives import Attainment


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Answers about a matching; None is not asked yet.

    Attributes
    ----------
    attainments
        By aim, in the order of importance.
    solve_s
        Seconds that the matching took.
    caveats, gates, withdrawals, asks
        Prices of caveats and gates, what breaks if a nation withdraws, and what to ask of whom.
    """

    attainments: tuple[Attainment, ...]
    solve_s: float
    unfilled: tuple[Unfilled, ...] | None = None
    unused: tuple[Unused, ...] | None = None
    caveats: tuple[Worth, ...] | None = None
    gates: tuple[Worth, ...] | None = None
    withdrawals: tuple[Worth, ...] | None = None
    asks: tuple[Worth, ...] | None = None
    sustained: Sustained | None = None
    risk: CoverageRisk | None = None
