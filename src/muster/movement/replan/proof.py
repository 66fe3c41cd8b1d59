"""What no plan for the rest of a move can beat: the bound on the rest as a problem, with what is done added to it.

Legs that stand for what has happened are taken out: loads begin where they are, when they are free to go on. Windows
and staging areas, which may have to give way, are relaxed by the bound anyway, so it holds for every plan of the curve
that leaves no line behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from muster.movement.formulation import Bound
from muster.movement.problem import SELF, Itinerary, Load, Problem
from muster.movement.replan.rest import Rest


@dataclass(frozen=True, slots=True, kw_only=True)
class RestBound:
    """Least closure and weighted lateness of the whole move, what has happened included."""

    closure_min: int
    weighted_lateness_min: int


def left_to_prove(rest: Rest) -> tuple[Problem, Mapping[str, int]]:
    """The rest without what has happened, and when each of its loads goes on at the earliest."""
    problem, started_min = rest.problem, rest.so_far.started_min
    ways = {way.itinerary_id: _left(way, started_min) for way in problem.itineraries}
    begins = {load.load_id: _begins_min(rest, load, ways) for load in problem.loads}
    lines = tuple(
        replace(line, ready_min=min((line.ready_min, *(begins[name] for name in line.loads))))
        for line in problem.lines
    )  # fmt: skip
    return replace(problem, lines=lines, itineraries=tuple(ways.values())), begins


def whole_bound(problem: Problem, rest: Rest, proved: Bound) -> RestBound:
    """The bound on the whole move.

    Parameters
    ----------
    problem
        As the events leave it.
    """
    ends: dict[str, int] = {}
    for move in rest.done:
        uln = problem.load_of[move.load_id].uln
        ends[uln] = max(ends.get(uln, 0), move.steps[-1].end_min if move.steps else 0)
    late = sum(
        problem.line_of[uln].weight * max(0, end_min - problem.line_of[uln].required_min)
        for uln, end_min in ends.items()
    )
    return RestBound(
        closure_min=max((proved.closure_min, *ends.values())),
        weighted_lateness_min=proved.weighted_lateness_min + late,
    )


def _left(way: Itinerary, started_min: Mapping[str, int]) -> Itinerary:
    """An itinerary without the legs that stand for what has happened."""
    done = sum(leg_id in started_min for leg_id in way.legs)
    staged_after = None if way.staged_after is None or way.staged_after < done else way.staged_after - done
    return replace(way, legs=way.legs[done:], staged_after=staged_after)


def _begins_min(rest: Rest, load: Load, ways: Mapping[str, Itinerary]) -> int:
    """When a load goes on at the earliest: free, and not before now where anything is left of its way."""
    problem, so_far = rest.problem, rest.so_far
    own = [problem.itinerary_of[name] for name in load.itineraries]
    ends = [
        so_far.started_min[leg_id] + problem.leg_of[leg_id].travel_min[SELF]
        for way in own
        for leg_id in way.legs
        if leg_id in so_far.started_min
    ]
    free_min = max(ends) if ends else problem.line_of[load.uln].ready_min
    is_there = bool(own) and not any(ways[way.itinerary_id].legs for way in own)
    return free_min if is_there else max(free_min, so_far.now_min)
