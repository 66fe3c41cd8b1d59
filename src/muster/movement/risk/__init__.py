"""How likely the closure date of a plan is: the plan replayed many times under what can go wrong.

In reading order: ``hazards`` says what can go wrong, and how often and how badly; ``activities`` and ``timetable`` lay
the plan out as ``tables``, ``capacity`` what places have; ``setbacks`` draws what goes wrong in one run. ``compiled``
turns what follows into machine code: ``heap`` knows what comes next, ``times`` when it can go, ``dispatch`` which asset
makes it, ``replay`` is one run; ``handles`` are how machine code reaches the tables. ``replayer`` repeats it,
``campaign`` lists the runs that answer the question, ``assess`` leads it all to a ``result``.
"""

from muster.movement.risk.assess import NothingReplayed, assess
from muster.movement.risk.compiled import is_made
from muster.movement.risk.hazards import MEANINGS, Hazard, Severity, UnusableFigures
from muster.movement.risk.replayer import Policy
from muster.movement.risk.result import RiskResult

__all__ = [
    "MEANINGS",
    "Hazard",
    "NothingReplayed",
    "Policy",
    "RiskResult",
    "Severity",
    "UnusableFigures",
    "assess",
    "is_made",
]
