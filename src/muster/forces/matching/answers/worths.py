"""The price of each caveat and each gate, and what breaks when a nation withdraws: each matched again."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from muster.forces.gates import Gate, GateState
from muster.forces.matching.answers.again import Again, changed_cover
from muster.forces.matching.answers.worth import ChangeKind, Worth
from muster.forces.matching.part import WORKERS
from muster.forces.matching.problem import MatchingProblem


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is to be worked out; its fields are those of what it is worth.

    Attributes
    ----------
    problem
        The problem with the change made.
    """

    problem: MatchingProblem
    kind: ChangeKind
    what: str
    nation: str
    units: int = 0
    note: str = ""


def worths_of(again: Again, changes: Iterable[Change]) -> list[Worth]:
    """What changes are worth, each on its own; those for which no time is left are missing."""

    def worth(change: Change) -> Worth | None:
        return None if again.should_stop() else _worth_of(again, change)

    with ThreadPoolExecutor(WORKERS) as pool:
        return [found for found in pool.map(worth, changes) if found is not None]


def _worth_of(again: Again, change: Change) -> Worth:
    found = again.compare(change.problem)
    return Worth(
        kind=change.kind,
        what=change.what,
        nation=change.nation,
        gain=found.gain,
        gain_bound=found.gain_bound,
        by_requirement=changed_cover(found),
        units=change.units,
        note=change.note,
    )


def caveat_worths(again: Again) -> tuple[Worth, ...]:
    """What is gained if each caveat of service alone were lifted, most first."""
    return _most_first(worths_of(again, _caveats(again.problem)))


def _caveats(problem: MatchingProblem) -> Iterator[Change]:
    for caveat in problem.caveats:
        if caveat.concerns_service and caveat.caveat_id not in problem.lifted:
            without = problem.without_caveats(caveat.caveat_id)
            yield Change(without, ChangeKind.CAVEAT_LIFTED, caveat.caveat_id, caveat.nation)


def gate_worths(again: Again) -> tuple[Worth, ...]:
    """What is gained if each gate alone stood open today, most first."""
    return _most_first(worths_of(again, _gates(again.problem)))


def _gates(problem: MatchingProblem) -> Iterator[Change]:
    for gate in problem.gates:
        if gate.state is not GateState.OPEN:
            opened = problem.with_gates({gate.gate_id: _opened(gate)})
            yield Change(opened, ChangeKind.GATE_OPEN, gate.gate_id, gate.nation or "")


def _opened(gate: Gate) -> Gate:
    return replace(gate, state=GateState.OPEN, opens=None)


def withdrawal_worths(again: Again) -> tuple[Worth, ...]:
    """What is lost if each nation withdrew all it offers, worst first."""
    lost = worths_of(again, _withdrawals(again.problem))
    return tuple(sorted(lost, key=lambda worth: (worth.gain, worth.what)))


def _withdrawals(problem: MatchingProblem) -> Iterator[Change]:
    for nation in sorted({offer.nation for offer in problem.offers if offer.stands}):
        yield Change(problem.without_nation(nation), ChangeKind.NATION_WITHDRAWN, nation, nation)


def _most_first(worths: Iterable[Worth]) -> tuple[Worth, ...]:
    return tuple(sorted(worths, key=lambda worth: (-worth.gain, worth.what)))
