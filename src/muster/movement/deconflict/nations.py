"""A nation's part of a problem: its own lines on the whole network, as if it were alone there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from muster.movement.problem import Line, Problem


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
