"""The measure itself: what is run, what is not run twice, and what the page says of made-up results."""

from dataclasses import replace

import pytest

from benchmarks.frontier import Run, is_measured, runs
from benchmarks.frontier_page import curves, page
from benchmarks.frontier_rows import CONSTRAINTS, PLANNER, Row, problem_hash
from benchmarks.generator import generate

ROW = Row(
    method=PLANNER, family="series", lines=50, loads=220, seed=1, limit_s=20.0, problem_hash="", wall_s=21.0,
    peak_mb=700.0, load=1.5, weight=240, lateness_d=50.0, bound_d=40.0, closure_d=20.0, closure_bound_d=19.0,
    greedy_d=100.0, flow_d=1_000.0, first_plan_s=0.2, check_s=0.1, steps=10, unmoved=0, findings=0,
)  # fmt: skip


def test_gaps_are_told_as_share_as_hours_and_of_flow_time() -> None:
    assert (ROW.gap, ROW.closure_gap, ROW.late_h, ROW.unproved_h, ROW.unproved_flow, ROW.to_greedy) == pytest.approx(
        (0.2, 0.05, 5.0, 1.0, 0.01, 0.5)
    )


def test_nothing_found_has_no_figures() -> None:
    nothing = replace(ROW, lateness_d=None, closure_d=None)
    assert (nothing.gap, nothing.closure_gap, nothing.late_h, nothing.unproved_h) == (None, None, None, None)


def test_ten_seeds_up_to_2000_lines_and_two_of_10000() -> None:
    seeds = {
        lines: len({run.seed for run in runs([lines], None) if run.method == PLANNER})
        for lines in (12, 50, 200, 2_000, 10_000)
    }
    assert seeds == {12: 3, 50: 10, 200: 10, 2_000: 10, 10_000: 2}


def test_a_result_counts_for_its_own_problem_and_no_other() -> None:
    run = Run(PLANNER, "series", 50, 1, 20.0)
    own = replace(ROW, problem_hash=problem_hash(generate(50, family="series", seed=1)))
    assert is_measured(run, [own])
    assert not is_measured(run, [replace(own, problem_hash="of another generator")])
    assert not is_measured(run, [replace(own, limit_s=10.0)])


def test_the_page_tells_median_and_worst_and_the_ratio_to_cp_sat() -> None:
    worse = replace(ROW, seed=2, lateness_d=80.0)
    constraints = replace(ROW, method=CONSTRAINTS, lateness_d=100.0, columns=10, constraints=20)
    text = page([ROW, worse, constraints], "python -m benchmarks.frontier")
    assert "| series | 50 | 2 | 20 | 21 (21) | 0.2 (0.2) | 0.1 (0.1) | 700 (700) | 35.0% (50.0%) |" in text
    assert "| series | 50 | 1 | 20 | 10 (10) | 20 (20) | 700 (700) | 1 | 10.0 (10.0) | 0.50 (0.50) | 0 |" in text


def test_curves_have_a_line_for_each_family() -> None:
    drawn = curves([ROW, replace(ROW, lines=2_000), replace(ROW, family="dominant")])
    assert (drawn.count("series"), drawn.count("dominant"), drawn.count("<g ")) == (3, 3, 3)
