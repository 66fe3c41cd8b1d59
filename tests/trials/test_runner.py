"""Replications on many workers: the same rows as on one, whatever dies or is stopped."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dask import distributed

from muster.trials import ClusterUnusable, ClusterWorkers, Draws, LocalWorkers, WorkersLost, run_trials
from muster.trials.workers import Rows


@dataclass(frozen=True)
class Dice:
    """Two dice a replication; the process that throws one replication for the first time may die over it."""

    seed: int
    dies_at: int | None = None
    grave: str = ""

    def __call__(self, replications: range) -> Rows:
        if self.dies_at in replications and (not self.grave or not Path(self.grave).exists()):
            if self.grave:
                Path(self.grave).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        draws = Draws(self.seed)
        return np.array([draws.stream("dice", replication=number).integers(1, 7, 2) for number in replications])


ROWS = Dice(3)(range(41)).tolist()


@pytest.mark.parametrize(("count", "chunk"), [(1, 41), (2, 7)])
def test_rows_are_the_same_on_any_number_of_processes(count: int, chunk: int) -> None:
    told: list[tuple[int, int]] = []
    with LocalWorkers(count) as workers:
        trials = run_trials(Dice(3), 41, workers=workers, chunk=chunk, on_progress=lambda *done: told.append(done))
    assert trials.replications.tolist() == list(range(41))
    assert trials.rows.tolist() == ROWS
    assert told[-1] == (41, 41)


def test_a_process_that_dies_loses_nothing(tmp_path: Path) -> None:
    with LocalWorkers(2) as workers:
        trials = run_trials(Dice(3, 20, str(tmp_path / "grave")), 41, workers=workers, chunk=5)
    assert trials.rows.tolist() == ROWS


def test_a_trial_that_kills_every_process_is_given_up() -> None:
    with LocalWorkers(1) as workers, pytest.raises(WorkersLost, match="0 of 4 replications done"):
        run_trials(Dice(3, 0), 4, workers=workers)


def test_what_is_done_when_somebody_stops_is_kept() -> None:
    with LocalWorkers(1) as workers:
        done: list[int] = []
        trials = run_trials(
            Dice(3),
            41_000,
            workers=workers,
            chunk=41,
            on_progress=lambda now, _: done.append(now),
            should_stop=lambda: bool(done),
        )
    assert 41 <= len(trials.rows) < 41_000
    assert trials.rows[:41].tolist() == ROWS
    assert trials.replications[:41].tolist() == list(range(41))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_cluster_gives_the_rows_of_one_process_even_when_a_worker_dies(tmp_path: Path) -> None:
    dask: Any = distributed
    with dask.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        with ClusterWorkers(cluster.scheduler_address) as workers:
            trials = run_trials(Dice(3), 41, workers=workers, chunk=7)
        with ClusterWorkers(cluster.scheduler_address) as workers:
            after_a_death = run_trials(Dice(3, 20, str(tmp_path / "grave")), 41, workers=workers, chunk=5)
    assert trials.rows.tolist() == ROWS
    assert after_a_death.rows.tolist() == ROWS


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_cluster_without_workers_is_refused_and_one_worker_gives_the_same_rows() -> None:
    dask: Any = distributed
    with dask.LocalCluster(
        n_workers=0, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        with pytest.raises(ClusterUnusable, match="has no workers"):
            ClusterWorkers(cluster.scheduler_address)
        cluster.scale(1)
        cluster.wait_for_workers(1)
        with ClusterWorkers(cluster.scheduler_address) as workers:
            assert run_trials(Dice(3), 41, workers=workers, chunk=7).rows.tolist() == ROWS


def test_an_address_at_which_nobody_answers_is_refused() -> None:
    with pytest.raises(ClusterUnusable, match="No Dask scheduler answers at nonsense"):
        ClusterWorkers("nonsense")


def test_no_replications_are_no_trial() -> None:
    with LocalWorkers(1) as workers, pytest.raises(ValueError, match="0 replications"):
        run_trials(Dice(3), 0, workers=workers)
    with pytest.raises(ValueError, match="0 workers"):
        LocalWorkers(0)
