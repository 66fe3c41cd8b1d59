"""How a terminal shows the risk of the closure date."""

from collections.abc import Iterator
from math import isinf
from typing import Final

from muster.movement.risk.result import Comparison, PolicyRisk, RiskResult
from muster.reference import Grade
from muster.trials.summary import Estimate

SHOWN: Final = 5
"""Rows of each ranking that a terminal shows."""


def show_risk(result: RiskResult) -> Iterator[str]:
    """One line for each figure; times are days after C-day."""
    yield _row("plan closes", f"day {result.planned_d:.2f}")
    if result.bound_d is not None:
        yield _row("no plan closes before", f"day {result.bound_d:.2f}")
    for policy in result.policies:
        yield from _policy(policy)
    promised_d = result.policies[0].p80_d.value
    if not isinf(promised_d):
        later_d = max(0.0, promised_d - result.planned_d)
        yield _row("promise kept at 80 %", f"day {promised_d:.2f}, {later_d:.2f} d after the plan")
    for effect in result.effects[:SHOWN]:
        if effect.among_all is not None:
            yield _row(f"adds {effect.hazard}", _change(effect.among_all))
    for severity in result.severities:
        yield _row(f"all figures {severity.severity}", _change(severity.change))
    for spare in result.spares[:SHOWN]:
        yield _row(f"one {spare.carrier} more", f"{_change(spare.change)} in each of {spare.fleets} fleets")
    for line in result.lines[:SHOWN]:
        if line.late[0].value > 0:
            yield _row("most likely late", f"{line.uln} {line.name}: {_share(line.late[0])}")
    weak = sum(figure.factor.provenance.grade in {Grade.K, Grade.ASSUMED} for figure in result.figures)
    yield _row("drawn from", f"{len(result.figures)} figures, {weak} of them assumed")


def _policy(policy: PolicyRisk) -> Iterator[str]:
    for name, estimate in (("P50", policy.p50_d), ("P80", policy.p80_d), ("P95", policy.p95_d)):
        yield _row(f"{policy.policy} {name}", f"day {_number(estimate.value)} {_interval(estimate)}")
    yield _row(f"{policy.policy} in time", f"{_share(policy.in_time)} of {policy.runs} runs")
    if policy.unclosed:
        yield _row(
            f"{policy.policy} never", f"{policy.unclosed:.1%} of runs do not close before the end of the horizon"
        )


def _change(comparison: Comparison) -> str:
    closure, lateness = comparison.p80_d, comparison.weighted_lateness_d
    told = "never" if isinf(closure.value) else f"{closure.value:+.2f} d {_interval(closure, '+')}"
    return f"P80 {told}, weighted lateness {_number(lateness.value, '+')} d"


def _share(estimate: Estimate) -> str:
    return f"{estimate.value:.1%} ({estimate.low:.1%} to {estimate.high:.1%})"


def _interval(estimate: Estimate, sign: str = "") -> str:
    return f"({_number(estimate.low, sign)} to {_number(estimate.high, sign)})"


def _number(value: float, sign: str = "") -> str:
    if isinf(value):
        return "never" if value > 0 else "unknown"
    return f"{value:{sign}.2f}"


def _row(name: str, value: str) -> str:
    return f"{name:<24}{value}" if len(name) < 24 else f"{name} {value}"
