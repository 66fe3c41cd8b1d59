"""One plan repeated under chance: so far, its random numbers."""

from muster.trials.draws import Draws

__all__ = ["Draws"]
