"""Which line comes in its turn when lines wait for others to close."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Waiting = TypeVar("Waiting")


def in_turn(order: Iterable[Waiting], after: Mapping[Waiting, Sequence[Waiting]]) -> list[Waiting]:
    """The same order, with whatever waits for others directly behind those that do not come before it already.

    Parameters
    ----------
    after
        What each waits for; nothing waits for itself, however long the way round.
    """
    done: dict[Waiting, None] = {}
    for first in order:
        turn = [first]
        while turn:
            ahead = [other for other in after[turn[-1]] if other not in done]
            turn += reversed(ahead)
            if not ahead:
                done[turn.pop()] = None
    return list(done)


def find_ring(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Names that wait for one another in a ring, the first one again at the end; none where there is no ring."""
    try:
        TopologicalSorter(after).prepare()
    except CycleError as ring:
        return tuple(ring.args[1])
    return ()
