"""A feasible plan quickly, a better one with time.

In reading order: ``profiles`` and ``diary`` know when there is room; ``permissions``, ``choices`` and ``board`` what
may be chosen; ``rides`` puts one load on one leg, ``chains`` on one way, ``placing`` a whole line; ``ledger`` takes
back what was tried; ``state`` is the plan in the making, ``priority`` who took whose place, ``improving`` the search;
``writing`` makes the plan of it, and ``uncongested`` says how early a line could close alone.
"""

from muster.movement.search.board import Board
from muster.movement.search.chains import Settings
from muster.movement.search.improving import Improver
from muster.movement.search.uncongested import uncongested_min
from muster.movement.search.writing import write_plan

__all__ = ["Board", "Improver", "Settings", "uncongested_min", "write_plan"]
