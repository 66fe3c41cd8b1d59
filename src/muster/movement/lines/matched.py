"""A matched force becomes movement requirement lines: entry, every relief in place, and the way home.

The main path: the tours say which units move when from where to where, each unit is cut into increments, each increment
is a line with its cargo. A unit that is relieved leaves as the relief arrives, increment by increment. What cannot
become a line, or becomes one without its vehicles, comes back with the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from types import MappingProxyType
from typing import Final

from muster.forces import Offer
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.measures import MINUTES_PER_DAY, DayMark, DayOffset
from muster.movement.inputs import CargoItem, RequirementLine
from muster.movement.lines.increments import cut_unit
from muster.movement.lines.moves import LineTerms, MoveKind, UnitMove, list_moves
from muster.movement.lines.names import LineNames
from muster.movement.lines.reliefs import join_tours
from muster.movement.lines.shortfalls import Shortfall, add_up, shortfalls_of
from muster.reference import UnitType

_TO_A_POST: Final = frozenset({MoveKind.ENTRY, MoveKind.RELIEF})


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLines:
    """The lines of a matched force.

    Attributes
    ----------
    lines, cargo
        In the order of offers, units and months.
    ulns_of
        Lines of each move within the window; none for one that cannot become a line.
    shortfalls
        What was left out and why, in the order of offers.
    """

    lines: tuple[RequirementLine, ...]
    cargo: tuple[CargoItem, ...]
    ulns_of: Mapping[UnitMove, tuple[str, ...]]
    shortfalls: tuple[Shortfall, ...] = ()


USUAL: Final = LineTerms()


def movement_lines(
    problem: MatchingProblem,
    matching: Matching,
    *,
    unit_types: Mapping[str, UnitType],
    staging: Mapping[str, Sequence[str]] = MappingProxyType({}),
    terms: LineTerms = USUAL,
) -> MatchedLines:
    """Lines and cargo of a matched force.

    Parameters
    ----------
    unit_types
        Unit types by id, with their holdings.
    staging
        Staging areas before a destination, by its place; units on their way there take them in turn. A destination that
        is not named is reached straight.
    """
    offers = {offer.offer_id: offer for offer in problem.offers}
    writer = _Writer(problem, offers, unit_types, staging, terms, LineNames(offers, join_tours(matching)))
    ordered = list_moves(problem, matching, terms)
    shortfalls: list[Shortfall] = []
    for move in ordered:
        found = tuple(shortfalls_of(problem, unit_types, offers[move.tour.offer_id], move))
        shortfalls += found
        if all(shortfall.vehicles_only for shortfall in found):
            writer.add(move)
    ulns_of = {move: writer.ulns_of.get(move, ()) for move in ordered}
    return MatchedLines(
        lines=_in_turn(writer.lines, ulns_of), cargo=tuple(writer.cargo), ulns_of=ulns_of, shortfalls=add_up(shortfalls)
    )


def staging_areas(lines: Iterable[RequirementLine]) -> Mapping[str, tuple[str, ...]]:
    """Staging areas that lines of a scenario use before each destination, the most used first."""
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.staging is not None:
            used[line.dest][line.staging] += 1
    return {place: tuple(name for name, _ in counts.most_common()) for place, counts in used.items()}


class _Writer:
    """Writes the lines of one move after the other."""

    def __init__(
        self,
        problem: MatchingProblem,
        offers: Mapping[str, Offer],
        unit_types: Mapping[str, UnitType],
        staging: Mapping[str, Sequence[str]],
        terms: LineTerms,
        names: LineNames,
    ) -> None:
        self._problem, self._offers, self._unit_types = problem, offers, unit_types
        self._staging = {place: cycle(areas) for place, areas in staging.items() if areas}
        self._terms, self._names = terms, names
        self.lines: list[RequirementLine] = []
        self.cargo: list[CargoItem] = []
        self.ulns_of: dict[UnitMove, tuple[str, ...]] = {}

    def add(self, move: UnitMove) -> None:
        """Add the lines of a move that can have some, and their cargo."""
        offer = self._offers[move.tour.offer_id]
        unit_type = self._unit_types.get(offer.unit_type or "")
        people = self._problem.people_of(offer)
        increments = cut_unit(
            people,
            unit_type,
            people_per_line=self._terms.people_per_line,
            with_stores=self._terms.with_stores,
        )
        ulns = self.ulns_of[move] = self._names.ulns(move, increments)
        titles = self._names.titles(move, unit_type, increments)
        whole = self._line(move, offer)
        for uln, title, increment in zip(ulns, titles, increments, strict=True):
            self.lines.append(
                replace(
                    whole,
                    uln=uln,
                    name=title,
                    parent_uln=None if uln == ulns[0] else ulns[0],
                    unit_type=offer.unit_type if increment.things else None,
                    pax=increment.people,
                )
            )
            self.cargo += [CargoItem(uln=uln, platform=name, quantity=n) for name, n in increment.things.items()]

    def _line(self, move: UnitMove, offer: Offer) -> RequirementLine:
        """What all lines of a move have alike."""
        assert move.origin is not None
        assert move.destination is not None
        assert move.ready_d is not None
        return RequirementLine(
            uln="",
            nation=offer.nation,
            name="",
            priority=move.priority,
            rld=_day(move.ready_d),
            rdd=_day(move.required_d),
            origin=move.origin,
            dest=move.destination,
            staging=self._staging_of(move),
            join_window_d=self._terms.join_window_d,
            cohesion_window_d=self._terms.cohesion_window_d,
        )

    def _staging_of(self, move: UnitMove) -> str | None:
        areas = self._staging.get(move.destination or "") if move.kind in _TO_A_POST else None
        return None if areas is None else next(areas)


def _in_turn(
    lines: Iterable[RequirementLine], ulns_of: Mapping[UnitMove, tuple[str, ...]]
) -> tuple[RequirementLine, ...]:
    """Lines in which those of a unit that goes home wait for those of its relief.

    Each waits for its share, so that a post is handed over piece by piece and the last increment leaves last.
    """
    arrivals = {move.tour: ulns for move, ulns in ulns_of.items() if move.kind is not MoveKind.HOME}
    after: defaultdict[str, list[str]] = defaultdict(list)
    for move, own in ulns_of.items():
        for incoming in move.relieved_by:
            others = arrivals.get(incoming, ())
            for number, uln in enumerate(own):
                first, last = number * len(others) // len(own), -(-(number + 1) * len(others) // len(own))
                after[uln] += others[first:last]
    return tuple(replace(line, after=tuple(after[line.uln])) if line.uln in after else line for line in lines)


def _day(day: int) -> DayOffset:
    return DayOffset(DayMark.C, day * MINUTES_PER_DAY)
