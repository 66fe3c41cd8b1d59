"""Plans that nations made for themselves, laid over each other and made one with as little change as can be.

In reading order: ``nations`` is a nation's part of a problem; ``pooling`` and ``merging`` make one plan of many,
``conflicts`` finds where they collide, ``contest`` who wants how much, ``telling`` says it in words, and ``clashes``
gathers it by place, fleet and day; ``agreeing`` finds joint plans, ``burden`` what they ask of each; ``view`` is what a
nation may see of all this, and ``own_part`` its part of a plan by itself.
"""

from muster.movement.deconflict.agreeing import Agreement, Choice, Proposal, agree, choose
from muster.movement.deconflict.burden import Burden
from muster.movement.deconflict.clashes import Clash, ClashDay, ClashKind, clashes
from muster.movement.deconflict.conflicts import Collision, Conflict, collide
from muster.movement.deconflict.contest import Share
from muster.movement.deconflict.nations import lines_by_nation, of_nation
from muster.movement.deconflict.own_part import own_part
from muster.movement.deconflict.view import NationView, OwnClash, SharedUse, views

__all__ = [
    "Agreement",
    "Burden",
    "Choice",
    "Clash",
    "ClashDay",
    "ClashKind",
    "Collision",
    "Conflict",
    "NationView",
    "OwnClash",
    "Proposal",
    "Share",
    "SharedUse",
    "agree",
    "choose",
    "clashes",
    "collide",
    "lines_by_nation",
    "of_nation",
    "own_part",
    "views",
]
