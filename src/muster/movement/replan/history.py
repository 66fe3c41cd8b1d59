"""What has happened of a plan: actual times written in, and which voyages and steps have begun.

A voyage has begun when its loading has; a step when its load is on a voyage that has begun, or has departed by itself.
What begins before now as planned counts as begun unless a report says otherwise, its asset was not there, or its load
was not. What has begun goes on to the end of the voyage.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from muster.movement.plan import Move, Plan, Step, Voyage
from muster.movement.problem import Problem
from muster.movement.replan.events import Arrived, Departed, Event, EventRefused, Held, Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What has happened of a plan until now.

    Attributes
    ----------
    plan
        The plan with actual times in place of planned ones.
    voyages
        Those that have begun, by asset in order of time.
    steps
        Those that have begun, by load, first ones first; a load that has not begun has no entry.
    held_until_min
        Until when a load or an asset stays where it is, by load or asset.
    stranded
        What lines that the plan leaves standing on the way have done, by load.
    """

    now_min: int
    plan: Plan
    voyages: Mapping[str, tuple[Voyage, ...]]
    steps: Mapping[str, tuple[Step, ...]]
    held_until_min: Mapping[str, int] = field(default_factory=dict)
    stranded: Mapping[str, Move] = field(default_factory=dict)

    @property
    def itinerary_of(self) -> Mapping[str, str]:
        """Itinerary of every load that the plan moves, or that stands on the way."""
        return {move.load_id: move.itinerary_id for move in self.moves}

    def finished(self) -> frozenset[str]:
        """Loads of which every step has begun."""
        return frozenset(
            move.load_id
            for move in self.plan.moves
            if move.steps and len(self.steps.get(move.load_id, ())) == len(move.steps)
        )

    @property
    def moves(self) -> tuple[Move, ...]:
        """Moves of all loads that the plan moves, or that stand on the way."""
        return (*self.plan.moves, *self.stranded.values())


def recall(
    problem: Problem, plan: Plan, events: Iterable[Event], *, now_min: int, stranded: Sequence[Move] = ()
) -> History:
    """What has happened of a plan, by the plan and the reports.

    Raises
    ------
    EventRefused
        When a report is about a movement that the plan does not have, or about the future.
    """
    return _Recall(problem, plan, now_min, {move.load_id: move for move in stranded}).history(
        [event for event in events if isinstance(event, Movement)]
    )


class _Recall:
    """Writes reports into a plan and finds out what has begun."""

    def __init__(self, problem: Problem, plan: Plan, now_min: int, stranded: Mapping[str, Move]) -> None:
        self.problem, self.plan, self.now_min, self.stranded = problem, plan, now_min, stranded
        self.voyages = {voyage.voyage_id: voyage for voyage in plan.voyages}
        self.steps = {move.load_id: list(move.steps) for move in (*plan.moves, *stranded.values())}
        self.reported: set[str | tuple[str, int]] = set()
        self.held: set[str | tuple[str, int]] = set()
        self.held_until_min: dict[str, int] = {}

    def history(self, reports: Sequence[Movement]) -> History:
        faults = []
        for report in sorted(reports, key=lambda report: (isinstance(report, Held), report.at_min, report.event_id)):
            try:
                self._write_in(report)
            except LookupError:
                whose = report.load_id or report.uln or report.asset_id
                faults.append(
                    (
                        report.event_id,
                        f'the plan has no such movement of "{whose}" at {report.place}.',
                        "Name a load, line or asset and a place that the movement table has for it.",
                    )
                )
        if faults:
            raise EventRefused(faults)
        self._hold_voyages()
        begun_voyages = self._begun_voyages()
        begun_steps = self._begun_steps({v.voyage_id for voyages in begun_voyages.values() for v in voyages})
        moves = tuple(replace(move, steps=tuple(self.steps[move.load_id])) for move in self.plan.moves)
        return History(
            now_min=self.now_min,
            plan=replace(self.plan, voyages=tuple(self.voyages.values()), moves=moves),
            voyages=begun_voyages,
            steps=begun_steps,
            held_until_min=self.held_until_min,
            stranded={name: replace(move, steps=begun_steps.get(name, ())) for name, move in self.stranded.items()},
        )

    def _write_in(self, report: Movement) -> None:
        if report.asset_id is not None:
            self._write_voyage(self._voyage_of(report), report)
            return
        own = [report.load_id] if report.load_id else list(self.problem.line_of[str(report.uln)].loads)
        known = [name for name in own if name in self.steps]
        if not known:
            raise LookupError(report.event_id)
        for load_id in known:
            index = self._step_of(load_id, report)
            voyage_id = self.steps[load_id][index].voyage_id
            if voyage_id is not None and not isinstance(report, Held):
                self._write_voyage(voyage_id, report)
            else:
                self._write_step(load_id, index, report)

    def _voyage_of(self, report: Movement) -> str:
        """The voyage of an asset from or to a place that is nearest in time."""
        is_arrival = isinstance(report, Arrived)
        near = [
            (abs((voyage.arrival_min if is_arrival else voyage.departure_min) - report.at_min), voyage.voyage_id)
            for voyage in self.voyages.values()
            if voyage.asset_id == report.asset_id
            and report.place == (voyage.destination if is_arrival else voyage.origin)
        ]
        if not near:
            raise LookupError(report.event_id)
        return min(near)[1]

    def _step_of(self, load_id: str, report: Movement) -> int:
        for index, step in enumerate(self.steps[load_id]):
            leg = self.problem.leg_of[step.leg_id]
            if report.place == (leg.destination if isinstance(report, Arrived) else leg.origin):
                return index
        raise LookupError(report.event_id)

    def _write_voyage(self, voyage_id: str, report: Movement) -> None:
        voyage = self.voyages[voyage_id]
        if isinstance(report, Held):
            self.held.add(voyage_id)
            self.held_until_min[voyage.asset_id] = report.at_min
            return
        self.reported.add(voyage_id)
        start, departure, arrival, end = _told(
            (voyage.load_start_min, voyage.departure_min, voyage.arrival_min, voyage.unload_end_min), report
        )
        self.voyages[voyage_id] = replace(
            voyage, load_start_min=start, departure_min=departure, arrival_min=arrival, unload_end_min=end
        )
        for steps in self.steps.values():
            for index, step in enumerate(steps):
                if step.voyage_id == voyage_id:
                    steps[index] = replace(
                        step, start_min=start, departure_min=departure, arrival_min=arrival, end_min=end
                    )

    def _write_step(self, load_id: str, index: int, report: Movement) -> None:
        if isinstance(report, Held):
            self.held.add((load_id, index))
            self.held_until_min[load_id] = report.at_min
            return
        self.reported.add((load_id, index))
        step = self.steps[load_id][index]
        start, departure, arrival, end = _told(
            (step.start_min, step.departure_min, step.arrival_min, step.end_min), report
        )
        self.steps[load_id][index] = replace(
            step, start_min=start, departure_min=departure, arrival_min=arrival, end_min=end
        )

    def _hold_voyages(self) -> None:
        """Hold the voyages of which every load is held: nobody has left."""
        aboard: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for load_id, steps in self.steps.items():
            for index, step in enumerate(steps):
                if step.voyage_id is not None:
                    aboard[step.voyage_id].append((load_id, index))
        for voyage_id, loads in aboard.items():
            if self.held.issuperset(loads) and voyage_id in self.voyages:
                self.held.add(voyage_id)
                until_min = max(self.held_until_min[load_id] for load_id, _ in loads)
                self.held_until_min[self.voyages[voyage_id].asset_id] = until_min

    def _begun_voyages(self) -> dict[str, tuple[Voyage, ...]]:
        by_asset: dict[str, list[Voyage]] = defaultdict(list)
        for voyage in sorted(self.voyages.values(), key=lambda voyage: (voyage.load_start_min, voyage.unload_end_min)):
            by_asset[voyage.asset_id].append(voyage)
        begun: dict[str, tuple[Voyage, ...]] = {}
        for asset_id, voyages in by_asset.items():
            own: list[Voyage] = []
            for voyage in voyages:
                follows = not own or (
                    voyage.load_start_min >= own[-1].unload_end_min and voyage.origin == own[-1].destination
                )
                is_reported = voyage.voyage_id in self.reported
                if voyage.voyage_id in self.held or not (
                    is_reported or (voyage.load_start_min < self.now_min and follows)
                ):
                    break
                own.append(voyage)
            if own:
                begun[asset_id] = tuple(own)
        return begun

    def _begun_steps(self, begun_voyages: set[str]) -> dict[str, tuple[Step, ...]]:
        begun: dict[str, tuple[Step, ...]] = {}
        for load_id, steps in self.steps.items():
            own: list[Step] = []
            for index, step in enumerate(steps):
                if step.voyage_id is None:
                    has_begun = step.start_min < self.now_min or (load_id, index) in self.reported
                else:
                    has_begun = step.voyage_id in begun_voyages
                is_there = not own or step.start_min >= own[-1].end_min or load_id in self.stranded
                if not has_begun or not is_there or (load_id, index) in self.held:
                    break
                own.append(step)
            if own:
                begun[load_id] = tuple(own)
        return begun


def _told(times_min: tuple[int, int, int, int], report: Movement) -> tuple[int, int, int, int]:
    """Start, departure, arrival and end with what a report tells; what follows takes as long as planned."""
    start_min, departure_min, arrival_min, end_min = times_min
    if isinstance(report, Departed):
        later_min = report.at_min - departure_min
        return min(start_min, report.at_min), report.at_min, arrival_min + later_min, end_min + later_min
    unload_min = end_min - arrival_min
    departure_min = min(departure_min, report.at_min)
    return min(start_min, departure_min), departure_min, report.at_min, report.at_min + unload_min
