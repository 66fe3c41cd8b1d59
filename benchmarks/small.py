"""Small deployments whose optimum is known, and how far plans and bounds are from it.

Run it as ``python -m benchmarks.small`` from the root of the repository; it writes ``docs/benchmarks/small.md``. A few
lines go from two garrisons to a camp, over the sea on two small ferries between ports with one berth each, and on in
convoys over a bridge that takes few a day, or by the one train round. Some wait for the line before to close. All have
one priority and one load, so that what the exact model leaves out (priorities, windows, waiting room) cannot matter,
and its optimum is that of the problem.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

import muster
from benchmarks.exact_deployment import ExactDeployment
from muster.measures import MINUTES_PER_DAY, MINUTES_PER_HOUR, Timeline
from muster.movement.checks import check
from muster.movement.problem import (
    SELF,
    Asset,
    AssetType,
    Capacity,
    CapacityStep,
    CargoClass,
    Carrier,
    Itinerary,
    Leg,
    Line,
    Load,
    Mobility,
    Passage,
    Problem,
    Resource,
    ResourceKind,
    Site,
    Size,
)
from muster.movement.solve import solve
from muster.network import Mode

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks" / "small.md"
LIMIT_S: Final = 10.0
EXACT_S: Final = 60.0
"""Seconds for each of the two questions to the exact model."""
HORIZON_MIN: Final = 40 * MINUTES_PER_DAY
WAITS: Final = 0.3
"""Part of the lines that wait for the one before."""
_HOMES: Final = ("NORTH", "SOUTH")
_PLACES: Final = (*_HOMES, "PORT", "FAR PORT", "CAMP", "BRIDGE")
_TYPES: Final = (
    AssetType(asset_type_id="ship", carrier=Carrier.RORO_SHIP, name="ro-ro ferry", mobility_id="sea",
              carries=(CargoClass.WHEELED,), capacity=Capacity(vehicles=30), load_min=360, unload_min=240),
    AssetType(asset_type_id="train", carrier=Carrier.TRAIN, name="train", mobility_id="rail",
              carries=(CargoClass.WHEELED,), capacity=Capacity(vehicles=24), load_min=240, unload_min=180, wagons=30),
)  # fmt: skip


def small_problem(lines: int, seed: int) -> Problem:
    """A small deployment, drawn from a seed."""
    draw = np.random.default_rng([lines, seed])
    drawn = [_draw_line(draw, number) for number in range(1, lines + 1)]
    return Problem(
        title="Small deployment",
        case=f"small-{lines}-{seed}",
        scenario_hash=f"small-{lines}-{seed}",
        timeline=Timeline(),
        horizon_min=HORIZON_MIN,
        sites=tuple(
            Site(place=place, name=place.title(), country="POL", latitude_deg=54.0, longitude_deg=18.0)
            for place in _PLACES
        ),
        lines=tuple(line for line, _ in drawn),
        loads=tuple(load for _, load in drawn),
        itineraries=tuple(
            way
            for home in _HOMES
            for way in (
                Itinerary(itinerary_id=f"sea:{home}", legs=(f"road:{home}", "sea", "road:CAMP")),
                Itinerary(itinerary_id=f"rail:{home}", legs=(f"rail:{home}",)),
            )
        ),
        legs=tuple(_legs()),
        asset_types=_TYPES,
        assets=(
            _asset("ship-1", "ship", "PORT"),
            _asset("ship-2", "ship", "PORT"),
            _asset("train-1", "train", "NORTH"),
        ),
        mobilities=(
            Mobility(mobility_id="sea", places=("PORT", "FAR PORT"), travel_min=((0, 1_200), (1_200, 0))),
            Mobility(mobility_id="rail", places=("NORTH", "SOUTH", "CAMP"),
                     travel_min=((0, 300, 2_400), (300, 0, 2_600), (2_400, 2_600, 0))),
        ),
        resources=(
            _room("PORT", ResourceKind.BERTH_RORO, 1),
            _room("FAR PORT", ResourceKind.BERTH_RORO, 1),
            _room("BRIDGE", ResourceKind.CREDITS, 3, MINUTES_PER_DAY),
        ),
    )  # fmt: skip


def _draw_line(draw: np.random.Generator, number: int) -> tuple[Line, Load]:
    uln, home, vehicles = f"L{number:02d}", _HOMES[draw.integers(2)], int(draw.integers(8, 21))
    ready_min = int(draw.integers(48)) * MINUTES_PER_HOUR
    load = Load(load_id=f"{uln}/1", uln=uln, cargo=CargoClass.WHEELED, pieces=vehicles, people=2 * vehicles,
                vehicles=vehicles, size=Size(vehicles=vehicles),
                itineraries=(f"sea:{home}", f"rail:{home}"))  # fmt: skip
    line = Line(uln=uln, name=f"Company {number}", nation="POL", priority=3, weight=int(draw.integers(1, 5)),
                ready_min=ready_min, required_min=ready_min + int(draw.integers(3, 7)) * MINUTES_PER_DAY, origin=home,
                destination="CAMP", loads=(load.load_id,),
                after=(f"L{number - 1:02d}",) if number > 1 and draw.random() < WAITS else ())  # fmt: skip
    return line, load


def _legs() -> Sequence[Leg]:
    def leg(leg_id: str, carrier: Carrier, ends: tuple[str, str], km: int, travel_min: dict[str, int]) -> Leg:
        mode = {Carrier.TRAIN: Mode.RAIL, Carrier.RORO_SHIP: Mode.SEA}.get(carrier, Mode.ROAD)
        over = (Passage(crossing="BRIDGE", distance_m=km * 500),) if leg_id == "road:CAMP" else ()
        return Leg(leg_id=leg_id, mode=mode, carrier=carrier, origin=ends[0], destination=ends[1],
                   distance_m=km * 1_000, travel_min=travel_min, passages=over)  # fmt: skip

    return (
        leg("road:NORTH", Carrier.CONVOY, ("NORTH", "PORT"), 180, {SELF: 360}),
        leg("road:SOUTH", Carrier.CONVOY, ("SOUTH", "PORT"), 300, {SELF: 600}),
        leg("sea", Carrier.RORO_SHIP, ("PORT", "FAR PORT"), 600, {"ship": 1_200}),
        leg("road:CAMP", Carrier.CONVOY, ("FAR PORT", "CAMP"), 200, {SELF: 400}),
        leg("rail:NORTH", Carrier.TRAIN, ("NORTH", "CAMP"), 1_400, {"train": 3_000}),
        leg("rail:SOUTH", Carrier.TRAIN, ("SOUTH", "CAMP"), 1_500, {"train": 3_200}),
    )


def _asset(asset_id: str, kind: str, home: str) -> Asset:
    return Asset(asset_id=asset_id, asset_type_id=kind, fleet_id=kind, nation="POL", home=home, available_from_min=0,
                 available_until_min=HORIZON_MIN)  # fmt: skip


def _room(place: str, kind: ResourceKind, capacity: int, period_min: int | None = None) -> Resource:
    return Resource(resource_id=f"{place}/{kind}", place=place, kind=kind, period_min=period_min,
                    steps=(CapacityStep(from_min=0, capacity=capacity),))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One problem: plan, bound and optimum in weighted minutes late and minutes to closure.

    Attributes
    ----------
    is_proved
        Whether both optima are proved to be that.
    """

    lines: int
    seed: int
    lateness_min: int
    closure_min: int
    lateness_bound_min: int
    closure_bound_min: int
    best_lateness_min: int
    best_closure_min: int
    is_proved: bool
    solve_s: float
    findings: int

    @property
    def is_best(self) -> bool:
        """Whether the plan is as good as the optimum in both."""
        return (self.lateness_min, self.closure_min) <= (self.best_lateness_min, self.best_closure_min)

    @property
    def is_below(self) -> bool:
        """Whether no bound is above its optimum."""
        late, closes = (
            self.lateness_bound_min <= self.best_lateness_min,
            self.closure_bound_min <= self.best_closure_min,
        )
        return late and closes


def measure(lines: int, seed: int, *, limit_s: float = LIMIT_S, exact_s: float = EXACT_S) -> Row:
    """Plan one problem, and ask the exact model for the best."""
    problem = small_problem(lines, seed)
    result = solve(problem, seed=seed, time_limit_s=limit_s)
    assert result.bound is not None
    latest_min = max(result.score.closure_min, result.closure_uncongested_min) + MINUTES_PER_DAY
    lateness, closure = ExactDeployment(problem, latest_min=latest_min).best(exact_s)
    return Row(
        lines=lines,
        seed=seed,
        lateness_min=result.score.weighted_lateness_min,
        closure_min=result.score.closure_min,
        lateness_bound_min=result.bound.weighted_lateness_min,
        closure_bound_min=result.bound.closure_min,
        best_lateness_min=lateness.value,
        best_closure_min=closure.value,
        is_proved=lateness.is_proved and closure.is_proved,
        solve_s=result.solve_s,
        findings=len(check(problem, result.plan)),
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    names = (
        "lines", "seed", "s", "late, weighted min", "optimum", "bound", "closure min", "optimum", "bound",
        "optimum proved", "plan is best", "bounds below", "findings",
    )  # fmt: skip
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    for row in rows:
        answers = ("yes" if holds else "no" for holds in (row.is_proved, row.is_best, row.is_below))
        cells = (
            row.lines, row.seed, f"{row.solve_s:.1f}", f"{row.lateness_min:,}", f"{row.best_lateness_min:,}",
            f"{row.lateness_bound_min:,}", f"{row.closure_min:,}", f"{row.best_closure_min:,}",
            f"{row.closure_bound_min:,}", *answers, row.findings,
        )  # fmt: skip
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)


def page(rows: Sequence[Row], arguments: Sequence[str]) -> str:
    """The page: protocol, table, and how many plans are best."""
    protocol = (
        f"Protocol: `{' '.join(('python -m benchmarks.small', *arguments))}`, Muster {muster.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; {LIMIT_S:g} s for plan and bound, "
        f"{EXACT_S:g} s for each of two questions to CP-SAT (`benchmarks/exact_deployment.py`): the least weighted "
        "lateness, and the least closure with that."
    )
    proved = [row for row in rows if row.is_proved]
    said = (
        f"{len(proved)} of {len(rows)} optima are proved; the plan is the optimum in "
        f"{sum(row.is_best for row in proved)} of them, and no bound is above it in "
        f"{sum(row.is_below for row in proved)}."
    )
    return "\n".join(("# Small deployments with a known optimum", "", protocol, "", table(rows), "", said, ""))


def main() -> None:
    """Measure, print row by row, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", nargs="*", type=int, default=[6, 12])
    parser.add_argument("--seeds", nargs="*", type=int, default=list(range(1, 11)))
    chosen = parser.parse_args()
    rows: list[Row] = []
    for lines in chosen.lines:
        for seed in chosen.seeds:
            rows.append(measure(lines, seed))
            print(table(rows[-1:]).splitlines()[-1], flush=True)
    PAGE.write_text(page(rows, sys.argv[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
