"""The certificate: what it proves is worked out again without a solver, and no prices prove more than a plan allows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

import highspy
import numpy as np
import pytest

from movement.instances import random_problem
from muster.movement.formulation import Bound, Certificate, CertificateRefused, bound, bounding, verify
from muster.movement.formulation.choices import choices
from muster.movement.plan import Score
from muster.movement.problem import NoWay, Problem
from muster.movement.score import score
from muster.movement.solve import solve

TIME_LIMIT_S = 5.0


def tight(seed: int) -> Problem:
    """One to eight lines and one asset of each kind."""
    return random_problem(seed, line_count=1 + seed % 8, trains_1435=1, trains_1520=1, buses=1, hets=1)


def by_periods(problem: Problem) -> Bound:
    return bound(problem, time_limit_s=TIME_LIMIT_S)


def by_windows(problem: Problem) -> Bound:
    """The bound as problems of more than a thousand lines get it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounding, "MANY_LINES", 0)
        return bound(problem, time_limit_s=TIME_LIMIT_S)


def own(found: Bound) -> Certificate:
    assert found.certificate is not None
    return found.certificate


def planned(problem: Problem) -> tuple[Problem, Score]:
    """A plan's problem without the lines that it leaves behind, and what the plan is worth."""
    result = solve(problem, time_limit_s=20.0, with_bound=False, iteration_limit=5)
    left = tuple(NoWay(uln=unmoved.uln, load_id=None, reason=unmoved.reason) for unmoved in result.plan.unmoved)
    return replace(problem, no_ways=(*problem.no_ways, *left)), score(problem, result.plan)


def with_prices(certificate: Certificate, draw: Iterator[int]) -> Certificate:
    """The same with every price another one."""
    closure = replace(certificate.closure, prices=tuple(next(draw) for _ in certificate.closure.prices))
    periods, windows = certificate.by_periods, certificate.by_windows
    if periods is not None:
        supplies = tuple(
            replace(supply, prices=tuple(next(draw) for _ in supply.prices)) for supply in periods.supplies
        )  # fmt: skip
        periods = replace(periods, supplies=supplies)
    if windows is not None:
        windows = replace(
            windows, deadlines=tuple(replace(row, price=next(draw)) for row in windows.deadlines)
        )  # fmt: skip
    return replace(certificate, closure=closure, by_periods=periods, by_windows=windows)


@pytest.mark.parametrize("seed", range(2, 8))
@pytest.mark.parametrize("prove", [by_periods, by_windows], ids=["periods", "windows"])
def test_certificate_proves_what_the_bound_claims(seed: int, prove: type[Bound]) -> None:
    problem = tight(seed)
    found = prove(problem)  # type: ignore[call-arg, arg-type]
    proved = verify(problem, own(found))
    assert (proved.closure_min, proved.weighted_lateness_min) == (found.closure_min, found.weighted_lateness_min)
    assert (own(found).closure_min, own(found).weighted_lateness_min) == (
        found.closure_min, found.weighted_lateness_min
    )  # fmt: skip


def test_certificate_is_verified_without_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = tight(6)
    found = by_periods(problem)

    def refuse(*_: object) -> None:
        raise AssertionError("a solver was asked")

    monkeypatch.setattr(highspy.Highs, "run", refuse)
    assert verify(problem, own(found)).closure_min == found.closure_min


@pytest.mark.parametrize("seed", range(12))
def test_no_prices_prove_more_than_a_plan_allows(seed: int) -> None:
    problem, value = planned(tight(seed))
    draw = np.random.default_rng(seed)
    for certificate in (own(by_periods(problem)), own(by_windows(problem))):
        for height in (1 << 4, 1 << 12, 1 << 20):
            prices = (int(price) for price in (draw.integers(0, height) * draw.integers(0, 2) for _ in count()))
            proved = verify(problem, with_prices(certificate, prices))
            assert proved.closure_min <= value.closure_min
            assert proved.weighted_lateness_min <= value.weighted_lateness_min


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(1_000))
def test_bound_is_what_its_certificate_proves_and_below_a_plan_on_many_problems(seed: int) -> None:
    problem, value = planned(tight(seed))
    for found in (by_periods(problem), by_windows(problem)):
        proved = verify(problem, own(found))
        assert (proved.closure_min, proved.weighted_lateness_min) == (found.closure_min, found.weighted_lateness_min)
        assert proved.closure_min <= value.closure_min
        assert proved.weighted_lateness_min <= value.weighted_lateness_min


def test_other_prices_prove_another_bound() -> None:
    problem = tight(6)
    certificate = own(by_periods(problem))
    proved = verify(problem, with_prices(certificate, (0 for _ in count())))
    assert proved.closure_min < certificate.closure_min
    assert proved.weighted_lateness_min < certificate.weighted_lateness_min


def test_prices_below_nothing_are_refused_all_at_once() -> None:
    problem = tight(6)
    certificate = with_prices(own(by_periods(problem)), (-1 for _ in count()))
    with pytest.raises(CertificateRefused) as refusal:
        verify(problem, certificate)
    assert {fault.partition(":")[0] for fault in refusal.value.faults} == {"closure", "lateness"}
    assert "a price of -1, below nothing, proves nothing" in refusal.value.faults[0]


def test_a_price_that_cannot_be_counted_is_refused() -> None:
    problem = tight(6)
    certificate = with_prices(own(by_periods(problem)), (1 << 60 for _ in count()))
    with pytest.raises(CertificateRefused, match=r"too high to be counted"):
        verify(problem, certificate)


def test_weights_that_promise_more_than_a_voyage_are_refused() -> None:
    problem = tight(12)
    certificate = own(by_periods(problem))
    window = certificate.closure.windows[0]
    heavy = replace(window, weight=tuple(1 << 16 for _ in window.weight))
    closure = replace(certificate.closure, windows=(heavy, *certificate.closure.windows[1:]))
    with pytest.raises(CertificateRefused, match=f"{window.name}: weights by which loads"):
        verify(problem, replace(certificate, closure=closure))


def test_potentials_that_say_more_than_a_way_takes_are_refused() -> None:
    problem = tight(6)
    certificate = own(by_periods(problem))
    window = next(window for window in certificate.closure.windows if window.is_fleet)
    steep = replace(window, potential_min=(1 << 30, *window.potential_min[1:]))
    closure = replace(certificate.closure, windows=(steep,), prices=(1,))
    with pytest.raises(CertificateRefused, match="differ by more than the way between two places takes"):
        verify(problem, replace(certificate, closure=closure))


def test_certificate_of_a_problem_with_one_load_less_is_refused() -> None:
    problem = tight(6)
    certificate = own(by_periods(problem))
    line = problem.lines[0]
    smaller = replace(problem, lines=(replace(line, loads=line.loads[1:]), *problem.lines[1:]))
    with pytest.raises(CertificateRefused, match=r"weights for \d+ rides"):
        verify(smaller, certificate)


def test_rides_stand_in_one_order_whatever_that_of_the_asset_types_of_a_leg() -> None:
    problem = with_twin_types(tight(5))
    turned = replace(
        problem,
        legs=tuple(replace(leg, travel_min=dict(sorted(leg.travel_min.items()))) for leg in problem.legs),
    )
    assert rides(turned) == rides(problem)


def rides(problem: Problem) -> list[tuple[str, str | None]]:
    """Leg and asset type of each ride, in the order in which a certificate has their weights."""
    laid_out = choices(problem)
    ways = (laid_out.ways[way] for way in laid_out.ride_way.tolist())
    return [(way.leg.leg_id, None if way.pool is None else way.pool.kind.asset_type_id) for way in ways]


def with_twin_types(problem: Problem) -> Problem:
    """The same with a slower twin of every asset type, and a twin of every asset."""
    kinds = {kind.asset_type_id: f"a-{kind.asset_type_id}" for kind in problem.asset_types}
    twins = tuple(replace(kind, asset_type_id=kinds[kind.asset_type_id]) for kind in problem.asset_types)
    assets = tuple(
        replace(asset, asset_id=f"a-{asset.asset_id}", asset_type_id=kinds[asset.asset_type_id], fleet_id="twins")
        for asset in problem.assets
    )
    legs = tuple(replace(leg, travel_min={**leg.travel_min, **slower(leg.travel_min, kinds)}) for leg in problem.legs)
    return replace(problem, asset_types=(*problem.asset_types, *twins), assets=(*problem.assets, *assets), legs=legs)


def slower(travel_min: Mapping[str, int], kinds: Mapping[str, str]) -> dict[str, int]:
    """Minutes that twins take."""
    return {kinds[kind]: minutes + 30 for kind, minutes in travel_min.items() if kind in kinds}
