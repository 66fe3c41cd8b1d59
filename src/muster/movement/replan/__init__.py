"""A plan made again while it is being carried out: what has happened stands, the rest is improved at a price of change.

In reading order: ``events`` is what may happen, ``history`` what has happened of a plan, ``applying`` the problem as the
events leave it, ``rest`` the rest of the move as a problem of its own and the way back, ``curve`` lateness against
change, ``changes`` what a new plan changes, in words, ``review`` which findings are facts.
"""

from muster.movement.replan.changes import Changes, compare
from muster.movement.replan.curve import Choice, Point, Replanned, choose, replan
from muster.movement.replan.events import Event, EventRefused
from muster.movement.replan.history import History

__all__ = [
    "Changes",
    "Choice",
    "Event",
    "EventRefused",
    "History",
    "Point",
    "Replanned",
    "choose",
    "compare",
    "replan",
]
