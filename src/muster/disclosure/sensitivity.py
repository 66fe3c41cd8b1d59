"""Which numbers give a share away by themselves: the threshold rule and the p % rule."""

from collections.abc import Collection


def is_sensitive(amounts: Collection[int], *, threshold: int, p_percent: int) -> bool:
    r"""Whether the sum of some amounts must not be published as a number.

    .. math:: 0 < n < 3 \quad\text{or}\quad \sum_i x_i - x_1 - x_2 < \tfrac{p}{100}\, x_1 \qquad (x_1 \ge x_2 \ge \dots)

    Why: with two contributors each sees the other's part; and who contributes second most, and takes its own part off,
    must not come near the largest. A sum of nothing is not sensitive: who contributes is taken for known.

    Published in: Hundepool and others, *Statistical Disclosure Control*, Wiley 2012, chapter 4.

    Parameters
    ----------
    amounts
        What each nation that contributes gives to the sum, each at least 1.
    threshold
        Fewest contributors of a number; 3 in the formula.
    """
    if not amounts:
        return False
    largest, second = [*sorted(amounts, reverse=True), 0][:2]
    return len(amounts) < threshold or 100 * (sum(amounts) - largest - second) < p_percent * largest
