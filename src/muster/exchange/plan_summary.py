"""Key figures of a plan: what ``summary.json`` holds, and how a terminal shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from muster.measures import MINUTES_PER_DAY, days
from muster.movement.formulation import BindingResource, Bound
from muster.movement.plan import Plan, Score
from muster.movement.prices import OverridePrice
from muster.movement.problem import Problem
from muster.movement.solve import Result, uncongested


def summarise(
    problem: Problem, result: Result, prices: Sequence[OverridePrice] = (), *, findings: int, solve_s: float
) -> dict[str, Any]:
    """Key figures of a plan; days are days after C-day.

    Parameters
    ----------
    prices
        Of the planner's overrides.
    findings
        How many breaches the checker found.
    solve_s
        Seconds from the scenario to the plan.
    """
    score, bound = result.score, result.bound
    moved = {move.load_id for move in result.plan.moves}
    loads = [load for load in problem.loads if load.load_id in moved]
    closure_bound_min = bound.closure_min if bound else None
    lateness_bound_min = bound.weighted_lateness_min if bound else None
    return {
        "title": problem.title,
        "case": problem.case,
        "lines": len(problem.lines),
        "loads": len(problem.loads),
        "people": sum(load.people for load in loads),
        "vehicles": sum(load.vehicles for load in loads),
        "mass_t": round(sum(load.size.mass_kg for load in loads) / 1000, 1),
        "unmoved": len(result.plan.unmoved),
        "closure_d": round(days(score.closure_min), 3),
        "closure_bound_d": None if closure_bound_min is None else round(days(closure_bound_min), 3),
        "closure_gap": gap(score.closure_min, closure_bound_min),
        "closure_uncongested_d": round(days(result.closure_uncongested_min), 3),
        "weighted_lateness_d": round(days(score.weighted_lateness_min), 3),
        "lateness_bound_d": None if lateness_bound_min is None else round(days(lateness_bound_min), 3),
        "lateness_gap": gap(score.weighted_lateness_min, lateness_bound_min),
        "mean_lateness_d": round(_mean_lateness_d(problem, result), 3),
        "asset_days": round(days(score.asset_min), 1),
        "findings": findings,
        "first_plan_s": round(result.first_plan_s, 2),
        "solve_s": round(solve_s, 2),
        "iterations": result.iterations,
        "relaxation": bound.relaxation if bound else None,
        "override_prices": [
            {
                "override_id": price.override_id,
                "weighted_lateness_d": round(days(price.weighted_lateness_min), 3),
                "closure_d": round(days(price.closure_min), 3),
                "unmet_weight": price.unmet_weight,
            }
            for price in prices
        ],
        "binding": [asdict(entry) for entry in bound.binding] if bound else [],
        "assumptions": len(problem.assumptions),
        "disputed_facts": len(problem.disputed_facts),
        "seed": result.plan.seed,
        "version": result.plan.version,
        "scenario_hash": problem.scenario_hash,
    }


def find_bound(summary: Mapping[str, Any]) -> Bound | None:
    """The bound that a summary tells; None where none was proved, or its windows were not written down."""
    closure_d, lateness_d = summary.get("closure_bound_d"), summary.get("lateness_bound_d")
    names = {field.name for field in fields(BindingResource)}
    binding = summary.get("binding", [])
    if closure_d is None or lateness_d is None or any(set(entry) != names for entry in binding):
        return None
    return Bound(
        closure_min=round(closure_d * MINUTES_PER_DAY),
        weighted_lateness_min=round(lateness_d * MINUTES_PER_DAY),
        relaxation=str(summary.get("relaxation") or ""),
        binding=tuple(BindingResource(**entry) for entry in binding),
        solve_s=float(summary.get("solve_s") or 0.0),
    )


def _mean_lateness_d(problem: Problem, result: Result) -> float:
    """Days late of a line on average over the weights."""
    return days(result.score.weighted_lateness_min) / max(1, sum(line.weight for line in problem.lines))


def unproved(
    problem: Problem, planned: Plan, score: Score, *, first_plan_s: float, solve_s: float, iterations: int
) -> Result:
    """A plan that was not made by ``solve``, as the result of a planner without a bound."""
    return Result(
        plan=planned,
        score=score,
        bound=None,
        bound_failure=None,
        closure_uncongested_min=max(uncongested(problem).values(), default=0),
        first_plan_s=first_plan_s,
        solve_s=solve_s,
        iterations=iterations,
    )


def gap(value: int, bound: int | None) -> float | None:
    """Share of a value that a bound does not prove; None where there is nothing to compare."""
    if bound is None:
        return None
    return 0.0 if value == bound else round((value - bound) / max(1, value), 4)


def show(summary: Mapping[str, Any]) -> Iterator[str]:
    """One line for each figure, for each override's price and for each thing that holds up the closure."""
    for name, value in summary.items():
        if name == "override_prices":
            yield from (_row(f"price of {price['override_id']}", _price(price)) for price in value)
        elif name == "binding":
            yield from (_row("binding", f"{entry['name']} ({entry['price']:.3g})") for entry in value)
        else:
            yield _row(name, "not proved" if value is None else value)


def _row(name: str, value: object) -> str:
    return f"{name:<24}{value}" if len(name) < 24 else f"{name} {value}"


def _price(price: Mapping[str, Any]) -> str:
    return (
        f"closure {price['closure_d']:+.2f} d, weighted lateness {price['weighted_lateness_d']:+.2f} d, "
        f"unmet weight {price['unmet_weight']:+d}"
    )
