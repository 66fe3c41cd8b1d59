"""What an override costs, on a toy problem."""

from dataclasses import replace

from movement.instances import DAY_MIN, random_problem
from muster.movement.prices import OverridePrice, price_overrides
from muster.movement.problem import CargoClass, Override, OverrideKind, Problem
from muster.network import Mode


def problem(*overrides: Override) -> Problem:
    return replace(random_problem(1, line_count=2), overrides=overrides)


def prices(case: Problem) -> tuple[OverridePrice, ...]:
    return price_overrides(case, seed=1, time_limit_s=30, iteration_limit=3)


def lock(days_late: int) -> Override:
    """The first line begins so many days after it is ready."""
    line = random_problem(1, line_count=2).lines[0]
    return Override(
        override_id="LATE", kind=OverrideKind.LOCK, uln=line.uln, start_min=line.ready_min + days_late * DAY_MIN
    )


def test_an_override_that_holds_a_line_back_has_a_price() -> None:
    (price,) = prices(problem(lock(20)))
    assert price.override_id == "LATE"
    assert price.closure_min > 10 * DAY_MIN
    assert price.weighted_lateness_min > 0
    assert price.unmet_weight == 0


def test_an_override_that_all_plans_keep_costs_nothing() -> None:
    free = Override(override_id="FREE", kind=OverrideKind.FORBID, nation="DEU", place="CAMP", mode=Mode.SEA)
    assert prices(problem(free)) == (
        OverridePrice(override_id="FREE", unmet_weight=0, weighted_lateness_min=0, closure_min=0),
    )


def test_every_override_is_priced_in_order_but_for_chosen_ports() -> None:
    free = Override(override_id="FREE", kind=OverrideKind.FORBID, nation="DEU", place="CAMP", mode=Mode.SEA)
    port = replace(
        free, override_id="PORT", kind=OverrideKind.PIN, mode=None, cargo=CargoClass.PEOPLE, is_chosen_port=True
    )
    assert [price.override_id for price in prices(problem(port, lock(20), free))] == ["LATE", "FREE"]
    assert prices(problem(port)) == ()


def test_plans_that_were_cut_short_show_no_price() -> None:
    asked = 0

    def stopped_after(answers: int) -> tuple[OverridePrice, ...]:
        nonlocal asked
        asked = 0

        def should_stop() -> bool:
            nonlocal asked
            asked += 1
            return asked > answers

        return price_overrides(problem(lock(20)), seed=1, time_limit_s=30, iteration_limit=3, should_stop=should_stop)

    assert len(stopped_after(10**9)) == 1
    assert {stopped_after(answers) for answers in range(asked)} == {()}
