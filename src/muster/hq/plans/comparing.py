"""Two plans beside each other: what moved earlier or later, what came and went, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from muster.hq.plans.models import PlanLine


class Shift(StrEnum):
    """What became of a line."""

    LATER = "later"
    EARLIER = "earlier"
    ADDED = "added"
    LEFT_OUT = "left out"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Moved:
    """A line that is not the same in both plans.

    Attributes
    ----------
    days
        By how many days it ends later; negative is earlier, None where it is in one plan only.
    why
        What holds it in the later plan; empty where nobody may know, or nothing does.
    """

    shift: Shift
    nation: str
    key: str
    name: str
    before_d: float | None
    after_d: float | None
    days: float | None
    why: str


def compare(before: Iterable[PlanLine], after: Iterable[PlanLine], reasons: Mapping[str, str]) -> list[Moved]:
    """Lines that differ, those that moved most first.

    Parameters
    ----------
    reasons
        Why lines of the later plan are late or left out, by key.
    """
    old, new = {line.key: line for line in before}, {line.key: line for line in after}
    found = [
        moved
        for key in old.keys() | new.keys()
        if (moved := _moved(old.get(key), new.get(key), reasons.get(key, ""))) is not None
    ]
    return sorted(found, key=lambda moved: (-abs(moved.days or 0), moved.shift, moved.nation, moved.key))


def _moved(old: PlanLine | None, new: PlanLine | None, why: str) -> Moved | None:
    there = new or old
    assert there is not None
    before, after = None if old is None else old.end_d, None if new is None else new.end_d
    days = None if before is None or after is None else round(after - before, 2)
    if before is None and after is None:
        return None
    if before is None:
        shift = Shift.ADDED
    elif after is None:
        shift = Shift.LEFT_OUT
    elif days:
        shift = Shift.LATER if days > 0 else Shift.EARLIER
    elif old is not None and new is not None and (old.start_d, old.told) != (new.start_d, new.told):
        shift = Shift.OTHERWISE
    else:
        return None
    return Moved(shift, there.nation, there.key, there.name, before, after, days, why)
