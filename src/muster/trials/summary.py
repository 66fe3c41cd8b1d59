"""What many replications say: quantiles, means and shares, each with an interval that chance respects."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import binom

Sample = npt.NDArray[np.float64]

CONFIDENCE: Final = 0.95
"""How often the intervals hold what they are for."""
SECTIONS: Final = 20
"""Parts into which replications are cut to see how much a quantile varies."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from replications.

    Attributes
    ----------
    value
        Infinite where the figure lies among replications that never came to an end.
    low, high
        The interval around it.
    """

    value: float
    low: float
    high: float


def quantile(values: Sample, share: float) -> Estimate:
    r"""Quantile with an interval between two of the sorted values, whatever the distribution.

    .. math:: P\big(X_{(l)} \le x_q < X_{(u)}\big) = P\big(l \le \mathrm{Bin}(n, q) < u\big) \ge 0.95

    Published in: David and Nagaraja, *Order Statistics*, 3rd edition 2003, section 7.1.

    Parameters
    ----------
    values
        One a replication; infinite is later than any other. Shape (n,), n at least 1.
    share
        Between 0 and 1; the quantile is the smallest value that this share of them does not exceed.
    """
    if not len(values) or not 0.0 < share < 1.0:
        raise ValueError(
            f"A quantile at {share} of {len(values)} values means nothing; give values, and 0 < share < 1."
        )
    ordered, count = np.sort(values), len(values)
    rank = int(np.ceil(count * share - 1e-9))
    tail = (1.0 - CONFIDENCE) / 2.0
    low = int(binom.ppf(tail, count, share))
    high = int(binom.ppf(1.0 - tail, count, share)) + 1
    return Estimate(
        float(ordered[rank - 1]),
        float(ordered[low - 1]) if low >= 1 else -np.inf,
        float(ordered[high - 1]) if high <= count else np.inf,
    )


def mean(values: Sample) -> Estimate:
    """Mean with its interval by the central limit theorem; at least two values."""
    middle = float(values.mean())
    half = _z() * float(values.std(ddof=1)) / sqrt(len(values))
    return Estimate(middle, middle - half, middle + half)


def share(happened: int, count: int) -> Estimate:
    """Share of replications in which something happened, with Wilson's interval.

    Published in: Brown, Cai and DasGupta, *Interval Estimation for a Binomial Proportion*, Statistical Science, 2001.
    """
    part, z = happened / count, _z()
    middle = (part + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(part * (1 - part) / count + z * z / (4 * count * count))
    return Estimate(part, middle - half if happened else 0.0, middle + half if happened < count else 1.0)


def quantile_change(values: Sample, others: Sample, part: float) -> Estimate:
    """How much higher a quantile of some values is than that of others, replication by replication under one chance.

    The interval comes from the same change in :data:`SECTIONS` sections of the replications (sectioning, as in Asmussen
    and Glynn, *Stochastic Simulation*, 2007, section III.5). Both shapes (n,), in the same order of replications.
    """
    change = _less(quantile(values, part).value, quantile(others, part).value)
    count = min(SECTIONS, len(values) // 5)
    if count < 2:
        return Estimate(change, -np.inf, np.inf)
    pairs = zip(np.array_split(values, count), np.array_split(others, count), strict=True)
    changes = np.array([_less(quantile(here, part).value, quantile(there, part).value) for here, there in pairs])
    if not np.isfinite(changes).all():
        return Estimate(change, -np.inf, np.inf)
    half = _z() * float(changes.std(ddof=1)) / sqrt(count)
    return Estimate(change, change - half, change + half)


def _less(one: float, other: float) -> float:
    """Difference of two values; between two that are never there is none to see."""
    return 0.0 if one == other else one - other


def _z() -> float:
    return float(ndtri(0.5 + CONFIDENCE / 2.0))
