"""Gates and caveats that bear on the matching, and whom they bear on."""

from collections import Counter
from dataclasses import dataclass

from muster.forces.matching.likelihood import gate_likelihood
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.reporting.words import does, waits_for


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """One gate as the matching supposes it.

    Attributes
    ----------
    nation
        Empty where it is everyone's.
    opens
        Day on which it is expected to open; empty where that is not known, or it is open or refused.
    offers
        Offers that stand and wait for it.
    """

    gate_id: str
    nation: str
    kind: str
    state: str
    opens: str
    likelihood: float
    says: str
    offers: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaveatRow:
    """One caveat of service, and whether it is supposed to be lifted."""

    caveat_id: str
    nation: str
    category: str
    effect: str
    says: str
    is_lifted: bool
    source: str


def list_gates(problem: MatchingProblem) -> tuple[GateRow, ...]:
    """Every gate, in the order of the problem."""
    likelihood = gate_likelihood(problem)
    waiting = Counter(gate for offer in problem.offers if offer.stands for gate in offer.gates)
    return tuple(
        GateRow(
            gate_id=gate.gate_id,
            nation=gate.nation or "",
            kind=gate.kind,
            state=gate.state.value,
            opens="" if gate.opens is None else str(gate.opens),
            likelihood=likelihood[gate.gate_id],
            says=waits_for(gate),
            offers=waiting[gate.gate_id],
            source=gate.source,
        )
        for gate in problem.gates
    )


def list_caveats(problem: MatchingProblem) -> tuple[CaveatRow, ...]:
    """Every caveat that says something about serving, in the order of the problem."""
    return tuple(
        CaveatRow(
            caveat_id=caveat.caveat_id,
            nation=caveat.nation,
            category=caveat.category,
            effect=caveat.effect.value,
            says=does(caveat),
            is_lifted=caveat.caveat_id in problem.lifted,
            source=caveat.source,
        )
        for caveat in problem.caveats
        if caveat.concerns_service
    )
