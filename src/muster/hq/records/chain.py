"""Sealing: events are chained in batches, each to the one before, so that none can be changed, dropped or put in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from muster.hq.records.canonical import canonical_json
from muster.hq.records.clock import HybridTime
from muster.hq.records.event import DIGEST_BYTES, Event

START_HASH: Final = bytes(DIGEST_BYTES)
"""Stands for the hash before the first event."""
_DOMAIN: Final = b"muster/records/event/1\n"
"""Begins what is hashed for an event, so that its hash is never one of anything else."""


class SealRefused(ValueError):
    """Events that do not continue the chain."""

    def __init__(self, place: str, rule: str, remedy: str) -> None:
        super().__init__(f"Event {place} {rule}; {remedy}.")
        self.place, self.rule = place, rule


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a chain so far.

    Attributes
    ----------
    sequence
        Of the last event in the chain; 0 before the first.
    time
        Of the last event; None before the first.
    hash
        Of the last event, 32 bytes; :data:`START_HASH` before the first.
    """

    site: str
    sequence: int
    time: HybridTime | None
    hash: bytes

    @classmethod
    def start(cls, site: str) -> Self:
        """The chain of a site before its first event."""
        return cls(site, 0, None, START_HASH)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Events that continue a chain, and their hashes, which are always worked out here and never given.

    Attributes
    ----------
    before
        The end of the chain before these events.
    hashes
        Of each event, in order.
    """

    before: Tip
    events: tuple[Event, ...]
    hashes: tuple[bytes, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Refuse events that do not continue the chain, and chain them."""
        tip = self.before
        if not self.events:
            raise SealRefused(f"{tip.site}#{tip.sequence + 1}", "is not there yet", "seal when there is an event")
        hashes = []
        for event in self.events:
            _refuse_break(tip, event)
            tip = Tip(event.site, event.sequence, event.time, event_hash(tip.hash, event))
            hashes.append(tip.hash)
        object.__setattr__(self, "hashes", tuple(hashes))

    @property
    def tip(self) -> Tip:
        """The end of the chain with these events."""
        last = self.events[-1]
        return Tip(last.site, last.sequence, last.time, self.hashes[-1])


def seal(before: Tip, events: Sequence[Event]) -> Sealed:
    """Chain a batch of events to those before.

    Parameters
    ----------
    before
        The end of the chain before these events.
    events
        One event at least, of the same site, in order and without gaps.

    Raises
    ------
    SealRefused
        When there is no event, or one is of another site, out of sequence, or not later than the one before.
    """
    return Sealed(before, tuple(events))


def event_hash(previous: bytes, event: Event) -> bytes:
    """SHA-256 of the domain, the hash before, and the JSON text of the header; 32 bytes."""
    return sha256(_DOMAIN + previous + canonical_json(event.to_json())).digest()


def _refuse_break(tip: Tip, event: Event) -> None:
    if event.site != tip.site:
        raise SealRefused(event.place, f"is of another site than the chain of {tip.site}", "seal each site by itself")
    if event.sequence != tip.sequence + 1:
        raise SealRefused(event.place, f"does not follow {tip.site}#{tip.sequence}", "seal in order, without gaps")
    if tip.time is not None and event.time <= tip.time:
        raise SealRefused(
            event.place, f"is at {event.time}, not later than the event before", "give sequence and time under one lock"
        )
