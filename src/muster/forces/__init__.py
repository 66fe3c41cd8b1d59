"""Nations, offers, caveats, requirements and gates."""

from muster.forces.caveats import Caveat, CaveatEffect
from muster.forces.nations import Nation, Part
from muster.forces.offers import Gate, Offer, OfferStatus, PlaceAllowed, Requirement

__all__ = [
    "Caveat",
    "CaveatEffect",
    "Gate",
    "Nation",
    "Offer",
    "OfferStatus",
    "Part",
    "PlaceAllowed",
    "Requirement",
]
