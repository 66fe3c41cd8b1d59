"""Stopping long work at Ctrl-C with what there is by then."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click


@contextmanager
def stopping_at_ctrl_c(what_is_kept: str) -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into a question that the work asks; a second one ends the program as usual.

    Parameters
    ----------
    what_is_kept
        What the work ends with, for the person who stops it.
    """
    is_asked = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_asked
        is_asked = True
        signal.signal(signal.SIGINT, before)
        click.echo(f"stopping with {what_is_kept}; Ctrl-C again ends at once and writes nothing", err=True)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: is_asked
    finally:
        signal.signal(signal.SIGINT, before)
