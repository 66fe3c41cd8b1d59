"""A feasible plan quickly, a better one with time."""

from muster.movement.search.board import Board
from muster.movement.search.chains import Settings
from muster.movement.search.improving import Improver
from muster.movement.search.uncongested import uncongested_min
from muster.movement.search.writing import write_plan

__all__ = ["Board", "Improver", "Settings", "uncongested_min", "write_plan"]
