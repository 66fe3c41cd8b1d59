"""A proven bound: what no plan can beat, and what stands in the way.

A relaxation of the rules proposes prices for places and fleets; the bound follows from the prices alone.
"""

from muster.movement.formulation.bounding import bound
from muster.movement.formulation.result import BindingResource, Bound

__all__ = ["BindingResource", "Bound", "bound"]
