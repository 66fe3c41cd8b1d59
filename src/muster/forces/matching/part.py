"""One part of a matching, solved on its own: prices, search, and programmes until everything is proved."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import numpy as np

from muster.forces.matching.formulation.lexicographic import improve_exactly, short_at_least
from muster.forces.matching.formulation.relaxation import relax
from muster.forces.matching.objectives import Aim, attained, is_reached, unit_of_cost
from muster.forces.matching.plan import Kind, Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.search.search import Search
from muster.forces.matching.search.tables import Ints, Tables, make_tables, without_offers
from muster.forces.matching.tours import Options, list_kinds, list_options
from muster.forces.matching.units import as_matching

WORKERS: Final = 2
"""Parts that are worked on at one time."""
OWN_AIMS: Final = (Aim.COVERAGE, Aim.FIRMNESS, Aim.COHESION)
"""Aims of which each part has its own share."""
PRICES_SHARE: Final = 0.15
SEARCH_SHARE: Final = 0.5
"""Shares of the time for prices and for the search before programmes begin."""
EASY_TOURS: Final = 5_000
"""Most possible tours of a part that the programmes are likely to answer. Of a larger part a programme gives a bound
and prices only, and the search has the rest of the time.
"""
MOMENT_S: Final = 2e-7
"""Seconds that prices and search have before programmes begin, for each pair of possible tours: small parts need none,
and the programmes of larger ones end sooner by more than it takes to begin with a good matching."""
LOOK_S: Final = 1.5
"""Seconds of search in which a larger part shows how far it is from its bound."""
EXACT_TOURS: Final = 60_000
"""Most possible tours for which programmes are put together."""
COOLING_STEPS: Final = 20
"""Steps in which the search comes to lose nothing: what is over within the first is the same on every machine."""
BOUND_SHARE: Final = 0.8
"""Most of the time that the bound of a large part may take; few need it."""

NO_TOURS: Final = Matching(())


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """A problem laid out."""

    options: Options
    tables: Tables

    @property
    def size(self) -> int:
        """Possible tours."""
        return len(self.tables.requirement)

    @property
    def is_easy(self) -> bool:
        """Whether it is small enough for programmes in whole numbers."""
        return self.size <= EASY_TOURS


@dataclass(frozen=True, slots=True)
class Part:
    """A part and what came of it.

    Attributes
    ----------
    values, bounds
        By aim, in its unit; an aim about which nothing is proved has no bound.
    """

    problem: MatchingProblem
    matching: Matching
    values: Mapping[Aim, float]
    bounds: Mapping[Aim, float]

    @property
    def value(self) -> int:
        """Weighted element-days covered."""
        return int(self.values[Aim.COVERAGE])

    @property
    def bound(self) -> int:
        """Weighted element-days that no matching exceeds."""
        return int(self.bounds[Aim.COVERAGE])

    def is_proved(self, aim: Aim) -> bool:
        """Whether nothing better exists."""
        return aim in self.bounds and is_reached(self.values[aim], self.bounds[aim])


def lay_out(problem: MatchingProblem) -> Board:
    """List what may be chosen, and put it into tables."""
    options = list_options(problem)
    return Board(options, make_tables(options))


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A part that was begun.

    Attributes
    ----------
    prices
        What elements are worth where others want them too. Shape (n_requirements, n_months).
    """

    part: Part
    prices: Ints

    @property
    def gap(self) -> int:
        """Weighted element-days between what is covered and what is proved."""
        return self.part.bound - self.part.value


def begin_part(
    board: Board,
    *,
    seed: int,
    seconds: float,
    start: Matching = NO_TOURS,
    should_stop: Callable[[], bool] = lambda: False,
) -> Begun:
    """Cover one part: a small one as far as programmes come in the time, a larger one at a first look.

    Parameters
    ----------
    start
        A matching to begin with.
    """
    until = time.monotonic() + seconds
    moment_s = min(seconds, MOMENT_S * board.size**2) if board.is_easy else seconds
    relaxed = relax(board.tables, seconds=min(moment_s, PRICES_SHARE * seconds), should_stop=should_stop)
    bound, prices = float(relaxed.bound), relaxed.prices
    if not board.is_easy and board.size <= EXACT_TOURS:
        short, by_rows = short_at_least(board.options, board.tables, seconds=BOUND_SHARE * seconds)
        by_rules = unit_of_cost(board.options.problem, Aim.COVERAGE, short)
        bound, prices = min((by_rules, by_rows), (bound, prices), key=lambda found: found[0])
    look_s = min(moment_s, SEARCH_SHARE * seconds) if board.is_easy else min(LOOK_S, until - time.monotonic())
    begun = Begun(_searched(board, prices, bound, start, seed, look_s, should_stop), prices)
    left_s = until - time.monotonic()
    return continue_part(board, begun, seed=seed, seconds=left_s, should_stop=should_stop) if board.is_easy else begun


def continue_part(
    board: Board, begun: Begun, *, seed: int, seconds: float, should_stop: Callable[[], bool] = lambda: False
) -> Begun:
    """Go on with a part that was begun, for some seconds or until no more can be covered; it is never worse."""
    part = begun.part
    if not begun.gap or seconds <= 0 or should_stop():
        return begun
    if not board.is_easy:
        bound = part.bounds[Aim.COVERAGE]
        return replace(begun, part=_searched(board, begun.prices, bound, part.matching, seed, seconds, should_stop))
    chosen, aims = chosen_tours(board, part.matching), (Aim.COVERAGE,)
    found = improve_exactly(board.options, board.tables, chosen, seconds=seconds, aims=aims, should_stop=should_stop)
    proved = unit_of_cost(part.problem, Aim.COVERAGE, found.bounds.get(Aim.COVERAGE, 0.0))
    return replace(begun, part=_part(board, found.chosen, min(part.bounds[Aim.COVERAGE], proved)))


def solve_part(
    board: Board,
    *,
    seed: int,
    seconds: float,
    start: Matching = NO_TOURS,
    should_stop: Callable[[], bool] = lambda: False,
) -> Part:
    """Cover as much of one part as can be covered in the time; ``start`` is a matching to begin with."""
    until = time.monotonic() + seconds
    begun = begin_part(board, seed=seed, seconds=seconds, start=start, should_stop=should_stop)
    left_s = until - time.monotonic()
    return continue_part(board, begun, seed=seed, seconds=left_s, should_stop=should_stop).part


def _searched(
    board: Board,
    prices: Ints,
    bound: float,
    start: Matching,
    seed: int,
    seconds: float,
    should_stop: Callable[[], bool],
) -> Part:
    """What the search makes of a part in some seconds."""
    search = Search(board.tables, prices, np.random.default_rng(seed), start=_unit_tours(board, start))
    until = time.monotonic() + seconds
    while (left_s := until - time.monotonic()) > 0 and search.value < bound and not should_stop():
        search.advance(ceil(COOLING_STEPS * left_s / seconds) / COOLING_STEPS)
    return _part(board, search.chosen(), bound)


def _part(board: Board, chosen: Ints, bound: float) -> Part:
    problem, matching = board.options.problem, matching_of(board, chosen)
    return Part(problem, matching, attained(problem, matching), {Aim.COVERAGE: bound})


def refine_part(board: Board, part: Part, *, seconds: float, should_stop: Callable[[], bool] = lambda: False) -> Part:
    """Improve the other aims of a part that is covered; no less is covered then."""
    if not board.size:
        return replace(part, bounds={**part.bounds, **dict.fromkeys(OWN_AIMS[1:], 0.0)})
    if not board.is_easy:
        return part
    found = improve_exactly(
        board.options,
        board.tables,
        chosen_tours(board, part.matching),
        seconds=seconds,
        aims=OWN_AIMS[1:],
        held=(Aim.COVERAGE,),
        should_stop=should_stop,
    )
    proved = {aim: unit_of_cost(part.problem, aim, cost) for aim, cost in found.bounds.items()}
    matching = matching_of(board, found.chosen)
    return Part(part.problem, matching, attained(part.problem, matching), {**part.bounds, **proved})


def start_search(board: Board, start: Matching, lost: Collection[str], seed: int, rounds: int) -> Matching:
    """What a few rounds of the search make of a matching once some offers are lost; prices are left out."""
    tables = without_offers(board.tables, [offer.offer_id not in lost for offer in board.options.problem.offers])
    left = Board(board.options, tables)
    search = Search(tables, tables.worth, np.random.default_rng(seed), start=_unit_tours(left, start))
    for _ in range(rounds):
        search.advance()
    return matching_of(left, search.chosen())


def matching_of(board: Board, chosen: Ints) -> Matching:
    """The matching of units that do each tour of the tables."""
    used = np.flatnonzero(chosen)
    return as_matching(board.options, zip(board.tables.option[used].tolist(), chosen[used].tolist(), strict=True))


def chosen_tours(board: Board, matching: Matching) -> Ints:
    """Units that do each tour of the tables; tours that are not possible are left out. Shape (n_tours,)."""
    chosen = np.zeros(board.size, np.int64)
    number = _numbers(board)
    for kind, count in Counter(tour.kind for tour in matching.tours).items():
        if kind in number:
            chosen[number[kind]] = count
    return chosen


def _numbers(board: Board) -> Mapping[Kind, int]:
    """Position in the tables of every possible tour."""
    kinds = list_kinds(board.options)
    return {kinds[option]: number for number, option in enumerate(board.tables.option.tolist())}


def _unit_tours(board: Board, matching: Matching) -> Mapping[int, Ints]:
    """Tours of each unit that has some and can do all of them still, by the unit's number in the tables."""
    if not matching.tours:
        return {}
    number, offers = _numbers(board), board.options.problem.offers
    first = {offer.offer_id: int(board.tables.unit_first[row]) for row, offer in enumerate(offers)}
    tours: dict[int, list[int]] = {}
    for tour in matching.tours:
        if tour.offer_id in first:
            tours.setdefault(first[tour.offer_id] + tour.unit - 1, []).append(number.get(tour.kind, -1))
    return {unit: np.array(found, np.int64) for unit, found in tours.items() if min(found) >= 0}
