"""The search of a part: what it keeps, and that going on never makes a part worse."""

import numpy as np
import pytest

from benchmarks.matching_generator import Coalition, make_coalition
from forces.coalition import DAY_WORTH, YEAR_D, coalition, offer, requirement
from muster.forces import Size
from muster.forces.matching import part as of_part
from muster.forces.matching.checks import check
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.objectives import Aim, attained
from muster.forces.matching.part import begin_part, continue_part, lay_out, matching_of, solve_part
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.search.search import Search
from muster.forces.matching.split import split

MADE_UP = Coalition(nations=8, requirements=12, offers=30, months=12, capabilities=2)


def one_part(seed: int) -> MatchingProblem:
    return max(split(make_coalition(MADE_UP, seed=seed)), key=lambda part: len(part.offers))


@pytest.mark.parametrize("seed", range(4))
def test_the_best_matching_is_kept_whatever_steps_lose(seed: int) -> None:
    make_machine_code()
    board = lay_out(one_part(seed))
    search = Search(board.tables, board.tables.worth, np.random.default_rng(seed), start={})
    for left in (1.0, 1.0, 0.5, 0.0):
        before = search.value
        search.advance(left)
        assert search.value >= before
        matching = matching_of(board, search.chosen())
        assert check(board.options.problem, matching) == ()
        assert attained(board.options.problem, matching)[Aim.COVERAGE] == search.value


def test_a_nation_takes_the_place_of_another_only_as_a_whole() -> None:
    """One nation may be there at a time, and four companies of Poland cover more than the one of France."""
    posts = (requirement(size=Size.BATTALION, max_nations=1),)
    problem = coalition(offer("FRA-1"), offer("POL-1", quantity=4), requirements=posts)
    board = lay_out(problem)
    search = Search(board.tables, board.tables.worth, np.random.default_rng(1), start={0: first_tours(board)})
    for _ in range(3):
        search.advance(1.0)
    assert search.value == 4 * YEAR_D * DAY_WORTH // 4


def first_tours(board: of_part.Board) -> np.ndarray:
    """Tours of the first unit that leave no month out."""
    tables = board.tables
    ours = [tour for tour in range(board.size) if tables.offer[tour] == 0]
    found, month = [], 0
    while month < tables.need.shape[1]:
        tour = max((each for each in ours if tables.first[each] == month), key=lambda each: tables.months[each])
        found.append(tour)
        month += int(tables.months[tour])
    return np.array(found, np.int64)


@pytest.mark.parametrize("easy_tours", [0, of_part.EASY_TOURS])
def test_going_on_never_makes_a_part_worse(monkeypatch: pytest.MonkeyPatch, easy_tours: int) -> None:
    monkeypatch.setattr(of_part, "EASY_TOURS", easy_tours)
    for seed in range(3):
        problem = one_part(seed)
        board = lay_out(problem)
        begun = begin_part(board, seed=seed, seconds=0.3)
        after = continue_part(board, begun, seed=seed + 1, seconds=0.3)
        proved = solve_part(board, seed=seed, seconds=5)
        assert begun.part.value <= after.part.value <= proved.bound
        assert proved.value <= after.part.bound <= begun.part.bound
        assert check(problem, after.part.matching) == ()


def test_nothing_is_left_to_do_for_a_part_that_is_proved() -> None:
    board = lay_out(coalition(offer("FRA-1")))
    begun = begin_part(board, seed=1, seconds=5)
    assert begun.gap == 0
    assert continue_part(board, begun, seed=1, seconds=5) is begun
