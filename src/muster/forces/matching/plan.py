"""The answer: tours of single units. A matching is its tours and nothing else; all figures follow from them."""

from dataclasses import dataclass

from muster.forces.months import month_start_d

Kind = tuple[str, str, int, int]
"""Offer, requirement, first month and months of a tour, whichever unit does it."""


@dataclass(frozen=True, slots=True, order=True)
class Tour:
    """A unit of an offer serves in a requirement for some months.

    Attributes
    ----------
    unit
        Number of the unit within its offer, from 1.
    first_month
        First month in place, counted from C-day and 0.
    months
        Months in place.
    """

    offer_id: str
    unit: int
    requirement_id: str
    first_month: int
    months: int

    @property
    def kind(self) -> Kind:
        """What it has in common with tours of other units of its offer."""
        return self.offer_id, self.requirement_id, self.first_month, self.months

    @property
    def end_month(self) -> int:
        """Month in which the unit is gone again."""
        return self.first_month + self.months

    @property
    def start_d(self) -> int:
        """First day after C-day on which the unit serves."""
        return month_start_d(self.first_month)

    @property
    def end_d(self) -> int:
        """Day after C-day on which it no longer serves."""
        return month_start_d(self.end_month)


@dataclass(frozen=True, slots=True)
class Matching:
    """The tours, in the order of offers, units and months."""

    tours: tuple[Tour, ...]

    def __post_init__(self) -> None:
        """Put the tours in order, so that equal matchings are equal values."""
        object.__setattr__(self, "tours", tuple(sorted(self.tours)))
