import pytest

from muster.forces import Gate, GateState
from muster.forces.matching.gate_scenarios import GateScenario, UnreadableGateChange, change_gates, suppose
from muster.measures import DayMark, DayOffset

C_30 = DayOffset(DayMark.C, 30 * 1440)


def gate(name: str, state: GateState, opens: DayOffset | None = None) -> Gate:
    return Gate(gate_id=name, nation=None, kind="parliament", state=state, opens=opens, likelihood=None)


VOTE, DONE, NO = gate("vote", GateState.CLOSED, C_30), gate("done", GateState.OPEN), gate("no", GateState.REFUSED)
GATES = (VOTE, DONE, NO)


def test_scenarios_of_gates_leave_what_was_refused() -> None:
    assert suppose(GATES, GateScenario.EXPECTED) == GATES
    assert suppose(GATES, GateScenario.TODAY) == (gate("vote", GateState.CLOSED), DONE, NO)
    assert suppose(GATES, GateScenario.OPEN) == (gate("vote", GateState.OPEN, C_30), DONE, NO)


def test_gates_change_as_written() -> None:
    changed = change_gates(GATES, ["vote=open", "done=refused", "no = C+30"])
    assert changed == (
        gate("vote", GateState.OPEN),
        gate("done", GateState.REFUSED),
        gate("no", GateState.CLOSED, C_30),
    )
    assert change_gates(GATES, ["vote=closed"])[0] == gate("vote", GateState.CLOSED)
    assert change_gates(GATES, []) == GATES


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("vot=open", 'No gate is called "vot"; the gates are: vote, done, no.'),
        ("vote", '"vote" changes no gate; write it like GATE=open or GATE=C+30.'),
        (
            "vote=ajar",
            '"ajar" is no state of gate "vote"; write one of open, closed, refused, or a day such as C+30.',
        ),
    ],
)
def test_a_change_that_cannot_be_made_names_what_can(change: str, why: str) -> None:
    with pytest.raises(UnreadableGateChange) as refusal:
        change_gates(GATES, [change])
    assert (str(refusal.value), refusal.value.change) == (why, change)
