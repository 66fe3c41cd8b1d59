"""What a new plan changes against the plan in force: counted, and told in words by nation."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from muster.movement.checks.finding import duration
from muster.movement.plan import Move, Plan, Step, Voyage
from muster.movement.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What changes for one line.

    Attributes
    ----------
    legs
        Legs of its loads that are not made as the plan in force has them.
    later_min
        How much later the line closes; None where it moves in one of the plans only.
    words
        What its nation must know, a sentence each.
    """

    uln: str
    nation: str
    legs: int
    later_min: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a new plan changes.

    Attributes
    ----------
    legs
        Legs moved: those of the plan in force that are not made on the same way, with the same asset, at the same
        minutes.
    lines
        Lines with such a leg, that begin or cease to move.
    assets
        Assets whose loaded voyages are not the same.
    nations
        Nations with a line or an asset that changes.
    """

    legs: int
    lines: tuple[LineChange, ...]
    assets: tuple[str, ...]
    nations: tuple[str, ...]

    def by_nation(self) -> Mapping[str, tuple[LineChange, ...]]:
        """Lines that change, by nation."""
        grouped: dict[str, list[LineChange]] = defaultdict(list)
        for line in self.lines:
            grouped[line.nation].append(line)
        return {nation: tuple(grouped[nation]) for nation in sorted(grouped)}


def compare(problem: Problem, before: Plan, after: Plan) -> Changes:
    """What changes between two plans.

    Parameters
    ----------
    problem
        As the events leave it; what it has no more counts for nothing.
    before
        The plan in force, with what has happened written in.
    """
    teller = _Teller(problem, before, after)
    lines = tuple(change for line in problem.lines if (change := teller.line(line.uln)) is not None)
    assets = tuple(sorted(_retasked(problem, before, after)))
    owners = {problem.asset_of[asset_id].nation for asset_id in assets}
    return Changes(
        legs=sum(line.legs for line in lines),
        lines=lines,
        assets=assets,
        nations=tuple(sorted({line.nation for line in lines} | owners)),
    )


def _retasked(problem: Problem, before: Plan, after: Plan) -> Iterator[str]:
    """Assets whose loaded voyages differ."""
    old, new = _tasks(before), _tasks(after)
    return (asset.asset_id for asset in problem.assets if old.get(asset.asset_id) != new.get(asset.asset_id))


def _tasks(plan: Plan) -> Mapping[str, list[tuple[object, ...]]]:
    """Voyages with loads aboard, by asset."""
    aboard = {step.voyage_id for move in plan.moves for step in move.steps}
    tasks: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for voyage in plan.voyages:
        if voyage.voyage_id in aboard:
            tasks[voyage.asset_id].append((voyage.load_start_min, voyage.leg_id, voyage.unload_end_min))
    for task in tasks.values():
        task.sort()
    return tasks


class _Teller:
    """Tells what changes for a line."""

    def __init__(self, problem: Problem, before: Plan, after: Plan) -> None:
        self.problem = problem
        self.old = {move.load_id: move for move in before.moves}
        self.new = {move.load_id: move for move in after.moves}
        self.asset_before = {voyage.voyage_id: voyage for voyage in before.voyages}
        self.asset_after = {voyage.voyage_id: voyage for voyage in after.voyages}
        self.reasons = {unmoved.uln: unmoved.reason for unmoved in after.unmoved}

    def line(self, uln: str) -> LineChange | None:
        """What changes for a line; None where nothing does."""
        line = self.problem.line_of[uln]
        old = [self.old[name] for name in line.loads if name in self.old]
        new = [self.new[name] for name in line.loads if name in self.new]
        if not old and not new:
            return None
        if not new:
            legs = sum(len(move.steps) for move in old)
            reason = f"Moves no more. {self.reasons.get(uln, '')}".strip()
            return LineChange(uln=uln, nation=line.nation, legs=legs, later_min=None, words=(reason,))
        closes = f"Closes on {self.problem.timeline.label(_closed(new))}"
        if not old:
            new_words = (f"Moves as well. {closes}.",)
            return LineChange(uln=uln, nation=line.nation, legs=0, later_min=None, words=new_words)
        told: dict[str, list[str]] = defaultdict(list)
        legs = 0
        for move in old:
            moved = list(self._moved(move, self.new[move.load_id]))
            legs += len(moved)
            for sentence in dict.fromkeys(moved):
                told[sentence].append(move.load_id.removeprefix(f"{uln}/"))
        if not told:
            return None
        later_min = _closed(new) - _closed(old)
        words = (*(f"{', '.join(names)}: {told_}" for told_, names in told.items()), f"{closes}, {_later(later_min)}.")
        return LineChange(uln=uln, nation=line.nation, legs=legs, later_min=later_min, words=words)

    def _moved(self, old: Move, new: Move) -> Iterator[str]:
        """Each leg of the plan in force that is made otherwise, in words."""
        for index, step in enumerate(old.steps):
            other = new.steps[index] if index < len(new.steps) else None
            if other is None or not self._is_same(step, other):
                yield self._otherwise(step, other)

    def _is_same(self, old: Step, new: Step) -> bool:
        times = (old.start_min, old.departure_min, old.arrival_min, old.end_min)
        return (
            old.leg_id == new.leg_id
            and times == (new.start_min, new.departure_min, new.arrival_min, new.end_min)
            and _asset(self.asset_before, old) == _asset(self.asset_after, new)
        )

    def _otherwise(self, old: Step, new: Step | None) -> str:
        was = self._made(old, self.asset_before)
        if new is None:
            return f"{self._way(old)}, {was}, is not made."
        if new.leg_id == old.leg_id:
            return f"{self._way(old)} {self._made(new, self.asset_after)} instead of {was}."
        if self._way(new) == self._way(old):
            over = f"{self._over(new)} {self._made(new, self.asset_after)}"
            return f"{self._way(old)} {over} instead of {self._over(old)} {was}."
        return f"{self._way(new)} {self._made(new, self.asset_after)} instead of {self._way(old)} {was}."

    def _over(self, step: Step) -> str:
        crossings = [passage.crossing for passage in self.problem.leg_of[step.leg_id].passages]
        return f"over {', '.join(crossings)}" if crossings else "over no crossing"

    def _way(self, step: Step) -> str:
        leg = self.problem.leg_of[step.leg_id]
        return f"{leg.origin} to {leg.destination} by {leg.mode}"

    def _made(self, step: Step, voyages: Mapping[str, Voyage]) -> str:
        by = _asset(voyages, step) or f"as {self.problem.leg_of[step.leg_id].carrier}"
        return f"on {self.problem.timeline.label(step.departure_min)} ({by})"


def _asset(voyages: Mapping[str, Voyage], step: Step) -> str | None:
    return None if step.voyage_id is None else voyages[step.voyage_id].asset_id


def _closed(moves: Sequence[Move]) -> int:
    return max((move.steps[-1].end_min for move in moves if move.steps), default=0)


def _later(later_min: int) -> str:
    if not later_min:
        return "as before"
    return f"{duration(abs(later_min))} {'later' if later_min > 0 else 'earlier'}"
