"""A conflict in words: what is wanted too much, when, by how much, by whom, and what would have to give way."""

from collections.abc import Sequence

from muster.movement.checks import Finding
from muster.movement.checks.finding import duration, listed
from muster.movement.deconflict.contest import Share
from muster.movement.problem import Problem, ResourceKind


def tell(problem: Problem, finding: Finding, span_min: tuple[int, int], shares: Sequence[Share]) -> str:
    """A conflict in one or two sentences.

    Parameters
    ----------
    span_min
        From when until when it lasts.
    """
    label = problem.timeline.label
    when = f"from {label(span_min[0])} to {label(span_min[1])}"
    whose = " and ".join(f"{share.nation} ({listed(share.ulns)})" for share in shares)
    if finding.subject in problem.resource_of:
        return _of_place(problem, finding, when, shares)
    if finding.rule == "asset_daily_limit":
        over = duration(finding.amount or 0)
        return (
            f"The crew of {finding.subject} would travel {over} too long {when}: {whose}. One of the voyages gives way."
        )
    if finding.subject in problem.asset_of:
        fleet = problem.asset_of[finding.subject].fleet_id
        return (
            f"{finding.subject} is promised to {whose} {when}, and no other asset of {fleet} is free. "
            "One of the voyages gives way."
        )
    if finding.rule == "priority_order":
        waits = "" if finding.amount is None else f" {duration(finding.amount)}"
        return (
            f"{finding.subject} waits{waits} at {finding.place} while the less urgent leave in its place: {whose}. "
            "The less urgent give way."
        )
    return finding.message


def _of_place(problem: Problem, finding: Finding, when: str, shares: Sequence[Share]) -> str:
    resource, over, limit = problem.resource_of[finding.subject], finding.amount or 0, finding.limit or 0
    wants = "; ".join(
        f"{share.nation} wants {share.amount} ({listed(share.ulns)}) and would give {share.to_give}" for share in shares
    )
    kind = f"{resource.kind} in hundredths" if resource.kind is ResourceKind.MOG else resource.kind
    return f"{resource.place}, {kind}: {over + limit} wanted {when}, {over} over {limit}. {wants}."
