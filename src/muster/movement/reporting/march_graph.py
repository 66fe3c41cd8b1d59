"""The classic movement graph (US Army FM 55-10, Appendix E): distance up, time across, one line per convoy."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from muster.movement.problem import Leg, Problem
from muster.movement.reporting.march import Convoy


@dataclass(frozen=True, slots=True)
class CorridorPoint:
    """A place along a corridor, and how far along."""

    place: str
    name: str
    distance_m: int


@dataclass(frozen=True, slots=True)
class Corridor:
    """A road from one place to another with the crossings on it, in the order of distance."""

    corridor_id: str
    points: tuple[CorridorPoint, ...]


@dataclass(frozen=True, slots=True)
class GraphPoint:
    """Where a convoy is on the graph: head and tail at a point of the corridor."""

    distance_m: int
    head_min: int
    tail_min: int


@dataclass(frozen=True, slots=True)
class GraphLine:
    """One convoy on the graph; it rises when the convoy goes along the corridor and falls when it comes back."""

    convoy: str
    uln: str
    nation: str
    points: tuple[GraphPoint, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two convoys at one point of the corridor during ``[start_min, end_min)``."""

    place: str
    convoys: tuple[str, str]
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True)
class MovementGraph:
    """Everything to draw for one corridor."""

    corridor: Corridor
    lines: tuple[GraphLine, ...]
    conflicts: tuple[Conflict, ...]


def list_corridors(problem: Problem, convoys: Sequence[Convoy]) -> tuple[Corridor, ...]:
    """The corridors on which convoys go over a crossing, the one with the most convoys first."""
    counted: dict[str, int] = defaultdict(int)
    for convoy in convoys:
        if convoy.credits:
            counted[convoy.leg] += 1
    ranked = sorted(counted, key=lambda leg_id: (-counted[leg_id], leg_id))
    return tuple(corridor_of(problem, problem.leg_of[leg_id]) for leg_id in ranked)


def corridor_of(problem: Problem, leg: Leg) -> Corridor:
    """The corridor of a leg: where it starts, what it goes over, where it ends."""
    stops = [(leg.origin, 0), *((each.crossing, each.distance_m) for each in leg.passages)]
    stops.append((leg.destination, leg.distance_m))
    points = (CorridorPoint(place, _name(problem, place), distance_m) for place, distance_m in stops)
    return Corridor(leg.leg_id, tuple(points))


def movement_graph(corridor: Corridor, convoys: Sequence[Convoy]) -> MovementGraph:
    """The graph of a corridor: every convoy that meets two of its points or more, from whatever leg."""
    along = {point.place: point.distance_m for point in corridor.points}
    lines: list[GraphLine] = []
    for convoy in convoys:
        points = tuple(
            GraphPoint(along[place], head_min, head_min + convoy.pass_min)
            for place, head_min in _stops(convoy)
            if place in along
        )
        if len(points) > 1:
            lines.append(GraphLine(convoy.number, convoy.uln, convoy.nation, points))
    return MovementGraph(corridor, tuple(lines), tuple(_conflicts(corridor, lines)))


def _stops(convoy: Convoy) -> Iterator[tuple[str, int]]:
    """Places that a convoy meets, and when its head is there."""
    yield convoy.origin, convoy.start_min
    for credit in convoy.credits:
        yield credit.crossing, credit.arrival_min
    yield convoy.destination, convoy.end_min


def _conflicts(corridor: Corridor, lines: Sequence[GraphLine]) -> Iterator[Conflict]:
    """Convoys that are at a crossing of the corridor together; its two ends have room beside the road."""
    for point in corridor.points[1:-1]:
        there = sorted(
            (each.head_min, each.tail_min, line.convoy)
            for line in lines
            for each in line.points
            if each.distance_m == point.distance_m
        )
        for (_, first_tail, first), (second_head, second_tail, second) in combinations(there, 2):
            if second_head < first_tail:
                yield Conflict(point.place, (first, second), second_head, min(first_tail, second_tail))


def _name(problem: Problem, place: str) -> str:
    site = problem.site_of.get(place)
    return place if site is None else site.name
