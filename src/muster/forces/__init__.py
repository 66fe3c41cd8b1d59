"""Nations, offers, caveats, requirements, gates and activation; the matching of offers to requirements."""

from muster.forces.activation import Activation, ActivationState, order_day
from muster.forces.caveats import Caveat, CaveatEffect
from muster.forces.gates import Gate, GateState
from muster.forces.nations import BurdenKey, Nation, Part
from muster.forces.offers import Offer, OfferStatus, PlaceAllowed
from muster.forces.requirements import Component, Requirement, Size

__all__ = [
    "Activation",
    "ActivationState",
    "BurdenKey",
    "Caveat",
    "CaveatEffect",
    "Component",
    "Gate",
    "GateState",
    "Nation",
    "Offer",
    "OfferStatus",
    "Part",
    "PlaceAllowed",
    "Requirement",
    "Size",
    "order_day",
]
