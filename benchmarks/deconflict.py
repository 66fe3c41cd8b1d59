"""Measure deconfliction on the notional force and write ``docs/benchmarks/deconflict.md``.

Run it as ``python -m benchmarks.deconflict`` from the root of the repository. The lines of a case are split by nation;
each nation plans its own as if it were alone, and the plans are laid over each other. Beside the joint plans stand two
baselines of the same go: the lines kept in order of priority instead of by turns, before any search, and one plan for
everybody made by one hand for as long.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import muster
from benchmarks.movement import ROOT
from muster.cli.folders import read_scenario_folder
from muster.measures import days
from muster.movement.checks import check
from muster.movement.deconflict.agreeing import Agreement, Choice, agree, choose
from muster.movement.deconflict.burden import Burden, burdens
from muster.movement.deconflict.clashes import Clash, ClashKind, clashes
from muster.movement.deconflict.conflicts import Collision, collide
from muster.movement.deconflict.nations import lines_by_nation, of_nation
from muster.movement.plan import Plan, Score
from muster.movement.preparation.prepare import prepare_problem
from muster.movement.problem import Problem
from muster.movement.replan.changes import compare
from muster.movement.replan.courses import FIRM_MIN
from muster.movement.score import score
from muster.movement.search import Board, Improver, Settings, lay_out, lay_standing, usual_order, write_plan
from muster.movement.solve import FIRST_PATIENCE, solve
from muster.network import load_transport_network

PAGE: Final = ROOT / "docs" / "benchmarks" / "deconflict.md"
CASES: Final = ("low", "base")
NATION_S: Final = 2.0
"""Seconds for the plan of each nation."""
JOINT_S: Final = 20.0
"""Seconds for joint plans."""
SEEDS: Final = (1, 2, 3)
SHOWN: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One joint plan."""

    seed: int
    name: str
    wall_s: float
    score: Score
    legs: int
    burdens: tuple[Burden, ...]
    findings: int

    @property
    def cells(self) -> str:
        """Row of the table."""
        shares = [burden.share for burden in self.burdens if burden.lines >= SHOWN]
        spread = f"{min(shares):.0%} to {max(shares):.0%}" if shares else "-"
        changed = sum(burden.changed for burden in self.burdens)
        later_h = sum(burden.later_min for burden in self.burdens) / 60
        return (
            f"{self.seed} | {self.name} | {self.wall_s:.1f} | {self.legs:,} | {changed} | {spread} | {later_h:,.0f} | "
            f"{self.score.unmet_weight} | {days(self.score.weighted_lateness_min):,.1f} | "
            f"{days(self.score.closure_min):.2f} | {self.findings}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case, measured."""

    name: str
    problem: Problem
    collision: Collision
    found: tuple[Clash, ...]
    collide_s: float
    rows: tuple[Row, ...]
    proposed: tuple[Burden, ...]


def measure(name: str) -> Case:
    """Plan a case nation by nation, and make one plan of it."""
    inputs = read_scenario_folder(ROOT / "scenarios" / "mnf-u").movement_inputs(name)
    problem = prepare_problem(inputs, load_transport_network())
    plans = {
        nation: solve(of_nation(problem, nation), time_limit_s=NATION_S, with_bound=False).plan
        for nation in lines_by_nation(problem)
    }
    began_s = time.monotonic()
    collision = collide(problem, plans)
    found = clashes(problem, collision)
    collide_s = time.monotonic() - began_s
    rows = [_row(problem, collision, 1, "in order of priority, before any search", *_by_priority(problem, collision))]
    proposed: tuple[Burden, ...] = ()
    for seed in SEEDS:
        agreement = agree(problem, collision, seed=seed, time_limit_s=JOINT_S)
        rows += _of_choices(problem, collision, seed, agreement)
        proposed = proposed or choose(agreement.proposals, Choice.EVEN).burdens
    began_s = time.monotonic()
    plan = solve(problem, time_limit_s=JOINT_S, with_bound=False).plan
    rows.append(_row(problem, collision, 1, "one plan by one hand", plan, time.monotonic() - began_s))
    return Case(
        name=name, problem=problem, collision=collision, found=found, collide_s=collide_s, rows=tuple(rows),
        proposed=proposed,
    )  # fmt: skip


def _of_choices(problem: Problem, collision: Collision, seed: int, agreement: Agreement) -> Iterator[Row]:
    for choice in Choice:
        chosen = choose(agreement.proposals, choice)
        yield _row(problem, collision, seed, f"**{choice}**", chosen.plan, agreement.agree_s)


def _row(problem: Problem, collision: Collision, seed: int, name: str, plan: Plan, wall_s: float) -> Row:
    changes = compare(problem, collision.merged, plan)
    return Row(
        seed=seed,
        name=name,
        wall_s=wall_s,
        score=score(problem, plan),
        legs=changes.legs,
        burdens=burdens(problem, collision.merged, plan, changes, collision.ulns),
        findings=len(check(problem, plan)),
    )


def _by_priority(problem: Problem, collision: Collision) -> tuple[Plan, float]:
    """Lines kept as they stand, the most urgent first, and the others placed after them."""
    began_s = time.monotonic()
    board = Board(problem)
    tables = lay_standing(board, lay_out(board), collision.merged)
    search = Improver(board, tables, 1)
    search.set_leg_price(FIRM_MIN)
    search.restore_all(usual_order(board), (), Settings(patience=FIRST_PATIENCE), lambda: False)
    plan = write_plan(board, tables, search.best(), version=muster.__version__, seed=1)
    return plan, time.monotonic() - began_s


def page(cases: Sequence[Case], words: Sequence[str]) -> str:
    """The page."""
    protocol = (
        f"Protocol: `python -m benchmarks.deconflict {' '.join(words)}`, Muster {muster.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; the machine was shared with other "
        f"work while this was measured. Lines of `scenarios/mnf-u` are split by nation; each nation plans its own for "
        f"{NATION_S:g} s as if it were alone, and joint plans are searched for {JOINT_S:g} s. Seconds are those of the "
        "search, with what each plan changes. *Nations' shares* is the smallest and the largest part of its lines that "
        f"a nation with at least {SHOWN} lines changes. Two baselines: *in order of priority* keeps lines as they "
        "stand, the most urgent first, before any search; *one plan by one hand* has no regard to the nations' plans."
    )
    parts = ["# Deconfliction on the notional force", protocol]
    for case in cases:
        parts += [f"## Case {case.name}", _collision(case), "\n".join(_joint(case)), "\n".join(_burdens(case))]
    return "\n\n".join(parts) + "\n"


def _collision(case: Case) -> str:
    problem, collision = case.problem, case.collision
    rules = Counter(conflict.rule for conflict in collision.conflicts)
    alone = score(problem, collision.merged)
    told = ", ".join(f"`{rule}` {count}" for rule, count in rules.items())
    laid = (
        f"{len(lines_by_nation(problem))} nations, {len(problem.lines)} lines, {len(problem.loads)} loads. Laid over "
        f"each other in {case.collide_s:.1f} s: {len(collision.conflicts)} conflicts ({told}), "
        f"{len(collision.ulns)} lines in one. If each were alone: {days(alone.weighted_lateness_min):,.1f} weighted "
        f"days late, closure after {days(alone.closure_min):.2f} days."
    )
    lines = [
        laid,
        "",
        "| the narrowest | days | worst day | over | of | nations | lines |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in (ClashKind.PLACE, ClashKind.FLEET):
        for clash in [clash for clash in case.found if clash.kind is kind][:5]:
            worst = max(clash.days, key=lambda day: day.over / max(1, day.limit or 1))
            lines.append(
                f"| {kind} `{clash.subject}` | {len(clash.days)} | C+{worst.day} | {worst.over} | {worst.limit} | "
                f"{len(clash.nations)} | {len(clash.ulns)} |"
            )
    return "\n".join(lines)


def _joint(case: Case) -> Iterator[str]:
    yield (
        "| seed | plan | s | legs moved | lines changed | nations' shares | hours later | unmet weight | "
        "weighted lateness d | closure d | findings |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    yield from (f"| {row.cells} |" for row in case.rows)
    evens: Mapping[int, int] = {row.seed: row.legs for row in case.rows if row.name == f"**{Choice.EVEN}**"}
    yield ""
    yield f"Median of legs moved by the even plan over the seeds: {statistics.median(evens.values()):,.0f}."


def _burdens(case: Case) -> Iterator[str]:
    yield f"What the even plan of seed {SEEDS[0]} asks of each nation:"
    yield ""
    yield "| nation | lines | in a conflict | changed | share | legs moved | hours later | newly late | unmoved |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for burden in case.proposed:
        yield (
            f"| {burden.nation} | {burden.lines} | {burden.in_conflict} | {burden.changed} | {burden.share:.0%} | "
            f"{burden.legs} | {burden.later_min / 60:,.0f} | {burden.newly_late} | {burden.unmoved} |"
        )


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="*", default=list(CASES))
    parser.add_argument("--out", type=Path, default=PAGE)
    chosen = parser.parse_args()
    chosen.out.write_text(page([measure(name) for name in chosen.cases], sys.argv[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
