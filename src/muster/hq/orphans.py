"""Processes that do not outlive the one that started them, however that one ends."""

import ctypes
import os
import signal
from typing import Final

_SET_PARENT_DEATH_SIGNAL: Final = 1
"""Number of the request in the interface of Linux (prctl)."""


def end_with_parent(parent: int) -> None:
    """Be killed when the process that started this one ends; what it had committed is in the database.

    Parameters
    ----------
    parent
        Number of that process. Where it has ended already this process ends at once.

    Raises
    ------
    OSError
        When the system refuses.
    """
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl refused a signal at the end of the parent")
    if os.getppid() != parent:
        os._exit(1)
