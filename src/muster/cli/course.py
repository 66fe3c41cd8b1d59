"""Long work in the making: telling on standard error how far it is, and stopping it once there is something to keep."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Self

import click

from muster.cli.stopping import stopping_at_ctrl_c
from muster.cli.telling import say
from muster.exchange.plan_summary import gap
from muster.measures import days
from muster.movement.solve import Progress


def seconds_to(work: str) -> Callable[[click.Context, click.Parameter, float], float]:
    """A callback of an option that refuses what is no time to do some work."""

    def seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
        if not 0 < value < inf:
            raise click.BadParameter(f"{value:g} s is no time to {work} in; give seconds above 0.")
        return value

    return seconds


def tell(progress: Progress) -> None:
    """Tell phase, best closure, bound, gap and lateness, as far as they are known."""
    if progress.phase == "machine code":
        say("making the machine code of the search: about a minute, once for this installation")
        return
    parts = [f"{progress.elapsed_s:6.1f} s  {progress.phase:<12}"]
    closure_gap = None if progress.closure_min is None else gap(progress.closure_min, progress.bound_closure_min)
    for name, told in (
        ("closure", _days(progress.closure_min)),
        ("bound", _days(progress.bound_closure_min)),
        ("gap", None if closure_gap is None else f"{closure_gap:.1%}"),
        ("weighted lateness", _days(progress.weighted_lateness_min)),
        ("bound", _days(progress.bound_lateness_min)),
    ):
        if told is not None:
            parts.append(f"{name} {told}")
    say("  ".join(parts).rstrip())


def _days(minutes: int | None) -> str | None:
    return None if minutes is None else f"{days(minutes):.2f} d"


class Course:
    """A plan in the making: tells how far it is, and stops it at Ctrl-C as soon as there is a plan to keep."""

    def __init__(self, is_asked: Callable[[], bool]) -> None:
        self._is_asked, self._has_plan = is_asked, False

    @classmethod
    @contextmanager
    def begun(cls, what_is_kept: str) -> Iterator[Self]:
        """Turn the first Ctrl-C into a question that the search asks; a second one ends the program as usual."""
        with stopping_at_ctrl_c(what_is_kept) as is_asked:
            yield cls(is_asked)

    def should_stop(self) -> bool:
        """Whether somebody asked to stop; before there is a plan the answer waits for the first one."""
        return self._is_asked() and self._has_plan

    def show(self, progress: Progress) -> None:
        """Tell how far it is."""
        self._has_plan = self._has_plan or progress.closure_min is not None
        tell(progress)
