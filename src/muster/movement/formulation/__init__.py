"""A proven bound: what no plan can beat, and what stands in the way.

A relaxation of the rules proposes prices for places and fleets; the bound follows from the prices alone.

In reading order: ``result`` is what comes out; ``fleets``, ``crossing``, ``choices`` lay out who may go how and when;
``uses``, ``packing``, ``rows`` say what that takes of places and fleets; ``pricing`` turns prices into a proof;
``separation``, ``deadlines`` and ``master`` look for good rows and prices; ``closure``, ``lateness`` and ``bounding``
are the main path; ``reinforcing`` says what closing by a day takes at least. ``docs/formulation/movement-bound.md`` and
``docs/formulation/movement-reinforcement.md`` have the formulae.
"""

from muster.movement.formulation.bounding import bound
from muster.movement.formulation.reinforcing import Requirement, least_reinforcement
from muster.movement.formulation.result import BindingResource, Bound

__all__ = ["BindingResource", "Bound", "Requirement", "bound", "least_reinforcement"]
