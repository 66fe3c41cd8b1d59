"""A nation's part of a problem and of a plan: its own lines on the whole network, as if it were alone there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from muster.disclosure import Label, Marking
from muster.movement.plan import Plan
from muster.movement.problem import Line, Problem

NO_ROOM = "The joint plan has no room for it."
"""Why a line stays, for its nation: the reason itself may name others."""


def of_nation(problem: Problem, nation: str) -> Problem:
    """The problem that a nation solves when it plans for itself: its lines, and everybody's places and assets."""
    return replace(
        problem,
        lines=tuple(line for line in problem.lines if line.nation == nation),
        loads=tuple(load for load in problem.loads if problem.line_of[load.uln].nation == nation),
        no_ways=tuple(no_way for no_way in problem.no_ways if problem.line_of[no_way.uln].nation == nation),
    )


def lines_by_nation(problem: Problem) -> Mapping[str, Sequence[Line]]:
    """Lines of each nation that has any, nations by code."""
    grouped: dict[str, list[Line]] = {}
    for line in problem.lines:
        grouped.setdefault(line.nation, []).append(line)
    return {nation: grouped[nation] for nation in sorted(grouped)}


def label_of(line: Line) -> Label:
    """Whose a line is: its nation's alone."""
    return Label(owner=line.nation, marking=Marking.RESTRICTED, releasable_to=frozenset({line.nation}))


def part_of(problem: Problem, nation: str, plan: Plan) -> Plan:
    """The part of a plan that a nation may see: its own lines, on voyages that are numbered for it alone."""
    own = {line.uln for line in problem.lines if label_of(line).is_releasable_to(nation)}
    moves = [move for move in plan.moves if problem.load_of[move.load_id].uln in own]
    aboard = {step.voyage_id for move in moves for step in move.steps}
    voyages = [voyage for voyage in plan.voyages if voyage.voyage_id in aboard]
    name_of: dict[str | None, str | None] = {None: None}
    name_of |= {voyage.voyage_id: f"{nation}-{number:04d}" for number, voyage in enumerate(voyages, start=1)}
    return replace(
        plan,
        seed=0,
        voyages=tuple(replace(voyage, voyage_id=name_of[voyage.voyage_id] or "") for voyage in voyages),
        moves=tuple(
            replace(move, steps=tuple(replace(step, voyage_id=name_of[step.voyage_id]) for step in move.steps))
            for move in moves
        ),
        unmoved=tuple(unmoved for unmoved in plan.unmoved if unmoved.uln in own),
    )
