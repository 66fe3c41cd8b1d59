"""What a replan recorded beside its plan, as JSON: now, the curve, the changes, facts, and who stands on the way."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from muster.exchange.plan_json import UnreadableDocument
from muster.movement.plan import Move
from muster.movement.replan.changes import LineChange

FILE: Final = "replan.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveRow:
    """One point of the curve of lateness against change; days are days after C-day.

    Attributes
    ----------
    leg_price_h
        Hours of weighted lateness that a moved leg counted when it was found; None is more than any lateness.
    """

    legs_moved: int
    lines_changed: int
    assets_retasked: int
    nations_affected: int
    unmet_weight: int
    weighted_lateness_d: float
    closure_d: float
    leg_price_h: float | None
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanRecord:
    """What a replan recorded.

    Attributes
    ----------
    plan_sha256
        Of the ``plan.json`` that the replan wrote; a record beside another plan says nothing about it.
    now_min, now
        Until when the plan is what happened, in minutes after C-day and as people read it.
    weighted_lateness_before_d, closure_before_d
        What the plan in force was worth before the events.
    weighted_lateness_bound_d, closure_bound_d
        What no plan that goes on from what has happened and leaves no line behind can beat; None where nothing was
        proved.
    changes
        What the chosen plan changes, line by line.
    held_until_min
        Until when loads and assets are held where they are, in minutes after C-day.
    strains
        What had to give way to what has begun.
    facts
        Breaches by what had happened.
    stranded
        What lines that the plan leaves on the way have done.
    """

    plan_sha256: str
    now_min: int
    now: str
    weighted_lateness_before_d: float
    closure_before_d: float
    weighted_lateness_bound_d: float | None = None
    closure_bound_d: float | None = None
    curve: tuple[CurveRow, ...]
    changes: tuple[LineChange, ...]
    held_until_min: Mapping[str, int]
    strains: tuple[str, ...]
    facts: tuple[str, ...]
    stranded: tuple[Move, ...]


def encode(replan: ReplanRecord) -> bytes:
    """Record as indented JSON, ended by a line feed."""
    return msgspec.json.format(msgspec.json.encode(replan), indent=1) + b"\n"


def decode(document: bytes, plan_json: bytes, *, name: str = FILE) -> ReplanRecord | None:
    """Record from JSON; None where it is about another plan than the one beside it.

    Raises
    ------
    UnreadableDocument
        When the bytes are not JSON, or not a record of a replan.
    """
    try:
        found = msgspec.json.decode(document, type=ReplanRecord)
    except ValueError as error:
        raise UnreadableDocument(name, str(error)) from error
    return found if found.plan_sha256 == hashlib.sha256(plan_json).hexdigest() else None
