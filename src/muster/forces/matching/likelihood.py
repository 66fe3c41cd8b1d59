"""How likely an offer is to be kept: how firm the word is, and what must still happen."""

from collections.abc import Mapping
from math import prod

from muster.forces.gates import GateState
from muster.forces.matching.problem import MatchingProblem


def gate_likelihood(problem: MatchingProblem) -> Mapping[str, float]:
    """Chance that each gate opens: 1 where it is open, and where nobody judged it, as the scenario counts on it."""
    return {
        gate.gate_id: 1.0 if gate.state is GateState.OPEN or gate.likelihood is None else gate.likelihood
        for gate in problem.gates
    }


def kept_likelihood(problem: MatchingProblem) -> Mapping[str, float]:
    """Chance that each offer is kept, by offer: that of its status times those of its gates, taken as independent."""
    gates = gate_likelihood(problem)
    return {
        offer.offer_id: problem.status_likelihood.get(offer.status, 0.0) * prod(gates[gate] for gate in offer.gates)
        for offer in problem.offers
    }
