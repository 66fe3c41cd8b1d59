"""Small journals of the site Kyiv, made the way the application makes them."""

import gzip
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from muster.disclosure.labels import Label
from muster.hq.records.body import Body, Change, SaltedBody
from muster.hq.records.chain import Tip, seal
from muster.hq.records.checkpoint import Checkpoint, sign
from muster.hq.records.clock import HybridTime
from muster.hq.records.event import Event
from muster.hq.records.findings import Verified
from muster.hq.records.journal_file import Entry, JournalHead, write_journal
from muster.hq.records.keys import fingerprint
from muster.hq.records.verify import verify_journal

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HEAD = JournalHead("KYI", fingerprint(KEY.public_key()))
AT = datetime(2026, 10, 4, 12, tzinfo=UTC)
START_MS = 1_791_115_200_000
OFFER = UUID("6f1c2f0e-0b5c-4d55-9c5e-2f6d6f0a1b2c")

STORY = (
    ("offer_made", Body((Change("battalions", None, 2, 0),), {}, {"note": "Génie, Besançon"})),
    ("offer_changed", Body((Change("battalions", 2, 3, 1),), {"PAR": 17}, {})),
    ("offer_withdrawn", Body((Change("status", "formal", "withdrawn", 2),), {"PAR": 17, "LON": 4}, {})),
    ("note_added", Body((), {}, {"note": 'said on the "hot line"', "urgent": True})),
    ("offer_made", Body((Change("battalions", None, 1, 0), Change("ready_d", None, 20, 0)), {"PAR": 19}, {})),
    ("offer_released", Body((), {"PAR": 19}, {"to": ["GBR", "POL"]})),
    ("offer_changed", Body((Change("ready_d", 20, 15, 1),), {"PAR": 21}, {})),
)
"""A French offer at Kyiv: made, raised, withdrawn; another made, released, ready earlier."""


def salt(sequence: int) -> bytes:
    return sha256(f"salt {sequence}".encode()).digest()[:16]


def event(sequence: int, verb: str, content: SaltedBody, *, wall_ms: int | None = None) -> Event:
    time = HybridTime(START_MS + 1000 * sequence if wall_ms is None else wall_ms, 0)
    label = Label.parse("FRA/restricted/FRA+GBR")
    return Event("KYI", sequence, time, "post:FRA-LNO", verb, "plans.offer", OFFER, label, content.digest())


def journal(
    story: Sequence[tuple[str, Body]] = STORY, *, batches: Sequence[int] = (3, 2, 2), unsigned: int = 0
) -> list[Entry | Checkpoint]:
    """Entries and checkpoints of a story that is sealed in batches; the last ones may be left without a signature."""
    entries: list[Entry | Checkpoint] = []
    tip = Tip.start("KYI")
    contents = [SaltedBody(salt(sequence), body) for sequence, (_, body) in enumerate(story, 1)]
    events = [
        event(sequence, verb, content)
        for sequence, ((verb, _), content) in enumerate(zip(story, contents, strict=True), 1)
    ]
    for number, size in enumerate(batches):
        sealed = seal(tip, events[tip.sequence : tip.sequence + size])
        previous = tip.hash
        for one, own_hash in zip(sealed.events, sealed.hashes, strict=True):
            entries.append(Entry(one, previous, own_hash, contents[one.sequence - 1]))
            previous = own_hash
        tip = sealed.tip
        if number < len(batches) - unsigned:
            entries.append(sign(sealed, key=KEY, at=AT + timedelta(seconds=number)))
    return entries


def written(path: Path, entries: Iterable[Entry | Checkpoint]) -> Path:
    write_journal(path, HEAD, entries)
    return path


def verified(path: Path) -> Verified:
    return verify_journal(path, KEY.public_key())


def read_lines(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def tampered(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> Path:
    """The file after somebody changed its lines, the head being line 0."""
    path.write_bytes(gzip.compress(b"".join(change(read_lines(path))), 1))
    return path


def told(result: Verified) -> list[tuple[str, str]]:
    """Rules and places of the findings."""
    return [(finding.rule, finding.place) for finding in result.findings]
