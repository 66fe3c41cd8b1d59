"""The bound proved beside the search, in a process of its own, so that neither waits for the other.

Started as ``python -m muster.movement.proving``, this module reads what to prove from its standard input and writes
every better bound to its standard output; :class:`Prover` is the other end. Both ends are one installation of Muster on
one machine, which is why values travel as pickles.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from threading import Thread
from typing import BinaryIO, Self

from muster.movement.formulation import Bound, bound
from muster.movement.problem import Problem


class BoundFailed(RuntimeError):
    """The process that proves the bound ended without one."""

    def __init__(self, told: str) -> None:
        super().__init__(f"The bound could not be proved; plan without it and report this: {told.strip()}")
        self.told = told


class Prover:
    """Proves a bound in another process.

    Attributes
    ----------
    bound
        The best one so far.
    """

    def __init__(
        self,
        problem: Problem,
        time_limit_s: float,
        closure_hint_min: int,
        lateness_hint_min: int,
        begins_min: Mapping[str, int] | None = None,
    ) -> None:
        self.bound: Bound | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "muster.movement.proving"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._told = b""
        task = pickle.dumps((problem, time_limit_s, closure_hint_min, lateness_hint_min, begins_min or {}))
        self._listener = Thread(target=self._listen, args=(task,), daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._listener.join()
        self._process.wait()

    def wait(self, is_stopped: Callable[[], bool]) -> Bound | None:
        """Wait for the bound; when the caller wants to stop earlier, the best so far.

        Raises
        ------
        BoundFailed
            When the process ended without a bound.
        """
        while self._listener.is_alive() and not is_stopped():
            self._listener.join(timeout=0.1)
        if self.bound is None and not self._listener.is_alive():
            raise BoundFailed(self._told.decode(errors="replace"))
        return self.bound

    def _listen(self, task: bytes) -> None:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with process.stdin, process.stdout, process.stderr:
            try:
                process.stdin.write(task)
                process.stdin.close()
                while True:
                    self.bound = pickle.load(process.stdout)  # noqa: S301 - written by this module
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                self._told = process.stderr.read()


def prove(source: BinaryIO, sink: BinaryIO) -> None:
    """Read a problem, and write every better bound of it."""
    task = pickle.load(source)  # noqa: S301 - written by Prover
    problem, time_limit_s, closure_hint_min, lateness_hint_min, begins_min = task

    def tell(better: Bound) -> None:
        pickle.dump(better, sink)
        sink.flush()

    tell(
        bound(
            problem,
            time_limit_s=time_limit_s,
            closure_hint_min=closure_hint_min,
            lateness_hint_min=lateness_hint_min,
            begins_min=begins_min,
            on_progress=tell,
        )
    )


if __name__ == "__main__":
    prove(sys.stdin.buffer, sys.stdout.buffer)
