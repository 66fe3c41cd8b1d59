"""Principals as bits: to whom a row is released, and what a viewer counts as, each as two masks of 63 bits."""

from collections.abc import Iterable
from typing import Final, NamedTuple

HEADQUARTERS: Final = "MNF"
"""Owner of the rows of the headquarters itself."""
OBSERVERS: Final = "OBS"
"""Stands in a label for the observers, who are no nation and own nothing."""
EVERY_NATION_BIT: Final = 0
STAFF_BIT: Final = 1
OBSERVER_BIT: Final = 2
FIRST_NATION_BIT: Final = 3
BITS: Final = 126
"""Principals that fit; a whole number in the database has 63 bits beside its sign."""
_HALF: Final = 63


class Masks(NamedTuple):
    """Bits of principals, the first 63 and the others."""

    low: int
    high: int


def bits_by_code(owners: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Bit of everybody whom a label can name: nations and the headquarters as given, and the observers.

    Examples
    --------
    >>> bits_by_code([("FRA", 3)])
    {'OBS': 2, 'FRA': 3}
    """
    return {OBSERVERS: OBSERVER_BIT, **dict(owners)}


def masks_of(bits: Iterable[int]) -> Masks:
    """Masks in which some bits are set.

    Examples
    --------
    >>> masks_of([0, 2, 63])
    Masks(low=5, high=1)
    """
    low = high = 0
    for bit in bits:
        if not 0 <= bit < BITS:
            raise ValueError(f"Principal {bit} does not fit: the boundary has {BITS} of them, from 0.")
        if bit < _HALF:
            low |= 1 << bit
        else:
            high |= 1 << (bit - _HALF)
    return Masks(low, high)


def bits_of(masks: Masks) -> frozenset[int]:
    """Bits that are set.

    Examples
    --------
    >>> sorted(bits_of(Masks(5, 1)))
    [0, 2, 63]
    """
    both = masks.low | masks.high << _HALF
    found = set()
    while both:
        found.add(both.bit_length() - 1)
        both ^= 1 << both.bit_length() - 1
    return frozenset(found)
