"""Why an offer, or a part of it, serves nowhere."""

from dataclasses import dataclass

from muster.forces.matching.answers.unfilled import Reason


@dataclass(frozen=True, slots=True)
class Unused:
    """Units of an offer that never serve, and why.

    Attributes
    ----------
    units
        Units without a tour.
    why
        In a word.
    what
        What stands between the offer and every requirement that it fits.
    """

    offer_id: str
    units: int
    why: str
    what: tuple[Reason, ...] = ()
