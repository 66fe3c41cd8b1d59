"""What holds for the matching of any coalition."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forces.coalition import gate
from forces.made_up import NATIONS, coalitions, offers
from muster.forces import GateState, Nation, Part
from muster.forces.matching.checks import check
from muster.forces.matching.formulation.relaxation import price_out, relax
from muster.forces.matching.making import make_machine_code
from muster.forces.matching.objectives import Aim
from muster.forces.matching.part import lay_out, refine_part, solve_part
from muster.forces.matching.problem import MatchingProblem
from muster.forces.matching.solve import Result, solve

Law = Callable[..., None]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
quick = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=SLOW)
hundreds = settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
KEYS = tuple(Nation(nation=name, name=name, part=Part.CONTRIBUTOR, armed_forces_k=100.0) for name in NATIONS)


def solved(problem: MatchingProblem) -> Result:
    return solve(problem, seed=1, time_limit_s=10)


def cover(problem: MatchingProblem) -> float:
    """Cover that is proved to be the most."""
    result = solved(problem)
    assert check(problem, result.matching) == ()
    assert result.coverage.value == result.coverage.bound
    return result.coverage.value


def one_offer_more_never_lowers_cover(problem: MatchingProblem, more: Any) -> None:
    assert cover(problem.with_offers(more)) >= cover(problem)


def lifting_a_caveat_never_lowers_cover(problem: MatchingProblem) -> None:
    before = cover(problem)
    for caveat in problem.caveats:
        assert cover(problem.without_caveats(caveat.caveat_id)) >= before


def opening_a_gate_never_lowers_cover(problem: MatchingProblem) -> None:
    before = cover(problem)
    for row in problem.gates:
        assert cover(problem.with_gates({row.gate_id: gate(row.gate_id, GateState.OPEN)})) >= before


def shorter_rest_never_lowers_cover(problem: MatchingProblem) -> None:
    assert cover(problem.without_rotation()) >= cover(problem)


def names_of_nations_and_order_of_rows_change_nothing(problem: MatchingProblem, seed: int) -> None:
    draw = np.random.default_rng(seed)
    named = dict(zip(NATIONS, draw.permutation(NATIONS).tolist(), strict=True))

    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(rows[number] for number in draw.permutation(len(rows)))

    other = replace(
        problem,
        offers=shuffled(tuple(replace(row, nation=named[row.nation]) for row in problem.offers)),
        caveats=shuffled(tuple(replace(row, nation=named[row.nation]) for row in problem.caveats)),
        requirements=shuffled(
            tuple(replace(row, framework=row.framework and named[row.framework]) for row in problem.requirements)
        ),
        countries={**problem.countries, **{place: named.get(at, at) for place, at in problem.countries.items()}},
    )
    assert cover(other) == cover(problem)


def no_bound_is_beaten(problem: MatchingProblem) -> None:
    result = solved(replace(problem, nations=KEYS))
    for attainment in result.attainments:
        if attainment.bound is not None:
            is_most = attainment.aim is Aim.COVERAGE
            short = attainment.bound - attainment.value if is_most else attainment.value - attainment.bound
            assert short >= -1e-6 * max(1.0, abs(attainment.value)), attainment


def later_aims_never_cost_cover(problem: MatchingProblem) -> None:
    before = solved(replace(problem, nations=KEYS))
    again = solved(replace(problem, nations=KEYS, previous=before.matching.tours[::2]))
    assert again.coverage.value == before.coverage.value


def any_prices_give_a_bound(problem: MatchingProblem, seed: int) -> None:
    tables = lay_out(problem).tables
    prices = np.random.default_rng(seed).integers(0, tables.worth + 1)
    make_machine_code()
    best = cover(problem)
    assert price_out(tables, prices, np.zeros_like(tables.need)) >= best
    assert relax(tables, seconds=0.05).bound >= best


def a_withdrawn_nation_serves_nowhere(problem: MatchingProblem) -> None:
    for name in NATIONS:
        gone = {row.offer_id for row in problem.offers if row.nation == name}
        matching = solved(problem.without_nation(name)).matching
        assert gone.isdisjoint(tour.offer_id for tour in matching.tours)


def parts_solved_apart_equal_the_whole(problem: MatchingProblem) -> None:
    make_machine_code()
    board = lay_out(problem)
    whole = refine_part(board, solve_part(board, seed=1, seconds=10), seconds=10)
    parts = {attainment.aim: attainment for attainment in solved(problem).attainments}
    for aim in (Aim.COVERAGE, Aim.FIRMNESS, Aim.COHESION):
        assert whole.is_proved(aim)
        assert parts[aim].is_proved
        assert parts[aim].value == pytest.approx(whole.values[aim], rel=1e-9), aim


MORE = offers(99)
SEEDS = st.integers(0, 2**32 - 1)
LAWS: dict[Law, tuple[st.SearchStrategy[Any], ...]] = {
    one_offer_more_never_lowers_cover: (MORE,),
    lifting_a_caveat_never_lowers_cover: (),
    opening_a_gate_never_lowers_cover: (),
    shorter_rest_never_lowers_cover: (),
    names_of_nations_and_order_of_rows_change_nothing: (SEEDS,),
    no_bound_is_beaten: (),
    later_aims_never_cost_cover: (),
    any_prices_give_a_bound: (SEEDS,),
    a_withdrawn_nation_serves_nowhere: (),
    parts_solved_apart_equal_the_whole: (),
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law(law: Law) -> None:
    quick(given(coalitions(), st.tuples(*LAWS[law]))(lambda problem, more: law(problem, *more)))()


@pytest.mark.proofs
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law_in_hundreds_of_coalitions(law: Law) -> None:
    hundreds(given(coalitions(), st.tuples(*LAWS[law]))(lambda problem, more: law(problem, *more)))()
