"""Matching offers to requirements: prices first, a matching at once, then better ones, and what is proved of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from muster.forces.matching.formulation.lexicographic import Exact, improve_exactly
from muster.forces.matching.formulation.relaxation import relax
from muster.forces.matching.objectives import PER_MILLE, Aim, Attainment, attained
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.search.search import Search
from muster.forces.matching.search.tables import Ints, Tables, make_tables
from muster.forces.matching.tours import Options, list_options
from muster.forces.matching.units import as_matching

PRICES_SHARE: Final = 0.1
SEARCH_SHARE: Final = 0.1
"""Shares of the time for prices and for the search where programmes follow; without them the search has the rest."""
EXACT_TOURS: Final = 60_000
"""Most possible tours for which programmes are solved."""
EASY_S: Final = 2.0
"""Longest time for prices, and for the search, where programmes follow."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    Attributes
    ----------
    share, bound
        Weighted share covered, and what no matching exceeds; 0 to 1.
    """

    elapsed_s: float
    stage: str
    share: float
    bound: float


@dataclass(frozen=True, slots=True)
class Result:
    """A matching and what is proved of it.

    Attributes
    ----------
    attainments
        By aim, in the order of importance.
    solve_s
        Seconds it took.
    """

    matching: Matching
    attainments: tuple[Attainment, ...]
    solve_s: float


def solve(
    problem: MatchingProblem,
    *,
    seed: int,
    time_limit_s: float,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Result:
    """Match offers to requirements.

    Parameters
    ----------
    time_limit_s
        Seconds for all of it; a first matching is always made.
    """
    started = time.monotonic()
    options = list_options(problem)
    tables = make_tables(options)
    whole = max(1, int((tables.worth * tables.need).sum()))
    exact = len(tables.requirement) <= EXACT_TOURS

    def tell(stage: str, value: int, bound: float) -> None:
        on_progress(Progress(time.monotonic() - started, stage, value / whole, bound / whole))

    def seconds(share: float) -> float:
        return min(share * time_limit_s, EASY_S if exact else time_limit_s)

    relaxed = relax(tables, seconds=seconds(PRICES_SHARE), should_stop=should_stop)
    search = Search(tables, relaxed.prices, np.random.default_rng(seed))
    tell("first matching", search.value, relaxed.bound)
    until = started + (time_limit_s if not exact else time.monotonic() - started + seconds(SEARCH_SHARE))
    while time.monotonic() < until and search.value < relaxed.bound and not should_stop():
        search.advance()
        tell("search", search.value, relaxed.bound)
    bounds = {Aim.COVERAGE: whole - relaxed.bound}
    chosen = search.chosen()
    if exact and not should_stop():
        left_s = max(1.0, time_limit_s - (time.monotonic() - started))
        aims = tuple(aim for aim in Aim if aim is not Aim.STABILITY or problem.previous)
        found = improve_exactly(options, tables, chosen, seconds=left_s, aims=aims, should_stop=should_stop)
        chosen, bounds = found.chosen, _tightest(bounds, found)
    matching = matching_of(options, tables, chosen)
    return Result(matching, _attainments(problem, matching, bounds, whole), time.monotonic() - started)


def matching_of(options: Options, tables: Tables, chosen: Ints) -> Matching:
    """The matching of units that do each tour of the tables."""
    used = np.flatnonzero(chosen)
    return as_matching(options, zip(tables.option[used].tolist(), chosen[used].tolist(), strict=True))


def _tightest(bounds: dict[Aim, float], found: Exact) -> dict[Aim, float]:
    return {**found.bounds, Aim.COVERAGE: max(bounds[Aim.COVERAGE], found.bounds.get(Aim.COVERAGE, 0.0))}


def _attainments(
    problem: MatchingProblem, matching: Matching, bounds: dict[Aim, float], whole: int
) -> tuple[Attainment, ...]:
    """Aims with values and bounds in their own units: what is short became coverage, doubt is in element-days."""
    values = attained(problem, matching)
    own: dict[Aim, float] = dict(bounds)
    own[Aim.COVERAGE] = whole - np.ceil(bounds[Aim.COVERAGE] - 1e-6)
    if Aim.FIRMNESS in own:
        own[Aim.FIRMNESS] /= PER_MILLE
    return tuple(Attainment(aim, values[aim], own.get(aim)) for aim in Aim)
