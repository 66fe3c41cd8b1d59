"""What gives way to what has begun.

Windows of lines that came apart, lines for which one that has set out was to wait, and staging areas where too many
stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from muster.movement.checks.facts import gather
from muster.movement.checks.finding import duration
from muster.movement.checks.places import STAGING_KINDS, list_uses
from muster.movement.plan import Move, Plan
from muster.movement.problem import Line, Problem, Resource
from muster.movement.replan.calendars import widest


def strained(
    problem: Problem, begun: frozenset[str], plan: Plan, now_min: int, *, has_made_room: bool
) -> tuple[Problem, tuple[str, ...]]:
    """The problem with what had to give way as wide as a plan needs it, and that in words.

    Parameters
    ----------
    begun
        Lines that have begun; only theirs are the windows that may give way.
    has_made_room
        Whether any staging area was made larger for what stands there.
    """
    moves = {move.load_id: move for move in plan.moves}
    lines, words = list[Line](), list[str]()
    for line in problem.lines:
        own = [moves[name] for name in line.loads if name in moves] if line.uln in begun else []
        wide = replace(_wide(problem, line, own), after=_closed_before(problem, line, moves)) if own else line
        lines.append(wide)
        words += _told(line, wide)
    problem = replace(problem, lines=tuple(lines))
    if has_made_room:
        larger = {resource.resource_id: resource for resource in _larger(problem, plan, now_min)}
        words += (
            f"{resource.place} holds more than its {resource.kind} have room for, because what has begun stands there."
            for resource in larger.values()
        )
        problem = replace(problem, resources=tuple(larger.get(r.resource_id, r) for r in problem.resources))
    return problem, tuple(words)


def _wide(problem: Problem, line: Line, moves: Sequence[Move]) -> Line:
    """A line with its windows as wide as its loads came apart, if they did."""
    reached_min = [move.steps[-1].end_min if move.steps else line.ready_min for move in moves]
    cuts = [(move, problem.itinerary_of[move.itinerary_id].staged_after) for move in moves]
    staged_min = [move.steps[cut - 1].end_min if cut else line.ready_min for move, cut in cuts if cut is not None]
    joined_min = max(staged_min) - min(staged_min) if staged_min and line.staging is not None else 0
    return replace(
        line,
        join_window_min=max(line.join_window_min, joined_min),
        cohesion_window_min=max(line.cohesion_window_min, max(reached_min) - min(reached_min)),
    )


def _closed_before(problem: Problem, line: Line, moves: Mapping[str, Move]) -> tuple[str, ...]:
    """The lines for which a line was to wait that did close before any of it set out."""
    begins = (moves[name].steps for name in line.loads if name in moves)
    start_min = min((steps[0].start_min for steps in begins if steps), default=problem.horizon_min)
    kept = []
    for uln in line.after:
        own = [moves.get(name) for name in problem.line_of[uln].loads]
        if all(move is not None and (not move.steps or move.steps[-1].end_min <= start_min) for move in own):
            kept.append(uln)
    return tuple(kept)


def _told(line: Line, wide: Line) -> Iterator[str]:
    windows = (
        ("joins", line.join_window_min, wide.join_window_min),
        ("arrives", line.cohesion_window_min, wide.cohesion_window_min),
    )
    for does, planned_min, needed_min in windows:
        if needed_min > planned_min:
            yield f"{line.uln} {does} over {duration(needed_min)} instead of {duration(planned_min)}."
    yield from (f"{line.uln} has set out before {uln} closes." for uln in line.after if uln not in wide.after)


def _larger(problem: Problem, plan: Plan, now_min: int) -> Iterator[Resource]:
    """Staging areas as large as a plan needs them, where it needs more than they have."""
    for resource, uses in list_uses(gather(problem, plan)):
        if resource.kind in STAGING_KINDS:
            wide = widest(resource, now_min, uses)
            if wide != resource:
                yield wide
