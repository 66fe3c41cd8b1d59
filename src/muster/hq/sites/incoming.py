"""The journal of another site as it comes in: believed as far as its signatures reach, and not an event further."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from muster.hq.records.body import SaltedBody
from muster.hq.records.chain import Tip, event_hash
from muster.hq.records.checkpoint import Checkpoint, signed_text
from muster.hq.records.event import Event
from muster.hq.records.hand_over import HANDED_OVER, NotHandedOver, next_key
from muster.hq.records.journal_file import Entry
from muster.hq.sites.bundle import BundleRefused


@dataclass(slots=True)
class Incoming:
    """Events of one site that are here by now verified, and those that follow.

    Attributes
    ----------
    tip
        The end of the chain that has been verified so far.
    key
        That signs at this end.
    """

    path: Path
    entries: Iterator[Entry | Checkpoint]
    tip: Tip
    key: Ed25519PublicKey
    checkpoints: dict[int, Checkpoint] = field(default_factory=dict)
    _waiting: deque[Entry] = field(default_factory=deque)

    def first(self) -> Entry | None:
        """The next event that is verified; None at the end of what was signed.

        Raises
        ------
        BundleRefused
            When what follows is not what the site signed.
        """
        while not self._waiting and self._read_to_checkpoint():
            pass
        return self._waiting[0] if self._waiting else None

    def take(self) -> Entry:
        """Take the next event."""
        return self._waiting.popleft()

    def _read_to_checkpoint(self) -> bool:
        """Verify events up to the next checkpoint; gives whether there was one. Events after the last are left."""
        read: list[Entry] = []
        tip = self.tip
        for entry in self.entries:
            if isinstance(entry, Checkpoint):
                self._verify(entry, tip, read)
                self.tip = tip
                self._waiting.extend(read)
                return True
            if entry.event.sequence <= tip.sequence:
                self._refuse_other_history(entry)
            else:
                tip = self._linked(tip, entry)
                read.append(entry)
        return False

    def _refuse_other_history(self, entry: Entry) -> None:
        """What was taken in before is passed over; at its end the site must say what it said then."""
        if entry.event.sequence == self.tip.sequence and entry.hash != self.tip.hash:
            self._refuse(entry.event, "is another event than the one that came under this number before")

    def _linked(self, tip: Tip, entry: Entry) -> Tip:
        event = entry.event
        if event.site != tip.site:
            self._refuse(event, f"stands in the journal of {tip.site}")
        if event.sequence != tip.sequence + 1:
            self._refuse(event, f"follows {tip.site}#{tip.sequence}; what stands between is missing")
        if entry.previous != tip.hash or entry.hash != event_hash(tip.hash, event):
            self._refuse(event, "does not continue the chain: it, or one before it, was altered")
        if tip.time is not None and event.time <= tip.time:
            self._refuse(event, "is not later than the event before")
        if isinstance(entry.content, SaltedBody) and entry.content.digest() != event.body_digest:
            self._refuse(event, "has another body than its header is the digest of")
        return Tip(event.site, event.sequence, event.time, entry.hash)

    def _verify(self, signed: Checkpoint, tip: Tip, read: list[Entry]) -> None:
        try:
            self.key.verify(signed.signature, signed_text(signed))
        except InvalidSignature:
            raise BundleRefused(
                self.path, f"has a checkpoint at {signed.place} that the key of {tip.site} did not sign",
                "ask the site whether its key was changed, and compare the fingerprint by telephone",
            ) from None  # fmt: skip
        if signed.sequence < tip.sequence or not read:
            return  # of events that were here before
        if (signed.site, signed.sequence, signed.hash) != (tip.site, tip.sequence, tip.hash):
            self._refuse(read[-1].event, "is not what the site signed")
        self.checkpoints[signed.sequence] = signed
        for entry in read:
            if entry.event.verb == HANDED_OVER:
                self._follow(entry)

    def _follow(self, entry: Entry) -> None:
        if not isinstance(entry.content, SaltedBody):
            self._refuse(entry.event, "hands the key over, and its body is not there")
            return
        try:
            self.key = next_key(entry.event.site, self.key, entry.content.body)
        except NotHandedOver as error:
            self._refuse(entry.event, f"hands no key over: {error}")

    def _refuse(self, event: Event, rule: str) -> None:
        raise BundleRefused(self.path, f"holds {event.place}, which {rule}", "ask the site for it again")
