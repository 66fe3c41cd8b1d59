"""Who runs chunks of replications: processes of this machine, or a Dask cluster.

Both take a trial once and chunks of it many times, and give back ordinary futures. A worker that dies takes its chunks
with it: on a cluster the scheduler gives them to others, on this machine :meth:`LocalWorkers.renew` begins with new
processes. Which worker runs what cannot be seen in the rows, because a row depends on its replication alone.
"""

import pickle
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import get_context
from typing import Any, Protocol, Self, TypeAlias

import numpy as np
import numpy.typing as npt

import muster

Rows: TypeAlias = npt.NDArray[np.generic]
"""What a chunk of replications gives: one row a replication. Shape (n_replications, ...)."""


class Trial(Protocol):
    """Something repeated under chance. It must survive pickling, and a row must depend on its replication alone."""

    def __call__(self, replications: range) -> Rows:
        """Rows of some replications, in their order."""


class ClusterUnusable(RuntimeError):
    """A Dask cluster that cannot be reached or cannot run this trial, and what to do about it."""


class Workers(Protocol):
    """Runs chunks of one trial; a context manager."""

    @property
    def deaths(self) -> tuple[type[BaseException], ...]:
        """What a chunk ends with when its worker has died over it."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """End, dropping what has not begun."""

    def take(self, trial: Trial) -> None:
        """Be ready to run chunks of a trial."""

    def submit(self, replications: range) -> Future[Rows]:
        """Run a chunk."""

    def renew(self) -> None:
        """Begin again after workers have died; chunks that were submitted are lost."""


class LocalWorkers:
    """Processes of this machine.

    Parameters
    ----------
    count
        How many, at least 1.
    """

    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, count: int) -> None:
        if count < 1:
            raise ValueError(f"{count} workers run nothing; give at least 1.")
        self._count = count
        self._payload = b""
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def take(self, trial: Trial) -> None:
        """Be ready to run chunks of a trial."""
        self._payload = pickle.dumps(trial)
        self.renew()

    def submit(self, replications: range) -> Future[Rows]:
        """Run a chunk."""
        assert self._pool is not None
        return self._pool.submit(_run_kept, replications)

    def renew(self) -> None:
        """Begin again after workers have died."""
        self._close()
        self._pool = ProcessPoolExecutor(
            self._count, mp_context=get_context("spawn"), initializer=_keep, initargs=(self._payload,)
        )

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


class ClusterWorkers:
    """The workers of a Dask cluster; each needs this very version of Muster.

    Parameters
    ----------
    address
        Of the scheduler, for example ``tcp://10.0.0.5:8786``.

    Raises
    ------
    ClusterUnusable
        When Dask is not installed, nobody answers at the address, no worker is there, or one has another version of
        Muster.
    """

    def __init__(self, address: str) -> None:
        try:
            from dask import distributed  # noqa: PLC0415 - an optional part, imported when it is asked for
        except ImportError:
            raise ClusterUnusable(
                "Package distributed is not installed; install it with `pip install 'muster-hq[cluster]'`, "
                "or run without a cluster."
            ) from None
        try:
            dask: Any = distributed
            self.deaths: tuple[type[BaseException], ...] = (dask.KilledWorker,)
            self._client = dask.Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterUnusable(f"No Dask scheduler answers at {address}: {error}; check the address.") from None
        self._executor: Executor = self._client.get_executor(pure=False, retries=0)
        self._payload: Any = None
        self._refuse_other_versions(address)

    def _refuse_other_versions(self, address: str) -> None:
        found = set(self._client.run(_version).values())
        if not found:
            self._client.close()
            raise ClusterUnusable(f"The Dask scheduler at {address} has no workers; start some with `dask worker`.")
        if found - {muster.__version__}:
            self._client.close()
            raise ClusterUnusable(
                f"Workers at {address} have Muster {', '.join(sorted(found))}, this is {muster.__version__}; "
                "install the same version on all."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()

    def take(self, trial: Trial) -> None:
        """Be ready to run chunks of a trial; what a lost worker held of it is made again by the scheduler."""
        self._payload = self._client.submit(_same, pickle.dumps(trial), pure=False)

    def submit(self, replications: range) -> Future[Rows]:
        """Run a chunk."""
        return self._executor.submit(_run_sent, self._payload, replications)

    def renew(self) -> None:
        """Do nothing: the scheduler has given the chunks to other workers."""


_kept: list[Trial] = []
"""The trial of this process."""


def _keep(payload: bytes) -> None:
    """Unpack the trial in a new process, which leaves Ctrl-C to the one that asked for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _kept[:] = [_unpack(payload)]


def _run_kept(replications: range) -> Rows:
    return _kept[0](replications)


def _run_sent(payload: bytes, replications: range) -> Rows:
    return _unpack(payload)(replications)


@lru_cache(maxsize=2)
def _unpack(payload: bytes) -> Trial:
    trial: Trial = pickle.loads(payload)  # noqa: S301 - written by the one who asked
    return trial


def _same(payload: bytes) -> bytes:
    return payload


def _version() -> str:
    return muster.__version__
