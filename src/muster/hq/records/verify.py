"""Verifying a journal from its file and a trusted public key alone.

The hashes are derived again from the encoding in ``docs/formulation/records.md``. Nothing is shared with the code that
seals and writes: a mistake made there is found here and not repeated.

An event is placed by the chain where the chain holds, by the sequence that it gives where it does not. Each event is
judged against the hash before it that it names itself, so that one change gives one finding, at its own place.
"""

import gzip
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from muster.hq.records.findings import Finding, Verified
from muster.hq.records.verify_keys import Keys
from muster.hq.records.verify_lines import (
    PURGED,
    WITHHELD,
    CheckpointLine,
    Content,
    EventLine,
    Header,
    Mark,
    Unreadable,
    has_one_spelling,
    is_of_checkpoint,
    is_of_event,
    read_checkpoint,
    read_event,
    read_head,
)

_FORMAT: Final = "muster-records/1"
_EVENT_DOMAIN: Final = b"muster/records/event/1\n"
_CHECKPOINT_DOMAIN: Final = b"muster/records/checkpoint/1\n"
_START: Final = "0" * 64
_LONGEST_LINE: Final = 2**26
"""Bytes of a line that are read at once; a longer one is no line of ours, and memory is not filled with it."""


class NoJournal(ValueError):
    """A file that cannot be verified, because it is no journal or not a whole one."""

    def __init__(self, path: Path, rule: str, remedy: str) -> None:
        super().__init__(f"File {path} {rule}; {remedy}.")
        self.path, self.rule = path, rule


def verify_journal(path: Path, key: Ed25519PublicKey) -> Verified:
    """Verify a journal, line by line; memory grows with findings and absent bodies, not with events.

    Parameters
    ----------
    key
        Public key of the site, from a source other than the file.

    Raises
    ------
    NoJournal
        When the file is not gzip, is cut off, or does not begin as a journal.
    OSError
        When the file cannot be read.
    """
    try:
        with gzip.open(path, "rb") as stream:
            lines = _lines(stream)
            walk = _Walk(path, next(lines, b""), key)
            for number, line in enumerate(lines, 2):
                walk.take(number, line)
            return walk.end()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NoJournal(path, f"is not whole gzip ({error})", "fetch it again") from None


def _lines(stream: gzip.GzipFile) -> Iterator[bytes]:
    return iter(lambda: stream.readline(_LONGEST_LINE), b"")


class _Walk:
    """The walk along a journal: what has been seen, and what was wrong."""

    def __init__(self, path: Path, line: bytes, key: Ed25519PublicKey) -> None:
        try:
            head = read_head(line)
        except Unreadable as error:
            raise NoJournal(path, f"does not begin as a journal ({error})", "give a file made by an export") from None
        if head.format != _FORMAT:
            raise NoJournal(
                path, f'is of format "{head.format}", not {_FORMAT}', "verify it with the Muster of its time"
            )
        self.site, self.keys = head.site, Keys(head.site, key)
        self.findings: list[Finding] = []
        self.events = self.last = self.sealed_to = 0
        self.tip = frozenset({_START})  # hash of the last event, stated and derived: two where it is altered
        self.time = self.sealed_hash = self.sealed_at = ""
        self.absent: dict[str, list[int]] = {WITHHELD: [], PURGED: []}
        self.missing: list[range] = []
        self.unread: list[tuple[int, str]] = []
        self.unread_events = self.checkpoints = 0
        own = sha256(key.public_bytes_raw()).hexdigest()
        if head.public_key_sha256 != own:
            message = f"The journal of {self.site} is said to be signed with key {head.public_key_sha256}, not {own}."
            self.findings.append(Finding("key", self.site, message, 1))

    def take(self, number: int, line: bytes) -> None:
        """Judge the next line."""
        of_checkpoint = is_of_checkpoint(line)
        try:
            if of_checkpoint:
                self._checkpoint(number, *read_checkpoint(line))
            else:
                self._event(number, *read_event(line))
        except Unreadable as error:
            if of_checkpoint:
                self.checkpoints += 1
                self._find("readable", self.last, number, f"has a checkpoint that cannot be read: {error}")
            else:
                self.unread.append((number, str(error)))
                self.unread_events += is_of_event(line)

    def end(self) -> Verified:
        """What came of it."""
        self.last += self._place_unread(self.last + 1 + self.unread_events)
        if self.events and not self.checkpoints:
            self._find("signature", self.last, 1, "and the events before are under no checkpoint, so nothing is proved")
        return Verified(
            self.site, self.events, self.last, tuple(self.absent[WITHHELD]), tuple(self.absent[PURGED]),
            self.sealed_to, self.sealed_hash, self.sealed_at, tuple(self.keys.taken),
            tuple(sorted(self.findings, key=lambda finding: finding.line)),
        )  # fmt: skip

    def _event(self, number: int, event: EventLine, header: Header, content: Content | str) -> None:
        """Judge an event by itself, then where it stands."""
        self.events += 1
        is_linked = event.previous in self.tip
        position = self.last + 1 if is_linked else header.sequence
        taken = self._place_unread(position)
        derived = sha256(_EVENT_DOMAIN + bytes.fromhex(event.previous) + bytes(event.header)).hexdigest()
        if derived != event.hash:
            self._find("header", position, number, "is altered: its header and the hash before do not give its hash")
        if header.site != self.site:
            self._find("site", position, number, f"says it is of site {header.site}, in the journal of {self.site}")
        if header.sequence != position:
            self._find(
                "sequence", position, number, f"says it is {header.sequence}, and follows {self._name(self.last)}"
            )
        has_own_body = self._content(number, position, header, content)
        if position <= self.last:
            self._out_of_order(number, position)
            return
        if not is_linked:
            self.keys.forget()
            self._not_linked(number, position, taken)
        if derived == event.hash:
            self._key(number, position, header, content if has_own_body else None)
            if header.time <= self.time:
                self._find(
                    "time", position, number, f"is at {header.time}, not later than {self.time} of one before it"
                )
            self.time = max(self.time, header.time)
        self.last, self.tip = position, frozenset({event.hash, derived})

    def _content(self, number: int, position: int, header: Header, content: Content | str) -> bool:
        """Judge a body; gives whether it is what its header says, or is not there."""
        if isinstance(content, str):
            self.absent[content].append(position)
        elif sha256(bytes.fromhex(content.salt) + bytes(content.body)).hexdigest() != header.body_digest:
            self._find("body", position, number, "has another body or salt than its header is the digest of")
            return False
        elif not has_one_spelling(bytes(content.body)):
            self._find("body", position, number, "has a body that is not canonical JSON, though its digest is right")
            return False
        return True

    def _key(self, number: int, position: int, header: Header, content: Content | str | None) -> None:
        """Hear of another key; an event whose body is another has its finding already."""
        if content is not None and (wrong := self.keys.hear(position, header, content)) is not None:
            self._find("key", position, number, wrong)

    def _out_of_order(self, number: int, position: int) -> None:
        if any(position in gap for gap in self.missing):
            self._find("sequence", position, number, f"stands after {self._name(self.last)}")
        else:
            self._find("sequence", position, number, "is there more than once")

    def _not_linked(self, number: int, position: int, taken: int) -> None:
        """What stands between the last event and one that does not name its hash."""
        first = self.last + 1 + taken
        if first < position:
            self._gap(number, range(first, position), f"before {self._name(position)}")
        elif not taken and self.tip:
            self._find("chain", position, number, "does not continue the chain: it names another hash before it")

    def _gap(self, number: int, gap: range, where: str) -> None:
        self.missing.append(gap)
        what = f"to {self._name(gap[-1])} are missing" if len(gap) > 1 else "is missing"
        self._find("sequence", gap[0], number, f"{what} {where}")

    def _checkpoint(self, number: int, line: CheckpointLine, mark: Mark) -> None:
        """Judge a checkpoint: whether the site signed it, and whether what it signed is what stands here."""
        self.checkpoints += 1
        try:
            self.keys.current.verify(bytes.fromhex(line.signature), _CHECKPOINT_DOMAIN + bytes(line.checkpoint))
        except InvalidSignature:
            what = "whose signature is not of this key" if line.signature else "without a signature"
            self._find("signature", self.last, number, f"has a checkpoint {what}")
            return
        if mark.site != self.site:
            self._find("site", self.last, number, f"has a checkpoint of site {mark.site}")
            return
        if mark.sequence < self.last:
            self._find("checkpoint", mark.sequence, number, f"has its checkpoint after {self._name(self.last)}")
            return
        first = self.last + 1 + self._place_unread(mark.sequence + 1)
        if first <= mark.sequence:
            self.keys.forget()
            self._gap(number, range(first, mark.sequence + 1), "before its checkpoint")
        elif mark.sequence == self.last and mark.hash not in self.tip:
            self._find(
                "checkpoint", mark.sequence, number,
                f"is not what was signed: it, or an event since {self._name(self.sealed_to + 1)}, is another",
            )  # fmt: skip
            return
        self.keys.signed_through(mark.sequence)
        known = self.tip if mark.sequence == self.last else frozenset()
        self.last, self.tip = mark.sequence, known | {mark.hash}
        self.sealed_to, self.sealed_hash, self.sealed_at = mark.sequence, mark.hash, mark.sealed_at

    def _place_unread(self, position: int) -> int:
        """Place the lines that could not be read before an event; gives how many sequences they account for."""
        room = max(position - self.last - 1, 0)
        for index, (number, why) in enumerate(self.unread):
            if room:
                self._find("readable", self.last + 1 + min(index, room - 1), number, f"cannot be read: {why}")
            else:
                self._find("readable", self.last, number, f"is followed by a line that cannot be read: {why}")
        taken = min(len(self.unread), room)
        self.unread.clear()
        self.unread_events = 0
        return taken

    def _name(self, sequence: int) -> str:
        return f"{self.site}#{sequence}"

    def _find(self, rule: str, sequence: int, line: int, message: str) -> None:
        place = self._name(sequence)
        self.findings.append(Finding(rule, place, f"{place} {message}.", line))
