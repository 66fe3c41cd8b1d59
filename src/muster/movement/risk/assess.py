"""The main path: replay the plan many times, and sum up."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

import muster
from muster.measures import MINUTES_PER_DAY, days
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reporting.closure import closure_of_lines
from muster.movement.risk.campaign import Campaign, Experiment, list_experiments, make_machine_code, prepare_campaign
from muster.movement.risk.hazards import Hazard, Severity, factors_of, list_figures
from muster.movement.risk.replayer import Policy
from muster.movement.risk.result import (
    Comparison,
    HazardEffect,
    LineRisk,
    PolicyRisk,
    RiskResult,
    SeverityEffect,
    SpareEffect,
)
from muster.movement.risk.tables import NONE
from muster.movement.score import score
from muster.reference import Factor
from muster.trials import Trials, Workers, run_trials
from muster.trials.summary import Estimate, Sample, mean, quantile, quantile_change, share
from muster.trials.workers import Rows

PROMISE: Final = 0.8
"""How often a promise must be kept."""


class NothingReplayed(RuntimeError):
    """The replays were stopped before any was finished."""

    def __init__(self) -> None:
        super().__init__("The replays were stopped before any was finished; let them run for a few seconds more.")


def assess(
    problem: Problem,
    plan: Plan,
    factors: Mapping[str, Factor],
    *,
    workers: Workers,
    runs: int,
    seed: int = 1,
    policies: Sequence[Policy] = tuple(Policy),
    hazards: Collection[Hazard] = tuple(Hazard),
    bound_d: float | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> RiskResult:
    """Assess the risk of a plan in which the checks find nothing.

    Parameters
    ----------
    factors
        Packaged planning factors; those that the scenario of the problem adopted are laid over them.
    runs
        Of the whole question under each policy; the comparisons take a part of them.
    policies
        At least one; hazards are compared under the first.
    bound_d
        Closure that no plan can beat, to be told beside the result.
    on_progress
        Told how many replays are done, of how many.

    Raises
    ------
    NothingReplayed
        When it was stopped before there is anything to sum up. Stopped later, it sums up what there is.
    """
    factors = factors_of(problem, factors)
    carriers = dict.fromkeys(problem.asset_type_of[asset.asset_type_id].carrier for asset in problem.assets)
    experiments = list_experiments(hazards, policies, carriers, runs)
    campaign = prepare_campaign(problem, plan, factors, experiments, seed)
    make_machine_code(campaign)
    trials = run_trials(campaign, campaign.count, workers=workers, on_progress=on_progress, should_stop=should_stop)
    sums = _Sums(problem, plan, campaign, trials)
    asked = [Experiment(policy, frozenset(hazards)) for policy in policies]
    whole = [experiment for experiment in asked if sums.has(experiment)]
    if not whole:
        raise NothingReplayed
    value = score(problem, plan)
    return RiskResult(
        title=problem.title,
        case=problem.case,
        scenario_hash=problem.scenario_hash,
        seed=seed,
        runs=runs,
        version=muster.__version__,
        planned_d=days(value.closure_min),
        bound_d=bound_d,
        planned_weighted_lateness_d=days(value.weighted_lateness_min),
        policies=tuple(sums.policy(experiment) for experiment in whole),
        lines=tuple(sums.lines(whole)),
        effects=tuple(_effects(sums, whole[0])),
        severities=tuple(_severities(sums, whole[0])),
        spares=tuple(_spares(sums, problem, experiments)),
        figures=tuple(figure for figure in list_figures(factors) if figure.hazard in hazards),
    )


@dataclass(frozen=True, slots=True)
class _Runs:
    """What came of an experiment, run by run.

    Attributes
    ----------
    numbers
        Which runs were finished.
    rows
        When each line closes, in minutes; NONE is never. Shape (n_runs, n_lines).
    force_d
        When the last line does. Shape (n_runs,).
    lateness_d
        Weighted, a line that never closes up to the end of the horizon. Shape (n_runs,).
    """

    numbers: npt.NDArray[np.int64]
    rows: Rows
    force_d: Sample
    lateness_d: Sample

    def closed_d(self, line: int) -> Sample:
        """When one line closes; infinite is never. Shape (n_runs,)."""
        return _days(self.rows[:, line])


class _Sums:
    """Figures of the experiments of a campaign."""

    def __init__(self, problem: Problem, plan: Plan, campaign: Campaign, trials: Trials) -> None:
        self._names = campaign.names
        planned_min = closure_of_lines(problem, plan)
        self._planned_d = np.array([days(planned_min[line.uln]) for line in self._names.lines])
        self._required_d = np.array([days(line.required_min) for line in self._names.lines])
        self._weights = np.array([line.weight for line in self._names.lines], dtype=np.float64)
        self._horizon_d = days(problem.horizon_min)
        self._runs: dict[Experiment, _Runs] = {}
        first = 0
        for experiment, runs in campaign.experiments.items():
            here = (trials.replications >= first) & (trials.replications < first + runs)
            if here.any():
                self._runs[experiment] = self._read(trials.replications[here] - first, trials.rows[here])
            first += runs
        self._planned_force_d = float(self._planned_d.max(initial=0.0))
        self._planned_lateness_d = float(np.maximum(0.0, self._planned_d - self._required_d) @ self._weights)

    def _read(self, numbers: npt.NDArray[np.int64], rows: Rows) -> _Runs:
        closed_d = _days(rows)
        late_d = np.maximum(0.0, np.minimum(closed_d, self._horizon_d) - self._required_d)
        return _Runs(numbers, rows, closed_d.max(axis=1, initial=0.0), late_d @ self._weights)

    def has(self, experiment: Experiment) -> bool:
        """Whether there are enough runs to sum up."""
        return experiment in self._runs and len(self._runs[experiment].numbers) > 1

    def policy(self, experiment: Experiment) -> PolicyRisk:
        """Closure of the force."""
        own = self._runs[experiment]
        force_d, count = own.force_d, len(own.numbers)
        ordered = np.sort(force_d)
        places = [int((percent + 0.5) / 100 * count) for percent in range(100)]
        return PolicyRisk(
            policy=experiment.policy,
            runs=count,
            p50_d=quantile(force_d, 0.5),
            p80_d=quantile(force_d, PROMISE),
            p95_d=quantile(force_d, 0.95),
            in_time=share(int((force_d <= self._planned_force_d).sum()), count),
            unclosed=float(np.isinf(force_d).mean()),
            weighted_lateness_d=mean(own.lateness_d),
            curve_d=tuple(float(ordered[place]) for place in places),
        )

    def lines(self, experiments: Sequence[Experiment]) -> list[LineRisk]:
        """How lines fare."""
        found = []
        for index, line in enumerate(self._names.lines):
            closed = [self._runs[experiment].closed_d(index) for experiment in experiments]
            found.append(
                LineRisk(
                    uln=line.uln,
                    name=line.name,
                    nation=line.nation,
                    priority=line.priority,
                    required_d=float(self._required_d[index]),
                    planned_d=float(self._planned_d[index]),
                    late=tuple(share(int((each > self._required_d[index]).sum()), len(each)) for each in closed),
                    p80_d=tuple(quantile(each, PROMISE).value for each in closed),
                )
            )
        return sorted(found, key=_urgency)

    def compare(self, one: Experiment, other: Experiment) -> Comparison | None:
        """One experiment against another in the runs that both have; None where they have too few."""
        if not self.has(one) or not self.has(other):
            return None
        here, there = self._runs[one], self._runs[other]
        _, at_here, at_there = np.intersect1d(here.numbers, there.numbers, return_indices=True)
        if len(at_here) < 2:
            return None
        return Comparison(
            runs=len(at_here),
            p80_d=quantile_change(here.force_d[at_here], there.force_d[at_there], PROMISE),
            weighted_lateness_d=mean(here.lateness_d[at_here] - there.lateness_d[at_there]),
        )

    def against_plan(self, experiment: Experiment) -> Comparison | None:
        """An experiment against the plan as it stands."""
        if not self.has(experiment):
            return None
        own = self._runs[experiment]
        p80_d = quantile(own.force_d, PROMISE)
        less = self._planned_force_d
        return Comparison(
            runs=len(own.numbers),
            p80_d=Estimate(p80_d.value - less, p80_d.low - less, p80_d.high - less),
            weighted_lateness_d=mean(own.lateness_d - self._planned_lateness_d),
        )


def _days(rows: Rows) -> npt.NDArray[np.float64]:
    """Minutes as days, NONE as infinite."""
    return np.where(rows == NONE, np.inf, rows.astype(np.float64) / MINUTES_PER_DAY)


def _urgency(line: LineRisk) -> tuple[bool, float, float, str]:
    """Less than others for a line that the plan has in time and chance makes late."""
    return line.planned_d > line.required_d, -line.late[0].value, line.required_d - line.p80_d[0], line.uln


def _effects(sums: _Sums, whole: Experiment) -> list[HazardEffect]:
    effects = [
        HazardEffect(
            hazard=hazard,
            among_all=sums.compare(whole, Experiment(whole.policy, whole.hazards - {hazard})),
            alone=sums.against_plan(Experiment(whole.policy, frozenset({hazard}))),
        )
        for hazard in Hazard
        if hazard in whole.hazards
    ]
    return sorted(effects, key=lambda row: (_sway(row.among_all), _sway(row.alone)), reverse=True)


def _sway(comparison: Comparison | None) -> float:
    return -np.inf if comparison is None else comparison.p80_d.value


def _severities(sums: _Sums, whole: Experiment) -> Iterator[SeverityEffect]:
    for severity in (Severity.MILD, Severity.SEVERE):
        change = sums.compare(Experiment(whole.policy, whole.hazards, severity), whole)
        if change is not None:
            yield SeverityEffect(severity=severity, change=change)


def _spares(sums: _Sums, problem: Problem, experiments: Collection[Experiment]) -> list[SpareEffect]:
    kinds = problem.asset_type_of
    fleets = {asset.fleet_id: kinds[asset.asset_type_id].carrier for asset in problem.assets}
    count = Counter(fleets.values())
    found: list[SpareEffect] = []
    for experiment in experiments:
        for carrier in experiment.spares:
            change = sums.compare(experiment, Experiment(experiment.policy, experiment.hazards))
            if change is not None:
                found.append(SpareEffect(carrier=carrier, fleets=count[carrier], change=change))
    return sorted(found, key=lambda row: row.change.p80_d.value)
