"""The moves that a matching asks for: each unit to its post, from its post, and from one post straight to the next."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muster.forces import Offer, order_day
from muster.forces.matching.needs import need_of
from muster.forces.matching.plan import Matching, Tour
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.tours import arrival_d
from muster.movement.lines.reliefs import Relief, join_tours, list_reliefs, relief_numbers

LOWEST_PRIORITY: Final = 5


class MoveKind(StrEnum):
    """Why a unit moves."""

    ENTRY = "entry"
    """First at its post, or first again after a gap."""
    RELIEF = "relief in place"
    ONWARD = "onward"
    """From one post to the next, without going home between."""
    HOME = "way home"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTerms:
    """What a planner may choose when a matched force becomes lines.

    Attributes
    ----------
    people_per_line
        People that an increment has about.
    with_stores
        Whether units bring their containers and pallets; where not, they come with the supply.
    until_d
        Moves count whose day is before this one after C-day: the arrival at a post, the end of a tour.
    early_d
        Longest time before its day of arrival at which a first unit may set out, however early it is ready: what is in
        place long before the need uses up its tour.
    home_d
        Time for the way home; None is that of the way there.
    join_window_d, cohesion_window_d
        Windows of every line; None takes the factor.
    """

    people_per_line: int = 100
    with_stores: bool = True
    until_d: int = 210
    early_d: int = 30
    home_d: int | None = None
    join_window_d: float | None = None
    cohesion_window_d: float | None = None

    def __post_init__(self) -> None:
        """Refuse increments of nobody and days that are none."""
        wholes = (self.people_per_line, self.until_d, 1 if self.home_d is None else self.home_d)
        if min(wholes) < 1 or min(self.early_d, self.join_window_d or 0, self.cohesion_window_d or 0) < 0:
            raise ValueError(f"{self}: people_per_line, until_d and home_d are 1 or more, the other days 0 or more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMove:
    """One move of one unit.

    Attributes
    ----------
    tour
        The tour that it begins; for a way home the one that it ends.
    relief
        Units that were at the post before this one, one after the other.
    origin, destination
        None is not known: the offer names no home. Where both are one place the unit is there already.
    ready_d
        Day after C-day from which it may load; None where notice or order are not known.
    required_d
        Day after C-day by which it is due.
    priority
        1 most urgent to 5.
    relieved_by
        For a way home: the tours that take over. A unit that goes onward waits for nobody: two that change posts would
        wait for each other.
    """

    kind: MoveKind
    tour: Tour
    relief: int
    origin: str | None
    destination: str | None
    ready_d: int | None
    required_d: int
    priority: int
    relieved_by: tuple[Tour, ...] = ()


def list_moves(problem: MatchingProblem, matching: Matching, terms: LineTerms) -> tuple[UnitMove, ...]:
    """Moves within the window, in the order of offers, units and months.

    A tour begins with a move to the post and ends with one home. Two tours of a unit that follow each other at once are
    joined by one move from post to post.
    """
    tours = join_tours(matching)
    writer = _Writer(problem, terms, tours, list_reliefs(problem, tours))
    units: defaultdict[tuple[str, int], list[Tour]] = defaultdict(list)
    for tour in tours:
        units[tour.offer_id, tour.unit].append(tour)
    return tuple(move for own in units.values() for move in writer.moves_of(own))


class _Writer:
    """Writes the moves of one unit after the other."""

    def __init__(
        self, problem: MatchingProblem, terms: LineTerms, tours: Sequence[Tour], reliefs: Sequence[Relief]
    ) -> None:
        self._problem, self._terms = problem, terms
        self._offers = {offer.offer_id: offer for offer in problem.offers}
        self._requirements = {row.requirement_id: row for row in problem.requirements}
        self._needs = {row.requirement_id: need_of(problem, row) for row in problem.requirements}
        self._numbers = relief_numbers(tours, reliefs)
        self._relieved_by: defaultdict[Tour, list[Tour]] = defaultdict(list)
        for relief in reliefs:
            self._relieved_by[relief.outgoing].append(relief.incoming)

    def moves_of(self, own: Sequence[Tour]) -> Iterator[UnitMove]:
        """Moves of a unit with these tours, in the order of time."""
        in_time = sorted(own, key=lambda tour: tour.first_month)
        before: Tour | None = None
        for tour, after in zip(in_time, (*in_time[1:], None), strict=True):
            comes_straight = before is not None and before.end_month == tour.first_month
            moves = [self._onward(before, tour) if before is not None and comes_straight else self._arrival(tour)]
            if after is None or after.first_month != tour.end_month:
                moves.append(self._home(tour))
            yield from (move for move in moves if move is not None)
            before = tour

    def _arrival(self, tour: Tour) -> UnitMove | None:
        offer, requirement = self._offers[tour.offer_id], self._requirements[tour.requirement_id]
        there_d = arrival_d(self._problem, self._needs[tour.requirement_id], tour.first_month)
        if there_d >= self._terms.until_d:
            return None
        deploy_d, number = self._problem.rotation.deploy_d, self._numbers[tour]
        way_d = deploy_d if number else max(deploy_d, self._terms.early_d)
        ready_d = self._notice_over_d(offer)
        return UnitMove(
            kind=MoveKind.RELIEF if number else MoveKind.ENTRY,
            tour=tour,
            relief=number,
            origin=offer.home,
            destination=requirement.place,
            ready_d=None if ready_d is None else max(ready_d, there_d - way_d),
            required_d=there_d,
            priority=requirement.criticality,
        )

    def _onward(self, before: Tour, tour: Tour) -> UnitMove | None:
        requirement, leaves_d = self._requirements[tour.requirement_id], self._leaves_d(before)
        if leaves_d >= self._terms.until_d:
            return None
        return UnitMove(
            kind=MoveKind.ONWARD,
            tour=tour,
            relief=self._numbers[tour],
            origin=self._requirements[before.requirement_id].place,
            destination=requirement.place,
            ready_d=leaves_d,
            required_d=leaves_d + max(1, self._problem.rotation.deploy_d),
            priority=requirement.criticality,
        )

    def _home(self, tour: Tour) -> UnitMove | None:
        requirement, leaves_d = self._requirements[tour.requirement_id], self._leaves_d(tour)
        if leaves_d >= self._terms.until_d:
            return None
        return UnitMove(
            kind=MoveKind.HOME,
            tour=tour,
            relief=self._numbers[tour],
            origin=requirement.place,
            destination=self._offers[tour.offer_id].home,
            ready_d=leaves_d,
            required_d=leaves_d + (self._terms.home_d or max(1, self._problem.rotation.deploy_d)),
            priority=min(LOWEST_PRIORITY, requirement.criticality + 1),
            relieved_by=tuple(self._relieved_by[tour]),
        )

    def _leaves_d(self, tour: Tour) -> int:
        """Day from which a unit is free to leave its post: the end of the tour, or of the need."""
        return min(tour.end_d, self._needs[tour.requirement_id].until_d)

    def _notice_over_d(self, offer: Offer) -> int | None:
        """Day on which order and notice are over; None where one of them is not known."""
        ordered_d = order_day(offer.nation, self._problem.activations, self._problem.timeline)
        return None if ordered_d is None or offer.notice_days is None else ordered_d + offer.notice_days
