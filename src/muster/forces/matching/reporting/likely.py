"""Coverage as a distribution, as people read it: what is reached with 50, 80 and 95 in 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from muster.forces.matching.answers.chance import CoverageRisk

LEVELS: Final = (0.5, 0.8, 0.95)
"""Likelihoods that are told."""
POINTS: Final = 100
"""Points of a curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """One way to answer to what falls away, over all runs.

    Attributes
    ----------
    reached
        Weighted share covered that is reached with each likelihood of :data:`LEVELS`.
    curve
        Share that is reached in at least 100, 99, ... 1 of 100 runs; it rises. Length: :data:`POINTS`.
    """

    mean: float
    reached: tuple[float, ...]
    curve: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRows:
    """Coverage over many draws.

    Attributes
    ----------
    standing
        The matching as it stands, with what falls away taken out.
    rematched
        Matched again in each run.
    full
        Chance that each requirement is wholly covered when matched again, least likely first.
    causes
        Mean share lost by gate or offer, most first.
    """

    runs: int
    seed: int
    levels: tuple[float, ...]
    standing: Likely
    rematched: Likely
    full: tuple[tuple[str, float], ...]
    causes: tuple[tuple[str, float], ...]


def reached_with(shares: Sequence[float], likelihood: float) -> float:
    """Largest share that at least this part of the runs reaches.

    Examples
    --------
    >>> [reached_with((0.9, 0.5, 0.7, 0.8), likelihood) for likelihood in (0.25, 0.5, 0.8, 1.0)]
    [0.9, 0.8, 0.5, 0.5]
    """
    return sorted(shares, reverse=True)[max(1, ceil(likelihood * len(shares) - 1e-9)) - 1]


def read_risk(risk: CoverageRisk) -> RiskRows:
    """The distribution as it is shown."""
    return RiskRows(
        runs=risk.runs,
        seed=risk.seed,
        levels=LEVELS,
        standing=_likely(risk.shares),
        rematched=_likely(risk.rematched),
        full=tuple(sorted(risk.full_likelihood, key=lambda row: (row[1], row[0]))),
        causes=risk.causes,
    )


def _likely(shares: Sequence[float]) -> Likely:
    return Likely(
        mean=sum(shares) / len(shares),
        reached=tuple(reached_with(shares, level) for level in LEVELS),
        curve=tuple(reached_with(shares, 1 - point / POINTS) for point in range(POINTS)),
    )
