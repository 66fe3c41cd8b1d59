"""What one more unit is worth, planned again and by the bound."""

from collections.abc import Callable

import pytest

from movement.instances import random_problem
from muster.movement.formulation import BindingResource, Bound, bound
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reinforcing.reinforcement import Reinforcement, reinforced
from muster.movement.reinforcing.shadow_prices import shadow_price_min
from muster.movement.reinforcing.unit_values import Outcome, UnitValues
from muster.movement.reinforcing.valuing import list_bottlenecks, value_units
from muster.movement.reporting.bottlenecks import Bottleneck
from muster.movement.solve import solve

STEPS = 5


def one_bus() -> tuple[Problem, Plan]:
    """Seven lines and one bus, which everybody waits for."""
    problem = random_problem(6, line_count=7, buses=1)
    return problem, solve(problem, seed=1, with_bound=False, iteration_limit=STEPS).plan


def bottlenecks(most: int = 2) -> tuple[Bottleneck, ...]:
    return list_bottlenecks(*one_bus(), {"bus": 1.0}, most=most)


def values(
    *, should_stop: Callable[[], bool] | None = None, on_outcome: Callable[[str, Outcome], None] | None = None
) -> UnitValues | None:
    problem, plan = one_bus()
    return value_units(
        problem,
        plan,
        bottlenecks(),
        bound(problem, time_limit_s=5.0),
        seeds=(1, 2, 3),
        steps=STEPS,
        should_stop=should_stop,
        on_outcome=on_outcome,
    )


def test_bottlenecks_are_those_that_bind_and_then_those_that_are_waited_for() -> None:
    found = bottlenecks(most=20)
    assert found[0].resource_id == "bus"
    assert all(row.price or row.waiting_load_d > 0 for row in found)
    assert bottlenecks(most=1) == found[:1]


def test_a_second_bus_saves_closure_and_lateness_beyond_luck() -> None:
    told = values()
    assert told is not None
    bus = told.values[0]
    assert (bus.name, bus.kind, bus.unit, bus.price) == ("bus", "fleet", "one asset", 1.0)
    assert bus.is_closure_clear
    assert bus.is_lateness_clear
    assert bus.dual_min is not None
    assert bus.dual_min > 0


def test_the_unchanged_problem_is_planned_with_every_seed_and_the_first_is_the_measure() -> None:
    _, plan = one_bus()
    plans: list[tuple[str, Outcome]] = []
    told = values(on_outcome=lambda name, outcome: plans.append((name, outcome)))
    assert told is not None
    assert [name for name, _ in plans] == ["", "", "", *(row.resource_id for row in bottlenecks())]
    assert [outcome for _, outcome in plans[:3]] == list(told.unchanged)
    closures = [outcome.closure_min for outcome in told.unchanged]
    assert told.closure_spread_min == max(closures) - min(closures)
    assert closures[0] <= max(move.steps[-1].end_min for move in plan.moves)
    assert told.values[0].closure_min == closures[0] - plans[3][1].closure_min


def test_equal_seeds_and_steps_give_equal_values() -> None:
    assert values() == values()


def test_a_unit_that_saves_no_more_than_luck_is_not_clear() -> None:
    problem, plan = one_bus()
    ramp = Bottleneck(
        resource_id="YARD/staging_people", busy_share=0.0, mean_share=0.0, waiting_load_d=0.0, waiting_loads=0,
        price=None,
    )  # fmt: skip
    told = value_units(problem, plan, [ramp], None, seeds=(1, 2), steps=STEPS)
    assert told is not None
    (row,) = told.values
    assert (row.is_closure_clear, row.is_lateness_clear, row.dual_min) == (False, False, None)


def test_work_that_is_stopped_keeps_what_is_whole() -> None:
    done = 0

    def note(_name: str, _outcome: Outcome) -> None:
        nonlocal done
        done += 1

    def stopped_after(plans: int) -> UnitValues | None:
        nonlocal done
        done = 0
        return values(on_outcome=note, should_stop=lambda: done >= plans)

    assert stopped_after(2) is None
    told = stopped_after(4)
    assert told is not None
    assert [row.name for row in told.values] == ["bus"]
    assert told.left_out == (bottlenecks()[1].resource_id,)


def by_hand(*binding: BindingResource) -> Bound:
    return Bound(
        closure_min=10_000, weighted_lateness_min=0, relaxation="by hand", binding=binding, solve_s=0.0
    )  # fmt: skip


def window(name: str, price: float, *, is_fleet: bool = False) -> BindingResource:
    return BindingResource(name=name, is_fleet=is_fleet, price=price, begin_min=1_000, tail_min=1_000)


def test_the_shadow_price_of_the_only_bottleneck_is_its_part_of_the_window() -> None:
    problem = random_problem(1, buses=3)
    told = by_hand(window("bus", 1.0, is_fleet=True))
    assert shadow_price_min(problem, told, "bus") == round(8_000 / 3)
    assert shadow_price_min(problem, told, "het") == 0


def test_shadow_prices_share_the_window_by_their_parts() -> None:
    problem = random_problem(1, buses=2, hets=2)
    told = by_hand(window("BORDER/credits", 0.75), window("bus, het", 0.25, is_fleet=True))
    assert shadow_price_min(problem, told, "BORDER/credits") == round(0.75 * 8_000 / 6)
    assert shadow_price_min(problem, told, "bus") == shadow_price_min(problem, told, "het") == 500


def test_there_is_no_shadow_price_where_nothing_binds() -> None:
    problem = random_problem(1)
    assert shadow_price_min(problem, by_hand(), "bus") == 0


@pytest.mark.parametrize("seed", range(3))
def test_one_more_lowers_the_bound_by_no_more_than_its_shadow_price_and_not_much_less(seed: int) -> None:
    problem = random_problem(seed, line_count=30, buses=4)
    proved = bound(problem, time_limit_s=4.0)
    more = bound(reinforced(problem, [Reinforcement("bus", 1)]), time_limit_s=4.0)
    assert [each.name for each in proved.binding] == ["bus"]
    dual_min = shadow_price_min(problem, proved, "bus")
    assert 0.7 * dual_min <= proved.closure_min - more.closure_min <= dual_min
