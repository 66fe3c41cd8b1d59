"""The picture of a kept plan for one viewer: all of it for the headquarters, a nation's own part for a nation.

What a nation may not see is taken out of problem and plan before anything is worked out from them, so nothing that is
shown can depend on it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from muster.hq.board.symbols import is_known
from muster.hq.board.units import Unit, list_units
from muster.measures import MINUTES_PER_DAY
from muster.movement.deconflict.own_part import own_part
from muster.movement.plan import Plan
from muster.movement.problem import Problem
from muster.movement.reporting.report import LineStatus, Report, report
from muster.movement.reporting.usage import DailyLoad

FULL_SHARE: Final = 0.2
"""A place or fleet is warned of when it is full on at least this share of the days of the move."""


class LeftOut(StrEnum):
    """What a nation's picture does not hold."""

    LINES = "lines"
    """Lines of other nations, and what they load on places and ways."""
    ASSETS = "assets"
    """Lift that carries nothing of the nation, and empty trips."""
    CAUSES = "causes"
    """Why its units wait: it may be for others."""
    BOUND = "bound"
    """How far the plan of the force is from the best there can be."""


class WarningKind(StrEnum):
    """What the room is warned of."""

    UNMOVED = "unmoved"
    LATE = "late"
    FULL = "full"
    GATE = "gate"
    """A gate is closed; offers that wait for it do not count."""
    STALE = "stale"
    """Rows that it was made of changed since."""
    NO_SYMBOL = "no symbol"
    """Units stand as a plain frame, because their type is in no table of symbols, or they have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something that needs a decision.

    Attributes
    ----------
    subject
        ULN of a unit, a resource or fleet, a gate, or a type of unit.
    amount
        Days late, share of days on which it is full, people who stay, units, or rows.
    reason
        Why a unit stays; when a gate opens, where that is said.
    line
        ULN of the first line of a unit that is concerned.
    """

    kind: WarningKind
    subject: str
    name: str
    amount: float
    reason: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A plan as one viewer may look at it.

    Attributes
    ----------
    nation
        Whose part it is; None is the whole force.
    left_out
        What it does not hold; empty for the whole force.
    """

    nation: str | None
    report: Report
    units: tuple[Unit, ...]
    left_out: tuple[LeftOut, ...]


def picture(problem: Problem, plan: Plan, summary: Mapping[str, Any], *, nation: str | None) -> Picture:
    """Draw the picture of a plan.

    Parameters
    ----------
    summary
        Key figures of the run; they are of the whole force and are left out of a nation's picture.
    nation
        Whose part to show; None shows the whole force.
    """
    if nation is None:
        told = report(problem, plan, summary=summary)
        return Picture(nation=None, report=told, units=list_units(told), left_out=())
    told = report(*own_part(problem, plan, nation), summary={})
    told = replace(told, waits=(), chain=None, **_used_only(told))
    return Picture(nation=nation, report=told, units=list_units(told), left_out=tuple(LeftOut))


def _used_only(told: Report) -> dict[str, Any]:
    """Loads and bottlenecks of what the nation itself uses; waiting for them is left out."""
    used = {load.resource_id for load in told.loads if any(load.used)}
    return {
        "loads": tuple(load for load in told.loads if load.resource_id in used),
        "bottlenecks": tuple(
            replace(row, waiting_load_d=0.0, waiting_loads=0)
            for row in told.bottlenecks
            if row.resource_id in used
        ),
    }  # fmt: skip


def list_warnings(picture: Picture) -> tuple[Warned, ...]:
    """What needs a decision: units that stay, then those that are late, the latest first, then what is full.

    Last what the map cannot show: units without a symbol of their own.
    """
    reasons = {row.line.uln: row.reason for row in picture.report.lines}
    statuses = {row.line.uln: row.status for row in picture.report.lines}
    stay = [
        Warned(
            kind=WarningKind.UNMOVED,
            subject=unit.uln,
            name=unit.name,
            amount=unit.people,
            reason=next((reasons[uln] for uln in unit.lines if reasons[uln]), ""),
            line=_first_of(unit, statuses),
        )
        for unit in picture.units
        if unit.status is LineStatus.UNMOVED
    ]
    late = [
        Warned(
            kind=WarningKind.LATE,
            subject=unit.uln,
            name=unit.name,
            amount=unit.lateness_min / MINUTES_PER_DAY,
            line=_first_of(unit, statuses),
        )
        for unit in sorted(picture.units, key=lambda unit: (-unit.lateness_min, unit.uln))
        if unit.status is LineStatus.LATE
    ]
    full = [
        Warned(kind=WarningKind.FULL, subject=load.resource_id, name=title_of(load), amount=row.busy_share)
        for load, row in zip(picture.report.loads, picture.report.bottlenecks, strict=True)
        if row.busy_share >= FULL_SHARE
    ]
    return (*stay, *late, *full, *_without_symbol(picture))


def _first_of(unit: Unit, statuses: Mapping[str, LineStatus]) -> str:
    """The first line of a unit that fares as the unit does."""
    return next(uln for uln in unit.lines if statuses[uln] is unit.status)


def _without_symbol(picture: Picture) -> Iterator[Warned]:
    """Types that have no symbol, with how many units are of them; without a name, units that have no type."""
    plain = Counter(unit.unit_type or "" for unit in picture.units if not is_known(unit.unit_type))
    for unit_type, units in sorted(plain.items()):
        yield Warned(kind=WarningKind.NO_SYMBOL, subject=unit_type, name="", amount=units)


def title_of(load: DailyLoad) -> str:
    """What a resource or fleet is called: its own name, or that of its place."""
    return load.name if load.name != load.resource_id else load.resource_id
