"""What a joint plan asks of each nation, and how evenly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.movement.deconflict.nations import lines_by_nation
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.replan.changes import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What a joint plan asks of a nation.

    Attributes
    ----------
    lines, in_conflict, changed
        Its lines; those in a conflict; those that its own plan moves and that are not moved as it has them.
    legs
        Legs of them that are moved.
    later_min, earlier_min
        Minutes by which lines close later, and earlier, than in its own plan, summed over lines.
    worst_later_min
        The most by which one of them closes later.
    newly_late
        Lines that close after their required date and did not in its own plan.
    unmoved
        Lines that its own plan moves and the joint plan does not.
    """

    nation: str
    lines: int
    in_conflict: int
    changed: int
    legs: int
    later_min: int
    earlier_min: int
    worst_later_min: int
    newly_late: int
    unmoved: int

    @property
    def share(self) -> float:
        """Part of its lines that changes."""
        return self.changed / self.lines


def burdens(
    problem: Problem, merged: Plan, joint: Plan, changes: Changes, in_conflict: frozenset[str]
) -> tuple[Burden, ...]:
    """What a joint plan asks of each nation that has lines, nations by code."""
    before, after = closures(problem, merged), closures(problem, joint)
    changed = changes.by_nation()
    rows: list[Burden] = []
    for nation, lines in lines_by_nation(problem).items():
        own = [line for line in changed.get(nation, ()) if line.uln in before]
        later = [line.later_min for line in own if line.later_min is not None]
        rows.append(
            Burden(
                nation=nation,
                lines=len(lines),
                in_conflict=sum(line.uln in in_conflict for line in lines),
                changed=len(own),
                legs=sum(line.legs for line in own),
                later_min=sum(max(0, minutes) for minutes in later),
                earlier_min=sum(max(0, -minutes) for minutes in later),
                worst_later_min=max((0, *later)),
                newly_late=sum(
                    before.get(line.uln, 0) <= line.required_min < after.get(line.uln, 0)
                    for line in lines
                    if line.uln in before
                ),
                unmoved=sum(line.uln in before and line.uln not in after for line in lines),
            )
        )
    return tuple(rows)


def uneven(rows: Sequence[Burden]) -> tuple[float, ...]:
    """Parts of their lines that nations change, the largest first: the smaller in this order, the more even.

    The order is that of leximin: A. Sen, *Collective Choice and Social Welfare* (1970).
    """
    return tuple(sorted((row.share for row in rows), reverse=True))


def closures(problem: Problem, plan: Plan) -> Mapping[str, int]:
    """When each line that moves reaches its destination with its last load."""
    closed: dict[str, int] = {}
    for move in plan.moves:
        line = problem.line_of[problem.load_of[move.load_id].uln]
        closed[line.uln] = max(closed.get(line.uln, 0), move.steps[-1].end_min if move.steps else line.ready_min)
    return closed
