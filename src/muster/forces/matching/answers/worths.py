"""The price of each caveat and each gate, and what breaks when a nation withdraws: each matched again."""

from collections.abc import Iterator
from dataclasses import replace

from muster.forces.gates import Gate, GateState
from muster.forces.matching.answers.again import Again, changed_cover
from muster.forces.matching.answers.worth import ChangeKind, Worth
from muster.forces.matching.problem import MatchingProblem


def worth_of(again: Again, problem: MatchingProblem, kind: ChangeKind, what: str, nation: str, **more: object) -> Worth:
    """What a changed problem is worth beside the one as it is."""
    after = again.match(problem)
    return Worth(
        kind=kind,
        what=what,
        nation=nation,
        gain=after.value - again.base.value,
        gain_bound=after.bound - again.base.value,
        by_requirement=changed_cover(again.base, after),
        **more,  # type: ignore[arg-type]
    )


def caveat_worths(again: Again) -> tuple[Worth, ...]:
    """What is gained if each caveat of service alone were lifted, most first."""
    return _sorted(_caveats(again))


def _caveats(again: Again) -> Iterator[Worth]:
    for caveat in again.problem.caveats:
        if caveat.concerns_service and caveat.caveat_id not in again.problem.lifted and not again.should_stop():
            without = again.problem.without_caveats(caveat.caveat_id)
            yield worth_of(again, without, ChangeKind.CAVEAT_LIFTED, caveat.caveat_id, caveat.nation)


def gate_worths(again: Again) -> tuple[Worth, ...]:
    """What is gained if each gate alone stood open today, most first."""
    return _sorted(_gates(again))


def _gates(again: Again) -> Iterator[Worth]:
    for gate in again.problem.gates:
        if gate.state is not GateState.OPEN and not again.should_stop():
            opened = again.problem.with_gates({gate.gate_id: _opened(gate)})
            yield worth_of(again, opened, ChangeKind.GATE_OPEN, gate.gate_id, gate.nation or "")


def _opened(gate: Gate) -> Gate:
    return replace(gate, state=GateState.OPEN, opens=None)


def withdrawal_worths(again: Again) -> tuple[Worth, ...]:
    """What is lost if each nation withdrew all it offers, worst first."""
    return tuple(sorted(_withdrawals(again), key=lambda worth: (worth.gain, worth.what)))


def _withdrawals(again: Again) -> Iterator[Worth]:
    for nation in sorted({offer.nation for offer in again.problem.offers if offer.stands}):
        if not again.should_stop():
            without = again.problem.without_nation(nation)
            yield worth_of(again, without, ChangeKind.NATION_WITHDRAWN, nation, nation)


def _sorted(worths: Iterator[Worth]) -> tuple[Worth, ...]:
    return tuple(sorted(worths, key=lambda worth: (-worth.gain, worth.what)))
