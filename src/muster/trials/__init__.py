"""One plan repeated under chance: random numbers, workers, and what many replications say."""

from muster.trials.draws import Draws
from muster.trials.runner import Trials, WorkersLost, run_trials
from muster.trials.workers import ClusterUnusable, ClusterWorkers, LocalWorkers, Trial, Workers

__all__ = [
    "ClusterUnusable",
    "ClusterWorkers",
    "Draws",
    "LocalWorkers",
    "Trial",
    "Trials",
    "Workers",
    "WorkersLost",
    "run_trials",
]
