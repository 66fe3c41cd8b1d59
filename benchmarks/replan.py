"""Measure replans on the notional force and write ``docs/benchmarks/replan.md``.

Run it as ``python -m benchmarks.replan`` from the root of the repository. A plan of each case is made once; then each
set of events is replanned from it, with the curve, and beside it two baselines in the same go: the same rest of the
move planned afresh for the same time with no regard to the plan in force, and the plan with as few changes as can be
before any search.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import muster
from benchmarks.movement import MUSTER, ROOT
from muster.exchange.plan_json import decode_plan, decode_problem
from muster.measures import MINUTES_PER_DAY, days
from muster.movement.checks import check
from muster.movement.plan import Plan, Score
from muster.movement.problem import Problem, ResourceKind
from muster.movement.replan.applying import apply_events
from muster.movement.replan.calendars import begun_uses
from muster.movement.replan.changes import Changes, compare
from muster.movement.replan.curve import Choice, Point, choose, replan
from muster.movement.replan.events import (
    AssetLost,
    CapacityChanged,
    DatesMoved,
    Event,
    PermitChanged,
    PlaceClosed,
)
from muster.movement.replan.history import recall
from muster.movement.replan.proof import RestBound
from muster.movement.replan.rest import rest_of, whole_plan
from muster.movement.replan.review import split
from muster.movement.score import score
from muster.movement.search import Board, Improver, Settings, lay_out, usual_order, write_plan
from muster.movement.solve import FIRST_PATIENCE
from muster.network import Mode

PAGE: Final = ROOT / "docs" / "benchmarks" / "replan.md"
CASES: Final = (("base", 60, 5.0, 8), ("stress", 90, 30.0, 20))
"""Cases, seconds for the plan, seconds for each replan, and the day on which it is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One set of events, replanned.

    Attributes
    ----------
    wall_s
        Of the replan alone: events, rest, search, and the changes of each plan of the curve.
    proved
        What no plan of the curve that leaves no line behind can beat.
    afresh
        Score and changes of the rest planned with no regard to the plan in force.
    restored
        The plan with the fewest changes before any search.
    """

    case: str
    name: str
    before: Score
    wall_s: float
    first_plan_s: float
    proved: RestBound | None
    points: tuple[Point, ...]
    chosen: Point
    findings: int
    afresh: tuple[Score, Changes]
    restored: Point


def event_sets(problem: Problem, plan: Plan, now_min: int) -> Mapping[str, tuple[Event, ...]]:
    """What happens: to the busiest port, crossing, ship and nation of what is still to come."""
    sailed = [voyage for voyage in plan.voyages if voyage.leg_id is not None and voyage.departure_min >= now_min]
    sea = [voyage for voyage in sailed if problem.leg_of[str(voyage.leg_id)].mode is Mode.SEA]
    port = _most(voyage.destination for voyage in sea)
    ship = _most(voyage.asset_id for voyage in sea)
    steps = [step for move in plan.moves for step in move.steps if step.departure_min >= now_min]
    crossing = _most(passage.crossing for step in steps for passage in problem.leg_of[step.leg_id].passages)
    nation = Counter(line.nation for line in problem.lines).most_common(3)[2][0]
    trains = [resource for resource in problem.resources if resource.kind is ResourceKind.TRAINS]
    return {
        f"port {port} closed for 6 days": (
            PlaceClosed(event_id="E", place=port, start_min=now_min, end_min=now_min + 6 * MINUTES_PER_DAY),
        ),
        f"crossing {crossing} opens 10 days late": (
            PlaceClosed(event_id="E", place=crossing, start_min=now_min, end_min=now_min + 10 * MINUTES_PER_DAY),
        ),
        f"ship {ship} lost": (AssetLost(event_id="E", asset_id=ship, at_min=now_min),),
        "trains a day halved everywhere": tuple(
            CapacityChanged(event_id=resource.place, place=resource.place, kind=resource.kind, start_min=now_min,
                            percent=50)
            for resource in trains
        ),
        f"permit for Ukraine refused to {nation} for 5 days": (
            PermitChanged(event_id="E", nation=nation, country="UKR", granted_min=now_min + 5 * MINUTES_PER_DAY),
        ),
        "cease-fire 7 days later": (DatesMoved(event_id="E", by_min=7 * MINUTES_PER_DAY),),
    }  # fmt: skip


def _most(names: Iterable[str]) -> str:
    return Counter(names).most_common(1)[0][0]


def measure(case: str, limit_s: float, now_d: int, problem: Problem, plan: Plan) -> Sequence[Row]:
    """Replan each set of events once, and make the baselines."""
    now_min = now_d * MINUTES_PER_DAY
    rows: list[Row] = []
    for name, events in event_sets(problem, plan, now_min).items():
        started = time.monotonic()
        replanned = replan(problem, plan, events, now_min=now_min, time_limit_s=limit_s)
        wall_s = time.monotonic() - started
        restored = replan(problem, plan, events, now_min=now_min, should_stop=lambda: True, with_bound=False).points[0]
        chosen = choose(replanned.points, Choice.FAIR)
        rows.append(
            Row(
                case=case,
                name=name,
                before=replanned.before,
                wall_s=wall_s,
                first_plan_s=replanned.first_plan_s,
                proved=replanned.bound,
                points=replanned.points,
                chosen=chosen,
                findings=sum(
                    len(split(check(point.problem, point.plan), replanned.history)[0]) for point in replanned.points
                ),
                afresh=plan_afresh(problem, plan, events, now_min, limit_s),
                restored=restored,
            )
        )
        print("\n".join(_lines(rows[-1])), flush=True)
    return rows


def plan_afresh(
    problem: Problem, plan: Plan, events: Sequence[Event], now_min: int, limit_s: float
) -> tuple[Score, Changes]:
    """The rest of the move planned for as long with no regard to the plan in force, lines that have begun first."""
    started = time.monotonic()
    history = recall(problem, plan, events, now_min=now_min)
    used = begun_uses(problem, history)
    after = apply_events(problem, events, history, used)
    rest = rest_of(after, history, used)
    board = Board(rest.problem, rest.so_far)
    tables = lay_out(board)
    search = Improver(board, tables, 1)
    order = sorted(usual_order(board), key=lambda unit: unit.line.uln not in rest.begun)
    search.place_rest(order, rest.begun, Settings(patience=FIRST_PATIENCE), lambda: False)
    while time.monotonic() - started < limit_s:
        search.improve(10, lambda: time.monotonic() - started >= limit_s)
    fresh = write_plan(board, tables, search.best(), version=muster.__version__, seed=1)
    whole = whole_plan(rest, history, fresh, version=muster.__version__, seed=1)
    return score(after, whole), compare(after, history.plan, whole)


def _lines(row: Row) -> Sequence[str]:
    """The plans of a row as lines of a Markdown table."""
    named = [("restored only", row.restored.changes, row.restored.score)]
    for point in row.points:
        name = "as few as can be" if point.is_firm else f"{point.leg_price_min / 60:g} h a leg"
        named.append((f"**{name}**" if point is row.chosen else name, point.changes, point.score))
    named.append(("afresh", row.afresh[1], row.afresh[0]))
    return [
        f"| {row.case} | {row.name} | {name} | {changes.legs:,} | {len(changes.lines)} | {len(changes.assets)} | "
        f"{len(changes.nations)} | {worth.unmet_weight} | {days(worth.weighted_lateness_min):,.1f} | "
        f"{days(worth.closure_min):.2f} |"
        for name, changes, worth in named
    ]


def page(rows: Sequence[Row], arguments: Sequence[str]) -> str:
    """The page: protocol, what replans take, and every curve."""
    protocol = (
        f"Protocol: `python -m benchmarks.replan {' '.join(arguments)}`, Muster {muster.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; the machine was shared with other "
        "work while this was measured. Each case is planned once; each set of events is then replanned in "
        f"{', '.join(f'{limit_s:g} s ({case})' for case, _, limit_s, _ in CASES)}. Seconds are those of the replan "
        "alone: events, the rest of the move, search, and what each plan of the curve changes. Findings are breaches "
        "of the checks by all plans of the curve, apart from what had happened. *Restored only* is the first plan, "
        "before any search; *afresh* is the same rest planned for as long by one search with no regard to the plan in "
        "force. The plan that is taken when nobody says otherwise is bold."
    )
    times = [
        (
            "| case | events | lateness before d | s | first plan s | plans on the curve | findings | "
            "proved lateness d | proved closure d |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    times += [
        f"| {row.case} | {row.name} | {days(row.before.weighted_lateness_min):,.1f} | {row.wall_s:.1f} | "
        f"{row.first_plan_s:.1f} | {len(row.points)} | {row.findings} | {_proved(row.proved)} |"
        for row in rows
    ]
    curves = [
        (
            "| case | events | plan | legs moved | lines | assets | nations | unmet weight | weighted lateness d | "
            "closure d |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|",
        *(line for row in rows for line in _lines(row)),
    ]
    shares = [len(row.chosen.changes.lines) / max(1, len(row.afresh[1].lines)) for row in rows]
    said = (
        f"The plan that is taken changes {statistics.median(shares):.0%} of the lines that planning afresh changes, in "
        "the median over these events."
    )
    parts = ["# Replans on the notional force", protocol, "\n".join(times), said, "\n".join(curves)]
    return "\n\n".join(parts) + "\n"


def _proved(proved: RestBound | None) -> str:
    """What no plan of the curve beats."""
    if proved is None:
        return "not in time | not in time"
    return f"{days(proved.weighted_lateness_min):,.1f} | {days(proved.closure_min):.2f}"


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="*", default=[case for case, _, _, _ in CASES])
    chosen = parser.parse_args()
    rows: list[Row] = []
    for case, plan_s, limit_s, now_d in CASES:
        if case in chosen.cases:
            with tempfile.TemporaryDirectory() as folder:
                command = (*MUSTER, "movement", "plan", str(ROOT / "scenarios" / "mnf-u"), "--case", case)
                subprocess.run(
                    (*command, "--time-limit-s", str(plan_s), "--out", folder), check=True, capture_output=True
                )
                problem = decode_problem((Path(folder) / "problem.json.gz").read_bytes())
                plan = decode_plan((Path(folder) / "plan.json").read_bytes())
            rows += measure(case, limit_s, now_d, problem, plan)
    PAGE.write_text(page(rows, sys.argv[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
