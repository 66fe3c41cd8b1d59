"""A feasible plan quickly, a better one with time.

In reading order: ``permissions``, ``choices`` and ``board`` say what may be chosen, ``uncongested`` how early a line
could close alone; ``tables`` is the same as flat arrays, and ``layout`` makes them. ``compiled`` turns what follows
into machine code: ``profiles`` and ``diary`` know when there is room; ``rides`` finds a ride for one load on one leg,
``voyages`` books it and ``ledger`` takes it back; ``chains`` puts a load on one way, ``placing`` a whole line,
``priority`` knows who took whose place, ``rivals`` who goes before a line where it waits, ``scarcity`` what that is
worth, ``choosing`` which lines to take out and ``following`` who waits for them; ``ruin`` is the search.
``dispatching`` has orders to begin with, ``improving`` leads, and ``writing`` makes a plan. A replan knows what is
done, ``so_far``, and the plan in force, ``standing_layout``: ``restoring`` books a line of it again, ``standing``
counts what differs from it.
"""

from muster.movement.search.board import Board
from muster.movement.search.compiled import is_made
from muster.movement.search.improving import Improver, make_machine_code, usual_order
from muster.movement.search.layout import lay_out
from muster.movement.search.ruin import Value
from muster.movement.search.so_far import SoFar
from muster.movement.search.standing_layout import lay_standing
from muster.movement.search.tables import Settings
from muster.movement.search.writing import write_plan

__all__ = [
    "Board",
    "Improver",
    "Settings",
    "SoFar",
    "Value",
    "is_made",
    "lay_out",
    "lay_standing",
    "make_machine_code",
    "usual_order",
    "write_plan",
]
