r"""Orders in which a dispatcher would send lines: by what waiting costs for the time that they take.

Theory of operation: the whole move is seen as one queue that serves lines one after the other, at the pace at which a
known plan ends. Whenever it is free, the next line is the one with the greatest apparent tardiness cost [1]_

.. math:: \frac{w_\ell}{p_\ell} \exp\Bigl(-\frac{(d_\ell - p_\ell - t)^+}{k\,\bar p}\Bigr)

of those that could be there: weight by time taken, discounted by what is left until it would be late. With few late
lines this is nearly the order of due dates, with many the order of weight by time taken.

.. [1] A. P. J. Vepsalainen, T. E. Morton, "Priority rules for job shops with weighted tardiness costs", Management
   Science 33 (1987).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from muster.movement.search.choices import Unit

DISPATCHES: Final = ((1.0, 0.9, 15.0), (0.5, 0.9, 15.0), (1.0, 1.0, 40.0), (0.5, 1.0, 4.0))
"""Dispatches that are worth a try: to what power the size of a line is its work, in what part of the time of the known
plan all is served, and how many lines ahead dates are looked at."""
APPROACH: Final = 0.3
"""Part of the time that a line takes alone before it is in the queue."""


def dispatched(
    units: Sequence[Unit], closure_min: int, dispatch: tuple[float, float, float]
) -> list[Unit]:  # fmt: skip
    """Lines in the order in which they are sent.

    Parameters
    ----------
    closure_min
        When a known plan ends.
    dispatch
        One of :data:`DISPATCHES`.
    """
    power, share, ahead = dispatch
    ready_min = np.array([unit.line.ready_min for unit in units], dtype=np.int64)
    required_min = np.array([unit.line.required_min for unit in units], dtype=np.int64)
    weight = np.array([unit.line.weight for unit in units], dtype=np.float64)
    alone_min = np.array([unit.free_min or unit.line.ready_min for unit in units], dtype=np.int64) - ready_min
    work = np.array([_size(unit) for unit in units], dtype=np.float64) ** power
    takes_min = work * (share * max(1, closure_min - int(ready_min.min(initial=0))) / max(1.0, work.sum()))
    joins_min = ready_min + APPROACH * alone_min
    last_min = required_min - (1.0 - APPROACH) * alone_min - takes_min
    order, waits = list[Unit](), np.ones(len(units), dtype=np.bool_)
    now_min = 0.0
    while waits.any():
        queue = np.flatnonzero(waits & (joins_min <= now_min))
        if not len(queue):
            now_min = float(joins_min[waits].min())
            continue
        patience = np.maximum(0.0, last_min[queue] - now_min) / (ahead * takes_min.mean())
        sent = queue[(weight[queue] / takes_min[queue] * np.exp(-patience)).argmax()]
        order.append(units[sent])
        waits[sent] = False
        now_min += takes_min[sent]
    return order


def _size(unit: Unit) -> int:
    """How much a line is: its vehicles, and one for every load without any."""
    return max(1, sum(freight.load.vehicles or 1 for freight in unit.freights))
