"""A matched force as movement requirement lines: entry, every relief in place, and the way home.

In reading order: ``reliefs`` says who relieves whom, ``moves`` which units move, when and between which places,
``increments`` cuts a unit into parts, ``names`` is what lines are called, ``shortfalls`` what cannot become a line and
why; ``matched`` is the main path.
"""

from muster.movement.lines.matched import MatchedLines, movement_lines, staging_areas
from muster.movement.lines.moves import LineTerms, MoveKind, UnitMove, list_moves
from muster.movement.lines.shortfalls import Shortfall

__all__ = [
    "LineTerms",
    "MatchedLines",
    "MoveKind",
    "Shortfall",
    "UnitMove",
    "list_moves",
    "movement_lines",
    "staging_areas",
]
