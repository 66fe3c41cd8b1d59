"""Which findings about a plan are facts: breaches by what has happened, that no plan can undo."""

from collections.abc import Iterable, Sequence

from muster.movement.checks import Finding
from muster.movement.replan.history import History


def split(findings: Iterable[Finding], history: History) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings about what is still to come, and those that are facts."""
    rides = {(load_id, step.leg_id) for load_id, steps in history.steps.items() for step in steps}
    sailed = {(v.leg_id, v.departure_min) for voyages in history.voyages.values() for v in voyages}
    open_, facts = list[Finding](), list[Finding]()
    for finding in findings:
        has_happened = (
            (finding.minute is not None and finding.minute < history.now_min)
            or (finding.subject, finding.leg) in rides
            or (finding.rule == "priority_order" and (finding.leg, finding.minute) in sailed)
            or (finding.rule == "priority_order" and _was_held(finding, history))
            or _is_of_voyage(finding, history)
        )
        (facts if has_happened else open_).append(finding)
    return tuple(open_), tuple(facts)


def _was_held(finding: Finding, history: History) -> bool:
    """Whether the load could not have gone at that minute, because it is held."""
    return finding.minute is not None and finding.minute < history.held_until_min.get(finding.subject, 0)


def _is_of_voyage(finding: Finding, history: History) -> bool:
    voyages: Sequence[object] = history.voyages.get(finding.subject, ())
    return finding.minute is not None and any(
        voyage.load_start_min <= finding.minute <= voyage.unload_end_min  # type: ignore[attr-defined]
        for voyage in voyages
    )
