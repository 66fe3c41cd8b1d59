"""What it would take to close by a day: what ``close_by.json`` holds, and how a terminal shows it."""

from collections.abc import Iterator
from typing import Any, Final

from muster.measures import days
from muster.movement.problem import Problem
from muster.movement.reinforcing.close_by import Answer, CloseBy
from muster.movement.reinforcing.reinforcement import MEASURES, Reinforcement, kind_of

NAMED: Final = 5
"""Lines that are named as too late."""


def units_in_words(problem: Problem, added: Reinforcement) -> str:
    """So many units of a resource or fleet, and what one is."""
    return f"{added.name} {added.units} × {MEASURES[kind_of(problem, added.name)].name}"


def show(problem: Problem, day: str, answer: CloseBy, *, are_assumed: bool) -> Iterator[str]:
    """The answer as lines of text: what was asked, what would do, what is proved.

    Parameters
    ----------
    day
        As it was asked.
    are_assumed
        Whether nobody said what anything costs.
    """
    label = problem.timeline.label
    yield f"The plan closes at {label(answer.closure_min)}; asked is {day}, {label(answer.by_min)}."
    if answer.answer is Answer.ALREADY:
        yield "Nothing need be added."
    elif answer.answer is Answer.IMPOSSIBLE:
        yield from _why_impossible(problem, answer)
    elif answer.answer is Answer.FOUND:
        yield from _found(problem, answer)
    else:
        yield "Nothing was found that is enough; that does not prove that there is nothing."
        if answer.result is not None:
            yield f"Nearest, {label(answer.result.score.closure_min)}, with:"
            yield from _list(problem, answer)
    if answer.requirement is not None and answer.requirement.cost is not None:
        yield from _proof(answer)
        if are_assumed:
            yield "Costs are assumed: 1 for one more unit of anything; give your own with --costs."


def _found(problem: Problem, answer: CloseBy) -> Iterator[str]:
    assert answer.result is not None
    closes = problem.timeline.label(answer.result.score.closure_min)
    yield f"Cheapest found, cost {answer.cost}; with it the force closes at {closes}:"
    yield from _list(problem, answer)
    if answer.is_minimal and not answer.is_cheapest:
        yield "Without any one of these units it does not close by then, planned with the same effort."
    elif not answer.is_minimal:
        yield "Stopped before it was known whether all of it is needed."


def _list(problem: Problem, answer: CloseBy) -> Iterator[str]:
    yield from (f"  {units_in_words(problem, each)}" for each in answer.added)
    if not answer.added:
        yield "  nothing added, planned again"


def _proof(answer: CloseBy) -> Iterator[str]:
    assert answer.requirement is not None
    if answer.is_cheapest:
        yield "Proved: nothing that costs less is enough."
    elif answer.requirement.cost:
        yield f"Proved: nothing that costs less than {answer.requirement.cost} is enough."
    else:
        yield "Nothing is proved to be necessary: the bound does not exclude the day as it is."


def _why_impossible(problem: Problem, answer: CloseBy) -> Iterator[str]:
    yield "Proved impossible, whatever is added of what can be had:"
    assert answer.requirement is not None
    label = problem.timeline.label
    late = sorted(answer.requirement.too_late, key=lambda line: -line[1])
    for uln, earliest_min in late[:NAMED]:
        ready = f"ready at {label(problem.line_of[uln].ready_min)}, then its way, permits and integration"
        yield f"  {uln} cannot close before {label(earliest_min)}, were it alone: {ready}."
    if len(late) > NAMED:
        yield f"  and {len(late) - NAMED} more lines."
    for name in answer.requirement.stuck:
        yield f"  {name} holds the force up, and no more of it can be had."


def as_document(problem: Problem, day: str, answer: CloseBy) -> dict[str, Any]:
    """The answer as it is written to ``close_by.json``; days are days after C-day."""
    needed = answer.requirement
    return {
        "day": day,
        "by_min": answer.by_min,
        "closure_d": round(days(answer.closure_min), 3),
        "answer": answer.answer,
        "added": [
            {"name": each.name, "units": each.units, "unit": MEASURES[kind_of(problem, each.name)].name}
            for each in answer.added
        ],
        "cost": answer.cost,
        "cost_bound": None if needed is None else needed.cost,
        "is_minimal": answer.is_minimal,
        "is_cheapest": answer.is_cheapest,
        "closure_with_it_d": None if answer.result is None else round(days(answer.result.score.closure_min), 3),
        "weighted_lateness_with_it_d": None
        if answer.result is None
        else round(days(answer.result.score.weighted_lateness_min), 3),
        "too_late": [] if needed is None else [{"uln": uln, "earliest_min": at} for uln, at in needed.too_late],
        "stuck": [] if needed is None else list(needed.stuck),
    }
