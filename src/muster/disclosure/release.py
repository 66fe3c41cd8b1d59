"""A release: what is said of each sum, and what stays with the headquarters beside it."""

from dataclasses import dataclass

from muster.disclosure.bands import Band
from muster.disclosure.contributions import Contributions, PublishedSum

NOT_RELEASED = "not released"
"""What a release says of a sum that it keeps back."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one sum.

    Attributes
    ----------
    shown
        The number or the band; None where the sum is not released.
    low, high
        Between which whole numbers the sum then lies, both ends included, for everybody who reads it; a high of None
        is no upper end. Both are None where the sum is not released.
    release
        Number of the release that first said so; an earlier one where the new figure would give something away.
    """

    name: str
    shown: int | Band | None
    low: int | None = None
    high: int | None = None
    release: int | None = None

    def __str__(self) -> str:
        """Give what a reader sees."""
        return NOT_RELEASED if self.shown is None else str(self.shown)


@dataclass(frozen=True, slots=True)
class Release:
    """What everybody may see, in the order of the sums; it holds no share of any nation."""

    number: int
    statements: tuple[Statement, ...]

    def list_new(self) -> tuple[Statement, ...]:
        """Statements of this release, without those that stand from an earlier one."""
        return tuple(statement for statement in self.statements if statement.release == self.number)


@dataclass(frozen=True, slots=True)
class Edition:
    """A release with what it was made from. It stays with the headquarters: the next release is tested against it."""

    contributions: Contributions
    sums: tuple[PublishedSum, ...]
    release: Release
