"""What a thing is after all writes to it that a site knows: the same for any order in which they arrived.

A write has *seen* another where the other was in the journal at its site when it was made. Of the writes to one field
the latest stands, by hybrid time and then by site. A write that was passed over by another that had not seen it is a
*conflict*, with both values, until somebody who had seen both writes the field again. Nothing is left out silently.

Hybrid clocks and version vectors: C. Fidge, "Timestamps in message-passing systems that preserve the partial ordering",
1988; S. S. Kulkarni and others, "Logical Physical Clocks", OPODIS 2014.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muster.hq.records.canonical import Json
from muster.hq.records.clock import HybridTime


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: its site, and which of that site's events it is."""

    site: str
    sequence: int

    def __str__(self) -> str:
        """Give ``KYI#101``."""
        return f"{self.site}#{self.sequence}"


@dataclass(frozen=True, slots=True)
class Write:
    """One field of a thing, set by an event.

    Attributes
    ----------
    seen
        Last sequence of each other site that the writer had; sites of which it had nothing are left out.
    """

    field: str
    value: Json
    time: HybridTime
    place: Place
    seen: Mapping[str, int]

    @property
    def order(self) -> tuple[HybridTime, str, int]:
        """What writes are compared by; no two are equal."""
        return self.time, self.place.site, self.place.sequence

    def has_seen(self, other: "Write") -> bool:
        """Whether the other was there, at the site of this one, when this one was made; never of itself."""
        if other.place.site == self.place.site:
            return other.place.sequence < self.place.sequence
        return self.seen.get(other.place.site, 0) >= other.place.sequence


@dataclass(frozen=True, slots=True)
class Conflict:
    """A write that was passed over by one that had not seen it.

    Attributes
    ----------
    passed_over, standing
        The write that is not shown, and the first after it that had not seen it and says something else.
    settled_by
        The first write of the field after both that had seen both; None while the conflict is open.
    """

    passed_over: Write
    standing: Write
    settled_by: Write | None

    @property
    def field(self) -> str:
        """The field that both wrote."""
        return self.passed_over.field


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of all writes.

    Attributes
    ----------
    values
        Of each field, what the latest write says.
    conflicts
        In the order of the writes that were passed over.
    """

    values: Mapping[str, Json]
    conflicts: tuple[Conflict, ...]


def merge(writes: Iterable[Write]) -> Merged:
    """Work out what stands, and what was passed over, from writes in any order; the same write twice counts once.

    Examples
    --------
    >>> def write(value, site, wall_ms, seen):
    ...     return Write("size", value, HybridTime(wall_ms, 0), Place(site, 1), seen)
    >>> merged = merge([write("company", "PAR", 5, {}), write("battalion", "KYI", 9, {})])
    >>> merged.values, [(each.passed_over.value, each.settled_by) for each in merged.conflicts]
    ({'size': 'battalion'}, [('company', None)])
    """
    of_field: dict[str, dict[Place, Write]] = {}
    for write in writes:
        of_field.setdefault(write.field, {})[write.place] = write
    in_order = [sorted(found.values(), key=lambda write: write.order) for _, found in sorted(of_field.items())]
    conflicts = [found for each in in_order for found in _conflicts(each)]
    return Merged(
        {each[-1].field: each[-1].value for each in in_order},
        tuple(sorted(conflicts, key=lambda found: found.passed_over.order)),
    )


def _conflicts(writes: list[Write]) -> Iterable[Conflict]:
    """Conflicts of one field.

    Parameters
    ----------
    writes
        All of the field, the first first.
    """
    for number, write in enumerate(writes):
        later = writes[number + 1 :]
        others = (after for after in later if not after.has_seen(write) and after.value != write.value)
        standing = next(others, None)
        if standing is not None:
            settled = (
                after
                for after in later
                if after.order > standing.order and after.has_seen(write) and after.has_seen(standing)
            )
            yield Conflict(write, standing, next(settled, None))
