"""Which replays answer the question: the plan under all hazards, and under fewer, milder, or with spare lift."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from muster.movement.plan import Plan
from muster.movement.problem import Carrier, Problem
from muster.movement.risk.capacity import lay_out_capacity
from muster.movement.risk.compiled import note_made
from muster.movement.risk.hazards import Hazard, Odds, Severity
from muster.movement.risk.replayer import Policy, Replayer
from muster.movement.risk.setbacks import Chance
from muster.movement.risk.tables import Timetable
from muster.movement.risk.timetable import Names, lay_out_plan
from muster.movement.search import Board
from muster.reference import Factor
from muster.trials import Draws
from muster.trials.workers import Rows

COMPARED: Final = 0.1
"""Runs of each comparison, as a share of those of the main question."""
FEWEST_COMPARED: Final = 200
"""Runs of each comparison at the fewest, where the main question has as many."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """Replays that differ in their draws only.

    Attributes
    ----------
    spares
        Carriers of whose every fleet one more asset stands by.
    """

    policy: Policy
    hazards: frozenset[Hazard]
    severity: Severity = Severity.LIKELY
    spares: frozenset[Carrier] = frozenset()


def list_experiments(
    hazards: Collection[Hazard], policies: Collection[Policy], carriers: Collection[Carrier], runs: int
) -> dict[Experiment, int]:
    """Every experiment and its number of runs, the main question first.

    Parameters
    ----------
    policies
        The first one is that under which hazards are compared; spare lift is compared where somebody dispatches.
    carriers
        Of the fleets that there are.
    """
    every, fewer = frozenset(hazards), min(runs, max(FEWEST_COMPARED, round(runs * COMPARED)))
    found = {Experiment(policy, every): runs for policy in policies}
    first = next(iter(policies))
    for experiment in _comparisons(every, first, policies, carriers):
        found.setdefault(experiment, fewer)
    return found


def _comparisons(
    every: frozenset[Hazard], first: Policy, policies: Collection[Policy], carriers: Collection[Carrier]
) -> Iterator[Experiment]:
    for hazard in Hazard:
        if hazard in every:
            yield Experiment(first, every - {hazard})
            yield Experiment(first, frozenset({hazard}))
    for severity in (Severity.MILD, Severity.SEVERE):
        yield Experiment(first, every, severity)
    if Policy.DISPATCH in policies:
        for carrier in carriers:
            yield Experiment(Policy.DISPATCH, every, spares=frozenset({carrier}))


class Campaign:
    """All experiments as one trial: its replications are the runs of the first experiment, then of the next.

    A run draws by its own number, so run 7 of every experiment meets the same chance.
    """

    def __init__(
        self,
        table: Timetable,
        names: Names,
        replayer: Replayer,
        *,
        spare_first: int,
        odds: Mapping[Severity, Odds],
        experiments: Mapping[Experiment, int],
        seed: int,
    ) -> None:
        self.names, self.experiments = names, dict(experiments)
        self._table, self._replayer, self._spare_first = table, replayer, spare_first
        self._odds, self._draws = dict(odds), Draws(seed)
        self._chances: dict[Experiment, Chance] = {}

    @property
    def count(self) -> int:
        """Runs of all experiments together."""
        return sum(self.experiments.values())

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_chances": {}}

    def __call__(self, replications: range) -> Rows:
        """When each line closes, NONE for one that never does. Shape (n, n_lines)."""
        rows = np.empty((len(replications), len(self.names.lines)), dtype=np.int32)
        for row, (experiment, run) in zip(rows, self._runs(replications), strict=True):
            setbacks = self.chance(experiment).draw(self._draws, run)
            row[:] = self._replayer.closed_min(setbacks, experiment.policy)
        return rows

    def _runs(self, replications: range) -> Iterator[tuple[Experiment, int]]:
        first = 0
        for experiment, runs in self.experiments.items():
            here = range(max(replications.start, first), min(replications.stop, first + runs))
            yield from ((experiment, replication - first) for replication in here)
            first += runs

    def chance(self, experiment: Experiment) -> Chance:
        """What can go wrong in an experiment."""
        if experiment not in self._chances:
            self._chances[experiment] = Chance(
                self._table,
                self.names,
                odds=self._odds[experiment.severity],
                hazards=experiment.hazards,
                is_held_back=np.array(
                    [
                        index >= self._spare_first and carrier not in experiment.spares
                        for index, carrier in enumerate(self.names.carriers)
                    ],
                    dtype=np.bool_,
                ),
            )
        return self._chances[experiment]


def prepare_campaign(
    problem: Problem, plan: Plan, factors: Mapping[str, Factor], experiments: Mapping[Experiment, int], seed: int
) -> Campaign:
    """Lay a plan out for all its replays, with one spare asset of every fleet that is not used unless asked for."""
    wide = with_spares(problem)
    board = Board(wide)
    table, names = lay_out_plan(wide, plan, board)
    return Campaign(
        table,
        names,
        Replayer(table, lay_out_capacity(board, table)),
        spare_first=len(problem.assets),
        odds={severity: Odds.from_factors(factors, severity) for severity in Severity},
        experiments=experiments,
        seed=seed,
    )


def make_machine_code(campaign: Campaign) -> None:
    """Compile the replays, or load what was compiled before, so that not every worker does."""
    campaign(range(1))
    note_made()


def with_spares(problem: Problem) -> Problem:
    """The problem with one more asset of every fleet, after all others."""
    fleets = {asset.fleet_id: asset for asset in problem.assets}
    spares = tuple(replace(asset, asset_id=f"{fleet} spare") for fleet, asset in fleets.items())
    return replace(problem, assets=(*problem.assets, *spares))
