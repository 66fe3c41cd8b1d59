"""What a deconfliction found and proposes, as JSON: all of it for the headquarters, its own part for each nation."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from muster.exchange.plan_json import UnreadableDocument
from muster.measures import days
from muster.movement.deconflict.agreeing import Agreement, Proposal
from muster.movement.deconflict.burden import Burden
from muster.movement.deconflict.clashes import Clash
from muster.movement.deconflict.conflicts import Collision, Conflict
from muster.movement.deconflict.view import NationView, OwnClash, SharedUse
from muster.movement.plan import Score
from muster.movement.problem import Problem
from muster.movement.replan.changes import LineChange
from muster.movement.score import score

FILE: Final = "deconfliction.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPlanRow:
    """One joint plan of the curve of lateness against change; days are days after C-day.

    Attributes
    ----------
    leg_price_h
        Hours of weighted lateness that a moved leg counted when it was found; None is more than any lateness.
    largest_share
        The largest part of its lines that any nation changes.
    """

    legs_moved: int
    lines_changed: int
    largest_share: float
    unmet_weight: int
    weighted_lateness_d: float
    closure_d: float
    leg_price_h: float | None
    is_proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeconflictionRecord:
    """What a deconfliction found and proposes.

    Attributes
    ----------
    plan_sha256
        Of the ``plan.json`` beside it.
    tables
        Files of each nation's plan, by nation.
    without_table
        Nations that have lines and gave no table.
    weighted_lateness_alone_d, closure_alone_d
        What the nations' plans would be worth if each were alone.
    conflicts_by_rule
        How many conflicts, by rule.
    own_faults
        What is wrong with a nation's plan by itself, by nation.
    """

    plan_sha256: str
    title: str
    case: str
    version: str
    seed: int
    tables: Mapping[str, tuple[str, ...]]
    without_table: tuple[str, ...]
    lines: int
    lines_in_conflict: int
    weighted_lateness_alone_d: float
    closure_alone_d: float
    conflicts_by_rule: Mapping[str, int]
    own_faults: Mapping[str, tuple[str, ...]]
    clashes: tuple[Clash, ...]
    conflicts: tuple[Conflict, ...]
    curve: tuple[JointPlanRow, ...]
    burdens: tuple[Burden, ...]
    changes: tuple[LineChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NationRecord:
    """What a nation may see of a deconfliction.

    Attributes
    ----------
    label
        Whose it is and to whom it may be released.
    clashes
        Places and fleets that it and others want too much.
    uses
        What it and all others together use of places in the joint plan.
    changes
        Its lines that change against its own plan.
    """

    label: str
    nation: str
    title: str
    case: str
    version: str
    burden: Burden
    own_faults: tuple[str, ...]
    clashes: tuple[OwnClash, ...]
    uses: tuple[SharedUse, ...]
    changes: tuple[LineChange, ...]


def record(
    problem: Problem,
    tables: Mapping[str, Sequence[str]],
    collision: Collision,
    found: Sequence[Clash],
    agreement: Agreement,
    proposed: Proposal,
    plan_json: bytes,
) -> DeconflictionRecord:
    """What to record, beside the joint plan as it is written."""
    alone = score(problem, collision.merged)
    return DeconflictionRecord(
        plan_sha256=hashlib.sha256(plan_json).hexdigest(),
        title=problem.title,
        case=problem.case,
        version=proposed.plan.version,
        seed=proposed.plan.seed,
        tables={nation: tuple(names) for nation, names in tables.items()},
        without_table=tuple(sorted({line.nation for line in problem.lines} - set(tables))),
        lines=len(problem.lines),
        lines_in_conflict=len(collision.ulns),
        weighted_lateness_alone_d=_days(alone.weighted_lateness_min),
        closure_alone_d=_days(alone.closure_min),
        conflicts_by_rule=dict(Counter(conflict.rule for conflict in collision.conflicts)),
        own_faults={
            nation: tuple(f"{finding.rule}: {finding.message}" for finding in findings)
            for nation, findings in collision.own_faults.items()
        },
        clashes=tuple(found),
        conflicts=collision.conflicts,
        curve=tuple(_row(each, each.score, is_proposed=each is proposed) for each in agreement.proposals),
        burdens=proposed.burdens,
        changes=proposed.changes.lines,
    )


def nation_record(view: NationView) -> NationRecord:
    """What to record for a nation."""
    return NationRecord(
        label=str(view.label),
        nation=view.nation,
        title=view.problem.title,
        case=view.problem.case,
        version=view.after.version,
        burden=view.burden,
        own_faults=view.own_faults,
        clashes=view.clashes,
        uses=view.uses,
        changes=view.changes,
    )


def encode(document: DeconflictionRecord | NationRecord) -> bytes:
    """Record as indented JSON, ended by a line feed."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def decode(document: bytes, *, name: str = FILE) -> DeconflictionRecord:
    """Record from JSON.

    Raises
    ------
    UnreadableDocument
        When the bytes are not JSON, or not a record of a deconfliction.
    """
    try:
        return msgspec.json.decode(document, type=DeconflictionRecord)
    except ValueError as error:
        raise UnreadableDocument(name, str(error)) from error


def _row(proposal: Proposal, worth: Score, *, is_proposed: bool) -> JointPlanRow:
    return JointPlanRow(
        legs_moved=proposal.changes.legs,
        lines_changed=len(proposal.changes.lines),
        largest_share=round(proposal.largest_share, 3),
        unmet_weight=worth.unmet_weight,
        weighted_lateness_d=_days(worth.weighted_lateness_min),
        closure_d=_days(worth.closure_min),
        leg_price_h=None if proposal.is_firm else proposal.leg_price_min / 60,
        is_proposed=is_proposed,
    )


def _days(minutes: int) -> float:
    return round(days(minutes), 3)
