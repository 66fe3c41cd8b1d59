"""What is supposed of the gates: as expected, as they stand today, all open, or with changes of one's own."""

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from muster.forces.gates import Gate, GateState
from muster.measures import DayOffset, UnreadableOffset


class GateScenario(StrEnum):
    """A supposition about all gates."""

    EXPECTED = "expected"
    """Closed gates open on the day on which they are expected to."""
    TODAY = "today"
    """Only gates that are open count; what is closed stays closed."""
    OPEN = "open"
    """Closed gates are open from the beginning; what was refused stays refused."""


_FORM: Final = re.compile(r"\s*(?P<gate_id>[^=]+?)\s*=\s*(?P<state>.+?)\s*")


class UnreadableGateChange(ValueError):
    """A change of a gate that cannot be made.

    Attributes
    ----------
    change
        The change as written.
    """

    def __init__(self, change: str, why: str) -> None:
        super().__init__(why)
        self.change = change


def suppose(gates: Iterable[Gate], scenario: GateScenario) -> tuple[Gate, ...]:
    """Gates as a scenario supposes them."""
    return tuple(_supposed(gate, scenario) for gate in gates)


def change_gates(gates: Iterable[Gate], changes: Iterable[str]) -> tuple[Gate, ...]:
    """Gates with some of them changed; a later change of a gate wins.

    Parameters
    ----------
    changes
        Each ``ID=open``, ``ID=closed`` (and not counted on), ``ID=refused``, or a day on which it opens, ``ID=C+30``.

    Raises
    ------
    UnreadableGateChange
        When a change names no gate or no state.
    """
    changed = {gate.gate_id: gate for gate in gates}
    for change in changes:
        found = _FORM.fullmatch(change)
        if found is None:
            raise UnreadableGateChange(change, f'"{change}" changes no gate; write it like GATE=open or GATE=C+30.')
        gate = changed.get(found["gate_id"])
        if gate is None:
            known = ", ".join(changed) or "none"
            raise UnreadableGateChange(change, f'No gate is called "{found["gate_id"]}"; the gates are: {known}.')
        changed[gate.gate_id] = _changed(gate, found["state"], change)
    return tuple(changed.values())


def _supposed(gate: Gate, scenario: GateScenario) -> Gate:
    if gate.state is not GateState.CLOSED or scenario is GateScenario.EXPECTED:
        return gate
    if scenario is GateScenario.TODAY:
        return replace(gate, opens=None)
    return replace(gate, state=GateState.OPEN)


def _changed(gate: Gate, state: str, change: str) -> Gate:
    """Gate with its state, or its day of opening, as a change says."""
    if state in set(GateState):
        return replace(gate, state=GateState(state), opens=None)
    try:
        return replace(gate, state=GateState.CLOSED, opens=DayOffset.parse(state))
    except UnreadableOffset:
        words = ", ".join(GateState)
        why = f'"{state}" is no state of gate "{gate.gate_id}"; write one of {words}, or a day such as C+30.'
        raise UnreadableGateChange(change, why) from None
