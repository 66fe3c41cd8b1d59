"""What is recorded of a replan when one of its plans is chosen."""

import hashlib
from collections.abc import Sequence

from muster.exchange.replan_json import CurveRow, ReplanRecord
from muster.measures import Timeline, days
from muster.movement.checks import Finding
from muster.movement.plan import Score
from muster.movement.replan.curve import Point, Replanned


def record_of(
    replanned: Replanned, chosen: Point, facts: Sequence[Finding], timeline: Timeline, plan_json: bytes
) -> ReplanRecord:
    """What to record of a replan of which a point was chosen, beside the plan as it is written."""
    now_min, proved = replanned.history.now_min, replanned.bound
    return ReplanRecord(
        plan_sha256=hashlib.sha256(plan_json).hexdigest(),
        now_min=now_min,
        now=timeline.label(now_min),
        weighted_lateness_before_d=_days(replanned.before.weighted_lateness_min),
        closure_before_d=_days(replanned.before.closure_min),
        weighted_lateness_bound_d=None if proved is None else _days(proved.weighted_lateness_min),
        closure_bound_d=None if proved is None else _days(proved.closure_min),
        curve=tuple(_row(point, point.score, is_chosen=point is chosen) for point in replanned.points),
        changes=chosen.changes.lines,
        held_until_min=replanned.history.held_until_min,
        strains=chosen.strains,
        facts=tuple(f"{finding.rule}: {finding.message}" for finding in facts),
        stranded=chosen.stranded,
    )


def _row(point: Point, score: Score, *, is_chosen: bool) -> CurveRow:
    return CurveRow(
        legs_moved=point.changes.legs,
        lines_changed=len(point.changes.lines),
        assets_retasked=len(point.changes.assets),
        nations_affected=len(point.changes.nations),
        unmet_weight=score.unmet_weight,
        weighted_lateness_d=_days(score.weighted_lateness_min),
        closure_d=_days(score.closure_min),
        leg_price_h=None if point.is_firm else point.leg_price_min / 60,
        is_chosen=is_chosen,
    )


def _days(minutes: int) -> float:
    return round(days(minutes), 3)
