"""A proven bound: what no plan can beat, and what stands in the way.

A relaxation of the rules proposes prices for places and fleets; the bound follows from the prices alone.

In reading order: ``result`` is what comes out; ``fleets``, ``crossing``, ``choices`` lay out who may go how and when;
``uses``, ``packing``, ``rows`` say what that takes of places and fleets, ``followers`` what must happen after a line.
For closure, ``pricing`` and ``exact_pricing`` turn prices of rows into a proof, and ``separation`` looks for rows;
``closure`` leads. For the lateness of many lines ``deadlines`` are rows as well, ``exact_lateness`` is the proof, and
``lateness_by_windows`` leads. For that of fewer, ``supplies``, ``moments`` and ``worths`` are what is taken, period by
period, and its prices; ``cheapest`` and ``columns``, in machine code (``compiled``, ``making``), are what each line
does at them; ``lateness_by_periods`` leads. ``master`` proposes prices for all three, and ``bounding`` is the main
path. ``certificate`` is what is kept of a proof, ``verification`` works out what it proves, and ``daily_prices`` what
its prices say of single days. ``reinforcing`` says what closing by a day takes at least. ``docs/formulation/movement-
bound.md`` and ``docs/formulation/movement-reinforcement.md`` have the formulae.
"""

from muster.movement.formulation.bounding import bound
from muster.movement.formulation.certificate import Certificate
from muster.movement.formulation.compiled import is_made
from muster.movement.formulation.daily_prices import daily_prices
from muster.movement.formulation.making import make_machine_code
from muster.movement.formulation.reinforcing import Requirement, least_reinforcement
from muster.movement.formulation.result import BindingResource, Bound
from muster.movement.formulation.verification import CertificateRefused, Proved, verify

__all__ = [
    "BindingResource",
    "Bound",
    "Certificate",
    "CertificateRefused",
    "Proved",
    "Requirement",
    "bound",
    "daily_prices",
    "is_made",
    "least_reinforcement",
    "make_machine_code",
    "verify",
]
