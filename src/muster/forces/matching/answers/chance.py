"""Coverage as a distribution: gates that open or not, words that are kept or not."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from muster.forces.gates import GateState
from muster.forces.matching.coverage import Coverage, coverage
from muster.forces.matching.likelihood import gate_likelihood
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.part import Board, lay_out, start_search
from muster.forces.matching.plan import Matching
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.split import split
from muster.forces.offers import OfferStatus
from muster.trials import Draws

STEPS = 1
"""Rounds of the search in each part of a run."""


@dataclass(frozen=True, slots=True)
class CoverageRisk:
    """Coverage over many draws of gates and offers.

    Attributes
    ----------
    runs
        Runs done, in which gates open and offers are kept by their likelihoods.
    shares
        Weighted share covered in each run by the matching as it stands, without the offers that fall away.
        Length: runs.
    rematched
        The same after matching again with what is left, by the search alone: no less than this could be had.
    full_likelihood
        Chance that each requirement is wholly covered after matching again, in the order of the requirements.
    causes
        Weighted share lost on average because one gate stays shut, or the word of one offer is not kept, and nothing
        else: its id and the share, most first.
    """

    runs: int
    seed: int
    shares: tuple[float, ...]
    rematched: tuple[float, ...]
    full_likelihood: tuple[tuple[str, float], ...]
    causes: tuple[tuple[str, float], ...]


def assess(
    problem: MatchingProblem,
    matching: Matching,
    *,
    runs: int,
    seed: int,
    on_progress: Callable[[int], None] = lambda _done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> CoverageRisk:
    """Draw what opens and what is kept, many times.

    Parameters
    ----------
    seed
        Equal seeds draw alike for any matching of the problem: two matchings meet the same gates.
    on_progress
        Told how many runs are done.
    """
    make_machine_code()
    boards = [lay_out(part) for part in split(problem)]
    fixed, again, full = [], [], np.zeros(len(problem.requirements), np.int64)
    for run in range(runs):
        if should_stop():
            break
        lost = lost_offers(problem, Draws(seed), run)
        left = _without(problem, matching, lost)
        rematched = coverage(problem, _rematched(boards, left, lost, seed))
        fixed.append(coverage(problem, left).share)
        again.append(max(rematched.share, fixed[-1]))
        full += (rematched.covered == rematched.needed).all(axis=1)
        on_progress(run + 1)
    return CoverageRisk(
        len(fixed),
        seed,
        tuple(fixed),
        tuple(again),
        _likelihoods(problem, full, len(fixed)),
        tuple(sorted(_causes(problem, matching), key=lambda cause: (-cause[1], cause[0]))),
    )


def lost_offers(problem: MatchingProblem, draws: Draws, run: int) -> frozenset[str]:
    """Offers that fall away in a run: one of their gates stays shut, or their word is not kept."""
    likely = gate_likelihood(problem)
    shut = {gate for gate, chance in likely.items() if draws.stream(f"gate {gate}", replication=run).random() >= chance}
    return frozenset(
        offer.offer_id
        for offer in problem.offers
        if shut.intersection(offer.gates)
        or draws.stream(f"offer {offer.offer_id}", replication=run).random() >= _kept(problem, offer.status)
    )


def _kept(problem: MatchingProblem, status: OfferStatus) -> float:
    return problem.status_likelihood.get(status, 0.0)


def _without(problem: MatchingProblem, matching: Matching, lost: Collection[str]) -> Matching:
    """The tours that are left when offers fall away; who served beside a framework nation does not stay alone."""
    nations = {offer.offer_id: offer.nation for offer in problem.offers}
    framework = {row.requirement_id: row.framework for row in problem.requirements}
    left = [tour for tour in matching.tours if tour.offer_id not in lost]
    led = {
        (tour.requirement_id, month)
        for tour in left
        if framework[tour.requirement_id] in {None, nations[tour.offer_id]}
        for month in range(tour.first_month, tour.end_month)
    }
    return Matching(
        tuple(
            tour
            for tour in left
            if all((tour.requirement_id, month) in led for month in range(tour.first_month, tour.end_month))
        )
    )


def _rematched(boards: list[Board], left: Matching, lost: Collection[str], seed: int) -> Matching:
    """What the search makes of the offers that are left, beginning with their tours."""
    return Matching(tuple(tour for board in boards for tour in start_search(board, left, lost, seed, STEPS).tours))


def _likelihoods(problem: MatchingProblem, full: np.ndarray, runs: int) -> tuple[tuple[str, float], ...]:
    names = [row.requirement_id for row in problem.requirements]
    return tuple(zip(names, (full / max(1, runs)).tolist(), strict=True))


def _causes(problem: MatchingProblem, matching: Matching) -> Iterator[tuple[str, float]]:
    whole = coverage(problem, matching)
    likely = gate_likelihood(problem)
    for gate in problem.gates:
        behind = {offer.offer_id for offer in problem.offers if gate.gate_id in offer.gates}
        if gate.state is not GateState.OPEN:
            yield gate.gate_id, (1 - likely[gate.gate_id]) * _lost_share(problem, matching, whole, behind)
    for name in Counter(tour.offer_id for tour in matching.tours):
        offer = next(offer for offer in problem.offers if offer.offer_id == name)
        yield name, (1 - _kept(problem, offer.status)) * _lost_share(problem, matching, whole, {name})


def _lost_share(problem: MatchingProblem, matching: Matching, whole: Coverage, lost: Collection[str]) -> float:
    return whole.share - coverage(problem, _without(problem, matching, lost)).share
