"""How large the headquarters is, and how it is asked."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a headquarters is.

    Attributes
    ----------
    liaisons
        Liaison officers of each nation.
    """

    nations: int
    requirements: int
    offers: int
    liaisons: int
    planners: int
    observers: int

    @property
    def accounts(self) -> int:
        """All who are signed in."""
        return self.nations * self.liaisons + self.planners + self.observers


WHOLE: Final = Size(nations=60, requirements=10_000, offers=100_000, liaisons=3, planners=15, observers=5)
SMALL: Final = Size(nations=4, requirements=60, offers=400, liaisons=1, planners=1, observers=1)
"""For a look whether all of it works."""
PER_S: Final = 150.0
"""Pages asked for in a second, at even distances, whether others were answered or not."""
TARGET_P99_MS: Final = 250.0
