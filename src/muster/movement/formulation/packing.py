"""How many voyages a set of loads takes at least.

A *measure* gives every load a number such that the loads of one voyage never sum to more than 1: the part it takes of
one dimension, or what a dual feasible function makes of that part [1]_. Loads that all fit into one voyage together
still take that voyage, so their numbers may be raised until they sum to 1.

.. [1] F. Clautiaux, C. Alves, J. Valério de Carvalho, "A survey of dual-feasible and superadditive functions",
   Annals of Operations Research 179 (2010).
"""

import numpy as np
import numpy.typing as npt

from muster.movement.problem import DIMENSIONS, AssetType, Load

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

PIECES = (1, 2)
"""With k: loads over a (k+1)-th of a voyage count as k-ths of it, because no k+1 of them fit."""

MEASURES_OF_OWN_RIDE = (1.0,) * (len(DIMENSIONS) * (1 + len(PIECES)))
"""A load that moves itself is its own voyage."""

NEARLY = 0.98
"""A larger set of loads is preferred where it shows nearly as many voyages: it leaves fewer loads a way around."""


def measures(load: Load, kind: AssetType) -> tuple[float, ...]:
    """Every measure of a load on an asset type: for each dimension its part, and that part in pieces."""
    return tuple(part / whole for part, whole in fractions(load, kind))


def fractions(load: Load, kind: AssetType) -> tuple[tuple[int, int], ...]:
    """The measures of a load as part and whole; the whole of a measure is the same for all loads of an asset type."""
    result: list[tuple[int, int]] = []
    for dimension in DIMENSIONS:
        size, limit = getattr(load.size, dimension), getattr(kind.capacity, dimension)
        if limit is None or limit <= 0:
            result += [(0, 1)] * (1 + len(PIECES))
            continue
        result.append((size, limit))
        for pieces in PIECES:
            whole, rest = divmod((pieces + 1) * size, limit)
            result.append((whole * (pieces + 1 if rest else pieces), pieces * (pieces + 1)))
    return tuple(result)


def weights(link: Ints, shares: Floats, flow: Floats) -> Floats:
    r"""Numbers for rides such that those of one voyage sum to at most 1, chosen to show most voyages for a flow.

    For each link the measure and the set of rides *S* are chosen that maximise

    .. math:: \sum_{i \in S} s_i f_i \,/\, \min\Bigl(1, \sum_{i \in S} s_i\Bigr)

    where *S* holds the rides with the largest flow. Rides outside *S* get 0.

    Parameters
    ----------
    link
        Rides of one link may share a voyage; rides of different links never do. Shape (n_rides,).
    shares
        Shape (n_rides, n_measures).
    flow
        How much each ride is made. Shape (n_rides,).
    """
    if not len(link):
        return np.zeros(0)
    order = np.lexsort((-flow, link))
    first = np.flatnonzero(np.r_[True, np.diff(link[order]) != 0])
    group = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(order)]))
    shares, flow = shares[order], flow[order]
    total = np.add.reduceat(shares, first, axis=0)
    shown = np.add.reduceat(shares * (flow[:, None] + 1e-9), first, axis=0)
    measure = (shown / np.clip(total, 1e-12, 1.0)).argmax(axis=1)
    share = shares[np.arange(len(order)), measure[group]]
    so_far = _running(share, first, group)
    value = _running(share * (flow + 1e-9), first, group) / np.clip(so_far, 1e-12, 1.0)
    best = np.maximum.reduceat(value, first)
    good = np.flatnonzero(value >= NEARLY * best[group])
    last = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(last, group[good], good)
    inside = np.arange(len(order)) <= last[group]
    result = np.zeros(len(order))
    result[order] = np.where(inside, share / np.clip(so_far[last], 1e-12, 1.0)[group], 0.0)
    return result


def are_true(link: Ints, part: Ints, whole: Ints, weight: Ints, unit: int) -> bool:
    r"""Whether weights in whole numbers hold: no loads that fit into one voyage weigh more than a unit together.

    It is so when in each link one measure shows it: with *S* the rides that have a weight,

    .. math:: w_i \min\Bigl(1, \sum_{j \in S} s_j\Bigr) \le s_i \quad \forall i \in S

    worked out in whole numbers, because the measures of a link have one denominator.

    Parameters
    ----------
    part, whole
        Measures as :func:`fractions`. Shapes (n_rides, n_measures).
    weight
        In parts of ``unit``. Shape (n_rides,).
    """
    if not len(link):
        return True
    if (weight < 0).any() or (weight > unit).any():
        return False
    order = np.argsort(link, kind="stable")
    first = np.flatnonzero(np.r_[True, np.diff(link[order]) != 0])
    group = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(order)]))
    part, whole, weight = part[order], whole[order], weight[order]
    together = np.add.reduceat(np.where(weight[:, None] > 0, part, 0), first, axis=0)
    least = np.minimum(together[group], whole)
    shows = np.logical_and.reduceat(weight[:, None] * least <= unit * part, first, axis=0) & (together > 0)
    weighs = np.logical_or.reduceat(weight > 0, first)
    return bool((shows.any(axis=1) | ~weighs).all())


def _running(values: Floats, first: Ints, group: Ints) -> Floats:
    """Running sums within each group."""
    sums = np.cumsum(values)
    return np.asarray(sums - (sums[first] - values[first])[group], dtype=np.float64)
