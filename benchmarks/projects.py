"""Projects as the literature on scheduling has them, and the two text formats in which they are published.

A project has activities that take a time and amounts of renewable resources, and that wait for others to end (RCPSP,
Brucker et al., EJOR 112, 1999). ``.sm`` files are those of PSPLIB (Kolisch and Sprecher, EJOR 96, 1997), ``.rcp`` files
those of Patterson (Management Science 30, 1984).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity.

    Attributes
    ----------
    duration
        In the units of time of the project.
    demand
        What it takes of each resource all the time.
    after
        Activities that must have ended before it begins, by number from 0.
    """

    duration: int
    demand: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project.

    Attributes
    ----------
    capacity
        How much there is of each resource at any time.
    """

    name: str
    capacity: tuple[int, ...]
    activities: tuple[Activity, ...]

    def __post_init__(self) -> None:
        """Refuse what no schedule can keep."""
        for number, activity in enumerate(self.activities):
            if len(activity.demand) != len(self.capacity) or activity.duration < 0:
                raise UnreadableProject(self.name, f"activity {number + 1} has no time or no demand of each resource")
            if any(asked > most for asked, most in zip(activity.demand, self.capacity, strict=True)):
                raise UnreadableProject(self.name, f"activity {number + 1} asks for more than there is")

    @property
    def heads(self) -> tuple[int, ...]:
        """Earliest begin of each activity by the activities before it alone; these have smaller numbers."""
        heads: list[int] = []
        for activity in self.activities:
            ends = (heads[ahead] + self.activities[ahead].duration for ahead in activity.after)
            heads.append(max(ends, default=0))
        return tuple(heads)

    @property
    def tails(self) -> tuple[int, ...]:
        """Least time from the end of each activity to that of the project, by the activities behind it alone."""
        tails = [0] * len(self.activities)
        for number in reversed(range(len(self.activities))):
            activity = self.activities[number]
            for ahead in activity.after:
                tails[ahead] = max(tails[ahead], tails[number] + activity.duration)
        return tuple(tails)

    @property
    def longest_path(self) -> int:
        """The critical path bound: the longest chain of activities."""
        return max(
            (head + activity.duration for head, activity in zip(self.heads, self.activities, strict=True)), default=0
        )


class UnreadableProject(ValueError):
    """A file that is no project of its format."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f'Project "{name}" cannot be read: {why}; give a .sm file of PSPLIB or a Patterson .rcp file.')
        self.name = name


def read_project(path: Path) -> Project:
    """Read a project of either format; activities without time and demand are taken out.

    Raises
    ------
    UnreadableProject
        When the file says something else.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        if path.suffix == ".sm":
            return without_milestones(_of_psplib(path.name, text))
        return without_milestones(_of_patterson(path.name, text))
    except (ValueError, IndexError, StopIteration, RuntimeError) as fault:
        if isinstance(fault, UnreadableProject):
            raise
        raise UnreadableProject(path.name, f"the numbers end or do not fit ({fault})") from fault


def _of_psplib(name: str, text: str) -> Project:
    """Sections are told apart by their headings; numbers begin below two or three lines of headings."""
    successors = {row[0]: row[3 : 3 + row[2]] for row in _rows(text, "PRECEDENCE RELATIONS:", "REQUESTS/DURATIONS:")}
    asked = {row[0]: (row[2], tuple(row[3:])) for row in _rows(text, "REQUESTS/DURATIONS:", "RESOURCEAVAILABILITIES:")}
    (capacity,) = list(_rows(text, "RESOURCEAVAILABILITIES:", ""))[:1]
    return _numbered(name, tuple(capacity), [(*asked[job], tuple(successors[job])) for job in sorted(asked)])


def _rows(text: str, heading: str, until: str) -> Iterator[list[int]]:
    section = text.partition(heading)[2]
    for line in (section.partition(until)[0] if until else section).splitlines():
        if re.fullmatch(r"[\d\s]+", line) and line.strip():
            yield [int(word) for word in line.split()]


def _of_patterson(name: str, text: str) -> Project:
    """Number of activities and resources, capacities, then of each activity time, demands and successors."""
    numbers = iter([int(word) for word in text.split()])
    jobs, resources = next(numbers), next(numbers)
    capacity = tuple(islice(numbers, resources))
    rows = []
    for _ in range(jobs):
        duration, demand = next(numbers), tuple(islice(numbers, resources))
        rows.append((duration, demand, tuple(islice(numbers, next(numbers)))))
    return _numbered(name, capacity, rows)


def _numbered(
    name: str, capacity: tuple[int, ...], rows: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]]
) -> Project:
    """A project of activities that are numbered from 1 and know their successors, renumbered so that none is ahead."""
    after: list[list[int]] = [[] for _ in rows]
    for number, (_, _, successors) in enumerate(rows):
        for successor in successors:
            after[successor - 1].append(number)
    order: dict[int, int] = {}
    while len(order) < len(rows):
        ready = [n for n in range(len(rows)) if n not in order and all(ahead in order for ahead in after[n])]
        if not ready:
            raise UnreadableProject(name, "its activities wait for one another")
        order |= {number: len(order) + place for place, number in enumerate(ready)}
    activities = tuple(
        Activity(
            duration=rows[number][0],
            demand=rows[number][1],
            after=tuple(sorted(order[ahead] for ahead in after[number])),
        )
        for number in order
    )
    return Project(name=name, capacity=capacity, activities=activities)


def without_milestones(project: Project) -> Project:
    """The project without activities that take no time and nothing: those behind them wait for those before them."""
    kept: list[Activity] = []
    stands_for: list[tuple[int, ...]] = []
    for activity in project.activities:
        after = tuple(dict.fromkeys(number for ahead in activity.after for number in stands_for[ahead]))
        if activity.duration or any(activity.demand):
            stands_for.append((len(kept),))
            kept.append(Activity(duration=activity.duration, demand=activity.demand, after=after))
        else:
            stands_for.append(after)
    return Project(name=project.name, capacity=project.capacity, activities=tuple(kept))


def made_up_project(seed: int, count: int = 30, resources: int = 4) -> Project:
    """A random project: times from 1 to 10, one to three activities ahead, capacity for about a third at a time."""
    draw = Random(seed)
    activities = [
        Activity(
            duration=draw.randint(1, 10),
            demand=tuple(draw.randint(1, 10) if draw.random() < 0.6 else 0 for _ in range(resources)),
            after=tuple(sorted(draw.sample(range(number), min(number, draw.randint(1, 3))))),
        )
        for number in range(count)
    ]
    most = [max(activity.demand[place] for activity in activities) for place in range(resources)]
    capacity = tuple(max(peak, draw.randint(10, 25)) for peak in most)
    return Project(name=f"made-up-{count}-{seed}", capacity=capacity, activities=tuple(activities))


def serial_length(project: Project) -> int:
    """How long the project takes with one activity at a time."""
    return list(accumulate((activity.duration for activity in project.activities), initial=0))[-1]
