"""Bands: how well a need is covered, told coarsely enough that the sum behind it stays wide open."""

from enum import StrEnum


class Band(StrEnum):
    """How well a need is covered, least first."""

    UNMET = "unmet"
    """By less than a quarter; nothing at all looks no different."""
    PARTLY = "partly"
    """By a quarter or more, but not wholly."""
    MET = "met"
    """Wholly; by less than a quarter over, where surplus is told."""
    SURPLUS = "surplus"
    """By a quarter over or more."""


def band_of(covered: int, needed: int, *, tells_surplus: bool = True) -> Band:
    """Band in which a sum lies.

    Parameters
    ----------
    needed
        At least 1.
    tells_surplus
        Whether a surplus is told apart. It must not be where few contribute: there, ``met`` with an upper end would
        give a share away, and keeping that one band back would tell as much as showing it.
    """
    if 4 * covered < needed:
        return Band.UNMET
    if covered < needed:
        return Band.PARTLY
    return Band.SURPLUS if tells_surplus and 4 * covered >= 5 * needed else Band.MET


def band_interval(band: Band, needed: int, *, tells_surplus: bool = True) -> tuple[int, int | None]:
    """Least and greatest whole number that :func:`band_of` puts into a band; None where there is no greatest."""
    quarter, over = -(-needed // 4), -(-5 * needed // 4)
    match band:
        case Band.UNMET:
            return 0, quarter - 1
        case Band.PARTLY:
            return quarter, needed - 1
        case Band.MET:
            return needed, over - 1 if tells_surplus else None
        case Band.SURPLUS:
            return over, None
