"""The search for cheap units with which the force closes in time: add what is waited for, take out what is not needed.

Every plan in it is made with equal effort and equal seed, and made once. It is made as if every line were required by
the day at the latest, which is what the question says, and judged by the required dates that the lines have.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Final, TypeAlias

from muster.movement.checks import check
from muster.movement.explanation.critical_chain import critical_chain
from muster.movement.explanation.holdups import Book, Cause, Wait, open_book, waits_before
from muster.movement.explanation.waiting import deciding_waits
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reinforcing.reinforcement import Reinforcement, reinforced
from muster.movement.score import score
from muster.movement.solve import Result, solve

TRIED_OF_EACH: Final = 2
"""Resources and fleets from each of two lists that are tried before one of them is added."""
TRIES_WITHOUT_GAIN: Final = 4
"""How often the units that are tried are doubled where none of them brings the closure forward."""

Units: TypeAlias = Mapping[str, int]
"""How many units more of each resource or fleet."""
_Key: TypeAlias = tuple[tuple[str, int], ...]


class Stopped(Exception):
    """Somebody asked to stop."""


@dataclass(slots=True)
class Trials:
    """Plans of equal effort with different units added, each made once.

    Attributes
    ----------
    start
        A plan of the problem; all plans go on from it.
    by_min
        By when every line that can move is to close.
    steps
        Steps of improvement of each search.
    on_trial
        Told about every plan: the units added, and its closure.
    """

    problem: Problem
    start: Plan
    by_min: int
    costs: Mapping[str, int]
    seed: int
    steps: int
    on_trial: Callable[[tuple[Reinforcement, ...], int], None] | None
    should_stop: Callable[[], bool] | None
    plans: dict[_Key, Result] = field(default_factory=dict)
    kept: dict[_Key, bool] = field(default_factory=dict)

    def plan(self, units: Units) -> Result:
        """The plan with these units.

        Raises
        ------
        Stopped
            When it was cut short.
        """
        key = _key(units)
        if key not in self.plans:
            added = as_added(units)
            case = reinforced(self.problem, added)
            result = solve(
                _required_by(case, self.by_min),
                seed=self.seed,
                time_limit_s=inf,
                with_bound=False,
                iteration_limit=self.steps,
                should_stop=self.should_stop,
                start=self.start,
            )
            if self.should_stop is not None and self.should_stop():
                raise Stopped
            self.plans[key] = replace(result, score=score(case, result.plan))
            if self.on_trial is not None:
                self.on_trial(added, result.score.closure_min)
        return self.plans[key]

    def closes(self, units: Units) -> bool:
        """Whether with these units every line that can move closes in time, in a plan that keeps every rule."""
        result, key = self.plan(units), _key(units)
        if result.score.closure_min > self.by_min or result.score.unmet_weight > unavoidable_weight(self.problem):
            return False
        if key not in self.kept:
            self.kept[key] = not check(reinforced(self.problem, as_added(units)), result.plan)
        return self.kept[key]

    def cost(self, units: Units) -> int:
        """What units cost together."""
        return sum(self.costs[name] * count for name, count in units.items())

    def nearest(self) -> Units | None:
        """The cheapest units so far that are enough; where none are, those with the earliest closure."""
        ranked = sorted(self.plans, key=self._distance)
        return dict(ranked[0]) if ranked else None

    def _distance(self, key: _Key) -> tuple[bool, int, int, int]:
        result = self.plans[key]
        late_min = max(0, result.score.closure_min - self.by_min)
        return not self.closes(dict(key)), result.score.unmet_weight, late_min, self.cost(dict(key))


def cheap_units(trials: Trials, start: Units, least_cost: int) -> tuple[Units | None, bool]:
    """The cheapest units found that are enough, else those that come nearest; and whether each of them is needed.

    Parameters
    ----------
    start
        Units to begin with.
    least_cost
        A cost below which nothing is enough; units that cost no more are not reduced.
    """
    try:
        units = _grow(trials, start)
        if units is None:
            return trials.nearest(), False
        if trials.cost(units) > least_cost:
            units = _shrink(trials, units)
    except Stopped:
        return trials.nearest(), False
    return units, True


def _grow(trials: Trials, units: Units) -> Units | None:
    """Add units until the force closes in time; None where nothing that is waited for brings the closure forward.

    Where no single resource does, twice as many units are tried next, and all resources together.
    """
    more: dict[str, int] = defaultdict(lambda: 1)
    tries = 0
    while not trials.closes(units):
        now_min = trials.plan(units).score.closure_min
        named = _waited_for(trials, units)
        if not named or tries == TRIES_WITHOUT_GAIN:
            return None
        steps: list[Units] = [{name: more[name]} for name in named]
        steps += [{name: more[name] for name in named}] if tries else []
        best = min(steps, key=lambda step: _rank(trials, _together(units, step), now_min, trials.cost(step)))
        has_gained = trials.plan(_together(units, best)).score.closure_min < now_min
        tries = 0 if has_gained else tries + 1
        units = _together(units, best) if has_gained else units
        for name in best if has_gained else named:
            more[name] *= 2
    return units


def _together(units: Units, more: Units) -> Units:
    return {name: units.get(name, 0) + more.get(name, 0) for name in (*units, *more)}


def _rank(trials: Trials, units: Units, now_min: int, cost: int) -> tuple[bool, float]:
    """In time before late, then the most closure for the cost."""
    return not trials.closes(units), (trials.plan(units).score.closure_min - now_min) / cost


def _shrink(trials: Trials, units: Units) -> Units:
    """Take out what is not needed, the dearest first, until every unit is."""
    while True:
        before = units
        for name in sorted(units, key=lambda name: -trials.costs[name]):
            fewest = _fewest(trials, units, name)
            units = {each: fewest if each == name else count for each, count in units.items() if each != name or fewest}
        if units == before:
            return units


def _fewest(trials: Trials, units: Units, name: str) -> int:
    """The fewest units of a resource with which the force still closes in time, and with one less does not."""
    short, enough = -1, units[name]
    while enough - short > 1:
        middle = (short + enough) // 2
        fewer = {each: middle if each == name else count for each, count in units.items() if each != name or middle}
        short, enough = (short, middle) if trials.closes(fewer) else (middle, enough)
    return enough


def _waited_for(trials: Trials, units: Units) -> list[str]:
    """What more can be had of and may help, most first for its cost.

    Half of them are on the critical chain of the closure, the others what the lines that close too late wait for.
    """
    book = open_book(reinforced(trials.problem, as_added(units)), trials.plan(units).plan)
    chain = critical_chain(book)
    links = [] if chain is None else [link for link in chain.links if link.cause is not None]
    on_chain = [(_name(book, link.cause, link.what), link.minutes) for link in links if link.cause is not None]
    late = [line.uln for line in trials.problem.lines if (book.facts.closed_min(line.uln) or 0) > trials.by_min]
    elsewhere = [(_name(book, wait.cause, wait.what), wait.minutes) for uln in late for wait in _deciding(book, uln)]
    first, second = _ranked(trials, on_chain), _ranked(trials, elsewhere)
    return list(dict.fromkeys((*first[:TRIED_OF_EACH], *second[:TRIED_OF_EACH])))


def _ranked(trials: Trials, waits: Iterable[tuple[str, int]]) -> list[str]:
    """Resources and fleets that more can be had of, by minutes waited for their cost."""
    minutes: dict[str, int] = defaultdict(int)
    for name, waited_min in waits:
        minutes[name] += waited_min
    offered = [name for name in minutes if name in trials.costs]
    return sorted(offered, key=lambda name: (-minutes[name] / trials.costs[name], name))


def _name(book: Book, cause: Cause, what: str) -> str:
    """The resource or fleet of which more would shorten a wait; for a voyage of the more urgent, its fleet."""
    return book.facts.trips[what].asset.fleet_id if cause is Cause.PRIORITY else what


def _deciding(book: Book, uln: str) -> list[Wait]:
    """Waits of a line on the way that decides its closure."""
    waits = {
        travel.load.load_id: [waits_before(book, travel, ride, with_holders=False) for ride in travel.rides]
        for travel in book.facts.travels_of[uln]
    }
    return deciding_waits(book, waits, uln)


def _required_by(problem: Problem, by_min: int) -> Problem:
    """The problem with every line required by a minute at the latest."""
    lines = tuple(replace(line, required_min=min(line.required_min, by_min)) for line in problem.lines)
    return replace(problem, lines=lines)


def unavoidable_weight(problem: Problem) -> int:
    """Weight of the lines that no plan can move."""
    return sum(problem.line_of[uln].weight for uln in {no_way.uln for no_way in problem.no_ways})


def as_added(units: Units) -> tuple[Reinforcement, ...]:
    """Units as what is added to a problem."""
    return tuple(Reinforcement(name, count) for name, count in units.items())


def _key(units: Units) -> _Key:
    return tuple(sorted(units.items()))
