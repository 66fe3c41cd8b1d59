"""What constraint programming makes of a project in the same time: the baseline beside the planner."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from benchmarks.projects import Project, serial_length


@dataclass(frozen=True, slots=True)
class Schedule:
    """Makespan found, and the least that was proved; None where no schedule was found."""

    makespan: int | None
    bound: int


def schedule(project: Project, *, time_limit_s: float, workers: int = 2, seed: int = 1) -> Schedule:
    """Schedule a project by CP-SAT as it comes: one interval for each activity, one cumulative for each resource."""
    model = cp_model.CpModel()
    latest = serial_length(project)
    starts = [model.new_int_var(0, latest, f"start {number}") for number in range(len(project.activities))]
    makespan = model.new_int_var(project.longest_path, latest, "makespan")
    intervals: list[cp_model.IntervalVar] = []
    for start, activity in zip(starts, project.activities, strict=True):
        intervals.append(model.new_fixed_size_interval_var(start, activity.duration, f"interval {len(intervals)}"))
        model.add(makespan >= start + activity.duration)
        for ahead in activity.after:
            model.add(start >= starts[ahead] + project.activities[ahead].duration)
    for place, capacity in enumerate(project.capacity):
        model.add_cumulative(intervals, [activity.demand[place] for activity in project.activities], capacity)
    model.minimize(makespan)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = time_limit_s
    solver.parameters.random_seed = seed
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Schedule(round(solver.objective_value) if found else None, round(solver.best_objective_bound))
