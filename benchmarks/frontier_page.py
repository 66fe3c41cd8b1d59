"""The page on generated problems: medians and worst of all seeds, by family and size, with every baseline."""

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import muster
from benchmarks.curves import Panel, draw
from benchmarks.frontier_rows import CONSTRAINTS, FLAT, PLANNER, Row

Figure = Callable[[Row], float | None]
LEAST_GAP: Final = 0.0001
"""What a gap of nothing is drawn as, for an axis by powers of ten has no nothing."""
_SHARE, _HOURS, _TIMES, _SECONDS, _WHOLE = "{:.1%}", "{:.1f}", "{:.2f}", "{:.1f}", "{:,.0f}"
_FIGURES: Final[Sequence[tuple[str, Figure, str]]] = (
    ("wall s", lambda row: row.wall_s, _WHOLE),
    ("first plan s", lambda row: row.first_plan_s, _SECONDS),
    ("check s", lambda row: row.check_s, _SECONDS),
    ("peak MB", lambda row: row.peak_mb, _WHOLE),
    ("lateness gap", lambda row: row.gap, _SHARE),
    ("closure gap", lambda row: row.closure_gap, _SHARE),
    ("mean lateness h", lambda row: row.late_h, _HOURS),
    ("gap h", lambda row: row.unproved_h, _HOURS),
    ("gap of flow time", lambda row: row.unproved_flow, _SHARE),
    ("against greedy", lambda row: row.to_greedy, _TIMES),
)


def page(rows: Sequence[Row], command: str) -> str:
    """The page as Markdown."""
    loads = [row.load for row in rows]
    parts = [
        "# The deployment planner on generated problems",
        (
            f"Protocol: `{command}`, Muster {muster.__version__}, Python {platform.python_version()}, {os.cpu_count()} "
            f"cores, {platform.machine()}; {statistics.median(loads):.1f} processes wanted to run in the median, "
            f"{max(loads):.1f} at most (with more than the cores, others were at work too). Problems come from "
            "[the generator](generator.md). Each row is one process; every run is in "
            "`docs/benchmarks/frontier.jsonl`, one a line. Cells are *median (worst)* of the seeds."
        ),
        (
            "The limit holds for the whole of `solve`; the first plan is timed from the problem, so it contains laying "
            "it out. Memory is that of the planner and of the process that proves the bound. Lateness is weighted: "
            "mean lateness and gap in hours are over the sum of the weights, flow time is from ready to closed. Greedy "
            "is one pass of the list scheduler in order of priority, in the same run. Below 1.00 means less late."
        ),
        _planner_table(rows),
        "![first plan, memory and gap over the number of lines](../images/frontier-cost.svg)",
        "Lines are medians, rings the worst seed.",
        "## Beside CP-SAT",
        (
            "One constraint programme of [the same rules](../formulation/movement.md) "
            "(`benchmarks/constraint_model.py`), the same seconds, both cores, no plan to begin with; its plans pass "
            "the same checks. Lateness against CP-SAT is the planner's over that of CP-SAT on the same seed, where "
            "CP-SAT has a plan."
        ),
        _constraints_table(rows),
        "## Beside a flat time-expanded programme",
        (
            "`benchmarks/flat_model.py` in HiGHS, buckets of six hours up to where one greedy pass is over. What it "
            "finds is no plan: priorities and single voyages are left out. It is here for its size."
        ),
        _flat_table(rows),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def curves(rows: Sequence[Row]) -> str:
    """First plan, memory and gap over the number of lines, as SVG."""
    figures: tuple[tuple[str, Figure], ...] = (
        ("first plan, s", lambda row: row.first_plan_s),
        ("peak memory, MB", lambda row: row.peak_mb),
        ("lateness gap, %", lambda row: None if row.gap is None else 100 * max(row.gap, LEAST_GAP)),
    )
    return draw([_panel(rows, title, figure) for title, figure in figures])


def _panel(rows: Sequence[Row], title: str, figure: Figure) -> Panel:
    found: dict[str, list[tuple[int, float, float]]] = {}
    for family, lines, some in _groups(rows, PLANNER):
        values = [value for row in some if (value := figure(row)) is not None]
        if values:
            found.setdefault(family, []).append((lines, statistics.median(values), max(values)))
    return Panel(title=title, curves=found)


def _groups(rows: Sequence[Row], method: str) -> Iterable[tuple[str, int, list[Row]]]:
    own = [row for row in rows if row.method == method]
    for family, lines in sorted({(row.family, row.lines) for row in own}):
        yield family, lines, [row for row in own if (row.family, row.lines) == (family, lines)]


def _cell(rows: Sequence[Row], figure: Figure, form: str) -> str:
    values = [value for row in rows if (value := figure(row)) is not None]
    if not values:
        return "none"
    return f"{form.format(statistics.median(values))} ({form.format(max(values))})"


def _table(names: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    body = ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]
    return "\n".join((f"| {' | '.join(names)} |", "|---" * len(names) + "|", *body))


def _planner_table(rows: Sequence[Row]) -> str:
    names = ("family", "lines", "seeds", "limit s", *(name for name, _, _ in _FIGURES), "unmoved", "findings")
    return _table(
        names,
        (
            (
                family, f"{lines:,}", len(some), f"{some[0].limit_s:.0f}",
                *(_cell(some, figure, form) for _, figure, form in _FIGURES),
                sum(row.unmoved or 0 for row in some), sum(row.findings or 0 for row in some),
            )
            for family, lines, some in _groups(rows, PLANNER)
        ),
    )  # fmt: skip


def _constraints_table(rows: Sequence[Row]) -> str:
    planned = {(row.family, row.lines, row.seed): row for row in rows if row.method == PLANNER}

    def against(row: Row) -> float | None:
        own = planned.get((row.family, row.lines, row.seed))
        return own.lateness_d / row.lateness_d if own and own.lateness_d is not None and row.lateness_d else None

    names = (
        "family", "lines", "seeds", "limit s", "variables", "constraints", "peak MB", "seeds with a plan",
        "mean lateness h", "lateness against CP-SAT", "findings",
    )  # fmt: skip
    return _table(
        names,
        (
            (
                family, f"{lines:,}", len(some), f"{some[0].limit_s:.0f}", _cell(some, lambda row: row.columns, _WHOLE),
                _cell(some, lambda row: row.constraints, _WHOLE), _cell(some, lambda row: row.peak_mb, _WHOLE),
                sum(row.lateness_d is not None for row in some), _cell(some, lambda row: row.late_h, _HOURS),
                _cell(some, against, _TIMES), sum(row.findings or 0 for row in some),
            )
            for family, lines, some in _groups(rows, CONSTRAINTS)
        ),
    )  # fmt: skip


def _flat_table(rows: Sequence[Row]) -> str:
    names = (
        "family", "lines", "seeds", "limit s", "wall s", "rows", "columns", "peak MB", "seeds with a solution",
        "seeds solved to the end",
    )  # fmt: skip
    return _table(
        names,
        (
            (
                family, f"{lines:,}", len(some), f"{some[0].limit_s:.0f}", _cell(some, lambda row: row.wall_s, _WHOLE),
                _cell(some, lambda row: row.constraints, _WHOLE), _cell(some, lambda row: row.columns, _WHOLE),
                _cell(some, lambda row: row.peak_mb, _WHOLE), sum(row.lateness_d is not None for row in some),
                sum(row.note == "Optimal" for row in some),
            )
            for family, lines, some in _groups(rows, FLAT)
        ),
    )  # fmt: skip
