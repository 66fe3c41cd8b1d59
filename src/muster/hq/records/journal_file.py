"""A journal as a file: gzipped lines of JSON, written and read as a stream, for archives, sticks and verifiers."""

import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from muster.hq.records.body import Absence, Body, SaltedBody
from muster.hq.records.canonical import Json, canonical_json
from muster.hq.records.checkpoint import Checkpoint
from muster.hq.records.event import Event

FORMAT: Final = "muster-records/1"
"""Name and version of the format; another version is another format."""


class JournalRefused(ValueError):
    """A file that is not a journal, or is damaged."""

    def __init__(self, what: str, rule: str) -> None:
        super().__init__(f"Journal {what} {rule}; export it again, or verify it to see where it is damaged.")
        self.what, self.rule = what, rule


@dataclass(frozen=True, slots=True)
class JournalHead:
    """What a journal file is about.

    Attributes
    ----------
    key_fingerprint
        Of the public key that its checkpoints are signed for; says which key to use, proves nothing.
    """

    site: str
    key_fingerprint: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its journal.

    Attributes
    ----------
    previous, hash
        Hashes of the event before and of this one, as they were stored.
    content
        The body with its salt, or why it is not there.
    """

    event: Event
    previous: bytes
    hash: bytes
    content: SaltedBody | Absence

    def without_body(self, absence: Absence) -> Self:
        """The entry as somebody gets it who may not have the body; the chain holds as before."""
        return replace(self, content=absence)


def write_journal(path: Path, head: JournalHead, entries: Iterable[Entry | Checkpoint]) -> None:
    """Write a journal as it comes, whole or not at all.

    Parameters
    ----------
    entries
        Events in order, each checkpoint after the event that it covers; taken one at a time and written as they are,
        faults and all, so that an export hides nothing.

    Raises
    ------
    OSError
        When the file cannot be written; what was there before is then there still.
    """
    handle, name = tempfile.mkstemp(prefix=".journal-", dir=path.parent)
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as stream:
                stream.write(_line({"format": FORMAT, "public_key_sha256": head.key_fingerprint, "site": head.site}))
                for entry in entries:
                    stream.write(_line(_checkpoint(entry) if isinstance(entry, Checkpoint) else _entry(entry)))
            raw.flush()
            os.fsync(raw.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


@contextmanager
def open_journal(path: Path) -> Iterator[tuple[JournalHead, Iterator[Entry | Checkpoint]]]:
    """Open a journal: what it is about, and its entries one at a time. Reads shapes only; to trust it, verify it.

    Raises
    ------
    JournalRefused
        When the file, or a line when it is its turn, is damaged or not of this format.
    OSError
        When the file cannot be read.
    """
    with gzip.open(path, "rb") as stream:
        lines = _read_lines(stream)
        head = next(lines, None)
        if head is None or head.get("format") != FORMAT or head.keys() != {"format", "public_key_sha256", "site"}:
            raise JournalRefused(str(path), f"does not begin as {FORMAT}")
        yield JournalHead(head["site"], head["public_key_sha256"]), _read_entries(lines)


def _line(document: dict[str, Json]) -> bytes:
    return canonical_json(document) + b"\n"


def _entry(entry: Entry) -> dict[str, Json]:
    content: Json = (
        entry.content.value
        if isinstance(entry.content, Absence)
        else {"body": entry.content.body.to_json(), "salt": entry.content.salt.hex()}
    )
    return {
        "content": content, "hash": entry.hash.hex(), "header": entry.event.to_json(), "previous": entry.previous.hex(),
    }  # fmt: skip


def _checkpoint(checkpoint: Checkpoint) -> dict[str, Json]:
    return {"checkpoint": checkpoint.to_json(), "signature": checkpoint.signature.hex()}


def _read_lines(stream: gzip.GzipFile) -> Iterator[dict[str, Any]]:
    try:
        for number, line in enumerate(stream, 1):
            try:
                document = json.loads(line)
            except (ValueError, RecursionError):
                document = None
            if not isinstance(document, dict):
                raise JournalRefused(f"line {number}", "is not a JSON object")
            yield document
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise JournalRefused("file", f"is not whole gzip ({error})") from None


def _read_entries(lines: Iterator[dict[str, Any]]) -> Iterator[Entry | Checkpoint]:
    for number, document in enumerate(lines, 2):
        try:
            yield _read_checkpoint(document) if "checkpoint" in document else _read_entry(document)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise JournalRefused(f"line {number}", f"is no event or checkpoint ({error})") from None


def _read_entry(document: dict[str, Any]) -> Entry:
    content = document["content"]
    return Entry(
        Event.from_json(document["header"]),
        bytes.fromhex(document["previous"]),
        bytes.fromhex(document["hash"]),
        Absence(content)
        if isinstance(content, str)
        else SaltedBody(bytes.fromhex(content["salt"]), Body.from_json(content["body"])),
    )


def _read_checkpoint(document: dict[str, Any]) -> Checkpoint:
    signed = document["checkpoint"]
    return Checkpoint(
        signed["site"],
        signed["sequence"],
        bytes.fromhex(signed["hash"]),
        datetime.fromisoformat(signed["sealed_at"]),
        bytes.fromhex(document["signature"]),
    )
