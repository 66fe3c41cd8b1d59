"""What has happened, as the search needs it: a floor for everything new, and legs that are what they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """What has happened before a plan for the rest of the move begins.

    Attributes
    ----------
    now_min
        Nothing new starts before.
    started_min
        When each leg that stands for what has happened started, by leg; it starts at that minute and at no other.
    travelled_min
        Minutes travelled by asset and day after C-day, of assets whose crew has a daily limit.
    """

    now_min: int = 0
    started_min: Mapping[str, int] = field(default_factory=dict)
    travelled_min: Mapping[tuple[str, int], int] = field(default_factory=dict)


NOTHING: SoFar = SoFar()
"""A move that has not begun."""
