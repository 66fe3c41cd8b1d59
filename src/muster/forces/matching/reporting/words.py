"""Reasons and changes in words, for people who do not know the codes."""

from muster.forces.caveats import Caveat, CaveatEffect
from muster.forces.gates import Gate, GateState
from muster.forces.matching.answers.unfilled import Reason, ReasonKind
from muster.forces.matching.answers.unused import Unused, Why
from muster.forces.matching.answers.worth import ChangeKind, Worth
from muster.forces.matching.problem import MatchingProblem
from muster.forces.offers import Offer
from muster.forces.requirements import Requirement, Size

_PLAIN = {
    ReasonKind.NO_OFFER: "nobody offers enough of it",
    ReasonKind.ROTATION: "units would have to go again before their rest is over",
    ReasonKind.COHESION: "no more nations, or none beside the framework nation, may serve in it",
    ReasonKind.SHORTAGE: "the units there are serve in what is worth more",
    ReasonKind.NOT_KNOWN: "the time was over before the reasons were found",
}
_NAMED = {
    ReasonKind.READINESS: "{} is ready too late",
    ReasonKind.NOTICE: "the notice to move of {} is too long, or not said",
    ReasonKind.PLACE: "{} does not offer it for this country",
    ReasonKind.ATTRIBUTE: "what is offered lacks {}",
    ReasonKind.LIMIT: "caveat {} limits the people in place",
}
_UNUSED = {
    Why.WITHDRAWN: "it is withdrawn",
    Why.NO_REQUIREMENT: "nobody asks for this capability in this size",
    Why.HINDERED: "hindered everywhere",
    Why.NOT_NEEDED: "what it could do is covered as well, or better, by others",
}
_UNNAMED = {
    ReasonKind.CAVEAT: "a caveat forbids it",
    ReasonKind.GATE: "a gate is closed",
    ReasonKind.READINESS: "units are ready too late",
    ReasonKind.NOTICE: "notice to move is too long",
    ReasonKind.PLACE: "it is not offered for this country",
    ReasonKind.ATTRIBUTE: "what is offered lacks an attribute",
    ReasonKind.LIMIT: "a caveat limits the people in place",
}


class Words:
    """Says in words what a problem holds in ids.

    Parameters
    ----------
    problem
        The problem whose caveats, gates and nations are named.
    """

    def __init__(self, problem: MatchingProblem) -> None:
        self._caveats = {caveat.caveat_id: caveat for caveat in problem.caveats}
        self._gates = {gate.gate_id: gate for gate in problem.gates}

    def reason(self, reason: Reason) -> str:
        """One reason on a list."""
        if reason.kind in _PLAIN:
            return _PLAIN[reason.kind]
        if not reason.what:
            return _UNNAMED[reason.kind]
        if reason.kind is ReasonKind.CAVEAT:
            return self.caveat(reason.what)
        if reason.kind is ReasonKind.GATE:
            return self.gate(reason.what)
        return _NAMED[reason.kind].format(reason.what)

    def reasons(self, reasons: tuple[Reason, ...]) -> str:
        """A list of reasons as one sentence without a full stop; empty where there is none."""
        return "; ".join(self.reason(reason) for reason in reasons)

    def unused(self, unused: Unused) -> str:
        """Why no unit of an offer serves."""
        told = self.reasons(unused.reasons)
        return f"{_UNUSED[unused.why]}: {told}" if told else _UNUSED[unused.why]

    def caveat(self, caveat_id: str) -> str:
        """What a caveat does, and its id."""
        caveat = self._caveats.get(caveat_id)
        return f"caveat {caveat_id}" if caveat is None else f"{caveat.nation} {does(caveat)} (caveat {caveat_id})"

    def gate(self, gate_id: str) -> str:
        """What a gate waits for, and its id."""
        gate = self._gates.get(gate_id)
        return f"gate {gate_id}" if gate is None else f"{waits_for(gate)} (gate {gate_id})"

    def change(self, worth: Worth) -> str:
        """What is changed."""
        match worth.kind:
            case ChangeKind.CAVEAT_LIFTED:
                caveat = self._caveats.get(worth.what)
                told = "" if caveat is None else f": {caveat.nation} no longer {does(caveat)}"
                return f"caveat {worth.what} lifted{told}"
            case ChangeKind.GATE_OPEN:
                return f"gate {worth.what} open"
            case ChangeKind.NATION_WITHDRAWN:
                return f"{worth.what} withdraws"
            case ChangeKind.NEXT_OFFER:
                whose = f" of {worth.nation}" if worth.nation else ""
                return f"{worth.units} × {worth.what}{whose}"


def does(caveat: Caveat) -> str:
    """What a caveat does, without saying whose it is."""
    where = caveat.place or caveat.country
    subject = " ".join(
        part for part in (f"task {caveat.task}" if caveat.task else "service", f"at {where}" if where else "") if part
    )
    when = "".join(f" {word} {at}" for word, at in (("from", caveat.starts), ("until", caveat.until)) if at is not None)
    if caveat.limit_people is not None:
        return f"limits its people to {caveat.limit_people} for {subject}{when}"
    if caveat.effect is CaveatEffect.NEEDS_APPROVAL:
        approved = "never" if caveat.approved is None else str(caveat.approved)
        return f"must approve {subject}{when}, expected {approved}"
    return f"{caveat.effect} {subject}{when}"


def waits_for(gate: Gate) -> str:
    """What a gate waits for, and until when."""
    whose = f" of {gate.nation}" if gate.nation else ""
    if gate.state is GateState.CLOSED:
        until = "no day is known" if gate.opens is None else f"expected {gate.opens}"
        return f"{gate.kind}{whose} is outstanding, {until}"
    return f"{gate.kind}{whose} is {gate.state}"


def units_of(row: Offer | Requirement) -> str:
    """How many units of which size: ``2 battalions``."""
    return f"{row.quantity} {size_in_words(row.size, row.quantity)}"


def size_in_words(size: Size, count: int) -> str:
    """A size, in the plural where there are several."""
    if count == 1 or size is Size.HEADQUARTERS:
        return size.value
    return "companies" if size is Size.COMPANY else f"{size}s"
