"""Projects of the literature: read in both formats, and planned as deployments."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.project_baseline import schedule
from benchmarks.projects import Activity, Project, UnreadableProject, made_up_project, read_project
from benchmarks.projects_as_moves import UNIT_MIN, as_problem
from benchmarks.rcpsp import Row, families, read_best_known, table
from muster.movement.checks import check
from muster.movement.formulation import bound
from muster.movement.solve import solve

PSPLIB = """\
************************************************************************
jobs (incl. supersource/sink ):  6
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           6
   5        1          1           6
   6        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    1
  3      1     4       3    0
  4      1     2       2    2
  5      1     3       1    3
  6      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    5    4
************************************************************************
"""
PATTERSON = """\
6 2
5 4
0 0 0 2 2 3
3 2 1 1 4
4 3 0 1 5
2 2 2 1 6
3 1 3 1 6
0 0 0 0
"""
QUAY = Project(
    name="quay",
    capacity=(5, 4),
    activities=(
        Activity(duration=3, demand=(2, 1), after=()),
        Activity(duration=4, demand=(3, 0), after=()),
        Activity(duration=2, demand=(2, 2), after=(0,)),
        Activity(duration=3, demand=(1, 3), after=(1,)),
    ),
)
"""Two crews load side by side; the last two jobs are both too many for the second party, so one waits: 8, not 7."""


@pytest.mark.parametrize(("name", "text"), [("quay.sm", PSPLIB), ("quay.rcp", PATTERSON)])
def test_a_project_is_read_from_either_format(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_project(tmp_path / name) == replace(QUAY, name=name)
    assert list(families([tmp_path], "*", 5)) == [(tmp_path.name, replace(QUAY, name=name))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cut.rcp", PATTERSON[:40]),
        ("cut.sm", PSPLIB.partition("RESOURCE")[0]),
        ("ring.rcp", "2 1\n1\n1 1 1 2\n1 1 1 1\n"),
        ("large.rcp", "1 1\n1\n1 2 0\n"),
    ],
)
def test_a_file_that_is_no_project_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableProject, match=f'Project "{name}" cannot be read'):
        read_project(tmp_path / name)


def test_the_plan_of_a_project_is_its_best_schedule() -> None:
    problem = as_problem(QUAY)
    result = solve(problem, with_bound=False, iteration_limit=200)
    assert check(problem, result.plan) == ()
    assert (result.score.weighted_lateness_min, result.score.closure_min) == (0, 8 * UNIT_MIN)
    assert QUAY.longest_path * UNIT_MIN <= bound(problem, time_limit_s=2.0).closure_min <= 8 * UNIT_MIN


@pytest.mark.parametrize("seed", range(4))
def test_small_projects_are_planned_as_well_as_constraint_programming_schedules_them(seed: int) -> None:
    project = made_up_project(seed, count=10)
    problem = as_problem(project)
    best = schedule(project, time_limit_s=10.0)
    assert best.makespan == best.bound
    result = solve(problem, with_bound=False, iteration_limit=2_000)
    assert check(problem, result.plan) == ()
    assert result.score.closure_min == best.makespan * UNIT_MIN
    assert bound(problem, time_limit_s=1.0).closure_min <= best.makespan * UNIT_MIN


def test_a_family_is_summed_up_in_one_row(tmp_path: Path) -> None:
    (tmp_path / "best.csv").write_text("instance,best_known\nquay.sm,8\nother,7..9\n", encoding="utf-8")
    assert read_best_known(tmp_path / "best.csv") == {"quay.sm": 8, "other": 9}
    row = Row(family="quays", name="quay.sm", activities=4, makespan=10, bound=7, longest_path=7, best_known=8,
              baseline=8, baseline_bound=8, solve_s=1.25, steps=2_000, findings=0)  # fmt: skip
    cells = table([row, replace(row, makespan=8, bound=8)]).splitlines()[-1].split(" | ")
    assert cells == [
        "| quays", "2", "1.2", "2,000", "12.50%", "25.0%", "50%", "28.6%", "14.3%", "6.2%", "50%", "0.00%", "100%",
        "0.0%", "0 |",
    ]  # fmt: skip
