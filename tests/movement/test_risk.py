"""The risk of the closure date: what is drawn, what is compared, and that nobody's number of workers matters."""

from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pytest

from movement.clean_plan import clean_plan, clean_problem
from muster.movement.problem import Assumption, Carrier, Problem
from muster.movement.risk import Hazard, NothingReplayed, Policy, RiskResult, Severity, UnusableFigures, assess
from muster.movement.risk.campaign import Campaign, Experiment, list_experiments, prepare_campaign
from muster.movement.risk.hazards import Odds, factors_of, list_figures
from muster.reference import load_factors
from muster.trials import Draws, LocalWorkers, Trial
from muster.trials.workers import Rows

EVERY = frozenset(Hazard)


class Here(LocalWorkers):
    """Runs chunks in the process of the test."""

    def __init__(self) -> None:
        super().__init__(1)

    def take(self, trial: Trial) -> None:
        self.trial = trial

    def submit(self, replications: range) -> Future[Rows]:
        done: Future[Rows] = Future()
        done.set_result(self.trial(replications))
        return done


def assessed(workers: LocalWorkers, *, seed: int = 1, hazards: Collection[Hazard] = EVERY) -> RiskResult:
    with workers:
        return assess(
            clean_problem(), clean_plan(), load_factors(), workers=workers, runs=40, seed=seed, hazards=hazards
        )


def campaign(*experiments: Experiment) -> Campaign:
    return prepare_campaign(clean_problem(), clean_plan(), load_factors(), dict.fromkeys(experiments, 400), 1)


def test_the_result_is_the_same_on_any_number_of_workers() -> None:
    assert assessed(Here()) == assessed(LocalWorkers(2))


def test_another_seed_meets_another_chance() -> None:
    assert assessed(Here()).policies[0].p80_d != assessed(Here(), seed=2).policies[0].p80_d


def test_only_late_lines_move_nothing_else() -> None:
    result = assessed(Here(), hazards={Hazard.LATE_LINE})
    assert [effect.hazard for effect in result.effects] == [Hazard.LATE_LINE]
    assert {figure.factor.factor_id for figure in result.figures} == {
        "risk.line.late_share",
        "risk.line.delay_d",
        "risk.line.spread",
    }
    assert result.planned_d == 7_840 / 1_440
    for policy in result.policies:
        assert policy.p50_d.value >= result.planned_d
        assert list(policy.curve_d) == sorted(policy.curve_d)


def test_a_run_under_no_hazard_closes_when_the_plan_does() -> None:
    made = campaign(Experiment(Policy.RIGHT_SHIFT, frozenset()), Experiment(Policy.DISPATCH, frozenset()))
    rows = made(range(800))
    assert np.unique(rows, axis=0).tolist() == [[5_175, 3_960, 5_400, 7_840, 6_400]]


def test_a_hazard_left_out_leaves_the_draws_of_the_others() -> None:
    whole, less = Experiment(Policy.RIGHT_SHIFT, EVERY), Experiment(Policy.RIGHT_SHIFT, EVERY - {Hazard.ROAD_DELAY})
    made = campaign(whole, less)
    one, other = (made.chance(experiment).draw(Draws(1), 7) for experiment in (whole, less))
    for name in ("load_min", "unload_min", "ready_min", "granted_min", "available_min", "closed_from_min"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    by_rail = [index for index, leg in enumerate(made.names.legs) if leg.mode == "rail"]
    assert one.delay_min[by_rail].tolist() == other.delay_min[by_rail].tolist()


def test_setbacks_come_as_often_as_the_figures_say() -> None:
    experiment = Experiment(Policy.RIGHT_SHIFT, frozenset({Hazard.LATE_LINE, Hazard.RAIL_DELAY}))
    made = campaign(experiment)
    drawn = [made.chance(experiment).draw(Draws(3), number) for number in range(2_000)]
    lines = np.array([setbacks.ready_min for setbacks in drawn]) > [line.ready_min for line in made.names.lines]
    by_rail = [index for index, leg in enumerate(made.names.legs) if leg.mode == "rail"]
    rail = np.array([setbacks.delay_min[by_rail] for setbacks in drawn]) > 0
    assert lines.mean() == pytest.approx(0.2, abs=0.015)
    assert rail.mean() == pytest.approx(0.475, abs=0.03)


def test_worse_figures_never_make_a_setback_smaller() -> None:
    mild, severe = (Experiment(Policy.RIGHT_SHIFT, EVERY, severity) for severity in (Severity.MILD, Severity.SEVERE))
    made = campaign(mild, severe)
    for number in range(50):
        less, more = (made.chance(experiment).draw(Draws(1), number) for experiment in (mild, severe))
        for name in ("delay_min", "ready_min", "granted_min", "available_min"):
            assert (getattr(less, name) <= getattr(more, name)).all()


def test_mild_and_severe_are_the_ends_of_the_ranges() -> None:
    factors = load_factors()
    mild, severe = (Odds.from_factors(factors, severity) for severity in (Severity.MILD, Severity.SEVERE))
    assert (mild["risk.rail.late_share"], severe["risk.rail.late_share"]) == (0.2, 0.539)
    assert (mild["risk.breakdown.rail_km"], severe["risk.breakdown.rail_km"]) == (150_000, 20_000)
    assert mild["risk.road.late_share"] == severe["risk.road.late_share"] == 0.161


def test_what_the_scenario_adopted_is_what_is_drawn_from() -> None:
    adopted = Assumption(subject="risk.line.late_share", value="0.5", unit="share", low="0.4", high="0.6", why="asked")
    factors = factors_of(replace(clean_problem(), assumptions=(adopted,)), load_factors())
    odds = [Odds.from_factors(factors, severity)["risk.line.late_share"] for severity in Severity]
    assert odds == [0.4, 0.5, 0.6]
    assert Odds.from_factors(factors)["risk.line.delay_d"] == 1


def adopting(**values: str) -> Problem:
    assumptions = tuple(
        Assumption(subject=f"risk.{name.replace('__', '.')}", value=value, unit="") for name, value in values.items()
    )
    return replace(clean_problem(), assumptions=assumptions)


def test_figures_from_which_nothing_can_be_drawn_are_told_together() -> None:
    factors = factors_of(adopting(line__late_share="1.5", breakdown__rail_km="0"), load_factors())
    with pytest.raises(UnusableFigures) as refusal:
        Odds.from_factors(factors)
    assert refusal.value.faults == (
        'Planning factor "risk.breakdown.rail_km" holds 0; a replay draws from numbers above 0: change it.',
        'Planning factor "risk.line.late_share" holds 1.5; a replay draws from numbers from 0 to 1: change it.',
    )


def test_every_figure_of_risk_belongs_to_a_hazard() -> None:
    used = {figure.factor.factor_id for figure in list_figures(load_factors())}
    assert [name for name in load_factors() if name.startswith("risk.") and name not in used] == []


def test_comparisons_take_a_tenth_of_the_runs_and_at_least_two_hundred() -> None:
    experiments = list_experiments(EVERY, list(Policy), [Carrier.BUS], 5_000)
    assert list(experiments.values())[:3] == [5_000, 5_000, 500]
    assert set(list_experiments(EVERY, [Policy.RIGHT_SHIFT], [], 100).values()) == {100}


def test_replays_stopped_at_once_are_no_result() -> None:
    with LocalWorkers(1) as workers, pytest.raises(NothingReplayed):
        assess(clean_problem(), clean_plan(), load_factors(), workers=workers, runs=40, should_stop=lambda: True)


def test_replays_stopped_early_sum_up_what_there_is() -> None:
    done: list[int] = []
    with LocalWorkers(1) as workers:
        result = assess(
            clean_problem(),
            clean_plan(),
            load_factors(),
            workers=workers,
            runs=20_000,
            on_progress=lambda now, _: done.append(now),
            should_stop=lambda: bool(done),
        )
    assert [policy.policy for policy in result.policies] == [Policy.RIGHT_SHIFT]
    assert 50 <= result.policies[0].runs < 20_000
    assert all(effect.among_all is None for effect in result.effects)


def test_a_spare_bus_helps_where_buses_are_slow_to_come() -> None:
    problem = replace(clean_problem(), resources=())
    experiments = {
        Experiment(Policy.DISPATCH, frozenset({Hazard.NO_SHOW, Hazard.SLOW_PLEDGE})): 300,
        Experiment(
            Policy.DISPATCH,
            frozenset({Hazard.NO_SHOW, Hazard.SLOW_PLEDGE}),
            spares=frozenset(kind.carrier for kind in problem.asset_types),
        ): 300,
    }
    rows = prepare_campaign(problem, clean_plan(), load_factors(), experiments, 1)(range(600))
    assert rows[300:].max(axis=1).mean() < rows[:300].max(axis=1).mean()
