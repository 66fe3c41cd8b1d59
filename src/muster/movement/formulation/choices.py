"""What each load may do, as flat arrays: itineraries, the legs on them, the pools that make the legs, and when.

A *stage* is a leg that a load may make (before or after its staging area); a *ride* is a stage by one pool of assets,
or by the load itself; an *option* is one itinerary. Every time is the most optimistic one that the rules leave:
``head_min`` is the earliest start of a ride, ``tail_min`` the least time from its end until its line closes.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from muster.movement.formulation.crossing import Crossing, Way
from muster.movement.formulation.fleets import FAR_MIN, Pool, pools
from muster.movement.formulation.packing import MEASURES_OF_OWN_RIDE, measures
from muster.movement.problem import Itinerary, Line, Load, Override, OverrideKind, Problem
from muster.movement.turns import in_turn

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

NOT_BEGUN: Final[Mapping[str, int]] = MappingProxyType({})
"""Nothing is on its way yet."""


@dataclass(frozen=True, eq=False)
class Choices:
    """Everything that the loads of the lines that must move may do.

    Attributes
    ----------
    lines
        The lines outside ``no_ways``; arrays over lines follow this order.
    load_line, load_option
        Line of each load; where its options begin, with one more entry for the end.
    option_end_min
        Earliest minute at which the load ends the option.
    stages
        How often each option makes each stage. Shape (n_options, n_stages).
    option_stage
        The stages of the options one after the other, each in the order in which its option makes them.
    option_first
        Where those of each option begin, with one more entry for the end.
    stage_start_min, is_onward
        When each stage can begin, permits and availability of its rides aside; whether it leads on from the staging
        area.
    stage_ride
        Where the rides of each stage begin, with one more entry for the end.
    ride_way, ride_load
        Way and load of each ride.
    shares
        What the load takes of a voyage in each measure of :mod:`.packing`; 1 on rides of its own.
        Shape (n_rides, n_measures).
    """

    problem: Problem
    pools: tuple[Pool, ...]
    lines: tuple[Line, ...]
    loads: tuple[Load, ...]
    load_line: Ints
    load_option: Ints
    option_end_min: Ints
    stages: sparse.csr_array
    option_stage: Ints
    option_first: Ints
    stage_start_min: Ints
    is_onward: Ints
    stage_ride: Ints
    ways: tuple[Way, ...]
    ride_way: Ints
    ride_load: Ints
    head_min: Ints
    tail_min: Ints
    shares: Floats
    impossible: tuple[str, ...]

    @cached_property
    def resource_index(self) -> dict[str, int]:
        """Place of each resource in the problem's order."""
        return {resource.resource_id: index for index, resource in enumerate(self.problem.resources)}

    @property
    def load_end_min(self) -> Ints:
        """Earliest end of each load, capacities aside."""
        return np.asarray(np.minimum.reduceat(self.option_end_min, self.load_option[:-1]), dtype=np.int64)

    @property
    def line_end_min(self) -> Ints:
        """Earliest closure of each line, capacities aside."""
        ends = np.array([line.ready_min for line in self.lines], dtype=np.int64)
        np.maximum.at(ends, self.load_line, self.load_end_min)
        return ends


@dataclass(slots=True)
class _Course:
    """An itinerary of a load while its times are worked out."""

    itinerary: Itinerary
    staged_after: int | None
    ways: list[tuple[Way, ...]]
    least_min: list[int]
    start_min: list[int]
    end_min: int = 0
    joined_min: int = 0

    @property
    def onward_min(self) -> int:
        after = self.staged_after
        return 0 if after is None else sum(self.least_min[after:])


def choices(problem: Problem, begins_min: Mapping[str, int] = NOT_BEGUN) -> Choices:
    """Lay out what every load that has a way may do.

    Parameters
    ----------
    begins_min
        When loads that are on their way already go on at the earliest, wherever they are; they heed neither the ready
        date of their line nor a lock.
    """
    fleets = pools(problem)
    crossing = Crossing(problem, fleets)
    stuck = {no_way.uln for no_way in problem.no_ways}
    lines = tuple(line for line in problem.lines if line.uln not in stuck and line.loads)
    table = _Table(crossing)
    impossible: list[str] = []
    kept: list[Line] = []
    timed = _timed(problem, crossing, lines, stuck, begins_min)
    for line in lines:
        courses = timed[line.uln]
        if all(courses):
            for load_id, own in zip(line.loads, courses, strict=True):
                table.add(len(kept), line, problem.load_of[load_id], own, courses)
            kept.append(line)
        else:
            impossible.append(line.uln)
    return table.close(problem, fleets, tuple(kept), tuple(impossible))


def _timed(
    problem: Problem, crossing: Crossing, lines: Sequence[Line], stuck: Set[str], begins_min: Mapping[str, int]
) -> dict[str, list[list[_Course]]]:
    """The courses of the loads of each line, none where it waits for a line that cannot move."""
    line_of, timed = {line.uln: line for line in lines}, dict[str, list[list[_Course]]]()
    end_min = {line.uln: line.ready_min for line in problem.lines}
    for uln in in_turn(line_of, {line.uln: line.after for line in problem.lines}):
        line = line_of.get(uln)
        if line is None:
            continue
        courses = [_courses(problem, crossing, line, problem.load_of[load_id]) for load_id in line.loads]
        _time(problem, line, courses, max((end_min[ahead] for ahead in line.after), default=0), begins_min)
        if not stuck.isdisjoint(line.after) or any(not all(timed[ahead]) for ahead in line.after if ahead in timed):
            courses = [[] for _ in courses]
        ends = (min((course.end_min for course in own), default=0) for own in courses)
        end_min[uln], timed[uln] = max(line.ready_min, *ends), courses
    return timed


def _courses(problem: Problem, crossing: Crossing, line: Line, load: Load) -> list[_Course]:
    """The itineraries of a load that permits, caveats, overrides and assets leave."""
    result = []
    for name in load.itineraries:
        itinerary = problem.itinerary_of[name]
        legs = [problem.leg_of[leg_id] for leg_id in itinerary.legs]
        if not crossing.keeps_overrides(line, load, legs):
            continue
        ways = [crossing.ways(line, load, leg) for leg in legs]
        if all(ways):
            staged_after = itinerary.staged_after if line.staging is not None else None
            least = [min(way.whole_min for way in of_leg) for of_leg in ways]
            result.append(_Course(itinerary, staged_after, ways, least, []))
    return result


def _time(
    problem: Problem,
    line: Line,
    courses: Sequence[list[_Course]],
    ahead_min: int,
    begins_min: Mapping[str, int],
) -> None:
    """Earliest starts: lines before it closed, each load by itself to its staging area, then the line together."""
    begin_of = {
        name: begins_min.get(name, max(ahead_min, _locked_min(problem, line, problem.load_of[name])))
        for name in line.loads
    }
    for load_id, own in zip(line.loads, courses, strict=True):
        begin_min = begin_of[load_id]
        for course in own:
            until = len(course.ways) if course.staged_after is None else course.staged_after
            course.joined_min = _run(course, 0, until, begin_min if until else min(line.ready_min, begin_min))
            course.end_min = course.joined_min
    joined_min = max(
        (min(course.joined_min for course in own) for own in courses if own and _always_staged(own)), default=0
    )
    for load_id, own in zip(line.loads, courses, strict=True):
        begin_min = begin_of[load_id]
        for course in own:
            after = course.staged_after
            if after is not None and after < len(course.ways):
                moves_on_min = max(course.joined_min, joined_min) + line.integration_min
                moves_on_min = moves_on_min if after else max(moves_on_min, begin_min)
                course.end_min = _run(course, after, len(course.ways), moves_on_min)
        own[:] = [course for course in own if course.end_min <= problem.horizon_min]


def _always_staged(own: Sequence[_Course]) -> bool:
    return all(course.staged_after is not None for course in own)


def _run(course: _Course, begin: int, until: int, at_min: int) -> int:
    for index in range(begin, until):
        course.start_min.append(at_min)
        at_min = min(max(at_min, way.opens_min) + way.whole_min for way in course.ways[index])
    return at_min


def _locked_min(problem: Problem, line: Line, load: Load) -> int:
    """Earliest start of a load: its line ready, and any locked minute."""
    locks = (override for override in problem.overrides if override.kind is OverrideKind.LOCK)
    starts = (lock.start_min or 0 for lock in locks if _binds(lock, line, load))
    return max((line.ready_min, *starts))


def _binds(override: Override, line: Line, load: Load) -> bool:
    return (
        override.uln in (None, line.uln)
        and override.nation in (None, line.nation)
        and override.cargo in (None, load.cargo)
    )


class _Table:
    """Collects the flat arrays, load by load."""

    def __init__(self, crossing: Crossing) -> None:
        self.crossing = crossing
        self.loads: list[Load] = []
        self.load_line: list[int] = []
        self.load_option = [0]
        self.option_end: list[int] = []
        self.entries: list[tuple[int, int]] = []
        self.stage_ride = [0]
        self.stage_start: list[int] = []
        self.is_onward: list[bool] = []
        self.ride_way: list[int] = []
        self.ride_load: list[int] = []
        self.head: list[int] = []
        self.tail: list[int] = []
        self.shares: list[tuple[float, ...]] = []

    def add(
        self, line_index: int, line: Line, load: Load, own: list[_Course], courses: Sequence[list[_Course]]
    ) -> None:
        """Add a load with its courses."""
        onward_min = max(
            (min(course.onward_min for course in others) for others in courses if _always_staged(others)), default=0
        )
        times: dict[tuple[str, bool], tuple[int, int, tuple[Way, ...]]] = {}
        made = [_stages(course, line.integration_min, onward_min, times) for course in own]
        first = len(self.stage_ride) - 1
        stage_of = {key: first + index for index, key in enumerate(times)}
        for (_, is_onward), (start_min, tail_min, ways) in times.items():
            self.stage_start.append(start_min)
            self.is_onward.append(is_onward)
            for way in ways:
                self.ride_way.append(way.index)
                self.ride_load.append(len(self.loads))
                self.head.append(max(start_min, way.opens_min))
                self.tail.append(tail_min)
                self.shares.append(MEASURES_OF_OWN_RIDE if way.pool is None else measures(load, way.pool.kind))
            self.stage_ride.append(len(self.ride_way))
        for course, keys in zip(own, made, strict=True):
            self.entries += [(len(self.option_end), stage_of[key]) for key in keys]
            self.option_end.append(course.end_min)
        self.load_option.append(len(self.option_end))
        self.load_line.append(line_index)
        self.loads.append(load)

    def close(
        self, problem: Problem, fleets: tuple[Pool, ...], lines: tuple[Line, ...], impossible: tuple[str, ...]
    ) -> Choices:
        """The arrays, whole."""
        places = np.array(self.entries, dtype=np.int64).reshape(-1, 2)
        stages = sparse.coo_array(
            (np.ones(len(places)), (places[:, 0], places[:, 1])), shape=(len(self.option_end), len(self.stage_ride) - 1)
        ).tocsr()
        return Choices(
            problem=problem, pools=fleets, lines=lines, loads=tuple(self.loads),
            load_line=_ints(self.load_line), load_option=_ints(self.load_option),
            option_end_min=_ints(self.option_end), stages=stages, option_stage=places[:, 1].copy(),
            option_first=np.searchsorted(places[:, 0], np.arange(len(self.option_end) + 1)),
            stage_start_min=_ints(self.stage_start), is_onward=_ints(self.is_onward), stage_ride=_ints(self.stage_ride),
            ways=tuple(self.crossing.known), ride_way=_ints(self.ride_way), ride_load=_ints(self.ride_load),
            head_min=_ints(self.head), tail_min=_ints(self.tail),
            shares=np.array(self.shares, dtype=np.float64).reshape(-1, len(MEASURES_OF_OWN_RIDE)),
            impossible=impossible,
        )  # fmt: skip


def _stages(
    course: _Course,
    integration_min: int,
    onward_min: int,
    times: dict[tuple[str, bool], tuple[int, int, tuple[Way, ...]]],
) -> list[tuple[str, bool]]:
    """The stages of a course, with the earliest start and the least tail over all courses that make them."""
    after, count = course.staged_after, len(course.ways)
    made = []
    for index, leg_id in enumerate(course.itinerary.legs):
        is_onward = after is not None and index >= after
        if after is None or is_onward:
            tail_min = sum(course.least_min[index + 1 :])
        else:
            own_min = integration_min + course.onward_min if after < count else 0
            joint_min = integration_min + onward_min if onward_min else 0
            tail_min = sum(course.least_min[index + 1 : after]) + max(own_min, joint_min)
        key = leg_id, is_onward
        start_min, least_min, _ = times.get(key, (FAR_MIN, FAR_MIN, ()))
        times[key] = min(start_min, course.start_min[index]), min(least_min, tail_min), course.ways[index]
        made.append(key)
    return made


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
