"""What the replays say, as values; times are days after C-day, changes are days, infinite is never."""

from dataclasses import dataclass

from muster.movement.problem import Carrier
from muster.movement.risk.hazards import Hazard, HazardFigure, Severity
from muster.movement.risk.replayer import Policy
from muster.trials.summary import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRisk:
    """Closure of the force under one policy.

    Attributes
    ----------
    p50_d, p80_d, p95_d
        Days by which the force has closed in half, in 80 and in 95 of 100 runs.
    in_time
        Share of runs that close no later than planned.
    unclosed
        Share of runs in which some line never closes before the end of the horizon.
    weighted_lateness_d
        Mean over the runs; a line that never closes counts up to the end of the horizon.
    curve_d
        Day by which 0.5, 1.5, ... 99.5 of 100 runs have closed. 100 values.
    """

    policy: Policy
    runs: int
    p50_d: Estimate
    p80_d: Estimate
    p95_d: Estimate
    in_time: Estimate
    unclosed: float
    weighted_lateness_d: Estimate
    curve_d: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRisk:
    """How a line fares, under each policy in the order of the result.

    Attributes
    ----------
    late
        Chance that it misses its required date.
    p80_d
        Day by which it has closed in 80 of 100 runs: a promise that is kept as often.
    """

    uln: str
    name: str
    nation: str
    priority: int
    required_d: float
    planned_d: float
    late: tuple[Estimate, ...]
    p80_d: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two experiments under the same chance.

    Attributes
    ----------
    p80_d, weighted_lateness_d
        How much later the force closes at P80, and how much more lateness there is on average, in the first than in the
        second.
    """

    runs: int
    p80_d: Estimate
    weighted_lateness_d: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardEffect:
    """What one hazard does, under the first policy.

    Attributes
    ----------
    among_all
        All hazards against all but this one; None where the replays were stopped before.
    alone
        This hazard alone against none, which is the plan.
    """

    hazard: Hazard
    among_all: Comparison | None
    alone: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityEffect:
    """All figures at one end of their ranges, against their likely values, under the first policy."""

    severity: Severity
    change: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareEffect:
    """One more asset of every fleet of a kind, against none, where somebody dispatches; less than 0 is better."""

    carrier: Carrier
    fleets: int
    change: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskResult:
    """The risk of the closure date.

    Attributes
    ----------
    runs
        That were asked for, of each policy.
    planned_d, bound_d
        Closure of the plan, and what no plan can beat; None without a bound.
    planned_weighted_lateness_d
        Of the plan.
    policies
        In the order asked for; the first is the one whose hazards are compared. One that had no turn before the replays
        were stopped is left out.
    lines
        Those that the plan has in time first, and of those the most likely to be late.
    effects
        The hazard that adds most to the closure first.
    figures
        Everything that was drawn from.
    """

    title: str
    case: str
    scenario_hash: str
    seed: int
    runs: int
    version: str
    planned_d: float
    bound_d: float | None
    planned_weighted_lateness_d: float
    policies: tuple[PolicyRisk, ...]
    lines: tuple[LineRisk, ...]
    effects: tuple[HazardEffect, ...]
    severities: tuple[SeverityEffect, ...]
    spares: tuple[SpareEffect, ...]
    figures: tuple[HazardFigure, ...]
