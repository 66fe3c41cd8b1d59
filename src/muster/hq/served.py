"""Who serves a headquarters: noted in its folder under a lock, so that two never do and a killed one is known."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from muster.hq.private_files import open_private
from muster.hq.refused import Refused

_NOTE: Final = "server.pid"
_LOOKS_FOR_S: Final = 1.0
"""Somebody who looks who serves holds the lock for a moment; that long it is tried again."""


class ServedAlready(Refused):
    """A headquarters that is served, where it must not be.

    Attributes
    ----------
    number
        The process that serves it.
    """

    def __init__(self, folder: Path, number: int) -> None:
        super().__init__(
            f'The headquarters in "{folder}" is served by process {number}; end it: muster hq stop {folder}'
        )
        self.number = number


@contextmanager
def as_only_server(folder: Path) -> Iterator[None]:
    """Be the one that serves while the block lasts.

    Raises
    ------
    ServedAlready
        When another process does.
    """
    with open(folder / _NOTE, "a+b", opener=open_private) as note:
        until = time.monotonic() + _LOOKS_FOR_S
        while not _takes(note, fcntl.LOCK_EX):
            if time.monotonic() > until:
                raise ServedAlready(folder, _number(note))
            time.sleep(0.02)
        note.truncate(0)
        note.write(b"%d" % os.getpid())
        note.flush()
        yield


def find_server(folder: Path) -> int | None:
    """The process that serves a headquarters; None where none does."""
    if not (folder / _NOTE).exists():
        return None
    with (folder / _NOTE).open("rb") as note:
        return None if _takes(note, fcntl.LOCK_SH) else _number(note)


def refuse_while_served(folder: Path) -> None:
    """Go on only where nobody serves.

    Raises
    ------
    ServedAlready
        When somebody does.
    """
    if (number := find_server(folder)) is not None:
        raise ServedAlready(folder, number)


def _takes(note: IO[bytes], how: int) -> bool:
    try:
        fcntl.flock(note, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _number(note: IO[bytes]) -> int:
    note.seek(0)
    return int(note.read() or b"0")
